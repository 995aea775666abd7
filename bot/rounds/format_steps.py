"""One step of a format file, checked against its mode and the steps before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from bot.rounds.format_file import Table
from bot.rounds.format_rules import fields, floor, groups, guard, limit, repeat
from bot.rounds.format_votes import vote
from bot.rounds.script import Harvest, IfNothing, Mode, Order, Role, Step
from bot.rounds.step_rules import REPORTER

MODES = ("collect", "turns", "open", "vote", "groups")
PLACES = ("topic", "sources", "review", "period")
"""What every prompt may name in braces, besides the roles of its format."""
MEMBERS = "members"
"""What a prompt in a group may name besides."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a step can refer to: the format's roles and sides, and the steps before it."""

    roles: tuple[Role, ...]
    sides: int
    before: tuple[Step, ...] = ()

    @property
    def role_keys(self) -> tuple[str, ...]:
        return tuple(role.key for role in self.roles)

    @property
    def grouped(self) -> bool:
        return any(step.mode == "groups" for step in self.before)


def steps(file: Table, roles: tuple[Role, ...], sides: int) -> tuple[Step, ...]:
    """All steps, in order."""
    found: list[Step] = []
    tables = file.tables("steps", needed=True)
    for table in tables:
        step = _step(table, Around(roles, sides, tuple(found)))
        if step.key in [before.key for before in found]:
            table.note("key", f"{step.key!r} stands above already; give each step its own")
        found.append(step)
    for at, table in enumerate(tables):
        _check_beside(table, found, at)
        _check_last(table, found, at)
    return tuple(found)


def _step(table: Table, around: Around) -> Step:
    mode = table.choice("mode", MODES)
    order = (
        table.choice("order", ("random", "fixed", "newcomers_first"), "random") if mode == "turns" else _no_order(table)
    )
    harvest = table.choice("harvest", ("none", "mark", "draft"), "none")
    rule = groups(table, mode, around.before)
    reporters = rule is not None and rule.reporter
    known = (*around.role_keys, *((REPORTER,) if reporters or _reported(around.before) else ()))
    in_groups = _in_groups(table, mode, around)
    repeated, tries = repeat(table, mode)
    step = Step(
        key=table.name("key"),
        mode=cast("Mode", mode),
        prompt=table.texts("prompt", places=_places(around, known, mode == "groups" or in_groups)),
        async_h=table.amount("async_h", none=mode == "groups"),
        sync_min=table.amount("sync_min", none=mode == "groups"),
        floor=floor(table, mode, known, around.before),
        order=cast("Order", order),
        turn_async_h=_turn(table, mode, "turn_async_h", "async_h"),
        turn_sync_min=_turn(table, mode, "turn_sync_min", "sync_min"),
        reveal=_reveal(table, mode, known),
        anonymous="optional" if _anonymous(table, mode) else "never",
        vote=vote(table, mode, around.role_keys, around.before),
        harvest=cast("Harvest", harvest),
        min_inputs=table.whole("min_inputs", 1, 100) if "min_inputs" in table else None,
        fields=fields(table, mode),
        by_side=_by_side(table, mode, around.sides),
        repeat=repeated,
        tries=tries,
        in_groups=in_groups,
        when=guard(table, known, around.before),
        parallel_with=_parallel_with(table, mode, around.before),
        limit=limit(table, mode, known),
        groups=rule,
        if_nothing=cast("IfNothing", table.choice("if_nothing", ("go_on", "close", "next_lap"), "go_on")),
        last_word=table.flag("last_word"),
    )
    if mode == "vote" and harvest == "mark":
        table.note("harvest", "nobody writes in a vote, so nobody can mark; use draft or none")
    table.close()
    return step


def _no_order(table: Table) -> str:
    table.unused("order", "only `turns` has an order")
    return "random"


def _reported(before: Sequence[Step]) -> bool:
    return any(step.groups is not None and step.groups.reporter for step in before)


def _places(around: Around, roles: Sequence[str], in_group: bool) -> tuple[str, ...]:
    """What won an earlier vote goes by the vote's key."""
    won = [step.key for step in around.before if step.vote is not None and step.vote.kind in {"choice", "dots"}]
    return (*PLACES, *roles, *((MEMBERS,) if in_group else ()), *won)


def _in_groups(table: Table, mode: str, around: Around) -> bool:
    if "runs_in" not in table:
        return False
    table.choice("runs_in", ("group",))
    if mode == "groups":
        table.note("runs_in", "a `groups` step forms its groups itself; leave it out")
    elif not around.grouped:
        table.note("runs_in", "no step before this one forms groups; add a `groups` step, or leave it out")
    elif table.values.get("floor") == "contributors":
        table.note("floor", "in groups everybody in the group is asked; use all")
    else:
        return True
    return False


def _turn(table: Table, mode: str, key: str, whole: str) -> float:
    """A turn lasts as long as its step where the file does not say."""
    if mode != "turns":
        table.unused(key, "only `turns` has turns")
        return 0
    step = table.values.get(whole)
    usual = float(step) if isinstance(step, int | float) and not isinstance(step, bool) else 0
    if str(table.values.get("floor", "holder")).startswith(("role:", "not:role:")) and key not in table:
        return usual
    turn = table.amount(key)
    if usual and turn > usual:
        table.note(key, f"a turn of {turn:g} is longer than the step; use at most {usual:g}")
    return turn


def _reveal(table: Table, mode: str, roles: Sequence[str]) -> str:
    if mode != "collect":
        table.unused("reveal", "only `collect` reveals")
        return "none"
    return table.choice("reveal", ("together", "none", *(f"to:role:{role}" for role in roles)))


def _anonymous(table: Table, mode: str) -> bool:
    if mode != "collect":
        table.unused("anonymous", "only `collect` can be anonymous")
        return False
    anonymous = table.choice("anonymous", ("never", "optional"), "never") == "optional"
    if anonymous and table.values.get("reveal") != "together":
        table.note("anonymous", "only answers that are revealed together can be anonymous; use never")
    return anonymous


def _by_side(table: Table, mode: str, sides: int) -> bool:
    if "by" not in table:
        return False
    table.choice("by", ("side",))
    if mode != "collect" or table.values.get("reveal") != "together":
        table.note("by", "only answers that are revealed together wait for both sides; leave it out")
    elif not sides:
        table.note("by", "the format has no sides; say `sides = 2` above, or leave it out")
    return True


def _parallel_with(table: Table, mode: str, before: Sequence[Step]) -> str:
    beside = table.text("parallel_with", needed=False)
    if not beside:
        return ""
    last = before[-1] if before else None
    if last is None or beside not in (last.key, last.parallel_with):
        table.note("parallel_with", f"{beside!r} does not stand right before this step; move this step behind it")
    elif mode == "groups" or any(step.mode == "groups" for step in before if step.key == beside):
        table.note("parallel_with", "groups take the whole round; give them a step of their own")
    else:
        return beside
    return ""


def _check_beside(table: Table, found: Sequence[Step], at: int) -> None:
    """What only shows beside its neighbours: laps, loops, and steps that are open together."""
    step = found[at]
    beside = [one for one in found if step.parallel_with in (one.key, one.parallel_with) and step.parallel_with]
    if any(one.repeat or one.in_groups for one in beside):
        table.note("parallel_with", "steps that are repeated or run in groups go one after the other; leave it out")
    if step.repeat == "until" and not _ends_by_yes(found, at):
        table.note("repeat", "nothing here can say yes; end these steps with a `choice` that has the option `yes`")
    if step.if_nothing == "next_lap" and not (_begins_a_lap(found, at) or _begins_a_loop(found, at)):
        why = "no lap or loop begins here; say next_lap in the first step of one, or leave it out"
        table.note("if_nothing", why)


def _check_last(table: Table, found: Sequence[Step], at: int) -> None:
    if found[at].last_word and at + 1 < len(found):
        table.note(
            "last_word", "only the last step asks for the last word; leave it out here, or move this step behind"
        )


def _begins_a_lap(found: Sequence[Step], at: int) -> bool:
    step, before = found[at], found[at - 1] if at else None
    return step.repeat == "each" and (before is None or not before.repeat or before.in_groups != step.in_groups)


def _begins_a_loop(found: Sequence[Step], at: int) -> bool:
    step, before = found[at], found[at - 1] if at else None
    return step.repeat == "until" and step.mode != "vote" and before is not None and before.repeat == "each"


def _ends_by_yes(found: Sequence[Step], at: int) -> bool:
    while at + 1 < len(found) and found[at + 1].repeat == "until":
        at += 1
    rule = found[at].vote
    return rule is not None and rule.kind == "choice" and any(option.key == "yes" for option in rule.options)

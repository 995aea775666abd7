"""The roles of a format file, and by what each is filled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from bot.rounds.format_file import Table
from bot.rounds.format_steps import MEMBERS, PLACES
from bot.rounds.script import Filling, IfNone, IfSilent, Role, Step
from bot.rounds.step_rules import REPORTER

FILLINGS = ("chance", "claim", "vote", "facilitator", "lap")
SILENCES = ("", "runner_up", "hint", "volunteer", "last", "asks_in")
MOST = 20

_RANGE = re.compile(r"(\d+)\.\.(\d+)")


def roles(file: Table) -> tuple[Role, ...]:
    """All roles, in the order of the file."""
    table = file.table("roles", needed=False)
    found = []
    for key in table.values:
        role = table.table(key)
        least, most, rest = _count(role)
        found.append(
            Role(
                key,
                role.texts(),
                least,
                most,
                rest,
                cast("Filling", role.choice("filled_by", FILLINGS, "chance")),
                role.whole("from_size", 2, 100) if "from_size" in role else 0,
                role.flag("essential"),
                role.text("drawn_at", needed=False),
                cast("IfSilent", role.choice("if_silent", SILENCES, "")),
                cast("IfNone", role.choice("if_none", ("", "park"), "")),
                role.flag("reaches_out"),
                role.flag("words_go"),
            )
        )
        role.close()
        if key in (*PLACES, MEMBERS, REPORTER):
            table.note(key, f"prompts fill {{{key}}} with something else; choose another name")
    if sum(role.rest for role in found) > 1:
        table.note("count", 'only one role can be for the "rest"')
    return tuple(found)


def _count(role: Table) -> tuple[int, int, bool]:
    """At least and at most so many; or everybody else."""
    told = role.values.get("count", 1)
    if not isinstance(told, str):
        least = role.whole("count", 1, MOST, default=1)
        return least, least, False
    if role.text("count") == "rest":
        return 0, 0, True
    range_ = _RANGE.fullmatch(told)
    if range_ is None or not int(range_[1]) <= int(range_[2]) <= MOST or int(range_[2]) < 1:
        role.note("count", f'{told!r} is no number of people; use 1, "0..2" or "rest"')
        return 1, 1, False
    return int(range_[1]), int(range_[2]), False


def filled(file: Table, roles: Sequence[Role], steps: Sequence[Step]) -> tuple[Role, ...]:
    """The roles, each with what fills it: what the file says, else what the steps make plain."""
    table = file.table("roles", needed=False)
    found = []
    for role in roles:
        told = isinstance(table.values.get(role.key), dict) and "filled_by" in table.values[role.key]
        found.append(role if told else replace(role, filled_by=_plain(role, steps)))
        _check(table, found[-1], steps)
    return tuple(found)


def _plain(role: Role, steps: Sequence[Step]) -> Filling:
    if any(step.vote is not None and step.vote.gives == role.key for step in steps):
        return "vote"
    if any(_named(role, step) for step in steps if step.repeat):
        return "lap"
    if any(_claimed(role, step) for step in steps):
        return "claim"
    return "chance"


def _named(role: Role, step: Step) -> bool:
    return step.floor.endswith(f"role:{role.key}") or f"{{{role.key}}}" in "".join(step.prompt.values())


def _claimed(role: Role, step: Step) -> bool:
    rule = step.vote
    if rule is None or rule.kind != "claim" or rule.options:
        return False
    return role.key in rule.seats or not rule.seats


def _check(table: Table, role: Role, steps: Sequence[Step]) -> None:
    if role.rest:
        return
    _check_without(table.table(role.key), role, steps)
    if role.filled_by == "vote" and not any(step.vote is not None and step.vote.gives == role.key for step in steps):
        table.note(role.key, f'no vote gives this role; say gives = "{role.key}" in one, or leave out filled_by')
    if role.filled_by == "claim" and not any(_claimed(role, step) for step in steps):
        table.note(role.key, "no claim vote has this role among its seats; add it there, or leave out filled_by")
    if role.filled_by == "lap":
        if not any(step.repeat == "each" for step in steps):
            table.note(role.key, 'no step goes round; say repeat = "each:member" in one, or leave out filled_by')
        for step in steps:
            if step.floor.endswith(f"role:{role.key}") and not step.repeat:
                table.note(role.key, f"it goes round, so step {step.key!r} cannot know who has it; use another floor")


def _in_laps_of_groups(role: Role, step: Step) -> bool:
    asked = step.mode in {"open", "turns"} and step.floor == f"role:{role.key}"
    return asked and step.in_groups and step.repeat == "each" and role.filled_by == "lap"


def _check_without(own: Table, role: Role, steps: Sequence[Step]) -> None:
    """When chance fills it, and what happens where who has it is silent, or nobody has it."""
    if role.drawn_at and role.filled_by != "chance":
        own.note("drawn_at", f"it is filled by {role.filled_by}, so nobody is drawn; leave it out")
    elif role.drawn_at and role.drawn_at not in [step.key for step in steps]:
        own.note("drawn_at", f"{role.drawn_at!r} is no step; use one of {', '.join(step.key for step in steps)}")
    if role.if_silent == "runner_up" and role.filled_by != "vote":
        own.note("if_silent", "no vote gives this role, so nobody comes next; leave it out, or let a vote give it")
    if role.if_silent == "last" and role.filled_by != "lap":
        own.note("if_silent", "this role does not go round, so it has no lap to be played last; leave it out")
    if role.if_silent == "asks_in" and not any(_in_laps_of_groups(role, step) for step in steps):
        own.note(
            "if_silent",
            f'no `open` or `turns` step with floor = "role:{role.key}" goes round in groups, so nobody can ask '
            "somebody in; leave it out",
        )
    if role.if_none and not any(_claimed(role, step) for step in steps):
        own.note("if_none", "no claim vote has this role among its seats; add it there, or leave this out")

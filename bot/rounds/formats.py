"""Reads the formats in `bot/formats`, one TOML file each, and checks them whole: all faults are told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import cast

from bot.errors import SettingsFault
from bot.rounds.format_file import Faults, Table
from bot.rounds.script import (
    CONSENT,
    Effort,
    Emphasis,
    Field,
    Format,
    Harvest,
    Mode,
    Option,
    Role,
    Size,
    Step,
    VoteKind,
    VoteRule,
)

MODES = ("collect", "turns", "open", "vote")
VOTES = ("choice", "dots", "scale", "consent", "claim")
FLOORS = ("all", "holder", "contributors")
PLACES = ("topic", "sources", "review")
"""What every prompt may name in braces, besides the roles of its format."""


@cache
def shipped() -> Mapping[str, Format]:
    """The formats that come with Kring, by id. Raises SettingsFault when a file is bad."""
    folder = resources.files("bot").joinpath("formats")
    return load(
        {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".toml")},
    )


def load(files: Mapping[str, str]) -> Mapping[str, Format]:
    """The formats in these files (text by file name), by id. Raises SettingsFault with every fault of every file."""
    formats: dict[str, Format] = {}
    found: list[str] = []
    for name in sorted(files):
        faults = Faults(name)
        values = faults.parse(files[name])
        if values is not None:
            read = _format(Table(faults, values), name.removesuffix(".toml"))
            formats[read.id] = read
        found += faults.found
    if found:
        raise SettingsFault(found)
    return formats


def _format(file: Table, stem: str) -> Format:
    id_ = file.name("id")
    if id_ and id_ != stem:
        file.note("id", f"{id_!r} is not the file's name; call one as the other")
    roles = _roles(file)
    steps = _steps(file, [role.key for role in roles])
    keys = [step.key for step in steps]
    until = file.text("late_join_until", needed=False) or None
    if until is not None and until not in keys:
        file.note("late_join_until", f"{until!r} is no step; use one of {', '.join(keys)}, or leave it out")
    format_ = Format(
        id=id_,
        version=file.whole("version", 1, 9999),
        name=file.texts("name"),
        blurb=file.texts("blurb"),
        purpose=file.text("purpose"),
        emphasis=_emphasis(file.table("emphasis")),
        size=_size(file.table("size")),
        effort=_effort(file.table("effort")),
        steps=steps,
        roles=roles,
        late_join_until=until,
        notes=file.plain("notes"),
    )
    if file.choice("place", ("thread", "private", "private_trio"), "thread") != "thread":
        file.note("place", "this release plays rounds in threads only; leave it out")
    file.close()
    return format_


def _emphasis(table: Table) -> Emphasis:
    hands = Emphasis(*(table.whole(key, 0, 2) for key in ("explore", "exploit", "tacit", "explicit")))
    table.close()
    return hands


def _size(table: Table) -> Size:
    size = Size(table.whole("min", 2, 100), table.pair("best"), table.whole("max", 2, 100))
    table.close()
    if not size.min <= size.best[0] <= size.best[1] <= size.max:
        table.note("best", "keep min, both numbers of best, and max in rising order")
    return size


def _effort(table: Table) -> Effort:
    effort = Effort(
        async_minutes=table.whole("async_minutes", 1, 600),
        async_days=table.whole("async_days", 1, 60),
        live_minutes=table.whole("live_minutes", 1, 600),
    )
    table.close()
    return effort


def _roles(file: Table) -> tuple[Role, ...]:
    table = file.table("roles", needed=False)
    roles = []
    for key in table.values:
        role = table.table(key)
        roles.append(Role(key, role.texts(), role.whole("count", 1, 20, default=1)))
        role.close()
        if key in PLACES:
            table.note(key, f"prompts fill {{{key}}} with something else; choose another name")
    return tuple(roles)


def _steps(file: Table, roles: Sequence[str]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for table in file.tables("steps", needed=True):
        step = _step(table, roles, steps)
        if step.key in [before.key for before in steps]:
            table.note("key", f"{step.key!r} stands above already; give each step its own")
        steps.append(step)
    return tuple(steps)


def _step(table: Table, roles: Sequence[str], before: Sequence[Step]) -> Step:
    mode = table.choice("mode", (*MODES, "groups"))
    if mode == "groups":
        table.note("mode", f"this release cannot play groups yet; use one of {', '.join(MODES)}")
        mode = "open"
    order = table.choice("order", ("random", "fixed", "newcomers_first"), "random")
    if order == "newcomers_first":
        table.note("order", "this release cannot play that yet; use random or fixed")
    harvest = table.choice("harvest", ("none", "mark", "draft"), "none")
    step = Step(
        key=table.name("key"),
        mode=cast("Mode", mode),
        prompt=table.texts("prompt", places=(*PLACES, *roles)),
        async_h=table.amount("async_h"),
        sync_min=table.amount("sync_min"),
        floor=_floor(table, mode, roles, before),
        order="fixed" if order == "fixed" else "random",
        turn_async_h=_turn(table, mode, "turn_async_h", "async_h"),
        turn_sync_min=_turn(table, mode, "turn_sync_min", "sync_min"),
        reveal=_reveal(table, mode, roles),
        anonymous="optional" if _anonymous(table, mode) else "never",
        vote=_vote(table, mode, before),
        harvest=cast("Harvest", harvest),
        min_inputs=table.whole("min_inputs", 1, 100) if "min_inputs" in table else None,
        fields=_fields(table, mode),
    )
    if mode == "vote" and harvest == "mark":
        table.note("harvest", "nobody writes in a vote, so nobody can mark; use draft or none")
    table.close()
    return step


def _floor(table: Table, mode: str, roles: Sequence[str], before: Sequence[Step]) -> str:
    if mode == "turns":
        return table.choice("floor", ("holder",), "holder")
    floor = table.text("floor", needed=False) or "all"
    if floor == "holder":
        table.note("floor", "only `turns` has a holder; use all")
    elif floor == "inner":
        table.note("floor", "this release cannot play an inner circle yet; use all")
    elif floor == "contributors" and not any(step.mode != "vote" for step in before):
        table.note("floor", "nobody has contributed before this step; use all")
    else:
        allowed = ("all", "contributors", *(f"{no}role:{role}" for role in roles for no in ("", "not:")))
        return table.choice("floor", allowed, "all")
    return "all"


def _turn(table: Table, mode: str, key: str, whole: str) -> float:
    if mode != "turns":
        table.unused(key, "only `turns` has turns")
        return 0
    turn, step = table.amount(key), table.values.get(whole)
    if isinstance(step, int | float) and turn > step:
        table.note(key, f"a turn of {turn:g} is longer than the step; use at most {step:g}")
    return turn


def _reveal(table: Table, mode: str, roles: Sequence[str]) -> str:
    if mode != "collect":
        table.unused("reveal", "only `collect` reveals")
        return "none"
    return table.choice("reveal", ("together", "none", *(f"to:{role}" for role in roles)))


def _anonymous(table: Table, mode: str) -> bool:
    if mode != "collect":
        table.unused("anonymous", "only `collect` can be anonymous")
        return False
    anonymous = table.choice("anonymous", ("never", "optional"), "never") == "optional"
    if anonymous and table.values.get("reveal") != "together":
        table.note("anonymous", "only answers that are revealed together can be anonymous; use never")
    return anonymous


def _fields(table: Table, mode: str) -> tuple[Field, ...]:
    if mode == "vote":
        table.unused("input", "a vote has options, no fields")
        return ()
    fields = []
    for one in table.tables("input"):
        fields.append(Field(one.name("key"), one.texts()))
        one.close()
    if len(fields) > 10:
        table.note("input", f"{len(fields)} fields are too many for one form; use at most 10")
    return tuple(fields)


def _vote(table: Table, mode: str, before: Sequence[Step]) -> VoteRule | None:
    if mode != "vote":
        table.unused("vote", "only `vote` votes")
        return None
    vote = table.table("vote")
    kind = vote.choice("kind", VOTES)
    rule = VoteRule(
        kind=cast("VoteKind", kind),
        per_person=vote.whole("per_person", 1, 20, default=1) if kind == "dots" else _no_dots(vote),
        options=_options(vote, kind),
        scale=vote.pair("scale") if "scale" in vote and kind == "scale" else (1, 5),
    )
    if not 0 <= rule.scale[0] < rule.scale[1] <= 10:
        vote.note("scale", "use two rising numbers from 0 to 10, such as [1, 5]")
    if kind != "scale":
        vote.unused("scale", "only a `scale` has marks")
    if kind in {"choice", "dots"} and not rule.options and not any(step.reveal == "together" for step in before):
        vote.note("options", "no answers are revealed before this step; give options, or reveal together first")
    vote.close()
    return rule


def _no_dots(vote: Table) -> int:
    vote.unused("per_person", "only `dots` gives more than one")
    return 1


def _options(vote: Table, kind: str) -> tuple[Option, ...]:
    if kind == "consent":
        for word in vote.strings("options"):
            if word not in CONSENT:
                vote.note("options", f"{word!r} is no way to consent; use {', '.join(CONSENT)}, or leave it out")
        return tuple(Option(word) for word in CONSENT)
    if kind == "scale":
        vote.unused("options", "a `scale` has marks")
        return ()
    options = []
    for one in vote.tables("options"):
        options.append(Option(one.name("key"), one.texts()))
        one.close()
    if len(options) == 1:
        vote.note("options", "one option is no choice; give two or more")
    if len({option.key for option in options}) < len(options):
        vote.note("options", "two options have the same key; give each its own")
    return tuple(options)

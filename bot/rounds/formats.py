"""Reads the formats in `bot/formats`, one TOML file each, and checks them whole: all faults are told at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import cast

from bot.errors import SettingsFault
from bot.rounds.format_file import Faults, Table, near
from bot.rounds.format_roles import filled, roles
from bot.rounds.format_steps import steps
from bot.rounds.format_variants import variants
from bot.rounds.purposes import good_for, unlock
from bot.rounds.script import Below, BelowSide, Effort, Emphasis, Format, Place, Size, Step


@cache
def shipped() -> Mapping[str, Format]:
    """The formats that come with Kring, by id. Raises SettingsFault when a file is bad."""
    folder = resources.files("bot").joinpath("formats")
    return load(
        {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".toml")},
    )


def load(files: Mapping[str, str]) -> Mapping[str, Format]:
    """The formats in these files (text by file name), by id, each before its variants.

    Raises SettingsFault with every fault of every file.
    """
    formats: dict[str, Format] = {}
    found: list[str] = []
    for name in sorted(files):
        faults = Faults(name)
        values = faults.parse(files[name])
        for read in _formats(Table(faults, values), name.removesuffix(".toml")) if values is not None else ():
            if read.id in formats:
                faults.note("id", f"{read.id!r} is the id of another format too; give each its own")
            formats[read.id] = read
        found += faults.found
    if found:
        raise SettingsFault(found)
    return formats


def strays(formats: Mapping[str, Format], known: Collection[str]) -> list[str]:
    """Where these formats name one that is neither among them nor `known`: what is wrong, and what mends it."""
    there = {*formats, *known}
    every = formats.values()
    named = {(each.variant_of or each.id, key, id_) for each in every for key, id_ in _others(each) if id_}
    return [
        f"{file}.toml: {key}: there is no format {id_!r}{near(id_, sorted(there - {file})) or _MEND}"
        for file, key, id_ in sorted(named)
        if id_ not in there
    ]


_MEND = "; leave it out, or add its file"


def _others(format_: Format) -> Iterator[tuple[str, str]]:
    """The formats it names, each with the key where it does."""
    yield "instead", format_.instead
    for step in format_.steps:
        if step.vote is not None and step.vote.leads_to is not None:
            yield f"step {step.key}: vote.leads_to.format", step.vote.leads_to.format


def _formats(file: Table, stem: str) -> Iterator[Format]:
    """The file's own format and its variants."""
    id_ = file.name("id")
    if id_ and id_ != stem:
        file.note("id", f"{id_!r} is not the file's name; call one as the other")
    own = list(variants(file))
    yield _format(file)
    for variant, values in own if not file.faults.found else ():
        faults = Faults(f"{file.faults.file}, variant {variant}")
        yield replace(_format(Table(faults, values)), variant_of=id_)
        file.faults.found += faults.found


def _format(file: Table) -> Format:
    roles_ = roles(file)
    sides = file.whole("sides", 2, 2, default=0) if "sides" in file else 0
    steps_ = steps(file, roles_, sides)
    keys = [step.key for step in steps_]
    until = file.text("late_join_until", needed=False) or None
    if until is not None and until not in keys:
        file.note("late_join_until", f"{until!r} is no step; use one of {', '.join(keys)}, or leave it out")
    format_ = Format(
        id=file.name("id"),
        version=file.whole("version", 1, 9999),
        name=file.texts("name"),
        blurb=file.texts("blurb"),
        purpose=file.text("purpose"),
        emphasis=_emphasis(file.table("emphasis")),
        size=_size(file.table("size"), sides),
        effort=_effort(file.table("effort")),
        steps=steps_,
        roles=filled(file, roles_, steps_),
        late_join_until=until,
        late_join_groups=_late_join_groups(file, until, steps_),
        good_for=good_for(file),
        unlock=unlock(file),
        notes=file.plain("notes"),
        place=cast("Place", file.choice("place", ("thread", "private", "private_trio"), "thread")),
        sides=sides,
        instead=file.text("instead", needed=False),
    )
    file.close()
    return format_


def _late_join_groups(file: Table, until: str | None, steps_: Sequence[Step]) -> bool:
    told = file.flag("late_join_groups")
    if told and until is None:
        file.note("late_join_groups", "people can join until the end anyway; say late_join_until, or leave it out")
    elif told and not any(step.groups is not None and step.groups.size for step in steps_):
        file.note("late_join_groups", "no step forms groups of a size; add a `groups` step with one, or leave it out")
    return told


def _emphasis(table: Table) -> Emphasis:
    hands = Emphasis(*(table.whole(key, 0, 2) for key in ("explore", "exploit", "tacit", "explicit")))
    table.close()
    return hands


def _size(table: Table, sides: int) -> Size:
    size = Size(
        table.whole("min", 2, 100),
        table.pair("best"),
        table.whole("max", 2, 100),
        table.whole("per_side_min", 1, 20, default=1) if sides else 0,
        cast("Below", table.choice("below", ("ask", "close"), "ask")),
        cast("BelowSide", table.choice("below_side", ("ask", "pause"), "ask")) if sides else "ask",
    )
    if not sides:
        table.unused("per_side_min", "the format has no sides")
        table.unused("below_side", "the format has no sides")
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

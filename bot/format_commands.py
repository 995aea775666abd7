"""`kring formats`: look at dialogue formats, check one's own, and see one played."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from bot.errors import SettingsFault
from bot.telling import settings_of, told

if TYPE_CHECKING:
    from bot.rounds.script import Format, Preset

PRESET = click.Choice(["async", "live"])
LANGUAGE = click.Choice(["en", "nl"])


@click.group()
def formats() -> None:
    """Dialogue formats: list, show, check and play them."""


@formats.command("list")
@click.option("--language", type=LANGUAGE, default="en")
@click.pass_obj
@told
def list_(config: Path | None, language: str) -> None:
    """Lists the formats: those that come with Kring, and those of your own folder."""
    known = _known(config)
    width = max(len(id_) for id_ in known)
    for id_, each in sorted(known.items()):
        people = f"{each.size.min}–{each.size.max}"
        click.echo(f"{id_:{width}}  {people:>6}  {each.effort.live_minutes:>3} min live  {each.name[language]}")


@formats.command("show")
@click.argument("which", metavar="ID|FILE")
@click.option("--language", type=LANGUAGE, default="en")
@click.option("--preset", type=PRESET, default="async", help="Spread over days, or live in one sitting.")
@click.pass_obj
@told
def show(config: Path | None, which: str, language: str, preset: str) -> None:
    """Prints the script of a format as somebody would live it."""
    from bot.rehearsal.as_text import lines, wrapped
    from bot.rehearsal.plan import lines as said
    from bot.rehearsal.script import script
    from bot.texts.catalogue import words_in

    found = _find(config, which)
    message = script(words_in(language), found, cast("Preset", preset), said(language).topic)
    for line in lines(message, language):
        click.echo(wrapped(line, indent="") if line else "")


@formats.command("check")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
def check(files: tuple[Path, ...]) -> None:
    """Checks format files and tells everything that is wrong at once: the step, the key, and what mends it."""
    from bot.rounds.formats import shipped, strays

    faults: list[str] = []
    read: dict[Path, Mapping[str, Format]] = {}
    for file in files:
        try:
            read[file] = _read(file)
        except SettingsFault as fault:
            faults += fault.faults
    known = {*shipped(), *(id_ for each in read.values() for id_ in each)}
    for file, found in read.items():
        stray = strays(found, known)
        faults += stray
        for each in found.values() if not stray else ():
            click.echo(f"{file.name}: fine: {_summary(each)}")
    for line in faults:
        click.echo(line, err=True)
    if faults:
        sys.exit(1)


@formats.command("simulate")
@click.argument("which", metavar="ID|FILE")
@click.option("--people", type=click.IntRange(2, 40), default=8, show_default=True, help="So many take part.")
@click.option("--silent", type=click.IntRange(0, 40), default=0, show_default=True, help="So many then say nothing.")
@click.option("--leave", type=click.IntRange(0, 40), default=0, show_default=True, help="So many leave halfway.")
@click.option("--seed", type=int, default=1, show_default=True, help="What is left to chance; the same comes again.")
@click.option("--preset", type=PRESET, default="async", help="Spread over days, or live in one sitting.")
@click.option("--language", type=LANGUAGE, default="en")
@click.pass_obj
@told
def simulate(
    config: Path | None, which: str, people: int, silent: int, leave: int, seed: int, preset: str, language: str
) -> None:
    """Plays a whole round with people who are not there, and prints who sees what when. Nothing of it is kept."""
    import structlog

    from bot.rehearsal import Plan
    from bot.rehearsal import simulate as play

    plan = Plan(_find(config, which), people, silent, leave, seed, cast("Preset", preset), language)
    usual = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    try:
        played = asyncio.run(play(plan))
    finally:
        structlog.configure(**usual)
    click.echo(played.text())
    click.echo(f"The round ended: {played.end}.")


# -- which one


def _known(config: Path | None) -> Mapping[str, Format]:
    from bot.own_formats import own_formats
    from bot.rounds.formats import shipped

    return {**shipped(), **own_formats(settings_of(config).rounds.formats)}


def _find(config: Path | None, which: str) -> Format:
    """By its id, or the first one in a file."""
    if which.endswith(".toml"):
        return next(iter(_read(Path(which)).values()))
    from difflib import get_close_matches

    known = _known(config)
    if which in known:
        return known[which]
    near = get_close_matches(which, known, n=1)
    mean = f"; did you mean {near[0]}?" if near else f". There are {', '.join(sorted(known))}"
    raise SettingsFault([f"there is no format {which}{mean}"])


def _read(file: Path) -> Mapping[str, Format]:
    from bot.rounds.formats import load

    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        raise SettingsFault([f"{file}: there is no such file"]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsFault([f"{file}: cannot be read as UTF-8 text: {error}"]) from None
    return load({file.name: text})


def _summary(format_: Format) -> str:
    size, effort = format_.size, format_.effort
    return (
        f"{format_.name['en']} / {format_.name['nl']}, {_some(len(format_.steps), 'step')}, {size.min} to {size.max} "
        f"people, {_some(effort.async_minutes, 'minute')} over {_some(effort.async_days, 'day')}, "
        f"live {_some(effort.live_minutes, 'minute')}"
    )


def _some(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"

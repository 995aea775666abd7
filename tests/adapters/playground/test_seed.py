"""The community that a new playground begins with: in both languages, quickly, and the same each time."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from adapters.playground import seed
from adapters.playground.desk import Desk
from adapters.playground.limits import controls
from bot.compose import playground
from bot.settings import Database, Settings

LANGUAGES = pytest.mark.parametrize("language", ["en", "nl"])


@asynccontextmanager
async def _opened(tmp_path: Path, language: str, *, empty: bool = False) -> AsyncIterator[Desk]:
    settings = Settings(database=Database(url=f"sqlite:///{tmp_path / f'{language}.db'}"))
    async with playground(settings, language, empty=empty) as desk:
        yield desk


@LANGUAGES
async def test_the_community_has_lived_for_three_weeks(tmp_path: Path, language: str) -> None:
    started = time.perf_counter()
    async with _opened(tmp_path, language) as desk:
        took = time.perf_counter() - started
        room = desk.room
        assert took < 10  # three seconds on a machine of our own; tests share theirs

        assert room.basis.community == "De Werkplaats"
        assert {person.space for person in room.people.values()} == {"schools", "college"}
        assert len(room.people) == 8
        for item in ("K-1", "K-2", "K-3"):
            anna, general = room.people["anna"], room.channels["schools-general"]
            shown = await desk.acts.command(anna, general, None, f"/kring knowhow show {item}")
            assert f"{item} · " in shown.entries[0].text
        assert [entry.author for entry in room.at("dm-hanna", None)] == ["kring"]
        open_thread = next(e for e in room.at("schools-practice", None) if e.author == "daan")
        assert [entry.author for entry in room.at("schools-practice", open_thread.id)] == [
            "daan",
            "bilal",
            "chantal",
            "daan",
        ]
        assert not [entry for entry in room.entries.values() if entry.to not in ("", "anna")]
        moments = [entry.at for entry in sorted(room.entries.values(), key=lambda entry: entry.seq)]
        assert moments == sorted(moments)
        assert moments[-1] <= room.now()


@LANGUAGES
async def test_it_happens_once_and_is_there_again(tmp_path: Path, language: str) -> None:
    async with _opened(tmp_path, language) as desk:
        before = dict(desk.room.entries)
    async with _opened(tmp_path, language) as desk:
        assert desk.room.entries == before


async def test_it_is_the_same_each_time_but_for_the_order_of_a_reveal(tmp_path: Path) -> None:
    told: list[Any] = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        async with _opened(tmp_path / name, "en") as desk:
            entries = sorted(desk.room.entries.values(), key=lambda entry: (entry.channel, entry.seq))
            told.append(
                [
                    (entry.channel, entry.text.splitlines()[0], [c.label for c in controls(entry.message)])
                    for entry in entries
                    if entry.message
                ]
            )
    assert told[0] == told[1]


async def test_an_empty_one_has_spaces_and_channels_and_nobody(tmp_path: Path) -> None:
    async with _opened(tmp_path, "en", empty=True) as desk:
        assert set(desk.room.spaces) == {"schools", "college"}
        assert not desk.room.people
        assert not desk.room.entries
        assert {each.name for each in desk.room.channels.values()} >= {"general", "practice"}


async def test_a_story_that_was_interrupted_is_not_told_again(tmp_path: Path) -> None:
    async with _opened(tmp_path, "en", empty=True) as desk:
        desk.room.basis = desk.room.basis.__class__("De Werkplaats", "en", desk.room.basis.seq)
        await seed.move_in(desk, "en")
        assert desk.room.basis.ready
        assert not desk.room.people


def test_both_languages_tell_the_same_story() -> None:
    def shape(told: Any) -> Any:
        return {key: shape(value) for key, value in told.items()} if isinstance(told, dict) else type(told)

    assert shape(seed.read("en")) == shape(seed.read("nl"))

"""Everything that Discord tells reaches the door once, and who waits gets an answer in time."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.adapters.discord.scene import School, kring, school
from tests.adapters.discord.test_connect import Lines, held
from tests.fakes.discord.state import Outcome
from tests.fakes.discord_listening import until
from tests.fakes.discord_server import DiscordServer

MEMBER = "GET /guilds/{guild}/members/{user}"


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits is told so after a fifth of a second; Discord gives half a second (`patience`)."""
    monkeypatch.setattr("adapters.discord.acting.SOON", 0.2)


async def noted(here: School, like: str) -> list[str]:
    """The ids of events that the door took."""
    query = "SELECT event FROM inbox WHERE event LIKE ?"
    rows = await here.store.look(lambda unit: unit.connection.exec_driver_sql(query, (like,)).all())
    return [row[0] for row in rows]


async def letters(here: School, who: Any) -> list[str]:
    """What Kring wrote to somebody alone."""
    await here.settle()
    return [each.text for each in here.discord.sees(who, here.discord.dm(who)) if each.author == "Kring"]


def texts(here: School, outcome: Outcome) -> list[str]:
    return [each.text for each in here.discord.told(outcome)]


async def menu(here: School) -> Any:
    """The private menu, with its buttons."""
    outcome = await here.discord.calls(here.bram, here.practice, "/kring menu")
    return here.discord.told(outcome)[-1]


# -- in time


async def slow(here: School, act: Coroutine[Any, Any, Outcome]) -> Outcome:
    async with held(here, 0.8):
        return await act


@pytest.mark.usefixtures("hurried")
async def test_a_command_that_takes_long_is_answered(sqlite_url: str) -> None:
    async with school(sqlite_url, patience=0.5) as here:
        outcome = await slow(here, here.discord.calls(here.bram, here.practice, "/kring me card"))
        await here.settle()
        assert (outcome.failed, outcome.answered, outcome.refused) == (None, "deferred", [])
        [told] = here.discord.told(outcome)
        assert told.private
        assert not told.loading


@pytest.mark.usefixtures("hurried")
async def test_a_press_that_takes_long_is_answered(sqlite_url: str) -> None:
    async with school(sqlite_url, patience=0.5) as here:
        shown = await menu(here)
        button = shown.buttons[0]
        outcome = await slow(here, here.discord.presses(here.bram, shown, button))
        await here.settle()
        assert (outcome.failed, outcome.answered, outcome.refused) == (None, "deferred update", [])
        assert texts(here, outcome)


@pytest.mark.usefixtures("hurried")
async def test_a_form_that_takes_long_is_answered(sqlite_url: str) -> None:
    async with school(sqlite_url, patience=0.5) as here:
        await here.discord.calls(here.anna, here.practice, "/kring setup wizard")
        modal = here.discord.modal(here.anna)
        assert modal is not None
        outcome = await slow(here, here.discord.submits(here.anna, modal, {"Name of the community": "De Werkplaats"}))
        await here.settle()
        assert (outcome.failed, outcome.answered, outcome.refused) == (None, "deferred", [])
        assert texts(here, outcome)


@pytest.mark.usefixtures("hurried")
async def test_the_menu_of_a_message_that_takes_long_is_answered(sqlite_url: str) -> None:
    async with school(sqlite_url, patience=0.5) as here:
        said = await here.discord.says(here.bram, here.practice, "First everybody writes.")
        outcome = await slow(here, here.discord.uses(here.bram, said, "Keep as know-how"))
        await here.settle()
        assert (outcome.failed, outcome.answered, outcome.refused) == (None, "deferred", [])
        assert texts(here, outcome)


@pytest.mark.usefixtures("hurried")
async def test_choices_that_take_long_are_never_promised(sqlite_url: str) -> None:
    """There is no such answer: Discord would refuse it."""
    async with school(sqlite_url, patience=1.5) as here:
        here.discord.mishaps.chances.slowness = 0.6
        here.discord.mishaps.next("slow", MEMBER)
        dm = here.discord.dm(here.bram)  # there it must be found out first in which server he is
        typing = here.discord.autocompletes(here.bram, dm, "/kring round start", "format", "rev")
        assert [each["value"] for each in await typing] == ["reveal_together"]
        assert here.discord.counters.errors == {}


@pytest.mark.usefixtures("hurried")
async def test_who_must_be_looked_up_first_is_answered_in_time(sqlite_url: str) -> None:
    async with school(sqlite_url, patience=0.5) as here:
        here.discord.mishaps.chances.slowness = 0.8
        here.discord.mishaps.next("slow", MEMBER)
        outcome = await here.discord.calls(here.bram, here.discord.dm(here.bram), "/kring help")
        await here.settle()
        assert (outcome.failed, outcome.answered, outcome.refused) == (None, "deferred", [])
        assert "What you can ask" in texts(here, outcome)[0]


async def test_an_answer_that_comes_after_a_quarter_of_an_hour_is_lost_and_no_more(sqlite_url: str) -> None:
    ahead = timedelta()

    def now() -> datetime:
        return datetime.now(UTC) + ahead

    async with school(sqlite_url, now=now) as here:
        async with held(here, 2.0):
            outcome = await here.discord.calls(here.bram, here.practice, "/kring me card")
            ahead = timedelta(minutes=16)
        await here.settle()
        assert outcome.answered == "deferred"
        assert here.discord.counters.errors == {50027: 1}
        assert len(await noted(here, f"discord/{outcome.id}")) == 1
        assert "What you can ask" in texts(here, await here.discord.calls(here.anna, here.practice, "/kring help"))[0]


# -- once


async def test_an_interaction_that_comes_twice_is_answered_once(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        for _ in range(3):
            here.discord.mishaps.next("doubled", "INTERACTION_CREATE")
            outcome = await here.discord.calls(here.bram, here.practice, "/kring me card")
            await here.settle()
            assert (outcome.failed, outcome.answered, outcome.refused) == (None, "message", [])
            assert len(texts(here, outcome)) == 1


async def test_an_interaction_that_a_session_tells_when_it_goes_on_is_answered(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        here.discord.mishaps.next("swallowed", "INTERACTION_CREATE")
        outcome = await here.discord.calls(here.bram, here.practice, "/kring me card")
        await here.settle()
        assert (outcome.failed, outcome.answered, outcome.refused) == (None, "message", [])


async def test_a_form_in_steps_goes_on_after_a_restart(sqlite_url: str) -> None:
    values = {
        "Title": "Quiet minutes",
        "When and where does this come up?": "Year 6",
        "What do you do then?": "I wait.",
    }
    async with DiscordServer(tempo=1000.0) as discord:
        server = discord.server("De Regenboog")
        anna, general = discord.world.person(server.owner), discord.channel(server, "general")

        async def sent(modal: Any) -> Outcome:
            there = discord.modal_fields(modal)
            return await discord.submits(anna, modal, {name: value for name, value in values.items() if name in there})

        async with kring(discord, sqlite_url):
            modal = (await discord.calls(anna, general, "/kring knowhow add")).modal
        steps = 0
        while modal is not None:
            async with kring(discord, sqlite_url):
                outcome = await sent(modal)
                assert (outcome.failed, outcome.refused) == (None, [])
                told = discord.told(outcome)[-1]
            modal, steps = None, steps + 1
            if "Next" in told.buttons:
                async with kring(discord, sqlite_url):
                    modal = (await discord.presses(anna, told, "Next")).modal
        assert steps > 1
        async with kring(discord, sqlite_url):
            outcome = await discord.calls(anna, general, "/kring knowhow find", options={"words": "quiet"})
            assert "Quiet minutes" in discord.told(outcome)[0].text


async def test_a_button_can_be_pressed_after_a_restart(sqlite_url: str) -> None:
    async with DiscordServer(tempo=1000.0) as discord:
        server = discord.server("De Regenboog")
        bram, general = discord.person(server, "Bram"), discord.channel(server, "general")
        async with kring(discord, sqlite_url):
            shown = discord.told(await discord.calls(bram, general, "/kring menu"))[-1]
        async with kring(discord, sqlite_url):
            outcome = await discord.presses(bram, shown, shown.buttons[0])
            assert (outcome.failed, outcome.refused) == (None, [])


# -- durably


def stuck(lines: Lines) -> bool:
    """The door was knocked at in vain."""
    return any(each["event"] == "not handled yet" for each in lines)


async def test_words_that_cannot_be_kept_are_answered_when_they_can(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        await here.store.run(lambda unit: unit.connection.exec_driver_sql("ALTER TABLE inbox RENAME TO mislaid"))
        with capture_logs() as lines:
            await here.discord.says(here.bram, here.discord.dm(here.bram), "knowhow find tenths")
            await until(lambda: stuck(lines))
        assert here.discord.posts() == []
        await here.store.run(lambda unit: unit.connection.exec_driver_sql("ALTER TABLE mislaid RENAME TO inbox"))
        assert [each.count("I found nothing") for each in await letters(here, here.bram)] == [1]


async def test_what_is_told_while_nothing_can_be_kept_is_handled_when_it_can(sqlite_url: str) -> None:
    async with school(sqlite_url, "full") as here:
        await here.store.run(lambda unit: unit.connection.exec_driver_sql("ALTER TABLE inbox RENAME TO mislaid"))
        with capture_logs() as lines:
            said = await here.discord.says(here.bram, here.practice, "Who knows?")
            await until(lambda: stuck(lines))
        await here.store.run(lambda unit: unit.connection.exec_driver_sql("ALTER TABLE mislaid RENAME TO inbox"))
        await here.settle()
        assert await noted(here, "discord/m%") == [f"discord/m{said.id}"]


async def test_what_is_under_way_when_it_stops_has_its_time(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        assert here.house.discord is not None
        hearing = here.house.discord.hearing
        async with held(here, 0.3):
            await here.discord.says(here.bram, here.discord.dm(here.bram), "knowhow find tenths")
            await until(lambda: bool(hearing._under_way))
            await hearing.close()
        assert not hearing._under_way
        dm = here.discord.dm(here.bram)
        assert "I found nothing" in here.discord.sees(here.bram, dm)[-1].text

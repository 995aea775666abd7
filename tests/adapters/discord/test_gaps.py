"""What happened while Discord told nothing is made up for: once, within limits, and nothing that may not be read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.discord.gaps import FURTHEST, WATCHES_DIFFER
from adapters.discord.happened import Happened
from adapters.discord.missed import OLDEST
from bot.chat.events import MemberJoined, MessageDeleted, MessageEdited, MessagePosted
from bot.chat.names import MessageRef, Thread
from tests.adapters.discord.missed import LIST, LOOK, READ, Kept, Stage
from tests.adapters.discord.sending import school
from tests.fakes.discord import shapes
from tests.fakes.discord_listening import until


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with school() as here:
        yield Stage(here, Kept())


async def test_what_was_said_in_a_thread_is_told(stage: Stage) -> None:
    thread = await stage.thread()
    said = await stage.discord.says(stage.here.bram, thread, "I first wait.")
    [event] = await stage.after()
    assert isinstance(event, MessagePosted)
    assert (event.id, event.text) == (f"discord/m{said.id}", "I first wait.")
    assert event.message == MessageRef(stage.here.channel, said.id, thread.id)
    assert event.account == stage.here.person(stage.here.bram)
    assert event.profile is None  # who they are in the server is not told here


async def test_what_was_said_elsewhere_is_not_read(stage: Stage) -> None:
    await stage.discord.says(stage.here.bram, stage.here.practice, "I first wait.")
    other = await stage.discord.says(stage.here.anna, stage.here.practice, "Between us")
    await stage.discord.opens_thread(stage.here.anna, other, "Between us", text="Yes?")
    assert await stage.after() == []
    assert READ not in stage.discord.counters.calls


async def test_what_kring_and_other_apps_said_is_not_told(stage: Stage) -> None:
    thread = await stage.thread()
    path = "/channels/{channel_id}/messages"
    await stage.here.calling.ask("POST", path, json={"content": "A card"}, channel_id=thread.id)
    assert await stage.after() == []


async def test_what_was_edited_comes_as_it_stands(stage: Stage) -> None:
    thread = await stage.thread()
    said = await stage.discord.says(stage.here.bram, thread, "I first wait.")
    await stage.discord.edits(stage.here.bram, said, "I first count.")
    posted, edited = await stage.after()
    assert isinstance(posted, MessagePosted)
    assert isinstance(edited, MessageEdited)
    assert posted.text == edited.text == "I first count."


async def test_in_light_mode_no_thread_is_read(stage: Stage) -> None:
    await stage.discord.says(stage.here.bram, await stage.thread(), "I first wait.")
    assert await stage.after(reads=False) == []
    assert READ not in stage.discord.counters.calls


async def test_where_kring_was_nowhere_yet_nothing_is_read(stage: Stage) -> None:
    await stage.discord.says(stage.here.bram, await stage.thread(), "I first wait.")
    gaps = stage.gaps()
    await gaps.start()
    stage.comes(gaps)
    await gaps.settle()
    assert stage.told == []


async def test_after_a_silence_longer_than_memory_the_last_week_is_read(stage: Stage) -> None:
    await stage.discord.says(stage.here.bram, await stage.thread(), "I first wait.")
    stage.kept.installed = {stage.here.guild.id: "De Regenboog"}
    gaps = stage.gaps()
    await gaps.start()
    stage.comes(gaps)
    await gaps.settle()
    assert len(stage.told) == 1


# -- words that are kept


@pytest.mark.parametrize("reads", [True, False])
async def test_what_was_deleted_is_told(stage: Stage, reads: bool) -> None:
    said = await stage.discord.says(stage.here.bram, stage.here.practice, "I first wait.")
    ref = stage.words(said)
    assert await stage.after(reads=reads) == []
    await stage.discord.deletes(stage.here.bram, said)
    [event] = await stage.after(reads=reads)
    assert isinstance(event, MessageDeleted)
    assert (event.id, event.message) == (f"discord/d{said.id}", ref)


async def test_what_was_deleted_in_a_thread_that_sleeps_is_told(stage: Stage) -> None:
    thread = await stage.thread()
    said = await stage.discord.says(stage.here.bram, thread, "I first wait.")
    ref = stage.words(said, thread)
    await stage.discord.archives(stage.here.anna, thread)
    await stage.discord.deletes(stage.here.bram, said)
    [event] = await stage.after(reads=False)
    assert isinstance(event, MessageDeleted)
    assert event.message == ref


async def test_a_thread_that_sleeps_is_known_for_what_is_deleted_later(stage: Stage) -> None:
    thread = await stage.thread()
    said = await stage.discord.says(stage.here.bram, thread, "I first wait.")
    stage.words(said, thread)
    await stage.discord.archives(stage.here.anna, thread)
    await stage.after()
    assert stage.here.servers.place(stage.here.guild.id, thread.id) == Thread(stage.here.channel, thread.id)


async def test_what_was_edited_meanwhile_is_told_in_full_mode(stage: Stage) -> None:
    said = await stage.discord.says(stage.here.bram, stage.here.practice, "I first wait.")
    ref = stage.words(said)
    await stage.discord.edits(stage.here.bram, said, "I first count.")
    assert await stage.after(reads=False) == []
    [event] = await stage.after()
    assert isinstance(event, MessageEdited)
    assert (event.message, event.text) == (ref, "I first count.")


async def test_what_was_edited_before_is_not_told_again(stage: Stage) -> None:
    said = await stage.discord.says(stage.here.bram, stage.here.practice, "I first wait.")
    stage.words(said)
    await stage.discord.edits(stage.here.bram, said, "I first count.")
    stage.here.clock.ahead += WATCHES_DIFFER + timedelta(minutes=2)
    assert await stage.after() == []


# -- limits


async def test_only_what_came_since_is_read(stage: Stage) -> None:
    thread = await stage.thread()
    await stage.discord.says(stage.here.bram, thread, "before")
    stage.here.clock.ahead += WATCHES_DIFFER + timedelta(minutes=5)
    await stage.discord.says(stage.here.bram, thread, "after")
    assert [event.text for event in await stage.after() if isinstance(event, MessagePosted)] == ["after"]


async def test_what_is_longer_ago_than_a_week_is_not_made_up_for(stage: Stage) -> None:
    thread = await stage.thread()
    await stage.discord.says(stage.here.bram, thread, "long ago")
    stage.here.clock.ahead += FURTHEST + timedelta(hours=1)
    await stage.discord.says(stage.here.bram, thread, "lately")
    told = await stage.after(FURTHEST + timedelta(days=3))
    assert [event.text for event in told if isinstance(event, MessagePosted)] == ["lately"]


async def test_old_threads_and_words_are_left(stage: Stage) -> None:
    thread = await stage.thread()
    stage.words(await stage.discord.says(stage.here.bram, stage.here.practice, "I first wait."))
    stage.here.clock.ahead += OLDEST + timedelta(days=1)
    await stage.discord.says(stage.here.bram, thread, "late")
    assert await stage.after() == []
    assert not {READ, LOOK} & set(stage.discord.counters.calls)


async def test_only_so_much_is_read(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("THREADS", 2), ("WORDS", 2), ("IN_A_THREAD", 3)):
        monkeypatch.setattr(f"adapters.discord.missed.{name}", most)
    for _ in range(3):
        thread = await stage.thread()
        for number in range(5):
            await stage.discord.says(stage.here.bram, thread, f"thought {number}")
        stage.words(await stage.discord.says(stage.here.bram, stage.here.practice, "I first wait."))
    await stage.after()
    calls = stage.discord.counters.calls
    assert (calls[READ], calls[LOOK]) == (2, 2)


async def test_what_may_not_be_read_is_passed_over(stage: Stage) -> None:
    for _ in range(2):
        thread = await stage.thread()
        await stage.discord.says(stage.here.bram, thread, "I first wait.")
    stage.words(await stage.discord.says(stage.here.bram, stage.here.practice, "I first wait."))
    hidden = stage.discord.channel(stage.here.guild, "hidden")
    said = await stage.discord.says(stage.here.anna, hidden, "A round")
    secret = await stage.discord.opens_thread(stage.here.anna, said, "A round", text="Between us")
    stage.kept.threads.insert(0, Thread(stage.here.channel, secret.id))
    nowhere = str(int(said.id) + (1 << 30))
    stage.kept.threads.insert(1, Thread(stage.here.channel, nowhere))
    stage.discord.forbid(hidden, "view_channel")
    told = await stage.after()
    assert [event.text for event in told if isinstance(event, MessagePosted)] == ["I first wait."] * 2


@pytest.mark.parametrize("mishap", ["failing", "throttled", "refused"])
async def test_what_fails_is_read_once_more(stage: Stage, mishap: str) -> None:
    for _ in range(2):
        await stage.discord.says(stage.here.bram, await stage.thread(), "I first wait.")
    gone = await stage.discord.says(stage.here.bram, stage.here.practice, "I first wait.")
    stage.words(gone)
    await stage.discord.deletes(stage.here.bram, gone)
    stage.discord.mishaps.chances.retry_after = 0.1
    stage.discord.mishaps.next(mishap, READ)
    stage.discord.mishaps.next(mishap, LOOK)
    assert sorted({event.kind for event in await stage.after()}) == ["deleted", "posted"]
    assert len({event.id for event in stage.told}) == 3


async def test_what_fails_for_long_is_read_later(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until then it is kept that something is missing, and what was read is not read again."""
    monkeypatch.setattr("adapters.discord.missed.AGAIN", (0.0, 0.0))
    monkeypatch.setattr("adapters.discord.gaps.LATER", 0.01)
    for _ in range(2):
        await stage.discord.says(stage.here.bram, await stage.thread(), "I first wait.")
    for _ in range(5):
        stage.discord.mishaps.next("failing", READ)
    gaps = await stage.gap(timedelta(minutes=1))
    assert len(stage.told) == 0
    assert stage.kept.unread is not None
    await until(lambda: len(stage.told) == 2)
    await until(lambda: stage.kept.unread is None)
    assert stage.discord.counters.calls[READ] == 7
    await gaps.close()


async def test_what_fails_for_a_week_is_given_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.discord.missed.AGAIN", (0.0,))
    await stage.discord.says(stage.here.bram, await stage.thread(), "I first wait.")
    stage.discord.mishaps.next("failing", READ)
    await stage.gap(FURTHEST + timedelta(minutes=1))
    assert stage.kept.unread is None


@pytest.mark.parametrize("broken", ["begin_gap", "words_from", "end_gap"])
async def test_what_the_memory_does_not_do_is_said_and_tried_later(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], broken: str
) -> None:
    monkeypatch.setattr("adapters.discord.gaps.LATER", 0.01)
    await stage.discord.says(stage.here.bram, await stage.thread(), "I first wait.")
    gaps = await stage.gap(timedelta(minutes=1), broken=broken)
    assert "what was missed could not be read yet" in capsys.readouterr().out
    stage.kept.broken.clear()
    await until(lambda: stage.kept.unread is None)
    assert len(stage.told) == 1
    await gaps.close()


async def test_what_the_door_cannot_handle_does_not_stand_in_the_way(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in ("First", "Second"):
        await stage.discord.says(stage.here.bram, await stage.thread(), text)
    stage.fails_over = "First"
    await stage.after()
    assert [event.text for event in stage.told if isinstance(event, MessagePosted)] == ["Second"]
    assert "something that was missed could not be handled" in capsys.readouterr().out
    assert stage.kept.unread is None


# -- who came


async def test_who_came_meanwhile_is_told_where_discord_lets_kring_see_it(stage: Stage) -> None:
    stage.here.clock.ahead += WATCHES_DIFFER + timedelta(minutes=5)
    cas = stage.discord.person(stage.here.guild, "Cas")
    assert await stage.after(reads=False) == []
    [event] = await stage.after(reads=False, sees_members=True)
    assert isinstance(event, MemberJoined)
    assert (event.account, event.profile and event.profile.name) == (stage.here.person(cas), "Cas")


async def test_it_is_the_same_event_that_discord_tells(stage: Stage) -> None:
    """So who was greeted is not greeted again."""
    stage.here.clock.ahead += WATCHES_DIFFER + timedelta(minutes=5)
    cas = stage.discord.person(stage.here.guild, "Cas")
    member = stage.here.guild.members[cas.id]
    live = {**shapes.member(member), "guild_id": stage.here.guild.id}
    happened = Happened(stage.here.servers, stage.here.calling.me, reads=False)
    [told] = happened.told("GUILD_MEMBER_ADD", live, stage.here.clock.now())
    [event] = await stage.after(sees_members=True)
    assert event.id == told.id


async def test_nobody_is_looked_for_in_a_large_server(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.here.clock.ahead += WATCHES_DIFFER + timedelta(minutes=5)
    for number in range(5):
        stage.discord.person(stage.here.guild, f"Cas {number}")
    monkeypatch.setattr("adapters.discord.missed.PAGE", 2)
    assert len(await stage.after(sees_members=True)) == 5
    assert stage.discord.counters.calls[LIST] == 5  # of nine people
    stage.told.clear()
    monkeypatch.setattr("adapters.discord.missed.PEOPLE", 8)
    assert await stage.after(sees_members=True) == []
    assert stage.discord.counters.calls[LIST] == 5


async def test_who_was_there_before_kring_is_no_newcomer(stage: Stage) -> None:
    """Kring was let in during the gap."""
    stage.here.clock.ahead += timedelta(hours=1)
    stage.discord.person(stage.here.guild, "Cas")
    later = stage.here.clock.now() + timedelta(hours=1)
    stage.here.guild.members[stage.discord.world.bot.id].joined_at = later.timestamp()
    assert await stage.after(timedelta(hours=2), sees_members=True) == []

"""What people change and delete in Discord flows through, and nothing is lost while Kring is away."""

from __future__ import annotations

import pytest

from tests.stories.discord_house import DiscordDriver
from tests.talk import Player, Seen, Talk

pytestmark = pytest.mark.usefixtures("discord")

QUESTION = "How do you keep the quiet pupils in a talk? With me the same three always speak."
TOLD = "In my class we first let everybody write for two minutes, because then they have something to say."
SITUATION: dict[str, str | list[str]] = {"When and where does this come up?": "In a talk with the whole class"}


@pytest.fixture
async def thread(talk: Talk) -> tuple[Player, Player, Seen, Seen]:
    ana, bo = await talk.joins("Ana"), await talk.joins("Bo")
    question = await ana.writes(QUESTION)
    return ana, bo, question, await bo.writes(TOLD, thread=question.id)


async def kept(ana: Player, bo: Player, message: Seen) -> None:
    """Bo's words are in K-1."""
    await ana.keeps(message)
    await ana.presses("Look at the draft")
    await ana.fills({"Title": "When the quiet pupils say nothing", **SITUATION})
    await bo.opens_what_waits()
    await bo.presses("Yes, with my name")
    await ana.sees("K-1 is shared", channel="dm")


async def what_is_kept(person: Player) -> str:
    """All that Kring keeps of them, as the newest file says it."""
    await person.calls("/kring me data", channel="general")
    return [file for message in await person.reads("dm") for file in message.files][-1]


async def words(person: Player) -> str:
    return (await person.calls("/kring knowhow show K-1", channel="general")).text


async def test_a_deleted_message_is_gone_from_the_item(thread: tuple[Player, Player, Seen, Seen]) -> None:
    """Discord tells of it in light mode too, though not what it said."""
    ana, bo, _, reply = thread
    await kept(ana, bo, reply)
    assert "two minutes" in await words(ana)
    await bo.deletes(reply)
    assert "two minutes" not in await words(ana)


async def test_many_deleted_at_once(thread: tuple[Player, Player, Seen, Seen], discord: DiscordDriver) -> None:
    """As a moderator's bot does it."""
    ana, bo, question, reply = thread
    await kept(ana, bo, reply)
    place = discord.discord.world.channels[question.id]
    owner = discord.servers["schools"].owner
    there = [place.messages[reply.id], await discord.discord.says(ana.id, place, "Thank you!")]
    await discord.discord.bulk_deletes(owner, there)
    await discord.deliver()
    assert "two minutes" not in await words(ana)


async def test_a_deleted_channel_takes_nothing_that_was_agreed_to(
    thread: tuple[Player, Player, Seen, Seen], discord: DiscordDriver
) -> None:
    ana, bo, question, reply = thread
    await kept(ana, bo, reply)
    await discord.discord.deletes_channel(question.id)
    await discord.deliver()
    assert "two minutes" in await words(ana)


@pytest.mark.full_mode("what people write is read there only")
async def test_an_edit_is_what_counts(thread: tuple[Player, Player, Seen, Seen]) -> None:
    ana, bo, question, reply = thread
    await bo.edits(reply, "In my class we first let everybody draw for three minutes, because then they have an idea.")
    await ana.keeps(question)
    await ana.presses("Look at the draft")
    assert ana.saw.form is not None
    assert "draw for three minutes" in str(ana.saw.form.choices)
    assert "write for two minutes" not in str(ana.saw.form.choices)


@pytest.mark.full_mode("what people write is read there only")
async def test_words_in_the_thread_of_a_round_count_and_a_deleted_one_does_not(talk: Talk) -> None:
    people = [await talk.joins(name) for name in ("Ana", "Bo", "Cas")]
    ana, bo, cas = people
    await ana.calls('/kring round start reveal_together "the first lesson"')
    for person in people:
        await person.presses("I'll speak")
    await ana.presses("Begin now")
    header = await ana.sees("1 of 4", channel="general")
    for person in people:
        await person.presses("Answer privately", within="Step 1 of 4")
        await person.fills({"Your words": f"{person.name} waits."})
    difference = await bo.writes("Ana and Cas differ most.", thread=header.id)
    await cas.writes("Bo waits for something else.", thread=header.id)
    assert "Ana and Cas differ most." in await what_is_kept(bo)
    await bo.deletes(difference)
    assert "Ana and Cas differ most." not in await what_is_kept(bo)
    assert "Bo waits for something else." in await what_is_kept(cas)


# -- while Kring is away


async def test_buttons_and_forms_work_after_a_restart(talk: Talk, discord: DiscordDriver) -> None:
    people = [await talk.joins(name) for name in ("Ana", "Bo", "Cas")]
    ana, bo, cas = people
    await ana.calls('/kring round start reveal_together "the first lesson"')
    for person in (ana, bo):
        await person.presses("I'll speak")
    await ana.calls("/kring knowhow add")
    long_form = ana.saw
    async with discord.away():
        pass
    ana.saw = long_form
    answer = await ana.fills(
        {
            "Title": "When pupils mix up tenths",
            "When and where does this come up?": "Year 6",
            "What do you do then?": "I take money.",
        }
    )
    assert "K-1" in answer.text
    await cas.presses("I'll speak")
    await ana.presses("Begin now")
    await cas.presses("Answer privately")
    form = cas.saw
    async with discord.away():
        pass
    cas.saw = form
    assert "Noted." in (await cas.fills({"Your words": "Cas waits."})).text


async def test_what_was_deleted_meanwhile_is_found_out(
    thread: tuple[Player, Player, Seen, Seen], discord: DiscordDriver
) -> None:
    ana, bo, question, reply = thread
    await kept(ana, bo, reply)
    async with discord.away():
        said = discord.discord.world.channels[question.id].messages[reply.id]
        await discord.discord.deletes(bo.id, said)
    discord.expected |= {10008}
    assert "two minutes" not in await words(ana)


@pytest.mark.full_mode("what people write is read there only")
async def test_what_was_written_meanwhile_counts(talk: Talk, discord: DiscordDriver) -> None:
    people = [await talk.joins(name) for name in ("Ana", "Bo", "Cas")]
    ana, bo, _ = people
    await ana.calls('/kring round start reveal_together "the first lesson"')
    for person in people:
        await person.presses("I'll speak")
    await ana.presses("Begin now")
    header = await ana.sees("1 of 4", channel="general")
    for person in people:
        await person.presses("Answer privately", within="Step 1 of 4")
        await person.fills({"Your words": f"{person.name} waits."})
    async with discord.away():
        await discord.discord.says(bo.id, discord.discord.place(header.id), "Ana and Cas differ most.")
    assert "Ana and Cas differ most." in await what_is_kept(bo)


async def test_kring_comes_back_to_a_server_that_threw_it_out_meanwhile(talk: Talk, discord: DiscordDriver) -> None:
    await talk.joins("Ana")
    async with discord.away():
        await discord.discord.kicks_bot(discord.servers["college"])
    assert set(await discord.house.kring.store.installations("discord")) == {discord.servers["schools"].id}

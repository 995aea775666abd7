"""Before Discord archives a thread, Kring offers to keep it; of what is archived it says nothing, and wakes nothing."""

from __future__ import annotations

import pytest

from tests.stories.discord_house import DiscordDriver
from tests.talk import Player, Seen, Talk

LETTER = "Nobody has written in"
IN_PUBLIC = "before long this thread would close by itself"


@pytest.fixture
async def home(talk: Talk, discord: DiscordDriver) -> list[Player]:
    """Ana made general the home channel, and did something with Kring by that; Bo and Cas did not."""
    people = [await talk.joins(name) for name in ("Ana", "Bo", "Cas")]
    await people[0].calls("/kring setup", channel="general")
    await people[0].fills({})
    return people


async def asked(asker: Player, replier: Player) -> Seen:
    """A question, on which the other opens a thread: of a Monday, and closed on Thursday at the earliest."""
    question = await asker.writes("How do you keep the quiet pupils in a talk?")
    await replier.writes("In my class we first let everybody write for two minutes.", thread=question.id)
    await asker.writes("Thank you, that works!", thread=question.id)
    return question


async def letters(person: Player) -> list[str]:
    return [each.text for each in await person.reads("dm") if LETTER in each.text]


async def offers(person: Player, thread: Seen) -> list[Seen]:
    return [each for each in await person.reads("general", thread=thread.id) if IN_PUBLIC in each.text]


async def test_whoever_asked_is_asked_and_keeps_it(talk: Talk, home: list[Player], discord: DiscordDriver) -> None:
    ana, bo, _ = home
    question = await asked(ana, bo)
    await talk.days_pass(2)
    assert await letters(ana) == []
    await talk.days_pass(1)
    [letter] = await letters(ana)
    assert "«How do you keep the quiet pupils in a ta»" in letter, "that is the thread's name"
    assert await offers(ana, question) == []
    await ana.presses("Keep as know-how", within=LETTER)
    told = "\n".join(each.text for each in await ana.reads("dm"))
    if discord.mode == "full":
        assert "Your draft: How do you keep the quiet pupils in a talk?" in told
    else:
        assert "Choose Keep as know-how in the menu of a message: that one I may read." in told


@pytest.mark.light_mode("in full mode the words are there anyway")
async def test_in_light_mode_the_message_that_helped_can_be_kept(talk: Talk, home: list[Player]) -> None:
    ana, bo, _ = home
    question = await asked(ana, bo)
    await talk.days_pass(3)
    await ana.presses("Keep as know-how", within=LETTER)
    assert "worth keeping" not in "\n".join(each.text for each in await ana.reads("dm"))
    answer = await ana.sees("first let everybody write", channel="general", thread=question.id)
    await ana.keeps(answer)
    assert "worth keeping, from @Bo." in "\n".join(each.text for each in await ana.reads("dm"))
    await ana.keeps(answer)
    assert "You have a draft from this thread already." in ana.saw.text


async def test_who_never_did_anything_with_kring_reads_it_in_the_thread(
    talk: Talk, home: list[Player], discord: DiscordDriver
) -> None:
    """Once: the offer keeps the thread open, and when it falls silent again nothing more is said."""
    _, bo, cas = home
    question = await asked(cas, bo)
    await talk.days_pass(3)
    assert await letters(cas) == []
    [offer] = await offers(cas, question)
    assert not discord.discord.world.channels[question.id].archived
    await talk.days_pass(20)
    assert len(await offers(cas, question)) == 1
    assert discord.discord.world.channels[question.id].archived, "it is let go in the end"
    await cas.writes("I tried it again.", thread=question.id)
    await talk.days_pass(20)
    assert await offers(cas, question) == [offer]


async def test_somebody_else_in_the_thread_keeps_it(talk: Talk, home: list[Player]) -> None:
    _, bo, cas = home
    await asked(cas, bo)
    await talk.days_pass(3)
    await bo.presses("Keep as know-how", within=IN_PUBLIC)
    assert "Your draft" in "\n".join(each.text for each in await bo.reads("dm"))


async def test_who_closed_direct_messages_reads_it_in_the_thread(
    talk: Talk, home: list[Player], discord: DiscordDriver
) -> None:
    ana, bo, _ = home
    question = await asked(ana, bo)
    await discord.close_messages(ana.id)
    await talk.days_pass(3)
    assert len(await offers(ana, question)) == 1


async def test_whoever_writes_moves_the_moment(talk: Talk, home: list[Player]) -> None:
    ana, bo, _ = home
    question = await asked(ana, bo)
    await talk.days_pass(2)
    await bo.writes("And then I count to ten.", thread=question.id)
    await talk.days_pass(2)
    assert await letters(ana) == []
    await talk.days_pass(1)
    assert len(await letters(ana)) == 1


@pytest.mark.parametrize("how", ["archived", "locked", "deleted"])
@pytest.mark.parametrize("away", [False, True], ids=["Kring hears it", "Kring is away"])
async def test_of_a_thread_that_is_closed_nothing_is_said(
    talk: Talk, home: list[Player], discord: DiscordDriver, how: str, *, away: bool
) -> None:
    ana, bo, _ = home
    question = await asked(ana, bo)
    owner, fake = discord.servers["schools"].owner, discord.discord
    thread = fake.world.channels[question.id]

    async def closes() -> None:
        if how == "archived":
            await fake.archives(owner, question.id)
        elif how == "locked":
            await fake.locks(owner, question.id)
        else:
            await fake.deletes_channel(question.id)
            discord.expected |= {10003}

    if away:
        async with discord.away():
            await closes()
    else:
        await closes()
    await talk.days_pass(7)
    assert await letters(ana) == []
    assert how == "deleted" or thread.archived, "nothing wakes it"


async def test_a_thread_that_was_opened_while_kring_was_away_is_found(
    talk: Talk, home: list[Player], discord: DiscordDriver
) -> None:
    ana, bo, _ = home
    async with discord.away():
        fake = discord.discord
        said = await fake.says(ana.id, discord.general["schools"], "How do you begin a lesson?")
        thread = await fake.opens_thread(bo.id, said, "How do you begin?", text="With a question.")
        await fake.says(ana.id, thread, "Thank you!")
    await talk.days_pass(3)
    [letter] = await letters(ana)
    assert "How do you begin?" in letter


async def test_a_private_thread_is_nobodys_business(talk: Talk, home: list[Player], discord: DiscordDriver) -> None:
    ana, bo, _ = home
    fake = discord.discord
    thread = await fake.opens_thread(ana.id, discord.general["schools"], "Between us", private=True, text="How?")
    await fake.adds_to_thread(ana.id, thread, bo.id)
    await fake.adds_to_thread(ana.id, thread, fake.app.bot)
    await fake.says(bo.id, thread, "So.")
    await fake.says(ana.id, thread, "Thank you!")
    await talk.days_pass(10)
    assert await letters(ana) == []


async def test_a_forum_as_home(talk: Talk, discord: DiscordDriver) -> None:
    """Each of its posts is a thread, whose first message begins it."""
    ana, bo = [await talk.joins(name) for name in ("Ana", "Bo")]
    fake = discord.discord
    forum = fake.channel(discord.servers["schools"], "questions", kind="forum")
    first = await fake.posts_in_forum(ana.id, forum, "A question", "What is this for?")
    await ana.calls("/kring setup", channel=first.id)
    await ana.fills({})
    post = await fake.posts_in_forum(ana.id, forum, "A lesson", "How do you begin a lesson?")
    await fake.says(bo.id, post, "With a question.")
    await fake.says(ana.id, post, "Thank you!")
    await talk.days_pass(3)
    [letter] = await letters(ana)
    assert "«A lesson»" in letter

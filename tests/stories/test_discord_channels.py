"""Channels and threads in Discord: asleep, locked, slow, forbidden, deleted, forums; and a server that Kring leaves."""

from __future__ import annotations

import pytest

from bot.chat.names import Space
from tests.stories.discord_house import DiscordDriver
from tests.talk import Player, Refusal, Seen, Talk

NAMES = ("Ana", "Bo", "Cas")
MAY_NOT, NO_ACCESS, NO_CHANNEL, LOCKED, NO_MESSAGE = 50013, 50001, 10003, 40004, 10008
REVEALED = "Here are all answers at once"


@pytest.fixture
async def three(talk: Talk, discord: DiscordDriver) -> list[Player]:
    return [await talk.joins(name) for name in NAMES]


async def invited(holder: Player, topic: str = "the first lesson", channel: str = "general") -> None:
    answer = await holder.calls(f'/kring round start reveal_together "{topic}"', channel=channel)
    assert "invitation" in answer.text


async def begun(people: list[Player], topic: str = "the first lesson") -> Seen:
    """The card of the round; its thread hangs on it."""
    await invited(people[0], topic)
    for person in people:
        await person.presses("I'll speak", within=topic)
    await people[0].presses("Begin now", within=topic)
    return await people[0].sees(topic, "1 of 4", channel="general")


async def answered(people: list[Player]) -> None:
    for person in people:
        await person.presses("Answer privately")
        await person.fills({"Your words": f"{person.name} waits."})


async def letters(person: Player) -> str:
    return "\n".join(message.text for message in await person.reads("dm") if message.author == "Kring")


# -- threads


async def test_a_thread_that_fell_asleep_wakes(talk: Talk, three: list[Player], discord: DiscordDriver) -> None:
    """In Discord nobody can press a button in it who is not in it."""
    card = await begun(three)
    ana, bo, cas = three
    await discord.discord.falls_asleep(card.id)
    with pytest.raises(Refusal, match="please try again"):
        await cas.presses("Answer privately", within="Step 1 of 4")
    for person in (bo, cas):
        await person.presses("Answer privately", within="has begun")
        await person.fills({"Your words": f"{person.name} waits."})
    await talk.days_pass(2)
    await ana.sees(REVEALED, "Bo waits.", channel="general", thread=card.id)
    assert not discord.discord.world.channels[card.id].archived


async def test_a_locked_thread_holds_the_round_until_it_is_unlocked(
    talk: Talk, three: list[Player], discord: DiscordDriver
) -> None:
    card = await begun(three)
    owner = discord.servers["schools"].owner
    await discord.discord.locks(owner, card.id)
    discord.expected |= {50083, LOCKED, MAY_NOT}
    await talk.days_pass(2)
    told = await letters(three[0])
    assert "on hold" in told
    assert "A thread that is locked has to be unlocked." in told
    await discord.discord.unlocks(owner, card.id)
    await discord.deliver()
    await three[0].presses("Go on", within="on hold")
    await answered(three)
    await three[0].sees(REVEALED)


async def test_slow_mode_slows_nothing(talk: Talk, three: list[Player], discord: DiscordDriver) -> None:
    """It is for people; Kring may be slowed down as well, and then it waits its turn."""
    await discord.discord.sets_slow_mode(discord.general["schools"], 3600)
    card = await begun(three)
    await invited(three[1], "the last lesson")
    await talk.hours_pass(2)
    await answered(three)
    await three[0].sees(REVEALED, channel="general", thread=card.id)
    await three[0].sees("the last lesson", "invites you", channel="general")


# -- permissions


async def test_kring_may_not_write_there(three: list[Player], discord: DiscordDriver) -> None:
    """Its command works everywhere; what it should post there waits until it may."""
    ana, here = three[0], discord.general["schools"]
    discord.discord.forbid(here, "send_messages")
    discord.expected |= {MAY_NOT}
    assert "I found nothing" in (await ana.calls("/kring knowhow find tenths")).text
    await ana.calls('/kring round start reveal_together "the first lesson"')
    told = await letters(ana)
    assert "I could not post «the first lesson»" in told
    assert "Give my role View Channel, Send Messages and Send Messages in Threads" in told
    discord.discord.permit(here, "send_messages")
    await discord.deliver()
    await ana.presses("Go on")
    await ana.sees("invites you", channel="general")


@pytest.mark.parametrize("right", ["send_messages_in_threads", "view_channel", "create_public_threads"])
async def test_a_right_that_is_taken_away_holds_the_round(
    talk: Talk, three: list[Player], discord: DiscordDriver, right: str
) -> None:
    here = discord.general["schools"]
    await invited(three[0])
    for person in three:
        await person.presses("I'll speak")
    discord.discord.forbid(here, right)
    discord.expected |= {MAY_NOT, NO_ACCESS}
    await three[0].presses("Begin now")
    assert "on hold" in await letters(three[0])
    discord.discord.permit(here, right)
    await discord.deliver()
    await three[0].presses("Go on", within="on hold")
    await answered(three)
    await three[0].sees(REVEALED)


async def test_a_channel_that_only_some_see(three: list[Player], discord: DiscordDriver) -> None:
    """Kring does not see it either, so its command is not there, and nothing comes of it."""
    ana, server = three[0], discord.servers["schools"]
    board = discord.discord.private_to(server, ana.id)
    discord.discord.channel(server, "board", overwrites=board)
    await ana.calls('/kring round start reveal_together "the first lesson"', channel="board")
    discord.expected |= {MAY_NOT, NO_ACCESS}
    assert "Give my role" in await letters(ana)


# -- channels


async def test_a_renamed_channel_is_the_same_channel(three: list[Player], discord: DiscordDriver) -> None:
    await begun(three)
    await discord.discord.renames(discord.general["schools"], "staff-room")
    await discord.deliver()
    for person in three:
        person.channel = "staff-room"
    await answered(three)
    await three[0].sees(REVEALED, "Cas waits.")


async def test_a_deleted_card_or_thread_holds_the_round(
    talk: Talk, three: list[Player], discord: DiscordDriver
) -> None:
    card = await begun(three)
    await discord.discord.deletes_channel(card.id)
    discord.expected |= {NO_CHANNEL, NO_MESSAGE}
    await talk.days_pass(2)
    assert "on hold" in await letters(three[0])


async def test_two_rounds_in_one_channel_stay_apart(three: list[Player]) -> None:
    answers = {"the first lesson": "begin", "the last lesson": "end"}
    cards = {topic: await begun(three, topic) for topic in answers}
    for topic, word in answers.items():
        for person in three:
            prompts = await person.reads("general", cards[topic].id)
            [prompt] = [each for each in prompts if "Answer privately" in each.buttons]
            await person.presses_on(prompt, "Answer privately")
            await person.fills({"Your words": f"{person.name} would {word} with a song."})
    for topic, word in answers.items():
        other = "end" if word == "begin" else "begin"
        revealed = await three[1].sees(REVEALED, channel="general", thread=cards[topic].id)
        assert revealed.text.count(f"would {word} with a song") == 3
        assert f"would {other}" not in revealed.text


async def test_one_slow_channel_holds_up_no_other(talk: Talk, three: list[Player], discord: DiscordDriver) -> None:
    ana = three[0]
    other = discord.discord.channel(discord.servers["schools"], "library")
    discord.discord.mishaps.next("throttled", "POST /channels/{channel}/messages")
    await invited(ana, "the first lesson")
    await invited(ana, "the last lesson", channel="library")
    await ana.sees("the last lesson", channel=other.id)
    assert "the first lesson" not in "\n".join(each.text for each in await ana.reads("general") if not each.private)
    await talk.hours_pass(0.1)
    await ana.sees("invites you", "the first lesson", channel="general")


# -- forums


async def test_a_round_in_a_forum_is_a_post_of_its_own(talk: Talk, three: list[Player], discord: DiscordDriver) -> None:
    forum = discord.discord.channel(discord.servers["schools"], "rounds", kind="forum", tags=["open"])
    question = await discord.discord.posts_in_forum(three[0].id, forum, "A question", "How do you begin?")
    answer = await three[0].calls('/kring round start reveal_together "the first lesson"', channel=question.id)
    assert "invitation" in answer.text
    for person in three:
        await person.presses("I'll speak")
    await three[0].presses("Begin now")
    await answered(three)
    posts = [each for each in discord.servers["schools"].threads.values() if each.parent == forum.id]
    [mine] = [each for each in posts if each is not question]
    assert "the first lesson" in mine.name
    await three[1].sees(REVEALED, "Bo waits.", channel=mine.id)


async def test_a_forum_as_home(talk: Talk, three: list[Player], discord: DiscordDriver) -> None:
    """Where Kring greets people, each word of its own is a post."""
    ana, forum = three[0], discord.discord.channel(discord.servers["schools"], "home", kind="forum")
    question = await discord.discord.posts_in_forum(ana.id, forum, "A question", "How do you begin?")
    await ana.calls("/kring setup", channel=question.id)
    await ana.fills({"Name of the community": "De Werkplaats"})
    assert "Home channel: #home" in ana.saw.text
    posts = {each.name for each in discord.servers["schools"].threads.values() if each.parent == forum.id}
    assert len(posts) == 2
    dee = await talk.joins("Dee")
    await dee.opens_what_waits()
    await dee.sees("Hi Dee, welcome to De Werkplaats")


# -- servers


async def test_kicked_and_invited_again(talk: Talk, three: list[Player], discord: DiscordDriver) -> None:
    ana, school, store = three[0], discord.servers["schools"], discord.house.kring.store
    await ana.calls("/kring me role teacher of history")
    await begun(three)
    await discord.discord.kicks_bot(school)
    await discord.deliver()
    assert set(await store.installations("discord")) == {discord.servers["college"].id}
    discord.expected |= {NO_CHANNEL, NO_ACCESS, 10004, 50278}
    await talk.days_pass(2)
    discord.discord.install(school)
    await discord.deliver()
    assert set(await store.installations("discord")) == {each.id for each in discord.servers.values()}
    assert "teacher of history" in (await ana.calls("/kring me")).text
    await ana.calls("/kring round resume")
    await answered(three)
    await ana.sees(REVEALED)


async def test_a_server_that_is_deleted(talk: Talk, three: list[Player], discord: DiscordDriver) -> None:
    await begun(three)
    school = discord.servers["schools"]
    await discord.discord.deletes_server(school)
    discord.expected |= {NO_CHANNEL, NO_ACCESS, 10004, 50278, 10007}
    await talk.days_pass(2)
    assert Space("discord", school.id).id not in await discord.house.kring.store.installations("discord")

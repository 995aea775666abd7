"""Channels in Slack: archived, renamed, left, not joined yet; and rounds that do not mind each other."""

from __future__ import annotations

import pytest

from tests.stories.slack_house import SlackDriver
from tests.talk import Player, Talk

pytestmark = pytest.mark.usefixtures("slack")

NAMES = ("Ana", "Bo", "Cas")


@pytest.fixture
async def three(talk: Talk) -> list[Player]:
    return [await talk.joins(name) for name in NAMES]


async def invited(holder: Player, topic: str, channel: str = "general") -> None:
    answer = await holder.calls(f'/kring round start reveal_together "{topic}"', channel=channel)
    assert "invitation" in answer.text


async def begun(people: list[Player], topic: str = "the first lesson") -> None:
    await invited(people[0], topic)
    for person in people:
        await person.presses("I'll speak", within=topic)
    await people[0].presses("Begin now", within=topic)


async def letters(person: Player) -> str:
    return "\n".join(message.text for message in await person.reads("dm") if message.author == "Kring")


async def test_kring_is_not_in_the_channel(talk: Talk, three: list[Player], slack: SlackDriver) -> None:
    """Its command works everywhere; what it should post there waits until it is invited."""
    ana = three[0]
    channel = await slack.slack.makes_channel(ana.id, "library")
    answer = await ana.calls("/kring knowhow find tenths", channel="library")
    assert "I found nothing" in answer.text
    await ana.calls('/kring round start reveal_together "the first lesson"', channel="library")
    slack.expected |= {"not_in_channel"}
    told = await letters(ana)
    assert "I could not post «the first lesson»" in told
    assert "/invite @Kring" in told
    await slack.slack.invites_bot(ana.id, channel)
    await slack.deliver()
    await ana.presses("Go on")
    await ana.sees("invites you", channel="library")


async def test_a_private_channel_without_kring_is_not_there_for_it(three: list[Player], slack: SlackDriver) -> None:
    ana = three[0]
    await slack.slack.makes_channel(ana.id, "board", private=True)
    await ana.calls('/kring round start reveal_together "the first lesson"', channel="board")
    slack.expected |= {"channel_not_found"}
    assert "/invite @Kring" in await letters(ana)


async def test_removed_and_invited_again(talk: Talk, three: list[Player], slack: SlackDriver) -> None:
    await begun(three)
    ana, general = three[0], slack.general["schools"]
    await slack.slack.removes_bot(ana.id, general)
    slack.expected |= {"not_in_channel"}
    await talk.days_pass(2)
    assert "on hold" in await letters(ana)
    await slack.slack.invites_bot(ana.id, general)
    await slack.deliver()
    await ana.presses("Go on", within="on hold")
    for person in three:
        await person.presses("Answer privately")
        await person.fills({"Your words": f"{person.name} waits."})
    revealed = await ana.sees("Here are all answers at once")
    assert "Bo waits." in revealed.text


async def test_archived_and_back_again(talk: Talk, three: list[Player], slack: SlackDriver) -> None:
    await begun(three)
    ana = three[0]
    await ana.closes("general")
    await talk.days_pass(2)
    assert "on hold" in await letters(ana)
    await slack.slack.unarchives(ana.id, slack.general["schools"])
    await slack.deliver()
    await ana.presses("Go on", within="on hold")
    await three[1].presses("Answer privately")
    assert three[1].saw.form is not None


async def test_a_deleted_channel_holds_the_round(talk: Talk, three: list[Player], slack: SlackDriver) -> None:
    await begun(three)
    await slack.slack.deletes_channel(slack.spaces["schools"].owner, slack.general["schools"])
    slack.expected |= {"channel_not_found"}
    await talk.days_pass(2)
    assert "on hold" in await letters(three[0])


async def test_a_renamed_channel_is_the_same_channel(talk: Talk, three: list[Player], slack: SlackDriver) -> None:
    await begun(three)
    await slack.slack.renames(three[0].id, slack.general["schools"], "staff-room")
    await slack.deliver()
    for person in three:
        person.channel = "staff-room"
        await person.presses("Answer privately")
        await person.fills({"Your words": f"{person.name} waits."})
    revealed = await three[0].sees("Here are all answers at once")
    assert "Cas waits." in revealed.text


async def test_two_rounds_in_one_channel_stay_apart(talk: Talk, three: list[Player], slack: SlackDriver) -> None:
    await begun(three, "the first lesson")
    await begun(three, "the last lesson")
    answers = {"the first lesson": "begin", "the last lesson": "end"}
    cards = {topic: await three[0].sees(topic, "1 of 4", channel="general") for topic in answers}
    for topic, word in answers.items():
        for person in three:
            [prompt] = [
                each for each in await person.reads("general", cards[topic].id) if "Answer privately" in each.buttons
            ]
            await person.presses_on(prompt, "Answer privately")
            await person.fills({"Your words": f"{person.name} would {word} with a song."})
    for topic, word in answers.items():
        other = "end" if word == "begin" else "begin"
        revealed = await three[1].sees("Here are all answers at once", channel="general", thread=cards[topic].id)
        assert revealed.text.count(f"would {word} with a song") == 3
        assert f"would {other}" not in revealed.text


async def test_a_card_that_somebody_deleted(talk: Talk, three: list[Player], slack: SlackDriver) -> None:
    """An administrator may delete what Kring wrote."""
    await begun(three)
    card = await three[0].sees("1 of 4", channel="general")
    general = slack.general["schools"]
    slack.slack.posting.remove(general.messages[card.id])
    slack.expected |= {"message_not_found", "thread_not_found", "cant_update_message"}
    await talk.days_pass(3)
    assert "on hold" in await letters(three[0])


async def test_one_slow_channel_holds_up_no_other(talk: Talk, three: list[Player], slack: SlackDriver) -> None:
    ana, mishaps = three[0], slack.slack.mishaps
    other = slack.slack.channel(slack.spaces["schools"], "library", [each.id for each in three])
    mishaps.next("throttled", "chat.postMessage")
    await invited(ana, "the first lesson")
    await invited(ana, "the last lesson", channel="library")
    slack.expected |= {"ratelimited"}
    await ana.sees("the last lesson", channel=other.id)
    assert "the first lesson" not in "\n".join(each.text for each in await ana.reads("general") if not each.private)
    await talk.hours_pass(0.1)
    await ana.sees("invites you", "the first lesson", channel="general")

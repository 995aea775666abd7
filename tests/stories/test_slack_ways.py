"""The ways to call Kring in Slack: commands, mentions, the menu of a message, an emoji, a direct message."""

from __future__ import annotations

import pytest

from tests.stories.slack_house import SlackDriver
from tests.talk import Player, Seen, Talk

pytestmark = pytest.mark.usefixtures("slack")

FOUND = "I found nothing for «tenths»"


@pytest.fixture
async def ana(talk: Talk) -> Player:
    return await talk.joins("Ana")


async def test_a_command_in_a_thread_is_refused_by_slack_itself_and_a_mention_does_the_same(
    talk: Talk, ana: Player, slack: SlackDriver
) -> None:
    bo = await talk.joins("Bo")
    question = await ana.writes("What about tenths?")
    refused = await slack.slack.calls(ana.id, question.channel, "/kring knowhow find tenths", thread=question.id)
    assert refused.failed == "in_thread"

    await bo.writes("I take money.", thread=question.id)
    answer = await ana.calls("/kring knowhow find tenths", thread=question.id)
    assert FOUND in answer.text
    assert answer.message is not None
    assert (answer.message.private, answer.message.thread) == (True, question.id)
    await bo.sees_nothing_of(FOUND)


@pytest.mark.parametrize(
    "asked", ["@Kring knowhow find tenths", "@Kring: knowhow find tenths", "  @Kring KNOWHOW find tenths"]
)
async def test_a_mention_is_a_command(ana: Player, asked: str) -> None:
    await ana.writes(asked)
    assert FOUND in ana.saw.text
    assert ana.saw.message is not None
    assert ana.saw.message.private


async def test_who_speaks_of_kring_does_not_call_it(ana: Player) -> None:
    await ana.writes("I asked @Kring about tenths")
    assert ana.saw.kind == "nothing"


async def test_a_mention_that_needs_a_form_gets_a_button_that_opens_it(ana: Player, slack: SlackDriver) -> None:
    question = await ana.writes("What about tenths?")
    await ana.writes("Nobody?", thread=question.id)
    await ana.calls('/kring knowhow add "When pupils mix up tenths"', thread=question.id)
    assert "This needs a form" in ana.saw.text
    await ana.presses("Open the form")
    assert ana.saw.form is not None
    assert ana.saw.form.values["Title"] == "When pupils mix up tenths"
    answer = await ana.fills({"When and where does this come up?": "Year 6", "What do you do then?": "I take money."})
    assert "K-1" in answer.text


@pytest.mark.parametrize("text", ["/kring knowhow find tenths", "kring knowhow find tenths", "knowhow find tenths"])
async def test_a_command_can_be_written_to_kring_itself(ana: Player, text: str) -> None:
    await ana.writes(text, channel="dm")
    assert FOUND in ana.saw.text


async def test_people_and_channels_in_a_command_are_ids(talk: Talk, ana: Player) -> None:
    await talk.joins("Bo")
    answer = await ana.calls("/kring setup facilitator @Bo")
    assert "Bo" in answer.text
    assert "Bo" in (await ana.calls("/kring setup facilitator")).text


@pytest.fixture
async def thread(talk: Talk, ana: Player) -> tuple[Player, Seen, Seen]:
    bo = await talk.joins("Bo")
    question = await ana.writes("How do you keep the quiet pupils in a talk? With me the same three always speak.")
    reply = await bo.writes(
        "In my class we first let everybody write for two minutes, because then they have something to say.",
        thread=question.id,
    )
    return bo, question, reply


async def test_the_menu_of_a_reply_keeps_its_thread(ana: Player, thread: tuple[Player, Seen, Seen]) -> None:
    bo, _, reply = thread
    await ana.keeps(reply)
    await ana.presses("Look at the draft")
    assert ana.saw.form is not None
    await ana.fills({"When and where does this come up?": "In a talk with the whole class"})
    await bo.sees("May I?", "write for two minutes", channel="dm")
    await bo.presses("Yes, with my name")
    await ana.sees("K-1 is shared", channel="dm")


async def test_an_emoji_on_a_reply_keeps_its_thread(ana: Player, thread: tuple[Player, Seen, Seen]) -> None:
    """Slack says on which message it is, but not in which thread that stands."""
    bo, question, reply = thread
    await ana.reacts(reply, "bookmark")
    await ana.presses("Look at the draft")
    assert ana.saw.form is not None
    await ana.fills({"When and where does this come up?": "In a talk with the whole class"})
    await bo.presses("Yes, with my name")
    await ana.sees("K-1", channel="general", thread=question.id)


async def test_any_other_emoji_is_only_an_emoji(ana: Player, thread: tuple[Player, Seen, Seen]) -> None:
    _, _, reply = thread
    for emoji in ("eyes", "+1::skin-tone-4", "bookmark_tabs"):
        await ana.reacts(reply, emoji)
    assert not [message for message in await ana.reads("dm") if "draft" in message.text]


async def test_a_reply_that_is_also_sent_to_the_channel_is_one_reply(
    ana: Player, thread: tuple[Player, Seen, Seen], slack: SlackDriver
) -> None:
    bo, question, _ = thread
    await slack.slack.says(
        bo.id, question.channel, "Make sure you wait. I count to ten, because it takes time.", thread=question.id,
        broadcast=True,
    )  # fmt: skip
    await slack.deliver()
    await ana.keeps(question)
    await ana.presses("Look at the draft")
    await ana.fills({"When and where does this come up?": "In a talk with the whole class"})
    card = await bo.sees("May I?", channel="dm")
    assert card.text.count("I count to ten") == 1


async def test_an_edit_is_what_counts(ana: Player, thread: tuple[Player, Seen, Seen]) -> None:
    bo, question, reply = thread
    await bo.edits(reply, "In my class we first let everybody draw for three minutes, because then they have an idea.")
    await ana.keeps(question)
    await ana.presses("Look at the draft")
    assert ana.saw.form is not None
    assert "draw for three minutes" in str(ana.saw.form.values)
    assert "write for two minutes" not in str(ana.saw.form.values)


async def test_a_deleted_question_with_replies_is_gone_all_the_same(
    ana: Player, thread: tuple[Player, Seen, Seen]
) -> None:
    """Slack leaves a tombstone where others have replied."""
    bo, question, _ = thread
    await ana.keeps(question)
    await ana.presses("Look at the draft")
    await ana.fills({"When and where does this come up?": "In a talk with the whole class"})
    await bo.presses("Yes, with my name")
    await ana.sees("K-1 is shared", channel="dm")
    await ana.deletes(question)
    assert "the same three" not in (await bo.calls("/kring knowhow show K-1")).text

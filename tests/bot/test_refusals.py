"""What people read when a platform refuses: why, and the mend; and nobody reads of somebody else's closed door."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest

from bot.chat.capabilities import DISCORD, SLACK
from bot.chat.events import Reason
from bot.chat.fit import fit
from bot.chat.messages import Words, message
from bot.chat.names import Channel, Space
from bot.chat.text import Bold, Text
from bot.refusals import not_read, not_written
from bot.texts.catalogue import LANGUAGES, words_in
from tests.bot.knowhow.scene import scene, shared
from tests.bot.newcomers.scene import School, direct, started
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House, Player

SLACK_CHANNEL = Channel(Space("slack", "T1"), "C1")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_has_words_and_never_the_platforms_own(language: str, reason: Reason) -> None:
    words = words_in(language)
    for text in (not_written(words, reason, SLACK_CHANNEL), not_read(words, reason, SLACK_CHANNEL)):
        [shown] = fit(message(Words(text)), SLACK)
        assert "#C1" in shown.gist()
        assert "_" not in shown.gist()
        assert ("/invite @Kring" in shown.gist()) is (reason in {"forbidden", "gone"})


DISCORD_CHANNEL = Channel(Space("discord", "G1"), "C1")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("words_of", "reason", "permissions"),
    [
        (not_written, "forbidden", {"View Channel", "Send Messages", "Send Messages in Threads"}),
        (not_read, "forbidden", {"View Channel", "Read Message History"}),
        (not_written, "gone", set()),
        (not_read, "gone", set()),
        (not_written, "rejected", set()),
        (not_read, "rejected", set()),
    ],
)
def test_on_discord_the_mend_is_a_permission(
    language: str, words_of: Callable[..., Text], reason: Reason, permissions: set[str]
) -> None:
    text = words_of(words_in(language), reason, DISCORD_CHANNEL)
    [shown] = fit(message(Words(text)), DISCORD)
    assert "#C1" in shown.gist()
    assert {span.text for span in text if isinstance(span, Bold)} == permissions
    assert "/invite" not in shown.gist(), "Discord has no such command"


# -- rounds


async def on_slack(house: House) -> tuple[Player, Channel]:
    anna = house.person("Anna", platform="slack")
    channel = house.channel(platform="slack")
    anna.place = channel
    return anna, channel


async def test_a_round_where_kring_is_no_member_waits_for_the_invitation(house: House) -> None:
    anna, channel = await on_slack(house)
    house.closed[channel] = "forbidden"
    await anna.calls("round start harvest doors")
    letter = anna.direct[-1].says
    assert "I could not post «doors». Nothing is lost: the round waits for you." in letter
    assert "I am not in #general, or may not write there. Invite me there with /invite @Kring." in letter
    assert "Then press Go on." in letter
    await anna.presses("Go on")
    assert len(anna.direct) == 2, "it is still closed, so they hear it again, at once"
    house.closed.clear()
    await anna.presses("Go on")
    [card] = house.shown(channel)
    assert "Harvest: doors" in card.says
    assert "[I'll speak]" in card.says
    assert len(anna.direct) == 2


async def test_who_hears_nothing_directly_sees_it_under_my_part(house: House) -> None:
    anna, channel = await on_slack(house)
    house.closed[channel] = "forbidden"
    house.unreachable.add(anna.account)
    await anna.calls("round start harvest doors")
    assert not anna.direct
    await anna.opens_page()
    await anna.presses("My part")
    assert "This round is on hold. Everything is kept." in anna.sees
    assert "Invite me there with /invite @Kring." in anna.sees
    house.closed.clear()
    await anna.presses("Go on")
    assert house.shown(channel)


async def test_my_part_names_the_reason_that_the_platform_gave(house: House) -> None:
    anna, channel = await on_slack(house)
    house.closed[channel] = "gone"
    house.unreachable.add(anna.account)
    await anna.calls("round start harvest doors")
    await anna.opens_page()
    await anna.presses("My part")
    assert "I do not find #general: it is archived or deleted, or I am not in it." in anna.sees


async def test_a_refused_round_can_be_cancelled_and_started_elsewhere(house: House) -> None:
    anna, channel = await on_slack(house)
    house.closed[channel] = "gone"
    await anna.calls("round start harvest doors")
    assert "I do not find #general: it is archived or deleted, or I am not in it." in anna.direct[-1].says
    await anna.presses("Cancel the round")
    await anna.presses("Yes, stop it")
    await anna.calls("round start harvest doors", house.channel("lobby", platform="slack"))
    assert "Anna invites you." in house.shown(house.channel("lobby", platform="slack"))[-1].says


async def test_a_card_that_is_not_taken_pauses_the_round_too(house: House) -> None:
    anna, channel = await on_slack(house)
    house.closed[channel] = "rejected"
    await anna.calls("round start harvest doors")
    assert "The message was not taken in #general: perhaps it is too long." in anna.direct[-1].says
    assert "[Go on]" in anna.direct[-1].says


async def test_a_step_that_is_not_taken_is_told_to_the_facilitator_alone(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    before = {name: len(who.direct) for name, who in circle.people.items()}
    house.closed[circle.channel] = "rejected"
    await circle.all_answer()
    assert "A message of mine in «doors» was not taken" in circle.anna.direct[-1].says
    assert all(len(circle.people[name].direct) == before[name] for name in ("Bo", "Cas", "Dia"))
    assert (await circle.round()).state == "running"


async def test_kring_put_out_of_the_channel_pauses_the_round_once(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    house.closed[circle.channel] = "forbidden"
    await circle.people["Bo"].calls("round join listen", circle.thread)
    await circle.people["Cas"].calls("round status", circle.thread)
    told = [shown for shown in circle.anna.direct if "so the round is on hold" in shown.says]
    assert len(told) == 1
    assert "I am not in #general, or may not write there. Let me in there, or ask a host to." in told[0].says
    assert not any("on hold" in shown.says for name in ("Bo", "Cas") for shown in circle.people[name].direct)


async def test_a_public_answer_that_cannot_be_read_is_not_promised(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    bo = circle.people["Bo"]
    await circle.write(bo, "I wait ten seconds.")
    house.closed[circle.channel] = "forbidden"
    await bo.presses("Use this as my private answer")
    assert "I could not take over what you wrote in «doors». I am not in #general" in bo.direct[-1].says
    house.closed.clear()
    await bo.presses("Answer privately", "I could not take over")
    await bo.fills({"words": "I wait ten seconds."})
    assert "Nobody in the round sees this before" in bo.sees


async def test_a_public_answer_that_is_too_long_is_told_too(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    bo = circle.people["Bo"]
    await circle.write(bo, "I wait. " * 400)
    await bo.presses("Use this as my private answer")
    assert "I could not take over what you wrote in «doors». That is 3199 characters, and 3000" in bo.direct[-1].says
    await bo.presses("Answer privately", "I could not take over")
    await bo.fills({"words": "I wait."})
    assert "Nobody in the round sees this before" in bo.sees


async def test_a_public_answer_that_was_deleted_is_told_too(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    bo = circle.people["Bo"]
    ref = await circle.write(bo, "I wait ten seconds.")
    house.messages.remove(house.find(ref))
    await bo.presses("Use this as my private answer")
    assert "I do not find it in #general: it was deleted" in bo.direct[-1].says


# -- know-how


async def test_keeping_where_kring_may_not_read_says_so_and_reads_again(house: House) -> None:
    told = await scene(house)
    house.closed[told.question.channel] = "forbidden"
    await told.kim.reacts(told.question, "bookmark")
    letter = told.kim.direct[-1].says
    assert "I could not read the thread. I am not in #general, or may not read there." in letter
    assert all(not each.direct for each in (told.ana, told.bo, told.cas))
    house.closed.clear()
    await told.kim.presses("Read it again")
    assert "I chose" in told.kim.direct[-1].says
    await told.kim.presses("Look at the draft")
    await told.kim.fills({})
    await told.kim.presses("Read it again")
    assert "This step is over." in told.kim.sees


async def test_a_card_that_cannot_be_shown_is_told_to_who_wanted_it(house: House) -> None:
    told = await shared(house)
    told.bo.place = house.channel("lobby")
    house.closed[told.bo.place] = "forbidden"
    await told.bo.calls("knowhow show K-1")
    await told.bo.presses("Show it here")
    assert "I could not show K-1 there. I am not in #lobby, or may not write there." in told.bo.direct[-1].says
    before = len(told.bo.direct)
    await told.ana.presses("Withdraw my words")
    assert len(told.bo.direct) == before, "what never stood there is not edited"
    house.closed.clear()
    await told.bo.calls("knowhow show K-1")


async def test_a_question_to_the_circle_comes_back_to_who_asked(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("knowhow find quiet")
    await anna.presses("Ask the circle")
    house.closed[house.channel()] = "forbidden"
    await anna.fills({"question": "Who knows a quiet room?"})
    letter = anna.direct[-1].says
    assert "I could not bring your question to the channel. I am not in #general" in letter
    assert "\nWho knows a quiet room?\n[Ask the circle]" in letter
    assert "Anna asks" not in letter


FORBIDDEN = "I may not send files here. Ask a host: kring doctor, where I run, says what is missing."
TOO_LARGE = "The file was not taken here: perhaps it is too large. Pass it on to a host: my log says more."


async def cancelled_round(kim: Player) -> None:
    await kim.calls("round start harvest doors")
    await kim.calls("round cancel")
    await kim.presses("Yes, stop it")


@pytest.mark.parametrize(("reason", "letter"), [("forbidden", FORBIDDEN), ("rejected", TOO_LARGE)])
@pytest.mark.parametrize("command", ["me data", "knowhow export", "round export R-1"])
async def test_a_file_that_is_not_sent_is_told(house: House, command: str, reason: Reason, letter: str) -> None:
    told = await shared(house)
    if command.startswith("round"):
        await cancelled_round(told.kim)
    house.files = reason
    before = len(told.kim.direct)
    await told.kim.calls(command)
    assert "Nothing there in a minute? Then" in told.kim.sees
    assert [each.says for each in told.kim.direct[before:]] == [letter]


async def test_so_is_the_record_of_a_round(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.anna.calls("round cancel")
    await circle.anna.presses("Yes, stop it")
    house.files = "forbidden"
    await circle.anna.calls("round export", circle.thread)
    assert "I may not send files here. Ask a host: kring doctor, where I run, says" in circle.anna.direct[-1].says


# -- newcomers


async def test_hosts_hear_once_a_week_that_nobody_can_be_greeted(house: House) -> None:
    school = School(house)
    hessel = school.somebody("Hessel", host=True)
    await hessel.calls("help")
    await school.opens()
    house.closed[school.home] = "forbidden"
    for name in ("Anna", "Bo"):
        player = school.somebody(name)
        house.unreachable.add(player.account)
        await player.joins()
    [letter] = direct(hessel)
    assert letter.startswith("I cannot greet people in the home channel. I am not in #home")
    assert "Anna" not in letter
    assert "Bo" not in letter
    house.closed.clear()
    await house.passes(days=8)
    house.closed[school.home] = "gone"
    dia = school.somebody("Dia")
    house.unreachable.add(dia.account)
    await dia.joins()
    await house.passes(days=1)
    assert len(direct(hessel)) == 2


async def test_an_introduction_that_could_not_be_posted_is_a_draft_again(house: House) -> None:
    school, anna = await started(house)
    await house.passes(days=1)
    await anna.presses("Write my line")
    await anna.fills({"line": "I teach history."})
    house.closed[school.home] = "forbidden"
    await anna.presses("Post it")
    letter = anna.direct[-1].says
    assert letter.startswith("I could not post your introduction. I am not in #home")
    assert "Anna introduces themselves: I teach history." in letter
    house.closed.clear()
    anna.saw = None
    await anna.presses("Post it")
    assert "Posted." in anna.sees
    assert any("I teach history." in said for said in school.shown_at_home())


async def test_a_question_for_the_circle_comes_back_and_is_then_forgotten(house: House) -> None:
    school, anna = await started(house)
    await house.passes(days=4)
    await anna.presses("A question")
    house.closed[school.home] = "forbidden"
    await anna.fills({"question": "What is a trio?", "to": "circle"})
    assert anna.direct[-1].says.startswith("I could not bring this to the circle. I am not in #home")
    assert "What is a trio?" in anna.direct[-1].says
    assert await kept(house, anna) == []
    house.closed.clear()
    await anna.presses("A question", "I could not bring this")
    await anna.fills({"question": "What is a trio?", "to": "circle"})
    assert any("What is a trio?" in said for said in school.shown_at_home())
    assert await kept(house, anna) == [], "nobody can tell any more whose question it was"


async def kept(house: House, player: Player) -> list[str]:
    """What is kept of a newcomer's words."""

    def work(unit: object) -> list[str]:
        person = unit.people.by_account(player.account)  # type: ignore[attr-defined]
        newcomer = unit.newcomers.of(person.community, person.id)  # type: ignore[attr-defined]
        return [each.text for each in unit.newcomers.answers(person.community, newcomer.id)]  # type: ignore[attr-defined]

    found: list[str] = await house.store.look(work)
    return found


async def test_a_reply_that_meets_a_closed_door_says_nothing_of_the_door(house: House) -> None:
    told = await shared(house)
    await told.kim.calls("knowhow who pupils")
    assert "Nobody has said yet" in told.kim.sees
    await told.bo.presses("Yes, they may ask me")
    await told.kim.calls("knowhow who pupils")
    await told.kim.presses("Ask Bo")
    await told.kim.fills({"question": "How long?"})
    house.unreachable.add(told.kim.account)
    await told.bo.presses("Reply")
    await told.bo.fills({"reply": "Two minutes."})
    assert told.bo.sees == "Passed on to Kim."
    assert not any("direct message" in shown.says for shown in told.bo.direct)

"""Every button under a check-in does what it says, and what is written goes where the newcomer says, nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from bot.chat.answers import FormErrors, OpenForm
from tests.bot.newcomers.scene import School, direct, started
from tests.knock import House, Player

REMARK = "You all say «the plan», and nobody says which. <!channel> @everyone"


async def at_day(house: House, day: int, **given: Any) -> tuple[School, Player]:
    """Anna said yes and answered everything; this day's check-in has just come."""
    school, anna = await started(house, **given)
    for each in (1, 3, 7, 14, 30, 60, 90):
        count = len(anna.direct)
        while len(anna.direct) == count:
            await house.passes(days=1)
        if each == day:
            return school, anna
        quiet = {1: "Not needed", 3: "Fine", 7: "Not now", 14: "Nothing yet", 30: "I'm fine here", 60: "Not yet"}
        await anna.presses(quiet[each])
    raise AssertionError(day)


def told(house: House, anna: Player) -> list[str]:
    """All that Kring wrote to anybody but Anna."""
    return [shown.says for shown in house.messages if shown.message and shown.ref.channel != anna.dm]


# -- day 1


async def test_the_introduction_is_seen_first_and_posted_once(house: House) -> None:
    school, anna = await at_day(house, 1)
    assert isinstance(await anna.presses("Write my line"), OpenForm)
    await anna.fills({"One line about yourself": "I teach maths <@U1>", "One thing you are curious about": "silence"})
    assert anna.sees == (
        "Only you see this. Shall I post it in #home?\n"
        "Anna introduces themselves: I teach maths <@U1>\nCurious about: silence\n"
        "[Post it] [Change it] [Leave it]"
    )
    assert school.shown_at_home() == []
    await anna.presses("Post it")
    assert anna.sees == "Posted. People can greet you now."
    posted = "Anna introduces themselves: I teach maths <@U1>\nCurious about: silence"
    assert school.shown_at_home() == [posted]
    anna.saw = None
    await anna.presses("Write my line")
    assert anna.sees == "Your introduction stands in the channel already."
    assert school.shown_at_home() == [posted]


async def test_the_introduction_can_be_changed_and_left(house: House) -> None:
    school, anna = await at_day(house, 1)
    await anna.presses("Write my line")
    await anna.fills({"line": "I teach maths"})
    await anna.presses("Change it")
    await anna.fills({"line": "I teach physics"})
    assert "I teach physics" in anna.sees
    preview = anna.saw
    await anna.presses("Leave it")
    assert anna.sees == "Fine. Nothing is posted, and I have forgotten your line."
    anna.saw = preview
    await anna.presses("Post it")
    assert anna.sees == "This step is over."
    assert school.shown_at_home() == []
    await anna.calls("me data")
    assert "I teach" not in anna.direct[-1].file


async def test_the_introduction_needs_a_line(house: House) -> None:
    _, anna = await at_day(house, 1)
    await anna.presses("Write my line")
    assert isinstance(await anna.fills({"line": "  "}), FormErrors)
    assert anna.errors == {"line": "Please fill this in."}
    await anna.fills({"line": "x" * 40000})
    assert anna.errors == {"line": "At most 300 characters."}


async def test_without_a_channel_the_line_can_be_copied(house: House) -> None:
    school, anna = await at_day(house, 1, home=False)
    school.space = type(school.space)("playground", "elsewhere")

    def move(unit: Any) -> None:
        newcomer = unit.newcomers.of(*_ids(unit, anna))
        unit.newcomers.save(_ids(unit, anna)[0], type(newcomer)(**{**_fields(newcomer), "channel": None}))

    await house.store.run(move)
    await anna.presses("Write my line")
    await anna.fills({"line": "I teach maths"})
    assert anna.sees.startswith("This is your line. I do not know a channel to post it in, so copy it where you like.")
    assert anna.sees.endswith("[Change it] [Leave it]")


def _ids(unit: Any, player: Player) -> tuple[str, str]:
    person = unit.people.by_account(player.account)
    return person.community, person.id


def _fields(thing: Any) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in thing.__dataclass_fields__}


# -- questions


async def test_a_question_goes_to_one_person_without_a_name_and_the_answer_comes_back(house: House) -> None:
    school, anna = await at_day(house, 3)
    bo = school.somebody("Bo")
    await bo.calls("help")
    await anna.presses("A question")
    assert [each.label for each in anna.form.fields] == [  # type: ignore[union-attr]
        "Your question",
        "To whom?",
        "If somebody: who?",
        "With your name?",
    ]
    await anna.fills({"question": "What is a trio?", "to": "Somebody I choose", "person": "bo"})
    assert anna.sees == "Brought to Bo. I bring the answer back here."
    assert direct(bo) == ["Somebody asks:\nWhat is a trio?\n[Answer]"]
    assert all("Anna" not in said for said in told(house, anna))
    await bo.presses("Answer")
    await bo.fills({"Your answer": "Three people, thirty minutes."})
    assert bo.sees == "Brought back. Thank you."
    assert direct(anna)[-1] == "You asked:\nWhat is a trio?\nBo answers:\nThree people, thirty minutes."


async def test_a_question_goes_with_the_name_when_that_is_chosen(house: House) -> None:
    school, anna = await at_day(house, 3, facilitators=[Player(house, *_faas(house))])
    faas = school.somebody("Faas")
    await anna.presses("A question")
    await anna.fills({"question": "What is a trio?", "to": "A facilitator", "name": "With my name"})
    assert direct(faas) == ["Anna asks:\nWhat is a trio?\n[Answer]"]


def _faas(house: House) -> tuple[Any, Any]:
    faas = School(house).somebody("Faas")
    return faas.account, faas.profile


@pytest.mark.parametrize(("choice", "name"), [("With my name", "Anna asks:"), ("Without my name", "Somebody asks:")])
async def test_a_question_goes_to_the_circle(house: House, choice: str, name: str) -> None:
    school, anna = await at_day(house, 3)
    await anna.presses("A question")
    await anna.fills({"question": "What is a trio?", "to": "The circle, in the channel", "name": choice})
    assert anna.sees == "Brought to the circle. The answers come there."
    assert school.shown_at_home() == [f"{name}\nWhat is a trio?"]
    await anna.calls("me data")
    assert "What is a trio?" not in anna.direct[-1].file  # nothing to bring back, so nothing kept


async def test_a_question_needs_somebody_who_can_be_reached(house: House) -> None:
    school, anna = await at_day(house, 3)
    bo = school.somebody("Bo")
    await anna.presses("A question")
    asked = {"question": "What is a trio?", "to": "Somebody I choose"}
    await anna.fills(asked)
    assert anna.errors == {"person": "Choose who."}
    await anna.fills({**asked, "person": "bo"})
    assert anna.errors == {"person": "I have not met this person yet. Choose somebody else."}
    await anna.fills({**asked, "person": "anna"})
    assert anna.errors == {"person": "That is you. Choose somebody else."}
    await bo.calls("me pause days=30")
    await anna.fills({**asked, "person": "bo"})
    assert anna.errors == {"to": "I cannot reach anybody for this now. Choose another way."}
    assert bo.direct == []


async def test_a_question_that_cannot_be_delivered_comes_back(house: House) -> None:
    school, anna = await at_day(house, 3)
    bo = school.somebody("Bo")
    await bo.calls("help")
    house.unreachable.add(bo.account)
    await anna.presses("A question")
    await anna.fills({"question": "What is a trio?", "to": "Somebody I choose", "person": "bo"})
    assert direct(anna)[-1] == "I could not bring your question to whom you chose. Who else could know?"


async def test_a_question_comes_back_when_none_of_several_takes_it(house: House) -> None:
    faas, eva = (School(house).somebody(name) for name in ("Faas", "Eva"))
    _, anna = await at_day(house, 3, facilitators=[faas, eva])
    house.unreachable |= {faas.account, eva.account}
    await anna.presses("A question")
    await anna.fills({"question": "What is a trio?", "to": "A facilitator"})
    assert direct(anna)[-1] == "I could not bring your question to whom you chose. Who else could know?"


async def test_a_question_that_one_of_several_has_does_not_come_back(house: House) -> None:
    faas, eva = (School(house).somebody(name) for name in ("Faas", "Eva"))
    _, anna = await at_day(house, 3, facilitators=[faas, eva])
    house.unreachable.add(faas.account)
    before = len(anna.direct)
    await anna.presses("A question")
    await anna.fills({"question": "What is a trio?", "to": "A facilitator"})
    assert len(anna.direct) == before
    await eva.presses("Answer")
    await eva.fills({"Your answer": "Three people."})
    assert "Three people." in direct(anna)[-1]


async def test_what_waits_to_be_asked_is_not_asked_for_who_is_forgotten(house: House) -> None:
    school, anna = await at_day(house, 3)
    house.down = True
    await anna.presses("A question")
    await anna.fills({"question": "What is a trio?", "to": "The circle, in the channel", "name": "With my name"})
    await anna.calls("me forget")
    await anna.presses("Remove it")
    house.down = False
    await house.passes(hours=1)
    assert school.shown_at_home() == []


async def test_only_who_was_asked_answers(house: House) -> None:
    school, anna = await at_day(house, 3)
    bo, cas = school.somebody("Bo"), school.somebody("Cas")
    await bo.calls("help")
    await anna.presses("A question")
    await anna.fills({"question": "What is a trio?", "to": "Somebody I choose", "person": "bo"})
    cas.saw = bo.direct[-1].message
    await cas.presses("Answer")
    assert cas.sees == "This one is for somebody else."


# -- days 7, 14, 30, 60, 90


@pytest.mark.parametrize(("day", "button"), [(7, "Listen along"), (30, "Reading along")])
async def test_listening_is_a_place(house: House, day: int, button: str) -> None:
    _, anna = await at_day(house, day)
    await anna.presses(button)
    assert "When you join a round, choose I'll listen: you read along" in anna.sees
    await anna.calls("me data")
    assert '"stage": "listening"' in anna.direct[-1].file


async def test_fresh_eyes_go_to_the_circle(house: House) -> None:
    school, anna = await at_day(house, 14)
    await anna.presses("Share it in the circle")
    await anna.fills({"remark": REMARK})
    assert anna.sees == "Brought to the circle. Thank you."
    await anna.presses("Share it in the circle")
    await anna.fills({"remark": REMARK, "name": "With my name"})
    assert school.shown_at_home() == [
        f"Somebody new here noticed:\n{REMARK}",
        f"Anna, new here, noticed:\n{REMARK}",
    ]


async def test_fresh_eyes_stay_between_us_for_120_days(house: House) -> None:
    _, anna = await at_day(house, 14)
    await anna.presses("Just between us")
    await anna.fills({"remark": REMARK})
    assert anna.sees == "It stays between us. Thank you for telling me."
    assert told(house, anna) == []
    await house.passes(days=119)
    await anna.calls("me data")
    assert "nobody says which" in anna.direct[-1].file
    await house.passes(days=2)
    await anna.calls("me data")
    assert "nobody says which" not in anna.direct[-1].file


async def test_fresh_eyes_go_to_a_facilitator_as_long_as_there_is_no_buddy(house: House) -> None:
    school, anna = await at_day(house, 14, facilitators=[Player(house, *_faas(house))])
    await anna.presses("Share it with Faas")
    await anna.fills({"remark": REMARK})
    assert anna.sees == "Brought to Faas. Thank you."
    assert direct(school.somebody("Faas")) == [f"Anna, new here, noticed:\n{REMARK}"]


async def test_fresh_eyes_come_back_from_who_does_not_take_them(house: House) -> None:
    school, anna = await at_day(house, 14, facilitators=[Player(house, *_faas(house))])
    house.unreachable.add(school.somebody("Faas").account)
    await anna.presses("Share it with Faas")
    await anna.fills({"remark": REMARK})
    assert anna.direct[-1].says == f"I could not bring this to whom you chose. Who else could know?\n{REMARK}"


async def test_what_was_brought_to_somebody_is_not_kept(house: House) -> None:
    _, anna = await at_day(house, 14, facilitators=[Player(house, *_faas(house))])
    await anna.presses("Share it with Faas")
    await anna.fills({"remark": REMARK})
    await anna.calls("me data")
    assert REMARK not in anna.direct[-1].file


async def test_looking_back_is_brought_to_somebody_or_the_form_stays_open(house: House) -> None:
    faas = Player(house, *_faas(house))
    _, anna = await at_day(house, 90, facilitators=[faas])
    await faas.calls("me pause days=30")
    await anna.presses("Answer")
    await anna.fills({"What should we keep?": "The silence", "Who may read it?": "The facilitators, with my name"})
    assert anna.errors == {"to": "I cannot reach anybody for this now. Choose another way."}
    await anna.fills({"What should we keep?": "The silence", "Who may read it?": "Nobody, keep it for me"})
    assert anna.sees == "It stays between us. Thank you for telling me."


async def test_i_tried_this_leads_to_the_item(house: House) -> None:
    _, anna = await at_day(house, 60)
    await anna.presses("I tried this")
    assert "/kring knowhow find finds what you picked up, /kring knowhow tried and its number" in anna.sees


@pytest.mark.parametrize(
    ("choice", "first"),
    [
        ("The facilitators, with my name", "Anna looks back on three months."),
        ("The facilitators, without my name", "Somebody looks back on their first three months."),
    ],
)
async def test_looking_back(house: House, choice: str, first: str) -> None:
    school, anna = await at_day(house, 90, facilitators=[Player(house, *_faas(house))])
    await anna.presses("Answer")
    await anna.fills({"What should we keep?": "The silence", "Who may read it?": choice})
    assert anna.sees == "Brought to the facilitators. Thank you."
    assert direct(school.somebody("Faas")) == [f"{first}\nTo keep: The silence"]


async def test_looking_back_for_oneself(house: House) -> None:
    _, anna = await at_day(house, 90)
    await anna.presses("Answer")
    await anna.fills({"keep": " ", "to": "Nobody, keep it for me"})
    assert anna.errors == {"keep": "Write at least one of the two."}
    await anna.fills({"change": "Fewer acronyms", "to": "Nobody, keep it for me"})
    assert told(house, anna) == []
    await anna.calls("me data")
    assert "Fewer acronyms" in anna.direct[-1].file


async def test_a_newcomer_becomes_a_buddy(house: House) -> None:
    school, anna = await at_day(house, 90)
    await anna.presses("I'd like to be a buddy")
    assert anna.sees.startswith("Thank you. You get at most two newcomers at a time")
    bo = school.somebody("Bo")
    await bo.joins()
    assert direct(anna)[-1].startswith("You are Bo's buddy.")

"""What happens to a source happens to the item; what happens in a round may become one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.chat.names import Thread
from bot.context import Context, Offered
from bot.knowhow import following
from tests.bot.knowhow.scene import ANSWER, SECOND, asked, code_in, drafted, shared
from tests.knock import House, Player

CHANGED = "Make sure to stay silent yourself, for ten seconds."


def after(told: Any) -> str:
    """What stands in the thread from the card on."""
    return told.in_thread().split("This thread is kept", 1)[1]


async def test_an_edit_before_anybody_was_asked_changes_the_draft(house: House) -> None:
    told = await drafted(house)
    await told.cas.edits(told.second, CHANGED)
    await told.kim.presses("Look at the draft")
    assert told.kim.form is not None
    assert any(CHANGED in str(field.value) for field in told.kim.form.fields)


async def test_an_edit_while_being_asked_changes_the_question_in_its_place(house: House) -> None:
    told = await asked(house)
    letters = len(told.cas.direct)
    told.cas.saw = replace(told.cas.direct[-1].message)  # type: ignore[type-var]
    await told.cas.edits(told.second, CHANGED)
    assert len(told.cas.direct) == letters
    assert CHANGED in told.cas.direct[-1].says
    await told.cas.presses("Yes, with my name")
    assert "These words have changed since." in told.cas.sees
    told.cas.saw = None
    for each in (told.ana, told.bo, told.cas):
        await each.presses("Yes, with my name")
    assert CHANGED in after(told)


async def test_an_edit_after_sharing_asks_again_and_hides_the_words_until_then(house: House) -> None:
    told = await shared(house)
    await told.cas.edits(told.second, CHANGED)
    assert SECOND["en"] not in after(told)
    assert CHANGED not in after(told)
    assert CHANGED in told.cas.direct[-1].says
    await told.cas.presses("Yes, with my name")
    assert CHANGED in after(told)


async def test_an_edit_after_sharing_and_then_silence(house: House) -> None:
    told = await shared(house)
    await told.cas.edits(told.second, CHANGED)
    await house.passes(hours=80)
    assert CHANGED not in after(told)
    assert "Cas" not in after(told)
    assert "K-1" in after(told), "it stands without"


async def test_an_edit_elsewhere_in_the_message_changes_nothing(house: House) -> None:
    told = await shared(house)
    letters = len(told.cas.direct)
    await told.cas.edits(told.second, f"{SECOND['en']} And good luck!")
    assert SECOND["en"] in after(told)
    assert len(told.cas.direct) == letters


async def test_a_deleted_message_takes_its_words_along_and_the_keeper_is_told(house: House) -> None:
    told = await shared(house)
    await told.cas.deletes(told.second)
    assert SECOND["en"] not in after(told)
    assert "Cas" not in after(told)
    assert "was deleted, so those words are gone from it too" in told.kim.direct[-1].says


async def test_a_deleted_message_that_it_cannot_stand_without_is_told_once(house: House) -> None:
    told = await shared(house)
    await told.cas.deletes(told.second)
    await house.passes(days=1)  # the next day has room for another message
    letters = len(told.kim.direct)
    await told.bo.deletes(told.answer)
    (last,) = told.kim.direct[letters:]
    assert "It is your draft again" in last.says


async def test_a_deleted_message_in_a_draft(house: House) -> None:
    told = await drafted(house)
    await told.cas.deletes(told.second)
    await told.kim.presses("Look at the draft")
    assert told.kim.form is not None
    assert not any(SECOND["en"] in str(field.value) for field in told.kim.form.fields)


async def test_the_last_open_question_deleted_settles_it(house: House) -> None:
    told = await asked(house)
    await told.ana.presses("Yes, with my name")
    await told.bo.presses("Yes, with my name")
    await told.cas.deletes(told.second)
    assert "K-1" in after(told)
    assert ANSWER["en"].partition(". ")[0] in after(told)


async def test_who_leaves_is_not_to_be_asked_any_more(house: House) -> None:
    told = await shared(house)
    await told.bo.presses("Yes, they may ask me")
    assert "[Ask Bo]" in told.in_thread()
    await told.bo.leaves()
    assert "[Ask Bo]" not in told.in_thread()


async def test_who_leaves_one_of_two_spaces_is_still_there_to_be_asked(house: House) -> None:
    told = await shared(house)
    await told.bo.presses("Yes, they may ask me")
    hessel, dirk = house.person("Hessel", host=True), house.person("Dirk", space="college", host=True)
    there = house.person("Bo", space="college")
    await hessel.calls("setup link")
    await dirk.calls(f"setup link {code_in(hessel)}")
    await told.bo.calls("me link")
    await there.calls(f"me link {code_in(told.bo)}")
    await there.presses("Yes, both are mine")
    await there.leaves()
    assert "[Ask Bo]" in told.in_thread()
    await told.bo.leaves()
    assert "[Ask Bo]" not in told.in_thread()


async def test_who_is_asked_about_words_agrees_to_none_by_adding_to_them(house: House) -> None:
    told = await shared(house)
    hessel = house.person("Hessel", host=True)
    await hessel.calls("setup facilitator <@cas>")
    await told.cas.edits(told.second, CHANGED)
    await told.cas.calls("knowhow review K-1")
    await told.cas.presses("Holds with a change")
    form = told.cas.form
    await told.cas.fills({"change": "Not in the last lesson."})
    assert "You are asked about your words in it. Answer that first" in told.cas.sees
    assert CHANGED not in after(told)
    await house.passes(hours=80)
    told.cas.form = form
    await told.cas.fills({"change": "Not in the last lesson."})
    assert "Not in the last lesson." in after(told)
    assert CHANGED not in after(told), "silence is no"


async def test_a_question_to_the_circle_can_be_kept_with_its_answers(house: House) -> None:
    ana, bo, kim = (house.person(name) for name in ("Ana", "Bo", "Kim"))
    await ana.calls("knowhow find outdoor lessons")
    assert "I found nothing for «outdoor lessons»" in ana.sees
    await ana.presses("Ask the circle")
    assert house.shown(house.channel()) == [], "nothing is posted before it was written"
    await ana.fills({"Your question": "How do you teach outdoors when it rains?"})
    [question] = house.shown(house.channel())
    assert question.says == "Ana asks:\nHow do you teach outdoors when it rains?"
    await bo.writes("You can use the bicycle shed first.", Thread(question.ref.channel, question.ref.id))
    await kim.uses("keep", question.ref)
    await kim.presses("Look at the draft")
    assert kim.form is not None
    values = {field.name: field.value for field in kim.form.fields}
    assert values["title"] == "How do you teach outdoors when it rains?"
    await kim.fills({"situation": "Outdoors, in the rain"})
    assert "How do you teach outdoors when it rains?" in ana.direct[-1].says, "the question is Ana's, so she is asked"


@dataclass(frozen=True)
class Kept:
    """As a round tells it."""

    author: str
    named: bool = True
    round: str = "r1"
    contribution: str = "c1"
    topic: str = "The first lesson of the year"
    body: str = "I begin with a story, and I never hand out rules."
    fields: tuple[tuple[str, str], ...] = ()


async def happened(house: House, player: Player, route: Any, make: Any) -> None:
    """A round's fact reaches know-how, in one unit of work."""

    def work(unit: Any) -> None:
        person = unit.people.seen(player.account, player.profile, house.now)
        ctx: Context[Any] = Context(
            unit, house.now, unit.communities.get(person.community), 7, "e0", Offered(), person=person
        )
        route(ctx, make(person))

    await house.store.run(work)
    await house.deliver()


async def test_a_contribution_becomes_a_draft_of_its_author(house: House) -> None:
    ana = house.person("Ana")
    await happened(house, ana, following.from_round, lambda person: Kept(person.id))
    await happened(house, ana, following.from_round, lambda person: Kept(person.id))
    assert len(ana.direct) == 1, "once"
    assert "I begin with a story, and I never hand out rules." in ana.direct[-1].says
    await ana.presses("Look at the draft")
    assert ana.form is not None
    values = {field.name: field.value for field in ana.form.fields}
    assert values["title"] == "The first lesson of the year"
    await ana.fills({"situation": "A new class in September"})
    assert "K-1 · The first lesson of the year" in ana.sees
    assert "From: Ana" in ana.sees


async def test_a_contribution_without_a_name_stays_so(house: House) -> None:
    ana, bo = house.person("Ana"), house.person("Bo")
    fields = (("when", "A new class"), ("what_we_do", "I begin with a story."))
    kept = lambda person: Kept(person.id, named=False, fields=fields)  # noqa: E731
    await happened(house, ana, following.from_round, kept)
    await ana.presses("Look at the draft")
    await ana.fills({})
    await bo.calls("knowhow show K-1")
    assert "I begin with a story." in bo.sees
    assert "Ana" not in bo.sees


async def test_a_contribution_taken_back_takes_its_item_along(house: House) -> None:
    ana, bo = house.person("Ana"), house.person("Bo")
    await happened(house, ana, following.from_round, lambda person: Kept(person.id))
    await happened(house, ana, following.round_withdrew, lambda person: Kept(person.id))
    assert "the words in it were taken back" in ana.direct[-1].says
    await happened(house, ana, following.from_round, lambda person: Kept(person.id))
    await ana.presses("Look at the draft")
    await ana.fills({"situation": "A new class in September"})
    await happened(house, ana, following.round_withdrew, lambda person: Kept(person.id))
    await bo.calls("knowhow find story")
    assert "I found nothing" in bo.sees

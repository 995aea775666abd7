"""What is kept from a round, and what rounds keep about a person."""

from __future__ import annotations

import json

import pytest

from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House


async def wrapped(house: House) -> Circle:
    """A round in which Anna marked her answer, being wrapped up."""
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    await circle.anna.calls("round status", circle.thread)
    await circle.anna.presses("Keep this")
    assert circle.anna.sees == "Marked. At the end of the round I ask you whether it may be kept, and how."
    await circle.anna.calls("round close")
    return circle


async def test_only_the_author_keeps(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    first = next(one for one in (await circle.round()).contributions if one.revealed_at is not None)
    author = next(name for name in circle.people if first.body == f"How {name} does it.")
    for name, who in circle.people.items():
        await who.presses("Keep this", "Here are all answers at once.")
        expected = "Marked." if name == author else "Only the person who wrote this can do that."
        assert who.sees.startswith(expected)
    assert [one.marked for one in (await circle.round()).contributions].count(True) == 1


async def test_the_author_is_asked_with_the_exact_words(house: House) -> None:
    circle = await wrapped(house)
    letter = circle.anna.direct[-1].says
    assert letter.startswith(
        "From «doors» I would like to keep this as practice knowledge:\nHow Anna does it.\nMay I? "
        "No answer counts as no.\n[Yes, with my name] [Yes, without my name] [I'd word it differently] [No]"
    )
    assert not any("practice knowledge" in shown.says for shown in circle.people["Bo"].direct)


@pytest.mark.parametrize(
    ("button", "answer", "said"),
    [
        ("Yes, with my name", "yes", "Thank you. It is kept with your name."),
        ("Yes, without my name", "unnamed", "Thank you. It is kept without your name."),
        ("No", "no", "That is fine: it stays in the round."),
    ],
)
async def test_the_four_answers(house: House, button: str, answer: str, said: str) -> None:
    circle = await wrapped(house)
    await circle.anna.presses(button, "practice knowledge")
    assert circle.anna.sees.startswith(said)
    kept = next(one for one in (await circle.round()).contributions if one.body == "How Anna does it.")
    assert kept.consent is not None
    assert kept.consent.answer == answer


async def test_a_yes_can_be_withdrawn(house: House) -> None:
    circle = await wrapped(house)
    await circle.anna.presses("Yes, with my name", "practice knowledge")
    await house.passes(days=4)
    assert (await circle.round()).state == "done"
    await circle.anna.presses("Rather not after all")
    assert circle.anna.sees.startswith("That is fine")
    facts = await house.store.look(lambda unit: all_facts(unit, circle))
    assert [kind for kind in facts if kind.startswith(("Ke", "ContributionK"))] == [
        "KeepAsked",
        "ContributionKept",
        "KeepWithdrawn",
    ]


def all_facts(unit: object, circle: Circle) -> list[str]:
    from bot.chat.actions import Action

    community = unit.communities.of(circle.anna.account.space).id  # type: ignore[attr-defined]
    person = unit.people.by_account(circle.anna.account)  # type: ignore[attr-defined]
    (round_,) = unit.rounds.touching(community, person.id)  # type: ignore[attr-defined]
    return [kind for _, kind, _ in unit.facts.of(community, Action("round", round_.id))]  # type: ignore[attr-defined]


async def test_no_answer_counts_as_no(house: House) -> None:
    circle = await wrapped(house)
    await house.passes(days=4)
    assert "Kept with consent" not in circle.card
    await circle.anna.presses("Yes, with my name", "practice knowledge")
    assert circle.anna.sees.startswith("The time for this is over, and no answer counts as no.")


async def test_in_ones_own_words(house: House) -> None:
    circle = await wrapped(house)
    await circle.anna.presses("I'd word it differently", "practice knowledge")
    assert circle.anna.form is not None
    assert circle.anna.form.fields[0].value == "How Anna does it."
    await circle.anna.fills({"words": "Knock first.", "named": "unnamed"})
    assert circle.anna.sees.startswith("Thank you. It is kept without your name.")


async def test_the_question_waits_in_my_part_too(house: House) -> None:
    circle = await wrapped(house)
    await circle.anna.calls("round status")
    assert "practice knowledge:\nHow Anna does it.\nMay I?" in circle.anna.sees
    await circle.anna.presses("No")
    await circle.anna.calls("round status")
    assert "practice knowledge" not in circle.anna.sees


async def test_my_data_has_my_part_of_every_round(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    await circle.anna.calls("me data")
    data = json.loads(next(shown.file for shown in circle.anna.direct if shown.file))
    assert data["rounds"][0]["topic"] == "doors"
    assert data["rounds"][0]["you_held_it"] is True
    assert [one["words"] for one in data["contributions"]] == ["How Anna does it."]
    assert "How Bo does it." not in json.dumps(data)


@pytest.mark.parametrize("choice", ["keep", "unname", "remove"])
async def test_somebody_is_forgotten(house: House, choice: str) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    bo = circle.people["Bo"]
    await bo.calls("me forget")
    labels = {"keep": "keep it", "unname": "without my name", "remove": "remove"}
    await bo.presses(next(label for label in buttons(bo) if labels[choice] in label.lower()))
    reveal = next(each.says for each in circle.said if each.says.startswith("Here are all answers at once."))
    assert ("How Bo does it." in reveal) == (choice != "remove")
    assert ("Bo\n" in reveal) == (choice == "keep")
    assert "Taking part: 3 speak" in circle.card
    stored = await circle.round()
    assert all(seat.person for seat in stored.seats)
    assert len(stored.seats) == 3


def buttons(player: object) -> list[str]:
    from bot.chat.messages import Button, Controls

    blocks = player.saw.blocks  # type: ignore[attr-defined]
    return [
        each.label
        for block in blocks
        if isinstance(block, Controls)
        for each in block.controls
        if isinstance(each, Button)
    ]

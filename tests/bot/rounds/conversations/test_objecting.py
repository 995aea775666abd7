"""After an objection: the round waits, people talk and vote again, somebody takes it up and is reminded of it."""

from __future__ import annotations

import json

import pytest

from bot.rounds.objections import waiting
from bot.texts.catalogue import LANGUAGES
from tests.bot.rounds.conversations.circle import Circle
from tests.bot.rounds.conversations.test_record import record
from tests.knock import House, Player

NAMES = ("Anna", "Bo", "Cas")
ALARM = "The alarm goes off."


class Objected(Circle):
    """Three who are asked whether they can live with their next steps; Cas cannot."""

    def __init__(self, house: House, language: str = "en") -> None:
        super().__init__(house, language, NAMES)
        self.bo, self.cas = self.people["Bo"], self.people["Cas"]

    async def asked(self, more: str = "anonymous=no") -> None:
        await self.begin("what_so_what_now_what", "doors", more)
        for _ in range(3):
            await self.anna.calls("round skip", self.thread)
        assert self.step_heading == self.label("Step {i} of {n}", i=4, n=4)

    async def objects(self, who: Player, words: str = ALARM, named: str = "no") -> None:
        await self.press(who, "An objection", self.step_heading)
        await who.fills({"words": words, "named": named})

    async def all_voted(self, *more: Player) -> None:
        """Cas objects, and so do these."""
        await self.asked()
        await self.objects(self.cas)
        for who in self.people.values():
            if who in more:
                await self.objects(who, f"{ALARM} Twice.")
            elif who is not self.cas:
                await self.press(who, "Fine", self.step_heading)

    @property
    def results(self) -> list[str]:
        return [shown.says for shown in self.said if shown.says.startswith(self.label("The result"))]

    async def takes_it(self, who: Player, words: str = "I ask the caretaker.", **more: object) -> None:
        await self.press(who, "I take this up", self.label("The result"))
        await who.fills({"words": words, **more})  # type: ignore[dict-item]

    async def ends(self) -> None:
        await self.anna.calls("round close")
        await self.house.passes(hours=90)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
async def test_somebody_takes_it_up_and_is_reminded_once(house: House, language: str) -> None:
    circle = Objected(house, language)
    await circle.all_voted()
    [result] = circle.results
    assert f"{circle.label('An objection')}: {ALARM}" in result
    for label in ("I take this up", "Talk, then vote again", "Go on, it stays open", "My objection is settled"):
        assert f"[{circle.label(label)}]" in result
    assert "Cas" not in result
    assert circle.label("The votes are in. There is an objection, and that comes first: see the result.") in (
        circle.thread_says
    )
    assert circle.label("when {facilitator} has decided", facilitator="Anna") in circle.card

    await circle.press(circle.bo, "I take this up", circle.label("The result"))
    form = circle.bo.form
    assert form is not None
    assert {field.name: field.value for field in form.fields}["words"] == ALARM, "it stands there already"
    await circle.bo.fills({"words": "I ask the caretaker."})

    assert circle.label("I give it back") in circle.bo.sees
    [result] = circle.results
    assert circle.label("Taken up by {name}, until {date}.", name="Bo", date="|").partition("|")[0] in result
    assert "[" not in result, "nothing is to be decided any more"
    assert (await circle.round()).state == "wrapping"
    await house.passes(hours=90)
    for part in (ALARM, "I ask the caretaker.", circle.label("Objections, and what became of them:")):
        assert part in record(circle)
    await house.passes(days=2)
    reminder = circle.label("You took up an objection from «{topic}», and this is the day you named.", topic="doors")
    assert not [shown for shown in circle.bo.direct if reminder in shown.says]
    await house.passes(days=3)
    assert len([shown for shown in circle.bo.direct if reminder in shown.says]) == 1
    await house.passes(days=30)
    assert len([shown for shown in circle.bo.direct if reminder in shown.says]) == 1
    for other in (circle.anna, circle.cas):
        assert not [shown for shown in other.direct if reminder in shown.says]


async def test_people_talk_and_vote_once_more(house: House) -> None:
    circle = Objected(house)
    await circle.all_voted()
    await circle.press(circle.bo, "Talk, then vote again", "The result")
    assert circle.bo.sees == "Only the facilitator of this round can do that. Ask them, or offer to take over."
    [letter] = [shown for shown in circle.anna.direct if "There is an objection in «doors»" in shown.says]
    assert ALARM not in letter.says
    await circle.press(circle.anna, "Talk, then vote again", "There is an objection in «doors»")
    assert "First a talk: what is the objection about" in circle.thread_says
    [result] = circle.results
    assert ALARM in result, "it stays readable"
    assert "[" not in result
    assert "Nobody has taken it up" not in result
    for who in circle.people.values():
        await circle.press(who, "Fine", circle.said[-1].says.splitlines()[0])
    assert (await circle.round()).state == "wrapping"
    assert len(circle.results) == 2
    await house.passes(hours=90)
    assert "Objections" not in record(circle)


async def test_the_second_time_it_is_taken_up_or_stays_open(house: House) -> None:
    circle = Objected(house)
    await circle.all_voted()
    await circle.press(circle.anna, "Talk, then vote again", "The result")
    await circle.objects(circle.cas, "Still.")
    for who in (circle.anna, circle.bo):
        await circle.press(who, "Fine", circle.step_heading)
    assert "[Talk, then vote again]" not in circle.results[-1]
    await circle.press(circle.anna, "Go on, it stays open", "There is still an objection")
    assert circle.anna.sees == "The round goes on. Its record says that the objection is open."
    assert "Nobody has taken it up." in circle.results[-1]
    assert "Nobody has taken it up." not in circle.results[0]
    letters = [shown.says for shown in circle.anna.direct if "an objection in «doors»" in shown.says]
    assert ["What helps most is a talk" in each for each in letters] == [True, False]
    assert "There is still an objection in «doors» after the talk" in letters[1]
    await house.passes(hours=90)
    assert "Still.\nNobody has taken it up." in record(circle)
    assert ALARM not in record(circle)


async def test_when_nobody_decides_it_stays_open(house: House) -> None:
    circle = Objected(house)
    await circle.all_voted()
    await house.passes(hours=49)
    assert "Anna seems to be away." in circle.thread_says
    assert "[I take this up]" in circle.results[0]
    await house.passes(hours=30)
    assert (await circle.round()).state == "wrapping"
    assert "Nobody has taken it up." in circle.results[0]
    assert "[I take this up]" not in circle.results[0]


async def test_who_objected_settles_it_and_nobody_hears_who(house: House) -> None:
    circle = Objected(house)
    await circle.all_voted()
    await circle.press(circle.bo, "My objection is settled", "The result")
    assert circle.bo.sees == "You have no objection in this vote, so there is nothing to settle."
    await circle.press(circle.cas, "My objection is settled", "The result")
    assert circle.cas.sees == "Good. It stands there as a concern now, and nobody hears whose it was."
    [result] = circle.results
    assert f"A concern: {ALARM}" in result
    assert "Cas" not in result
    assert (await circle.round()).state == "wrapping"


async def test_one_of_several_is_chosen_and_can_be_given_back(house: House) -> None:
    circle = Objected(house)
    await circle.all_voted(circle.bo)
    await circle.press(circle.anna, "I take this up", "The result")
    form = circle.anna.form
    assert form is not None
    await circle.anna.fills({"words": "I ask."})
    assert circle.anna.form is not None, "it has to be said which one"
    [which] = [field for field in form.fields if field.name == "which"]
    numbers = [choice.value for choice in which.choices]  # type: ignore[union-attr]
    assert len(numbers) == 2
    await circle.anna.fills({"words": "I ask.", "which": [numbers[0]]})
    step = waiting(await circle.round())
    assert step is not None, "there is another one"
    assert circle.results[0].count("Taken up by Anna") == 1
    await circle.anna.calls("round status", circle.thread)
    assert "You took up an objection, until" in circle.anna.sees
    await circle.press(circle.anna, "I give it back", "I ask.")
    assert circle.anna.sees == "That is fine. The objection is open again."
    assert "Taken up by" not in circle.results[0]
    await circle.takes_it(circle.cas, which=numbers)
    assert "Cas takes up 2 objections, until" in circle.thread_says
    assert (await circle.round()).state == "wrapping"


async def test_what_is_given_back_later_is_open_in_the_record_too(house: House) -> None:
    circle = Objected(house)
    await circle.all_voted()
    await circle.takes_it(circle.bo)
    await house.passes(hours=90)
    assert "Taken up by Bo" in record(circle)
    await circle.bo.calls("round status", circle.thread)
    await circle.press(circle.bo, "I give it back", "I ask the caretaker.")
    assert "Nobody has taken it up." in record(circle)
    assert "Nobody has taken it up." in circle.results[0]
    await house.passes(days=30)
    assert not [shown for shown in circle.bo.direct if "You took up an objection" in shown.says]


async def test_it_is_among_what_one_can_take_along_and_ask_to_forget(house: House) -> None:
    circle = Objected(house)
    await circle.all_voted()
    await circle.takes_it(circle.bo)
    await house.passes(hours=90)
    await circle.cas.calls("round export", circle.thread)
    page, content = [shown.file for shown in circle.cas.direct if shown.file]
    assert "## Objections, and what became of them" in page
    assert "Taken up by Bo, until" in page
    [one] = json.loads(content)["objections"]
    assert (one["words"], one["by"], one["taken_up_by"]) == (ALARM, None, "Bo")
    await circle.bo.calls("me data")
    [everything] = [shown.file for shown in circle.bo.direct if shown.file]
    assert '"task": "objection"' in everything
    await circle.bo.calls("me forget")
    await circle.bo.presses("Keep it with my name")
    assert "Bo" not in circle.results[0]
    assert "Nobody has taken it up." in record(circle)


async def test_on_hold_and_in_another_place_it_still_waits(house: House) -> None:
    circle = Objected(house)
    await circle.all_voted()
    await circle.anna.calls("round pause")
    assert "[" not in circle.results[0]
    await circle.anna.calls("round resume")
    assert "[I take this up]" in circle.results[0]
    house.gone.add(circle.channel)
    await circle.bo.calls("round status", circle.thread)
    await circle.press(circle.bo, "Leave the round")
    assert (await circle.round()).state == "paused"
    await circle.anna.calls("round move", house.channel("attic"))
    await circle.anna.calls("round status", house.channel("attic"))
    await circle.press(circle.anna, "Go on, it stays open", "You hold this round:")
    assert (await circle.round()).state == "wrapping"


@pytest.mark.parametrize("where", ["elsewhere", "there again"])
async def test_where_the_round_goes_on_from_now_it_can_be_decided(house: House, where: str) -> None:
    """The thread in which it was said is lost: what the round waits for stands in the new one, with its buttons."""
    circle = Objected(house)
    await circle.all_voted()
    house.gone.add(circle.channel)
    await circle.anna.calls("round pause")
    await circle.anna.calls("round resume")
    assert (await circle.round()).state == "paused"
    if where == "elsewhere":
        await circle.anna.calls("round move", house.channel("attic"))
        said = [shown.says for shown in house.shown(house.channel("attic"))]
    else:
        house.gone.clear()
        await circle.anna.presses("Go on", "I cannot write in the channel of «doors» any more")
        said = [shown.says for shown in circle.said]
    [result] = [each for each in said if each.startswith("The result")]
    assert ALARM in result
    assert "[I take this up]" in result
    [step] = [each for each in said if each.startswith("Step 4 of 4")]
    assert "see the result" in step
    await circle.bo.presses("I take this up", ALARM)
    await circle.bo.fills({"words": "I ask the caretaker."})
    assert (await circle.round()).state == "wrapping"

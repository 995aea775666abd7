"""What a round came to goes on: in a round that follows, and on the day when people look at it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.features import gather
from bot.rounds.formats import shipped
from bot.rounds.model import Round
from bot.rounds.step_rules import LeadsTo
from bot.texts.catalogue import LANGUAGES
from storage.store import open_store
from tests.bot.rounds.conversations.circle import Circle
from tests.bot.rounds.conversations.test_record import record
from tests.knock import House, Player

IDEA = "A board on which everybody writes what they look for."
both = pytest.mark.parametrize("language", sorted(LANGUAGES))


class Following(Circle):
    async def numbered(self, number: int) -> Round:
        """The round that is called so. Raises LookupError where there is none."""
        first = await self.round()

        def look(unit: object) -> Round | None:
            id_ = unit.found_rounds.numbered(first.community, number)  # type: ignore[attr-defined]
            found: Round | None = unit.rounds.get(first.community, id_) if id_ else None  # type: ignore[attr-defined]
            return found

        if (found := await self.house.store.look(look)) is None:
            raise LookupError(number)
        return found


class Deciding(Following):
    """Four who think of something together, and vote for one of them in the end."""

    async def voted(self, behind: int) -> None:
        """So many put a dot on the first idea; the others pass."""
        await self.begin("one_two_four_all", "the tools")
        for _ in range(3):
            await self.anna.calls("round skip", self.thread)
        first = True
        while (step := (await self.round()).step) is not None and step.script.key == "all":
            [teller] = [who for name, who in self.people.items() if await self.id_of(name) == step.holder]
            await self.write(teller, IDEA if first else "Nothing new.")
            first = False
        for at, who in enumerate(self.people.values()):
            if at < behind:
                await self.press(who, "Vote", self.step_heading)
                assert who.form is not None
                field = next(iter(who.form.fields)).name
                await who.fills({field: self.option(who, field)})
            else:
                await self.press(who, "Pass", self.step_heading)

    def option(self, who: Player, field: str) -> str:
        assert who.form is not None
        choices = next(each for each in who.form.fields if each.name == field).choices  # type: ignore[union-attr]
        return next(choice.value for choice in choices if IDEA[:20] in choice.label)

    async def id_of(self, name: str) -> str:
        account = self.people[name].account
        return (await self.house.store.look(lambda unit: unit.people.by_account(account))).id

    @property
    def closing(self) -> str:
        """The closing words as they stand now."""
        words = self.label("We have come full circle. Thank you for thinking along.")
        return next(shown.says for shown in self.said if words in shown.says)

    def offered(self, people: int) -> str:
        """How the offer begins."""
        one, many = (
            "{n} person is behind “{idea}”. It can go on from here as *{format}*: {blurb}",
            "{n} people are behind “{idea}”. It can go on from here as *{format}*: {blurb}",
        )
        return self.words.counted(one, many, people, idea=IDEA.rstrip("."), format="|", blurb="").partition("|")[0]


@both
async def test_an_idea_that_two_are_behind_goes_on(house: House, language: str) -> None:
    circle = Deciding(house, language)
    await circle.voted(2)
    assert circle.offered(2) in circle.closing
    first = circle.thread

    await circle.press(circle.people["Bo"], "Go on with it", circle.offered(2))
    form = circle.people["Bo"].form
    assert form is not None
    filled = {field.name: field.value for field in form.fields}
    assert (filled["format"], filled["topic"], filled["preset"]) == ("experiment_design", IDEA.rstrip("."), "async")
    await circle.people["Bo"].fills({})

    following = await circle.numbered(2)
    assert (following.format.id, following.topic, following.number) == ("experiment_design", IDEA.rstrip("."), 2)
    assert circle.thread != first
    assert IDEA.rstrip(".") in circle.card
    before = [shown.says for shown in house.messages if shown.ref.thread == first.id]
    assert circle.label("It goes on in R-{number}.", number=2) in before
    assert not [says for says in before if circle.label("Go on with it") in says], "it is offered no more"

    await house.passes(days=4)
    [page] = [shown for shown in house.messages if shown.says.startswith(circle.label("Until the next one"))]
    assert f"{circle.label('It went on in')}: R-2" in page.says


async def test_nothing_is_offered_where_nobody_joins_in(house: House) -> None:
    circle = Deciding(house)
    await circle.voted(1)
    assert "Go on with it" not in circle.closing


async def test_two_press_it_and_the_second_hears_where_it_goes_on(house: House) -> None:
    circle = Deciding(house)
    await circle.voted(3)
    bo, cas = circle.people["Bo"], circle.people["Cas"]
    for who in (bo, cas):
        await circle.press(who, "Go on with it", circle.offered(3))
    await bo.fills({})
    await cas.fills({"topic": "My own words"})
    assert cas.sees == "Somebody was just before you: it goes on in R-2."
    with pytest.raises(LookupError):
        await circle.numbered(3)


async def test_what_is_taken_back_is_offered_no_more(house: House) -> None:
    circle = Deciding(house)
    await circle.voted(2)
    [author] = [who for who in circle.people.values() if await _said_it(circle, who)]
    await author.calls("round status", circle.thread)
    await circle.press(author, "Take it back", IDEA)
    assert "We have come full circle." in circle.closing
    assert "behind" not in circle.closing


async def _said_it(circle: Deciding, who: Player) -> bool:
    name = next(name for name, each in circle.people.items() if each is who)
    id_ = await circle.id_of(name)
    return any(one.person == id_ and one.body == IDEA for one in (await circle.round()).contributions)


async def test_where_facilitators_start_rounds_others_are_told_whom_to_ask(house: House) -> None:
    circle = Deciding(house)
    await circle.voted(2)
    hessel = house.person("Hessel", host=True)
    await hessel.calls("setup")
    await hessel.fills({"Who may start a round": "facilitators only"})
    await circle.press(circle.people["Bo"], "Go on with it", circle.offered(2))
    assert "In this community facilitators start rounds" in circle.people["Bo"].sees


# -- the day when people look at it


class Owning(Following):
    async def agreed(self, *claims: str) -> None:
        """An experiment that is agreed on; so many take something on, the others pass."""
        await self.begin("experiment_design", "the tools")
        await self.all_answer("A board on the wall, says {name}.")
        for who in self.people.values():
            await self.press(who, "Vote", self.step_heading)
            assert who.form is not None
            field = next(iter(who.form.fields))
            wanted = next(each.value for each in field.choices if "Bo" in each.label)  # type: ignore[union-attr]
            await who.fills({field.name: wanted})
        for _ in range(2):
            await self.anna.calls("round skip", self.thread)
        for who in self.people.values():
            await self.press(who, "Fine", self.step_heading)
        for at, who in enumerate(self.people.values()):
            if at < len(claims):
                await self.press(who, "Choose", self.step_heading)
                await who.fills({"pick1": claims[at]})
            else:
                await self.press(who, "Pass", self.step_heading)

    @property
    def result(self) -> str:
        """Of the last vote."""
        return [shown.says for shown in self.said if shown.says.startswith(self.label("The result"))][-1]

    @property
    def asks(self) -> str:
        return self.label("Look day for “{idea}”. What did you expect, and what happened? Stopping is a result too.",
                          idea="A board on the wall, says Bo")  # fmt: skip

    def letters(self, name: str) -> list[str]:
        told = self.label(
            "You took on “{idea}”, and today is its look day. What did you expect, and what happened? Stopping is a "
            "result too.",
            idea="A board on the wall, says Bo",
        )
        return [shown.says for shown in self.people[name].direct if told in shown.says]


@both
async def test_on_the_look_day_those_who_took_it_on_are_asked_and_look_back_together(
    house: House, language: str
) -> None:
    circle = Owning(house, language)
    await circle.agreed("owner", "helper")
    assert circle.label("On {date} I ask here how it went.", date="|").partition("|")[0] in circle.result
    first = circle.thread
    await house.passes(days=4)
    page = record(circle)
    for part in (circle.label("Taken on by:"), "Anna", "Bo", circle.label("Look day")):
        assert part in page
    await house.passes(days=37)
    assert circle.asks not in circle.thread_says
    await house.passes(days=5)
    assert circle.thread_says.count(circle.asks) == 1
    assert [len(circle.letters(name)) for name in circle.people] == [1, 1, 0, 0]
    await house.passes(days=60)
    assert circle.thread_says.count(circle.asks) == 1
    assert [len(circle.letters(name)) for name in circle.people] == [1, 1, 0, 0]

    await circle.press(circle.people["Bo"], "Look back together", circle.letters("Bo")[0].splitlines()[0])
    await circle.people["Bo"].fills({})
    following = await circle.numbered(2)
    assert (following.format.id, following.channel) == ("what_so_what_now_what", circle.channel), (
        "where the first stood"
    )
    assert following.topic == "A board on the wall, says Bo"
    before = [shown.says for shown in house.messages if shown.ref.thread == first.id]
    assert circle.label("It goes on in R-{number}.", number=2) in before


async def test_another_day(house: House) -> None:
    circle = Owning(house)
    await circle.agreed("owner", "helper")
    cas, bo = circle.people["Cas"], circle.people["Bo"]
    await circle.press(cas, "Another day", "The result")
    assert cas.sees == "The day is up to who took this on. Tell them which one suits you."
    before = circle.result
    await circle.press(bo, "Another day", "The result")
    await bo.fills({"weeks": "2"})
    assert bo.sees.startswith("Good. On ")
    assert circle.result != before
    assert "Bo chose another day: on " in circle.thread_says
    await house.passes(days=13)
    assert circle.asks not in circle.thread_says
    await house.passes(days=2)
    assert circle.thread_says.count(circle.asks) == 1
    await circle.press(bo, "Another day", circle.asks)
    await bo.fills({"weeks": "1"})
    await house.passes(days=8)
    assert circle.thread_says.count(circle.asks) == 2, "they asked for it once more"
    await house.passes(days=60)
    assert circle.thread_says.count(circle.asks) == 2


async def test_nobody_is_asked_where_it_went_on_before(house: House) -> None:
    circle = Owning(house)
    await circle.agreed("owner")
    first = circle.thread
    await house.passes(days=50)
    await circle.press(circle.anna, "Another day", circle.asks)
    await circle.anna.fills({"weeks": "1"})
    await circle.press(circle.anna, "Look back together", circle.asks)
    await circle.anna.fills({})
    await house.passes(days=10)
    says = [shown.says for shown in house.messages if shown.ref.thread == first.id]
    assert sum(circle.asks in each for each in says) == 1


async def test_the_record_says_it_for_programs_too(house: House) -> None:
    circle = Owning(house)
    await circle.agreed("owner", "helper", "helper")
    await house.passes(days=4)
    await circle.anna.calls("round export R-1")
    page, machine = [shown.file for shown in circle.anna.direct if shown.file]
    assert "- **owner:** Anna" in page
    assert "- **helper:** Bo, Cas" in page
    content = json.loads(machine)
    assert content["taken_on"] == {"owner": ["Anna"], "helper": ["Bo", "Cas"]}
    assert content["look_day"].startswith("20")
    assert content["went_on_in"] is None


async def test_a_format_that_is_not_there_is_not_offered(sqlite_url: str) -> None:
    """A community may have dropped it meanwhile."""
    there = shipped()["one_two_four_all"]
    steps = tuple(
        replace(each, vote=replace(each.vote, leads_to=LeadsTo("dropped")))
        if each.key == "hour" and each.vote
        else each
        for each in there.steps
    )
    async with open_store(sqlite_url, holder="test", lasting=False) as store:
        circle = Deciding(House(store, gather(formats={there.id: replace(there, steps=steps)})))
        await circle.voted(3)
        assert "We have come full circle." in circle.closing
        assert "behind" not in circle.closing

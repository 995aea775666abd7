"""A listener takes a light task along, is reminded once, and stands in the record by name if they want to."""

from __future__ import annotations

import json

import pytest

from bot.rounds.model import Round
from bot.texts.catalogue import LANGUAGES
from tests.bot.rounds.conversations.circle import Circle
from tests.bot.rounds.conversations.test_record import record
from tests.knock import House, Player

WORDS = "Nobody mentioned the corridor."


class Listened(Circle):
    """A round of the four, with Lis who listens."""

    def __init__(self, house: House, language: str = "en", *, deep: bool = False) -> None:
        super().__init__(house, language, deep=deep)
        self.lis = house.person("Lis", language=language)

    async def listen(self, task: str = "What surprised me") -> None:
        await self.begin("reveal_together", "doors")
        await self.press(self.lis, "I'll listen", "doors")
        await self.press(self.lis, task)

    async def write_down(self, who: Player, named: str, words: str = WORDS) -> None:
        await self.press(who, "Write it down")
        await who.fills({"words": words, "named": named})

    async def end(self) -> None:
        await self.anna.calls("round close")
        await self.house.passes(hours=73)

    def letters(self, part: str) -> list[str]:
        return [shown.says for shown in self.lis.direct if part in shown.says]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
async def test_from_the_seat_to_the_record(house: House, language: str) -> None:
    circle = Listened(house, language)
    await circle.listen()
    assert circle.label("You listen for what surprises you.") in circle.lis.sees
    await circle.write_down(circle.lis, "yes")
    assert WORDS not in circle.thread_says, "it is shown when the round wraps up"
    await circle.end()
    credit = circle.label("*{task}*, by {name}, who listened", task=circle.label("What surprised me"), name="Lis")
    assert f"{credit}\n{WORDS}" in record(circle)
    posted = [shown for shown in circle.said if shown.says == f"{credit}\n{WORDS}"]
    assert len(posted) == 1


async def test_a_name_stands_there_only_with_a_yes(house: House) -> None:
    circle = Listened(house)
    await circle.listen("Words I do not know")
    await circle.write_down(circle.lis, "no", "scaffolding")
    await circle.end()
    assert "Words I do not know, by somebody who listened\nscaffolding" in record(circle)
    assert "Lis" not in record(circle)


async def test_who_has_not_written_it_is_reminded_once(house: House) -> None:
    circle = Listened(house)
    await circle.listen("One question at the end")
    await circle.anna.calls("round close")
    await house.passes(hours=30)
    assert len(circle.letters("You listened with a task")) == 1
    await circle.lis.presses("Write it down", "You listened with a task")
    await circle.lis.fills({"words": "Who was not here?", "named": "yes"})
    assert circle.lis.sees == "Thank you. It stands in the thread and in the round's record."
    assert "One question at the end, by Lis, who listened\nWho was not here?" in circle.thread_says
    await house.passes(days=9)
    assert len(circle.letters("You listened with a task")) == 1
    assert "Who was not here?" in record(circle)


async def test_who_has_written_it_is_not_reminded(house: House) -> None:
    circle = Listened(house)
    await circle.listen()
    await circle.write_down(circle.lis, "yes")
    await circle.end()
    assert not circle.letters("You listened with a task")


async def test_the_harvest_is_written_by_one(house: House) -> None:
    circle = Listened(house)
    await circle.listen("The harvest")
    eva = house.person("Eva")
    await eva.presses("I'll listen", "doors")
    assert "[The harvest]" not in eva.sees
    assert "[What surprised me]" in eva.sees
    await circle.write_down(circle.lis, "yes", "Three ways to begin.")
    await circle.end()
    assert "The harvest, by Lis, who listened\nThree ways to begin." in record(circle)


async def test_two_who_want_the_harvest_at_once(house: House) -> None:
    circle = Listened(house)
    await circle.begin("reveal_together", "doors")
    eva = house.person("Eva")
    for who in (circle.lis, eva):
        await who.presses("I'll listen", "doors")
    for who in (circle.lis, eva):
        await who.presses("The harvest")
    assert eva.sees == "Somebody else writes the harvest already. Pick another task."
    assert [one.kind for one in (await circle.round()).tasks] == ["harvest"]


async def test_late_words_change_the_record(house: House) -> None:
    """The harvest may take longer than the round; and what was given can be changed and taken back."""
    circle = Listened(house)
    await circle.listen("The harvest")
    await circle.end()
    assert "who listened" not in record(circle)
    await circle.lis.calls("round status", circle.thread)
    await circle.write_down(circle.lis, "yes", "First words.")
    assert "The harvest, by Lis, who listened\nFirst words." in record(circle)
    await circle.lis.calls("round status", circle.thread)
    await circle.lis.presses("Change it", "First words.")
    await circle.lis.fills({"words": "Better words.", "named": "no"})
    assert "The harvest, by somebody who listened\nBetter words." in record(circle)
    assert "First words." not in circle.thread_says
    await circle.lis.calls("round status", circle.thread)
    await circle.lis.presses("Take it back", "Better words.")
    assert circle.lis.sees == "It is gone."
    assert "Better words." not in circle.thread_says
    assert "This was taken back by its author." in circle.thread_says


async def test_a_task_can_be_changed_for_another_or_dropped(house: House) -> None:
    circle = Listened(house)
    await circle.listen()
    await circle.lis.calls("round join listen", circle.thread)
    await circle.lis.presses("Words I do not know", "take a light task")
    assert [one.kind for one in (await circle.round()).tasks] == ["words"]
    await circle.lis.presses("Rather not")
    assert circle.lis.sees == "That is fine: listening is enough."
    assert not (await circle.round()).tasks


async def test_who_speaks_takes_no_light_task(house: House) -> None:
    circle = Listened(house)
    await circle.begin("reveal_together", "doors")
    await circle.lis.presses("I'll listen", "doors")
    offered = circle.lis.saw
    await circle.lis.calls("round join speak", circle.thread)
    circle.lis.saw = offered
    await circle.lis.presses("The harvest", "take a light task")
    assert circle.lis.sees == "Light tasks are for those who listen. Take a listening seat first."


@pytest.mark.parametrize(
    ("button", "stays"), [("Keep it with my name", True), ("Keep it without my name", True), ("Remove it", False)]
)
async def test_a_listener_who_leaves_says_what_becomes_of_it(house: House, button: str, stays: bool) -> None:
    circle = Listened(house)
    await circle.listen()
    await circle.write_down(circle.lis, "yes")
    await circle.anna.calls("round close")
    await circle.lis.calls("round status", circle.thread)
    await circle.lis.presses("Leave the round")
    await circle.lis.presses(button)
    await house.passes(hours=73)
    assert (WORDS in record(circle)) is stays
    assert (WORDS in circle.thread_says) is stays
    assert ("by Lis" in circle.thread_says) is (button == "Keep it with my name")


@pytest.mark.parametrize(("button", "stays"), [("Keep it with my name", True), ("Remove it", False)])
async def test_a_listener_who_is_forgotten(house: House, button: str, stays: bool) -> None:
    circle = Listened(house)
    await circle.listen()
    await circle.write_down(circle.lis, "yes")
    await circle.end()
    await circle.lis.calls("me forget")
    await circle.lis.presses(button)
    assert (WORDS in circle.thread_says) is stays
    assert "Lis" not in circle.thread_says
    round_: Round = await circle.round()
    assert [one.person for one in round_.tasks] == [""] * stays


# -- one small step


async def test_a_small_step_is_its_owner_s_alone(house: House) -> None:
    circle = Listened(house)
    await circle.listen()
    await circle.anna.calls("round close")
    await circle.anna.presses("One small step", "Only you get the reminder")
    await circle.anna.fills({"words": "Count to ten on Monday.", "days": "7"})
    assert circle.anna.sees == "Noted. Nobody else sees it, and I remind you once."
    await house.passes(hours=73)
    await circle.anna.calls("round show")
    assert "Your small step, for your eyes only: “Count to ten on Monday.”" in circle.anna.sees
    for who in (circle.lis, circle.people["Bo"]):
        await who.calls("round show")
        assert "Count to ten" not in who.sees
    assert "Count to ten" not in circle.thread_says
    await circle.anna.calls("round export")
    assert not any("Count to ten" in shown.file for shown in circle.anna.direct)
    await house.passes(days=9)
    (letter,) = [shown.says for shown in circle.anna.direct if "you wanted to take a small step" in shown.says]
    assert "“Count to ten on Monday.” How is it?" in letter
    await circle.anna.calls("me data")
    content = next(shown.file for shown in reversed(circle.anna.direct) if shown.file)
    (mine,) = found(json.loads(content), "tasks_and_small_steps")
    assert (mine["task"], mine["words"]) == ("step", "Count to ten on Monday.")


def found(content: dict[str, object], name: str) -> list[dict[str, str]]:
    if name in content:
        return content[name]  # type: ignore[return-value]
    return next(each[name] for each in content.values() if isinstance(each, dict) and name in each)


async def test_a_small_step_can_be_forgotten(house: House) -> None:
    circle = Listened(house)
    await circle.listen()
    await circle.anna.calls("round close")
    await circle.anna.presses("One small step", "Only you get the reminder")
    await circle.anna.fills({"words": "Count to ten on Monday.", "days": "7"})
    await circle.anna.calls("round status", circle.thread)
    await circle.anna.presses("Forget it")
    assert circle.anna.sees == "It is gone."
    await house.passes(days=20)
    assert not [shown for shown in circle.anna.direct if "small step" in shown.says]


async def test_without_a_reminder(house: House) -> None:
    circle = Listened(house)
    await circle.listen()
    await circle.anna.calls("round close")
    await circle.anna.presses("One small step", "Only you get the reminder")
    await circle.anna.fills({"words": "Count to ten on Monday.", "days": "0"})
    assert circle.anna.sees == "Noted. Nobody else sees it."
    await house.passes(days=40)
    assert not [shown for shown in circle.anna.direct if "small step" in shown.says]


async def test_who_is_not_in_the_round_takes_no_step_in_it(house: House) -> None:
    circle = Listened(house)
    await circle.listen()
    await circle.anna.calls("round close")
    stranger = house.person("Stef")
    await stranger.presses("One small step", "Only you get the reminder")
    await stranger.fills({"words": "Count to ten.", "days": "7"})
    assert stranger.sees == "You are not in this round."


@pytest.mark.parametrize("language", sorted(LANGUAGES))
async def test_who_listens_to_a_private_round_is_promised_nothing_to_read(house: House, language: str) -> None:
    circle = Listened(house, language, deep=True)
    await circle.begin("trio_consult", "doors")
    await circle.press(circle.lis, "I'll listen", "doors")
    private = "You listen in «{topic}»: you see which step it is at. What is said stays with those who speak."
    assert circle.lis.sees.startswith(circle.label(private, topic="doors"))
    light = circle.label("What surprised me")
    assert light not in circle.lis.sees
    await circle.press(circle.lis, "My part")
    assert light not in circle.lis.sees

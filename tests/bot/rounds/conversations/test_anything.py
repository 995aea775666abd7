"""People do whatever comes to mind, in whatever order: nothing breaks, and nothing is shown before its time."""

from __future__ import annotations

import random

import pytest

from bot.chat.answers import Answer, OpenForm
from bot.chat.forms import ChecksField, ChoiceField, PersonField
from bot.chat.messages import Button, Controls, Message, Select
from bot.rounds.formats import shipped
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House, Player

ACTS = 100
QUIET = {"Yes, stop it", "Close the round", "Cancel the round", "Remove it", "Leave the round", "Put it on hold"}
"""Pressed now and then only, or no round would come far."""
COMMANDS = (
    "round status",
    "round join",
    "round join listen",
    "",
    "round extend 2",
    "round resume",
    "round begin",
    "me",
)


class Anybody:
    def __init__(self, circle: Circle, chance: random.Random) -> None:
        self.circle = circle
        self.house = circle.house
        self.chance = chance
        self.written: dict[str, Player] = {}
        """Who wrote what in private; every text is there once."""

    async def does_something(self) -> None:
        who = self.chance.choice(list(self.circle.people.values()))
        match self.chance.choices(("press", "write", "call", "wait", "edit"), (60, 14, 8, 10, 4))[0]:
            case "press":
                await self._presses(who)
            case "write":
                names = [*self.circle.people, "nobody"]
                await self.circle.write(who, f"{self.chance.choice(names)}, what about {self.chance.random()}?")
            case "call":
                await who.calls(self.chance.choice(COMMANDS), self.circle.thread)
            case "wait":
                await self.house.passes(hours=self.chance.choice((1, 1, 4, 13)))
            case "edit":
                await self._changes_a_message(who)

    async def _presses(self, who: Player) -> None:
        labels = sorted({label for message, _, _ in who._visible() for label in labels_of(message)})
        labels = [label for label in labels if label not in QUIET or self.chance.random() < 0.03]
        if not labels:
            return
        answer = await self._controls(who, self.chance.choice(labels))
        if isinstance(answer, OpenForm):
            await self._fills(who)

    async def _controls(self, who: Player, label: str) -> Answer | None:
        for message, _, _ in who._visible():
            for block in message.blocks:
                for each in block.controls if isinstance(block, Controls) else ():
                    if each.label == label and isinstance(each, Button):
                        return await who.presses(label)
                    if each.label == label and isinstance(each, Select):
                        return await who.picks(label, self.chance.choice(each.choices).value)
        return None

    async def _fills(self, who: Player) -> None:
        assert who.form is not None
        values: dict[str, str | list[str]] = {}
        for field in who.form.fields:
            match field:
                case ChoiceField(choices=choices) if choices:
                    values[field.name] = self.chance.choice(choices).value
                case ChecksField(choices=choices) if choices:
                    values[field.name] = [self.chance.choice(choices).value]
                case PersonField():
                    values[field.name] = self.chance.choice(list(self.circle.people.values())).account.id
                case _ if field.name in {"hours", "days"}:
                    values[field.name] = str(self.chance.randint(1, 5))
                case _:
                    words = f"words {self.chance.random()}"
                    values[field.name] = words
                    self.written[words] = who
        await who.fills(values)

    async def _changes_a_message(self, who: Player) -> None:
        own = [shown for shown in self.circle.said if shown.by == who.account]
        if own and self.chance.random() < 0.5:
            await who.deletes(self.chance.choice(own).ref)
        elif own:
            await who.edits(self.chance.choice(own).ref, f"otherwise {self.chance.random()}")

    async def nothing_is_wrong(self) -> None:
        round_ = await self.circle.round()
        hidden = {one.body for one in round_.contributions if one.revealed_at is None and one.body}
        for_all = self.circle.thread_says + self.circle.card
        for who in self.circle.people.values():
            own = who.sees
            assert "Something went wrong" not in own, own
            seen = "\n".join((for_all, own, *(shown.says for shown in who.direct)))
            for words in hidden & set(self.written):
                assert words not in seen or self.written[words] is who, f"{who.profile.name} sees {words!r}"


def labels_of(message: Message) -> list[str]:
    return [each.label for block in message.blocks if isinstance(block, Controls) for each in block.controls]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("format_", sorted(shipped()))
async def test_whatever_people_do(house: House, format_: str, seed: int) -> None:
    chance = random.Random(f"{format_} {seed}")
    circle = Circle(house, deep=True)
    anonymous = "anonymous=yes" if seed == 1 and shipped()[format_].can_be_anonymous else ""
    await circle.begin(format_, "doors", anonymous)
    anybody = Anybody(circle, chance)
    for _ in range(ACTS):
        await anybody.does_something()
        await anybody.nothing_is_wrong()

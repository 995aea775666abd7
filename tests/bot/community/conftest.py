"""A house with the community's own feature, and a diary that stands for all others."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.commands import Command, Given, Option
from bot.chat.events import CommandCalled
from bot.chat.messages import Block, Words, message
from bot.chat.names import Place
from bot.chat.text import plain
from bot.community.feature import FEATURE
from bot.context import Context, Feature
from bot.features import gather
from bot.gate import offer
from storage.store import open_store
from tests.knock import House


@dataclass
class Diary:
    """A feature that keeps something about people and sends them something they did not ask for."""

    entries: dict[str, list[str]] = field(default_factory=dict)
    forgotten: list[tuple[str, str]] = field(default_factory=list)
    gone: list[bool] = field(default_factory=list)

    def write(self, ctx: Context[Any], _: CommandCalled, given: Given) -> Answer:
        self.entries.setdefault(ctx.actor.id, []).append(given.text("text"))
        return Nothing()

    def remind(self, ctx: Context[Any], _: CommandCalled, given: Given) -> Answer:
        text = given.text("text")
        offer(ctx, ctx.actor, "checkin", message(Words(plain(text))), about=Action("diary.reminder", text))
        return Nothing()

    def count(self, ctx: Context[Any], _: CommandCalled, __: Given) -> Answer:
        ctx.unit.number(ctx.community.id, "D")
        return Nothing()

    def export(self, ctx: Context[Any]) -> Mapping[str, Any]:
        return {"diary": {"contributions": self.entries.get(ctx.actor.id, [])}}

    def forget(self, _: Context[Any], person: str, choice: str) -> None:
        self.forgotten.append((person, choice))
        self.entries.pop(person, None)

    def left(self, ctx: Context[Any], _: object) -> Answer:
        self.gone.append(ctx.person is not None and ctx.person.gone)
        return Nothing()

    def menu(self, _: Context[Any], place: Place) -> tuple[Block, ...]:
        return (Words(plain("Dear diary.")),)

    def feature(self) -> Feature:
        text = Option("text", "what to write", "text", rest=True)
        return Feature(
            name="diary",
            commands=(
                (Command(("diary", "write"), "write something", (text,)), self.write),
                (Command(("diary", "remind"), "be reminded", (text,)), self.remind),
                (Command(("diary", "count"), "count", who="facilitator"), self.count),
            ),
            left=(self.left,),
            menu=(self.menu,),
            exports=(self.export,),
            forgets=(self.forget,),
        )


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
async def house(sqlite_url: str, diary: Diary) -> AsyncIterator[House]:
    async with open_store(sqlite_url, holder="test", lasting=False) as store:
        yield House(store, gather((FEATURE, diary.feature()), routes={}))

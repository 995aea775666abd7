"""The Home tab: published when it is opened, and again only when it is another."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from adapters.slack.home import LATELY, MOST, Homes
from adapters.slack.origin import Origin
from bot.chat.answers import Answer, Tell
from bot.chat.events import HomeOpened
from bot.chat.messages import Message, Words, message
from bot.chat.text import plain
from bot.errors import PlatformTrouble

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def page(text: str) -> Message:
    return message(Words(plain(text)))


class House:
    """Answers with what each person's page says now, and notes what was published."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.asked: list[str] = []
        self.published: list[tuple[str, str]] = []
        self.at = 0.0
        self.broken = False
        self.told = asyncio.Event()
        self.homes = Homes(self, self, now=lambda: NOW, tick=lambda: self.at, shortly=0)

    async def handle(self, event: HomeOpened) -> Answer:
        self.asked.append(event.account.id)
        return Tell(page(self.pages[event.account.id]))

    async def publish(self, origin: Origin, page: Message) -> None:
        if self.broken:
            raise PlatformTrouble("too many requests")
        self.published.append((origin.user, page.gist()))
        self.told.set()

    async def opens(self, user: str, text: str) -> None:
        self.pages[user] = text
        await self.homes.opened(Origin("T1", user, "home"), page(text))

    async def changes(self) -> None:
        self.homes.poke()
        await self.homes.settle()


@pytest.fixture
def house() -> House:
    return House()


async def test_it_is_published_when_it_opens(house: House) -> None:
    await house.opens("U1", "one round")
    assert house.published == [("U1", "one round")]


async def test_it_follows_what_changes_and_only_then(house: House) -> None:
    await house.opens("U1", "one round")
    await house.changes()
    assert len(house.published) == 1
    house.pages["U1"] = "two rounds"
    await house.changes()
    await house.changes()
    assert house.published == [("U1", "one round"), ("U1", "two rounds")]


async def test_what_nobody_looks_at_is_not_made(house: House) -> None:
    await house.changes()
    await house.opens("U1", "one round")
    house.at += LATELY + 1
    house.pages["U1"] = "two rounds"
    await house.changes()
    assert house.asked == []


async def test_only_the_last_opened_are_looked_after(house: House) -> None:
    for n in range(MOST + 5):
        await house.opens(f"U{n}", "one round")
    await house.changes()
    assert house.asked == [f"U{n}" for n in range(5, MOST + 5)]


async def test_what_could_not_be_published_is_tried_with_the_next_change(house: House) -> None:
    await house.opens("U1", "one round")
    house.pages["U1"], house.broken = "two rounds", True
    await house.changes()
    house.broken = False
    await house.changes()
    assert house.published[-1] == ("U1", "two rounds")


async def test_it_looks_by_itself(house: House) -> None:
    await house.opens("U1", "one round")
    house.homes.start()
    house.pages["U1"] = "two rounds"
    house.told.clear()
    house.homes.poke()
    await asyncio.wait_for(house.told.wait(), 5)
    await house.homes.stop()
    assert house.published[-1] == ("U1", "two rounds")

"""The Home tab: published when it is opened, and again only when it is another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from adapters.slack.home import LATELY, MOST, Homes
from adapters.slack.origin import Origin
from bot.chat.answers import Answer, Tell
from bot.chat.events import HomeOpened
from bot.chat.messages import Message, Words, message
from bot.chat.text import plain
from bot.errors import PlatformTrouble, StorageTrouble

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
        self.meanwhile: Callable[[str], Awaitable[None]] | None = None
        """What happens once while a page is on its way."""
        self.homes = Homes(self, self, now=lambda: NOW, tick=lambda: self.at, shortly=0)

    async def handle(self, event: HomeOpened) -> Answer:
        self.asked.append(event.account.id)
        if event.account.id not in self.pages:
            raise StorageTrouble("the disk is full")
        return Tell(page(self.pages[event.account.id]))

    async def publish(self, origin: Origin, page: Message) -> None:
        if self.broken:
            raise PlatformTrouble("too many requests")
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile(origin.user)
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


async def test_a_page_that_is_opened_while_another_is_on_its_way_is_the_last_that_is_shown(house: House) -> None:
    async def opens_anew(user: str) -> None:
        await house.opens(user, "three rounds")

    await house.opens("U1", "one round")
    house.pages["U1"], house.meanwhile = "two rounds", opens_anew
    await house.changes()
    assert house.published[-2:] == [("U1", "three rounds"), ("U1", "two rounds")]
    await house.homes.settle()
    assert house.published[-1] == ("U1", "three rounds")
    await house.changes()
    assert len(house.published) == 4


async def test_pages_that_others_push_out_meanwhile_are_left_alone(house: House) -> None:
    async def all_look(_: str) -> None:
        for n in range(MOST):
            await house.opens(f"V{n}", "one round")

    for user in ("U1", "U2"):
        await house.opens(user, "one round")
        house.pages[user] = "two rounds"
    house.at += 1
    house.meanwhile = all_look
    await house.changes()
    assert ("U2", "two rounds") not in house.published


async def test_a_page_that_cannot_be_made_is_no_trouble_of_the_others(house: House) -> None:
    await house.opens("U1", "one round")
    await house.opens("U2", "one round")
    house.homes.start()
    for _ in range(2):
        house.pages.pop("U1", None)
        house.pages["U2"] = f"{len(house.published)} rounds"
        house.told.clear()
        house.homes.poke()
        await asyncio.wait_for(house.told.wait(), 5)
    await house.homes.stop()
    assert house.published[-2:] == [("U2", "2 rounds"), ("U2", "3 rounds")]

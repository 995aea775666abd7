"""Who holds a private round without sitting in it reads nothing of what is said there."""

from __future__ import annotations

import pytest

from bot.features import gather
from bot.rounds.formats import load
from storage.store import open_store
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House

BEHIND_A_DOOR = """
id = "ours"
version = 1
purpose = "To test."
place = "private"
emphasis = { explore = 1, exploit = 0, tacit = 0, explicit = 0 }
size = { min = 2, best = [2, 4], max = 8 }
effort = { async_minutes = 5, async_days = 1, live_minutes = 5 }
name = { en = "Ours", nl = "Die van ons" }
blurb = { en = "A test.", nl = "Een test." }
[[steps]]
key = "write"
mode = "collect"
reveal = "together"
async_h = 24
sync_min = 5
prompt = { en = "What is it?", nl = "Wat is het?" }
[[steps]]
key = "respond"
mode = "open"
async_h = 24
sync_min = 5
prompt = { en = "What do you say to that?", nl = "Wat zeg je daarop?" }
"""


@pytest.mark.parametrize("inside", [False, True])
async def test_answers_without_a_response_are_told_only_to_who_may_read_them(sqlite_url: str, inside: bool) -> None:
    async with open_store(sqlite_url, holder="test", lasting=False) as store:
        house = House(store, gather(formats=load({"ours.toml": BEHIND_A_DOOR})))
        circle = Circle(house, names=("Anna", "Bo", "Cas"))
        holder = circle.anna
        await holder.calls("round start ours doors")
        speakers = [who for who in circle.people.values() if inside or who is not holder]
        for who in speakers:
            await who.presses("I'll speak")
        await holder.calls("round begin")
        for who in speakers:
            await circle.answer(who, "Among us.")
        await speakers[0].presses("Add something", "What do you say to that?")
        await speakers[0].fills({"words": "To nobody in particular."})
        await house.passes(hours=100)
        told = "\n".join(shown.says for shown in holder.direct)
        assert ("these answers have no response yet" in told) == inside
        assert ("Among us." in told) == inside

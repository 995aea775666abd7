"""A Discord server: nobody gets a direct message there who did not ask for one."""

from __future__ import annotations

from bot.chat.events import MessageDeleted
from bot.chat.names import Account, Channel, MessageRef, Space
from bot.chat.requests import Edit, Post
from tests.bot.newcomers.scene import School
from tests.knock import House, Player, Shown

SERVER = Space("discord", "G1")
STANDING = "Are you new here? Press the button: only you see what I say then."


def linde(house: House, language: str = "en") -> School:
    return School(house, SERVER, language)


async def set_up(house: House, channel: str = "home") -> tuple[School, Player]:
    """A host sets Kring up there, as hosts do."""
    school = linde(house)
    hessel = school.somebody("Hessel", host=True)
    hessel.place = Channel(SERVER, channel)
    await hessel.calls("setup")
    await hessel.fills({"name": "De Linde"})
    return school, hessel


def standing(house: House, channel: str = "home") -> list[Shown]:
    return [each for each in house.shown(Channel(SERVER, channel)) if each.says.startswith(STANDING)]


async def deletes(house: House, shown: Shown) -> None:
    """A moderator deletes a message of Kring's; the platform does not say whose it was."""
    ref: MessageRef = shown.ref
    house.messages.remove(shown)
    await house.happens(MessageDeleted(house.event_id(), house.now, ref))


def written_to(house: House, *players: Player) -> list[Post]:
    """Every direct message that was as much as tried."""
    accounts = {each.account for each in players}
    direct = [each for each in house.requests if isinstance(each, Post) and isinstance(each.to, Account)]
    return [each for each in direct if not players or each.to in accounts]


def cards(house: House) -> list[str]:
    return [each.says for each in house.shown(Channel(SERVER, "home")) if "[Start]" in each.says]


def edits(house: House) -> int:
    return sum(isinstance(each, Edit) for each in house.requests)

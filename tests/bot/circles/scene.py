"""A school where people say that they would like to be in a circle, and somebody forms them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.chat.names import Account, Channel, Profile, Space
from bot.circles.model import Circle, Formation
from tests.knock import House, Player

SCHOOL = Space("playground", "school")
HOME = Channel(SCHOOL, "general")


def somebody(house: House, name: str, space: Space = SCHOOL, **profile: Any) -> Player:
    about = {"language": "en", "timezone": "Europe/Amsterdam", **profile}
    player = Player(house, Account(space, name.lower().replace(" ", "-")), Profile(name, **about))
    player.place = Channel(space, "general")
    return player


async def a_facilitator(house: House, name: str = "Fay", **profile: Any) -> Player:
    """Somebody who may form circles; hosts may as long as nobody is a facilitator, so it is made explicit."""
    fay = somebody(house, name, **profile)

    def work(unit: Any) -> None:
        person = unit.people.seen(fay.account, fay.profile, house.now)
        unit.members.make_facilitator(person.community, person.id, yes=True)

    await house.store.run(work)
    return fay


async def gets_listed(player: Player, **said: str | Sequence[str]) -> None:
    """Says what is to be said, and is on the list."""
    await player.calls("circle home")
    await player.presses("Put me on the list")
    filled: Mapping[str, Any] = {name: value if isinstance(value, str) else list(value) for name, value in said.items()}
    await player.fills({"ready": "yes", **filled})


async def listed(house: House, count: int, **said: str | Sequence[str]) -> list[Player]:
    """So many people on the list, of three kinds of work."""
    found = []
    for number in range(count):
        role = ("teacher", "coach", "nurse")[number % 3]
        player = somebody(house, f"Person {number:02}", role=role)
        await gets_listed(player, **said)
        found.append(player)
    return found


async def proposed(house: House, fay: Player, *, live: bool = False) -> None:
    """The facilitator fills in the form and gets the proposal."""
    await fay.calls("circle form")
    await fay.fills(
        {
            "What are they called?": "Wait",
            "Which question brings you together?": "What does waiting do?",
            "How will they meet?": "live" if live else "async",
        }
    )
    await house.passes(minutes=1)


async def circles(house: House) -> tuple[Circle, ...]:
    def work(unit: Any) -> tuple[Circle, ...]:
        found: tuple[Circle, ...] = unit.circles.all(unit.communities.of(SCHOOL).id)
        return found

    return await house.store.look(work)  # type: ignore[no-any-return]


async def formations(house: House) -> tuple[Formation, ...]:
    def work(unit: Any) -> tuple[Formation, ...]:
        found: tuple[Formation, ...] = unit.circles.formations(unit.communities.of(SCHOOL).id)
        return found

    return await house.store.look(work)  # type: ignore[no-any-return]

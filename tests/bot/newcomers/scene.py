"""A school with a home channel and people, into which somebody new comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from bot.chat.names import Account, Channel, Profile, Space
from bot.chat.requests import Post
from tests.knock import House, Player, Shown


@dataclass
class School:
    house: House
    space: Space = field(default_factory=lambda: Space("playground", "school"))
    language: str = "en"

    @property
    def home(self) -> Channel:
        return Channel(self.space, "home")

    def somebody(self, name: str, **profile: Any) -> Player:
        about = {"language": self.language, "timezone": "Europe/Amsterdam", **profile}
        return Player(self.house, Account(self.space, name.lower()), Profile(name, **about))

    async def opens(
        self, *, facilitators: Iterable[Player] = (), contacts: Iterable[Player] = (), home: bool = True
    ) -> None:
        """The school is set up, and these people are known in it."""
        facilitators, contacts = list(facilitators), list(contacts)

        def work(unit: Any) -> None:
            community = unit.communities.of(self.space)
            known = {
                each.account: unit.people.seen(each.account, each.profile, self.house.now).id
                for each in (*facilitators, *contacts)
            }
            for each in facilitators:
                unit.members.make_facilitator(community.id, known[each.account], yes=True)
            changed = replace(
                community,
                name="De Linde",
                language=self.language,
                home=self.home if home else None,
                contacts=tuple(known[each.account] for each in contacts),
                set_up=True,
            )
            unit.members.arrange(community.id, community, changed)

        await self.house.store.run(work)

    def shown_at_home(self) -> list[str]:
        return [shown.says for shown in self.house.shown(self.home)]


def direct(player: Player, since: int = 0) -> list[str]:
    """What Kring wrote to somebody, without the footer, oldest first."""
    return [said(shown) for shown in player.direct[since:]]


def said(shown: Shown) -> str:
    for footer in ("\n[Pause] [Why am I getting this?]", "\n[Pauze] [Waarom krijg ik dit?]"):
        if shown.says.endswith(footer):
            return shown.says.removesuffix(footer)
    raise AssertionError(f"without the two buttons at the end: {shown.says}")


async def started(house: House, *, language: str = "en", **given: Any) -> tuple[School, Player]:
    """Anna joins and says yes."""
    school = School(house, language=language)
    await school.opens(**given)
    anna = school.somebody("Anna")
    await anna.joins()
    await anna.presses({"en": "Yes", "nl": "Ja hoor"}[language])
    return school, anna


def posts_to(house: House, player: Player) -> int:
    return sum(isinstance(each, Post) and each.to == player.account for each in house.requests)

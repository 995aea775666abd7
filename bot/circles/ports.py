"""What the circles need from storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.circles.model import Circle, Declared, Formation, Wish
from bot.context import Context
from bot.ports import Unit


class Circles(Protocol):
    """Everything is kept per community; nothing of another one is ever found.

    What is saved was read in the same unit, or is new. Raises Overtaken when somebody else was first.
    """

    def get(self, community: str, circle: str) -> Circle | None: ...

    def numbered(self, community: str, number: int) -> Circle | None: ...

    def of(self, community: str, person: str) -> tuple[Circle, ...]:
        """All in which this person has or had a seat, or that they hold; by number."""

    def all(self, community: str) -> tuple[Circle, ...]:
        """Every circle that is not closed, by number."""

    def past(self, community: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Of every circle, the formation it belongs to and who was or is in it."""

    def save(self, community: str, circle: Circle) -> None: ...

    def declared(self, community: str, person: str) -> Declared | None: ...

    def declare(self, community: str, declared: Declared) -> None: ...

    def ready(self, community: str) -> tuple[Declared, ...]:
        """Who would like to be in a circle, by person."""

    def wishes(self, community: str, people: Sequence[str]) -> tuple[Wish, ...]:
        """The wishes of these people, by person."""

    def wish(self, community: str, wish: Wish) -> None:
        """Keeps it, in place of an earlier one about the same person."""

    def unwish(self, community: str, person: str, other: str) -> None: ...

    def formation(self, community: str, formation: str) -> Formation | None: ...

    def formations(self, community: str) -> tuple[Formation, ...]:
        """Those that are not agreed or dropped yet, oldest first."""

    def save_formation(self, community: str, formation: Formation) -> None: ...

    def latest(self, community: str) -> int:
        """The number of the latest formation that people were asked about; 0 when there was none."""

    def unite(self, community: str, person: str, into: str) -> None:
        """What `person` said, wished and formed is `into`'s from now on; circles and their seats are not touched.

        Of what both said that of `into` counts. Of two wishes about the same person the one that keeps people apart
        stays, and one about oneself goes. Nobody sits in a seating twice. What was read before is too old to be saved.
        """

    def forget(self, community: str, person: str) -> None:
        """Erases everything kept about this person, also in the wishes of others."""


class Arrived(Protocol):
    @property
    def person(self) -> str: ...


class Arrivals(Protocol):
    def joined_since(self, community: str, since: datetime) -> Sequence[Arrived]:
        """Who is new since then and has not left."""


class CirclesUnit(Unit, Protocol):
    @property
    def circles(self) -> Circles: ...
    @property
    def newcomers(self) -> Arrivals:
        """Who is new here, as the newcomers' feature keeps it."""


Ctx = Context[CirclesUnit]

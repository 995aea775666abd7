"""Circles, their seats, and what people said and wished for them, in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, delete, func, or_, select

from bot.circles.model import Circle, Declared, Formation, Wish
from storage.cipher import Cipher
from storage.circle_rows import (
    read_circle,
    read_declared,
    read_formation,
    read_wish,
    write_circle,
    write_declared,
    write_formation,
    write_seats,
    write_wish,
)
from storage.circle_tables import circles, declared, formations, seats, wishes
from storage.circle_unity import unite
from storage.upsert import Upsert
from storage.versions import Versions

_IDS = {circles: "circle", formations: "formation"}
_DECLARED = Upsert(
    declared,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["community", "person"],
        set_={name: insert.excluded[name] for name in ("ready", "experience", "languages", "slots", "topics")},
    ),
)
_WISH = Upsert(
    wishes,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["community", "person", "other"], set_={"kind": insert.excluded.kind}
    ),
)
_OPEN = ("searching", "proposed")


class Circles:
    """The circles of all communities; every question names one. `cipher` closes what is private."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher
        self._versions = Versions(connection, _IDS)

    # -- circles

    def get(self, community: str, circle: str) -> Circle | None:
        return next(iter(self._circles(community, circles.c.circle == circle)), None)

    def numbered(self, community: str, number: int) -> Circle | None:
        return next(iter(self._circles(community, circles.c.number == number)), None)

    def of(self, community: str, person: str) -> tuple[Circle, ...]:
        """All in which this person has or had a seat, or that they hold; by number."""
        seated = select(seats.c.circle).where(seats.c.community == community, seats.c.person == person)
        return self._circles(community, or_(circles.c.circle.in_(seated), circles.c.facilitator == person))

    def all(self, community: str) -> tuple[Circle, ...]:
        """Every circle that is not closed, by number."""
        return self._circles(community, circles.c.state != "closed")

    def past(self, community: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Of every circle, the formation it belongs to and who was or is in it."""
        found = (
            select(circles.c.circle, circles.c.formation, seats.c.person)
            .join(seats, and_(seats.c.community == circles.c.community, seats.c.circle == circles.c.circle))
            .where(circles.c.community == community, seats.c.state.in_(("in", "left")))
            .order_by(circles.c.number, seats.c.position)
        )
        by_circle: dict[str, tuple[int, list[str]]] = {}
        for row in self._connection.execute(found):
            by_circle.setdefault(row.circle, (row.formation, []))[1].append(row.person)
        return tuple((formation, tuple(members)) for formation, members in by_circle.values())

    def save(self, community: str, circle: Circle) -> None:
        self._versions.save(circles, community, circle.id, write_circle(circle))
        here = and_(seats.c.community == community, seats.c.circle == circle.id)
        self._connection.execute(delete(seats).where(here))
        rows = [{"community": community, **each} for each in write_seats(circle)]
        if rows:
            self._connection.execute(seats.insert(), rows)

    # -- what people said

    def declared(self, community: str, person: str) -> Declared | None:
        found = self._read(declared, community, declared.c.person == person)
        return next((read_declared(row, self._cipher) for row in found), None)

    def declare(self, community: str, said: Declared) -> None:
        values = write_declared(said, self._cipher) | {"community": community}
        self._connection.execute(_DECLARED.on(self._connection), values)

    def ready(self, community: str) -> tuple[Declared, ...]:
        """Who would like to be in a circle, by person."""
        found = self._read(declared, community, declared.c.ready, order=(declared.c.person,))
        return tuple(read_declared(row, self._cipher) for row in found)

    def wishes(self, community: str, people: Sequence[str]) -> tuple[Wish, ...]:
        """The wishes of these people, by person."""
        order = (wishes.c.person, wishes.c.other)
        found = self._read(wishes, community, wishes.c.person.in_(people), order=order)
        return tuple(read_wish(row, self._cipher) for row in found)

    def wish(self, community: str, wish: Wish) -> None:
        """Keeps it, in place of an earlier one about the same person."""
        values = write_wish(wish, self._cipher) | {"community": community}
        self._connection.execute(_WISH.on(self._connection), values)

    def unwish(self, community: str, person: str, other: str) -> None:
        this = and_(wishes.c.community == community, wishes.c.person == person, wishes.c.other == other)
        self._connection.execute(delete(wishes).where(this))

    # -- forming

    def formation(self, community: str, formation: str) -> Formation | None:
        return next(iter(self._formations(community, formations.c.formation == formation)), None)

    def formations(self, community: str) -> tuple[Formation, ...]:
        """Those that are not agreed or dropped yet, oldest first."""
        return self._formations(community, formations.c.state.in_(_OPEN))

    def save_formation(self, community: str, formation: Formation) -> None:
        self._versions.save(formations, community, formation.id, write_formation(formation))

    def latest(self, community: str) -> int:
        """The number of the latest formation that people were asked about; 0 when there was none."""
        agreed = and_(formations.c.community == community, formations.c.state == "agreed")
        found: int = self._connection.execute(
            select(func.coalesce(func.max(formations.c.number), 0)).where(agreed)
        ).scalar_one()
        return found

    # -- one person

    def unite(self, community: str, person: str, into: str) -> None:
        """What `person` said, wished and formed is `into`'s, see `bot.circles.ports`."""
        unite(self._connection, self._cipher, community, person, into)
        self._versions.forget()

    # -- the way out

    def forget(self, community: str, person: str) -> None:
        """Erases everything kept about this person, also in the wishes of others."""
        for each in self.of(community, person):
            seated = tuple(seat for seat in each.seats if seat.person != person)
            held = "" if each.facilitator == person else each.facilitator
            self.save(community, replace(each, seats=seated, facilitator=held))
        self._connection.execute(delete(declared).where(declared.c.community == community, declared.c.person == person))
        about = or_(wishes.c.person == person, wishes.c.other == person)
        self._connection.execute(delete(wishes).where(wishes.c.community == community, about))
        for one in self._formations(community, or_(formations.c.state.in_(_OPEN), formations.c.asked_by == person)):
            if person == one.by or person in one.people:
                seating = tuple(tuple(who for who in circle if who != person) for circle in one.circles)
                by = "" if person == one.by else one.by
                self.save_formation(community, replace(one, circles=seating, by=by))

    # -- inside

    def _read(self, table: Table, community: str, *where: Any, order: Iterable[Any] = ()) -> list[Row[Any]]:
        found = select(table).where(table.c.community == community, *where).order_by(*order)
        return list(self._connection.execute(found))

    def _circles(self, community: str, *where: Any) -> tuple[Circle, ...]:
        rows = self._read(circles, community, *where, order=(circles.c.number,))
        ids = [row.circle for row in rows]
        seated: dict[str, list[Row[Any]]] = {each: [] for each in ids}
        if ids:
            for row in self._read(seats, community, seats.c.circle.in_(ids), order=(seats.c.position,)):
                seated[row.circle].append(row)
        self._versions.read(circles, community, rows)
        return tuple(read_circle(row, seated[row.circle]) for row in rows)

    def _formations(self, community: str, *where: Any) -> tuple[Formation, ...]:
        rows = self._read(formations, community, *where, order=(formations.c.at, formations.c.formation))
        self._versions.read(formations, community, rows)
        return tuple(read_formation(row) for row in rows)

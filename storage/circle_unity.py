"""Two people of a community turned out to be one: what they said and wished for circles is put together."""

from __future__ import annotations

from sqlalchemy import Connection, and_, delete, or_, select, update

from bot.circles.model import Wish
from storage.cipher import Cipher
from storage.circle_rows import read_wish, write_wish
from storage.circle_tables import declared, formations, wishes

_CAUTIOUS = ("line", "apart", "with")
"""Of two wishes about the same person the one that keeps people apart stays."""


def unite(connection: Connection, cipher: Cipher, community: str, person: str, into: str) -> None:
    """As `bot.circles.ports.Circles.unite` says."""
    _said(connection, community, person, into)
    _wished(connection, cipher, community, person, into)
    _forming(connection, community, person, into)


def _said(connection: Connection, community: str, person: str, into: str) -> None:
    theirs = and_(declared.c.community == community, declared.c.person == person)
    own = select(declared.c.person).where(declared.c.community == community, declared.c.person == into)
    if connection.execute(own).one_or_none() is None:
        connection.execute(update(declared).where(theirs).values(person=into))
    else:
        connection.execute(delete(declared).where(theirs))


def _wished(connection: Connection, cipher: Cipher, community: str, person: str, into: str) -> None:
    both = (person, into)
    about = and_(wishes.c.community == community, or_(wishes.c.person.in_(both), wishes.c.other.in_(both)))
    found = [read_wish(row, cipher) for row in connection.execute(select(wishes).where(about))]
    if all(person not in (each.person, each.other) for each in found):
        return
    kept: dict[tuple[str, str], Wish] = {}
    for each in sorted(found, key=lambda one: _CAUTIOUS.index(one.kind)):
        by, other = (into if one == person else one for one in (each.person, each.other))
        if by != other:
            kept.setdefault((by, other), Wish(by, other, each.kind))
    connection.execute(delete(wishes).where(about))
    rows = [{"community": community, **write_wish(each, cipher)} for each in kept.values()]
    if rows:
        connection.execute(wishes.insert(), rows)


def _forming(connection: Connection, community: str, person: str, into: str) -> None:
    """Who sits in a seating twice keeps the first place."""
    found = select(formations).where(formations.c.community == community)
    for row in connection.execute(found).all():
        if person != row.asked_by and all(person not in circle for circle in row.seating):
            continue
        seen: set[str] = set()
        seating: list[list[str]] = []
        for circle in row.seating:
            once = dict.fromkeys(into if each == person else each for each in circle)
            seating.append([each for each in once if each not in seen])
            seen |= once.keys()
        this = and_(formations.c.community == community, formations.c.formation == row.formation)
        by = into if row.asked_by == person else row.asked_by
        connection.execute(update(formations).where(this).values(
            seating=seating, asked_by=by, version=formations.c.version + 1
        ))  # fmt: skip

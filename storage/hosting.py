"""Who is a host: whoever may administer one of the spaces that they are in."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from storage.people_tables import accounts


def administers(connection: Connection, person: str) -> bool:
    """By one of their accounts, of those with which they have not left."""
    there = (accounts.c.person == person, accounts.c.left_at.is_(None))
    found = connection.execute(select(func.count()).where(*there, accounts.c.host))
    return bool(found.scalar_one())

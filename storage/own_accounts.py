"""The accounts of a person: which of them Kring writes to, and by which they may administer a space."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select, update

from bot.chat.names import Account
from storage.people_tables import accounts, people


def this(account: Account) -> tuple[Any, ...]:
    """The row of an account."""
    return (
        accounts.c.platform == account.space.platform,
        accounts.c.space == account.space.id,
        accounts.c.account == account.id,
    )


def written_to(account: Account) -> tuple[Any, ...]:
    """The row of the person to whose account Kring writes here."""
    return (
        people.c.platform == account.space.platform,
        people.c.space == account.space.id,
        people.c.account == account.id,
    )


def write_instead(connection: Connection, person: str, account: Account, other: Any) -> None:
    """Where Kring wrote to that account of theirs, it writes to the other one, a row, from now on."""
    news = {"platform": other.platform, "space": other.space, "account": other.account, "reachable": True}
    connection.execute(update(people).where(people.c.person == person, *written_to(account)).values(**news))


def administers(connection: Connection, person: str) -> bool:
    """Whether they are a host: by one of their accounts, of those with which they have not left."""
    there = (accounts.c.person == person, accounts.c.left_at.is_(None))
    found = connection.execute(select(func.count()).where(*there, accounts.c.host))
    return bool(found.scalar_one())

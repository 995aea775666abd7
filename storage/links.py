"""Accounts in several spaces that are one person's: the codes that lead from one to the other, and how they join."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, String, Table, and_, delete, func, or_, select, update

from bot.chat.names import Account
from bot.community.model import OwnCode
from storage import own_accounts
from storage.facts import facts
from storage.people_tables import accounts, link_codes, people
from storage.schema import Utc, insert, metadata
from storage.unasked import unasked

account_codes = Table(
    "account_codes",
    metadata,
    Column("community", String, primary_key=True),
    Column("person", String, primary_key=True),
    # the digest of the code they were given; the code itself is not kept
    Column("digest", String),
    Column("until", Utc),
    # how many wrong codes they typed, and when that is forgotten
    Column("tries", Integer, nullable=False),
    Column("tries_until", Utc),
    Index(None, "digest"),
)


class Links:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def offer(self, community: str, code: OwnCode) -> None:
        """Keeps it instead of an older one of that person."""
        self._put(community, code.person, digest=code.digest, until=code.until)

    def find(self, digest: str, now: datetime) -> OwnCode | None:
        """The code that this is the digest of, whatever community it is of."""
        found = select(account_codes).where(account_codes.c.digest == digest, account_codes.c.until > now)
        row = self._connection.execute(found.limit(1)).one_or_none()
        return None if row is None else OwnCode(row.community, row.person, row.digest, row.until)

    def tries(self, community: str, person: str, now: datetime) -> int:
        """How many wrong codes this person typed lately."""
        counted = select(account_codes.c.tries).where(*_of(community, person), account_codes.c.tries_until > now)
        return self._connection.execute(counted).scalar() or 0

    def tried(self, community: str, person: str, now: datetime, until: datetime) -> None:
        """One more wrong code; the first one begins a time that lasts until `until`."""
        before = self.tries(community, person, now)
        begun = {} if before else {"tries_until": until}
        self._put(community, person, tries=before + 1, **begun)

    def tidy(self, community: str, now: datetime) -> None:
        """Erases codes and counts that are over."""
        ended = (account_codes.c.until.is_(None), account_codes.c.until <= now)
        free = (account_codes.c.tries_until.is_(None), account_codes.c.tries_until <= now)
        over = and_(account_codes.c.community == community, or_(*ended), or_(*free))
        self._connection.execute(delete(account_codes).where(over))

    # -- one person

    def unite(self, community: str, person: str, into: str) -> None:
        """The accounts of `person`, and what the house itself keeps of them, are those of `into`; `person` is no more.

        A code of either is used up.
        """
        run = self._connection.execute
        run(update(accounts).where(accounts.c.community == community, accounts.c.person == person).values(person=into))
        run(update(link_codes).where(link_codes.c.community == community, link_codes.c.by == person).values(by=into))
        self._add_up(community, person, into)
        named = facts.c.fields.contains(f'"{person}"', autoescape=True)
        renamed = func.replace(facts.c.fields, f'"{person}"', f'"{into}"')
        run(update(facts).where(facts.c.community == community, named).values(fields=renamed))
        for each in (person, into):
            run(delete(account_codes).where(*_of(community, each)))
        run(delete(people).where(people.c.community == community, people.c.person == person))
        self._rights_anew(community, into)

    def part(self, community: str, account: Account) -> None:
        """The account is nobody's any more, and met anew when somebody acts by it. Its person has another one."""
        this = accounts.c.community == community, *own_accounts.this(account)
        person = self._connection.execute(delete(accounts).where(*this).returning(accounts.c.person)).scalar()
        if person is None:
            return
        others = (
            select(accounts)
            .where(accounts.c.community == community, accounts.c.person == person)
            .order_by(accounts.c.left_at.is_not(None), accounts.c.platform, accounts.c.space, accounts.c.account)
        )
        other = self._connection.execute(others.limit(1)).one()
        own_accounts.write_instead(self._connection, person, account, other)
        self._rights_anew(community, person)

    # -- inside

    def _put(self, community: str, person: str, **values: Any) -> None:
        new = {"community": community, "person": person, "tries": 0} | values
        made = insert(self._connection, account_codes).values(**new)
        made = made.on_conflict_do_update(index_elements=["community", "person"], set_=values)
        self._connection.execute(made)

    def _add_up(self, community: str, person: str, into: str) -> None:
        """The messages that both got without asking: one budget, in which all of them count."""
        theirs = and_(unasked.c.community == community, unasked.c.person == person)
        for row in self._connection.execute(select(unasked).where(theirs)).all():
            new = {"community": community, "person": into, "day": row.day, "kind": row.kind, "count": row[4]}
            made = insert(self._connection, unasked).values(**new)
            both = unasked.c["count"] + row[4]
            added = made.on_conflict_do_update(
                index_elements=["community", "person", "day", "kind"], set_={"count": both}
            )
            self._connection.execute(added)
        self._connection.execute(delete(unasked).where(theirs))

    def _rights_anew(self, community: str, person: str) -> None:
        this = and_(people.c.community == community, people.c.person == person)
        self._connection.execute(
            update(people).where(this).values(host=own_accounts.administers(self._connection, person))
        )


def _of(community: str, person: str) -> tuple[Any, ...]:
    return account_codes.c.community == community, account_codes.c.person == person

"""What people chose, what hosts set, and the way out: the community feature's own store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, select, update

from bot.chat.names import Account, Space
from bot.chat.people import Community, Quiet
from bot.chat.requests import order_key
from bot.community.model import LinkCode, Preferences
from storage import own_accounts
from storage.drafts import forget as forget_drafts
from storage.facts import facts
from storage.links import account_codes
from storage.outbox import UNTOUCHED, outbox
from storage.people_tables import accounts, communities, link_codes, people, spaces
from storage.posts import posts
from storage.quick import Quick
from storage.schema import metadata
from storage.unasked import unasked

_MAY_MOVE = frozenset(
    {
        *("account_codes", "accounts", "communities", "due", "facts", "link_codes", "outbox", "people", "posts"),
        *("spaces", "unasked"),
        *("newcomers", "checkin_answers", "stages", "buddies", "buddy_pairings", "help_requests", "help_helpers"),
        *("newcomer_counts", "search_scopes"),
    }
)
"""Tables whose rows are no reason against joining another community: they are moved along, or nobody misses them."""
_OWN = (
    *("platform", "space", "account", "language", "platform_language", "timezone", "platform_timezone"),
    *("role", "platform_role", "paused_until"),
)
_STAYS_BEHIND = ("account_codes", "communities", "link_codes", "series", "newcomer_counts", "search_scopes")

_ACCOUNTS = Quick(
    select(accounts, spaces.c.name, spaces.c.platform_name)
    .outerjoin(spaces, and_(spaces.c.platform == accounts.c.platform, spaces.c.space == accounts.c.space))
    .where(accounts.c.community == bindparam("in_community"), accounts.c.person == bindparam("of_person"))
    .order_by(accounts.c.platform, accounts.c.space, accounts.c.account)
)


class Members:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # -- what people chose

    def preferences(self, community: str, person: str) -> Preferences:
        row = self._connection.execute(select(people).where(*_person(community, person))).one()
        quiet = Quiet(row.quiet_start, row.quiet_end, tuple(int(day) for day in row.working_days))
        return Preferences(row.language, row.timezone, row.role, quiet, row.paused_until)

    def choose(self, community: str, person: str, before: Preferences, after: Preferences) -> None:
        """Keeps what differs."""
        news = {
            name: getattr(after, name)
            for name in ("language", "timezone", "role", "paused_until")
            if getattr(before, name) != getattr(after, name)
        }
        if before.quiet != after.quiet:
            news |= _quiet(after.quiet)
        if news:
            self._connection.execute(update(people).where(*_person(community, person)).values(**news))

    def waiting(self, community: str, account: Account, after: datetime, before: datetime) -> tuple[str, ...]:
        """The ids of what waits to be sent to this account between the two moments, earliest first."""
        waiting = select(outbox.c.request).where(
            outbox.c.community == community,
            outbox.c.conversation == order_key(account),
            outbox.c.state == "open",
            UNTOUCHED,
            outbox.c.ready_at > after,
            outbox.c.ready_at < before,
        )
        ordered = waiting.order_by(outbox.c.ready_at, outbox.c.seq)
        return tuple(self._connection.execute(ordered).scalars())

    def send_at(self, community: str, request: str, at: datetime) -> None:
        """What waits is sent at `at` instead."""
        this = and_(outbox.c.community == community, outbox.c.request == request, UNTOUCHED)
        self._connection.execute(update(outbox).where(this).values(ready_at=at, queued_at=at, free_at=at))

    # -- what hosts set

    def arrange(self, community: str, before: Community, after: Community) -> None:
        """Keeps the settings that differ."""
        news: dict[str, Any] = {}
        for each in fields(Community):
            value = getattr(after, each.name)
            if each.name == "id" or value == getattr(before, each.name):
                continue
            if each.name == "home":
                news |= {
                    "home_platform": value and value.space.platform,
                    "home_space": value and value.space.id,
                    "home_channel": value and value.id,
                }
            elif each.name == "homes_elsewhere":
                news[each.name] = [[home.space.platform, home.space.id, home.id] for home in value]
            elif each.name == "quiet_days":
                news[each.name] = [day.isoformat() for day in value]
            else:
                news[each.name] = list(value) if isinstance(value, tuple) else value
        if news:
            self._connection.execute(update(communities).where(communities.c.community == community).values(**news))

    def name_space(self, community: str, space: Space, name: str) -> None:
        """What the host calls this space; empty: what the platform calls it."""
        here = (spaces.c.platform == space.platform, spaces.c.space == space.id, spaces.c.community == community)
        self._connection.execute(update(spaces).where(*here).values(name=name or None))

    def make_facilitator(self, community: str, person: str, *, yes: bool) -> None:
        self._connection.execute(update(people).where(*_person(community, person)).values(facilitator=yes))

    # -- what is kept of a person

    def accounts(self, community: str, person: str) -> tuple[tuple[Account, str], ...]:
        """The person's accounts and the names of their spaces."""
        rows = _ACCOUNTS.run(self._connection, {"in_community": community, "of_person": person})
        return tuple(
            (Account(Space(row.platform, row.space), row.account), row.name or row.platform_name or row.space)
            for row in rows
        )

    def record(self, community: str, person: str) -> Mapping[str, Any]:
        """All that this feature and the house itself keep about the person, for a file."""
        one = self._connection.execute(select(people).where(*_person(community, person))).mappings().one()
        held = select(accounts).where(accounts.c.community == community, accounts.c.person == person)
        sent = (
            select(unasked.c.day, unasked.c.kind, unasked.c["count"])
            .where(unasked.c.community == community, unasked.c.person == person)
            .order_by(unasked.c.day, unasked.c.kind)
        )
        named = (
            select(facts.c.at, facts.c.fact, facts.c.name, facts.c.id)
            .where(facts.c.community == community, facts.c.fields.contains(f'"{person}"', autoescape=True))
            .order_by(facts.c.seq)
        )
        codes = select(link_codes.c.until).where(link_codes.c.community == community, link_codes.c.by == person)
        own = select(account_codes.c.until, account_codes.c.tries, account_codes.c.tries_until).where(
            account_codes.c.community == community, account_codes.c.person == person
        )
        return {
            "settings": dict(one),
            "accounts": [dict(row) for row in self._connection.execute(held).mappings()],
            "messages_not_asked_for": [dict(row) for row in self._connection.execute(sent).mappings()],
            "what_happened": [dict(row) for row in self._connection.execute(named).mappings()],
            "link_codes_until": list(self._connection.execute(codes).scalars()),
            "account_codes": [dict(row) for row in self._connection.execute(own).mappings()],
        }

    # -- leaving

    def left(self, community: str, account: Account, now: datetime) -> None:
        """The account left its space, and with it the right to administer it. Where Kring wrote to it, it writes to
        another one from now on; after the last one the person is gone."""
        held = select(accounts.c.person).where(accounts.c.community == community, *own_accounts.this(account))
        person = self._connection.execute(held).scalar()
        if person is None:
            return
        self._connection.execute(update(accounts).where(*own_accounts.this(account)).values(left_at=now))
        others = (
            select(accounts)
            .where(accounts.c.community == community, accounts.c.person == person, accounts.c.left_at.is_(None))
            .order_by(accounts.c.platform, accounts.c.space, accounts.c.account)
        )
        other = self._connection.execute(others.limit(1)).one_or_none()
        them = update(people).where(*_person(community, person))
        if other is None:
            self._connection.execute(them.values(gone_at=now))
            return
        self._connection.execute(them.values(host=own_accounts.administers(self._connection, person)))
        own_accounts.write_instead(self._connection, person, account, other)

    def gone_before(self, community: str, moment: datetime) -> tuple[str, ...]:
        """The people who are gone since before then and are not erased yet."""
        gone = select(people.c.person).where(
            people.c.community == community, people.c.gone_at < moment, people.c.account.is_not(None)
        )
        return tuple(self._connection.execute(gone.order_by(people.c.person)).scalars())

    def erase(self, community: str, person: str, name: str, now: datetime) -> None:
        """Leaves nothing of the person but an id and this name, and takes back what waits to be sent to them."""
        held = [account for account, _ in self.accounts(community, person)]
        conversations = [order_key(account) for account in held]
        for table in (outbox, posts):
            to_them = and_(table.c.community == community, table.c.conversation.in_(conversations))
            self._connection.execute(delete(table).where(to_them))
        for table, column in ((account_codes, "person"), (accounts, "person"), (unasked, "person"), (link_codes, "by")):
            of_them = and_(table.c.community == community, table.c[column] == person)
            self._connection.execute(delete(table).where(of_them))
        forget_drafts(self._connection, held)
        nothing = dict.fromkeys(_OWN)
        rights = {"facilitator": False, "host": False, "reachable": False}
        self._connection.execute(
            update(people)
            .where(*_person(community, person))
            .values(name=name, gone_at=now, **nothing, **rights, **_quiet(Quiet()))
        )
        contacts = select(communities.c.contacts).where(communities.c.community == community)
        known = self._connection.execute(contacts).scalar_one()
        if person in known:
            others = [each for each in known if each != person]
            self._connection.execute(
                update(communities).where(communities.c.community == community).values(contacts=others)
            )

    # -- one community over several spaces

    def add_code(self, community: str, code: LinkCode) -> None:
        values = {"code": code.code, "community": community, "by": code.by, "until": code.until}
        self._connection.execute(link_codes.insert().values(**values))

    def use_code(self, community: str, code: str, now: datetime) -> str | None:
        """The community that the code leads this one to; a code works once."""
        used = delete(link_codes).where(link_codes.c.code == code, link_codes.c.until > now)
        found: str | None = self._connection.execute(used.returning(link_codes.c.community)).scalar()
        return found

    def is_new(self, community: str) -> bool:
        """Nothing was made in it yet that people could miss or that others should not see."""
        return not any(
            self._connection.execute(select(func.count()).where(table.c.community == community)).scalar_one()
            for table in metadata.sorted_tables
            if "community" in table.c and table.name not in _MAY_MOVE
        )

    def join(self, community: str, into: str) -> None:
        """The spaces and people of `community` belong to `into` from now on, and `community` is no more."""
        last = select(func.coalesce(func.max(spaces.c.number), 0)).where(spaces.c.community == into)
        after = self._connection.execute(last).scalar_one()
        ours = spaces.c.community == community
        self._connection.execute(update(spaces).where(ours).values(number=spaces.c.number + after))
        for table in metadata.sorted_tables:
            if "community" not in table.c:
                continue
            of_ours = table.c.community == community
            if table.name in _STAYS_BEHIND:
                self._connection.execute(delete(table).where(of_ours))
            else:
                self._connection.execute(update(table).where(of_ours).values(community=into))

    def tidy(self, community: str, now: datetime) -> None:
        """Erases codes that are over."""
        over = (link_codes.c.community == community, link_codes.c.until <= now)
        self._connection.execute(delete(link_codes).where(*over))


def _person(community: str, person: str) -> tuple[Any, ...]:
    return people.c.community == community, people.c.person == person


def _quiet(quiet: Quiet) -> dict[str, Any]:
    days = "".join(str(day) for day in quiet.days)
    return {"quiet_start": quiet.start, "quiet_end": quiet.end, "working_days": days}

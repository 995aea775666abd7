"""What every feature reads of people, and how Kring meets them.

What a platform says of somebody (`platform_…`) stands beside what the person chose themselves; their own choice wins,
then the platform's, then the community's.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, select, update

from bot.chat.chance import new_id
from bot.chat.hours import known_zone
from bot.chat.names import Account, Profile, Space
from bot.chat.people import Person, Quiet
from bot.texts.catalogue import LANGUAGES
from storage import own_accounts
from storage.people_tables import accounts, communities, people, spaces
from storage.quick import Quick
from storage.schema import insert

NOWHERE = Account(Space("", ""), "")
"""The account of somebody who was forgotten: it stands in nobody's space, so they are shown by name, if at all."""

_PERSON = (
    *people.c,
    communities.c.language.label("common_language"),
    communities.c.timezone.label("common_timezone"),
    spaces.c.name.label("space_name"),
    spaces.c.platform_name.label("space_platform_name"),
)
_FROM = people.join(communities, communities.c.community == people.c.community).outerjoin(
    spaces, and_(spaces.c.platform == people.c.platform, spaces.c.space == people.c.space)
)
_ANYWHERE = select(*_PERSON).select_from(_FROM)
"""By ids alone: with the community beside them SQLite reads all of it (sqlite.org/optoverview.html, 2026-11-26)."""
_IN_COMMUNITY = _ANYWHERE.where(people.c.community == bindparam("in_community"))
_ONE = Quick(_IN_COMMUNITY.where(people.c.person == bindparam("id_")))
_SEVERAL = _ANYWHERE.where(people.c.person.in_(bindparam("ids", expanding=True)))
_FACILITATORS = Quick(_IN_COMMUNITY.where(people.c.facilitator, people.c.gone_at.is_(None)).order_by(people.c.name))
_HOSTS = Quick(_IN_COMMUNITY.where(people.c.host, people.c.gone_at.is_(None)).order_by(people.c.name))
_OF_ACCOUNT = and_(
    accounts.c.platform == bindparam("in_platform"),
    accounts.c.space == bindparam("in_space"),
    accounts.c.account == bindparam("id_"),
)
_BY_ACCOUNT = Quick(
    select(*_PERSON, accounts.c.host.label("account_host"), accounts.c.left_at)
    .select_from(_FROM.join(accounts, accounts.c.person == people.c.person))
    .where(_OF_ACCOUNT)
)
_ACCOUNT_IN = Quick(
    select(accounts.c.account).where(
        accounts.c.community == bindparam("in_community"),
        accounts.c.person == bindparam("id_"),
        accounts.c.platform == bindparam("in_platform"),
        accounts.c.space == bindparam("in_space"),
        accounts.c.left_at.is_(None),
    )
)
FEW = 32
"""People whom one prepared question may name."""


@cache
def _few(count: int) -> Quick:
    """Asks for so many people, some of whom may be the same."""
    return Quick(_ANYWHERE.where(people.c.person.in_([bindparam(f"id_{n}") for n in range(count)])))


class People:
    """The people of all communities; every question but who an account is names the community."""

    def __init__(self, connection: Connection, chance: Callable[[int], int] = secrets.randbits) -> None:
        self._connection = connection
        self._chance = chance

    def seen(self, account: Account, profile: Profile | None, now: datetime) -> Person:
        """The person of this account, made at first sight; newer facts of the profile are kept. Makes `gone` undone."""
        row = self._row(account)
        if row is None:
            self._meet(account, profile)
            row = self._row(account)
        elif self._notice(row, account, profile):
            row = self._row(account)
        if row is None:  # pragma: no cover - it was written in this unit
            raise LookupError(f"{account} is not there")
        return to_person(row)

    def by_account(self, account: Account) -> Person | None:
        row = self._row(account)
        return None if row is None else to_person(row)

    def get(self, community: str, person: str) -> Person | None:
        row = _ONE.one(self._connection, {"in_community": community, "id_": person})
        return None if row is None else to_person(row)

    def many(self, community: str, people: Iterable[str]) -> dict[str, Person]:
        ids = sorted(set(people))
        if not ids:
            return {}
        if len(ids) > FEW:
            rows = list(self._connection.execute(_SEVERAL, {"ids": ids}))
        else:
            count = 1 << (len(ids) - 1).bit_length()  # so that few questions are prepared
            named = {f"id_{n}": id_ for n, id_ in enumerate(ids + ids[-1:] * (count - len(ids)))}
            rows = _few(count).run(self._connection, named)
        return {row.person: to_person(row) for row in rows if row.community == community}

    def with_right(self, community: str, right: str) -> tuple[Person, ...]:
        """Who is `facilitator` or `host`, and not gone; by name."""
        question = {"facilitator": _FACILITATORS, "host": _HOSTS}[right]
        return tuple(to_person(row) for row in question.run(self._connection, {"in_community": community}))

    def changed(self, account: Account, profile: Profile) -> None:
        """The platform says something newer about an account. It is not their act: who is not known stays unknown, who
        is gone stays gone, and who could not be reached is no nearer.
        """
        row = self._row(account)
        if row is not None:
            self._write(row, account, _news(row, account, profile), host=profile.host, returns=False)
            self._name_space(row, account, profile)

    def unreachable(self, account: Account) -> None:
        """The platform refused a direct message to this account; undone when the person acts (`seen`)."""
        self._connection.execute(update(people).where(*own_accounts.written_to(account)).values(reachable=False))

    def account_in(self, community: str, person: str, space: Space) -> Account | None:
        """The person's account in that space, if they have one there and have not left it."""
        values = {"in_community": community, "id_": person, "in_platform": space.platform, "in_space": space.id}
        found = _ACCOUNT_IN.value(self._connection, values)
        return None if found is None else Account(space, found)

    def _row(self, account: Account) -> Any:
        values = {"in_platform": account.space.platform, "in_space": account.space.id, "id_": account.id}
        return _BY_ACCOUNT.one(self._connection, values)

    def _meet(self, account: Account, profile: Profile | None) -> None:
        community = community_of(self._connection, account.space, self._chance)
        person = new_id(self._chance(63), 1)
        quiet = Quiet()
        self._connection.execute(
            people.insert().values(
                person=person,
                community=community,
                name=account.id,
                platform=account.space.platform,
                space=account.space.id,
                account=account.id,
                facilitator=False,
                host=False,
                quiet_start=quiet.start,
                quiet_end=quiet.end,
                working_days="".join(str(day) for day in quiet.days),
                reachable=True,
            )
        )
        made = insert(self._connection, accounts).values(
            platform=account.space.platform,
            space=account.space.id,
            account=account.id,
            community=community,
            person=person,
            host=False,
        )
        kept = self._connection.execute(made.on_conflict_do_nothing().returning(accounts.c.person)).scalar()
        if kept is None:  # somebody else met them in the same moment
            self._connection.execute(people.delete().where(people.c.person == person))
        row = self._row(account)
        if row is not None:
            self._notice(row, account, profile)

    def _notice(self, row: Row[Any], account: Account, profile: Profile | None) -> bool:
        """Writes down what is newer than what we knew, now that they act. True when something was."""
        news: dict[str, Any] = {} if profile is None else _news(row, account, profile)
        if _is_main(row, account) and not row.reachable:
            news["reachable"] = True
        if row.gone_at is not None:
            news["gone_at"] = None
        host = row.account_host if profile is None else profile.host
        written = self._write(row, account, news, host=host, returns=True)
        return (profile is not None and self._name_space(row, account, profile)) or written

    def _write(self, row: Row[Any], account: Account, news: dict[str, Any], *, host: bool, returns: bool) -> bool:
        """Keeps what is new of a person, and the rights of an account; `returns`: who had left the space is back."""
        back = returns and row.left_at is not None
        if back or host != row.account_host:
            left_at = None if returns else row.left_at
            self._connection.execute(
                update(accounts).where(*own_accounts.this(account)).values(host=host, left_at=left_at)
            )
            news = news | {"host": own_accounts.administers(self._connection, row.person)}
        if news:
            self._connection.execute(update(people).where(people.c.person == row.person).values(**news))
        return bool(news)

    def _name_space(self, row: Row[Any], account: Account, profile: Profile) -> bool:
        """What the platform calls the space; its community is called so too, until a host gives it a name."""
        name, before = profile.space_name, row.space_platform_name
        if not _is_main(row, account) or name is None or name == before:
            return False
        here = (spaces.c.platform == account.space.platform, spaces.c.space == account.space.id)
        self._connection.execute(update(spaces).where(*here).values(platform_name=name))
        nameless = (~communities.c.set_up, communities.c.name.in_([account.space.id, before or account.space.id]))
        this = communities.c.community == row.community
        self._connection.execute(update(communities).where(this, *nameless).values(name=name))
        return True


def community_of(connection: Connection, space: Space, chance: Callable[[int], int] = secrets.randbits) -> str:
    """The id of the community that this space belongs to; made, not yet set up, at first sight."""
    found = select(spaces.c.community).where(spaces.c.platform == space.platform, spaces.c.space == space.id)
    known = connection.execute(found).scalar()
    if known is not None:
        return str(known)
    fresh = new_id(chance(63), 1)
    place = insert(connection, spaces).values(platform=space.platform, space=space.id, community=fresh, number=1)
    if connection.execute(place.on_conflict_do_nothing().returning(spaces.c.community)).scalar() is not None:
        connection.execute(
            communities.insert().values(
                community=fresh,
                name=space.id,
                language="en",
                timezone="Europe/Amsterdam",
                starters="members",
                keep_emoji="bookmark",
                daily_messages=3,
                contacts=[],
                quiet_days=[],
                homes_elsewhere=[],
                offers_threads=True,
                set_up=False,
            )
        )
    return str(connection.execute(found).scalar_one())


@lru_cache(maxsize=1_024)
def to_person(row: Row[Any]) -> Person:
    """The person as every feature knows them, of a row with the columns of `_PERSON`; the same come often."""
    platform_language = row.platform_language if row.platform_language in LANGUAGES else None
    return Person(
        id=row.person,
        community=row.community,
        name=row.name,
        account=NOWHERE if row.account is None else Account(Space(row.platform, row.space), row.account),
        organisation=row.space_name or row.space_platform_name or row.space or "",
        language=row.language or platform_language or row.common_language,
        timezone=row.timezone or row.platform_timezone or row.common_timezone,
        role=(row.platform_role or "") if row.role is None else row.role,
        facilitator=row.facilitator,
        host=row.host,
        quiet=Quiet(row.quiet_start, row.quiet_end, tuple(int(day) for day in row.working_days)),
        paused_until=row.paused_until,
        reachable=row.reachable,
        gone=row.gone_at is not None,
    )


def _is_main(row: Row[Any], account: Account) -> bool:
    """Whether Kring writes to this account of theirs; what the platform says there is what counts."""
    return (row.platform, row.space, row.account) == (account.space.platform, account.space.id, account.id)


def _news(row: Row[Any], account: Account, profile: Profile) -> dict[str, Any]:
    """What the profile says that we did not know."""
    if not _is_main(row, account):
        return {}
    return {key: value for key, value in _facts(profile).items() if getattr(row, key) != value}


def _facts(profile: Profile) -> dict[str, str]:
    """What the platform says; what it does not say is not forgotten."""
    timezone = known_zone(profile.timezone) if profile.timezone else None
    said = {
        "name": profile.name,
        "platform_language": profile.language,
        "platform_timezone": timezone,
        "platform_role": profile.role,
    }
    return {key: value for key, value in said.items() if value}

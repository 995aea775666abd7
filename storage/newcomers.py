"""Newcomers, what they wrote, their buddies, and what became of their wishes, in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table, and_, bindparam, delete, func, or_, select, update

from bot.newcomers.model import CheckinAnswer, Help, Newcomer, Pairing, Stage, Volunteer
from storage.cipher import Cipher
from storage.newcomer_rows import (
    read_answer,
    read_help,
    read_newcomer,
    read_pairing,
    write_answer,
    write_help,
    write_helpers,
    write_newcomer,
    write_pairing,
)
from storage.newcomer_tables import answers, buddies, counts, helpers, helps, newcomers, pairings, stages
from storage.newcomer_unity import unite
from storage.quick import Quick, rows_of
from storage.upsert import Upsert
from storage.versions import Versions

T = TypeVar("T")

_STAGE = Upsert(
    stages,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["community", "person"], set_={"stage": insert.excluded.stage}
    ),
)
_VOLUNTEER = Upsert(buddies, lambda insert: insert.on_conflict_do_nothing())
_ANSWER = Upsert(answers, lambda insert: insert.on_conflict_do_nothing())
_COUNT = Upsert(
    counts,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["community", "what"], set_={"times": counts.c.times + 1}
    ),
)
_JOINED_SINCE = Quick(
    select(newcomers)
    .where(
        newcomers.c.community == bindparam("in_community"),
        newcomers.c.joined >= bindparam("since"),
        newcomers.c.left_at.is_(None),
    )
    .order_by(newcomers.c.joined, newcomers.c.newcomer)
)
_LOAD = (
    select(pairings.c.buddy, func.count().label("load"))
    .where(
        pairings.c.community == bindparam("in_community"),
        or_(pairings.c.state == "proposed", pairings.c.state == "agreed"),
    )
    .group_by(pairings.c.buddy)
    .subquery()
)
_VOLUNTEERS = Quick(
    select(buddies.c.person, buddies.c.asked, func.coalesce(_LOAD.c.load, 0).label("load"))
    .outerjoin(_LOAD, _LOAD.c.buddy == buddies.c.person)
    .where(buddies.c.community == bindparam("in_community"))
    .order_by(buddies.c.since, buddies.c.person)
)
_PAIRINGS = Quick(
    select(pairings)
    .where(
        pairings.c.community == bindparam("in_community"),
        or_(pairings.c.person == bindparam("of_person"), pairings.c.buddy == bindparam("of_person")),
    )
    .order_by(pairings.c.asked, pairings.c.pairing)
)
_CALLS = Quick(
    select(helps.c.asked, helpers.c.state)
    .join(helpers, and_(helpers.c.community == helps.c.community, helpers.c.help == helps.c.help))
    .where(helpers.c.community == bindparam("in_community"), helpers.c.person == bindparam("of_person"))
    .order_by(helps.c.asked, helps.c.help)
)
_IDS = {newcomers: "newcomer", pairings: "pairing", helps: "help"}


class Newcomers:
    """The newcomers of all communities; every question names one. `cipher` closes what is private."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher
        self._versions = Versions(connection, _IDS)

    # -- newcomers

    def get(self, community: str, newcomer: str) -> Newcomer | None:
        return self._one(newcomers, read_newcomer, community, newcomer=newcomer)

    def of(self, community: str, person: str) -> Newcomer | None:
        return self._one(newcomers, read_newcomer, community, person=person)

    def save(self, community: str, newcomer: Newcomer) -> None:
        self._versions.save(newcomers, community, newcomer.id, write_newcomer(newcomer))

    def joined_since(self, community: str, since: datetime) -> tuple[Newcomer, ...]:
        """Who joined since then and has not left, oldest first."""
        rows = _JOINED_SINCE.run(self._connection, {"in_community": community, "since": since})
        return self._known(newcomers, read_newcomer, community, rows)

    def forget(self, community: str, person: str) -> None:
        """Erases everything kept about this person, as a newcomer, as a buddy and as a helper."""
        theirs = select(helps.c.help).where(helps.c.community == community, helps.c.person == person)
        with_them = or_(helpers.c.person == person, helpers.c.help.in_(theirs))
        self._connection.execute(delete(helpers).where(helpers.c.community == community, with_them))
        for table in (newcomers, answers, stages, buddies, helps):
            self._connection.execute(delete(table).where(table.c.community == community, table.c.person == person))
        either = or_(pairings.c.person == person, pairings.c.buddy == person)
        self._connection.execute(delete(pairings).where(pairings.c.community == community, either))
        self._forget_mentions(community, person)

    def _forget_mentions(self, community: str, person: str) -> None:
        """Nobody's question or wish names them as a reader any more."""
        for table, column in ((answers, "brought_to"), (helps, "told")):
            key = table.c.answer if table is answers else table.c.help
            rows = select(key, table.c[column]).where(table.c.community == community)
            for id_, readers in self._connection.execute(rows).all():
                if person in readers:
                    others = [each for each in readers if each != person]
                    this = and_(table.c.community == community, key == id_)
                    self._connection.execute(update(table).where(this).values({column: others}))

    def unite(self, community: str, person: str, into: str, journey: str, ended: str) -> None:
        """All that is kept about `person` is kept about `into`, see `bot.newcomers.ports`."""
        unite(self._connection, community, person, into, journey, ended)
        self._versions.forget()

    # -- stages

    def stage(self, community: str, person: str) -> Stage | None:
        rows = rows_of(self._connection, stages, community=community, person=person)
        return rows[0].stage if rows else None

    def set_stage(self, community: str, person: str, stage: Stage) -> None:
        values = {"community": community, "person": person, "stage": stage}
        self._connection.execute(_STAGE.on(self._connection), values)

    def stages(self, community: str, people: tuple[str, ...]) -> Mapping[str, Stage]:
        """The stages that these people chose, by person; who chose none is left out."""
        found = select(stages).where(stages.c.community == community, stages.c.person.in_(people))
        return {row.person: row.stage for row in self._connection.execute(found)}

    # -- what newcomers wrote

    def keep(self, community: str, answer: CheckinAnswer) -> None:
        values = write_answer(answer, self._cipher) | {"community": community}
        self._connection.execute(_ANSWER.on(self._connection), values)

    def answer(self, community: str, answer: str) -> CheckinAnswer | None:
        found = rows_of(self._connection, answers, community=community, answer=answer)
        return next((read_answer(row, self._cipher) for row in found), None)

    def answers(self, community: str, newcomer: str) -> tuple[CheckinAnswer, ...]:
        """Oldest first."""
        found = rows_of(self._connection, answers, "at", "answer", community=community, newcomer=newcomer)
        return tuple(read_answer(row, self._cipher) for row in found)

    def drop(self, community: str, newcomer: str, until: datetime | None = None) -> None:
        """Erases the answers of this newcomer given up to then; all of them for None."""
        theirs = and_(answers.c.community == community, answers.c.newcomer == newcomer)
        if until is not None:
            theirs = and_(theirs, answers.c.at <= until)
        self._connection.execute(delete(answers).where(theirs))

    def drop_answer(self, community: str, answer: str) -> None:
        this = and_(answers.c.community == community, answers.c.answer == answer)
        self._connection.execute(delete(answers).where(this))

    # -- buddies

    def volunteers(self, community: str) -> tuple[Volunteer, ...]:
        rows = _VOLUNTEERS.run(self._connection, {"in_community": community})
        return tuple(Volunteer(row.person, row.load, row.asked) for row in rows)

    def volunteer(self, community: str, person: str, now: datetime) -> None:
        values = {"community": community, "person": person, "since": now, "asked": None}
        self._connection.execute(_VOLUNTEER.on(self._connection), values)

    def unvolunteer(self, community: str, person: str) -> None:
        this = and_(buddies.c.community == community, buddies.c.person == person)
        self._connection.execute(delete(buddies).where(this))

    def was_proposed(self, community: str, person: str, now: datetime) -> None:
        """Notes when this volunteer was last proposed to somebody."""
        this = and_(buddies.c.community == community, buddies.c.person == person)
        self._connection.execute(update(buddies).where(this).values(asked=now))

    def pairing(self, community: str, pairing: str) -> Pairing | None:
        return self._one(pairings, read_pairing, community, pairing=pairing)

    def pairings(self, community: str, person: str) -> tuple[Pairing, ...]:
        """All in which this person is the newcomer or the buddy, oldest first."""
        rows = _PAIRINGS.run(self._connection, {"in_community": community, "of_person": person})
        return self._known(pairings, read_pairing, community, rows)

    def save_pairing(self, community: str, pairing: Pairing) -> None:
        self._versions.save(pairings, community, pairing.id, write_pairing(pairing))

    def drop_pairing(self, community: str, pairing: str) -> None:
        this = and_(pairings.c.community == community, pairings.c.pairing == pairing)
        self._connection.execute(delete(pairings).where(this))

    # -- wishes

    def help(self, community: str, help_: str) -> Help | None:
        return self._one(helps, self._with_helpers, community, help=help_)

    def helps(self, community: str, person: str) -> tuple[Help, ...]:
        """What this newcomer asked for, oldest first."""
        rows = rows_of(self._connection, helps, "asked", "help", community=community, person=person)
        return self._known(helps, self._with_helpers, community, rows)

    def calls(self, community: str, person: str) -> tuple[tuple[datetime, str], ...]:
        """When this person was asked to help somebody, and what they said; oldest first."""
        rows = _CALLS.run(self._connection, {"in_community": community, "of_person": person})
        return tuple((row.asked, row.state) for row in rows)

    def _with_helpers(self, row: Row[Any]) -> Help:
        found = rows_of(self._connection, helpers, "position", community=row.community, help=row.help)
        return read_help(row, found, self._cipher)

    def save_help(self, community: str, help_: Help) -> None:
        self._versions.save(helps, community, help_.id, write_help(help_, self._cipher))
        self._connection.execute(delete(helpers).where(helpers.c.community == community, helpers.c.help == help_.id))
        rows = [{"community": community, **each} for each in write_helpers(help_)]
        if rows:
            self._connection.execute(helpers.insert(), rows)

    def drop_help(self, community: str, help_: str) -> None:
        for table in (helpers, helps):
            this = and_(table.c.community == community, table.c.help == help_)
            self._connection.execute(delete(table).where(this))

    # -- what is only counted

    def count(self, community: str, what: str) -> None:
        """One more of something that is only ever counted."""
        values = {"community": community, "what": what, "times": 1}
        self._connection.execute(_COUNT.on(self._connection), values)

    def counts(self, community: str) -> Mapping[str, int]:
        found = select(counts).where(counts.c.community == community)
        return {row.what: row.times for row in self._connection.execute(found)}

    # -- inside

    def _one(self, table: Table, read: Callable[[Row[Any]], T], community: str, **known: str) -> T | None:
        rows = rows_of(self._connection, table, community=community, **known)
        return next(iter(self._known(table, read, community, rows)), None)

    def _known(self, table: Table, read: Callable[[Row[Any]], T], community: str, rows: list[Any]) -> tuple[T, ...]:
        """The things in these rows, whose versions are remembered."""
        self._versions.read(table, community, rows)
        return tuple(read(row) for row in rows)

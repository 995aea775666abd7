"""Dialogue rounds in the database: read in one statement, written where they changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    select,
    union,
    update,
)

from bot.chat.names import Channel
from bot.errors import Overtaken
from bot.rounds.model import Round
from storage.quick import Quick
from storage.remembered import remembered
from storage.round_rows import PARTS, Part, read_round, write_round, write_script
from storage.round_tables import contributions, rounds, seats, votes
from storage.said_rows import Cipher, Values
from storage.stood import stood_in
from storage.upsert import Upsert

_HERE = and_(rounds.c.community == bindparam("in_community"), rounds.c.round == bindparam("in_round"))
_UPDATE = Quick(
    update(rounds)
    .where(_HERE, rounds.c.version == bindparam("read_version"))
    .values(version=rounds.c.version + 1)
    .returning(rounds.c.version)
)
_VERSION = Quick(select(rounds.c.version).where(_HERE))
REMEMBERED = 2_000
"""So many rounds are remembered as they were saved last, for as long as their version is the same: to read one
anew is a third of what an input takes. Each takes 20 to 40 kB.
"""
LOOKED_AT = 100
"""The same for those that were only read."""


_IN_CHANNEL = Quick(stood_in(ended=False).order_by(rounds.c.created_at, rounds.c.round))

_ARRAYS: dict[str, tuple[Any, Any]] = {
    "sqlite": (func.json_group_array, func.json_array),
    "postgresql": (func.json_agg, func.json_build_array),
}
"""How rows become JSON."""


@cache
def _whole(dialect: str) -> Quick:
    """A round with all its parts: for each table a list of rows, each a list that begins with its position."""
    gather, row = _ARRAYS[dialect]
    whole = select(
        rounds,
        *(
            select(gather(row(part.table.c.position, *part.columns)))
            .where(part.table.c.community == rounds.c.community, part.table.c.round == rounds.c.round)
            .scalar_subquery()
            .label(part.table.name)
            for part in PARTS
        ),
    ).where(_HERE)
    return Quick(whole)


_COLUMNS = {part.table.name: tuple(column.name for column in part.columns) for part in PARTS}


def _parts(row: Any, part: Part, cipher: Cipher) -> list[Any]:
    """The parts in one of the lists, in order."""
    found = getattr(row, part.table.name)
    rows = json.loads(found) if isinstance(found, str) else (found or [])
    names = _COLUMNS[part.table.name]
    return [part.read(dict(zip(names, values, strict=True)), cipher) for _, *values in sorted(rows, key=_position)]


def _position(row: list[Any]) -> int:
    position: int = row[0]
    return position


def _at_its_position(table: Table) -> Upsert:
    def build(statement: Any) -> Any:
        taken = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
        return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=taken)

    return Upsert(table, build)


_UPSERTS = {part.table.name: _at_its_position(part.table) for part in PARTS}
_UPSERT_ONE = {name: Quick(upsert) for name, upsert in _UPSERTS.items()}


def _touching() -> Select[Any]:
    """The rounds where a person holds, sits, wrote or voted; each way by an index of its own."""
    ways = (
        *(rounds.c.facilitator, rounds.c.offered_to, rounds.c.early_by),
        *(seats.c.person, contributions.c.person, votes.c.person),
    )
    known = union(
        *(
            select(way.table.c.round).where(
                way.table.c.community == bindparam("in_community"), way == bindparam("of_person")
            )
            for way in ways
        )
    )
    return (
        select(rounds.c.round)
        .where(rounds.c.community == bindparam("in_community"), rounds.c.round.in_(select(known.subquery().c.round)))
        .order_by(rounds.c.created_at, rounds.c.round)
    )


_TOUCHING = Quick(_touching())
_OPEN_FOR = Quick(_touching().where(rounds.c.ended_at.is_(None)))


class Rounds:
    """The rounds of all communities; every question names one. `cipher` closes what is private."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher
        self._stored: dict[tuple[str, str], tuple[Round, int]] = {}
        """What is in the database now, as far as this unit knows, and its version there."""

    def add(self, round_: Round) -> None:
        """Keeps a new round."""
        script = write_script(round_.format)
        self._connection.execute(
            rounds.insert(),
            write_round(round_)
            | {"community": round_.community, "round": round_.id, "version": round_.version, "script": script},
        )
        for part in PARTS:
            self._write(part, round_, range(len(part.of(round_))))
        self._stored[round_.community, round_.id] = round_, round_.version

    def get(self, community: str, id_: str) -> Round | None:
        here = {"in_community": community, "in_round": id_}
        round_ = self._remembered(community, id_)
        if round_ is None:
            row = _whole(self._connection.dialect.name).one(self._connection, here)
            if row is None:
                return None
            round_ = read_round(row, {part.table.name: _parts(row, part, self._cipher) for part in PARTS})
            remembered(self._connection, "rounds read").keep((community, id_), round_, LOOKED_AT)
        self._stored[community, id_] = round_, round_.version
        return round_

    def save(self, round_: Round) -> None:
        """Writes what changed since it was got. Raises Overtaken when somebody else saved it meanwhile."""
        key = round_.community, round_.id
        if key not in self._stored:
            self.get(*key)
        if key not in self._stored or self._stored[key][0].version != round_.version:
            raise Overtaken
        before, version = self._stored[key]
        if before == round_:
            return
        self._update(before, round_, version)
        if before.format != round_.format:
            self._connection.execute(
                update(rounds).where(_HERE),
                {"in_community": key[0], "in_round": key[1], "script": write_script(round_.format)},
            )
        for part in PARTS:
            self._save_part(part, before, round_)
        self._stored[key] = round_, version + 1
        remembered(self._connection, "rounds saved").keep(key, replace(round_, version=version + 1), REMEMBERED)

    def in_channel(self, community: str, channel: Channel) -> tuple[Round, ...]:
        """Those of this channel that have not ended, oldest first."""
        where = {"in_platform": channel.space.platform, "in_space": channel.space.id, "in_channel": channel.id}
        rows = _IN_CHANNEL.run(self._connection, {"in_community": community} | where)
        return self._many(community, (row[0] for row in rows))

    def open_for(self, community: str, person: str) -> tuple[Round, ...]:
        """Those that have not ended and that this person holds, joined or was asked into, oldest first."""
        return self._many(community, self._of_person(_OPEN_FOR, community, person))

    def touching(self, community: str, person: str) -> tuple[Round, ...]:
        """All that know anything of this person, ended ones too, oldest first."""
        return self._many(community, self._of_person(_TOUCHING, community, person))

    # -- inside

    def _remembered(self, community: str, id_: str) -> Round | None:
        """The round as it was saved or read before, if it is still the same."""
        found = [remembered(self._connection, f"rounds {how}").get((community, id_)) for how in ("saved", "read")]
        if found == [None, None]:
            return None
        version = _VERSION.value(self._connection, {"in_community": community, "in_round": id_})
        return next((each for each in found if each is not None and each.version == version), None)

    def _of_person(self, statement: Quick, community: str, person: str) -> Iterable[str]:
        rows = statement.run(self._connection, {"in_community": community, "of_person": person})
        return (row[0] for row in rows)

    def _many(self, community: str, ids: Iterable[str]) -> tuple[Round, ...]:
        found = [self.get(community, id_) for id_ in list(ids)]
        return tuple(round_ for round_ in found if round_ is not None)

    def _update(self, before: Round, round_: Round, version: int) -> None:
        here: Values = {"in_community": round_.community, "in_round": round_.id, "read_version": version}
        was = write_round(before)
        changed = {name: value for name, value in write_round(round_).items() if value != was[name]}
        if _UPDATE.value(self._connection, changed | here) is None:
            raise Overtaken

    def _save_part(self, part: Part, before: Round, after: Round) -> None:
        old, new = part.of(before), part.of(after)
        changed = [at for at, each in enumerate(new) if at >= len(old) or (old[at] is not each and old[at] != each)]
        self._write(part, after, changed)
        if len(new) < len(old):
            self._connection.execute(
                _beyond(part.table), {"in_community": after.community, "in_round": after.id, "kept": len(new)}
            )

    def _write(self, part: Part, round_: Round, positions: Iterable[int]) -> None:
        rows = [
            part.write(part.of(round_)[at], self._cipher)
            | {"community": round_.community, "round": round_.id, "position": at}
            for at in positions
        ]
        if len(rows) == 1:
            _UPSERT_ONE[part.table.name].run(self._connection, rows[0])
        elif rows:
            self._connection.execute(_UPSERTS[part.table.name].on(self._connection), rows)


@cache
def _beyond(table: Table) -> Any:
    """Deletes the positions that a round has no more."""
    return delete(table).where(
        table.c.community == bindparam("in_community"),
        table.c.round == bindparam("in_round"),
        table.c.position >= bindparam("kept"),
    )

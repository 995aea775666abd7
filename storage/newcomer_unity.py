"""Two people of a community turned out to be one: what the newcomers' feature keeps about both is put together."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, and_, delete, select, update

from storage.newcomer_tables import answers, buddies, helpers, helps, newcomers, pairings, stages

_JOURNEYS = (answers, pairings, helps)
"""What belongs to a journey."""
_NAMING = ((newcomers, "person"), (answers, "person"), (pairings, "person"), (pairings, "buddy"), (helps, "person"))
_READERS = ((answers, "answer", "brought_to"), (helps, "help", "told"))


def unite(connection: Connection, community: str, person: str, into: str, journey: str, ended: str) -> None:
    """As `bot.newcomers.ports.Newcomers.unite` says."""
    run = connection.execute
    if ended:
        run(delete(newcomers).where(newcomers.c.community == community, newcomers.c.newcomer == ended))
        for table in _JOURNEYS:
            of_it = and_(table.c.community == community, table.c.newcomer == ended)
            run(update(table).where(of_it).values(newcomer=journey, **_next_version(table)))
    _own_wish(connection, community, person, into)
    for table in (stages, buddies):
        _once(connection, table, community, person, into)
    _once(connection, helpers, community, person, into, "help")
    for table, column in _NAMING:
        theirs = and_(table.c.community == community, table.c[column] == person)
        run(update(table).where(theirs).values({column: into, **_next_version(table)}))
    for table, key, column in _READERS:
        rows = select(table.c[key], table.c[column]).where(table.c.community == community)
        for id_, readers in run(rows).all():
            if person in readers:
                once = list(dict.fromkeys(into if each == person else each for each in readers))
                this = and_(table.c.community == community, table.c[key] == id_)
                run(update(table).where(this).values({column: once}))


def _own_wish(connection: Connection, community: str, person: str, into: str) -> None:
    """Nobody is called to their own help."""
    for asked, called in ((person, into), (into, person)):
        wishes = select(helps.c.help).where(helps.c.community == community, helps.c.person == asked)
        own = and_(helpers.c.community == community, helpers.c.person == called, helpers.c.help.in_(wishes))
        connection.execute(delete(helpers).where(own))


def _once(connection: Connection, table: Table, community: str, person: str, into: str, *keys: str) -> None:
    """Rows of which a person has one (for each of the keys): of two the one of `into` stays."""
    there = table.alias()
    same = [there.c[key] == table.c[key] for key in keys]
    taken = select(there.c.person).where(there.c.community == community, there.c.person == into, *same).exists()
    theirs = and_(table.c.community == community, table.c.person == person)
    connection.execute(delete(table).where(theirs, taken))
    connection.execute(update(table).where(theirs).values(person=into))


def _next_version(table: Table) -> dict[str, Any]:
    return {"version": table.c.version + 1} if "version" in table.c else {}

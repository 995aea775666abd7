"""The statements about know-how items, built once, so that SQLAlchemy finds them compiled."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Table, and_, bindparam, delete, select, union, update

from storage.item_tables import consents, items, quotes, tries

OPEN_STAGES = ("shared", "retired")

COMMUNITY = items.c.community == bindparam("in_community")
THIS = and_(COMMUNITY, items.c.item == bindparam("in_item"))
ITEM = select(items).where(THIS)
OLDEST = (items.c.created_at, items.c.item)
ADD = items.insert()
UPDATE = (
    update(items)
    .where(THIS, items.c.version == bindparam("read_version"))
    .values(version=items.c.version + 1)
    .returning(items.c.version)
)
NUMBERED = select(items.c.item).where(COMMUNITY, items.c.number == bindparam("in_number"))
NUMBERS = select(items.c.number).where(COMMUNITY, items.c.stage.in_(OPEN_STAGES)).order_by(items.c.number)
SHARED = select(items.c.item).where(COMMUNITY, items.c.stage.in_(OPEN_STAGES)).order_by(items.c.number)
NEWEST = (
    select(items.c.item)
    .where(COMMUNITY, items.c.stage == "shared")
    .order_by(items.c.shared_at.desc(), items.c.item)
    .limit(bindparam("most"))
)
ORIGIN = select(items.c.item).where(COMMUNITY, items.c.origin == bindparam("in_origin"))
DRAFTS = (
    select(items.c.item)
    .where(COMMUNITY, items.c.keeper == bindparam("of_person"), items.c.stage.not_in(OPEN_STAGES))
    .order_by(*OLDEST)
)
AT = and_(
    items.c.platform == bindparam("in_platform"),
    items.c.space == bindparam("in_space"),
    items.c.channel == bindparam("in_channel"),
)
FROM = (
    select(items.c.item)
    .where(COMMUNITY, AT, items.c.thread == bindparam("in_thread"))
    .order_by(*OLDEST)
)  # fmt: skip
QUOTING = select(quotes.c.item).where(  # in no order: to have one, SQLite reads all quotes of the community
    quotes.c.community == bindparam("in_community"),
    quotes.c.platform == bindparam("in_platform"),
    quotes.c.space == bindparam("in_space"),
    quotes.c.channel == bindparam("in_channel"),
    quotes.c.message == bindparam("in_message"),
)


def _touching() -> Select[Any]:
    """The items that know anything of a person; each way by an index of its own."""
    known = union(
        *(
            select(way.table.c.item).where(
                way.table.c.community == bindparam("in_community"), way == bindparam("of_person")
            )
            for way in (items.c.keeper, consents.c.person, tries.c.person)
        )
    )
    return select(items.c.item).where(COMMUNITY, items.c.item.in_(select(known.subquery().c.item))).order_by(*OLDEST)


TOUCHING = _touching()


def _rows(table: Table) -> Select[Any]:
    mine = table.c.community == bindparam("in_community"), table.c.item == bindparam("in_item")
    return select(table).where(*mine).order_by(table.c.n)


def _erase(table: Table) -> Any:
    return delete(table).where(table.c.community == bindparam("in_community"), table.c.item == bindparam("in_item"))


ROWS = {table: _rows(table) for table in (quotes, consents, tries)}
ERASE = {table: _erase(table) for table in (quotes, consents, tries, items)}

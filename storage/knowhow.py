"""Know-how items in the database: who keeps them, whose words are in them, who agreed, who tried.

Drafts are their keeper's alone, so their words are closed by the cipher; what is shared is everybody's and stands open.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, Row, Table

from bot.chat.names import Channel, MessageRef, Place, Space, Thread
from bot.chat.wire import from_json, to_json
from bot.errors import Overtaken
from bot.knowhow.model import Contributor, Item, Quote, Tried
from bot.knowhow.wording import searched
from storage import item_statements as statements
from storage.cipher import Cipher
from storage.item_tables import consents, quotes, tries
from storage.search import Search

KIND = "item"
"""The kind of thing that a search finds here."""


class KnowHow:
    """The items of all communities; every question names one. `cipher` closes what is private."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher
        self._search = Search(connection)
        self._stored: dict[tuple[str, str], tuple[Item, int]] = {}
        """What is in the database now, as far as this unit knows, and its version there."""

    def add(self, item: Item) -> None:
        """Keeps a new item."""
        here = {"community": item.community, "item": item.id, "version": item.version}
        self._connection.execute(statements.ADD, self._item_row(item) | here)
        self._write_parts(item)
        self._index(item)
        self._stored[item.community, item.id] = item, item.version

    def get(self, community: str, id_: str) -> Item | None:
        here = {"in_community": community, "in_item": id_}
        row = self._connection.execute(statements.ITEM, here).one_or_none()
        if row is None:
            return None
        open_ = self._opener(row.stage)
        item = Item(
            row.item,
            row.community,
            row.keeper,
            row.created_at,
            kind=row.kind,
            stage=row.stage,
            scope=row.scope,
            circle=row.circle,
            number=row.number,
            own=json.loads(open_(row.own)),
            link=open_(row.link),
            transfer=row.transfer,
            evidence=row.evidence,
            language=row.language,
            sensitive=row.sensitive,
            quotes=tuple(_quote(each, open_) for each in self._connection.execute(statements.ROWS[quotes], here)),
            contributors=tuple(
                Contributor(
                    each.n,
                    each.person,
                    each.consent,
                    self._cipher.open(each.text),
                    each.version,
                    each.may_ask,
                    each.name,
                    each.answered_at,
                )
                for each in self._connection.execute(statements.ROWS[consents], here)
            ),
            tried=tuple(_tried(each) for each in self._connection.execute(statements.ROWS[tries], here)),
            place=_place(row),
            message=_message(row),
            origin=row.origin,
            cards=from_json(row.cards, tuple[Channel, ...]),
            asked_until=row.asked_until,
            open_since=row.open_since,
            shared_at=row.shared_at,
            reviewed_at=row.reviewed_at,
            told_at=row.told_at,
            version=row.version,
        )
        self._stored[community, id_] = item, item.version
        return item

    def many(self, community: str, ids: Iterable[str]) -> tuple[Item, ...]:
        """Those that there are, in the order asked for."""
        found = [self.get(community, id_) for id_ in list(ids)]
        return tuple(item for item in found if item is not None)

    def save(self, item: Item) -> None:
        """Writes what changed since it was got. Raises Overtaken when somebody else saved it meanwhile."""
        key = item.community, item.id
        if key not in self._stored:
            self.get(*key)
        if key not in self._stored or self._stored[key][0].version != item.version:
            raise Overtaken
        before, version = self._stored[key]
        if before == item:
            return
        here = {"in_community": item.community, "in_item": item.id, "read_version": version}
        if self._connection.execute(statements.UPDATE, self._item_row(item) | here).scalar() is None:
            raise Overtaken
        parts = (before.quotes, before.contributors, before.tried) != (item.quotes, item.contributors, item.tried)
        if parts or before.stage != item.stage:
            for table in statements.ROWS:
                self._connection.execute(statements.ERASE[table], {"in_community": item.community, "in_item": item.id})
            self._write_parts(item)
        self._index(item)
        self._stored[key] = item, version + 1

    def remove(self, community: str, id_: str) -> None:
        """Erases an item with everything in it."""
        for statement in statements.ERASE.values():
            self._connection.execute(statement, {"in_community": community, "in_item": id_})
        self._search.drop(community, KIND, id_)
        self._stored.pop((community, id_), None)

    def numbered(self, community: str, number: int) -> Item | None:
        return self._one(community, statements.NUMBERED, in_number=number)

    def numbers(self, community: str) -> tuple[int, ...]:
        """The numbers of what is shared or rests, lowest first."""
        return tuple(self._connection.scalars(statements.NUMBERS, {"in_community": community}))

    def from_place(self, community: str, place: Place) -> tuple[Item, ...]:
        """What was kept from this thread or channel, oldest first."""
        return self._all(community, statements.FROM, **_placed(place))

    def from_origin(self, community: str, origin: str) -> Item | None:
        """What was kept from this contribution of a round."""
        return self._one(community, statements.ORIGIN, in_origin=origin)

    def quoting(self, community: str, message: MessageRef) -> tuple[Item, ...]:
        """The items with words of this message, by id."""
        at = _placed(message.channel)
        del at["in_thread"]
        here = {"in_community": community, "in_message": message.id, **at}
        return self.many(community, sorted(set(self._connection.scalars(statements.QUOTING, here))))

    def drafts_of(self, community: str, person: str) -> tuple[Item, ...]:
        """What this person keeps and has not shared, oldest first."""
        return self._all(community, statements.DRAFTS, of_person=person)

    def touching(self, community: str, person: str) -> tuple[Item, ...]:
        """All that know anything of this person, oldest first."""
        return self._all(community, statements.TOUCHING, of_person=person)

    def newest(self, community: str, limit: int) -> tuple[Item, ...]:
        """What was shared last, newest first."""
        return self._all(community, statements.NEWEST, most=limit)

    def shared(self, community: str) -> tuple[Item, ...]:
        """All that is shared or rests, by number."""
        return self._all(community, statements.SHARED)

    def find(self, community: str, words: str, limit: int) -> tuple[Item, ...]:
        """What is shared or rests and has these words or their stems in it, best first."""
        return self.many(community, self._search.find(community, KIND, words, limit))

    def like(self, community: str, text: str, limit: int) -> tuple[Item, ...]:
        """What is shared or rests and has most words in common with a text, best first."""
        return self.many(community, self._search.like(community, KIND, text, limit))

    # -- inside

    def _index(self, item: Item) -> None:
        """Only what everybody may see can be found."""
        if item.stage in statements.OPEN_STAGES:
            self._search.put(item.community, KIND, item.id, searched(item))
        elif item.number is not None:  # taken back
            self._search.drop(item.community, KIND, item.id)

    def _all(self, community: str, statement: Any, **values: Any) -> tuple[Item, ...]:
        return self.many(community, self._connection.scalars(statement, {"in_community": community, **values}))

    def _one(self, community: str, statement: Any, **values: Any) -> Item | None:
        found = self._connection.scalars(statement, {"in_community": community, **values}).first()
        return None if found is None else self.get(community, found)

    def _closer(self, stage: str) -> Callable[[str], str]:
        return str if stage in statements.OPEN_STAGES else self._cipher.close

    def _opener(self, stage: str) -> Callable[[str], str]:
        return str if stage in statements.OPEN_STAGES else self._cipher.open

    def _item_row(self, item: Item) -> dict[str, Any]:
        close = self._closer(item.stage)
        place = item.place or (item.message.channel if item.message else None)
        return {
            "keeper": item.keeper,
            "kind": item.kind,
            "stage": item.stage,
            "scope": item.scope,
            "circle": item.circle,
            "number": item.number,
            "own": close(json.dumps(dict(item.own), ensure_ascii=False)),
            "link": close(item.link),
            "transfer": item.transfer,
            "evidence": item.evidence,
            "language": item.language,
            "sensitive": item.sensitive,
            **_where(place),
            "message": item.message.id if item.message else "",
            "origin": item.origin,
            "cards": to_json(item.cards, tuple[Channel, ...]),
            "created_at": item.created_at,
            "asked_until": item.asked_until,
            "open_since": item.open_since,
            "shared_at": item.shared_at,
            "reviewed_at": item.reviewed_at,
            "told_at": item.told_at,
        }

    def _write_parts(self, item: Item) -> None:
        close = self._closer(item.stage)
        key = {"community": item.community, "item": item.id}
        parts: dict[Table, list[dict[str, Any]]] = {
            quotes: [
                key
                | {"n": each.n, "field": each.field, "text": close(each.text), "contributor": each.by}
                | _where(each.source.place if each.source else None)
                | {"message": each.source.id if each.source else "", "paraphrased": each.paraphrased}
                for each in item.quotes
            ],
            consents: [
                key
                | {"n": each.n, "person": each.person, "consent": each.consent, "text": self._cipher.close(each.text)}
                | {"version": each.version, "may_ask": each.may_ask, "name": each.name}
                | {"answered_at": each.answered_at}
                for each in item.contributors
            ],
            tries: [
                key
                | {"n": each.n, "person": each.person, "outcome": each.outcome, "situation": each.situation}
                | {"changed": each.changed, "again": each.again, "named": each.named, "at": each.at}
                for each in item.tried
            ],
        }
        for table, rows in parts.items():
            if rows:
                self._connection.execute(table.insert(), rows)


def _where(place: Place | None) -> dict[str, str]:
    if place is None:
        return {"platform": "", "space": "", "channel": "", "thread": ""}
    channel = place.channel if isinstance(place, Thread) else place
    thread = place.id if isinstance(place, Thread) else ""
    return {"platform": channel.space.platform, "space": channel.space.id, "channel": channel.id, "thread": thread}


def _placed(place: Place) -> dict[str, str]:
    return {f"in_{name}": value for name, value in _where(place).items()}


def _channel(row: Row[Any] | Any) -> Channel:
    return Channel(Space(row.platform, row.space), row.channel)


def _place(row: Row[Any] | Any) -> Place | None:
    if not row.platform:
        return None
    return Thread(_channel(row), row.thread) if row.thread else _channel(row)


def _message(row: Row[Any] | Any) -> MessageRef | None:
    thread = row.thread if row.thread != row.message else ""
    return MessageRef(_channel(row), row.message, thread or None) if row.message else None


def _quote(row: Row[Any] | Any, open_: Callable[[str], str]) -> Quote:
    return Quote(row.n, row.field, open_(row.text), row.contributor, _message(row), row.paraphrased)


def _tried(row: Row[Any] | Any) -> Tried:
    return Tried(row.n, row.person, row.outcome, row.situation, row.changed, row.again, row.named, row.at)

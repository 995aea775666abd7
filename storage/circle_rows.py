"""How circles and what people said for them are written in rows and read again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from bot.chat.names import Channel, Space
from bot.circles.model import Circle, Declared, Formation, Seat, Wish
from storage.cipher import Cipher

Values = dict[str, Any]


def _place(channel: Channel | None) -> Values:
    return {
        "platform": channel and channel.space.platform,
        "space": channel and channel.space.id,
        "channel": channel and channel.id,
    }


def _channel(row: Row[Any]) -> Channel | None:
    return None if row.channel is None else Channel(Space(row.platform, row.space), row.channel)


def write_circle(circle: Circle) -> Values:
    return {
        "circle": circle.id,
        "number": circle.number,
        "name": circle.name,
        "question": circle.question,
        "state": circle.state,
        "facilitator": circle.facilitator,
        **_place(circle.home),
        "formation": circle.formation,
        "made": circle.made,
        "ask_until": circle.ask_until,
        "small_since": circle.small_since,
    }


def write_seats(circle: Circle) -> list[Values]:
    return [
        {
            "circle": circle.id,
            "person": each.person,
            "position": position,
            "state": each.state,
            "since": each.since,
        }
        for position, each in enumerate(circle.seats)
    ]


def read_circle(row: Row[Any], seats: Iterable[Row[Any]]) -> Circle:
    """`seats` in their order."""
    return Circle(
        id=row.circle,
        number=row.number,
        name=row.name,
        question=row.question,
        state=row.state,
        facilitator=row.facilitator,
        home=_channel(row),
        formation=row.formation,
        made=row.made,
        seats=tuple(Seat(each.person, each.state, each.since) for each in seats),
        ask_until=row.ask_until,
        small_since=row.small_since,
    )


def write_declared(declared: Declared, cipher: Cipher) -> Values:
    return {
        "person": declared.person,
        "ready": declared.ready,
        "experience": declared.experience,
        "languages": list(declared.languages),
        "slots": list(declared.slots),
        "topics": cipher.close(declared.topics),
    }


def read_declared(row: Row[Any], cipher: Cipher) -> Declared:
    return Declared(
        person=row.person,
        ready=row.ready,
        experience=row.experience,
        languages=tuple(row.languages),
        slots=tuple(row.slots),
        topics=cipher.open(row.topics),
    )


def write_wish(wish: Wish, cipher: Cipher) -> Values:
    return {"person": wish.person, "other": wish.other, "kind": cipher.close(wish.kind)}


def read_wish(row: Row[Any], cipher: Cipher) -> Wish:
    return Wish(row.person, row.other, cipher.open(row.kind))  # type: ignore[arg-type]  # what was written


def write_formation(formation: Formation) -> Values:
    return {
        "formation": formation.id,
        "number": formation.number,
        "asked_by": formation.by,
        "name": formation.name,
        "question": formation.question,
        "live": formation.live,
        **_place(formation.home),
        "seed": str(formation.seed),
        "at": formation.at,
        "seating": [list(each) for each in formation.circles],
        "state": formation.state,
        "turns": formation.turns,
        "share": formation.share,
    }


def read_formation(row: Row[Any]) -> Formation:
    return Formation(
        id=row.formation,
        number=row.number,
        by=row.asked_by,
        name=row.name,
        question=row.question,
        live=row.live,
        home=_channel(row),
        seed=int(row.seed),
        at=row.at,
        circles=tuple(tuple(each) for each in row.seating),
        state=row.state,
        turns=row.turns,
        share=row.share,
    )

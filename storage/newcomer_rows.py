"""How the newcomers' things are written in rows and read again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from bot.chat.names import Channel, Space
from bot.newcomers.model import Called, CheckinAnswer, Help, Newcomer, Pairing
from storage.cipher import Cipher

Values = dict[str, Any]


def write_newcomer(newcomer: Newcomer) -> Values:
    channel = newcomer.channel
    return {
        "newcomer": newcomer.id,
        "person": newcomer.person,
        "joined": newcomer.joined,
        "start": newcomer.start,
        "last": newcomer.last,
        "platform": channel and channel.space.platform,
        "space": channel and channel.space.id,
        "channel": channel and channel.id,
        "pace": newcomer.pace,
        "done": newcomer.done,
        "unanswered": list(newcomer.open),
        "undelivered": newcomer.undelivered,
        "greeted_in_public": newcomer.greeted_in_public,
        "introduced": newcomer.introduced,
        "left_at": newcomer.left,
    }


def read_newcomer(row: Row[Any]) -> Newcomer:
    return Newcomer(
        id=row.newcomer,
        person=row.person,
        joined=row.joined,
        start=row.start,
        last=row.last,
        channel=None if row.channel is None else Channel(Space(row.platform, row.space), row.channel),
        pace=row.pace,
        done=row.done,
        open=tuple(row.unanswered),
        undelivered=row.undelivered,
        greeted_in_public=row.greeted_in_public,
        introduced=row.introduced,
        left=row.left_at,
    )


def write_answer(answer: CheckinAnswer, cipher: Cipher) -> Values:
    return {
        "answer": answer.id,
        "newcomer": answer.newcomer,
        "person": answer.person,
        "kind": answer.kind,
        "words": cipher.close(answer.text),
        "at": answer.at,
        "brought_to": list(answer.to),
    }


def read_answer(row: Row[Any], cipher: Cipher) -> CheckinAnswer:
    return CheckinAnswer(
        row.answer, row.newcomer, row.person, row.kind, cipher.open(row.words), row.at, tuple(row.brought_to)
    )


def write_pairing(pairing: Pairing) -> Values:
    return {
        "pairing": pairing.id,
        "newcomer": pairing.newcomer,
        "person": pairing.person,
        "buddy": pairing.buddy,
        "asked": pairing.asked,
        "state": pairing.state,
        "told": pairing.told,
        "wanted": pairing.wanted,
    }


def read_pairing(row: Row[Any]) -> Pairing:
    return Pairing(row.pairing, row.newcomer, row.person, row.buddy, row.asked, row.state, row.told, row.wanted)


def write_help(help_: Help, cipher: Cipher) -> Values:
    """The request itself; its helpers have rows of their own."""
    return {
        "help": help_.id,
        "newcomer": help_.newcomer,
        "person": help_.person,
        "kind": help_.kind,
        "words": cipher.close(help_.words),
        "with_name": help_.with_name,
        "asked": help_.asked,
        "tell_at": help_.tell_at,
        "own_up_at": help_.own_up_at,
        "told": list(help_.told),
        "state": help_.state,
    }


def write_helpers(help_: Help) -> list[Values]:
    return [
        {
            "help": help_.id,
            "person": helper.person,
            "position": position,
            "remind_at": helper.remind_at,
            "state": helper.state,
        }
        for position, helper in enumerate(help_.helpers)
    ]


def read_help(row: Row[Any], helpers: Iterable[Row[Any]], cipher: Cipher) -> Help:
    return Help(
        id=row.help,
        newcomer=row.newcomer,
        person=row.person,
        kind=row.kind,
        words=cipher.open(row.words),
        with_name=row.with_name,
        asked=row.asked,
        tell_at=row.tell_at,
        own_up_at=row.own_up_at,
        helpers=tuple(Called(each.person, each.remind_at, each.state) for each in helpers),
        told=tuple(row.told),
        state=row.state,
    )

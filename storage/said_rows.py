"""What was said in a round as rows and back: contributions and votes. What is private is closed by the cipher."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Protocol

from bot.chat.names import Channel, MessageRef, Space
from bot.rounds.said import Consent, Contribution, Vote

Values = dict[str, Any]


class Cipher(Protocol):
    def close(self, text: str) -> str:
        """The text so that only the holder of the key can read it."""

    def open(self, closed: str) -> str:
        """The text that `close` was given."""


def moment(value: str | None) -> datetime | None:
    """SQLite forgets zones; PostgreSQL writes its own."""
    if value is None:
        return None
    moment = datetime.fromisoformat(value)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


# -- contributions


def write_contribution(one: Contribution, cipher: Cipher) -> Values:
    close = cipher.close if one.revealed_at is None or one.inside else str
    fields = json.dumps(one.fields, ensure_ascii=False) if one.fields else ""
    return {
        "contribution": one.id,
        "step": one.step,
        "person": one.person,
        "body": close(one.body),
        "fields": close(fields),
        "responds_to": one.to,
        "named": one.named,
        "revealed_at": one.revealed_at,
        "edited_at": one.edited_at,
        "removed": one.removed,
        "withdrawn": one.withdrawn,
        "marked": one.marked,
        "consent": one.consent.answer if one.consent else None,
        "consent_words": cipher.close(one.consent.words) if one.consent else None,
        "consent_ask": one.consent.ask if one.consent else None,
        "inside": one.inside or None,
        "in_group": one.group,
        **_write_message(one.message),
    }


def read_contribution(row: Values, cipher: Cipher) -> Contribution:
    revealed_at = moment(row["revealed_at"])
    open_ = cipher.open if revealed_at is None or row["inside"] else str
    fields = open_(row["fields"])
    return Contribution(
        id=row["contribution"],
        step=row["step"],
        person=row["person"],
        body=open_(row["body"]),
        fields=tuple((name, value) for name, value in json.loads(fields)) if fields else (),
        to=row["responds_to"],
        named=bool(row["named"]),
        message=_read_message(row),
        revealed_at=revealed_at,
        edited_at=moment(row["edited_at"]),
        removed=bool(row["removed"]),
        withdrawn=bool(row["withdrawn"]),
        marked=bool(row["marked"]),
        inside=bool(row["inside"]),
        group=row["in_group"],
        consent=_read_consent(row, cipher),
    )


def _read_consent(row: Values, cipher: Cipher) -> Consent | None:
    if not row["consent"]:
        return None
    return Consent(row["consent"], cipher.open(row["consent_words"]), ask=bool(row["consent_ask"]))


def _write_message(message: MessageRef | None) -> Values:
    return {
        "message_platform": message.channel.space.platform if message else None,
        "message_space": message.channel.space.id if message else None,
        "message_channel": message.channel.id if message else None,
        "message_thread": message.thread if message else None,
        "message": message.id if message else None,
    }


def _read_message(row: Values) -> MessageRef | None:
    if row["message"] is None:
        return None
    channel = Channel(Space(row["message_platform"], row["message_space"]), row["message_channel"])
    return MessageRef(channel, row["message"], row["message_thread"])


# -- votes


def write_vote(vote: Vote, cipher: Cipher) -> Values:
    return {
        "step": vote.step,
        "person": vote.person,
        "picks": cipher.close(json.dumps(vote.picks)),
        "words": cipher.close(vote.words),
        "named": vote.named,
        "taken_up": cipher.close(vote.taken_up),
    }


def read_vote(row: Values, cipher: Cipher) -> Vote:
    picks = tuple(json.loads(cipher.open(row["picks"])))
    words = cipher.open(row["words"])
    taken_up = cipher.open(row["taken_up"]) if row["taken_up"] else ""
    return Vote(row["step"], row["person"], picks, words, bool(row["named"]), taken_up)

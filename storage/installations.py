"""Where Kring was installed, and with which tokens: one row for each space of a platform that gives tokens by space."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, String, Table, Text, bindparam, delete, or_, select, update

from bot.chat.names import Space
from storage.cipher import Cipher
from storage.schema import Utc, metadata
from storage.upsert import Upsert

installations = Table(
    "installations",
    metadata,
    Column("platform", String, primary_key=True),
    Column("space", String, primary_key=True),
    # tokens and what belongs to them as the platform's adapter writes it, closed by the cipher
    Column("body", Text, nullable=False),
    Column("updated_at", Utc, nullable=False),
    # until then somebody exchanges the tokens for new ones
    Column("rotating_until", Utc),
)

_THIS = (
    installations.c.platform == bindparam("on_platform"),
    installations.c.space == bindparam("in_space"),
)
_KEEP = Upsert(
    installations,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["platform", "space"],
        set_={"body": insert.excluded.body, "updated_at": insert.excluded.updated_at, "rotating_until": None},
    ),
)
_GET = select(installations.c.body).where(*_THIS)
_ALL = (
    select(installations.c.space, installations.c.body)
    .where(installations.c.platform == bindparam("on_platform"))
    .order_by(installations.c.space)
)
_DROP = delete(installations).where(*_THIS)
_CLAIM_ROTATION = (
    update(installations)
    .where(
        *_THIS,
        or_(installations.c.rotating_until.is_(None), installations.c.rotating_until <= bindparam("now")),
    )
    .values(rotating_until=bindparam("until"))
    .returning(installations.c.space)
)


class Installations:
    """Kring is installed in a space before anybody there has said a word, so they stand outside all communities."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    def keep(self, space: Space, text: str, now: datetime) -> None:
        """Keeps the tokens instead of older ones. Whoever claimed to exchange those is done."""
        row = {
            "platform": space.platform,
            "space": space.id,
            "body": self._cipher.close(text),
            "updated_at": now,
            "rotating_until": None,
        }
        self._connection.execute(_KEEP.on(self._connection), row)

    def get(self, space: Space) -> str | None:
        """None where Kring is not installed (any more)."""
        body: str | None = self._connection.execute(_GET, _this(space)).scalar()
        return None if body is None else self._cipher.open(body)

    def all(self, platform: str) -> dict[str, str]:
        """By space."""
        rows = self._connection.execute(_ALL, {"on_platform": platform})
        return {row.space: self._cipher.open(row.body) for row in rows}

    def drop(self, space: Space) -> None:
        """Kring is installed there no more."""
        self._connection.execute(_DROP, _this(space))

    def claim_rotation(self, space: Space, now: datetime, lease: timedelta) -> bool:
        """True for one caller, who may exchange the tokens until the lease is over or they are kept."""
        claimed = self._connection.execute(_CLAIM_ROTATION, _this(space) | {"now": now, "until": now + lease})
        return claimed.scalar() is not None


def _this(space: Space) -> dict[str, str]:
    return {"on_platform": space.platform, "in_space": space.id}

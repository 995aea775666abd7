"""What the door is measured against: Bolt that acknowledges and does nothing, and the obvious build."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SECRET = "floor"  # noqa: S105 - it signs requests that go nowhere


class Bolt:
    """Bolt with one listener that does nothing, acknowledging after it ran; from signed request to response."""

    def __init__(self) -> None:
        self._app = AsyncApp(
            signing_secret=SECRET,
            process_before_response=True,
            client=AsyncWebClient(),
            authorize=self._authorize,
            request_verification_enabled=True,
        )

        @self._app.event("message")
        async def _nothing() -> None:
            pass

    @staticmethod
    async def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-floor", bot_user_id="U0")  # noqa: S106

    async def event(self, number: int) -> None:
        body = json.dumps(
            {
                "type": "event_callback",
                "team_id": "T1",
                "event_id": f"Ev{number}",
                "event": {"type": "message", "channel": "C1", "user": "U1", "text": "hello", "ts": f"1.{number}"},
            }
        )
        stamp = str(int(time.time()))
        digest = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {
            "content-type": "application/json",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={digest}",
        }
        response = await self._app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
        assert response.status == 200, response.body


class Base(DeclarativeBase):
    pass


class Seen(Base):
    __tablename__ = "inbox"
    event: Mapped[str] = mapped_column(primary_key=True)


class Round(Base):
    __tablename__ = "rounds"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]


class Seat(Base):
    __tablename__ = "seats"
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    body: Mapped[str]


class Fact(Base):
    __tablename__ = "facts"
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(index=True)
    body: Mapped[str]


class Outbox(Base):
    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(index=True)
    body: Mapped[str]


@asynccontextmanager
async def obvious_build(file: Path) -> AsyncIterator[Any]:
    """A contribution as most would write it: the ORM's async session on aiosqlite, one commit for each."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{file}")

    @event.listens_for(engine.sync_engine, "connect")
    def _durable(dbapi: Any, _: object) -> None:
        cursor = dbapi.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    session = async_sessionmaker(engine, expire_on_commit=False)
    async with session.begin() as filling:
        filling.add_all(Round(id=number, version=0) for number in range(8))
        filling.add_all(Seat(id=8 * r + s, round_id=r, body="") for r in range(8) for s in range(8))

    numbers = itertools.count()

    async def contribute(_: int) -> None:
        async with session.begin() as unit:
            await _contribute(unit, next(numbers))

    try:
        yield contribute
    finally:
        await engine.dispose()


async def _contribute(unit: AsyncSession, number: int) -> None:
    unit.add(Seen(event=f"e{number}"))
    await unit.flush()
    round_ = (await unit.execute(select(Round).where(Round.id == number % 8))).scalar_one()
    seats = (await unit.execute(select(Seat).where(Seat.round_id == round_.id))).scalars().all()
    seats[number // 8 % 8].body = f"I wait ten seconds ({number})."
    round_.version += 1
    unit.add(Fact(round_id=round_.id, body='{"fact": "Answered"}'))
    unit.add(Outbox(conversation="c1", body='{"kind": "edit"}'))

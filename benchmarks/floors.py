"""What the door is measured against: Bolt that acknowledges and does nothing, and the obvious build."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from benchmarks.signed import Request, Signed

SECRET = "floor"  # noqa: S105 - it signs requests that go nowhere


Write = Callable[[str], Awaitable[None]]
"""Makes the id of an event durable."""


class Bolt:
    """Bolt whose one listener for messages does nothing, or what it is given; its `/kring` answers with one word.

    From signed request to response. It acknowledges when the listener is done, unless `at_once`, its default.
    """

    def __init__(self, write: Write | None = None, *, at_once: bool = False) -> None:
        self.app = AsyncApp(
            signing_secret=SECRET,
            process_before_response=not at_once,
            client=AsyncWebClient(),
            authorize=self._authorize,
            request_verification_enabled=True,
        )
        self._signed = Signed(SECRET)

        @self.app.event("message")
        async def _nothing(body: dict[str, Any]) -> None:
            if write is not None:
                await write(body["event_id"])

        @self.app.command("/kring")
        async def _answer(ack: Any) -> None:
            await ack("Here.")

    @staticmethod
    async def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-floor", bot_user_id="U0")  # noqa: S106

    async def event(self, number: int) -> None:
        message = {"type": "message", "channel": "C1", "user": "U1", "text": "hello", "ts": f"1.{number}"}
        body = {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{number}", "event": message}
        await self.take(self._signed.json(body))

    async def take(self, request: Request) -> None:
        await taken(self.app, request)


async def taken(app: AsyncApp, request: Request) -> str:
    """The body of the answer, which must be a good one."""
    response = await app.async_dispatch(AsyncBoltRequest(body=request.body, headers=request.headers))
    assert response.status == 200, response.body
    return response.body


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
async def orm(file: Path) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    """The ORM's async session on aiosqlite, as durable as Kring's store."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{file}")

    @event.listens_for(engine.sync_engine, "connect")
    def _durable(dbapi: Any, _: object) -> None:
        cursor = dbapi.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    try:
        yield async_sessionmaker(engine, expire_on_commit=False)
    finally:
        await engine.dispose()


@asynccontextmanager
async def obvious_bolt(file: Path) -> AsyncIterator[Bolt]:
    """A Slack app as most would write it: every event becomes a row before it is acknowledged."""
    async with orm(file) as session:

        async def write(event_id: str) -> None:
            async with session.begin() as unit:
                unit.add(Seen(event=event_id))

        yield Bolt(write)


@asynccontextmanager
async def obvious_build(file: Path) -> AsyncIterator[Any]:
    """A contribution as most would write it, one commit for each."""
    async with orm(file) as session:
        async with session.begin() as filling:
            filling.add_all(Round(id=number, version=0) for number in range(8))
            filling.add_all(Seat(id=8 * r + s, round_id=r, body="") for r in range(8) for s in range(8))

        numbers = itertools.count()

        async def contribute(_: int) -> None:
            async with session.begin() as unit:
                await _contribute(unit, next(numbers))

        yield contribute


async def _contribute(unit: AsyncSession, number: int) -> None:
    unit.add(Seen(event=f"e{number}"))
    await unit.flush()
    round_ = (await unit.execute(select(Round).where(Round.id == number % 8))).scalar_one()
    seats = (await unit.execute(select(Seat).where(Seat.round_id == round_.id))).scalars().all()
    seats[number // 8 % 8].body = f"I wait ten seconds ({number})."
    round_.version += 1
    unit.add(Fact(round_id=round_.id, body='{"fact": "Answered"}'))
    unit.add(Outbox(conversation="c1", body='{"kind": "edit"}'))

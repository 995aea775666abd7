"""The open database, as the door, the clock, the postman and the playground use it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import URL

from bot.chat.names import Account, MessageRef, Space, Thread
from bot.errors import StorageTrouble
from storage.cipher import Cipher
from storage.due import DueThing
from storage.engine import connect, is_sqlite, parse
from storage.keyed import prove
from storage.lease import RENEWED, Lease
from storage.opening import prepare
from storage.sending import Claimed
from storage.threads import Readers, Work, Writers
from storage.unit import Unit

T = TypeVar("T")


def utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """All methods are called in an event loop and return when what they changed is durable."""

    def __init__(
        self,
        url: URL,
        cipher: Cipher,
        *,
        readers: int,
        writers: int,
        clock: Callable[[], datetime],
        lease: Lease | None = None,
        chance: Callable[[int], int] = secrets.randbits,
        lasting: bool = True,
    ) -> None:
        make_unit = partial(Unit, cipher=cipher, chance=chance)
        self._clock = clock
        self._lease = lease
        fence = lease.check if lease else None
        threads = 1 if is_sqlite(url) else writers
        if is_sqlite(url) and not lasting:
            threads = readers = 0
        self._writers = Writers("writer", connect(url, "write", lasting=lasting), make_unit, threads, fence)
        # on PostgreSQL claims and the playground's room have a thread of their own, which keeps the order of calls
        self._claims = (
            self._writers if is_sqlite(url) else Writers("claims", connect(url, "claim"), make_unit, threads=1)
        )
        self._readers = Readers("reader", connect(url, "read"), make_unit, readers)

    async def run(self, work: Work[T]) -> T:
        """Runs the work in one unit on a writer thread. All of it becomes durable, or, when it raises, nothing."""
        return await self._writers.submit(work)

    async def look(self, work: Work[T]) -> T:
        """Runs work that changes nothing on a reader thread."""
        return await self._readers.submit(work)

    async def close(self) -> None:
        """Finishes what was begun, and gives back the lease."""
        await self._readers.close()  # a reader that closes last could not tidy up SQLite's files
        if (lease := self._lease) is not None:
            with suppress(StorageTrouble):
                await self.run(lambda unit: lease.give_back(unit.connection))
            lease.forget()
        for lane in (self._claims, self._writers):
            await lane.close()

    async def renew(self) -> None:
        """Keeps the lease for as long as this runs."""
        while (lease := self._lease) is not None:
            await asyncio.sleep(RENEWED.total_seconds())
            moment = self._clock()
            with suppress(StorageTrouble):  # who writes next is told
                await self.run(lambda unit: lease.renew(unit.connection, moment))  # noqa: B023 - awaited right here

    # -- for the clock

    async def next_due(self) -> datetime | None:
        """The earliest moment that anything waits for that nobody has claimed."""
        return await self.look(lambda unit: unit.due.next())

    async def claim_due(self, now: datetime, limit: int, lease: timedelta) -> list[DueThing]:
        """What waited for a moment up to `now`, oldest first; nobody else gets it before the lease is over."""
        return await self._claims.submit(lambda unit: unit.due.claim(now, limit, lease))

    # -- for the postman

    async def claim_requests(
        self, now: datetime, limit: int, lease: timedelta, *, newest: bool = False, without: Collection[str] = ()
    ) -> list[Claimed]:
        """The first request of each conversation that nobody holds and that may go out now, in the order of the queue.

        Or the `newest` first. None of the lanes in `without`.
        """
        return await self._claims.submit(
            lambda unit: unit.requests.claim(now, limit, lease, newest=newest, without=without)
        )

    async def retry_request(self, request: str, at: datetime, *, ambiguous: bool) -> None:
        """Gives the request back, not to be tried before `at`. Unless `ambiguous`, this try surely did nothing."""
        await self._claims.submit(lambda unit: unit.requests.retry(request, at, ambiguous=ambiguous))

    async def postpone_request(self, request: str, at: datetime) -> None:
        """Gives the request back untried, not to be claimed before `at`."""
        await self._claims.submit(lambda unit: unit.requests.postpone(request, at))

    async def next_request_at(self, *, without: Collection[str] = ()) -> datetime | None:
        """The earliest moment for which a request waits that nobody holds, outside the lanes in `without`."""
        return await self.look(lambda unit: unit.requests.next(without))

    async def release(self, now: datetime) -> None:
        """At the start of the one process that writes: what its forerunner had claimed can be claimed at once.

        Does nothing where several processes may write; there the leases decide.
        """

        def give_back(unit: Unit) -> None:
            unit.requests.release(now)
            unit.due.release()

        if self._claims is self._writers:
            await self.run(give_back)

    # -- for platforms that are installed

    async def installation(self, space: Space) -> str | None:
        """What was kept about the installation; None where Kring is not installed (any more)."""
        return await self.look(lambda unit: unit.installations.get(space))

    async def installations(self, platform: str) -> Mapping[str, str]:
        """All of the platform, by the id of the space."""
        return await self.look(lambda unit: unit.installations.all(platform))

    async def keep_installation(self, space: Space, text: str) -> None:
        """Keeps it instead of an older one, and ends a claim to rotate its tokens."""
        moment = self._clock()
        await self.run(lambda unit: unit.installations.keep(space, text, moment))

    async def drop_installation(self, space: Space) -> None:
        """Kring is installed there no more."""
        await self.run(lambda unit: unit.installations.drop(space))

    async def claim_rotation(self, space: Space, now: datetime, lease: timedelta) -> bool:
        """True for one caller of all processes, until the lease is over or the installation is kept.

        Whoever has it reads the installation again first: another may just have rotated it.
        """
        return await self._claims.submit(lambda unit: unit.installations.claim_rotation(space, now, lease))

    async def once(self, key: str) -> bool:
        """True the first time that this key is seen. It is remembered as long as the id of an event."""
        moment = self._clock()
        return await self.run(lambda unit: unit.first_time(key, moment))

    # -- for platforms that do not say everything, and tell nothing twice

    async def spaces_of(self, account: str, among: Collection[Space]) -> tuple[Space, ...]:
        """Those of these spaces of one platform in which the account with this id is known and has not left."""
        return await self.look(lambda unit: unit.whereabouts.spaces_of(account, among))

    async def space_of(self, channel: str, message: str, among: Collection[Space]) -> Space | None:
        """That of these spaces of one platform for which Kring posted this message."""
        return await self.look(lambda unit: unit.whereabouts.space_of(channel, message, among))

    async def threads_of(self, platform: str, most: int) -> tuple[Thread, ...]:
        """The threads that were opened on messages of Kring's, of those posted last."""
        return await self.look(lambda unit: unit.whereabouts.threads(platform, most))

    async def directs(self, platform: str, most: int) -> Mapping[Account, str]:
        """The channels of direct conversations, by person, of those to whom Kring wrote last."""
        return await self.look(lambda unit: unit.whereabouts.directs(platform, most))

    async def words_from(self, platform: str) -> tuple[MessageRef, ...]:
        """The messages whose words are kept anywhere: quoted in know-how, or given in a round."""
        return await self.look(lambda unit: unit.whereabouts.words_from(platform))

    async def latest_event(self, platform: str) -> datetime | None:
        """When the last event of the platform was handled, of those whose ids are still remembered."""
        return await self.look(lambda unit: unit.whereabouts.latest(platform))

    async def gap(self, platform: str) -> datetime | None:
        """Since when something may be missing that was not made up for yet."""
        return await self.look(lambda unit: unit.gaps.since(platform))

    async def begin_gap(self, platform: str, since: datetime) -> None:
        """From now on it is known that something may be missing, also after a stop; a longer gap stays."""
        await self.run(lambda unit: unit.gaps.begin(platform, since))

    async def end_gap(self, platform: str) -> None:
        """All that was missing is made up for."""
        await self.run(lambda unit: unit.gaps.end(platform))

    # -- for platforms with forms that can be closed

    async def draft_put(self, account: Account, action: str, text: str, now: datetime) -> None:
        """Keeps the words of a form that was closed before it was sent, instead of any that were kept before."""
        await self.run(lambda unit: unit.drafts.put(account, action, text, now))

    async def draft_take(self, account: Account, action: str) -> str | None:
        """The words that were kept for this form, which are kept no longer."""
        return await self.run(lambda unit: unit.drafts.take(account, action))

    # -- for the playground

    async def room_put(self, documents: Mapping[str, str | None]) -> None:
        """Writes the documents together, None takes one away. Keeps the order of calls."""
        await self._claims.submit(lambda unit: unit.room.put(documents))

    async def room_all(self) -> Mapping[str, str]:
        """All documents by key, in the order in which they first came."""
        return await self.look(lambda unit: unit.room.all())

    # -- housekeeping

    async def tidy(self, now: datetime) -> None:
        """Forgets event ids, refused requests, drafts and counts that were kept long enough. Once a day will do."""
        await self.run(lambda unit: unit.tidy(now))


@asynccontextmanager
async def open_store(
    url: str,
    *,
    key: str | None = None,
    holder: str = "kring",
    lease: bool = True,
    clock: Callable[[], datetime] = utc_now,
    readers: int = 2,
    writers: int = 4,
    chance: Callable[[int], int] = secrets.randbits,
    lasting: bool = True,
) -> AsyncIterator[Store]:
    """The database at `url`, brought up to date. On SQLite it is ours alone for writing, unless `lease` is False.

    `key` encrypts private texts; `holder` is the name that others read who find the database taken; `clock` dates the
    lease and installations, so it shows real time; `chance` gives so many bits that nobody can guess, for new ids. Not
    `lasting`: nobody will open it again and nobody else waits, so everything is done at once and nothing waits until it
    is on the disk (SQLite only).
    Raises StorageTrouble that says what is wrong and what to do.
    """
    parsed, cipher = parse(url), Cipher(key)
    taken = await asyncio.to_thread(prepare, parsed, holder=holder, now=clock(), leased=lease)
    store = Store(
        parsed, cipher, readers=readers, writers=writers, clock=clock, lease=taken, chance=chance, lasting=lasting
    )
    renewing = asyncio.create_task(store.renew(), name="lease") if taken else None
    try:
        # the writer connects before anybody reads: SQLite cannot go over to WAL while somebody does
        await store.run(lambda unit: prove(unit.connection, cipher))
        yield store
    finally:
        if renewing is not None:
            renewing.cancel()
        await store.close()

"""The threads that hold the connections.

Writing goes in groups: a thread takes all units of work that wait, runs each under its own savepoint, and commits them
together. A unit that fails takes only its own savepoint back. Callers wake when what they did is durable.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from traceback import clear_frames
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, InternalError, OperationalError

from bot.errors import Overtaken, StorageTrouble
from storage.engine import transaction
from storage.remembered import begin, forget, take_back
from storage.trouble import CONFLICTS, FIRST_TOO, code, explain
from storage.unit import Unit

T = TypeVar("T")
Work = Callable[[Unit], T]
MakeUnit = Callable[[Connection], Unit]

GROUP = 128
"""At most so many units in one commit."""
TRIES = 6
"""How often a unit is run when others get in its way (PostgreSQL)."""


@dataclass(slots=True, eq=False)
class Job:
    """A unit of work that somebody waits for."""

    work: Callable[[Unit], Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class Lane:
    """Threads that share one queue; each keeps a connection. Jobs are taken in the order in which they came.

    Without threads each job is done at once, where it is asked for: handing it to a thread and back costs as much as
    most jobs do, and pays only where something else has to go on meanwhile.
    """

    def __init__(self, name: str, engine: Engine, make_unit: MakeUnit, threads: int) -> None:
        self._engine = engine
        self._make_unit = make_unit
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._closed = False
        self._connection: Connection | None = None
        """The one that is used without threads."""
        self._threads = [
            Thread(target=self._live, name=f"kring {name} {number}", daemon=True) for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Work[T]) -> asyncio.Future[T]:
        """Queues the work; the future is done when its result may be relied on."""
        if self._closed:
            raise StorageTrouble("The database is closed.")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        job = Job(work, future)
        if self._threads:
            self._queue.put(job)
        else:
            self._connection = self._carry_out(self._connection, [job])
            _hand_out([job])
        return future

    async def close(self) -> None:
        """Finishes what was submitted, then closes the connections."""
        if not self._closed:
            self._closed = True
            for _ in self._threads:
                self._queue.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)
        _part_with(self._connection)

    def _live(self) -> None:
        connection: Connection | None = None
        while (job := self._queue.get()) is not None:
            jobs = [job]
            connection = self._carry_out(connection, jobs)
            wake(jobs)
            del job, jobs
        _part_with(connection)

    def _carry_out(self, connection: Connection | None, jobs: list[Job]) -> Connection | None:
        """Gives the connection for the next jobs; None where this one can no longer be relied on."""
        try:
            if connection is None or connection.invalidated:
                connection = self._engine.connect()
            self._serve(connection, jobs)
        except BaseException as error:  # noqa: BLE001 - nobody else would tell those who wait
            for each in jobs:
                each.error = self._told(error)
            _part_with(connection)
            return None
        return connection

    def _serve(self, connection: Connection, jobs: list[Job]) -> None:
        """Does the one job in `jobs`, and may add more of the queue to them. What is raised is told to all of them."""
        raise NotImplementedError

    def _told(self, error: BaseException) -> BaseException:
        """The error as its caller gets it: what the database says becomes StorageTrouble."""
        if isinstance(error, StopIteration):  # a future refuses it
            return RuntimeError("a unit of work raised StopIteration")
        if isinstance(error, OperationalError | InternalError) or type(error) is DatabaseError:
            trouble = explain(error, self._engine.url)
            trouble.__cause__ = error
            return trouble
        return error


class Readers(Lane):
    """Each job sees the database as it was when the job began, and changes nothing."""

    def _serve(self, connection: Connection, jobs: list[Job]) -> None:
        [job] = jobs
        begin(connection)
        with transaction(connection, writing=False):
            job.result = job.work(self._make_unit(connection))


class Writers(Lane):
    """Each job is one unit of work; those that wait together are committed together.

    `fence` looks first, in the same transaction, whether we may write at all, and raises when not.
    """

    def __init__(
        self,
        name: str,
        engine: Engine,
        make_unit: MakeUnit,
        threads: int,
        fence: Callable[[Any], None] | None = None,
    ) -> None:
        self._fence = fence
        super().__init__(name, engine, make_unit, threads)

    def _serve(self, connection: Connection, jobs: list[Job]) -> None:
        try:
            self._together(connection, jobs)
        except Exception as error:
            forget(connection)
            if not _conflict(error):
                raise _LostError(error) from error
            for job in jobs:
                self._alone(connection, job)

    def _told(self, error: BaseException) -> BaseException:
        if not isinstance(error, _LostError):
            return super()._told(error)
        cause = error.args[0]
        match cause:
            case StorageTrouble():
                return cause
            case DBAPIError():
                trouble = explain(cause, self._engine.url)
            case _:
                trouble = StorageTrouble(f"What was to be kept could not be kept: {cause}.")
        trouble.__cause__ = cause
        return trouble

    def _together(self, connection: Connection, jobs: list[Job]) -> None:
        with transaction(connection):
            cursor = connection.connection.cursor()
            if self._fence is not None:
                self._fence(cursor)
            waiting: Job | None = jobs[0]
            while waiting is not None:
                self._one(connection, cursor, waiting)
                waiting = self._next() if len(jobs) < GROUP else None
                if waiting is not None:
                    jobs.append(waiting)
            cursor.close()

    def _next(self) -> Job | None:
        if self._queue.empty():
            return None
        with suppress(Exception):
            job = self._queue.get_nowait()
            if job is None:  # the end, for one thread each
                self._queue.put(None)
            return job
        return None

    def _one(self, connection: Connection, cursor: Any, job: Job) -> None:
        begin(connection)
        cursor.execute("SAVEPOINT unit")
        try:
            job.result = job.work(self._make_unit(connection))
            cursor.execute("RELEASE SAVEPOINT unit")
        except BaseException as error:
            if _conflict(error):
                raise
            # results that were not read to their end would hold up everybody's commit
            job.result = None
            clear_frames(error.__traceback__)
            take_back(connection)
            try:
                cursor.execute("ROLLBACK TO SAVEPOINT unit")
                cursor.execute("RELEASE SAVEPOINT unit")
            except Exception:  # noqa: BLE001 - a full disk ends the whole transaction: what happened first tells why
                raise error from None
            job.error = self._told(error)

    def _alone(self, connection: Connection, job: Job) -> None:
        """Runs it in a transaction of its own, again and again while others get in its way."""
        for attempt in range(TRIES):
            job.result = job.error = None
            try:
                with transaction(connection):
                    job.result = job.work(self._make_unit(connection))
            except BaseException as error:  # noqa: BLE001 - its caller gets it
                job.error = self._told(error)
                forget(connection)
                if not _conflict(error):
                    return
                if not isinstance(error, IntegrityError):
                    job.error = Overtaken("others changed the same things all the time")
                time.sleep(random.uniform(0.001, 0.01) * 2**attempt)  # noqa: S311 - only so as not to meet again
            else:
                return


class _LostError(Exception):
    """The group could not be committed, so nothing in it happened."""


def _part_with(connection: Connection | None) -> None:
    if connection is not None:
        with suppress(Exception):
            connection.close()


def _conflict(error: BaseException) -> bool:
    """True when running it again may go well."""
    return isinstance(error, DBAPIError) and code(error) in CONFLICTS | FIRST_TOO


def wake(jobs: Iterable[Job]) -> None:
    """Hands out results and errors, with one call for each event loop that waits for some of them."""
    by_loop: dict[asyncio.AbstractEventLoop, deque[Job]] = {}
    for job in jobs:
        by_loop.setdefault(job.future.get_loop(), deque()).append(job)
    for loop, its in by_loop.items():
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_hand_out, its)


def _hand_out(jobs: Iterable[Job]) -> None:
    for job in jobs:
        if job.future.done():  # cancelled while it waited; what it did is done all the same
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)

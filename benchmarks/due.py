"""C1, C2, C3, C5: ten thousand check-ins at once, against bare SQL and against APScheduler's own job store."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from benchmarks.measure import ROUNDS, Figure, each, figure, longest_stall
from bot.chat.actions import Action
from storage.store import Store, open_store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
LEASE = timedelta(minutes=1)
MANY = 10_000
BATCH = 100


def nothing() -> None:
    """What APScheduler is asked to do."""


async def measure(folder: Path) -> list[Figure]:
    claims, adds = [], []
    for number in range(ROUNDS):
        async with open_store(f"sqlite:///{folder / f'due{number}.db'}") as store:
            ours = await _claim_all(store, adds)
            claims.append((ours, _bare_claims(folder / f"bare{number}.db")))
    stall, asleep = await _stalls(folder)
    floor_add = _scheduler_adds(folder, 2_000)
    return [
        figure("C1", f"{MANY:,} due at once: claimed and marked done", claims, "rows/s", at_least=0.5),
        figure("C2", "longest stall of the loop meanwhile", [(stall, asleep)], "s", at_most=0.02),
        figure("C3", "adding 100,000 check-ins", [(ours, floor_add * 100_000) for ours in adds], "s", at_most=0.05),
        figure("C5", "idle poll with 1,000,000 waiting", await _polls(folder), "µs", at_most=5),
    ]


async def _claim_all(store: Store, adds: list[float]) -> float:
    """Rows a second; fails when one is missed or comes twice."""
    later = [(Action("newcomer", f"later{n}"), LATER) for n in range(100_000)]
    started = time.perf_counter()
    await store.run(lambda unit: unit.due.set_many("c1", later))
    adds.append(time.perf_counter() - started)
    await store.run(lambda unit: unit.due.set_many("c1", [(Action("newcomer", str(n)), NOW) for n in range(MANY)]))
    seen: list[str] = []
    started = time.perf_counter()
    while things := await store.claim_due(NOW, BATCH, LEASE):
        await store.run(lambda unit, done=tuple(things): unit.due.settle_many(done))
        seen += [thing.about.id for thing in things]
    taken = time.perf_counter() - started
    assert sorted(seen, key=int) == [str(n) for n in range(MANY)], "missed or twice"
    return MANY / taken


def _bare_claims(file: Path) -> float:
    """The same loop with nothing around the statements."""
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("CREATE TABLE due (seq INTEGER PRIMARY KEY, id TEXT, at TEXT, free_at TEXT)")
        db.execute("CREATE INDEX free ON due (free_at)")
        db.execute("BEGIN")
        rows = [(f"later{n}", str(LATER), str(LATER)) for n in range(100_000)]
        rows += [(str(n), str(NOW), str(NOW)) for n in range(MANY)]
        db.executemany("INSERT INTO due (id, at, free_at) VALUES (?, ?, ?)", rows)
        db.execute("COMMIT")
        claim = (
            "UPDATE due SET free_at = ? WHERE seq IN (SELECT seq FROM due WHERE free_at <= ? ORDER BY free_at LIMIT ?) "
            "RETURNING seq, id, at"
        )
        started = time.perf_counter()
        while True:
            db.execute("BEGIN IMMEDIATE")
            claimed = db.execute(claim, (str(NOW + LEASE), str(NOW), BATCH)).fetchall()
            db.execute("COMMIT")
            if not claimed:
                return MANY / (time.perf_counter() - started)
            db.execute("BEGIN IMMEDIATE")
            db.executemany("DELETE FROM due WHERE seq = ?", [(seq,) for seq, _, _ in claimed])
            db.execute("COMMIT")


async def _stalls(folder: Path) -> tuple[float, float]:
    async with open_store(f"sqlite:///{folder / 'stall.db'}") as store:
        await store.run(lambda unit: unit.due.set_many("c1", [(Action("newcomer", str(n)), NOW) for n in range(MANY)]))

        async def claim_all() -> None:
            while things := await store.claim_due(NOW, BATCH, LEASE):
                await store.run(lambda unit, done=tuple(things): unit.due.settle_many(done))

        ours = await longest_stall(claim_all())
    scheduler = AsyncIOScheduler(
        timezone="UTC",
        jobstores={"default": SQLAlchemyJobStore(f"sqlite:///{folder / 'jobs.db'}")},
        job_defaults={"misfire_grace_time": None},
    )
    _add_jobs(scheduler, MANY // 4, datetime.now(UTC))  # a quarter of ours, in its favour: it takes a minute else

    async def wake() -> None:
        scheduler.start()

    theirs = await longest_stall(wake())
    started = time.perf_counter()
    scheduler.wakeup()
    theirs = max(theirs, time.perf_counter() - started)
    scheduler.shutdown(wait=False)
    return ours, theirs


def _add_jobs(scheduler: AsyncIOScheduler, count: int, at: datetime) -> None:
    for number in range(count):
        scheduler.add_job(nothing, "date", run_date=at, id=str(number))


def _scheduler_adds(folder: Path, count: int) -> float:
    """Seconds for one job, in a job store that is open."""
    store = SQLAlchemyJobStore(f"sqlite:///{folder / 'adds.db'}")
    scheduler = AsyncIOScheduler(timezone="UTC", jobstores={"default": store})
    store.start(scheduler, "default")
    scheduler._jobstores["default"] = store
    started = time.perf_counter()
    for number in range(count):
        store.add_job(_job(scheduler, number))
    return (time.perf_counter() - started) / count


def _job(scheduler: AsyncIOScheduler, number: int) -> object:
    from apscheduler.job import Job
    from apscheduler.triggers.date import DateTrigger

    trigger = DateTrigger(LATER, "UTC")
    job = Job(
        scheduler, id=str(number), func=nothing, trigger=trigger, executor="default", args=(), kwargs={}, name="n",
        misfire_grace_time=None, coalesce=True, max_instances=1, next_run_time=LATER,
    )  # fmt: skip
    job._jobstore_alias = "default"
    return job


async def _polls(folder: Path) -> list[tuple[float, float]]:
    file = folder / "million.db"
    async with open_store(f"sqlite:///{file}") as store:
        for start in range(0, 1_000_000, 50_000):
            rows = [(Action("newcomer", str(start + n)), LATER + timedelta(seconds=n)) for n in range(50_000)]
            await store.run(lambda unit, rows=rows: unit.due.set_many("c1", rows))
        pairs = []
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            select = "SELECT min(free_at) FROM due"
            for _ in range(ROUNDS):
                ours = await store.look(lambda unit: _timed(unit.due.next, 2_000))
                pairs.append((ours, _timed(lambda: db.execute(select).fetchone(), 2_000)))
        ends = median(await each(lambda _: store.next_due(), 500))
        print(f"  (the same poll asked from the event loop, over a reader thread: {ends * 1e6:.0f} µs)")
    return pairs


def _timed(call: object, count: int) -> float:
    """Microseconds."""
    started = time.perf_counter()
    for _ in range(count):
        call()  # type: ignore[operator]
    return (time.perf_counter() - started) / count * 1e6

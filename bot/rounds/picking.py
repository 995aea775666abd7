"""Which formats to propose: what people need first, then the hand that is used less, then what was not done lately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.rounds.balance import Hand
from bot.rounds.script import NEEDS, Emphasis, Format, Preset, Unlock

MOST = 3
"""So many proposals, never more."""
LATELY = timedelta(weeks=6)
"""What was done within it is not new again."""

Why = Literal["need", "also", "explore", "exploit", "new", "rested"]


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people: from `least` to `most`."""

    key: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Time:
    """How much time: minutes of a live round, or days of one that is spread out. None: any number of days."""

    key: str
    preset: Preset
    most: int | None


CROWDS = (
    Crowd("two", 2, 2),
    Crowd("three", 3, 3),
    Crowd("few", 4, 6),
    Crowd("circle", 7, 10),
    Crowd("many", 11, 15),
    Crowd("crowd", 16, 40),
)
TIMES = (
    Time("half", "live", 30),
    Time("hour", "live", 60),
    Time("days", "async", 5),
    Time("week", "async", None),
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """The three answers."""

    need: str
    crowd: Crowd
    time: Time


@dataclass(frozen=True, slots=True)
class Held:
    """A round that was held to its end, in the channel where the next one will stand."""

    format: str
    emphasis: Emphasis
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    format: Format
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Later:
    """A format for this need that the circle is not ready for yet, and how much it still has to do."""

    format: Format
    rounds: int
    cycles: int


@dataclass(frozen=True, slots=True)
class Pick:
    proposals: tuple[Proposal, ...]
    later: Later | None = None


def occasion(need: str, crowd: str, time: str) -> Occasion | None:
    """The answers by their keys; None when one of them is none."""
    crowds = {each.key: each for each in CROWDS}
    times = {each.key: each for each in TIMES}
    if need not in NEEDS or crowd not in crowds or time not in times:
        return None
    return Occasion(need, crowds[crowd], times[time])


def pick(wanted: Occasion, formats: Iterable[Format], done: Sequence[Held], weaker: Hand | None, now: datetime) -> Pick:
    """The best proposals for this occasion, the best first; fewer where fewer formats work with these people and time.

    A variant is none: its format is proposed. `done`: the circle's rounds, in any order. `weaker`: the hand that the
    community could use more, if any.
    """
    fitting = [each for each in formats if not each.variant_of and _fits(each, wanted)]
    open_ = [each for each in fitting if ready(each.unlock, done)]
    last = _last(done)
    ranked = sorted(open_, key=lambda each: _rank(each, wanted, weaker, last, now))
    closed = [each for each in fitting if each not in open_ and wanted.need in each.good_for]
    closed.sort(key=lambda each: (each.good_for.index(wanted.need), each.unlock.cycles, each.unlock.rounds, each.id))
    proposals = tuple(Proposal(each, _why(each, wanted, weaker, last, now)) for each in ranked[:MOST])
    return Pick(proposals, later(closed[0], done) if closed else None)


def _fits(format_: Format, wanted: Occasion) -> bool:
    """It can begin with so few of them, and it takes no longer."""
    effort, time = format_.effort, wanted.time
    takes = effort.live_minutes if time.preset == "live" else effort.async_days
    return format_.size.min <= wanted.crowd.least <= format_.size.max and (time.most is None or takes <= time.most)


# -- the ladder of depth


def ready(unlock: Unlock, done: Sequence[Held]) -> bool:
    return len(done) >= unlock.rounds and cycles(done) >= unlock.cycles


def cycles(done: Sequence[Held]) -> int:
    """How often the circle has both searched and held on: rounds that lean to either hand, in pairs."""
    searched = sum(each.emphasis.explore > each.emphasis.exploit for each in done)
    held_on = sum(each.emphasis.exploit > each.emphasis.explore for each in done)
    return min(searched, held_on)


def later(format_: Format, done: Sequence[Held]) -> Later:
    """How much more the circle does before it is ready for this format."""
    unlock = format_.unlock
    return Later(format_, max(0, unlock.rounds - len(done)), max(0, unlock.cycles - cycles(done)))


# -- the order


def _leans(format_: Format, hand: Hand) -> int:
    """How much more of this hand it has than of the other."""
    explore, exploit = format_.emphasis.explore, format_.emphasis.exploit
    return explore - exploit if hand == "explore" else exploit - explore


def _last(done: Sequence[Held]) -> Mapping[str, datetime]:
    """When each format was used last."""
    last: dict[str, datetime] = {}
    for one in done:
        last[one.format] = max(one.ended_at, last.get(one.format, one.ended_at))
    return last


def _need(format_: Format, need: str) -> int:
    """0: made for it; 1: good for it too; 2: made for something else."""
    if need not in format_.good_for:
        return 2
    return 0 if format_.good_for[0] == need else 1


def _rank(
    format_: Format, wanted: Occasion, weaker: Hand | None, last: Mapping[str, datetime], now: datetime
) -> tuple[int, int, timedelta, int, str]:
    used = last.get(format_.id)
    recent = max(LATELY - (now - used), timedelta(0)) if used is not None else timedelta(0)
    best = format_.size.best[0] <= wanted.crowd.most and wanted.crowd.least <= format_.size.best[1]
    return (
        _need(format_, wanted.need),
        -_leans(format_, weaker) if weaker is not None else 0,
        recent,
        0 if best else 1,
        format_.id,
    )


def _why(
    format_: Format, wanted: Occasion, weaker: Hand | None, last: Mapping[str, datetime], now: datetime
) -> tuple[Why, ...]:
    """What speaks for it, the weightiest first."""
    need = _need(format_, wanted.need)
    found: list[Why] = ["need"] if need == 0 else ["also"] if need == 1 else []
    if weaker is not None and _leans(format_, weaker) > 0:
        found.append(weaker)
    used = last.get(format_.id)
    if used is None and last:
        found.append("new")
    elif used is not None and now - used > LATELY:
        found.append("rested")
    return tuple(found)

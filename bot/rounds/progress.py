"""How far a round is, as a drawing for its card: its steps, the time that is left, and who sits in it.

It shows the round as it was when its current step opened, so it is drawn anew once for each step and not for everybody
who joins: what changes within a step stands beside it in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import ceil

from bot.chat.messages import Picture
from bot.rounds import course, pictures
from bot.rounds.model import Round, Seat
from bot.rounds.script import Preset
from bot.rounds.timing import grace
from bot.rounds.wording import place_of, span
from bot.texts.catalogue import Words as Language

DAY, QUARTER_DAY, HOUR = 24 * 60, 6 * 60, 60
"""Minutes."""


def drawn(language: Language, round_: Round) -> Picture:
    """Whose topic it is does not stand in it: the same moment of the same format is the same drawing.

    A step that is played several times, or in groups, is one station; how long all of it takes nobody knows then.
    """
    steps = course.bases(round_)
    begun = round_.began_at is not None
    over = round_.state in {"wrapping", "done"} or round_.current >= len(round_.steps)
    windows = [_minutes(round_, step) for step in steps]
    at = place_of(round_, round_.current)[0] - 1 if begun and not over else None
    ahead = () if at is None else (at, *_coming_again(round_, steps, at))
    done = frozenset(number for number, step in enumerate(steps) if _held(round_, step) and number not in ahead)
    if over:
        heading, left = language.label("{k} of {n} steps done", k=len(done), n=len(steps)), ""
    elif at is not None:
        heading = language.label("Step {i} of {n}", i=at + 1, n=len(steps))
        again = any(round_.steps[step].script.repeat for step in steps[at:])
        left = "" if again else to_go(language, _in_all(round_, steps[at:]), round_.preset)
    else:
        heading, left = language.counted("{n} step", "{n} steps", len(steps)), span(language, round_)
    shown = pictures.Timeline(
        windows=windows,
        current=at,
        speaking=_sat(round_, "speak") if begun else 0,
        listening=_sat(round_, "listen") if begun else 0,
        heading=heading,
        left=left,
        done=done,
    )
    return pictures.timeline(shown, _alt(language, shown))


def _minutes(round_: Round, step: int) -> float:
    return round_.steps[step].script.window(round_.preset) / timedelta(minutes=1)


def _in_all(round_: Round, steps: Sequence[int]) -> float:
    """Minutes from the first of these steps on; of those that are open together the longest counts."""
    longest: list[float] = []
    for step in steps:
        beside = longest.pop() if longest and round_.steps[step].script.parallel_with else 0.0
        longest.append(max(beside, _minutes(round_, step), _open_for(round_, step)))
    return sum(longest)


def _open_for(round_: Round, step: int) -> float:
    """Minutes that it was opened for, with the days on which nobody has to do anything; without its grace."""
    run = round_.steps[step]
    if run.opened_at is None or run.due_at is None:
        return 0.0
    due = run.due_at - grace(round_, run) if run.state == "grace" else run.due_at
    return (due - run.opened_at) / timedelta(minutes=1)


def _coming_again(round_: Round, steps: Sequence[int], at: int) -> tuple[int, ...]:
    """What is still to come of this lap, though it was held in the one before."""
    lap = course.lap(round_, steps[at])
    return tuple(number for number in range(at + 1, len(steps)) if steps[number] in lap)


def _held(round_: Round, step: int) -> bool:
    """Whether any run of it was held to its end."""
    return any(round_.steps[run].state == "closed" for run in course.runs(round_, step))


def to_go(language: Language, minutes: float, preset: Preset) -> str:
    """Roughly how long. Over days a step waits for people's own hours, so nothing less than a day is promised."""
    if preset == "async":
        days = ceil((minutes - QUARTER_DAY) / DAY)
        return language.counted("about {n} day to go", "about {n} days to go", max(1, days))
    if minutes >= 2 * HOUR:
        return language.counted("about {n} hour to go", "about {n} hours to go", round(minutes / HOUR))
    return language.counted("about {n} minute to go", "about {n} minutes to go", max(1, round(minutes)))


def _sat(round_: Round, way: str) -> int:
    """How many were in when the current step opened and still are."""
    return sum(_was_in(round_, seat) for seat in round_.seats if seat.state == "in" and seat.way == way)


def _was_in(round_: Round, seat: Seat) -> bool:
    if seat.joined_step is None or round_.state in {"wrapping", "done"} or round_.current >= len(round_.steps):
        return True
    return place_of(round_, seat.joined_step)[0] < place_of(round_, round_.current)[0]


def _alt(language: Language, it: pictures.Timeline) -> str:
    said = [each for each in (it.heading, it.left) if each]
    if it.speaking:
        said.append(language.counted("{n} speaks", "{n} speak", it.speaking))
    if it.listening:
        said.append(language.counted("{n} listens", "{n} listen", it.listening))
    return ", ".join(said)

"""docs/reference/round-states.md: the states of a round and of a step, found by playing every rule on small rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from bot.chat.names import Channel, Space
from bot.errors import UserMistake
from bot.rounds import floor, rules
from bot.rounds.formats import load
from bot.rounds.model import Round, Settings
from bot.rounds.now import Now
from docs import meanings
from docs.writing import MADE, coded, table

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOLDER, OTHERS = "anna", ("bo", "cas")
PLACE = Channel(Space("playground", "school"), "general")
DEPTH = 10
"""So many happenings one after the other; with more, nothing new is found."""
FORMAT = """
id = "small"
version = 1
purpose = "To see every state."
emphasis = { explore = 1, exploit = 1, tacit = 1, explicit = 1 }
size = { min = 2, best = [2, 3], max = 3 }
effort = { async_minutes = 5, async_days = 1, live_minutes = 5 }
name = { en = "Small", nl = "Klein" }
blurb = { en = "Small.", nl = "Klein." }
[[steps]]
key = "answer"
mode = "collect"
reveal = "together"
anonymous = "optional"
async_h = 24
sync_min = 5
prompt = { en = "What?", nl = "Wat?" }
[[steps]]
key = "pairs"
mode = "groups"
groups = { size = 2 }
async_h = 24
sync_min = 5
prompt = { en = "And?", nl = "En?" }
"""
CONSENT = """
[[steps]]
key = "agree"
mode = "vote"
vote = { kind = "consent" }
async_h = 24
sync_min = 5
prompt = { en = "Can you live with it?", nl = "Kun je ermee leven?" }
"""
ASKS = FORMAT.partition("[[steps]]")[0] + CONSENT
"""The same with one vote on consent."""

Act = Callable[[Round, Now], tuple[Round, object]]
Edge = tuple[str, str, str]
"""From which state, to which, and what happened."""


def _time(round_: Round, now: Now) -> tuple[Round, object]:
    """Whatever is waited for comes due."""
    if not round_.timers:
        raise UserMistake("Nothing is waited for.")
    return rules.move_on(round_, replace(now, at=max(now.at, round_.timers[0].at)))


def _speak(round_: Round, now: Now) -> tuple[Round, object]:
    """Everybody who is waited for says something, and that they are done."""
    for step in round_.at_work:
        for person in floor.waited_for(round_, step):
            mode = round_.steps[step].script.mode
            if mode == "vote":
                return _vote(round_, now, "fine")
            if round_.state != "running" or not round_.steps[step].takes_answers:
                break
            id_ = f"c{len(round_.contributions)}"
            round_, _ = rules.contribute(round_, person, step, id_, "Words.", now)
            if mode != "collect" and round_.steps[step].takes_answers:
                round_, _ = rules.say_done(round_, person, step, now)
    return round_, ()


def _vote(round_: Round, now: Now, pick: str) -> tuple[Round, object]:
    """Everybody who is waited for votes so, in the step that is open."""
    step = round_.current
    if step not in round_.at_work:
        raise UserMistake("Nothing is voted on.")
    for person in floor.waited_for(round_, step):
        round_, _ = rules.vote(round_, person, step, (pick,), now)
    return round_, ()


def _take_up(round_: Round, now: Now) -> tuple[Round, object]:
    """Somebody takes up all objections."""
    free = rules.could_take_up(round_, OTHERS[0], round_.current)
    until = now.at + timedelta(days=7)
    return rules.take_up(
        round_, OTHERS[0], round_.current, {one.number for one in free}, f"t{len(round_.tasks)}", "Words.", until, now
    )


ACTS: dict[str, Act] = {
    "sent out": rules.invite,
    "somebody joins": lambda round_, now: rules.join(round_, _next(round_), "speak", now),
    "begun": lambda round_, now: rules.begin(round_, HOLDER, now),
    "everybody is done": _speak,
    "one answers": lambda round_, now: rules.contribute(round_, OTHERS[0], round_.current, "c1", "Words.", now),
    "somebody objects": lambda round_, now: _vote(round_, now, "objection"),
    "voted again": lambda round_, now: rules.vote_again(round_, HOLDER, round_.current, now),
    "taken up": _take_up,
    "left open": lambda round_, now: rules.let_stand(round_, HOLDER, round_.current, now),
    "names are given": lambda round_, now: rules.answer_names(round_, _asked(round_), round_.current, True, now),
    "skipped": lambda round_, now: rules.skip(round_, HOLDER, now),
    "on hold": lambda round_, now: rules.pause(round_, HOLDER, now),
    "resumed": lambda round_, now: rules.resume(round_, HOLDER, now),
    "closed": lambda round_, now: rules.close(round_, HOLDER, now),
    "cancelled": lambda round_, now: rules.cancel(round_, HOLDER, now),
    "let rest": lambda round_, now: rules.rest(round_, HOLDER, now),
    "somebody leaves": lambda round_, now: rules.leave(round_, OTHERS[0], now),
    "the facilitator is gone": lambda round_, now: rules.gone(round_, HOLDER, now),
    "time passes": _time,
}
"""What can happen to a round; those that change no state are not drawn."""


def _asked(round_: Round) -> str:
    """Who is asked whether their name may stand beside their answer."""
    return next((person for run in round_.steps for person in run.asked_names), "")


def _next(round_: Round) -> str:
    return next((one for one in OTHERS if one not in round_.speakers), OTHERS[0])


def _key(round_: Round) -> tuple[object, ...]:
    """What tells rounds apart here: not when it is, and not what was said."""
    return (
        round_.state,
        round_.format.steps[0].key,
        round_.settings,
        round_.current,
        round_.speakers,
        round_.facilitator,
        round_.waited,
        None if round_.asked is None else (round_.asked.about, round_.asked.missed),
        tuple((run.state, run.extended, run.group) for run in round_.steps),
        len(round_.contributions),
        len(round_.votes),
        tuple(timer.kind for timer in round_.timers),
    )


@cache
def edges() -> tuple[frozenset[Edge], frozenset[Edge]]:
    """Every change of state that the rules make: of rounds, and of steps."""
    formats = [load({"small.toml": text})["small"] for text in (FORMAT, ASKS)]
    of_rounds: set[Edge] = set()
    of_steps: set[Edge] = set()
    found = [
        (rules.draft("r1", PLACE, format_, "doors", HOLDER, Now(START, 1), community="c", settings=settings), START)
        for format_ in formats
        for settings in (Settings(), Settings(anonymous=True))[: 1 + format_.can_be_anonymous]
    ]
    known = {_key(round_) for round_, _ in found}
    for _ in range(DEPTH):
        following: list[tuple[Round, datetime]] = []
        for round_, at in found:
            for name, act in ACTS.items():
                try:
                    after, _ = act(round_, Now(at, 1))
                except UserMistake:
                    continue
                of_rounds |= _changed(round_.state, after.state, name)
                of_steps |= _steps(round_, after, name)
                if _key(after) not in known:
                    known.add(_key(after))
                    due = round_.timers[0].at if name == "time passes" else at + timedelta(minutes=1)
                    later = max(at, due)
                    following.append((after, later))
        found = following
    return frozenset(of_rounds), frozenset(of_steps)


def _changed(before: str, after: str, name: str) -> set[Edge]:
    return set() if before == after else {(before, after, name)}


def _steps(before: Round, after: Round, name: str) -> set[Edge]:
    found: set[Edge] = set()
    for number, run in enumerate(after.steps):
        was = before.steps[number].state if number < len(before.steps) else "waiting"
        found |= _changed(was, run.state, name)
    return found


# -- the page


def states() -> str:
    of_rounds, of_steps = edges()
    lines = [MADE, "# The states of a round", meanings.STATES]
    lines += ["```mermaid", *_diagram(of_rounds, "draft", ("done", "cancelled", "lapsed")), "```", ""]
    lines += table(("state", "what it means"), coded(meanings.ROUND_STATES))
    lines += ["## The states of a step\n", meanings.STEP_STATES_ABOUT.strip(), ""]
    lines += ["```mermaid", *_diagram(of_steps, "waiting", ("closed", "skipped")), "```", ""]
    lines += table(("state", "what it means"), coded(meanings.STEP_STATES))
    return "\n".join(lines)


def _diagram(found: Iterable[Edge], first: str, last: Iterable[str]) -> Iterator[str]:
    labels: dict[tuple[str, str], list[str]] = defaultdict(list)
    order = list(ACTS)
    for before, after, name in sorted(found, key=lambda edge: (edge[0], edge[1], order.index(edge[2]))):
        labels[before, after].append(name)
    yield "stateDiagram-v2"
    yield f"    [*] --> {first}"
    for (before, after), names in labels.items():
        yield f"    {before} --> {after}: {', '.join(names)}"
    for state in last:
        yield f"    {state} --> [*]"

"""Plays a round by its rules, with a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar

from bot.chat.names import Channel, MessageRef, Space
from bot.chat.people import Quiet
from bot.rounds import rules
from bot.rounds.ballots import room
from bot.rounds.floor import waited_for
from bot.rounds.formats import shipped
from bot.rounds.model import Changed, Round, Settings
from bot.rounds.now import Hours, Now
from bot.rounds.script import Effort, Emphasis, Format, Preset, Size, Step
from bot.rounds.seen import Seen, seen_by
from bot.rounds.step_facts import Fact
from bot.rounds.step_rules import VoteRule
from bot.rounds.step_run import StepRun

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
PLACE = Channel(Space("playground", "school"), "general")
ELSEWHERE = Channel(Space("discord", "college"), "general")
HOLDER = "fay"
ALWAYS = Hours(Quiet(time(0), time(0), tuple(range(7))), "UTC")
OFFICE = Hours(Quiet(), "Europe/Amsterdam")

F = TypeVar("F", bound=Fact)


def message(id_: str) -> MessageRef:
    return MessageRef(PLACE, id_, "thread")


def step(key: str, mode: str, **given: Any) -> Step:
    """A step with a day (live: ten minutes), for tests that need no format of the library."""
    given.setdefault("floor", "holder" if mode == "turns" else "all")
    if mode == "turns":
        given = {"turn_async_h": 8, "turn_sync_min": 3} | given
    if mode == "collect":
        given.setdefault("reveal", "together")
    text = {"en": f"{key}?", "nl": f"{key}?"}
    all_given: dict[str, Any] = {"key": key, "mode": mode, "prompt": text, "async_h": 24, "sync_min": 10} | given
    return Step(**all_given)


def votes_on(kind: str, **given: Any) -> Step:
    return step("choose", "vote", vote=VoteRule(kind=kind, **given))  # type: ignore[arg-type]


def made_of(*steps: Step, size: tuple[int, int] = (2, 10), **given: Any) -> Format:
    """A format of these steps."""
    words = {"en": "Test", "nl": "Test"}
    usual: dict[str, Any] = {
        "id": "made_up",
        "version": 1,
        "name": words,
        "blurb": words,
        "purpose": "",
        "emphasis": Emphasis(),
        "size": Size(size[0], size, size[1]),
        "effort": Effort(10, 3, 10),
    }
    return Format(steps=steps, **(usual | given))


class Play:
    """One round, the moment it is now, and everything that has happened."""

    def __init__(
        self,
        format_: Format | str,
        *,
        preset: Preset = "async",
        hours: Mapping[str, Hours] | None = None,
        anonymous: bool = False,
        seed: int = 7,
    ) -> None:
        self.at = MONDAY
        self.hours = hours or {}
        self.seed = seed
        self.facts: list[Fact] = []
        self.round: Round = rules.draft(
            "r1",
            PLACE,
            shipped()[format_] if isinstance(format_, str) else format_,
            "the first lesson",
            HOLDER,
            self.now,
            community="home",
            preset=preset,
            settings=Settings(anonymous=anonymous, sources="our rounds", review="six months"),
        )

    @property
    def now(self) -> Now:
        return Now(self.at, self.seed, self.hours)

    def knowing(self, **what: Any) -> Now:
        """Now, with what earlier rounds tell."""
        return Now(self.at, self.seed, self.hours, **what)

    @property
    def step(self) -> StepRun:
        return self.round.steps[self.round.current]

    def take(self, changed: Changed) -> tuple[Fact, ...]:
        self.round, facts = changed
        self.facts += facts
        return facts

    def does(self, rule: Callable[..., Changed], *given: Any, **named: Any) -> tuple[Fact, ...]:
        """Applies a rule now; gives what happened."""
        return self.take(rule(self.round, *given, self.now, **named))

    def begun(self, *people: str) -> Play:
        """Invites, lets these people in, and begins."""
        self.does(rules.invite)
        for person in people:
            self.does(rules.join, person, "speak")
        self.does(rules.begin, HOLDER)
        return self

    def says(self, person: str, body: str = "", *, to: str | None = None, id_: str | None = None) -> tuple[Fact, ...]:
        """Contributes to the current step. The contribution's id is the person's name and the step's number."""
        id_ = id_ or f"{person}{self.round.current}"
        return self.does(rules.contribute, person, self.round.current, id_, body or f"words of {person}", to=to)

    def passes(self, person: str) -> tuple[Fact, ...]:
        return self.does(rules.pass_by, person, self.round.current)

    def done(self, *people: str) -> tuple[Fact, ...]:
        return tuple(fact for one in people for fact in self.does(rules.say_done, one, self.round.current))

    def votes(self, person: str, *picks: str, **named: Any) -> tuple[Fact, ...]:
        return self.take(rules.vote(self.round, person, self.round.current, picks, self.now, **named))

    def wait(self, hours: float) -> tuple[Fact, ...]:
        """Lets the clock run, knocking at every due moment."""
        until = self.at + timedelta(hours=hours)
        facts: tuple[Fact, ...] = ()
        while self.round.due is not None and self.round.due <= until:
            self.at = max(self.at, self.round.due)
            facts += self.does(rules.move_on)
        self.at = until
        return facts

    def next(self) -> tuple[Fact, ...]:
        """Goes to the next due moment."""
        assert self.round.due is not None
        self.at = max(self.at, self.round.due)
        return self.does(rules.move_on)

    def until(self, kind: type[F]) -> F:
        """Lets time pass until this happens."""
        for _ in range(100):
            for fact in self.next():
                if isinstance(fact, kind):
                    return fact
        raise AssertionError(f"{kind.__name__} never happened")

    def sleep(self, hours: float) -> tuple[Fact, ...]:
        """Nobody knocks meanwhile: Kring is down."""
        self.at += timedelta(hours=hours)
        return self.does(rules.move_on)

    def has_floor(self, person: str, step: int) -> bool:
        return person in waited_for(self.round, step)

    def room(self, step: int, option: str) -> bool:
        """Whether somebody can still pick this."""
        rule = self.round.steps[step].script.vote
        taken = sum(option in vote.picks for vote in self.round.votes if vote.step == step)
        return rule is None or rule.kind != "claim" or taken < room(self.round, step, option)

    def seen(self, person: str) -> Seen:
        return seen_by(self.round, person)


def kinds(facts: tuple[Fact, ...]) -> list[str]:
    return [type(fact).__name__ for fact in facts]


def only(facts: tuple[Fact, ...] | list[Fact], kind: type[F]) -> F:
    """The one fact of this kind."""
    (found,) = [fact for fact in facts if isinstance(fact, kind)]
    return found

"""A dialogue round and what stands in it. State is stored as it is here; nothing here changes by itself.

A seat goes by its person's id, a step by its number in the round, a contribution by its own random id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.chat.customs import customs
from bot.chat.names import Channel, Space
from bot.rounds.group import Group
from bot.rounds.said import Contribution, Vote
from bot.rounds.script import Format, Preset
from bot.rounds.step_facts import Fact
from bot.rounds.step_run import AT_WORK, StepRun, Timer
from bot.rounds.task import Task

RoundState = Literal["draft", "inviting", "running", "paused", "wrapping", "done", "cancelled", "lapsed"]
Way = Literal["speak", "listen"]
LeaveChoice = Literal["keep", "unname", "remove"]

LONGEST_TOPIC = 200
"""Letters of what a round is about."""

ENDED = ("done", "cancelled", "lapsed")
PAUSE_LIMIT = timedelta(days=30)
"""A round that is paused for longer, until nobody knows when, lapses."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen when the round was started."""

    anonymous: bool = False
    """Answers are revealed without names, in the steps of the format that allow it."""
    sources: str = ""
    """What a prompt calls {sources}."""
    review: str = ""
    """What a prompt calls {review}: after how long people look again."""


@dataclass(frozen=True, slots=True)
class Home:
    """A channel in which the round stands, with a card and a thread of its own; `name` is what its space is called.

    lost: Kring cannot write there, and the round goes on in the others. back: it could not for a while, so not
    everything stands there.
    """

    channel: Channel
    name: str
    state: Literal["here", "lost", "back"] = "here"


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in the round. `waiting`: the circle is full. `asked`: into a group, by somebody in it. `asked` and
    `declined` are nobody else's business.
    """

    person: str
    state: Literal["in", "waiting", "asked", "declined", "left"]
    way: Way = "speak"
    role: str = ""
    joined_step: int | None = None
    """The step they joined at; None: before the round began."""
    space: Space | None = None
    """Where they joined: there Kring writes to them."""
    side: str = ""
    """On which side they stand, where that is not the space they are in."""
    choose_until: datetime | None = None
    """They left a role whose words go with it: until then they say what becomes of them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision that the round waits for. `missed`: the facilitator did not answer, anybody may take over."""

    about: Literal["quiet", "too_few", "objection", "facilitator"]
    until: datetime
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """One run of a format. It keeps the script it began with, so that a new release changes no running round."""

    id: str
    community: str
    number: int
    """What people call it: 7 in `R-7`; 0 where it has none."""
    channel: Channel
    format: Format
    topic: str
    preset: Preset
    language: str
    facilitator: str | None
    """The person who holds the round; None when nobody does."""
    state: RoundState
    created_at: datetime
    settings: Settings = Settings()
    homes: tuple[Home, ...] = ()
    """Where it stands, `channel` first, when it stands in several spaces or has moved; else it has none."""
    seats: tuple[Seat, ...] = ()
    """In the order in which they were taken."""
    steps: tuple[StepRun, ...] = ()
    current: int = 0
    """The step that is open, or that opens next; of several the first, and not those of groups."""
    groups: tuple[Group, ...] = ()
    """All that were formed; people go by their group's number among them."""
    ring: tuple[str, ...] = ()
    """In which order things go round among everybody, in steps that are played once for each."""
    contributions: tuple[Contribution, ...] = ()
    votes: tuple[Vote, ...] = ()
    tasks: tuple[Task, ...] = ()
    """What people took upon themselves."""
    begins_at: datetime | None = None
    waited: bool = False
    """It has waited a day for more people."""
    began_at: datetime | None = None
    offered_to: str | None = None
    """Whom the facilitator asked to take over."""
    early_by: str | None = None
    """Who took its format though people there have not done together what usually comes before it."""
    asked: Asked | None = None
    paused_at: datetime | None = None
    paused_until: datetime | None = None
    paused_from: RoundState | None = None
    paused_for: Literal["", "voice"] = ""
    """voice: it goes on by itself when its sides are large enough again."""
    keep_until: datetime | None = None
    look_at: datetime | None = None
    """When people look together at what somebody took on in it."""
    went_on: int | None = None
    """The number of the round in which people go on with what it came to."""
    ended_at: datetime | None = None
    purge_at: datetime | None = None
    version: int = 0
    """Counted by storage."""

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Where everything of it is posted."""
        return tuple(home.channel for home in self.homes if home.state != "lost") if self.homes else (self.channel,)

    @property
    def several(self) -> bool:
        """Whether it stands in several spaces; with one home it only moved there."""
        return len(self.homes) > 1

    def near(self, space: Space | None) -> Round:
        """The round for a reader in that space: its channel is the one they can go to. To be looked at, not kept."""
        here = next((home.channel for home in self.homes if home.channel.space == space), self.channel)
        return self if here == self.channel else replace(self, channel=here)

    def walled(self, channel: Channel) -> bool:
        """Whether it has a private thread there: what is said in it is for those inside, and it shows it to them."""
        return self.format.private and customs(channel.space).private_threads

    @property
    def hidden(self) -> bool:
        """Whether what is said for those inside stands in no thread near its reader: they read along by a button."""
        return self.format.private and not self.walled(self.channel)

    @property
    def purged(self) -> bool:
        """Whether the time has passed after which what nobody keeps is erased."""
        return self.ended_at is not None and self.purge_at is None

    def seat(self, person: str) -> Seat | None:
        return next((seat for seat in self.seats if seat.person == person), None)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who takes part by speaking, in the order in which they joined."""
        return tuple(seat.person for seat in self.seats if seat.state == "in" and seat.way == "speak")

    @property
    def listeners(self) -> tuple[str, ...]:
        return tuple(seat.person for seat in self.seats if seat.state == "in" and seat.way == "listen")

    @property
    def step(self) -> StepRun | None:
        """The current step while it is played, in groups too; None before, between and after the steps."""
        run = self.steps[self.current] if self.current < len(self.steps) else None
        return run if run is not None and (run.at_work or run.state == "split") else None

    @property
    def at_work(self) -> tuple[int, ...]:
        """All steps that take answers or are being revealed now, in groups too."""
        return tuple(step for step, run in enumerate(self.steps) if run.state in AT_WORK)

    def group_of(self, person: str) -> int | None:
        """The number of the group in which this person is now."""
        return next((at for at, group in enumerate(self.groups) if not group.over and person in group.members), None)

    def side_of(self, person: str) -> str:
        """On which side they stand: in a round over several spaces that of their space; empty: on none."""
        seat = self.seat(person)
        if seat is None:
            return ""
        return seat.space.id if self.several and seat.space is not None else seat.side

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def seeking(self) -> bool:
        """Whether it is on hold and a second voice is looked for on a side that is too small."""
        return self.state == "paused" and self.paused_for == "voice"

    @property
    def wrapping(self) -> bool:
        """Whether nothing more opens: it is being wrapped up, or was when it was put on hold."""
        return "wrapping" in (self.state, self.paused_from)

    @property
    def _asks_about_few(self) -> bool:
        return self.seeking and self.asked is not None and self.asked.about == "too_few"

    def contribution(self, id_: str) -> Contribution | None:
        return next((one for one in self.contributions if one.id == id_), None)

    def answers(self, step: int) -> tuple[Contribution, ...]:
        """What was written in that step and still counts; in the order of the reveal once revealed."""
        return tuple(one for one in self.contributions if one.step == step and one.counts)

    def answer_of(self, person: str, step: int) -> Contribution | None:
        """The first thing this person wrote in that step."""
        return next((one for one in self.answers(step) if one.person == person), None)

    def responses(self, contribution: str) -> tuple[Contribution, ...]:
        return tuple(one for one in self.contributions if one.to == contribution and one.visible)

    def vote_of(self, person: str, step: int) -> Vote | None:
        return next((vote for vote in self.votes if vote.step == step and vote.person == person), None)

    def with_group(self, number: int, group: Group) -> Round:
        return replace(self, groups=(*self.groups[:number], group, *self.groups[number + 1 :]))

    def with_step(self, index: int, run: StepRun) -> Round:
        return replace(self, steps=(*self.steps[:index], run, *self.steps[index + 1 :]))

    def with_contribution(self, changed: Contribution) -> Round:
        """In the place of the one with the same id, else behind the others."""
        if self.contribution(changed.id) is None:
            return replace(self, contributions=(*self.contributions, changed))
        return replace(self, contributions=tuple(changed if c.id == changed.id else c for c in self.contributions))

    def with_seat(self, changed: Seat) -> Round:
        if self.seat(changed.person) is None:
            return replace(self, seats=(*self.seats, changed))
        return replace(self, seats=tuple(changed if seat.person == changed.person else seat for seat in self.seats))

    @property
    def timers(self) -> tuple[Timer, ...]:
        """Everything the round waits for, earliest first."""
        return tuple(sorted(self._timers(), key=lambda timer: timer.at))

    @property
    def due(self) -> datetime | None:
        """The one moment to wake it: the earliest of its timers."""
        return min((timer.at for timer in self._timers()), default=None)

    def _timers(self) -> Iterator[Timer]:
        if self.purge_at is not None:
            yield Timer(self.purge_at, "purge")
        yield from (Timer(seat.choose_until, "words") for seat in self.seats if seat.choose_until is not None)
        if self.state == "inviting" and self.begins_at is not None:
            yield Timer(self.begins_at, "start")
        if self.state == "paused" and self.paused_at is not None:
            yield Timer(self.paused_until or self.paused_at + PAUSE_LIMIT, "pause")
        if self.asked is not None and (self.state in {"inviting", "running"} or self._asks_about_few):
            yield Timer(self.asked.until, "facilitator")
        if self.state == "running":
            for step in self.at_work:
                yield from self.steps[step].timers(step)
        if self.state == "wrapping" and self.keep_until is not None:
            yield Timer(self.keep_until, "keep")


Changed = tuple[Round, tuple[Fact, ...]]
"""What every rule gives: the round as it is now, and what has happened, in order."""


def then(changed: Changed, rule: Callable[[Round], Changed]) -> Changed:
    """What the next rule makes of it, with the facts of both."""
    round_, facts = changed
    round_, more = rule(round_)
    return round_, (*facts, *more)

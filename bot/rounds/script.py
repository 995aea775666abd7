"""A format: the script of a dialogue round, as `formats.py` reads it from its file.

A format file is TOML; texts stand in both languages. docs/reference/formats.md explains each of its keys
(docs/format_keys.py) and the places in braces that a prompt may hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from bot.rounds.step_rules import Field, GroupRule, Guard, Limit, Texts, VoteRule

SIDES = ("A", "B")
"""What the sides are called where they are not spaces."""

Preset = Literal["async", "live"]
"""async: spread over days. live: a meeting in chat, of which Kring keeps the minutes."""

Mode = Literal["collect", "turns", "open", "vote", "groups"]
Harvest = Literal["none", "mark", "draft"]
Order = Literal["random", "fixed", "newcomers_first"]
Below = Literal["ask", "close"]
BelowSide = Literal["ask", "pause"]
Place = Literal["thread", "private", "private_trio"]
Filling = Literal["chance", "claim", "vote", "facilitator", "lap"]
IfSilent = Literal["", "runner_up", "hint", "volunteer", "last", "asks_in"]
IfNone = Literal["", "park"]
IfNothing = Literal["go_on", "close", "next_lap"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a format. Time boxes are upper bounds: a step closes early when everybody is done."""

    key: str
    mode: Mode
    prompt: Texts
    async_h: float
    sync_min: float
    floor: str = "all"
    """Who may speak: `all`, `holder`, `contributors`, `inner`, `role:x`, `not:role:x`."""
    order: Order = "random"
    turn_async_h: float = 0
    turn_sync_min: float = 0
    reveal: str = "none"
    """When a `collect` step closes: `together`, `to:role:x` or `none`."""
    anonymous: Literal["never", "optional"] = "never"
    vote: VoteRule | None = None
    harvest: Harvest = "none"
    min_inputs: int | None = None
    """Below this the step went quiet; None: three, or everybody where there are fewer, and one in an `open` step."""
    fields: tuple[Field, ...] = ()
    by_side: bool = False
    repeat: Literal["", "each", "until"] = ""
    """each: once for every member. until: until a vote says yes, at most `tries` times."""
    tries: int = 1
    in_groups: bool = False
    when: Guard | None = None
    parallel_with: str = ""
    limit: Limit | None = None
    groups: GroupRule | None = None
    if_nothing: IfNothing = "go_on"
    """When it is over and nobody has said anything the round goes on, or closes, or goes on with the next lap."""
    last_word: bool = False
    """It asks for the word to close with, so Kring itself does not."""

    def window(self, preset: Preset) -> timedelta:
        """The time box of the whole step."""
        return timedelta(hours=self.async_h) if preset == "async" else timedelta(minutes=self.sync_min)

    def turn(self, preset: Preset) -> timedelta:
        """The time box of one turn."""
        return timedelta(hours=self.turn_async_h) if preset == "async" else timedelta(minutes=self.turn_sync_min)

    @property
    def asks_to_keep(self) -> bool:
        """Whether the step asks contributors about their own words, so that their silence is a no."""
        return self.floor == "contributors" and self.mode == "collect" and self.reveal == "none"

    @property
    def for_oneself(self) -> bool:
        """Whether people note something in it for their own eyes."""
        return self.mode == "collect" and self.reveal == "none" and not self.asks_to_keep and not self.in_groups

    @property
    def asks_consent(self) -> bool:
        """Whether the step asks people to agree, so that nobody may skip it for them."""
        return self.asks_to_keep or (self.vote is not None and self.vote.kind == "consent")

    @property
    def open_floor(self) -> bool:
        """Whether people write as they like: in the thread, or in their group's."""
        return self.mode in {"open", "groups"}


def takes_notes(before: Sequence[Step]) -> int | None:
    """Which of these is the last one in which people note something for themselves before they are put into groups."""
    formed = next((at for at in reversed(range(len(before))) if (rule := before[at].groups) and rule.size), 0)
    return next((at for at in reversed(range(formed)) if before[at].for_oneself), None)


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is in a round: from `count` to `most` people; `rest`: everybody without another role.

    filled_by: by *chance* when a step first needs it; by a *claim* vote, and by chance up to `count` if too few did;
    by a *vote* that `gives` it; by the *facilitator*, else by nobody; by the *lap*: in steps with `repeat` the first
    role with this goes round, the next ones are the next in the ring.
    """

    key: str
    name: Texts
    count: int = 1
    most: int = 0
    """0: not more than `count`."""
    rest: bool = False
    filled_by: Filling = "chance"
    from_size: int = 0
    essential: bool = False
    """When the one who has it leaves, the round is closed; and they do not hold the round as well."""
    drawn_at: str = ""
    """The step at whose opening chance fills it, and not again; empty: whenever a step needs it."""
    if_silent: IfSilent = ""
    """What happens when the one who has the word for it says nothing for a whole turn. Usually people are asked what
    would help; *hint*: the facilitator alone hears of it; *volunteer*: the word is offered to the others, but not to
    whose lap it is; *asks_in*: whose lap it is may ask one more person in; *last*: their lap is played after everybody
    else's; *runner_up*: the author of what came next in the vote that gave the role gets it, also when they pass or
    have left.
    """
    if_none: IfNone = ""
    """What happens when the claim for it closes and nobody has it: nothing, or the round is put aside once (*park*) and
    asks again when it comes back.
    """
    reaches_out: bool = False
    """When a side says nothing, whoever has it is asked to reach them; the facilitator where nobody has such a role."""
    words_go: bool = False
    """When the one who has it leaves, what they said goes after a while, unless they say what becomes of it."""

    @property
    def room(self) -> int:
        """How many people can have it."""
        return max(self.count, self.most)


@dataclass(frozen=True, slots=True)
class Size:
    """`min` to begin, `best` from and to, `max` to join."""

    min: int
    best: tuple[int, int]
    max: int
    per_side_min: int = 0
    below: Below = "ask"
    """When people leave and too few are left: the step is finished and people are *asked* what to do; or the round is
    *closed* at once.
    """
    below_side: BelowSide = "ask"
    """When a side becomes too small while a step is open: the same; or the round is *paused*, and somebody is looked
    for on that side.
    """


@dataclass(frozen=True, slots=True)
class Emphasis:
    """How much a format does of each, 0 to 2."""

    explore: int = 0
    exploit: int = 0
    tacit: int = 0
    explicit: int = 0


@dataclass(frozen=True, slots=True)
class Effort:
    """What a round asks of a person: minutes of their time in each preset, and over how many days at most."""

    async_minutes: int
    async_days: int
    live_minutes: int


NEEDS = ("meet", "chafes", "idea", "back", "keep", "other", "newcomers")
"""What a round may be asked for: to get to know each other, something that chafes, an idea, to look back, to keep what
was learned, another organisation, newcomers."""


@dataclass(frozen=True, slots=True)
class Unlock:
    """From when on a format is proposed to a circle. A cycle is a round that searched and one that held on."""

    rounds: int = 0
    cycles: int = 0


@dataclass(frozen=True, slots=True)
class Format:
    id: str
    version: int
    name: Texts
    blurb: Texts
    purpose: str
    emphasis: Emphasis
    size: Size
    effort: Effort
    steps: tuple[Step, ...]
    roles: tuple[Role, ...] = ()
    late_join_until: str | None = None
    """The step from which on nobody joins any more; None: until the end."""
    late_join_groups: bool = False
    """After that people still join while a group is at work that has fewer than it was meant to have."""
    good_for: tuple[str, ...] = ()
    """Of NEEDS, what it was made for first."""
    unlock: Unlock = Unlock()
    notes: Mapping[str, str] = field(default_factory=dict)
    """What its author says about exit, silence and drop-out, for people who read the file."""
    place: Place = "thread"
    sides: int = 0
    instead: str = ""
    """The id of the format that is proposed when the round closes because nobody said anything in such a step."""
    variant_of: str = ""
    """The id of the format that this is a variant of."""

    @property
    def can_be_anonymous(self) -> bool:
        return any(step.anonymous == "optional" for step in self.steps)

    @property
    def private(self) -> bool:
        """Whether only those inside read what is said."""
        return self.place != "thread"

    @property
    def given(self) -> tuple[Role, ...]:
        """The roles that its facilitator can give."""
        return tuple(role for role in self.roles if not role.rest and role.filled_by != "lap")

    def role(self, key: str) -> Role | None:
        return next((role for role in self.roles if role.key == key), None)

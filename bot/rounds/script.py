"""A format: the script of a dialogue round, as `formats.py` reads it from its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

Texts = Mapping[str, str]
"""One text by language: `{"en": ..., "nl": ...}`."""

Preset = Literal["async", "live"]
"""async: spread over days. live: a meeting in chat, of which Kring keeps the minutes."""

Mode = Literal["collect", "turns", "open", "vote"]
VoteKind = Literal["choice", "dots", "scale", "consent", "claim"]
Harvest = Literal["none", "mark", "draft"]

CONSENT = ("fine", "concern", "objection")
"""The options of a `consent` vote."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be voted for. `label` is empty where `key` is one of the words of CONSENT."""

    key: str
    label: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VoteRule:
    """How a `vote` step votes. Without `options` it votes on the answers that were revealed last."""

    kind: VoteKind
    per_person: int = 1
    """How many dots everybody has."""
    options: tuple[Option, ...] = ()
    scale: tuple[int, int] = (1, 5)
    """The lowest and the highest mark of a `scale`."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an answer that is asked by form fields."""

    key: str
    label: Texts


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a format. Time boxes are upper bounds: a step closes early when everybody is done."""

    key: str
    mode: Mode
    prompt: Texts
    """Places in braces: `topic`, `sources`, `review`, and the roles of the format."""
    async_h: float
    sync_min: float
    floor: str = "all"
    """Who may speak: `all`, `holder`, `contributors`, `role:x`, `not:role:x`."""
    order: Literal["random", "fixed"] = "random"
    turn_async_h: float = 0
    turn_sync_min: float = 0
    reveal: str = "none"
    """When a `collect` step closes: `together`, `to:role` or `none`."""
    anonymous: Literal["never", "optional"] = "never"
    vote: VoteRule | None = None
    harvest: Harvest = "none"
    min_inputs: int | None = None
    """Below this the step went quiet; None: three, or everybody where there are fewer, and one in an `open` step."""
    fields: tuple[Field, ...] = ()

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
    def asks_consent(self) -> bool:
        """Whether the step asks people to agree, so that nobody may skip it for them."""
        return self.asks_to_keep or (self.vote is not None and self.vote.kind == "consent")


@dataclass(frozen=True, slots=True)
class Role:
    key: str
    name: Texts
    count: int = 1


@dataclass(frozen=True, slots=True)
class Size:
    """`min` to begin, `best` from and to, `max` to join."""

    min: int
    best: tuple[int, int]
    max: int


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
    notes: Mapping[str, str] = field(default_factory=dict)
    """What the format's author says about exit, silence and drop-out, for people who read the file."""

    @property
    def can_be_anonymous(self) -> bool:
        return any(step.anonymous == "optional" for step in self.steps)

"""What rounds need from storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chat.names import Channel, Space
from bot.ports import Unit
from bot.rounds.balance import Held, Life
from bot.rounds.crossing import Crossing
from bot.rounds.model import Round
from bot.rounds.schedules import Schedule


class Rounds(Protocol):
    def add(self, round_: Round) -> None:
        """Keeps a new round."""

    def get(self, community: str, id_: str) -> Round | None: ...

    def save(self, round_: Round) -> None:
        """Writes what changed since it was got. Raises Overtaken when somebody else saved it meanwhile."""

    def in_channel(self, community: str, channel: Channel) -> tuple[Round, ...]:
        """Those of this channel that have not ended, oldest first."""

    def open_for(self, community: str, person: str) -> tuple[Round, ...]:
        """Those that have not ended and that this person holds, joined or was asked into, oldest first."""

    def touching(self, community: str, person: str) -> tuple[Round, ...]:
        """All that know anything of this person, ended ones too, oldest first."""


@dataclass(frozen=True, slots=True)
class Past:
    """A round that was held to its end: its format, and where it stood."""

    format: str
    channels: tuple[Channel, ...]
    ended_at: datetime


class PastRounds(Protocol):
    def latest(self, community: str) -> tuple[Past, ...]:
        """The last ones that were held to their end, newest first."""


class Schedules(Protocol):
    def add(self, schedule: Schedule) -> None:
        """Keeps a new repeating round."""

    def save(self, schedule: Schedule) -> Schedule:
        """Writes it; gives it back with its new version. Raises Overtaken when somebody else was first."""

    def get(self, community: str, id_: str) -> Schedule | None: ...

    def of(self, community: str) -> tuple[Schedule, ...]:
        """All of this community, oldest first."""

    def held_by(self, community: str, person: str) -> tuple[Schedule, ...]:
        """Those that this person holds, oldest first."""

    def drop(self, community: str, id_: str) -> None:
        """It comes back no more."""


class OwnFormats(Protocol):
    def of(self, community: str) -> Mapping[str, str]:
        """The formats that this community made, each as the text of its file, by id; the oldest first."""

    def put(self, community: str, id_: str, text: str, made_at: datetime) -> None:
        """Keeps a new one."""

    def drop(self, community: str, id_: str) -> None:
        """It is offered no more."""


class FoundRounds(Protocol):
    def numbered(self, community: str, number: int) -> str | None:
        """The id of the round that people call so, such as 7 for `R-7`."""

    def last_in(self, community: str, channel: Channel) -> tuple[str, ...]:
        """The ids of the few rounds that ended last of those that stood in this channel, the newest first."""


class Crossings(Protocol):
    def of(self, community: str) -> Mapping[Space, Crossing]:
        """Of every space that does not let everything cross."""

    def choose(self, community: str, space: Space, crossing: Crossing) -> None: ...


class Hands(Protocol):
    """`of`: only rounds in which most of those who spoke are of these people, and what was kept from them."""

    def held(self, community: str, since: datetime, of: Collection[str] = ()) -> tuple[Held, ...]:
        """The rounds that were done since then, oldest first."""

    def lately(self, community: str, since: datetime, of: Collection[str] = ()) -> tuple[str, ...]:
        """The ids of those rounds, the newest first."""

    def lives(self, community: str, of: Collection[str] = ()) -> tuple[Life, ...]:
        """Every know-how item there is: how far it came and what came back to it."""


class Gathered(Protocol):
    """A circle, as far as rounds ask."""

    @property
    def id(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def facilitator(self) -> str: ...
    @property
    def home(self) -> Channel | None: ...
    @property
    def members(self) -> Sequence[str]: ...
    @property
    def people(self) -> Sequence[str]:
        """Who is in it, and who was."""


class Circles(Protocol):
    def of(self, community: str, person: str) -> Sequence[Gathered]:
        """All in which this person has or had a seat, or that they hold; by number."""


class RoundsUnit(Unit, Protocol):
    @property
    def rounds(self) -> Rounds: ...
    @property
    def found_rounds(self) -> FoundRounds: ...
    @property
    def crossings(self) -> Crossings: ...
    @property
    def hands(self) -> Hands: ...
    @property
    def circles(self) -> Circles:
        """As the circles' feature keeps them."""

    @property
    def past_rounds(self) -> PastRounds: ...
    @property
    def own_formats(self) -> OwnFormats: ...
    @property
    def schedules(self) -> Schedules: ...

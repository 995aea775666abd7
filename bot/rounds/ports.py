"""What rounds need from storage."""

from __future__ import annotations

from typing import Protocol

from bot.chat.names import Channel
from bot.ports import Unit
from bot.rounds.model import Round


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


class RoundsUnit(Unit, Protocol):
    @property
    def rounds(self) -> Rounds: ...

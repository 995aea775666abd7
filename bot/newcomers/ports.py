"""What the newcomers' feature needs from storage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.context import Context
from bot.newcomers.model import CheckinAnswer, Help, Newcomer, Pairing, Stage, Volunteer
from bot.ports import Unit


class Newcomers(Protocol):
    """Everything is kept per community; nothing of another one is ever found.

    What is saved was read in the same unit, or is new. Raises Overtaken when somebody else was first.
    """

    def get(self, community: str, newcomer: str) -> Newcomer | None: ...

    def of(self, community: str, person: str) -> Newcomer | None: ...

    def save(self, community: str, newcomer: Newcomer) -> None: ...

    def joined_since(self, community: str, since: datetime) -> tuple[Newcomer, ...]:
        """Who joined since then and has not left, oldest first."""

    def forget(self, community: str, person: str) -> None:
        """Erases everything kept about this person, as a newcomer, as a buddy and as a helper."""

    def unite(self, community: str, person: str, into: str, journey: str, ended: str) -> None:
        """All that is kept about `person` is kept about `into`.

        What was written on the journey `ended`, which goes, belongs to `journey`; both are empty where there are not
        two. Where both chose something only one can have, what `into` chose counts.
        """

    def stage(self, community: str, person: str) -> Stage | None: ...

    def set_stage(self, community: str, person: str, stage: Stage) -> None: ...

    def stages(self, community: str, people: tuple[str, ...]) -> Mapping[str, Stage]:
        """The stages that these people chose, by person; who chose none is left out."""

    def keep(self, community: str, answer: CheckinAnswer) -> None: ...

    def answer(self, community: str, answer: str) -> CheckinAnswer | None: ...

    def answers(self, community: str, newcomer: str) -> tuple[CheckinAnswer, ...]:
        """Oldest first."""

    def drop(self, community: str, newcomer: str, until: datetime | None = None) -> None:
        """Erases the answers of this newcomer given up to then; all of them for None."""

    def drop_answer(self, community: str, answer: str) -> None: ...

    def volunteers(self, community: str) -> tuple[Volunteer, ...]: ...

    def volunteer(self, community: str, person: str, now: datetime) -> None: ...

    def unvolunteer(self, community: str, person: str) -> None: ...

    def was_proposed(self, community: str, person: str, now: datetime) -> None:
        """Notes when this volunteer was last proposed to somebody."""

    def pairing(self, community: str, pairing: str) -> Pairing | None: ...

    def pairings(self, community: str, person: str) -> tuple[Pairing, ...]:
        """All in which this person is the newcomer or the buddy, oldest first."""

    def save_pairing(self, community: str, pairing: Pairing) -> None: ...

    def drop_pairing(self, community: str, pairing: str) -> None: ...

    def help(self, community: str, help_: str) -> Help | None: ...

    def helps(self, community: str, person: str) -> tuple[Help, ...]:
        """What this newcomer asked for, oldest first."""

    def calls(self, community: str, person: str) -> tuple[tuple[datetime, str], ...]:
        """When this person was asked to help somebody, and what they said; oldest first."""

    def save_help(self, community: str, help_: Help) -> None: ...

    def drop_help(self, community: str, help_: str) -> None: ...

    def count(self, community: str, what: str) -> None:
        """One more of something that is only ever counted."""

    def counts(self, community: str) -> Mapping[str, int]: ...


class NewcomersUnit(Unit, Protocol):
    @property
    def newcomers(self) -> Newcomers: ...


Ctx = Context[NewcomersUnit]

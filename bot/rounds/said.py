"""What somebody said in a round: contributions, consent to keeping them, and votes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.chat.names import MessageRef


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether the author lets their words be kept. `words`: how they would rather say it."""

    answer: Literal["asked", "yes", "unnamed", "no"] = "asked"
    words: str = ""
    ask: bool = False
    """With a yes: others may ask them about it."""

    @property
    def given(self) -> bool:
        return self.answer in {"yes", "unnamed"}


@dataclass(frozen=True, slots=True)
class Contribution:
    """What somebody wrote in a step. In a `collect` step others see it when it is revealed, elsewhere at once."""

    id: str
    step: int
    person: str
    """Empty when the author was forgotten."""
    body: str
    fields: tuple[tuple[str, str], ...] = ()
    """What was filled in, by field, where the step asks by fields; `body` has the same as text."""
    to: str | None = None
    """The contribution this responds to."""
    named: bool = True
    message: MessageRef | None = None
    """The author's own message, where it was written as one."""
    revealed_at: datetime | None = None
    edited_at: datetime | None = None
    """Changed after others could see it."""
    removed: bool = False
    withdrawn: bool = False
    """Its author left or did not say yes to their name: it is not revealed, and erased in the end."""
    marked: bool = False
    """Its author pressed *Keep this*."""
    consent: Consent | None = None
    inside: bool = False
    """Only those inside read it: who sits in the round, or in its group."""
    group: int | None = None
    """It was for its author's own eyes, and this group reads it, as was said before."""

    @property
    def visible(self) -> bool:
        return self.revealed_at is not None and not self.removed

    @property
    def counts(self) -> bool:
        return not self.removed and not self.withdrawn

    @property
    def kept(self) -> bool:
        """Whether its author lets it leave the round."""
        return self.counts and self.consent is not None and self.consent.given


@dataclass(frozen=True, slots=True)
class Vote:
    """`picks` are options; a dot twice on one answer is there twice. `words`: what somebody adds to an objection, and
    `taken_up` the id of the task by which somebody took it up.
    """

    step: int
    person: str
    picks: tuple[str, ...]
    words: str = ""
    named: bool = False
    taken_up: str = ""

"""People who play one format again and again, in a channel of their own, and what they know of it from outside."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.faults import objecting
from tests.faults.life import Told
from tests.faults.objecting import Objecting

Person = Any

SPEAK = "I'll speak"
PRIVATELY = {"Answer privately", "Change it"}
WRITE = PRIVATELY | {
    "Answer again", "Add mine", "Say it in a form", "Add something", "Respond", "I'd word it differently",
}  # fmt: skip
VOTE = "Vote"
WEIGHTS = {
    "Answer privately": 8.0, "Say it in a form": 8.0, "Add something": 3.0, "Add mine": 3.0, "Respond": 2.0,
    "Answer again": 2.0, VOTE: 8.0, "Choose": 4.0, "Done": 5.0, "Pass": 0.8, "Later, please": 0.8, "Change it": 1.0,
    "Take it back": 0.6, "I need more time": 0.5, "My part": 0.4, "Read along": 0.6, "Keep this": 2.0,
    "Yes, with my name": 6.0, "Yes, without my name": 2.0, "I'd word it differently": 1.0, "No": 0.5,
    "Rather not after all": 0.5, "Leave the round": 0.08, "Keep it with my name": 1.0, "Keep it without my name": 2.0,
    "Remove it": 2.0, "This is too much": 0.1, "No, just a break": 1.0, "Stop the round": 0.02, "Go on": 3.0,
    "Keep it for me": 2.0, "Post it as my own words": 2.0, "Throw it away": 2.0, "Begin now": 1.0,
    **objecting.WEIGHTS,
}  # fmt: skip
"""How much people like each button."""
TAKES_AWAY = {"Pass", "Take it back", "Leave the round", "Remove it", "Stop the round", "Throw it away", "No"}
TAKES_AWAY |= objecting.TAKES_AWAY
"""After these something that was written may be gone."""
YES = (
    "Noted.", "Thank you.", "Changed.", "It is taken back", "That is fine: passing", "Your vote is in",
    "You have left this round", "Your invitation stands", "It goes", "The word goes on, and comes back",
    "It is yours, until",
)  # fmt: skip
"""How Kring says that it did it."""
MARK = re.compile(r"word \d{6}")
THING = re.compile(r"(?:word|utterance) \d{6}")


@dataclass
class Saying:
    """Something that somebody wrote by a form, in whatever words they put it one after the other; None: taken back."""

    person: Person
    topic: str
    step: str
    """What the heading says, where there was one."""
    private: bool
    """It is shown when all are."""
    tries: list[tuple[str | None, Told]] = field(default_factory=list)
    may_be_gone: bool = False

    @property
    def marks(self) -> list[str]:
        return [mark for mark, _ in self.tries if mark is not None]

    @property
    def accepted(self) -> bool:
        return any(told.accepted for _, told in self.tries)

    def possible(self) -> set[str | None]:
        """What may stand there: what was accepted last, or what came after it and nobody knows the end of."""
        sure = [at for at, (_, told) in enumerate(self.tries) if told.accepted]
        found = {mark for mark, _ in self.tries[sure[-1] if sure else 0 :]}
        return found | ({None} if self.may_be_gone or not sure else set())


@dataclass
class Circle:
    format: str
    private: bool
    """Only those inside may read it."""
    channel: Any
    people: list[Person]
    topics: list[str] = field(default_factory=list)
    calls: dict[str, Told] = field(default_factory=dict)
    """By topic."""
    joined: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    said: list[Saying] = field(default_factory=list)
    voted: dict[str, list[tuple[str, Told]]] = field(default_factory=lambda: defaultdict(list))
    """By topic: who tried, and what came of it."""
    uttered: list[str] = field(default_factory=list)
    """What was written into threads."""
    objecting: Objecting = field(default_factory=Objecting)
    locks: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    """Everybody has only two hands."""

    @property
    def topic(self) -> str:
        return self.topics[-1] if self.topics else ""

    def saying(self, person: Person, step: str, before: str, *, private: bool, arrived: bool) -> Saying:
        """The one that is put in other words, where a form was filled in with it; else a new one.

        `arrived`: what is filled in may have arrived before, for all that the platform says.
        """
        mine = [each for each in self.said if each.person is person and each.topic == self.topic]
        known = [each for each in mine if set(MARK.findall(before)) & set(each.marks)]
        known = [each for each in known if each.private or each.accepted or not arrived]
        unsure = [each for each in mine if private and each.private and each.step == step and not each.accepted]
        for each in (*known, *unsure):
            return each
        self.said.append(Saying(person, self.topic, step, private))
        return self.said[-1]

    def takes_away(self, person: Person, label: str) -> None:
        for each in self.said:
            if each.topic == self.topic and (each.person is person or label == "Stop the round"):
                each.may_be_gone = True
        self.objecting.takes_away(person, label, self.topic)

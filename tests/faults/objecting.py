"""People who object in a vote on consent, and take up what others object to; and what must hold of that."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.faults.kept import KeptRound
from tests.faults.life import Told

if TYPE_CHECKING:
    from tests.fakes.overheard import Overheard
    from tests.faults.rounds import RoundsLife

Person = Any

FINE, OBJECT = "Fine", "An objection"
BALLOTS = {FINE, "A concern", OBJECT}
TAKE_UP, GIVE_BACK, SETTLED = "I take this up", "I give it back", "My objection is settled"
WEIGHTS = {
    FINE: 8.0, "A concern": 2.0, OBJECT: 12.0, TAKE_UP: 5.0, SETTLED: 0.3, "Talk, then vote again": 3.0,
    "Go on, it stays open": 0.1,
}  # fmt: skip
TAKES_AWAY = {GIVE_BACK, SETTLED, "Leave the round"}
"""After these nobody may have taken it up any more."""
REMINDER = "You took up an objection from"
AGAINST = re.compile(r"against \d{6}")
ERRAND = re.compile(r"errand \d{6}")
ONCE: dict[str, tuple[str, ...]] = {"ObjectionStands": ("step",), "VoteAgain": ("step",)}
REPEATED: dict[str, tuple[str, ...]] = {
    "takes up an objection, until": ("ObjectionTakenUp",),
    "objections, until": ("ObjectionTakenUp",),
    "The objection is open again.": ("ObjectionGivenBack",),
    "Can you live with these next steps?": ("RoundBegan", "VoteAgain"),
}


@dataclass
class Errand:
    """What somebody says they will do about an objection."""

    person: Person
    topic: str
    mark: str
    told: Told = field(default_factory=Told)
    may_be_gone: bool = False


@dataclass
class Objecting:
    """What people know of one circle."""

    against: dict[str, Person] = field(default_factory=dict)
    """Who wrote which words against something."""
    errands: list[Errand] = field(default_factory=list)

    def takes_away(self, person: Person, label: str, topic: str) -> None:
        for each in self.errands:
            if each.topic == topic and (each.person is person or label == SETTLED):
                each.may_be_gone = True


def of_errands(objecting: Objecting, rounds: Mapping[str, KeptRound]) -> None:
    """What somebody took up is theirs once."""
    for each in objecting.errands:
        tasks = rounds[each.topic].tasks if each.topic in rounds else ()
        count = sum(each.mark in words for words in tasks)
        least = each.told.accepted and not each.may_be_gone
        assert least <= count <= 1, f"{each} is taken up {count} times"


def of_reminders(objecting: Objecting, letters: Iterable[str], rounds: Mapping[str, KeptRound]) -> None:
    """Who took something up is reminded of it once."""
    came = Counter(mark for text in letters if REMINDER in text for mark in set(ERRAND.findall(text)))
    for each in objecting.errands:
        has_it = any(each.mark in words for words in rounds[each.topic].tasks) if each.topic in rounds else False
        assert has_it <= came[each.mark] <= 1, f"{each}, {has_it=}: {came[each.mark]} reminders"


def of_secrets(life: RoundsLife, rounds: Mapping[str, KeptRound]) -> None:
    """What people object to stands nowhere before the votes are counted; what they thought better of, never."""
    authors = {mark: person for circle in life.circles for mark, person in circle.objecting.against.items()}
    since = {mark: at for round_ in rounds.values() for mark, at in _counted(round_).items()}
    for heard in life.server.ear.heard:
        for mark in set(AGAINST.findall(heard.words)):
            _may_read(life, heard, mark, authors[mark], since)


def _may_read(life: RoundsLife, heard: Overheard, mark: str, author: Person, since: Mapping[str, float]) -> None:
    reader = life.read_by(heard)
    allowed = reader == author.id or (mark in since and heard.at >= since[mark] - 1)
    assert allowed, f"{reader} reads {mark} of {author.name}, which is for all since {since.get(mark)}:\n{heard}"


def _counted(round_: KeptRound) -> dict[str, float]:
    """Since when everybody may read what stands in a ballot."""
    at = {fact.fields["step"]: fact.at.timestamp() for fact in round_.of("VotesCounted")}
    return {mark: at[step] for step, words in round_.ballots if step in at for mark in AGAINST.findall(words)}

"""What must hold when people have played rounds while everything went wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.faults import objecting
from tests.faults.circle import MARK, Circle, Saying
from tests.faults.kept import ENDED, KeptRound, Said
from tests.process import LONG_STRIDE

if TYPE_CHECKING:
    from tests.faults.rounds import RoundsLife

Rounds = Mapping[str, KeptRound]

AFTER_END = (LONG_STRIDE + timedelta(minutes=30)).total_seconds()
ONCE: dict[str, tuple[str, ...]] = {
    "RoundInvited": (), "RoundBegan": (), "WrappingBegan": (), "StepOpened": ("step",), "Revealed": ("contributions",),
    "VotesCounted": ("step",), "StepClosed": ("step",), "GroupsFormed": ("step",),
    "Answered": ("contribution",), "WentQuiet": ("step",), **objecting.ONCE,
}  # fmt: skip
"""What happens once in a round, to each of what these fields name."""


REPEATED: dict[str, tuple[str, ...]] = {
    "This round is on hold.": ("RoundPaused",),
    "It is quiet here.": ("WentQuiet",),
    "It was quiet here for a while.": ("WentQuiet",),
    "We go on.": ("RoundResumed",),
    "We move on for now.": ("TurnGiven",),
    "The word goes on.": ("TurnGiven",),
    "Nobody holds this round now.": ("FacilitatorMissed",),
    "This was taken back by its author.": ("Removed",),
    "In the thread under this message you work": ("GroupsFormed",),
    "Thank you. It is kept": ("ContributionKept",),
    "That is fine: it stays in the round.": ("KeepRefused", "KeepWithdrawn"),
    **objecting.REPEATED,
}
"""What may be said again in the same words, and what must have happened as often."""


@dataclass(frozen=True)
class Standing:
    """A message of Kring. `under`: what the message says that its thread hangs on."""

    at: float
    place: str
    text: str
    under: str = ""


def of_words(circles: Iterable[Circle], rounds: Rounds) -> None:
    """Whatever was accepted is there once."""
    for circle in circles:
        for topic, told in circle.calls.items():
            assert told.fits(topic in rounds), f"{topic}: {told}, but it is not there"
        bodies = {topic: [each.body for each in rounds[topic].said] for topic in circle.topics if topic in rounds}
        for saying in circle.said:
            _of_saying(saying, bodies.get(saying.topic, []))
        everything = [body for found in bodies.values() for body in found]
        for mark in circle.uttered:
            count = sum(mark in body for body in everything)
            assert count <= 1, f"{mark} is there {count} times"
        objecting.of_errands(circle.objecting, rounds)
        for topic in bodies:
            _of_votes(circle, rounds[topic])
            _of_facts(rounds[topic])


def _of_saying(saying: Saying, bodies: Sequence[str]) -> None:
    found = [mark for body in bodies for mark in set(MARK.findall(body)) if mark in saying.marks]
    assert len(found) <= 1, f"{saying} is there {len(found)} times: {found}"
    stands = found[0] if found else None
    assert stands in saying.possible(), f"{stands} stands there, not one of {saying.possible()}: {saying}"


def _of_votes(circle: Circle, round_: KeptRound) -> None:
    twice = [vote for vote, count in Counter(round_.votes).items() if count > 1]
    assert not twice, f"{round_.topic}: voted twice: {twice}"
    tried = circle.voted[round_.topic]
    voted = list(round_.of("Voted"))
    assert len(voted) <= len(tried), f"{round_.topic}: {len(voted)} votes, {len(tried)} tries"
    sure = {person for person, told in tried if told.accepted}
    who = {each.fields["person"] for each in voted}
    assert len(who) >= len(sure), f"{round_.topic}: {who} voted; accepted were {sure}"


def _of_facts(round_: KeptRound) -> None:
    for name, by in ONCE.items():
        times = Counter(str([each.fields[key] for key in by]) for each in round_.of(name))
        twice = {what: count for what, count in times.items() if count > 1}
        assert not twice, f"{round_.topic}: {name} happened twice: {twice}"
    edited = Counter(fact.fields["contribution"] for fact in round_.of("Edited"))  # in other words it is asked anew
    asked = Counter(fact.fields["contribution"] for fact in round_.of("KeepAsked"))
    anew = {one: count for one, count in asked.items() if count > 1 + edited[one]}
    assert not anew, f"{round_.topic}: asked too often whether it may be kept: {anew}"
    nudged = Counter((fact.fields["step"], one) for fact in round_.of("NudgeDue") for one in fact.fields["people"])
    chased = {who: count for who, count in nudged.items() if count > _turns(round_, *who)}
    assert not chased, f"{round_.topic}: nudged too often: {chased}"


def _turns(round_: KeptRound, step: int, person: str) -> int:
    """How often somebody may be nudged in a step: once, and where the word goes round once for each time they had it.

    Whoever asked for the word later, or said nothing, has it a second time: that is a turn of its own.
    """
    return max(1, round_.held.get(step, ()).count(person))


def of_ends(circles: Iterable[Circle], rounds: Rounds) -> None:
    for circle in circles:
        for topic in circle.topics:
            if topic in rounds:
                round_ = rounds[topic]
                assert round_.state in ENDED, f"{topic} of {circle.format} does not come to an end: {round_}"
                ends = list(round_.of("RoundFinished", "RoundCancelled", "RoundLapsed"))
                assert len(ends) == 1, f"{topic} ended as {ends}"


def of_posts(life: RoundsLife) -> None:
    """Nothing stands twice, and nothing comes after the end."""
    rounds = life.book.rounds()
    for circle in life.circles:
        standing = list(life.app_messages(circle))
        played = [rounds[topic] for topic in circle.topics if topic in rounds]
        objecting.of_reminders(circle.objecting, [each.text for each in standing], rounds)
        _of_repeats(circle, standing, played)
        headed = sum(each.text.startswith("Group ") and not each.under for each in standing)
        formed = sum(round_.groups for round_ in played)
        assert headed == formed, f"{circle.format}: {formed} groups, but {headed} messages that name one"
        for round_ in played:
            _of_round(round_, standing)


def _of_repeats(circle: Circle, standing: Iterable[Standing], played: Sequence[KeptRound]) -> None:
    times = Counter((each.place, each.text) for each in standing if each.text)
    twice = {what: count for what, count in times.items() if count > _most(what[1], played)}
    assert not twice, f"{circle.format}: stands twice: {twice}"


def _most(text: str, played: Sequence[KeptRound]) -> int:
    """How often this may stand in one place."""
    if "The word is yours" in text:  # whoever asked for it later may have it again until the same minute
        turns = (Counter(held) for round_ in played for held in round_.held.values())
        return max((count for each in turns for count in each.values()), default=1)
    reasons = next((facts for words, facts in REPEATED.items() if words in text), ())
    return max(1, sum(len(list(round_.of(*reasons))) for round_ in played if reasons))


def _of_round(round_: KeptRound, standing: Sequence[Standing]) -> None:
    cards = [each for each in standing if not each.under and round_.topic in each.text]
    assert round_.ended_at is not None
    end = round_.ended_at.timestamp() + AFTER_END
    late = [each for each in standing if each.at > end and round_.topic in each.text + each.under]
    late = [each for each in late if objecting.REMINDER not in each.text]
    assert not late, f"{round_.topic} ended at {round_.ended_at}, but: {late}"
    assert cards


def of_secrets(life: RoundsLife) -> None:
    """Nobody reads what is not for them, not even in what the platform refused."""
    rounds = life.book.rounds()
    objecting.of_secrets(life, rounds)
    by_mark = {mark: (circle, saying) for circle in life.circles for saying in circle.said for mark in saying.marks}
    shown = {topic: _shown(round_) for topic, round_ in rounds.items()}
    for heard in life.server.ear.heard:
        for mark in set(MARK.findall(heard.words)):
            circle, saying = by_mark[mark]
            reader = life.read_by(heard)
            allowed = not circle.private or reader == "inside" or reader in {each.id for each in circle.people}
            if reader != saying.person.id and _is_private(saying, rounds.get(saying.topic)):
                since = shown.get(saying.topic, _Shown({}, {})).since(rounds.get(saying.topic), saying)
                allowed = allowed and since is not None and heard.at >= since - 1
            assert allowed, f"{reader} reads {mark} of {saying.person.name}: {saying}\n{heard}"


def _standing_as(saying: Saying, round_: KeptRound | None) -> Said | None:
    """What is kept of it."""
    there = round_.said if round_ else ()
    return next((each for each in there if set(MARK.findall(each.body)) & set(saying.marks)), None)


def _is_private(saying: Saying, round_: KeptRound | None) -> bool:
    """What was changed under *My part* is private where that is; where it is gone, as far as anything there is."""
    one = _standing_as(saying, round_)
    if one is not None:
        return one.private
    ever = round_ is None or any(each.private for each in round_.said)
    return saying.private and (bool(saying.step) or ever)


@dataclass(frozen=True)
class _Shown:
    """Since when others may read: each contribution, and each step."""

    contributions: dict[str, float]
    steps: dict[int, float]

    def since(self, round_: KeptRound | None, saying: Saying) -> float | None:
        one = _standing_as(saying, round_)
        if one is not None:
            return self.contributions.get(one.id)
        number = re.search(r"\d+", saying.step)
        if number is not None and int(number.group()) - 1 in self.steps:
            return self.steps[int(number.group()) - 1]
        return min(self.steps.values(), default=None)


def _shown(round_: KeptRound) -> _Shown:
    contributions: dict[str, float] = {}
    steps: dict[int, float] = {}
    for fact in round_.of("Revealed", "NotesBrought"):
        for one in fact.fields["contributions"]:
            contributions.setdefault(one, fact.at.timestamp())
        if fact.name == "Revealed":
            steps.setdefault(fact.fields["step"], fact.at.timestamp())
    return _Shown(contributions, steps)

"""What one person can see of a round: the only source for views of contributions, turns and votes.

Nothing here tells a pass from silence, and no answer is here before its reveal but to its author.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.rounds.ballots import tally
from bot.rounds.casting import holders
from bot.rounds.floor import own_step, voices
from bot.rounds.model import Round, RoundState
from bot.rounds.objections import Voiced, voiced
from bot.rounds.said import Contribution
from bot.rounds.step_run import StepState


@dataclass(frozen=True, slots=True)
class Inside:
    """Sees what everybody sees who is in a private thread: that of this group, or the round's."""

    group: int | None = None


Viewer = str | Inside
"""A person; everybody, where it is empty; or those inside."""


@dataclass(frozen=True, slots=True)
class SeenAnswer:
    """`author` is None where it stands without a name. `mine` is known to its author only."""

    id: str
    author: str | None
    body: str
    fields: tuple[tuple[str, str], ...]
    to: str | None
    edited: bool
    responses: int
    mine: bool


@dataclass(frozen=True, slots=True)
class SeenStep:
    step: int
    key: str
    state: StepState
    due_at: datetime | None
    holder: str | None
    answers_in: int
    """How many have answered or voted; who did not is nobody's business."""
    answers: tuple[SeenAnswer, ...]
    tally: Mapping[str, int]
    """Of a vote that is closed, and of a claim."""
    objections: tuple[Voiced, ...]
    """What was said against it in a vote on consent that is counted, concerns too."""


@dataclass(frozen=True, slots=True)
class Own:
    """One's own part in the current step, for one's own eyes."""

    answers: tuple[SeenAnswer, ...] = ()
    votes: tuple[str, ...] = ()
    passed: bool = False
    done: bool = False
    turns_before: int | None = None
    """How many people have the word before them; None where they do not wait for it."""
    notes: tuple[SeenAnswer, ...] = ()
    """What they wrote in earlier steps for their own eyes only."""


@dataclass(frozen=True, slots=True)
class Seen:
    state: RoundState
    current: int
    speaking: int
    listening: int
    steps: tuple[SeenStep, ...]
    """The steps that have opened."""
    own: Own
    own_step: int
    """The step that `own` is about."""


def seen_by(round_: Round, viewer: Viewer) -> Seen:
    """What the viewer sees; a person, whether or not they have a seat."""
    person = viewer if isinstance(viewer, str) else ""
    return Seen(
        state=round_.state,
        current=round_.current,
        speaking=len(round_.speakers),
        listening=len(round_.listeners),
        steps=tuple(
            step_seen(round_, step, viewer) for step, run in enumerate(round_.steps) if run.opened_at is not None
        ),
        own=_own(round_, person),
        own_step=own_step(round_, person),
    )


def answers_seen(round_: Round, step: int, viewer: Viewer) -> tuple[SeenAnswer, ...]:
    """The answers of one step that the viewer sees, in the order in which they were shown."""
    return _answers(
        round_, (one for one in round_.contributions if one.step == step and _sees(round_, one, viewer)), viewer
    )


def step_seen(round_: Round, step: int, viewer: Viewer) -> SeenStep:
    """One step that has opened."""
    run = round_.steps[step]
    return SeenStep(
        step=step,
        key=run.script.key,
        state=run.state,
        due_at=run.due_at,
        holder=run.holder,
        answers_in=voices(round_, step),
        answers=answers_seen(round_, step, viewer),
        tally=tally(round_, step),
        objections=voiced(round_, step),
    )


def _sees(round_: Round, one: Contribution, viewer: Viewer) -> bool:
    """Whether this stands before the viewer as part of the round."""
    run = round_.steps[one.step]
    reveal = run.script.reveal
    if not one.visible:
        return False
    if isinstance(viewer, Inside) and one.group is not None:
        return viewer.group == one.group
    if isinstance(viewer, Inside):
        return not reveal.startswith("to:") and run.group in {None, viewer.group}
    if viewer and one.person == viewer:
        return True
    if one.inside and viewer not in _insiders(round_, one):
        return False
    return not reveal.startswith("to:") or viewer in holders(round_, one.step, reveal.removeprefix("to:role:"))


def _insiders(round_: Round, one: Contribution) -> tuple[str, ...]:
    """Who reads what is said in private: those who speak, and of what a group says those who were in it."""
    group = round_.steps[one.step].group if one.group is None else one.group
    here = round_.speakers
    return here if group is None else tuple(person for person in round_.groups[group].members if person in here)


def _answers(round_: Round, those: Iterable[Contribution], viewer: Viewer) -> tuple[SeenAnswer, ...]:
    found = tuple(those)
    if not found:
        return ()
    responses = Counter(one.to for one in round_.contributions if one.to is not None and one.visible)
    return tuple(
        SeenAnswer(
            id=one.id,
            author=one.person if one.named and one.person else None,
            body=one.body,
            fields=one.fields,
            to=one.to,
            edited=one.edited_at is not None,
            responses=responses[one.id],
            mine=bool(viewer) and one.person == viewer,
        )
        for one in found
    )


def _own(round_: Round, person: str) -> Own:
    step = own_step(round_, person)
    run = round_.steps[step] if step in round_.at_work else None
    if not person:
        return Own()
    notes = _answers(round_, (one for one in round_.contributions if _is_note(round_, one, person)), person)
    if run is None:
        return Own(notes=notes)
    own_vote = round_.vote_of(person, step)
    before = run.queue.index(person) + (run.holder is not None) if person in run.queue else None
    mine = (one for one in round_.contributions if one.person == person and one.step == step and not one.removed)
    return Own(
        answers=_answers(round_, mine, person),
        votes=own_vote.picks if own_vote is not None else (),
        passed=person in run.passed,
        done=person in run.done,
        turns_before=0 if run.holder == person else before,
        notes=notes,
    )


def _is_note(round_: Round, one: Contribution, person: str) -> bool:
    """Whether it is this person's own, in a step that is over and showed nothing to anybody."""
    run = round_.steps[one.step]
    unseen = run.over and run.script.reveal == "none" and one.revealed_at is None
    return one.person == person and one.counts and unseen

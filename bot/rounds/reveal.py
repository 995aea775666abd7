"""The reveal of a `collect` step: all answers at once, in an order that tells nothing, or none."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.chance import shuffled
from bot.rounds.floor import silent_sides
from bot.rounds.model import Changed, Round
from bot.rounds.now import Now
from bot.rounds.said import Contribution
from bot.rounds.step_facts import AnswersDropped, OnlyAnswer, Revealed, SideSilent
from bot.rounds.step_run import StepRun

CROWD = 4
"""With fewer answers than this nobody is anonymous."""


def anonymous(round_: Round, run: StepRun) -> bool:
    """Whether this step's answers are revealed without names."""
    return round_.settings.anonymous and run.script.anonymous == "optional"


def unrevealed(round_: Round, step: int) -> tuple[Contribution, ...]:
    return tuple(one for one in round_.answers(step) if one.revealed_at is None)


def needs_names(round_: Round, step: int) -> bool:
    """Whether the answers are too few to be anonymous, so that their authors have to be asked."""
    return anonymous(round_, round_.steps[step]) and 2 <= len(unrevealed(round_, step)) < CROWD


def reveal(round_: Round, step: int, now: Now) -> Changed:
    """Everything that still counts becomes visible together. An only answer stays with its author."""
    if round_.steps[step].script.reveal == "none":
        return round_, ()
    answers = {one.id: one for one in unrevealed(round_, step)}
    if answers and silent_sides(round_, step):
        return round_, (SideSilent(round_.id, step, len(answers)),)
    if len(answers) == 1:
        (only,) = answers.values()
        return round_, (OnlyAnswer(round_.id, step, only.person, only.id),)
    if not answers:
        return round_, ()
    order = shuffled(answers, now.seed)
    shown = tuple(replace(answers[id_], revealed_at=now.at) for id_ in order)
    others = tuple(one for one in round_.contributions if one.id not in answers)
    return replace(round_, contributions=(*others, *shown)), (Revealed(round_.id, step, order),)


def drop(round_: Round, step: int, *, unnamed_only: bool) -> Changed:
    """Takes out the answers whose authors did not say yes to their names; nobody sees them."""
    dropped = [one for one in unrevealed(round_, step) if not (unnamed_only and one.named)]
    for one in dropped:
        round_ = round_.with_contribution(replace(one, withdrawn=True))
    return round_, (AnswersDropped(round_.id, step, len(dropped)),) if dropped else ()

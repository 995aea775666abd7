"""What people said against something in a vote on consent, and who took it up."""

from __future__ import annotations

from dataclasses import dataclass

from bot.rounds import course
from bot.rounds.model import Round
from bot.rounds.said import Vote
from bot.rounds.step_rules import CONSENT
from bot.rounds.task import Task

OBJECTION = CONSENT[2]


@dataclass(frozen=True, slots=True)
class Voiced:
    """A concern, or an objection where it `objects`. `number`: which of the votes of its step it is; `author`: who gave
    their name with it; `task`: that of whoever took it up.
    """

    step: int
    number: int
    author: str | None
    objects: bool
    words: str
    task: Task | None


def voiced(round_: Round, step: int) -> tuple[Voiced, ...]:
    """Of a vote that is counted, in an order that tells nothing."""
    if not is_consent(round_, step) or not round_.steps[step].counted:
        return ()
    return _voiced(round_, step)


def ballots(round_: Round, step: int) -> tuple[Vote, ...]:
    """All votes of that step; `Voiced.number` is the place among them."""
    return tuple(vote for vote in round_.votes if vote.step == step)


def _voiced(round_: Round, step: int) -> tuple[Voiced, ...]:
    tasks = {task.id: task for task in round_.tasks if task.kind == "objection"}
    return tuple(
        Voiced(
            step=step,
            number=number,
            author=vote.person if vote.named and vote.person else None,
            objects=vote.picks[0] == OBJECTION,
            words=vote.words,
            task=tasks.get(vote.taken_up),
        )
        for number, vote in enumerate(ballots(round_, step))
        if vote.picks[0] in CONSENT[1:]
    )


def is_consent(round_: Round, step: int) -> bool:
    rule = round_.steps[step].script.vote
    return rule is not None and rule.kind == "consent"


def open_ones(round_: Round, step: int) -> tuple[Voiced, ...]:
    """The objections that nobody has taken up."""
    return tuple(one for one in _voiced(round_, step) if one.objects and one.task is None)


def asks_for_talk(round_: Round, step: int) -> bool:
    """Whether its vote comes to its end with an objection, and the round waits for what becomes of that.

    Not where others are at work beside it: in groups, beside another step, and where it is asked again anyway.
    """
    run = round_.steps[step]
    alone = run.group is None and run.script.repeat != "until" and round_.at_work == (step,)
    return alone and run.takes_answers and is_consent(round_, step) and bool(open_ones(round_, step))


def waiting(round_: Round) -> int | None:
    """The step whose objection the round waits for."""
    return next((step for step in round_.at_work if round_.steps[step].state == "objected"), None)


def may_vote_again(round_: Round, step: int) -> bool:
    """Once: after that an objection is taken up, or stays open."""
    return round_.steps[step].attempt == 0


def asked_again(round_: Round, step: int) -> bool:
    """Whether people voted on it once more after this."""
    run = round_.steps[step]
    others = (round_.steps[other] for other in course.runs(round_, course.base(round_, step)))
    return any(other.attempt > run.attempt and (other.group, other.lap) == (run.group, run.lap) for other in others)


def at_the_end(round_: Round) -> tuple[Voiced, ...]:
    """The objections that are left of all votes: where people voted again, those of the last time that anybody did, and
    those that were taken up before.
    """
    voted = {vote.step for vote in round_.votes}
    counted = [step for step, run in enumerate(round_.steps) if step in voted and run.counted]
    last: dict[tuple[int, int | None, str], int] = {}
    for step in sorted(counted, key=lambda each: round_.steps[each].attempt):
        run = round_.steps[step]
        last[course.base(round_, step), run.group, run.lap] = step
    left = last.values()
    said = (one for step in counted for one in voiced(round_, step) if one.objects)
    return tuple(one for one in said if one.step in left or one.task is not None)

"""What becomes of an objection: it is talked about, taken up by somebody until a date, settled, or it stays open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.errors import UserMistake
from bot.rounds import course, steps
from bot.rounds.course import Place
from bot.rounds.ending import decided
from bot.rounds.floor import voices
from bot.rounds.holding import must_hold
from bot.rounds.lending import FARTHEST
from bot.rounds.model import Changed, Round, then
from bot.rounds.now import Now
from bot.rounds.objection_facts import ObjectionGivenBack, ObjectionSettled, ObjectionTakenUp, VoteAgain
from bot.rounds.objections import OBJECTION, Voiced, ballots, may_vote_again, open_ones
from bot.rounds.opening import run_at
from bot.rounds.said import Vote
from bot.rounds.speaking import goes_on, written
from bot.rounds.step_facts import Fact, StepClosed
from bot.rounds.step_rules import CONSENT
from bot.rounds.task import Task


def vote_again(round_: Round, person: str, step: int, now: Now) -> Changed:
    """The facilitator lets people talk first. The same vote has its whole time once more, and everybody is asked anew;
    what was said against it stays readable where it stands.
    """
    must_hold(round_, person)
    _must_wait(round_, step)
    if not may_vote_again(round_, step):
        raise UserMistake("You have voted once more already. Somebody can take it up, or the round goes on.")
    run = round_.steps[step]
    closed: Fact = StepClosed(round_.id, step, run.script.key, voices(round_, step))
    round_ = decided(round_.with_step(step, run.stopped("closed", now.at)))
    again = Place(course.base(round_, step), lap=run.lap, attempt=run.attempt + 1)
    round_, number = run_at(round_, again)
    return then((round_, (closed, VoteAgain(round_.id, step))), lambda it: steps.open_step(it, number, now))


def could_take_up(round_: Round, person: str, step: int) -> tuple[Voiced, ...]:
    """The objections that somebody who speaks in the round may take up now. Raises UserMistake where there is none."""
    _must_wait(round_, step)
    if person not in round_.speakers:
        raise UserMistake("Only who speaks in this round can take this up. Join it as a speaker, or ask somebody.")
    return open_ones(round_, step)


def take_up(
    round_: Round,
    person: str,
    step: int,
    numbers: Collection[int],
    id_: str,
    words: str,
    until: datetime,
    now: Now,
) -> Changed:
    """These objections, by their `Voiced.number`, are this person's to deal with until then, for all to see. When none
    is left the round goes on. `id_` is the task's; `words`: what they will do.
    """
    free = {one.number for one in could_take_up(round_, person, step)}
    if not numbers or not free.issuperset(numbers):
        raise UserMistake("Somebody was just before you. Pick something that is still free.")
    if not now.at < until <= now.at + FARTHEST:
        raise UserMistake("Pick a moment in the next 60 days.")
    task = Task(id_, person, "objection", written(words), named=True, given_at=now.at, remind_at=until)
    taken = [vote for number, vote in enumerate(ballots(round_, step)) if number in numbers]
    votes = tuple(_by(vote, task.id) if any(vote is one for one in taken) else vote for vote in round_.votes)
    round_ = replace(round_, votes=votes, tasks=(*round_.tasks, task))
    told: Fact = ObjectionTakenUp(round_.id, step, person, len(taken), until)
    return then((round_, (told,)), lambda it: steps.settle(it, now))


def _by(vote: Vote, task: str) -> Vote:
    return replace(vote, taken_up=task)


def give_back(round_: Round, person: str, id_: str) -> Changed:
    """Whoever took it up does not do it after all: it is open again, and while the round waits others can take it."""
    task = next((one for one in round_.tasks if (one.id, one.person, one.kind) == (id_, person, "objection")), None)
    if task is None:
        raise UserMistake("You do not have this task any more.")
    kept = tuple(one for one in round_.tasks if one is not task)
    return replace(round_, tasks=kept), (ObjectionGivenBack(round_.id, person),)


def settled(round_: Round, person: str, step: int, now: Now) -> Changed:
    """Somebody's own objection is one no more, and stands there as a concern. When none is left the round goes on."""
    _must_wait(round_, step)
    vote = round_.vote_of(person, step)
    if vote is None or vote.picks[0] != OBJECTION:
        raise UserMistake("You have no objection in this vote, so there is nothing to settle.")
    concern = replace(vote, picks=(CONSENT[1],), taken_up="")
    votes = tuple(concern if one is vote else one for one in round_.votes)
    used = {one.taken_up for one in votes}
    tasks = tuple(one for one in round_.tasks if one.id != vote.taken_up or one.id in used)
    told: Fact = ObjectionSettled(round_.id, step)
    return then((replace(round_, votes=votes, tasks=tasks), (told,)), lambda it: steps.settle(it, now))


def let_stand(round_: Round, person: str, step: int, now: Now) -> Changed:
    """The facilitator lets the round go on with the objection open, and its record says so."""
    must_hold(round_, person)
    _must_wait(round_, step)
    return steps.close_step(round_, step, now)


def _must_wait(round_: Round, step: int) -> None:
    goes_on(round_)
    run = round_.steps[step] if 0 <= step < len(round_.steps) else None
    if run is None or round_.state != "running" or run.state != "objected":
        raise UserMistake("This step is over. Look in the round's thread for what is open now.")

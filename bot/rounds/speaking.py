"""Saying something in a step, in other words, or taking it back."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.chance import shuffled
from bot.chat.names import MessageRef
from bot.errors import UserMistake
from bot.rounds import keeping, steps, turns
from bot.rounds.casting import holders
from bot.rounds.floor import has_floor, hearing, open_to_response, waited_for
from bot.rounds.left_behind import remove
from bot.rounds.model import Changed, Round, then
from bot.rounds.now import Now
from bot.rounds.said import Contribution
from bot.rounds.step_facts import Answered, Edited, Fact, SaidEnough, SaidInPublic, SpokeOutOfTurn
from bot.rounds.step_run import StepRun

LONGEST = 3000
"""Characters of an answer given by form."""
PROPOSALS = 2
"""So many options each may add to a vote that asks for some."""


def goes_on(round_: Round) -> None:
    """Raises UserMistake while the round has not begun, or is on hold."""
    if round_.state == "paused":
        raise UserMistake("This round is on hold. You can go on when it does; everything is kept.")
    if round_.state in {"draft", "inviting"}:
        raise UserMistake("This round has not begun yet. You will be asked when it does.")


def open_step(round_: Round, step: int) -> StepRun:
    """The step, which must be open. Raises UserMistake."""
    goes_on(round_)
    run = round_.steps[step] if 0 <= step < len(round_.steps) else None
    if run is None or round_.state != "running" or not run.takes_answers:
        raise UserMistake("This step is over. Look in the round's thread for what is open now.")
    return run


def on_floor(round_: Round, person: str, step: int) -> StepRun:
    """The same for somebody who may speak in it."""
    run = open_step(round_, step)
    seat = round_.seat(person)
    if seat is None or seat.state != "in":
        raise UserMistake("You are not in this round yet. Join it first, then add your voice.")
    if not has_floor(round_, person, step):
        if seat.way == "listen":
            raise UserMistake("You are listening in this round. Join it as a speaker to add your voice.")
        raise UserMistake("This step asks only some of you. You have the word again in the next one.")
    return run


def contribute(
    round_: Round,
    person: str,
    step: int,
    id_: str,
    body: str,
    now: Now,
    *,
    fields: tuple[tuple[str, str], ...] = (),
    to: str | None = None,
) -> Changed:
    """Says something in a step, by form or button. In a `collect` step a second answer replaces the first.

    `id_` is a fresh random id. `to`: the contribution this responds to, in an `open` step.
    """
    run = on_floor(round_, person, step)
    body = written(body)
    if run.script.vote is not None and not run.script.vote.proposals:
        raise UserMistake("This step asks for a vote. Pick from its options.")
    if (most := said_enough(round_, step, person)) is not None:
        raise UserMistake("In this step everybody says at most {most} things, and you have.", most=most)
    if run.script.mode == "turns" and not turns.may_speak(round_, step, person):
        if round_.answer_of(person, step) is not None:
            raise UserMistake(
                "You have had the word. Respond when everybody has had it; you can still edit your words."
            )
        raise UserMistake("Somebody else has the word right now. You are asked when it is your turn.")
    if to is not None and to not in {one.id for one in to_respond_to(round_, person, now.seed, step)}:
        raise UserMistake("You cannot respond to this. Pick one of the answers that somebody else gave.")
    before = round_.answer_of(person, step) if run.script.mode == "collect" else None
    if before is not None:
        return edit(round_, person, before.id, body, now, fields=fields)
    return _add(round_, run, Contribution(id_, step, person, body, fields, to), now)


def _add(round_: Round, run: StepRun, one: Contribution, now: Now) -> Changed:
    private = run.script.mode == "collect"
    named = not (round_.settings.anonymous and run.script.anonymous == "optional")
    one = replace(one, named=named, revealed_at=None if private else now.at, inside=round_.format.private)
    run = replace(run, passed=tuple(person for person in run.passed if person != one.person))
    round_ = round_.with_step(one.step, run).with_contribution(one)
    said: Fact = Answered(round_.id, one.step, one.person, one.id, visible=not private, to=one.to)
    return then((round_, (said,)), lambda it: steps.settle(it, now))


def hear(
    round_: Round,
    person: str,
    id_: str,
    body: str,
    message: MessageRef,
    now: Now,
    *,
    to: str | None = None,
    group: int | None = None,
) -> Changed:
    """Somebody wrote in the round's thread. Taken as a contribution where it is one; never an error.

    `to`: the answer it seems to respond to; it counts as a response where this step takes those. `group`: in whose
    thread. Else there may be a `SpokeOutOfTurn`, `SaidInPublic` or `SaidEnough`, once for each person and step.
    """
    step = hearing(round_, person, group)
    known = any(one.message == message for one in round_.contributions)
    if step is None or known or not body.strip():
        return round_, ()
    run = round_.steps[step]
    hint = _not_taken(round_, run, step, person, message)
    if hint is None:
        to = to if to in {one.id for one in to_respond_to(round_, person, now.seed, step)} else None
        return _add(round_, run, Contribution(id_, step, person, body.strip(), to=to, message=message), now)
    if person in run.hinted or run.script.mode == "vote":
        return round_, ()
    if run.script.mode in {"collect", "turns"} and round_.answer_of(person, step) is not None:
        return round_, ()
    return round_.with_step(step, replace(run, hinted=(*run.hinted, person))), (hint,)


def _not_taken(round_: Round, run: StepRun, step: int, person: str, message: MessageRef) -> Fact | None:
    """Why words in the thread are no contribution to this step; None: they are one."""
    outside = round_.format.private and not round_.walled(message.channel)
    if run.script.mode in {"collect", "vote"} or outside:
        return SaidInPublic(round_.id, step, person)
    if run.script.mode == "turns" and not turns.may_speak(round_, step, person):
        return SpokeOutOfTurn(round_.id, step, person, run.holder)
    most = said_enough(round_, step, person)
    return None if most is None else SaidEnough(round_.id, step, person, most)


def said_enough(round_: Round, step: int, person: str) -> int | None:
    """How much this person may say in the step, where they have said all of it."""
    script = round_.steps[step].script
    if script.vote is not None:
        most = PROPOSALS
    elif script.limit is None or (script.limit.role and person not in holders(round_, step, script.limit.role)):
        return None
    else:
        most = script.limit.most
    said = sum(one.person == person for one in round_.answers(step))
    return most if said >= most else None


def edit(
    round_: Round, person: str, contribution: str, body: str, now: Now, *, fields: tuple[tuple[str, str], ...] = ()
) -> Changed:
    """The author puts it in other words: freely before others see it, marked as edited after that."""
    one = keeping.own(round_, person, contribution)
    body = written(body)
    if round_.ended:
        raise UserMistake("This round is over, and what was said in it stays as it is. You can still take it back.")
    return then(_reworded(round_, one, body, fields, now), lambda it: steps.settle(it, now))


def _reworded(round_: Round, one: Contribution, body: str, fields: tuple[tuple[str, str], ...], now: Now) -> Changed:
    if one.body == body and one.fields == fields:
        return round_, ()
    other = replace(one, body=body, fields=fields, edited_at=now.at if one.visible else None)
    said: Fact = Edited(round_.id, one.step, one.id, visible=one.visible)
    return then((round_.with_contribution(other), (said,)), lambda it: keeping.changed(it, other))


def retract(round_: Round, person: str, contribution: str, now: Now) -> Changed:
    """The author takes it back: the text is gone."""
    one = keeping.own(round_, person, contribution)
    return then(remove(round_, one), lambda it: steps.settle(it, now))


def message_edited(round_: Round, message: MessageRef, body: str, now: Now) -> Changed:
    """The message behind a contribution was edited. No facts where it is none."""
    one = _behind(round_, message)
    if one is None:
        return round_, ()
    return _reworded(round_, one, body.strip(), one.fields, now)


def message_deleted(round_: Round, message: MessageRef, now: Now) -> Changed:
    """The message behind a contribution was deleted. No facts where it is none."""
    one = _behind(round_, message)
    if one is None:
        return round_, ()
    return then(remove(round_, one), lambda it: steps.settle(it, now))


def _behind(round_: Round, message: MessageRef) -> Contribution | None:
    return next((one for one in round_.contributions if one.message == message and not one.removed), None)


def to_respond_to(round_: Round, person: str, seed: int, step: int | None = None) -> tuple[Contribution, ...]:
    """What this person may respond to now, the one that needs it most first; never their own.

    Fewest responses first; of those, first the answers of people who have yet to respond themselves, so that the last
    responder is not left with only their own; then by chance. `step`: which one; else the one that is open for them.
    """
    step = hearing(round_, person, round_.group_of(person)) if step is None else step
    step = hearing(round_, person) if step is None else step
    if step is None or not round_.steps[step].takes_answers or not has_floor(round_, person, step):
        return ()
    answers = open_to_response(round_, step)
    asked = {one.id for one in answers}
    responded = {one.person for one in round_.contributions if one.to in asked and one.visible}
    chance, waiting = shuffled(asked, seed), waited_for(round_, step)

    def need(one: Contribution) -> tuple[int, bool, int]:
        waits = one.person in waiting and one.person not in responded
        return len(round_.responses(one.id)), not waits, chance.index(one.id)

    return tuple(sorted((one for one in answers if one.person != person), key=need))


def written(body: str) -> str:
    """What somebody wrote in a form. Raises UserMistake when it is empty or too long."""
    body = body.strip()
    if not body:
        raise UserMistake("Write something first. If you would rather not, pass: that is a full answer.")
    if len(body) > LONGEST:
        raise UserMistake(
            "That is {length} characters, and {most} fit. Say it shorter, or write the rest in the thread.",
            length=len(body),
            most=LONGEST,
        )
    return body

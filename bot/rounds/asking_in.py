"""Somebody is silent in a group where it is about somebody else: that one may ask one more person in, once."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.names import Space
from bot.errors import UserMistake
from bot.rounds.casting import asked_role, holders
from bot.rounds.floor import waited_for
from bot.rounds.group_facts import AskedIn, AskInOffered
from bot.rounds.model import Changed, Round, Seat
from bot.rounds.now import Now
from bot.rounds.script import Role
from bot.rounds.seats import join
from bot.rounds.speaking import open_step
from bot.rounds.step_facts import Fact


def role_asked_in(round_: Round, step: int) -> Role | None:
    """The role in which one more person could come in there; None: nobody can, or somebody has been asked already."""
    run = round_.steps[step]
    role = asked_role(round_, run.script)
    if role is None or role.if_silent != "asks_in" or run.group is None or run.lap not in round_.speakers:
        return None
    full = len(round_.speakers) >= round_.format.size.max or len(holders(round_, step, role.key)) >= role.room
    return None if full or "asked_in" in run.extended else role


def offered(round_: Round, step: int) -> tuple[Fact, ...]:
    """Whose lap it is hears that they may ask somebody in, where one of those who have the word has said nothing."""
    said = {one.person for one in round_.answers(step)}
    silent = [person for person in waited_for(round_, step) if person not in said]
    if not silent or role_asked_in(round_, step) is None:
        return ()
    return (AskInOffered(round_.id, step, round_.steps[step].lap),)


def ask_in(round_: Round, person: str, step: int, to: str) -> Changed:
    """Whose lap it is asks somebody who is not in the round. Nobody hears what they answer, unless they come."""
    run = open_step(round_, step)
    if run.lap != person:
        raise UserMistake("Now it is about somebody else. When it is about you, you can ask somebody in.")
    seat = round_.seat(to)
    if to == person or to in round_.speakers or (seat is not None and seat.state in {"waiting", "left"}):
        raise UserMistake("They are or were in this round. Ask somebody else.")
    if role_asked_in(round_, step) is None:
        raise UserMistake("Nobody else can come in here now. You may have asked somebody already, or it is full.")
    round_ = round_.with_step(step, replace(run, extended=(*run.extended, "asked_in")))
    if seat is None or seat.state != "in":  # who listens goes on listening
        round_ = round_.with_seat(Seat(to, "asked"))
    return round_, (AskedIn(round_.id, step, to, person),)


def come_in(round_: Round, person: str, step: int, now: Now, *, space: Space | None = None) -> Changed:
    """They say yes: they speak in that group from now on, however far the round is."""
    run = open_step(round_, step)
    seat = round_.seat(person)
    if person in round_.speakers:
        return round_, ()
    if seat is None or seat.state not in {"asked", "in", "declined"} or "asked_in" not in run.extended:
        raise UserMistake("This step is over. Look in the round's thread for what is open now.")
    return join(round_, person, "speak", now, space=space, group=run.group)

"""What happens to a circle, purely: every seat is taken by an own yes, and every state is left by a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.circles.model import (
    Circle,
    CircleClosed,
    CircleOpened,
    CircleRests,
    Fact,
    QuestionChanged,
    Seat,
    SeatDeclined,
    SeatLeft,
    SeatState,
    SeatTaken,
)
from bot.circles.sizes import MOST, TOO_SMALL
from bot.errors import UserMistake

ANSWER_WITHIN = timedelta(days=7)
"""Who has not answered by then is not in: silence is no yes."""
DECIDE_WITHIN = timedelta(days=7)
"""So long it waits for who decides; then all see the question."""
SMALL_FOR = timedelta(weeks=3)
"""A circle that is too small for so long is asked what to do."""

_NEAREST: tuple[SeatState, ...] = ("in", "asked", "left", "declined")
"""Of two seats the one that is nearer to the circle is kept."""

Changed = tuple[Circle, tuple[Fact, ...]]


def invite(circle: Circle, people: tuple[str, ...], now: datetime) -> Circle:
    """Seats them without their yes: they are asked."""
    seats = tuple(Seat(each, "asked", now) for each in people)
    return replace(circle, seats=(*circle.seats, *seats), ask_until=now + ANSWER_WITHIN)


def join(circle: Circle, person: str, now: datetime) -> Changed:
    """An own yes, asked for or not. Raises UserMistake when there is no place."""
    seat = circle.seat(person)
    if seat is not None and seat.state == "in":
        return circle, ()
    if circle.state == "closed":
        raise UserMistake("This circle is closed.")
    asked = seat is not None and seat.state == "asked"
    if not asked and len(circle.members) + len(circle.asked) >= MOST:
        raise UserMistake("This circle is full: more than {most} people do not all get to speak.", most=MOST)
    return _settled(_seated(circle, person, "in", now), now, SeatTaken())


def decline(circle: Circle, person: str, now: datetime) -> Changed:
    """Something else, without a reason. Raises UserMistake when the question is over."""
    seat = circle.seat(person)
    if seat is None or seat.state != "asked":
        raise UserMistake("This step is over.")
    return _settled(_seated(circle, person, "declined", now), now, SeatDeclined())


def leave(circle: Circle, person: str, now: datetime) -> Changed:
    """Out, whether in or still asked; nothing changes for somebody who is not there."""
    seat = circle.seat(person)
    if seat is None or seat.state not in ("asked", "in"):
        return circle, ()
    state: SeatState = "left" if seat.state == "in" else "declined"
    fact: Fact = SeatLeft() if seat.state == "in" else SeatDeclined()
    circle = _seated(circle, person, state, now)
    if circle.facilitator == person:
        circle = replace(circle, facilitator="")
    return _settled(circle, now, fact)


def unite(circle: Circle, person: str, into: str, now: datetime) -> Changed:
    """Two people turned out to be one: one seat for both, where the first of them sat; what the one held is theirs."""
    both = sorted(
        (each for each in circle.seats if each.person in (person, into)),
        key=lambda each: (_NEAREST.index(each.state), each.since),
    )
    seats: dict[str, Seat] = {}
    for each in circle.seats:
        if each.person in (person, into):
            seats.setdefault(into, replace(both[0], person=into))
        else:
            seats[each.person] = each
    holder = into if circle.facilitator == person else circle.facilitator
    united = replace(circle, seats=tuple(seats.values()), facilitator=holder)
    return (circle, ()) if united == circle else _settled(united, now)


def hold(circle: Circle, person: str) -> Circle:
    """This member holds it from now on. Raises UserMistake for who is no member, or when somebody does."""
    if person not in circle.members:
        raise UserMistake("You are not in this circle.")
    if circle.facilitator:
        raise UserMistake("Somebody holds this circle already.")
    return replace(circle, facilitator=person)


def ask(circle: Circle, question: str) -> Changed:
    """The circle's question is this one from now on."""
    if circle.state == "closed":
        raise UserMistake("This circle is closed.")
    if question == circle.question:
        return circle, ()
    return replace(circle, question=question), (QuestionChanged(),)


def open_now(circle: Circle, now: datetime) -> Changed:
    """Meets with who said yes, or again after a rest; who was still asked is asked no more."""
    if circle.state not in ("forming", "resting"):
        raise UserMistake("This step is over.")
    if not circle.members:
        raise UserMistake("Nobody is in this circle yet.")
    seats = tuple(replace(each, state="declined") if each.state == "asked" else each for each in circle.seats)
    opened = replace(circle, state="open", seats=seats, ask_until=None)
    return _measured(opened, now), (CircleOpened(len(opened.members)),)


def rest(circle: Circle) -> Changed:
    if circle.state != "open":
        raise UserMistake("Only a circle that meets can rest.")
    return replace(circle, state="resting", small_since=None), (CircleRests(),)


def close(circle: Circle) -> Changed:
    if circle.state == "closed":
        raise UserMistake("This circle is closed.")
    seats = tuple(replace(each, state="declined") if each.state == "asked" else each for each in circle.seats)
    closed = replace(circle, state="closed", seats=seats, ask_until=None, small_since=None)
    return closed, (CircleClosed(),)


def time_up(circle: Circle, now: datetime) -> Changed:
    """Nobody waits any longer for who did not answer, or did not decide. Nothing happens before that moment."""
    if circle.state != "forming" or circle.ask_until is None or now < circle.ask_until:
        return circle, ()
    circle = replace(circle, ask_until=None)
    if not circle.asked:
        return circle, ()
    facts: tuple[Fact, ...] = ()
    for person in circle.asked:
        circle = _seated(circle, person, "declined", now)
        facts = (*facts, SeatDeclined())
    circle, more = _settled(circle, now)
    return circle, (*facts, *more)


def undecided(circle: Circle) -> bool:
    """Everybody has answered, and too few said yes: somebody has to decide."""
    return circle.state == "forming" and not circle.asked and len(circle.members) < TOO_SMALL


def too_small(circle: Circle, now: datetime) -> bool:
    """It has been too small for so long that somebody has to decide."""
    return circle.small_since is not None and now >= circle.small_since + SMALL_FOR


def asked_about_size(circle: Circle, now: datetime) -> Circle:
    """The question was put; it comes again when nothing has changed for as long."""
    return replace(circle, small_since=now)


def next_at(circle: Circle) -> datetime | None:
    """The moment it waits for."""
    if circle.ask_until is not None:
        return circle.ask_until
    return None if circle.small_since is None else circle.small_since + SMALL_FOR


def _seated(circle: Circle, person: str, state: SeatState, now: datetime) -> Circle:
    others = tuple(each for each in circle.seats if each.person != person)
    return replace(circle, seats=(*others, Seat(person, state, now)))


def _settled(circle: Circle, now: datetime, *facts: Fact) -> Changed:
    """Opens when all have answered and enough said yes."""
    if circle.state == "forming" and not circle.asked and len(circle.members) >= TOO_SMALL:
        circle, opened = open_now(circle, now)
        return circle, (*facts, *opened)
    if undecided(circle):
        circle = replace(circle, ask_until=now + DECIDE_WITHIN)
    return _measured(circle, now), facts


def _measured(circle: Circle, now: datetime) -> Circle:
    """Notes since when it is too small."""
    small = circle.state == "open" and len(circle.members) < TOO_SMALL
    if small == (circle.small_since is not None):
        return circle
    return replace(circle, small_since=now if small else None)

"""Coming in, listening, and stepping out."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.names import Space
from bot.errors import UserMistake
from bot.rounds import ending, forming, second_voice, steps, task
from bot.rounds.facts import SeatLeft, SeatTaken, SeatWaiting
from bot.rounds.model import Changed, Round, Seat, Way, then
from bot.rounds.now import Now
from bot.rounds.pausing import wait_for_voice
from bot.rounds.step_facts import Fact
from bot.rounds.task import LIGHT
from bot.rounds.timing import LEFT


def join(
    round_: Round,
    person: str,
    way: Way,
    now: Now,
    *,
    space: Space | None = None,
    side: str = "",
    group: int | None = None,
) -> Changed:
    """Takes a seat, or changes between speaking and listening. When the circle is full they wait (`SeatWaiting`).

    `space`: where they join from, and are written to. `side`: on which they come in, where they stand on none yet.
    `group`: into which they were asked by somebody there.
    """
    if round_.state == "draft":
        raise UserMistake("This round is still being set up. You will see the invitation when it is ready.")
    if round_.wrapping or round_.ended:
        raise UserMistake("This round is over. Join the next one, or start one yourself.")
    seat = round_.seat(person)
    if seat is not None and seat.way == way and seat.state in {"in", "waiting"}:
        return round_, ()
    if way == "listen":
        return _listen(round_, person, now, space)
    looked_for = second_voice.side_for(round_, person, space)
    if too_late(round_) and not looked_for and group is None:
        raise UserMistake("This round is too far on to speak in it. You can still listen, or join the next one.")
    if len(round_.speakers) >= round_.format.size.max:
        if seat is None or seat.state != "in":
            return _with(round_, Seat(person, "waiting", "speak", space=space)), (SeatWaiting(round_.id, person),)
        raise UserMistake("The circle is full. You can go on listening; a seat may become free.")
    return _speak(round_, person, now, space, side or (looked_for if too_late(round_) else ""), group)


def too_late(round_: Round) -> bool:
    """Whether the step from which on nobody comes in any more has begun."""
    until = round_.format.late_join_until
    begun = [run.script.key for run in round_.steps if run.opened_at is not None]
    return until in begun and not (round_.format.late_join_groups and forming.has_room(round_))


def _at(round_: Round) -> int | None:
    return None if round_.began_at is None else min(round_.current, len(round_.steps) - 1)


def _listen(round_: Round, person: str, now: Now, space: Space | None) -> Changed:
    before = round_.seat(person)
    round_ = _with(round_, Seat(person, "in", "listen", joined_step=_at(round_), space=space))
    taken: Fact = SeatTaken(round_.id, person, "listen", _at(round_))
    if before is None or before.state != "in":
        return round_, (taken,)
    stepped_back = then((round_, (taken,)), lambda it: _out_of_step(it, person, now))
    return then(then(stepped_back, lambda it: next_waiting(it, now)), lambda it: steps.settle(it, now))


def _speak(round_: Round, person: str, now: Now, space: Space | None, side: str, group: int | None = None) -> Changed:
    side = "" if round_.several else side
    round_ = _with(round_, Seat(person, "in", "speak", joined_step=_at(round_), space=space, side=side))
    if round_.ring and person not in round_.ring:
        round_ = replace(round_, ring=(*round_.ring, person))
    taken: Changed = round_, (SeatTaken(round_.id, person, "speak", _at(round_)),)
    if round_.step is not None and round_.step.state == "split":
        taken = then(taken, lambda it: forming.take_in(it, person, group))
    return then(taken, lambda it: steps.settle(it, now))


def _with(round_: Round, seat: Seat) -> Round:
    """A seat taken anew stands behind the others."""
    before = round_.seat(seat.person)
    if before is not None and before.side:
        seat = replace(seat, side=before.side)
    if before is not None and before.state != "in":
        round_ = replace(round_, seats=tuple(one for one in round_.seats if one.person != seat.person))
    return round_.with_seat(seat)


def decline(round_: Round, person: str, now: Now) -> Changed:
    """Not this time. Shown to nobody; somebody who is in already leaves."""
    seat = round_.seat(person)
    if seat is not None and seat.state in {"in", "waiting"}:
        return leave(round_, person, now)
    says_no = seat is None or seat.state == "asked"
    return round_.with_seat(Seat(person, "declined")) if says_no else round_, ()


def leave(round_: Round, person: str, now: Now) -> Changed:
    """Steps out. What nobody saw yet is withdrawn; `leave_behind` says what becomes of all they wrote."""
    seat = round_.seat(person)
    if (seat is None or seat.state not in {"in", "waiting"}) and round_.facilitator != person:
        raise UserMistake("You are not in this round.")
    wrote = any(one.person == person and not one.removed for one in round_.contributions)
    wrote = wrote or any(one.person == person and one.given and one.kind in LIGHT for one in round_.tasks)
    return _step_out(round_, person, now, wrote=wrote)


def gone(round_: Round, person: str, now: Now) -> Changed:
    """The person left the space or was deactivated; also when they hold the round. Nothing where they have no part."""
    seat = round_.seat(person)
    if (seat is None or seat.state not in {"in", "waiting"}) and round_.facilitator != person:
        return round_, ()
    return _step_out(round_, person, now, wrote=False)


def _step_out(round_: Round, person: str, now: Now, *, wrote: bool) -> Changed:
    facts: tuple[Fact, ...] = ()
    until, really = now.at + LEFT, now
    if round_.state == "paused" and round_.paused_at is not None:
        now = replace(now, at=round_.paused_at)  # its clocks stand still; they are moved when it goes on
    seat = round_.seat(person)
    role = round_.format.role(seat.role) if seat is not None else None
    if seat is not None and seat.state in {"in", "waiting"}:
        goes = role is not None and role.words_go
        round_ = round_.with_seat(replace(seat, state="left", role="", choose_until=until if goes else None))
        facts = (SeatLeft(round_.id, person, wrote),)
    round_ = replace(round_, tasks=task.given_up(round_.tasks, person))
    changed: Changed = _withdraw(round_, person), facts
    if role is not None and role.essential and round_.state == "running":
        changed = then(changed, lambda it: steps.close_round(it, now))
    changed = then(changed, lambda it: _out_of_step(it, person, now))
    if role is not None and role.if_none == "park":
        changed = then(changed, lambda it: steps.claim_again(it, role.key, now))
    changed = then(changed, lambda it: _nobody_holds(it, person, now))
    changed = then(changed, lambda it: next_waiting(it, really))
    return then(changed, lambda it: steps.settle(it, really))


def _withdraw(round_: Round, person: str) -> Round:
    """What nobody has seen goes with its author; so does a vote that is not counted yet."""
    if round_.ended:
        return round_
    for one in round_.contributions:
        if one.person == person and one.counts and one.revealed_at is None:
            round_ = round_.with_contribution(replace(one, withdrawn=True))
    counted = {step for step, run in enumerate(round_.steps) if run.counted}
    return replace(round_, votes=tuple(v for v in round_.votes if v.person != person or v.step in counted))


def _out_of_step(round_: Round, person: str, now: Now) -> Changed:
    """No step that is open waits for this person any more; nor does their group, which may end with it."""
    changed: Changed = round_, ()
    if round_.state == "running" and steps.cannot_go_on(round_):
        changed = steps.close_round(round_, now)
    changed = then(changed, lambda it: wait_for_voice(it, now))
    changed = then(changed, lambda it: forming.take_out(it, person, it.group_of(person)))
    for step in round_.at_work:
        changed = then(changed, lambda it, step=step: _without_them(it, step, person, now))  # type: ignore[misc]
    return changed


def _without_them(round_: Round, step: int, person: str, now: Now) -> Changed:
    run = round_.steps[step]
    if run.state != "revealing":
        return round_, ()
    run = replace(run, asked_names=tuple(one for one in run.asked_names if one != person))
    round_ = round_.with_step(step, run)
    return (round_, ()) if run.asked_names or round_.state != "running" else steps.reveal_named(round_, step, now)


def _nobody_holds(round_: Round, person: str, now: Now) -> Changed:
    if round_.offered_to == person:
        round_ = replace(round_, offered_to=None)
    if round_.facilitator != person:
        return round_, ()
    round_ = replace(round_, facilitator=None, offered_to=None)
    if round_.state not in {"inviting", "running", "paused"}:
        return round_, ()
    return ending.miss_facilitator(round_, person, now)


def next_waiting(round_: Round, now: Now) -> Changed:
    """Somebody on the waiting list comes in when there is room: first whoever is looked for, on whatever side."""
    late = too_late(round_)
    all_ = [seat for seat in round_.seats if seat.state == "waiting"]
    fitting = [seat for seat in all_ if second_voice.side_for(round_, seat.person, seat.space)]
    waiting = next(iter(fitting if late else (*fitting, *all_)), None)
    full = len(round_.speakers) >= round_.format.size.max
    over = round_.wrapping or round_.state not in {"inviting", "running", "paused"}
    if waiting is None or full or over:
        return round_, ()
    side = second_voice.side_for(round_, waiting.person, waiting.space) if late else ""
    return _speak(round_, waiting.person, now, waiting.space, side)

"""Who is what in a round: roles that somebody was given, and those that go round."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.chance import shuffled
from bot.errors import UserMistake
from bot.rounds import course
from bot.rounds.facts import RoleGiven
from bot.rounds.model import Changed, Round
from bot.rounds.now import Now
from bot.rounds.script import Role, Step
from bot.rounds.step_facts import Fact
from bot.rounds.step_rules import INNER, REPORTER


def inside(round_: Round, step: int) -> tuple[str, ...]:
    """Who speaks there: everybody, or those in its group, in the order in which they joined."""
    group = round_.steps[step].group
    if group is None:
        return round_.speakers
    members = round_.groups[group].members
    return tuple(person for person in round_.speakers if person in members)


def holders(round_: Round, step: int, key: str) -> tuple[str, ...]:
    """Who has the role in this step."""
    role = round_.format.role(key)
    people = inside(round_, step)
    if role is not None and role.filled_by == "lap":
        return _in_lap(round_, step, role, people)
    given = {seat.person: seat.role for seat in round_.seats}
    wanted = "" if role is not None and role.rest else key
    return tuple(person for person in people if given.get(person, "") == wanted)


def doers(round_: Round, step: int, key: str) -> tuple[str, ...]:
    """Who did in this attempt what the role is for: its holders, or who stood in for them."""
    having, run = holders(round_, step, key), round_.steps[step]
    for first in course.loop(round_, course.base(round_, step)):
        done = course.find(round_, course.Place(first, run.group, run.lap, run.attempt))
        if done is None or done == step or floor_of(round_.steps[done].script) != (key, False):
            continue
        spoke = {one.person for one in round_.answers(done)}
        if spoke and spoke.isdisjoint(having):
            return tuple(person for person in inside(round_, step) if person in spoke)
    return having


def _in_lap(round_: Round, step: int, role: Role, people: tuple[str, ...]) -> tuple[str, ...]:
    """The first role is for whose lap it is, the next ones for the next in the ring. Outside a lap: in the first.

    Nobody has them in the lap of somebody who has left.
    """
    run = round_.steps[step]
    if run.lap == course.NOBODYS:
        return ()
    order = [person for person in course.ring(round_, run.group) if person in people]
    if run.lap in order:
        at = order.index(run.lap)
        order = [*order[at:], *order[:at]]
    elif run.lap or run.group is None:
        return ()
    for each in round_.format.roles:
        if each.filled_by != "lap" or each.rest:
            continue
        taken, order = order[: each.room], order[each.room :]
        if each.key == role.key:
            return tuple(taken)
    return tuple(order)


def role_of(round_: Round, step: int, person: str) -> str:
    """The role of the person in this step that has a name of its own; empty: none."""
    keys = (*(role.key for role in round_.format.roles if not role.rest), REPORTER)
    return next((key for key in keys if person in holders(round_, step, key)), "")


def floor_of(script: Step) -> tuple[str, bool]:
    """The role that the step's floor is for, and whether it is for all others instead; empty: for no role."""
    floor = script.floor
    if floor == INNER:
        return INNER, False
    if floor.startswith("not:role:"):
        return floor.removeprefix("not:role:"), True
    return (floor.removeprefix("role:"), False) if floor.startswith("role:") else ("", False)


def asked_role(round_: Round, script: Step) -> Role | None:
    """The role that the step is for; none where it asks everybody, or everybody but one."""
    key, others = floor_of(script)
    return None if others else round_.format.role(key)


def reaching_out(round_: Round) -> tuple[str, ...]:
    """Who is asked to reach people that say nothing: those whose role it is, else the facilitator."""
    keys = {role.key for role in round_.format.roles if role.reaches_out}
    having = tuple(seat.person for seat in round_.seats if seat.role in keys and seat.person in round_.speakers)
    return having or ((round_.facilitator,) if round_.facilitator is not None else ())


def bereft(round_: Round) -> bool:
    """Whether somebody had a role without which the round cannot go on, and nobody has it any more."""
    for role in round_.format.roles:
        if role.essential and any(seat.role == role.key for seat in round_.seats if seat.person in round_.speakers):
            continue
        if role.essential and any(run.opened_at and floor_of(run.script) == (role.key, False) for run in round_.steps):
            return True
    return False


def fill(round_: Round, step: int, now: Now) -> Changed:
    """Whoever this step names by a role is drawn by chance, as far as too few have it and chance may fill it."""
    script = round_.steps[step].script
    facts: list[Fact] = []
    for role in round_.format.roles:
        drawn = role.filled_by in {"chance", "claim"} and not role.rest
        enough = len(round_.speakers) >= role.from_size
        now_or_never = script.key == role.drawn_at if role.drawn_at else _named(script, role.key)
        if drawn and enough and now_or_never:
            for person in _draw(round_, step, role, now):
                round_ = given(round_, person, role.key)
                facts.append(RoleGiven(round_.id, role.key, person))
    return round_, tuple(facts)


def _named(script: Step, key: str) -> bool:
    of_guard = script.when is not None and script.when.kind == "role" and script.when.of == key
    return of_guard or floor_of(script)[0] == key or f"{{{key}}}" in "".join(script.prompt.values())


def _draw(round_: Round, step: int, role: Role, now: Now) -> tuple[str, ...]:
    """Not who has a role already, nor who would rather not: they claimed something else, or passed."""
    missing = role.count - len(holders(round_, step, role.key))
    if missing <= 0:
        return ()
    has = {seat.person for seat in round_.seats if seat.role}
    free = [person for person in inside(round_, step) if person not in has]
    rather_not = _rather_not(round_, step) if role.filled_by == "claim" else frozenset()
    willing = [person for person in free if person not in rather_not]
    return shuffled(willing, now.seed)[:missing]


def _rather_not(round_: Round, step: int) -> frozenset[str]:
    for before in course.earlier(round_, step):
        run = round_.steps[before]
        if run.script.vote is not None and run.script.vote.kind == "claim":
            return frozenset((*run.passed, *(vote.person for vote in round_.votes if vote.step == before)))
    return frozenset()


def must_be_free(round_: Round, person: str, role: str) -> None:
    """Raises UserMistake where the round could not go on if this person took that role instead of their own."""
    seat = round_.seat(person)
    own = round_.format.role(seat.role) if seat is not None else None
    if own is not None and own.essential and own.key != role:
        raise UserMistake(
            "Who brings in what the round is about has no other role in it. This one is for somebody else."
        )


def given(round_: Round, person: str, role: str) -> Round:
    """The person has this role now; empty: none."""
    seat = round_.seat(person)
    return round_ if seat is None else round_.with_seat(replace(seat, role=role))


def none_has(round_: Round, role: str) -> Round:
    """Nobody has it any more."""
    seats = tuple(replace(seat, role="") if seat.role == role else seat for seat in round_.seats)
    return replace(round_, seats=seats)

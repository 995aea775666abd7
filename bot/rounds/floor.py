"""Who has the floor in a step, who was heard, and whether that is enough."""

from __future__ import annotations

from collections.abc import Iterable

from bot.rounds import course
from bot.rounds.casting import asked_role, floor_of, holders, inside
from bot.rounds.model import Round
from bot.rounds.said import Contribution
from bot.rounds.script import SIDES
from bot.rounds.step_run import StepRun

VOICES = 3
"""With fewer voices than this (or than there are people) a step went quiet."""
GO_ON = 2
"""With so many voices a step goes on with what is there, once it has been extended."""


def waited_for(round_: Round, step: int) -> tuple[str, ...]:
    """Whose answer the step waits for: the people who speak there, as far as its floor is theirs."""
    script = round_.steps[step].script
    people = inside(round_, step)
    if script.floor == "contributors":
        return tuple(person for person in people if _has_contributed(round_, step, person))
    role, others = floor_of(script)
    if not role:
        return people
    having = holders(round_, step, role)
    return tuple(person for person in people if (person in having) != others)


def _has_contributed(round_: Round, step: int, person: str) -> bool:
    theirs = {one.step for one in round_.contributions if one.person == person and one.visible}
    return bool(theirs) and any(before in theirs for before in course.earlier(round_, step))


def stand_ins(round_: Round, step: int) -> tuple[str, ...]:
    """Who may speak there instead of somebody who is silent, while the word is offered: not whose lap it is."""
    run = round_.steps[step]
    if not run.word_offered or not lets_stand_in(round_, step):
        return ()
    asked = waited_for(round_, step)
    return tuple(person for person in inside(round_, step) if person != run.lap and person not in asked)


def lets_stand_in(round_: Round, step: int) -> bool:
    """Whether others may say it where whoever has the word for a role does not."""
    script = round_.steps[step].script
    role = asked_role(round_, script)
    return script.mode == "turns" and role is not None and role.if_silent == "volunteer"


def _stood_in(round_: Round, step: int) -> bool:
    asked = waited_for(round_, step)
    return lets_stand_in(round_, step) and any(one.person not in asked for one in round_.answers(step))


def has_floor(round_: Round, person: str, step: int) -> bool:
    """Whether this person may answer there. Who listens may speak up where the floor is everybody's and open."""
    run = round_.steps[step]
    if run.script.mode == "open" and run.script.floor == "all" and run.group is None and not round_.format.private:
        return person in round_.speakers or person in round_.listeners
    return person in waited_for(round_, step) or person in stand_ins(round_, step)


def hearing(round_: Round, person: str, group: int | None = None) -> int | None:
    """The open step to which this person's words belong: of several first one in which people write as they like."""
    open_ = [step for step in round_.at_work if round_.steps[step].group == group and _may_answer(round_, step, person)]
    written = [step for step in open_ if round_.steps[step].script.mode in {"open", "groups", "turns"}]
    return next(iter((*written, *open_)), None)


def _may_answer(round_: Round, step: int, person: str) -> bool:
    return round_.state == "running" and round_.steps[step].takes_answers and has_floor(round_, person, step)


def own_step(round_: Round, person: str) -> int:
    """The step that is this person's now: the one in their group, or one that is open for them, else the current."""
    group = round_.group_of(person)
    in_group = next((step for step in round_.at_work if group is not None and round_.steps[step].group == group), None)
    if in_group is not None:
        return in_group
    open_ = hearing(round_, person)
    return round_.current if open_ is None else open_


def heard(round_: Round, step: int, person: str) -> bool:
    """Whether this person has answered; passing is an answer."""
    run = round_.steps[step]
    if person in run.passed:
        return True
    match run.script.mode:
        case "vote":
            return round_.vote_of(person, step) is not None
        case "open" | "groups":
            return person in run.done
        case "collect" | "turns":
            return round_.answer_of(person, step) is not None or _answered_keeping(round_, run, person)


def _answered_keeping(round_: Round, run: StepRun, person: str) -> bool:
    """In a step that asks contributors whether their words may be kept, saying so is their answer."""
    if not run.script.asks_to_keep:
        return False
    asked = [one.consent.answer for one in round_.contributions if one.person == person and one.consent is not None]
    return bool(asked) and "asked" not in asked


def voices(round_: Round, step: int) -> int:
    """How many people said something or voted."""
    if round_.steps[step].script.mode == "vote":
        return sum(vote.step == step for vote in round_.votes)
    return len({one.person for one in round_.answers(step)})


def complete(round_: Round, step: int) -> bool:
    """Whether nobody has to be waited for any more."""
    if not all(heard(round_, step, person) for person in waited_for(round_, step)):
        return _stood_in(round_, step)
    return "unanswered" in round_.steps[step].extended or not (last_chance(round_, step) and unanswered(round_, step))


def enough(round_: Round, step: int) -> bool:
    """Whether so many were heard that the step may close at its time; fewer once it was extended for that.

    In a group, and in somebody's lap, what is there is enough: the others wait for it.
    """
    run = round_.steps[step]
    people = waited_for(round_, step)
    if run.script.asks_to_keep or run.group is not None or run.lap:
        return True
    if silent_sides(round_, step):
        return False
    usual = 1 if run.script.open_floor else VOICES
    needed = min(run.script.min_inputs or usual, len(people))
    if "quiet" in run.extended:
        needed = min(needed, GO_ON)
    if run.script.open_floor:
        return max(voices(round_, step), sum(heard(round_, step, person) for person in people)) >= needed
    return sum(heard(round_, step, person) for person in people) >= needed


def came_to_nothing(round_: Round, step: int) -> bool:
    """Whether nobody has said anything in a step without which the round has nothing to be about."""
    return round_.steps[step].script.if_nothing == "close" and not voices(round_, step)


def sides(round_: Round, people: Iterable[str]) -> tuple[str, ...]:
    """The sides on which these people stand, in the order of their names."""
    return tuple(sorted({side for person in people if (side := round_.side_of(person))}))


def silent_sides(round_: Round, step: int) -> int:
    """How many sides have said nothing, in a step that shows only what both sides say."""
    if not round_.steps[step].script.by_side:
        return 0
    heard_of = sides(round_, (one.person for one in round_.answers(step)))
    return max(0, round_.format.sides - len(heard_of))


def lacking(round_: Round) -> tuple[int, int] | None:
    """How many speak and how many are needed, where they are too few to go on; None: they are enough.

    Where they stand on sides, those of the smallest one when that is too small.
    """
    size = round_.format.size
    if len(round_.speakers) < size.min:
        return len(round_.speakers), size.min
    short = short_side(round_)
    return None if short is None else (short[1], size.per_side_min)


def standing(round_: Round) -> dict[str, int]:
    """How many speak on each side there is, the fullest first."""
    there = [round_.side_of(person) for person in round_.speakers]
    sides_ = tuple(home.channel.space.id for home in round_.homes) if round_.several else SIDES[: round_.format.sides]
    known = dict.fromkeys((*sides_, *sorted({side for side in there if side})))
    return {side: there.count(side) for side in sorted(known, key=there.count, reverse=True)}


def short_side(round_: Round) -> tuple[str, int] | None:
    """The side that has too few people to go on, and how many it has; None: there are so many sides as are needed."""
    needed = round_.format.sides
    if not needed:
        return None
    side, have = list(standing(round_).items())[needed - 1]
    return (side, have) if have < round_.format.size.per_side_min else None


def revealed_before(round_: Round, step: int) -> int | None:
    """The step whose answers an `open` step responds to: the reveal with only open steps after it."""
    if round_.steps[step].script.mode != "open":
        return None
    for before in course.earlier(round_, step):
        script = round_.steps[before].script
        if script.mode != "open":
            return before if script.mode == "collect" and script.reveal == "together" else None
    return None


def last_chance(round_: Round, step: int) -> bool:
    """Whether this is the last open step in which the answers revealed before it can be responded to."""
    if revealed_before(round_, step) is None:
        return False
    follows = next((later for later in course.bases(round_) if later > course.base(round_, step)), None)
    return follows is None or round_.steps[follows].script.mode != "open"


def open_to_response(round_: Round, step: int) -> tuple[Contribution, ...]:
    before = revealed_before(round_, step)
    return () if before is None else tuple(one for one in round_.answers(before) if one.visible)


def unanswered(round_: Round, step: int) -> tuple[Contribution, ...]:
    """Answers nobody has responded to yet, though somebody else is there who could."""
    return tuple(
        one
        for one in open_to_response(round_, step)
        if not round_.responses(one.id) and any(person != one.person for person in inside(round_, step))
    )

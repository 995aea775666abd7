"""Who has the floor in a step, who was heard, and whether that is enough."""

from __future__ import annotations

from bot.rounds.model import Contribution, Round
from bot.rounds.step_run import StepRun

VOICES = 3
"""With fewer voices than this (or than there are people) a step went quiet."""
GO_ON = 2
"""With so many voices a step goes on with what is there, once it has been extended."""


def waited_for(round_: Round, step: int) -> tuple[str, ...]:
    """Whose answer the step waits for: the people who speak, as far as its floor is theirs."""
    floor = round_.steps[step].script.floor
    return tuple(person for person in round_.speakers if _has_floor(round_, person, floor, step))


def has_floor(round_: Round, person: str, step: int) -> bool:
    """Whether this person may answer there. Who listens may speak up where the floor is everybody's and open."""
    script = round_.steps[step].script
    if script.mode == "open" and script.floor == "all":
        return person in round_.speakers or person in round_.listeners
    return person in waited_for(round_, step)


def _has_floor(round_: Round, person: str, floor: str, step: int) -> bool:
    if floor == "contributors":
        return any(one.person == person and one.visible and one.step < step for one in round_.contributions)
    seat = round_.seat(person)
    role = seat.role if seat is not None else ""
    if floor.startswith("not:role:"):
        return role != floor.removeprefix("not:role:")
    if floor.startswith("role:"):
        return role == floor.removeprefix("role:")
    return True


def heard(round_: Round, step: int, person: str) -> bool:
    """Whether this person has answered; passing is an answer."""
    run = round_.steps[step]
    if person in run.passed:
        return True
    match run.script.mode:
        case "vote":
            return round_.vote_of(person, step) is not None
        case "open":
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
        return False
    return "unanswered" in round_.steps[step].extended or not (last_chance(round_, step) and unanswered(round_, step))


def enough(round_: Round, step: int) -> bool:
    """Whether so many were heard that the step may close at its time; fewer once it was extended for that."""
    run = round_.steps[step]
    people = waited_for(round_, step)
    if run.script.asks_to_keep:
        return True
    usual = 1 if run.script.mode == "open" else VOICES
    needed = min(run.script.min_inputs or usual, len(people))
    if "quiet" in run.extended:
        needed = min(needed, GO_ON)
    if run.script.mode == "open":
        return max(voices(round_, step), sum(heard(round_, step, person) for person in people)) >= needed
    return sum(heard(round_, step, person) for person in people) >= needed


def revealed_before(round_: Round, step: int) -> int | None:
    """The step whose answers an `open` step responds to: the reveal with only open steps after it."""
    if round_.steps[step].script.mode != "open":
        return None
    for before in range(step - 1, -1, -1):
        script = round_.steps[before].script
        if script.mode != "open":
            return before if script.mode == "collect" and script.reveal == "together" else None
    return None


def last_chance(round_: Round, step: int) -> bool:
    """Whether this is the last open step in which the answers revealed before it can be responded to."""
    after = round_.steps[step + 1 : step + 2]
    return revealed_before(round_, step) is not None and not (after and after[0].script.mode == "open")


def open_to_response(round_: Round, step: int) -> tuple[Contribution, ...]:
    before = revealed_before(round_, step)
    return () if before is None else tuple(one for one in round_.answers(before) if one.visible)


def unanswered(round_: Round, step: int) -> tuple[Contribution, ...]:
    """Answers nobody has responded to yet, though somebody else is there who could."""
    return tuple(
        one
        for one in open_to_response(round_, step)
        if not round_.responses(one.id) and any(person != one.person for person in round_.speakers)
    )

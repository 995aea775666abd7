"""When a step is played at all."""

from __future__ import annotations

from bot.rounds import course
from bot.rounds.casting import holders, inside
from bot.rounds.model import Round


def holds(round_: Round, step: int) -> bool:
    """Whether the step's guard holds now; a step without one is always played."""
    guard = round_.steps[step].script.when
    if guard is None:
        return True
    match guard.kind:
        case "role":
            return bool(holders(round_, step, guard.of))
        case "size":
            return len(inside(round_, step)) >= int(guard.value)
        case "field":
            return picked(round_, step, guard.of) == guard.value


def picked(round_: Round, step: int, field: str) -> str:
    """What was picked last in this field of a form, before this step; empty: nothing."""
    for before in course.earlier(round_, step):
        for one in reversed(round_.answers(before)):
            values = dict(one.fields)
            if field in values and one.visible:
                return values[field]
    return ""

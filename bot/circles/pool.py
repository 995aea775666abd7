"""Who would like to be in a circle, as the forming sees them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.circles.forming import Applicant, Known, as_puzzle, together
from bot.circles.model import Declared, Formation
from bot.circles.ports import Ctx
from bot.circles.puzzle import Puzzle, Seating
from bot.circles.week import in_zone

NEW_FOR = timedelta(days=90)


def waiting(ctx: Ctx) -> tuple[Declared, ...]:
    """Who wants to be in the next circles and is not asked for one already, by person; who left is on no list."""
    asked = {person for circle in ctx.unit.circles.all(ctx.community.id) for person in circle.asked}
    return tuple(each for each in ctx.unit.circles.ready(ctx.community.id) if each.person not in asked)


def applicants(ctx: Ctx, people: Sequence[str]) -> tuple[Applicant, ...]:
    """These people with all they said, in this order; who is off the list is left out."""
    known = ctx.unit.people.many(ctx.community.id, people)
    new = {each.person for each in ctx.unit.newcomers.joined_since(ctx.community.id, ctx.now - NEW_FOR)}
    said = {each.person: each for each in ctx.unit.circles.ready(ctx.community.id)}
    found = []
    for id_ in people:
        person = known.get(id_)
        declared = said.get(id_)
        if person is None or declared is None:
            continue
        slots = in_zone(declared.slots, person.timezone, ctx.community.timezone, ctx.now) if declared.slots else None
        found.append(
            Applicant(
                id=id_,
                organisation=person.organisation,
                role=" ".join(person.role.casefold().split()),
                experience=declared.experience or "",
                languages=frozenset(declared.languages or (person.language,)),
                slots=slots,
                newcomer=id_ in new,
            )
        )
    return tuple(found)


def known(ctx: Ctx, formation: Formation) -> Known:
    """What is known between these people."""
    past = ctx.unit.circles.past(ctx.community.id)
    return Known(
        together(past, ctx.unit.circles.latest(ctx.community.id) + 1),
        ctx.unit.circles.wishes(ctx.community.id, formation.people),
        formation.live,
    )


def seated(ctx: Ctx, formation: Formation) -> tuple[tuple[Applicant, ...], ...]:
    """By circle, who sits in it now; who is off the list is left out, and so is a circle of nobody."""
    found = {each.id: each for each in applicants(ctx, formation.people)}
    circles = (tuple(found[one] for one in circle if one in found) for circle in formation.circles)
    return tuple(circle for circle in circles if circle)


def puzzle_of(circles: Sequence[Sequence[Applicant]], between: Known) -> tuple[Puzzle, tuple[Applicant, ...], Seating]:
    """The puzzle of these circles, their people, and who sits where."""
    people = tuple(each for circle in circles for each in circle)
    seating = [number for number, circle in enumerate(circles) for _ in circle]
    return as_puzzle(people, tuple(map(len, circles)), between), people, seating

"""Why these people: what can be told of a proposed circle, in numbers and names that views put into words. Pure.

Nothing of anybody's wishes is in it but that one could not be kept, and not whose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.circles.forming import Applicant, Known
from bot.circles.model import SLOTS
from bot.circles.puzzle import PART, TOGETHER

Unmet = Literal["language", "slot", "apart", "new_alone", "new_many"]


@dataclass(frozen=True, slots=True)
class Account:
    people: tuple[str, ...]
    organisations: int
    roles: int
    experiences: int
    """How many different ones, of those who said."""
    languages: tuple[str, ...]
    """That all of them speak."""
    slots: tuple[str, ...]
    """That suit all who said what suits them."""
    silent: int
    """How many did not say what suits them."""
    met: int
    """Pairs who were in one circle before."""
    pairs: int
    newcomers: int
    unmet: tuple[Unmet, ...]
    """The rules that could not be kept."""


def account(people: Sequence[Applicant], known: Known) -> Account:
    """What is to be said of this circle."""
    pairs = [frozenset((one.id, other.id)) for place, one in enumerate(people) for other in people[:place]]
    spoken = [each.languages for each in people if each.languages]
    languages = frozenset.intersection(*spoken) if spoken else frozenset()
    said = [each.slots for each in people if each.slots is not None]
    slots = frozenset.intersection(*said) if said else frozenset()
    new = sum(each.newcomer for each in people)
    return Account(
        people=tuple(each.id for each in people),
        organisations=_different(each.organisation for each in people),
        roles=_different(each.role for each in people),
        experiences=_different(each.experience for each in people),
        languages=tuple(sorted(languages)),
        slots=tuple(sorted(slots, key=SLOTS.index)),
        silent=len(people) - len(said),
        met=sum(pair in known.together for pair in pairs),
        pairs=len(pairs),
        newcomers=new,
        unmet=tuple(
            _unmet(people, known, languages=not spoken or bool(languages), slots=not said or bool(slots), new=new)
        ),
    )


def _unmet(people: Sequence[Applicant], known: Known, *, languages: bool, slots: bool, new: int) -> list[Unmet]:
    unmet: list[Unmet] = []
    here = {each.id for each in people}
    if not languages:
        unmet.append("language")
    if known.live and not slots:
        unmet.append("slot")
    if any(each.kind != "with" and {each.person, each.other} <= here for each in known.wishes):
        unmet.append("apart")
    if 0 < new < TOGETHER:
        unmet.append("new_alone")
    elif new * PART > len(people):
        unmet.append("new_many")
    return unmet


def _different(values: Iterable[str]) -> int:
    return len({value for value in values if value})

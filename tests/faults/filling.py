"""What people put into the forms of a round, and what they know of it afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.faults.circle import PRIVATELY, VOTE, WRITE, Circle
from tests.faults.life import Person, Told
from tests.faults.objecting import BALLOTS, TAKE_UP, Errand

if TYPE_CHECKING:
    from tests.faults.rounds import RoundsLife


@dataclass(frozen=True)
class Field:
    label: str
    value: str
    options: tuple[str, ...]
    needed: bool
    many: bool = False
    """Several of the options can be chosen."""


def filled(
    life: RoundsLife, circle: Circle, person: Person, fields: Sequence[Field], label: str, step: str
) -> tuple[dict[str, Any], Told]:
    """What the form behind that button is filled in with; and where it is noted whether Kring accepts it."""
    told = Told()
    values: dict[str, Any] = {each.label: _chosen(life, each) for each in fields if each.options}
    texts = [each for each in fields if not each.options]
    if label in WRITE and texts:
        mark = life.mark("word")
        private = label in PRIVATELY
        saying = circle.saying(person, step, texts[0].value, private=private, arrived=life.keeps_what_arrived)
        values |= {each.label: f"I said {mark}." for each in texts[:1]}
        saying.tries.append((mark, told))
    elif label in BALLOTS:
        mark = life.mark("against")
        circle.voted[circle.topic].append((person.id, told))
        circle.objecting.against[mark] = person
        values |= {each.label: f"This is {mark}." for each in texts[:1]}
    elif label == TAKE_UP:
        mark = life.mark("errand")
        circle.objecting.errands.append(Errand(person, circle.topic, mark, told))
        values |= {each.label: f"I do {mark}." for each in texts[:1]}
    elif label == VOTE:
        circle.voted[circle.topic].append((person.id, told))
    else:
        values |= {each.label: "A word of mine." for each in texts if each.needed}
    return values, told


def _chosen(life: RoundsLife, one: Field) -> Any:
    option = life.chance.choice(one.options)
    return [option] if one.many else option

"""What stands in a custom id: an action, what using it means, and which of several alike it is.

Discord has no other place where a button or a modal could carry anything, gives it 100 characters, and demands that no
two in one message are the same. An action may fill all of them. So all that is to be said beside it stands in the one
letter between its name and its id: a colon for what is alone of its kind, another letter for the rest.
https://docs.discord.com/developers/components/reference#anatomy-of-a-component-custom-id (2026-11-26)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from bot.chat.actions import Action

Use = Literal["press", "ask", "step", "open", "again"]
"""press: a button, a select, or a form that is whole in one modal. ask: a select that asks before a press counts.
step: the modal of one step of a longer form. open: a button that opens a step of a form that is kept. again: the modal
that such a button opened."""

_USES: tuple[Use, ...] = get_args(Use)
_FIRST = 0x100
"""The first letter after those that a name could hold: all of them are letters, which Discord takes anywhere."""
_EACH = 64
"""How many alike there may be: more than a message has room for."""
_BETWEEN = f":{chr(_FIRST)}-{chr(_FIRST + len(_USES) * _EACH - 1)}"
_PACKED = re.compile(f"([^{_BETWEEN}]+)([{_BETWEEN}])(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CustomId:
    action: Action
    use: Use = "press"
    number: int = 0
    """Which of several alike, or which step; from 0."""

    def pack(self) -> str:
        """At most 100 characters, as an action has. Raises ValueError for a number that no message has room for."""
        if not 0 <= self.number < _EACH:
            raise ValueError(f"there is no {self.number}th of a kind in a message")
        at = _USES.index(self.use) * _EACH + self.number
        return f"{self.action.name}{chr(_FIRST + at) if at else ':'}{self.action.id}"


def unpack(packed: str) -> CustomId:
    """What `pack` wrote. Raises ValueError when it is none of ours."""
    found = _PACKED.fullmatch(packed)
    if found is None:
        raise ValueError(f"not a custom id of ours: {packed!r}")
    name, between, id_ = found.groups()
    if between == ":":
        return CustomId(Action(name, id_))
    use, number = divmod(ord(between) - _FIRST, _EACH)
    return CustomId(Action(name, id_), _USES[use], number)

"""A side has become too small and the round waits: who can come in there."""

from __future__ import annotations

from bot.chat.names import Space
from bot.rounds.floor import short_side, standing
from bot.rounds.model import Round


def side_for(round_: Round, person: str, space: Space | None = None) -> str:
    """The side on which this person would be the voice that is looked for; empty: on none.

    `space`: where they are. Whose side is not known yet comes in where somebody is missing.
    """
    short = short_side(round_)
    if not round_.seeking or short is None:
        return ""
    seat = round_.seat(person)
    own = (space.id if space is not None else "") if round_.several else (seat.side if seat is not None else short[0])
    wanted = [side for side, have in standing(round_).items() if have < round_.format.size.per_side_min]
    return own if own in wanted else "" if own or round_.several else short[0]

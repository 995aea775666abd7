"""What stays of a round: what its people said yes to, whom one may ask, what its listeners gave, and which objections
are left, with who took them up. Nothing else.

Where the round stands in several spaces, each space says what crosses to the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.chat.names import Place, Space, channel_of
from bot.rounds import lending
from bot.rounds.crossing import Crossing
from bot.rounds.leading import taken_on
from bot.rounds.model import Round
from bot.rounds.objections import Voiced, at_the_end, ballots
from bot.rounds.said import Consent, Contribution
from bot.rounds.task import Task


@dataclass(frozen=True, slots=True)
class Kept:
    """Words whose author said that they may be kept, as they said it. `author` is None where no name goes with them."""

    id: str
    step: int
    body: str
    fields: tuple[tuple[str, str], ...] = ()
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """`steps` by their numbers, each question once. `ask`: who said that they may be asked. `elsewhere`: how many kept
    things stay in other spaces, by the names of these. `objections`: those that are left, with who took them up.
    `took`: who took on what it came to, by the key of their role.
    """

    steps: tuple[int, ...]
    kept: tuple[Kept, ...]
    ask: tuple[str, ...]
    gifts: tuple[Task, ...]
    objections: tuple[Voiced, ...] = ()
    took: tuple[tuple[str, tuple[str, ...]], ...] = ()
    elsewhere: tuple[tuple[str, int], ...] = ()


def record_of(round_: Round, here: Space | None, crossings: Mapping[Space, Crossing]) -> Record:
    """The record as the space `here` may read it; None: as somebody reads it who is in none of the round's spaces."""
    agreed = [one for one in round_.contributions if one.kept]
    kept = [one for one in agreed if _crosses(round_, one.person, here, crossings)]
    away = Counter(_home(round_, one.person) for one in agreed if one not in kept)
    asked = [one.person for one in kept if one.consent is not None and one.consent.answer == "yes" and one.consent.ask]
    names = {home.channel.space: home.name for home in round_.homes}
    return Record(
        steps=_steps(round_),
        kept=tuple(_kept(one) for one in kept),
        ask=tuple(dict.fromkeys(person for person in asked if person)),
        gifts=tuple(one for one in lending.shown(round_) if _crosses(round_, one.person, here, crossings)),
        objections=tuple(one for one in at_the_end(round_) if _objection_crosses(round_, one, here, crossings)),
        took=_took(round_, here, crossings),
        elsewhere=tuple((names[space], n) for space, n in away.items() if space in names),
    )


def _kept(one: Contribution) -> Kept:
    consent = one.consent or Consent()
    named = consent.answer == "yes" and one.person != ""
    body, fields = (consent.words, ()) if consent.words else (one.body, one.fields)
    return Kept(one.id, one.step, body, fields, one.person if named else None)


def _steps(round_: Round) -> tuple[int, ...]:
    found: dict[str, int] = {}
    for number, run in enumerate(round_.steps):
        if run.opened_at is not None and run.state != "skipped":
            found.setdefault(run.script.key, number)
    return tuple(found.values())


def _home(round_: Round, person: str) -> Space | None:
    """The space in which somebody takes part."""
    seat = round_.seat(person) if person else None
    if seat is not None and seat.space is not None:
        return seat.space
    return round_.channel.space if person and person == round_.facilitator else None


def _crosses(round_: Round, person: str, here: Space | None, crossings: Mapping[Space, Crossing]) -> bool:
    """Whether this person's words may stand in the record here. Of words whose author was forgotten nobody knows any
    more where they were said: they stay out as soon as one of the spaces lets nothing cross.
    """
    homes = round_.homes if round_.several else ()
    closed = {home.channel.space for home in homes if crossings.get(home.channel.space, "all") != "all"}
    if not closed:
        return True
    space = _home(round_, person)
    return space is not None and (space == here or space not in closed)


def _took(
    round_: Round, here: Space | None, crossings: Mapping[Space, Crossing]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    crossed = (
        (role, tuple(one for one in people if _crosses(round_, one, here, crossings)))
        for role, people in taken_on(round_)
    )
    return tuple((role, people) for role, people in crossed if people)


def _objection_crosses(round_: Round, one: Voiced, here: Space | None, crossings: Mapping[Space, Crossing]) -> bool:
    """Whether the words of whoever had it may stand there, and those of whoever took it up."""
    people = [ballots(round_, one.step)[one.number].person]
    people += [one.task.person] if one.task is not None else []
    return all(_crosses(round_, person, here, crossings) for person in people)


# -- who may see it


def may_see(round_: Round, person: str, place: Place | None) -> bool:
    """Who was in it, and who stands in a channel where everybody can read it anyway; of a private round who spoke."""
    if round_.format.private:
        return person in round_.speakers
    seat = round_.seat(person)
    if person == round_.facilitator or (seat is not None and seat.state in {"in", "left"}):
        return True
    if round_.state == "draft" or place is None:
        return False
    return channel_of(place) in {round_.channel, *(home.channel for home in round_.homes)}

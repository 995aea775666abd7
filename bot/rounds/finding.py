"""Finding the round that is meant, with the people in it and their hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import cast

from bot.chat.actions import Action
from bot.chat.events import Reason
from bot.chat.names import Place, Space, Thread, channel_of
from bot.chat.people import Person
from bot.context import Context
from bot.errors import UserMistake
from bot.rounds.acquaintance import RoundsBefore, TogetherLately
from bot.rounds.facts import RoundPaused
from bot.rounds.model import Round
from bot.rounds.now import Hours, Now
from bot.rounds.ports import RoundsUnit

Ctx = Context[RoundsUnit]


def header(round_: Round) -> Action:
    """What the card of the round is about; its thread hangs on it."""
    return Action("round.header", round_.id)


def parts(action: Action) -> tuple[str, list[str]]:
    """The round's id, and what else an action names."""
    id_, *rest = action.id.split(".")
    return id_, rest


def get(ctx: Ctx, id_: str) -> Round:
    round_ = ctx.unit.rounds.get(ctx.community.id, id_)
    if round_ is None:
        raise UserMistake("This round is not there any more.")
    return round_


def named(ctx: Ctx, action: Action, least: int = 0) -> tuple[Round, list[str]]:
    """The round of a button, form or post, and what else its action names: so many parts at least.

    Raises UserMistake for a round that is gone, and for a button of another time.
    """
    id_, rest = parts(action)
    round_ = get(ctx, id_)
    if len(rest) < least:
        raise UserMistake("This step is over.")
    return round_, rest


def number(part: str) -> int:
    """The number of a step, as an action names it. Raises UserMistake for a button of another time."""
    if not (part.isascii() and part.isdigit()):
        raise UserMistake("This step is over.")
    return int(part)


def in_thread(ctx: Ctx, thread: Thread) -> Round | None:
    """The round whose thread this is."""
    return with_group(ctx, thread)[0]


def with_group(ctx: Ctx, thread: Thread) -> tuple[Round | None, int | None]:
    """The round whose thread this is, and the number of the group that works in it; None: it is everybody's.

    It hangs on the card of a round, or on the message that names a group.
    """
    posted = ctx.unit.posts.in_thread(ctx.community.id, thread)
    if posted is None or posted.about.name not in {"round.header", "round.group"}:
        return None, None
    id_, rest = parts(posted.about)
    return ctx.unit.rounds.get(ctx.community.id, id_), int(rest[0]) if rest else None


def here(ctx: Ctx, place: Place) -> tuple[Round, ...]:
    """The round of this thread, else those of this channel, else those one takes part in oneself."""
    if isinstance(place, Thread):
        found = in_thread(ctx, place)
        if found is not None:
            return (found,)
    return ctx.unit.rounds.in_channel(ctx.community.id, channel_of(place)) or ctx.unit.rounds.open_for(
        ctx.community.id, ctx.actor.id
    )


def place_lost(ctx: Ctx, round_: Round) -> Reason | None:
    """Why the last pause came, where it came because Kring could not write in the channel."""
    facts = ctx.unit.facts.of(ctx.community.id, Action("round", round_.id))
    pauses = [values for _, kind, values in facts if kind == RoundPaused.__name__]
    if not pauses or pauses[-1]["why"] != "place":
        return None
    return cast("Reason", pauses[-1].get("refused", "forbidden"))  # older facts do not say


def everybody(round_: Round) -> tuple[str, ...]:
    """All whom a view of this round may name."""
    people = (
        round_.facilitator,
        round_.offered_to,
        round_.early_by,
        *(seat.person for seat in round_.seats),
        *(one.person for one in round_.contributions),
    )
    return tuple(dict.fromkeys(person for person in people if person))


class Around(Mapping[str, Hours]):
    """The hours of those in a round, looked up when a rule first asks: most happenings never do."""

    def __init__(self, ctx: Ctx, round_: Round) -> None:
        self._ctx = ctx
        self._round = round_

    @cached_property
    def people(self) -> Mapping[str, Person]:
        actor = (self._ctx.person.id,) if self._ctx.person else ()
        return self._ctx.unit.people.many(self._ctx.community.id, (*everybody(self._round), *actor))

    @cached_property
    def _hours(self) -> dict[str, Hours]:
        off = self._ctx.community.quiet_days
        return {id_: Hours(person.quiet, person.timezone, off) for id_, person in self.people.items()}

    def __getitem__(self, person: str) -> Hours:
        return self._hours[person]

    def __iter__(self) -> Iterator[str]:
        return iter(self._hours)

    def __len__(self) -> int:
        return len(self._hours)


class Known(Mapping[str, tuple[str, ...]]):
    """What makes the people around different: where they are from, and what they do."""

    def __init__(self, around: Around) -> None:
        self._around = around

    def __getitem__(self, person: str) -> tuple[str, ...]:
        found = self._around.people[person]
        return found.organisation, found.role.casefold()

    def __iter__(self) -> Iterator[str]:
        return iter(self._around.people)

    def __len__(self) -> int:
        return len(self._around.people)


def moment(ctx: Ctx, round_: Round) -> Now:
    """Now, as the rules need it."""

    def past(person: str) -> tuple[Round, ...]:
        return ctx.unit.rounds.touching(ctx.community.id, person)

    around = Around(ctx, round_)
    return Now(
        ctx.now,
        ctx.seed,
        around,
        known=Known(around),
        rounds=RoundsBefore(round_, past),
        met=TogetherLately(round_, past),
    )


def people_of(ctx: Ctx, round_: Round) -> dict[str, Person]:
    """Those in the round, by id, with the account by which they take part; not who was forgotten.

    Where the round stands in several spaces everybody has their organisation beside their name.
    """
    people = ctx.unit.people.many(ctx.community.id, everybody(round_))
    spaces = ctx.unit.communities.spaces(ctx.community.id) if round_.several else {}
    return {id_: _taking_part(ctx, round_, person, spaces) for id_, person in people.items()}


def _taking_part(ctx: Ctx, round_: Round, person: Person, spaces: Mapping[Space, str]) -> Person:
    seat = round_.seat(person.id)
    space = seat.space if seat is not None else round_.channel.space if round_.facilitator == person.id else None
    account = person.account
    if space is not None and space != account.space:
        account = ctx.unit.people.account_in(ctx.community.id, person.id, space) or account
    unnamed = person.name == person.account.id  # the platform has not told their name
    if account != person.account:
        person = replace(person, account=account, reachable=True)
    if not spaces:
        return replace(person, organisation="")
    name = ctx.common_words.label("somebody") if unnamed else person.name
    return replace(person, name=name, organisation=spaces.get(account.space, ""))


def near(ctx: Ctx, round_: Round) -> Round:
    """The round for the eyes of the person who acts: they can go to its channel where they are."""
    return round_.near(ctx.by.space)

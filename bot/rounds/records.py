"""What rounds keep about one person: as a file, and erased when they are forgotten; and their place in the menu."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from bot.chat.messages import Block
from bot.chat.names import Place, channel_of
from bot.chat.people import Person
from bot.rounds import own, rules
from bot.rounds.announcing import settle
from bot.rounds.finding import Ctx, moment
from bot.rounds.model import LeaveChoice, Round, Seat
from bot.rounds.said import Contribution, Vote
from bot.rounds.task import Task

MOST = 5
"""So many rounds stand in the menu."""


def export(ctx: Ctx) -> dict[str, Any]:
    """The person's rounds, contributions and votes, with what they decided about them."""
    me = ctx.actor.id
    rounds = ctx.unit.rounds.touching(ctx.community.id, me)
    return {
        "rounds": [_part(round_, me) for round_ in rounds],
        "contributions": [
            _contribution(round_, one) for round_ in rounds for one in round_.contributions if one.person == me
        ],
        "votes": [_vote(round_, vote) for round_ in rounds for vote in round_.votes if vote.person == me],
        "tasks_and_small_steps": [_task(round_, one) for round_ in rounds for one in round_.tasks if one.person == me],
    }


def _part(round_: Round, me: str) -> dict[str, Any]:
    seat = round_.seat(me)
    return {
        "topic": round_.topic,
        "format": round_.format.id,
        "state": round_.state,
        "started": round_.created_at,
        "ended": round_.ended_at,
        "you_held_it": round_.facilitator == me,
        "your_seat": None if seat is None else _seat(seat),
        "you_joined_in": None if seat is None or seat.space is None else seat.space.id,
        "you_passed_in": [run.script.key for run in round_.steps if me in run.passed],
    }


def _seat(seat: Seat) -> dict[str, str]:
    return {"state": seat.state, "way": seat.way, "role": seat.role, "side": seat.side}


def _contribution(round_: Round, one: Contribution) -> dict[str, Any]:
    return {
        "topic": round_.topic,
        "step": round_.steps[one.step].script.key,
        "words": one.body,
        "fields": dict(one.fields),
        "with_your_name": one.named,
        "shown": one.revealed_at,
        "edited": one.edited_at,
        "removed": one.removed or one.withdrawn,
        "you_wanted_it_kept": one.marked,
        "may_it_be_kept": None if one.consent is None else one.consent.answer,
        "may_people_ask_you": one.consent is not None and one.consent.ask,
        "in_your_own_words": None if one.consent is None else one.consent.words or None,
    }


def _vote(round_: Round, vote: Vote) -> dict[str, Any]:
    return {
        "topic": round_.topic,
        "step": round_.steps[vote.step].script.key,
        "picked": list(vote.picks),
        "words": vote.words or None,
        "with_your_name": vote.named,
    }


def _task(round_: Round, one: Task) -> dict[str, Any]:
    return {
        "topic": round_.topic,
        "task": one.kind,
        "words": one.words or None,
        "with_your_name": one.named,
        "given": one.given_at,
        "you_are_reminded": one.remind_at,
    }


def forget(ctx: Ctx, person: str, choice: str) -> None:
    """Takes the person out of every round; what they contributed is kept, unnamed or removed."""
    for round_ in ctx.unit.rounds.touching(ctx.community.id, person):
        settle(ctx, round_, rules.forget(round_, person, cast("LeaveChoice", choice), moment(ctx, round_)))


def unite(ctx: Ctx, person: str, into: str) -> None:
    """Somebody linked two accounts: in every round they are one."""
    for round_ in ctx.unit.rounds.touching(ctx.community.id, person):
        settle(ctx, round_, rules.unite(round_, person, into, moment(ctx, round_)))


def took_part(ctx: Ctx, person: Person, before: datetime) -> bool:
    """Had a seat in a round, or held one, that was started before then."""
    return any(
        round_.created_at < before and (round_.facilitator == person.id or _sat(round_, person.id))
        for round_ in ctx.unit.rounds.touching(ctx.community.id, person.id)
    )


def _sat(round_: Round, person: str) -> bool:
    seat = round_.seat(person)
    return seat is not None and seat.state in {"in", "left"}


def page(ctx: Ctx) -> Sequence[Block]:
    """One's own rounds, and a way to start one."""
    mine = ctx.unit.rounds.open_for(ctx.community.id, ctx.actor.id)
    shown = [round_ for round_ in mine if _concerns(round_, ctx.actor.id)]
    return own.page(ctx.words, shown[:MOST], ctx.actor.id, len(shown[MOST:]))


def _concerns(round_: Round, me: str) -> bool:
    """Not those that somebody declined or left."""
    seat = round_.seat(me)
    return me in (round_.facilitator, round_.offered_to) or (seat is not None and seat.state in {"in", "waiting"})


def menu(ctx: Ctx, place: Place) -> Sequence[Block]:
    """The rounds here and one's own, and a way to start one."""
    here = ctx.unit.rounds.in_channel(ctx.community.id, channel_of(place))
    mine = [each for each in ctx.unit.rounds.open_for(ctx.community.id, ctx.actor.id) if _concerns(each, ctx.actor.id)]
    found = {round_.id: round_ for round_ in (*here, *mine)}
    return own.menu(ctx.words, list(found.values())[:MOST])

"""A second circle on the same topic, for those who do not fit into the first."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.answers import Answer, Tell
from bot.chat.events import ButtonPressed
from bot.errors import UserMistake
from bot.gate import offer
from bot.rounds import own, rules, second_words, starting
from bot.rounds.announcing import settle
from bot.rounds.finding import Ctx, get, moment, named, people_of
from bot.rounds.joining import join
from bot.rounds.model import Round


def start(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Start a second circle*: whoever waits for a seat holds it, and the others who wait are asked into it."""
    first, _ = named(ctx, event.action)
    me = ctx.actor.id
    waiting = _waiting(first)
    if me not in waiting:
        raise UserMistake("You do not wait for a seat in this round.")
    starting.may_start_here(ctx, first.channel)
    second = rules.draft(
        ctx.new_id(),
        first.channel,
        first.format,
        first.topic,
        me,
        moment(ctx, first),
        community=first.community,
        language=first.language,
        preset=first.preset,
        settings=first.settings,
        number=ctx.unit.number(ctx.community.id, "round"),
        homes=tuple(replace(home, state="here") for home in first.homes if home.state != "lost"),
    )
    invited = starting.send_out(ctx, second)
    space = ctx.account.space if ctx.account is not None else None
    after = settle(ctx, invited, rules.join(invited, me, "speak", moment(ctx, invited), space=space))
    settle(ctx, first, rules.leave(first, me, moment(ctx, first)))
    people = people_of(ctx, first)
    for person in (people[id_] for id_ in waiting if id_ != me and id_ in people):
        offer(ctx, person, "request", second_words.another(ctx.words_for(person), after, first.id, people))
    return Tell(own.started(ctx.words, after))


def _waiting(round_: Round) -> tuple[str, ...]:
    return tuple(seat.person for seat in round_.seats if seat.state == "waiting")


def change(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Into the second circle, and off the waiting list of the first; not where the second one is full too."""
    second, (id_, *_) = named(ctx, event.action, 1)
    answer = join(ctx, second, "speak")
    first = get(ctx, id_)
    if ctx.actor.id in get(ctx, second.id).speakers and ctx.actor.id in _waiting(first):
        settle(ctx, first, rules.leave(first, ctx.actor.id, moment(ctx, first)))
    return answer


BUTTONS = {"round.second": start, "round.tosecond": change}

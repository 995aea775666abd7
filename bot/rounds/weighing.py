"""How a community's two hands stand, as its facilitators ask for it, and when Kring speaks of it by itself."""

from __future__ import annotations

from bot.chat.answers import Answer, Tell
from bot.chat.commands import Given
from bot.chat.events import CommandCalled
from bot.chat.people import Person
from bot.gate import offer
from bot.rounds import balance, balance_page
from bot.rounds.balance import WINDOW, Hand
from bot.rounds.ballots import tally
from bot.rounds.facts import RoundFinished
from bot.rounds.finding import Ctx
from bot.rounds.measuring import FAR, happened
from bot.rounds.model import Round

LOOKED_AT = 12
"""So many of the last rounds are read to find the last one that asked how the balance feels."""


def show(ctx: Ctx, _: CommandCalled, __: Given) -> Answer:
    """The two hands of the community: wanted, measured and felt."""
    all_, lives = happened(ctx), ctx.unit.hands.lives(ctx.community.id)
    measured = balance.measure(all_, ctx.now, _felt(ctx))
    hand = balance.weaker(all_, ctx.now)
    flow = balance.flow(lives, ctx.now)
    return Tell(balance_page.page(ctx.words, measured, balance.USUAL, flow, hand, len(all_)))


def _felt(ctx: Ctx) -> float | None:
    """What people said of it in the last round that asked: on a scale from two below to two above zero."""
    for id_ in ctx.unit.hands.lately(ctx.community.id, ctx.now - WINDOW)[:LOOKED_AT]:
        round_ = ctx.unit.rounds.get(ctx.community.id, id_)
        if round_ is not None and (marks := marks_of(round_)) is not None:
            return balance.median_felt(marks)
    return None


def marks_of(round_: Round) -> tuple[int, ...] | None:
    """The marks of a scale around zero, which is how formats ask whether people search or hold; None without one."""
    for number, run in enumerate(round_.steps):
        rule = run.script.vote
        if run.state == "closed" and rule is not None and rule.kind == "scale" and rule.scale == balance.FELT:
            return balance.marks(tally(round_, number))
    return None


def round_done(ctx: Ctx, fact: RoundFinished) -> None:
    """Outside the band twice in a row: whoever held the round hears which hand is weaker, once."""
    here = ctx.community.id
    ends = [one.ended_at for one in ctx.unit.hands.held(here, ctx.now - FAR)]
    hand = balance.just_twice(happened(ctx), ends)
    round_ = ctx.unit.rounds.get(here, fact.round)
    holder = ctx.unit.people.get(here, round_.facilitator) if round_ is not None and round_.facilitator else None
    if hand is not None and holder is not None:
        _tell(ctx, holder, hand)


def _tell(ctx: Ctx, person: Person, hand: Hand) -> None:
    offer(ctx, person, "notice", balance_page.twice(ctx.words_for(person), hand))

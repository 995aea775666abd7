"""How two hands stand: a community's, as its facilitators ask for it, and a circle's, as its people do; and when Kring
speaks of it by itself."""

from __future__ import annotations

from collections.abc import Collection

from bot.chat.actions import Action
from bot.chat.answers import Answer, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CommandCalled
from bot.chat.messages import Button, Message
from bot.chat.names import channel_of
from bot.chat.people import Person
from bot.errors import UserMistake
from bot.gate import offer
from bot.rounds import balance, balance_page
from bot.rounds.balance import WINDOW, Hand
from bot.rounds.ballots import tally
from bot.rounds.facts import RoundFinished
from bot.rounds.finding import Ctx
from bot.rounds.measuring import happened, held
from bot.rounds.model import Round
from bot.rounds.ports import Gathered

LOOKED_AT = 12
"""So many of the last rounds are read to find the last one that asked how the balance feels."""


def show(ctx: Ctx, _: CommandCalled, __: Given) -> Answer:
    """The two hands of the community: wanted, measured and felt."""
    return Tell(_page(ctx))


def of_circle(ctx: Ctx, event: CommandCalled, given: Given) -> Answer:
    """`circle balance`: the same for one's own circle. Its numbers are for those who are in it."""
    number = given.number("circle")
    mine = [each for each in _own(ctx) if number in (None, each.number)]
    if not mine:
        if number is None:
            raise UserMistake("You are in no circle.")
        raise UserMistake("You are not in this circle.")
    here = [each for each in mine if each.home == channel_of(event.place)]
    found = here if len(here) == 1 else mine
    if len(found) > 1:
        choices = [Button(each.name, Action("round.ofcircle", each.id)) for each in found]
        return Tell(balance_page.which(ctx.words, choices))
    return Tell(_of(ctx, found[0]))


def of_circle_pressed(ctx: Ctx, event: ButtonPressed) -> Answer:
    circle = next((each for each in _own(ctx) if each.id == event.action.id), None)
    if circle is None:
        raise UserMistake("You are not in this circle.")
    return Tell(_of(ctx, circle))


def _own(ctx: Ctx) -> list[Gathered]:
    me = ctx.actor.id
    all_ = ctx.unit.circles.of(ctx.community.id, me)
    return [each for each in all_ if each.state != "closed" and me in (*each.members, each.facilitator)]


def _of(ctx: Ctx, circle: Gathered) -> Message:
    return balance_page.of_circle(ctx.words, circle.name, _page(ctx, circle.people))


def _page(ctx: Ctx, of: Collection[str] = ()) -> Message:
    """Of the community, or of what these people did together."""
    all_, lives = happened(ctx, of), ctx.unit.hands.lives(ctx.community.id, of)
    measured = balance.measure(all_, ctx.now, _felt(ctx, of))
    hand = balance.weaker(all_, ctx.now)
    flow = balance.flow(lives, ctx.now)
    return balance_page.page(ctx.words, measured, balance.USUAL, flow, hand, len(all_))


def _felt(ctx: Ctx, of: Collection[str]) -> float | None:
    """What people said of it in the last round that asked: on a scale from two below to two above zero."""
    for id_ in ctx.unit.hands.lately(ctx.community.id, ctx.now - WINDOW, of)[:LOOKED_AT]:
        round_ = ctx.unit.rounds.get(ctx.community.id, id_)
        if round_ is not None and (marks := marks_of(round_)) is not None:
            return balance.median_felt(marks)
    return None


def marks_of(round_: Round) -> tuple[int, ...] | None:
    """The marks that say whether people search or hold; None where nobody was asked."""
    for number, run in enumerate(round_.steps):
        if run.state == "closed" and balance.asked_by(run.script.vote):
            return balance.marks(tally(round_, number))
    return None


def round_done(ctx: Ctx, fact: RoundFinished) -> None:
    """Outside the band twice in a row: whoever held the round hears which hand is weaker, once."""
    here = ctx.community.id
    round_ = ctx.unit.rounds.get(here, fact.round)
    holder = ctx.unit.people.get(here, round_.facilitator) if round_ is not None and round_.facilitator else None
    if holder is None:
        return
    done = held(ctx)
    all_ = balance.happenings(done, ctx.unit.hands.lives(here))
    hand = balance.just_twice(all_, [one.ended_at for one in done])
    if hand is not None:
        _tell(ctx, holder, hand)


def _tell(ctx: Ctx, person: Person, hand: Hand) -> None:
    offer(ctx, person, "notice", balance_page.twice(ctx.words_for(person), hand))

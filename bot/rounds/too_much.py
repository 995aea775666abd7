"""*This is too much*: anybody inside a private round can put it on hold, and nobody is told who did, or why."""

from __future__ import annotations

from bot.chat.answers import Answer, Replace, Tell
from bot.chat.events import ButtonPressed
from bot.chat.people import Person
from bot.errors import UserMistake
from bot.gate import Send, offer
from bot.rounds import help_words, rules
from bot.rounds.announcing import settle
from bot.rounds.asking_help import contacts
from bot.rounds.finding import Ctx, moment, named
from bot.rounds.model import Round


def pause(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, _ = named(ctx, event.action)
    after = settle(ctx, round_, rules.too_much(round_, ctx.actor.id, moment(ctx, round_)))
    return Tell(help_words.on_hold(ctx.words, after, _near(ctx, after)))


def _near(ctx: Ctx, round_: Round) -> list[Person]:
    """Who can be asked to get in touch: the facilitator and the first of the people to turn to."""
    holder = ctx.unit.people.get(ctx.community.id, round_.facilitator) if round_.facilitator else None
    found = [holder] if holder is not None and holder.id != ctx.actor.id else []
    return [*found, *(each for each in contacts(ctx)[:1] if each not in found)]


def contact(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Yes, please*: one person is asked to get in touch."""
    round_, (id_, *_) = named(ctx, event.action, 1)
    person = next((each for each in _near(ctx, round_) if each.id == id_), None)
    if person is None:
        raise UserMistake("This step is over.")
    letter = help_words.get_in_touch(ctx.words_for(person), round_, ctx.actor)
    reached = isinstance(offer(ctx, person, "request", letter), Send)
    return Replace(help_words.touched(ctx.words, person, reached=reached))


def stop(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, _ = named(ctx, event.action)
    settle(ctx, round_, rules.stop_for_good(round_, ctx.actor.id, moment(ctx, round_)))
    return Replace(help_words.stopped(ctx.words))


BUTTONS = {"round.toomuch": pause, "round.touch": contact, "round.stopit": stop}

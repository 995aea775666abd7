"""What a platform would not show: whoever asked for it hears why, and what to do about it."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.events import Refused
from bot.chat.messages import Words
from bot.chat.names import Channel
from bot.chat.requests import Post
from bot.chat.text import Plain, Text, plain
from bot.gate import offer
from bot.knowhow import letters
from bot.knowhow.model import CardAsked, Item
from bot.knowhow.publishing import Ctx, about
from bot.refusals import not_written


def card(ctx: Ctx, event: Refused, named: Action) -> Answer:
    """A card could not be posted. That one could not be edited is nobody's trouble: somebody deleted it."""
    id_, _, place = named.id.partition(".")
    item = ctx.unit.knowhow.get(ctx.community.id, id_)
    asked = ctx.request
    if item is None or not place.isdecimal() or not isinstance(asked, Post) or not isinstance(asked.to, Channel):
        return Nothing()
    if int(place) == len(item.cards) - 1:
        ctx.unit.knowhow.save(replace(item, cards=item.cards[:-1]))
    by = _asked_by(ctx, item, int(place))
    person = ctx.unit.people.get(ctx.community.id, by or item.keeper)
    if person is None:
        return Nothing()
    words = ctx.words_for(person)
    letter = letters.card_refused(words, item, not_written(words, event.reason, asked.to))
    if by:
        ctx.ask(Post(person.account, letter))
    else:
        offer(ctx, person, "notice", letter)
    return Nothing()


def _asked_by(ctx: Ctx, item: Item, place: int) -> str:
    """Who wanted it there; nobody, where it came with the sharing."""
    facts = ctx.unit.facts.of(ctx.community.id, about(item))
    asked = [str(values["by"]) for _, kind, values in facts if kind == CardAsked.__name__ and values["place"] == place]
    return asked[-1] if asked else ""


def question(ctx: Ctx, event: Refused, named: Action) -> Answer:
    """A question to the circle could not be posted: it comes back to whoever wrote it."""
    person = ctx.unit.people.get(ctx.community.id, named.id.partition(".")[0])
    asked = ctx.request
    if person is not None and isinstance(asked, Post) and isinstance(asked.to, Channel):
        words = ctx.words_for(person)
        why = not_written(words, event.reason, asked.to)
        ctx.ask(Post(person.account, letters.question_refused(words, _written(asked), why)))
    return Nothing()


def _written(asked: Post) -> Text:
    """The question itself, behind the name of who asks."""
    block = asked.message.blocks[-1]
    span = block.text[-1] if isinstance(block, Words) and block.text else Plain("")
    return plain(span.text.lstrip("\n")) if isinstance(span, Plain) else (span,)

"""The Start button in a channel: the way to somebody who takes no direct messages, or was not asked yet."""

from __future__ import annotations

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.events import Refused
from bot.chat.messages import Message
from bot.chat.people import Person
from bot.chat.requests import Post
from bot.gate import Withheld, offer
from bot.newcomers import letters, rules, views
from bot.newcomers.company import place, whose
from bot.newcomers.model import Newcomer
from bot.newcomers.ports import Ctx


def start_in_public(ctx: Ctx, newcomer: Newcomer, person: Person) -> Newcomer:
    """A Start button where the newcomer sees it, at most one; without such a channel it stands in their menu."""
    where = place(ctx.community, newcomer, person)
    if newcomer.greeted_in_public or where is None:
        return newcomer
    card = views.start_button(ctx.words_for(person), newcomer, person)
    ctx.ask(Post(where, card, about=Action("newcomer.start", newcomer.id)))
    return rules.greeted_in_public(newcomer)


def tell(ctx: Ctx, person: Person, card: Message, about: Action) -> None:
    """Something the newcomer waits to hear; behind the Start button when they take no direct messages."""
    if offer(ctx, person, "notice", card, about=about) == Withheld("unreachable"):
        _open_a_way(ctx, person)


def _open_a_way(ctx: Ctx, person: Person) -> None:
    newcomer = ctx.unit.newcomers.of(ctx.community.id, person.id)
    if newcomer is not None and newcomer.left is None:
        ctx.unit.newcomers.save(ctx.community.id, start_in_public(ctx, newcomer, person))


def refused(ctx: Ctx, _event: Refused, about: Action) -> Answer:
    """Something the newcomer waited to hear was not delivered; who sent them an answer hears that."""
    id_, _, sender = about.id.partition(".")
    store, community = ctx.unit.newcomers, ctx.community.id
    question = store.answer(community, id_)
    person = whose(ctx, question or store.help(community, id_) or store.pairing(community, id_))
    if person is not None:
        _open_a_way(ctx, person)
    answered_by = ctx.unit.people.get(community, sender) if sender else None
    if question is not None and answered_by is not None and not answered_by.gone:
        offer(ctx, answered_by, "notice", letters.answer_waits(ctx.words_for(answered_by), question))
    return Nothing()

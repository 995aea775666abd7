"""The Start button in a channel: the way to somebody who takes no direct messages, or was not asked yet."""

from __future__ import annotations

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.customs import customs
from bot.chat.events import Refused
from bot.chat.messages import Message
from bot.chat.people import Person
from bot.chat.requests import Post
from bot.gate import Send, Withheld, offer
from bot.newcomers import rules, views
from bot.newcomers.company import place, whose
from bot.newcomers.model import Newcomer, WordShown, WordWaits
from bot.newcomers.ports import Ctx


def start_in_public(ctx: Ctx, newcomer: Newcomer, person: Person) -> Newcomer:
    """A Start button where the newcomer sees it, at most one; without such a channel it stands in their menu.

    Where people press a button first, the one they pressed stands there already.
    """
    where = place(ctx.community, newcomer, person)
    if newcomer.greeted_in_public or where is None or customs(where.space).asked_first:
        return newcomer
    card = views.start_button(ctx.words_for(person), newcomer, person)
    ctx.ask(Post(where, card, about=Action("newcomer.start", newcomer.id)))
    return rules.greeted_in_public(newcomer)


def tell(ctx: Ctx, person: Person, card: Message, about: Action) -> bool:
    """Something the newcomer waits to hear; behind the Start button when they take no direct messages.

    False when it cannot be brought to them at all now.
    """
    outcome = offer(ctx, person, "notice", card, about=about)
    if outcome == Withheld("unreachable"):
        open_a_way(ctx, person)
        return True
    return isinstance(outcome, Send)


def open_a_way(ctx: Ctx, person: Person) -> None:
    """To what a direct message could not bring."""
    newcomer = ctx.unit.newcomers.of(ctx.community.id, person.id)
    if newcomer is not None and newcomer.left is None:
        ctx.record(Action("newcomer", newcomer.id), WordWaits())
        ctx.unit.newcomers.save(ctx.community.id, start_in_public(ctx, newcomer, person))


def word_waits(ctx: Ctx, newcomer: Newcomer) -> bool:
    """Whether they have not looked since."""
    facts = ctx.unit.facts.of(ctx.community.id, Action("newcomer", newcomer.id))
    told = [kind for _, kind, _ in facts if kind in (WordWaits.__name__, WordShown.__name__)]
    return told[-1:] == [WordWaits.__name__]


def refused(ctx: Ctx, _event: Refused, about: Action) -> Answer:
    """Something the newcomer waited to hear was not delivered: they find it behind the button."""
    store, here, id_ = ctx.unit.newcomers, ctx.community.id, about.id.partition(".")[0]
    answer = store.answer(here, about.id) or store.answer(here, id_)
    person = whose(ctx, answer or store.help(here, id_) or store.pairing(here, id_) or store.get(here, id_))
    if person is not None:
        open_a_way(ctx, person)
    return Nothing()

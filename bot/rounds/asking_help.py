"""*Ask for help*: somebody asks the people to turn to, to have a look at a round.

Kring judges nothing that people write, and tells nobody anything by itself: only what a person sends is sent.
"""

from __future__ import annotations

from bot.chat.actions import Action
from bot.chat.answers import Answer, Replace, Tell
from bot.chat.events import ButtonPressed
from bot.chat.people import Person
from bot.errors import UserMistake
from bot.gate import Send, offer
from bot.rounds import help_words
from bot.rounds.facts import HelpAsked
from bot.rounds.finding import Ctx, named, near
from bot.rounds.model import Round

HOSTS = 5
"""So many hosts are named where the community has named nobody to turn to."""


def ask(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Says who would hear it, and what they would hear, before anything is sent."""
    round_, _ = named(ctx, event.action)
    people = contacts(ctx)
    if people:
        return Tell(help_words.sure(ctx.words, near(ctx, round_), people))
    hosts = ctx.unit.people.with_right(ctx.community.id, "host")
    return Tell(help_words.nobody(ctx.words, [host for host in hosts if host.id != ctx.actor.id][:HOSTS]))


def send(ctx: Ctx, event: ButtonPressed) -> Answer:
    round_, (how, *_) = named(ctx, event.action, 1)
    asker = ctx.actor if how == "named" else None
    people = contacts(ctx)
    if not people:
        raise UserMistake("This step is over.")
    reached = [person for person in people if _told(ctx, person, round_.near(person.account.space), asker)]
    ctx.record(Action("round", round_.id), HelpAsked(round_.id))
    return Replace(help_words.sent(ctx.words, reached or people, reached=bool(reached)))


def _told(ctx: Ctx, person: Person, round_: Round, asker: Person | None) -> bool:
    letter = help_words.asked(ctx.words_for(person), round_, asker)
    return isinstance(offer(ctx, person, "request", letter), Send)


def contacts(ctx: Ctx) -> list[Person]:
    """Whom the community named, without the person who asks."""
    known = ctx.unit.people.many(ctx.community.id, ctx.community.contacts)
    found = (known.get(each) for each in ctx.community.contacts)
    return [each for each in found if each is not None and not each.gone and each.id != ctx.actor.id]


BUTTONS = {"round.trouble": ask, "round.asked": send}

"""Bringing somebody with a question to somebody who said that people may ask."""

from __future__ import annotations

from bot.chat.answers import Answer, OpenForm, Tell
from bot.chat.events import ButtonPressed, FormSent
from bot.chat.messages import message
from bot.chat.people import Person
from bot.chat.requests import Post
from bot.errors import UserMistake
from bot.gate import Send, offer
from bot.knowhow import forms, letters, views
from bot.knowhow.model import Item
from bot.knowhow.publishing import Ctx, filled, load, parts, people_of, visible
from bot.texts.catalogue import _


def ask(ctx: Ctx, event: ButtonPressed) -> Answer:
    item, n, person = _askable(ctx, event)
    return OpenForm(forms.question_for(ctx.words, item, n, person))


def asked(ctx: Ctx, event: FormSent) -> Answer:
    """Passes the question on, at a moment that suits the other."""
    item, n, person = _askable(ctx, event)
    question = filled(forms.question_for(ctx.words, item, n, person), event).text("question")
    letter = letters.introduction(ctx.words_for(person), item, n, ctx.actor, question)
    if not isinstance(offer(ctx, person, "request", letter), Send):
        raise UserMistake("I cannot reach {name} just now. Please try again another day.", name=person.name)
    text = _("I pass your question on to {name}, at a moment that suits them. They owe you no answer.")
    return Tell(message(views.said(ctx.words, text, name=person.shown())))


def reply(ctx: Ctx, event: ButtonPressed) -> Answer:
    item, asker = _asker(ctx, event)
    return OpenForm(forms.reply_to(ctx.words, item, asker))


def replied(ctx: Ctx, event: FormSent) -> Answer:
    """The asker waits for this, so it goes out at once."""
    item, asker = _asker(ctx, event)
    text = filled(forms.reply_to(ctx.words, item, asker), event).text("reply")
    ctx.ask(Post(asker.account, letters.reply(ctx.words_for(asker), item, ctx.actor, text)))
    return Tell(message(views.said(ctx.words, _("Passed on to {name}."), name=asker.shown())))


def _askable(ctx: Ctx, event: ButtonPressed | FormSent) -> tuple[Item, int, Person]:
    id_, n = parts(event.action, 2)
    item = visible(ctx, id_)
    people = people_of(ctx, item)
    found = next((each for each in views.askable(item, people) if str(each.n) == n), None)
    if found is None or item.stage != "shared":
        raise UserMistake("This person is not to be asked about it any more.")
    if found.person == ctx.actor.id:
        raise UserMistake("That is you.")
    return item, found.n, people[found.person]


def _asker(ctx: Ctx, event: ButtonPressed | FormSent) -> tuple[Item, Person]:
    id_, person = parts(event.action, 2)
    item = load(ctx, id_)
    asker = ctx.unit.people.get(ctx.community.id, person)
    if item.contributor_of(ctx.actor.id) is None:
        raise UserMistake("This question is for somebody else.")
    if asker is None or asker.gone:
        raise UserMistake("Whoever asked this is not here any more.")
    return item, asker

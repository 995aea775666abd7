"""Bringing somebody with a question to somebody who said that people may ask."""

from __future__ import annotations

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, OpenForm, Tell
from bot.chat.events import ButtonPressed, FormSent, Refused
from bot.chat.messages import Words, message
from bot.chat.people import Person
from bot.chat.requests import Post
from bot.errors import FormMistake, UserMistake
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
    if not isinstance(offer(ctx, person, "request", letter, about=_from(ctx, person)), Send):
        raise FormMistake(words={"question": _out_of_reach(person)})
    text = _("I pass your question on to {name}, at a moment that suits them. They owe you no answer.")
    return Tell(message(views.said(ctx.words, text, name=person.shown())))


def reply(ctx: Ctx, event: ButtonPressed) -> Answer:
    item, asker = _asker(ctx, event)
    if not asker.reachable:
        raise _out_of_reach(asker)
    return OpenForm(forms.reply_to(ctx.words, item, asker))


def replied(ctx: Ctx, event: FormSent) -> Answer:
    """The asker waits for this, so it goes out at once."""
    item, asker = _asker(ctx, event)
    text = filled(forms.reply_to(ctx.words, item, asker), event).text("reply")
    if not asker.reachable:
        raise FormMistake(words={"reply": _out_of_reach(asker)})
    letter = letters.reply(ctx.words_for(asker), item, ctx.actor, text)
    ctx.ask(Post(asker.account, letter, about=_from(ctx, asker)))
    return Tell(message(views.said(ctx.words, _("Passed on to {name}."), name=asker.shown())))


def not_brought(ctx: Ctx, _event: Refused, passed: Action) -> Answer:
    """The other does not take it after all: the words come back to whoever wrote them."""
    by, to, _ = passed.id.split(".")
    people = ctx.unit.people.many(ctx.community.id, [by, to])
    if by in people and to in people and isinstance(ctx.request, Post):
        written = next(block.text for block in ctx.request.message.blocks if isinstance(block, Words) and block.quote)
        ctx.ask(Post(people[by].account, letters.not_brought(ctx.words_for(people[by]), people[to], written)))
    return Nothing()


def _from(ctx: Ctx, to: Person) -> Action:
    """By whom something is passed on, and to whom."""
    return Action("knowhow.passed", f"{ctx.actor.id}.{to.id}.{ctx.new_id()}")


def _out_of_reach(person: Person) -> UserMistake:
    return UserMistake("I cannot reach {name} just now. Please try again another day.", name=person.name)


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

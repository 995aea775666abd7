"""Others try it and tell how it went; those whose words it is hear of it, and somebody looks whether it still holds."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, OpenForm, Replace, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CameDue, CommandCalled, FormSent
from bot.chat.messages import Message, message
from bot.errors import UserMistake
from bot.gate import offer
from bot.knowhow import forms, letters, rules, views
from bot.knowhow.finding import named
from bot.knowhow.model import AGAIN, OUTCOMES, Item
from bot.knowhow.publishing import Ctx, filled, people_of, save, visible
from bot.texts.catalogue import _


def tried(ctx: Ctx, _event: CommandCalled, given: Given) -> Answer:
    item = named(ctx, given.text("item"))
    return Tell(item) if isinstance(item, Message) else _form(ctx, item)


def try_button(ctx: Ctx, event: ButtonPressed) -> Answer:
    return _form(ctx, visible(ctx, event.action.id))


def told(ctx: Ctx, event: FormSent) -> Answer:
    """Thanked in the same words, whatever came of it."""
    item = visible(ctx, event.action.id)
    values = filled(forms.tried(ctx.words, item), event)
    outcome = next(each for each in OUTCOMES if each == values.text("outcome"))
    again = next(each for each in AGAIN if each == values.text("again"))
    item, facts = rules.has_tried(
        item,
        ctx.actor.id,
        outcome,
        values.text("situation"),
        values.text("changed"),
        again,
        values.text("name") == "yes",
        ctx.now,
    )
    item = _spread(ctx, item)
    save(ctx, item, *facts)
    text = _("Thank you for telling. The next person who tries *{ref}* has something to go by.")
    return Tell(message(views.said(ctx.words, text, ref=item.ref)))


def news_due(ctx: Ctx, event: CameDue) -> Answer:
    """A day has gone by since contributors last heard how others fared."""
    item = ctx.unit.knowhow.get(ctx.community.id, event.about.id)
    ctx.wait(event.about, None)
    if item is not None and item.stage == "shared":
        save(ctx, _spread(ctx, item))
    return Nothing()


def holds(ctx: Ctx, event: ButtonPressed) -> Answer:
    item = _reviewed(ctx, event.action.id)
    item, facts = rules.still_holds(item, ctx.now)
    save(ctx, item, *facts)
    return Replace(message(views.said(ctx.words, _("Noted: *{ref}* still holds."), ref=item.ref)))


def change_form(ctx: Ctx, event: ButtonPressed) -> Answer:
    return OpenForm(forms.change(ctx.words, _reviewed(ctx, event.action.id)))


def changed(ctx: Ctx, event: FormSent) -> Answer:
    item = _reviewed(ctx, event.action.id)
    change = filled(forms.change(ctx.words, item), event).text("change")
    item, facts = rules.holds_with(item, ctx.actor.id, change, ctx.now)
    save(ctx, item, *facts)
    return Tell(message(views.said(ctx.words, _("Noted: *{ref}* holds, with your change."), ref=item.ref)))


def lay_to_rest(ctx: Ctx, event: ButtonPressed) -> Answer:
    item, facts = rules.rest(visible(ctx, event.action.id), ctx.actor.id)
    save(ctx, item, *facts)
    return Replace(message(views.said(ctx.words, _("*{ref}* rests now. It stays readable."), ref=item.ref)))


def _form(ctx: Ctx, item: Item) -> Answer:
    if item.stage != "shared":
        raise UserMistake("This is not shared any more.")
    return OpenForm(forms.tried(ctx.words, item))


def _reviewed(ctx: Ctx, id_: str) -> Item:
    item = visible(ctx, id_)
    person = ctx.actor
    known = item.contributor_of(person.id)
    if item.keeper != person.id and not ctx.facilitates(person) and not (known and known.agreed):
        raise UserMistake("Whether it still holds is for those whose words it is, and for facilitators.")
    return item


def _spread(ctx: Ctx, item: Item) -> Item:
    """Tells the contributors, or remembers to do so when the day is over."""
    news = [report for report in item.tried if item.told_at is None or report.at > item.told_at]
    if not news:
        return item
    if item.told_at is not None and ctx.now < item.told_at + rules.TOLD_EVERY:
        ctx.wait(Action("knowhow.news", item.id), item.told_at + rules.TOLD_EVERY)
        return item
    people = people_of(ctx, item)
    for each in item.contributors:
        person = people.get(each.person)
        others = [report for report in news if report.person != each.person]
        if person is None or not each.agreed or not others:
            continue
        words = ctx.words_for(person)
        letter = letters.news(words, item, others, views.report(words, others[-1], people))
        offer(ctx, person, "notice", letter)
    return replace(item, told_at=ctx.now)

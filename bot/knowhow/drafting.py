"""The keeper's form: what becomes of a draft, and something new written from scratch."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, OpenForm, Replace, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CameDue, CommandCalled, FormSent
from bot.chat.forms import Values
from bot.chat.messages import message
from bot.errors import FormMistake, UserMistake
from bot.knowhow import consent, forms, letters, rules, views
from bot.knowhow.consenting import ask_contributors, conclude
from bot.knowhow.model import EVIDENCES, FIELDS, KINDS, TRANSFERS, Dropped, Item
from bot.knowhow.publishing import (
    Ctx,
    about,
    draft_becomes,
    erase,
    filled,
    own,
    people_of,
    save,
    share,
    similar,
)
from bot.knowhow.rules import Shape
from bot.texts.catalogue import _

NEW = "new"
"""Stands for an item that is not there yet."""


def look(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Look at the draft* opens its form."""
    item = own(ctx, event.action.id)
    if not item.open:
        raise UserMistake("This draft has been sent already.")
    return OpenForm(forms.draft(ctx.words, item, people_of(ctx, item)))


def add(ctx: Ctx, _event: CommandCalled, given: Given) -> Answer:
    """Something new, in one's own words; know-what with a link and a title at once."""
    item, facts = _new(ctx, NEW)
    title, link = given.text("title").strip(), given.text("what").strip()
    if len(link) > forms.LONGEST_LINK:
        raise UserMistake("This link is too long: give one of at most {most} characters.", most=forms.LONGEST_LINK)
    item = replace(item, own={"title": title[: rules.LONGEST_TITLE]} if title else {}, link=link)
    item = replace(item, kind="know_what") if link else item
    if not link or rules.missing(item) or len(title) > rules.LONGEST_TITLE:
        return OpenForm(forms.draft(ctx.words, item, {}))
    item = replace(item, id=ctx.new_id())
    shaped, more = rules.shape(item, Shape(frozenset(), item.own, "know_what", item.link))
    return _go_on(ctx, shaped, (*facts, *more), new=True)


def add_button(ctx: Ctx, _event: ButtonPressed) -> Answer:
    item, _facts = _new(ctx, NEW)
    return OpenForm(forms.draft(ctx.words, item, {}))


def sent(ctx: Ctx, event: FormSent) -> Answer:
    """The form comes back. What people did not touch stays as it was proposed."""
    new = event.action.id == NEW
    item, facts = _new(ctx, ctx.new_id()) if new else (own(ctx, event.action.id), ())
    if not item.open:
        raise UserMistake("This draft has been sent already.")
    form = forms.draft(ctx.words, item, people_of(ctx, item))
    values = filled(form, event)
    item, more = rules.shape(item, _shape(values))
    if wrong := rules.missing(item):
        raise FormMistake(words=wrong)
    return _go_on(ctx, item, (*facts, *more), new=new)


def share_anyway(ctx: Ctx, event: ButtonPressed) -> Answer:
    """It is none of those that look like it."""
    item = own(ctx, event.action.id)
    if not item.open or rules.missing(item):
        raise UserMistake("This draft has been sent already.")
    return _ask_or_share(ctx, item, ())


def drop(ctx: Ctx, event: ButtonPressed) -> Answer:
    item = own(ctx, event.action.id)
    facts = rules.drop(item)
    erase(ctx, item, *facts)
    told = message(views.said(ctx.words, _("The draft is gone.")))
    posted = ctx.unit.posts.find(ctx.community.id, Action("knowhow.draft", item.id))
    if posted is not None and event.message is None:
        draft_becomes(ctx, item, _("The draft is gone."))
    return Replace(told)


def came_due(ctx: Ctx, event: CameDue) -> Answer:
    """The time of its contributors is over, or a draft was kept long enough."""
    item = ctx.unit.knowhow.get(ctx.community.id, event.about.id)
    if item is None:
        ctx.wait(event.about, None)
    elif consent.complete(item, ctx.now):
        conclude(ctx, item)
    elif rules.expired(item, ctx.now):
        draft_becomes(ctx, item, _("This draft was not finished, so I erased it after 30 days."))
        erase(ctx, item, Dropped())
    else:
        ctx.wait(event.about, rules.waits_until(item))
    return Nothing()


def _new(ctx: Ctx, id_: str) -> rules.Happened:
    keeper = ctx.actor
    return rules.keep(id_, ctx.community.id, keeper.id, ctx.now, language=keeper.language)


def _shape(values: Values) -> Shape:
    kind = next(each for each in KINDS if each == values.text("kind"))
    transfer = next(each for each in TRANSFERS if each == values.text("transfer"))
    evidence = next(each for each in EVIDENCES if each == values.text("evidence"))
    ticked = frozenset(int(n) for n in values.chosen("sentences"))
    texts = {field: values.text(field) for field in FIELDS}
    name = values.text("name")
    return Shape(
        ticked, texts, kind, values.text("link"), transfer, evidence, may_ask=name == "ask", named=name != "none"
    )


def _go_on(ctx: Ctx, item: Item, facts: tuple[object, ...], *, new: bool) -> Answer:
    """What is new is compared with what is there first; drafts from threads were when they were made."""
    if new:
        ctx.unit.knowhow.add(item)
        alike = similar(ctx, item)
        if alike:
            ctx.record(about(item), *facts)
            ctx.wait(about(item), rules.waits_until(item))
            return Tell(letters.is_it_new(ctx.words, item, alike, people_of(ctx, *alike)))
    return _ask_or_share(ctx, item, facts)


def _ask_or_share(ctx: Ctx, item: Item, facts: tuple[object, ...]) -> Answer:
    item, waiting = ask_contributors(ctx, item)
    if waiting:
        save(ctx, item, *facts, *consent.asking(waiting))
        draft_becomes(ctx, item, _("Sent. You hear from me when everybody who is quoted has answered."))
        return Tell(letters.asking(ctx.words, len(waiting)))
    standing = len(item.cards)
    item, more = share(ctx, item)
    save(ctx, item, *facts, *more, standing=standing)
    draft_becomes(ctx, item, _("It is shared as *{ref}*."), ref=item.ref)
    return Tell(views.private(ctx.words, item, people_of(ctx, item), ctx.now, ctx.actor))

"""Asking people for their words, by direct message, and doing what they say."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, OpenForm, Replace, Tell
from bot.chat.events import ButtonPressed, FormSent, Refused
from bot.chat.messages import Message, message
from bot.chat.names import Thread, channel_of
from bot.chat.people import Person
from bot.chat.requests import Edit, Post
from bot.errors import FormMistake, UserMistake
from bot.gate import Send, offer
from bot.knowhow import consent, forms, letters, rules, views
from bot.knowhow.model import FIELDS, Consent, Contributor, Item
from bot.knowhow.publishing import Ctx, filled, load, parts, save, share, tell_keeper
from bot.texts.catalogue import Words, _


def ask_contributors(ctx: Ctx, item: Item) -> tuple[Item, tuple[Contributor, ...]]:
    """Everybody who has not agreed to their words gets them, and three days. The caller saves the item."""
    item, waiting = consent.ask(item, ctx.now + consent.ANSWER_WITHIN)
    return send_questions(ctx, item, waiting), waiting


def send_questions(ctx: Ctx, item: Item, waiting: tuple[Contributor, ...]) -> Item:
    """The three days begin when the question can reach somebody: nobody loses them to a weekend."""
    people = ctx.unit.people.many(ctx.community.id, [each.person for each in waiting])
    keeper = ctx.unit.people.get(ctx.community.id, item.keeper)
    until = item.asked_until or ctx.now
    for each in waiting:
        person = people.get(each.person)
        if person is None:
            continue
        letter = letters.consent(ctx.words_for(person), item, each, keeper)
        outcome = offer(ctx, person, "consent", letter, about=_question(item, each.n))
        if isinstance(outcome, Send):
            until = max(until, outcome.at + consent.ANSWER_WITHIN)
        elif outcome.why == "unreachable":
            _ask_in_public(ctx, item, each.n, person)
    return replace(item, asked_until=until) if waiting else item


def unreachable(ctx: Ctx, _event: Refused, question: Action) -> Answer:
    """A direct message was refused: a button where it was said opens the question for that person alone."""
    id_, _dot, n = question.id.partition(".")
    item = ctx.unit.knowhow.get(ctx.community.id, id_)
    known = item.contributor(int(n)) if item and n.isdigit() else None
    if item is None or known is None or known.consent != "pending" or item.asked_until is None:
        return Nothing()
    person = ctx.unit.people.get(ctx.community.id, known.person)
    if person is not None:
        _ask_in_public(ctx, item, known.n, person)
    return Nothing()


def see(ctx: Ctx, event: ButtonPressed) -> Answer:
    """The question, opened where a direct message could not come."""
    item, known, _version = _asked(ctx, event.action, 2)
    if known.consent != "pending" or item.asked_until is None:
        raise UserMistake("This step is over.")
    keeper = ctx.unit.people.get(ctx.community.id, item.keeper)
    return Tell(letters.consent(ctx.words, item, known, keeper))


def yes(ctx: Ctx, event: ButtonPressed) -> Answer:
    return _answered(ctx, event, "yes")


def unnamed(ctx: Ctx, event: ButtonPressed) -> Answer:
    return _answered(ctx, event, "yes_anonymous")


def no(ctx: Ctx, event: ButtonPressed) -> Answer:
    return _answered(ctx, event, "declined")


def word_it(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*I'd word it differently* opens a form with the words as they are."""
    item, known, version = _asked(ctx, event.action, 3)
    _still_asked(item, known, version)
    return OpenForm(forms.reword(ctx.words, item, known))


def worded(ctx: Ctx, event: FormSent) -> Answer:
    item, known, version = _asked(ctx, event.action, 3)
    _still_asked(item, known, version)
    form = forms.reword(ctx.words, item, known)
    values = filled(form, event)
    mine = {field.name for field in form.fields}
    texts = {field: values.text(field) for field in FIELDS if field in mine}
    if not any(texts.values()):
        raise FormMistake(words={next(iter(texts)): UserMistake("Say it your way here, or answer no instead.")})
    item, facts = consent.reword(item, known.n, texts, values.text("name") == "yes", ctx.now)
    answer = _thanks(ctx, item, known.n)
    _go_on(ctx, item, known.n, facts)
    return Tell(answer)


def may_ask(ctx: Ctx, event: ButtonPressed) -> Answer:
    return _asking(ctx, event, allowed=True)


def no_asking(ctx: Ctx, event: ButtonPressed) -> Answer:
    return _asking(ctx, event, allowed=False)


def take_name_off(ctx: Ctx, event: ButtonPressed) -> Answer:
    """The words stay; the name goes, and with it that people may ask."""
    item, known, _version = _asked(ctx, event.action, 2)
    item = consent.unname(item, known.n)
    save(ctx, item)
    return Replace(message(views.said(ctx.words, _("Done. Your words stay in it without your name."))))


def withdraw(ctx: Ctx, event: ButtonPressed) -> Answer:
    """A contributor takes their words back: at once, and wherever a card stands."""
    item, known, _version = _asked(ctx, event.action, 2)
    before = item
    item, facts = consent.withdraw(item, known.n, ctx.now)
    told = message(views.said(ctx.words, _("Done. Your name and your words are gone from it.")))
    _settle_or_save(ctx, item, *facts)
    if before.stage == "shared" and item.stage == "drafted" and known.person != item.keeper:
        tell_keeper(ctx, item, letters.stays(_keeper_words(ctx, item), item))
    return Replace(told)


def conclude(ctx: Ctx, item: Item, *facts: object) -> None:
    """All have answered, or the time is over: what stands is shared, what does not stays with its keeper."""
    was_shared = item.stage == "shared"
    item, more = consent.settle(item, ctx.now)
    standing = len(item.cards)
    if not was_shared and not rules.missing(item):
        item, shared = share(ctx, item)
        more = (*more, *shared)
    save(ctx, item, *facts, *more, standing=standing)
    words = _keeper_words(ctx, item)
    if item.stage == "drafted":
        tell_keeper(ctx, item, letters.stays(words, item))
    elif not was_shared:
        tell_keeper(ctx, item, letters.shared(words, item))


def _answered(ctx: Ctx, event: ButtonPressed, said: Consent) -> Answer:
    item, known, version = _asked(ctx, event.action, 3)
    if known.consent == said:  # pressed twice
        return Replace(_thanks(ctx, item, known.n))
    item, facts = consent.answer(item, known.n, version, said, ctx.now)
    answer = _thanks(ctx, item, known.n)
    _go_on(ctx, item, known.n, facts)
    return Replace(answer)


def _thanks(ctx: Ctx, item: Item, n: int) -> Message:
    known = item.contributor(n)
    if known is None or not known.agreed:
        return message(views.said(ctx.words, _("Fine. None of your words are kept, and nobody hears about it.")))
    return letters.agreed(ctx.words, item, known)


def _go_on(ctx: Ctx, item: Item, n: int, facts: tuple[object, ...]) -> None:
    bell = Action("knowhow.bell", f"{item.id}.{n}")
    posted = ctx.unit.posts.find(ctx.community.id, bell)
    if posted is not None:
        done = message(views.said(ctx.common_words, _("Answered, thank you.")))
        ctx.ask(Edit(posted.to, bell, done))
    _settle_or_save(ctx, item, *facts)


def _settle_or_save(ctx: Ctx, item: Item, *facts: object) -> None:
    if consent.complete(item, ctx.now):
        conclude(ctx, item, *facts)
    else:
        save(ctx, item, *facts)


def _asking(ctx: Ctx, event: ButtonPressed, *, allowed: bool) -> Answer:
    item, known, _version = _asked(ctx, event.action, 2)
    item = consent.allow_asking(item, known.n, allowed)
    save(ctx, item)
    now = item.contributor(known.n)
    if now is not None and now.may_ask:
        return Replace(letters.agreed(ctx.words, item, now))
    return Replace(message(views.said(ctx.words, _("Fine, nobody is pointed to you for this any more."))))


def _asked(ctx: Ctx, action: Action, count: int) -> tuple[Item, Contributor, int]:
    """The item and the contributor that a button speaks of, if that is who pressed it."""
    id_, n, *version = parts(action, count)
    item = load(ctx, id_)
    known = item.contributor(int(n)) if n.isdigit() else None
    if known is None:
        raise UserMistake("This step is over.")
    if known.person != ctx.actor.id:
        raise UserMistake("This question is for somebody else.")
    return item, known, int(version[0]) if version and version[0].isdigit() else 0


def _still_asked(item: Item, known: Contributor, version: int) -> None:
    if known.consent != "pending" or item.asked_until is None:
        raise UserMistake("This step is over.")
    if known.version != version:
        raise UserMistake("These words have changed since. Please look at the newest question.")


def _ask_in_public(ctx: Ctx, item: Item, n: int, person: Person) -> None:
    """Says that there is a question, and nothing of it."""
    if item.place is None:
        return
    thread = item.place if isinstance(item.place, Thread) else None
    bell = Action("knowhow.bell", f"{item.id}.{n}")
    letter = letters.consent_in_public(ctx.words_for(person), item, n, person)
    ctx.ask(Post(channel_of(item.place), letter, about=bell, thread=thread))


def _question(item: Item, n: int) -> Action:
    return Action("knowhow.consent", f"{item.id}.{n}")


def _keeper_words(ctx: Ctx, item: Item) -> Words:
    keeper = ctx.unit.people.get(ctx.community.id, item.keeper) if item.keeper else None
    return ctx.words_for(keeper) if keeper else ctx.common_words

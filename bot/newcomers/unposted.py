"""What could not be posted where the community meets: who wrote it hears why, and has their words back.

Until it stands there, the words are kept as the newcomer's own; then they are forgotten here.
"""

from __future__ import annotations

from datetime import timedelta

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.events import Delivered, Refused
from bot.chat.messages import Message
from bot.chat.names import Channel
from bot.chat.people import Person
from bot.chat.requests import Post
from bot.chat.text import Text
from bot.gate import offer
from bot.newcomers import crowd, greeting, keeping, letters, rules, standing, views
from bot.newcomers.company import company, whose
from bot.newcomers.model import HomeClosed
from bot.newcomers.ports import Ctx
from bot.refusals import not_written
from bot.texts.catalogue import Words

HOSTS_HEAR_EVERY = timedelta(days=7)


def posted(ctx: Ctx, _event: Delivered, about: Action) -> Answer:
    """A question or remark stands in the channel: who asked it without their name is known to nobody any more."""
    keeping.let_go(ctx, about.id)
    return Nothing()


def refused(ctx: Ctx, event: Refused, about: Action) -> Answer:
    """A question or remark for the circle."""
    answer = ctx.unit.newcomers.answer(ctx.community.id, about.id)
    person = whose(ctx, answer)
    newcomer = ctx.unit.newcomers.get(ctx.community.id, answer.newcomer) if answer is not None else None
    if answer is not None and person is not None and newcomer is not None:
        words = ctx.words_for(person)
        letter = letters.not_brought(words, answer, _why(ctx, words, event))
        returned = keeping.keep(ctx, newcomer, "returned", answer.text)
        _write_back(ctx, person, letter, Action("newcomer.returned", returned.id))
    keeping.let_go(ctx, about.id)
    return Nothing()


def introduced(ctx: Ctx, _event: Delivered, about: Action) -> Answer:
    newcomer = ctx.unit.newcomers.get(ctx.community.id, about.id)
    if newcomer is not None:
        keeping.forget_draft(ctx, newcomer)
    return Nothing()


def not_introduced(ctx: Ctx, event: Refused, about: Action) -> Answer:
    """The newcomer's own introduction: it is a draft again."""
    newcomer = ctx.unit.newcomers.get(ctx.community.id, about.id)
    person, draft = whose(ctx, newcomer), keeping.draft(ctx, newcomer) if newcomer is not None else None
    if newcomer is None or person is None or draft is None or not isinstance(ctx.request, Post):
        return Nothing()
    newcomer = rules.introduced(newcomer, yes=False)
    ctx.unit.newcomers.save(ctx.community.id, newcomer)
    words = ctx.words_for(person)
    shown = views.introduction(ctx.common_words, person, draft.text)
    preview = views.preview(words, newcomer, shown, company(ctx, newcomer, person))
    letter = letters.not_introduced(words, preview, _why(ctx, words, event))
    _write_back(ctx, person, letter, Action("newcomer.notice", newcomer.id))
    return Nothing()


def _write_back(ctx: Ctx, person: Person, letter: Message, about: Action) -> None:
    """They wait for it, so it goes at once; who takes no direct messages finds their words behind the button."""
    if person.reachable:
        ctx.ask(Post(person.account, letter, about=about))
    else:
        greeting.open_a_way(ctx, person)


def not_greeted(ctx: Ctx, event: Refused, about: Action) -> Answer:
    """A Start button: hosts hear that Kring cannot write there; for whom it was is nobody's business."""
    newcomer = ctx.unit.newcomers.get(ctx.community.id, about.id)
    if newcomer is not None:
        ctx.unit.newcomers.save(ctx.community.id, rules.greeted_in_public(newcomer, yes=False))
    return _tell_hosts(ctx, event)


def crowd_not_greeted(ctx: Ctx, event: Refused, about: Action) -> Answer:
    """The same for a card that many share. One that cannot be edited was deleted: that is nobody's trouble."""
    if not isinstance(ctx.request, Post):
        return Nothing()
    crowd.close(ctx, about.id)
    return _tell_hosts(ctx, event)


def button_refused(ctx: Ctx, event: Refused, about: Action) -> Answer:
    """The same for the button that stands there for everybody."""
    if not isinstance(ctx.request, Post):
        return Nothing()
    standing.refused(ctx, ctx.request.to.space, about.id)
    return _tell_hosts(ctx, event)


def _tell_hosts(ctx: Ctx, event: Refused) -> Answer:
    place = Action("newcomer.home", ctx.community.id)
    told = [at for at, kind, _ in ctx.unit.facts.of(ctx.community.id, place) if kind == HomeClosed.__name__]
    if told and ctx.now - told[-1] < HOSTS_HEAR_EVERY:
        return Nothing()
    ctx.record(place, HomeClosed(event.reason))
    for host in ctx.hosts:
        words = ctx.words_for(host)
        offer(ctx, host, "notice", letters.cannot_greet(words, _why(ctx, words, event)))
    return Nothing()


def _why(ctx: Ctx, words: Words, event: Refused) -> Text:
    to = ctx.request.to if ctx.request is not None else None
    return not_written(words, event.reason, to) if isinstance(to, Channel) else ()

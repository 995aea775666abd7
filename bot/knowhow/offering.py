"""Offering to keep a thread before it closes by itself, where the platform closes threads and a host wants the offer.

    ThreadsStand  → a thread in a home channel is noted, with the moment that it waits for
    CameDue       → it is looked at: how it stands, and who wrote in it, without their words
    ThreadFetched → somebody wrote meanwhile: it waits anew. It closed, or there is nothing to keep: it is forgotten.
                    Else the offer is made

The offer is a private question to whoever began the thread. Where Kring may not write to them it is one message in the
thread, which names nobody. It is made once, and never made up for: what closed meanwhile stays closed.
"""

from __future__ import annotations

from dataclasses import replace

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, Replace
from bot.chat.events import ButtonPressed, CameDue, Refused, ThreadFetched, ThreadsStand
from bot.chat.hours import next_open
from bot.chat.messages import message
from bot.chat.names import Account, Channel, MessageRef
from bot.chat.people import Quiet
from bot.chat.requests import FetchThread, Post
from bot.chat.standing import Standing
from bot.errors import UserMistake
from bot.gate import Send, lately, offer
from bot.knowhow import closing, keeping, letters, views
from bot.knowhow.model import ClosingThread, OfferDeclined, ThreadOffered
from bot.knowhow.publishing import Ctx
from bot.texts.catalogue import _


def stand(ctx: Ctx, event: ThreadsStand) -> Answer:
    for each in event.threads:
        _note(ctx, each)
    return Nothing()


def came_due(ctx: Ctx, event: CameDue) -> Answer:
    known = ctx.unit.closing_threads.get(ctx.community.id, event.about.id)
    if known is not None and known.offered_at is None:
        _look(ctx, known)
    return Nothing()


def looked(ctx: Ctx, event: ThreadFetched, about: Action) -> Answer:
    known = ctx.unit.closing_threads.get(ctx.community.id, about.id)
    if known is None or known.offered_at is not None:
        return Nothing()
    how = event.standing
    match closing.outlook(how, ctx.now):
        case "moved" if how is not None:
            _wait(ctx, known, how)
        case "near" if how is not None and (began := _worth_it(ctx, known, event)) is not None:
            _offer(ctx, known, how, began)
        case _:
            _forget(ctx, known)
    return Nothing()


def not_seen(ctx: Ctx, _event: Refused, about: Action) -> Answer:
    """It was deleted, or Kring may not look there: then it may not speak there either."""
    known = ctx.unit.closing_threads.get(ctx.community.id, about.id)
    if known is not None and known.offered_at is None:
        _forget(ctx, known)
    return Nothing()


def not_offered(ctx: Ctx, event: Refused, about: Action) -> Answer:
    """Whoever began it takes no direct messages: it is looked at once more, and the offer stands in the thread."""
    known = ctx.unit.closing_threads.get(ctx.community.id, about.id)
    private = ctx.request is not None and isinstance(ctx.request.to, Account)
    if known is not None and private and event.reason == "unreachable":
        ctx.unit.closing_threads.put(replace(known, offered_at=None))
        _look(ctx, known)
    return Nothing()


def keep(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Keep as know-how* on the offer, wherever it stands."""
    known = ctx.unit.closing_threads.get(ctx.community.id, event.action.id)
    if known is None:
        raise UserMistake("This step is over.")
    return keeping.keep_thread(ctx, known.thread)


def leave(ctx: Ctx, event: ButtonPressed) -> Answer:
    ctx.record(Action("knowhow.thread", event.action.id), OfferDeclined())
    return Replace(message(views.said(ctx.words, _("Fine. I leave it as it is, and do not ask about it again."))))


# -- inside


def _note(ctx: Ctx, how: Standing) -> None:
    """A thread that is open is noted where offers are wanted; one that closed is forgotten, unless it had its offer."""
    if how.closes_at is not None and not _wanted(ctx, how.thread.channel):
        return
    known = ctx.unit.closing_threads.at(ctx.community.id, how.thread)
    if known is not None and how.closes_at is None:  # an offer may wait for the morning
        ctx.unit.outbox.drop(ctx.community.id, _offered(known))
    if known is not None and (how.gone or (how.closes_at is None and known.offered_at is None)):
        _forget(ctx, known)
    elif how.closes_at is None or how.closes_at <= ctx.now or (known is not None and known.offered_at is not None):
        return
    elif known is not None or how.opener is not None:
        _wait(ctx, known or ClosingThread(ctx.new_id(), ctx.community.id, how.thread, how.closes_at), how)


def _look(ctx: Ctx, known: ClosingThread) -> None:
    """Asks how it stands, and who wrote in it."""
    channel = known.thread.channel
    ctx.ask(FetchThread(channel, _about(known), MessageRef(channel, known.thread.id), words=False))


def _wanted(ctx: Ctx, channel: Channel) -> bool:
    """The home channel is where a host let Kring speak to everybody."""
    return ctx.community.offers_threads and ctx.community.home_in(channel.space) == channel


def _worth_it(ctx: Ctx, known: ClosingThread, event: ThreadFetched) -> Account | None:
    """Who began it, if there is something to keep in it that nobody keeps yet, and not too much is offered there."""
    thread, here = known.thread, ctx.community.id
    began = closing.opener(event.messages)
    if began is None or not _wanted(ctx, thread.channel):
        return None
    if ctx.unit.knowhow.from_place(here, thread) or ctx.unit.posts.in_thread(here, thread) is not None:
        return None  # somebody keeps it, or it is a round's, which has its own harvest
    lately_there = ctx.unit.closing_threads.offered(here, thread.channel, ctx.now - closing.A_DAY)
    return began if lately_there < closing.IN_A_CHANNEL else None


def _offer(ctx: Ctx, known: ClosingThread, how: Standing, began: Account) -> None:
    person = ctx.unit.people.by_account(began)
    if person is None or not person.reachable:
        _offer_in_public(ctx, known, how)
        return
    if lately(ctx, person, "keep", closing.OF_A_PERSON):
        _forget(ctx, known)
        return
    letter = letters.offer(ctx.words_for(person), known, how)
    if isinstance(offer(ctx, person, "keep", letter, about=_offered(known), before=how.closes_at), Send):
        _made(ctx, known, how, ThreadOffered("private"))
    else:  # they are away, or it is night for them until it closes
        _forget(ctx, known)


def _offer_in_public(ctx: Ctx, known: ClosingThread, how: Standing) -> None:
    """Not at night: then it is looked at again in the morning, if it is open then."""
    at = next_open(Quiet(), ctx.community.timezone, ctx.now)
    if how.closes_at is None or at >= how.closes_at:
        _forget(ctx, known)
    elif at > ctx.now:
        ctx.wait(_about(known), at)
    else:
        letter = letters.offer_in_public(ctx.common_words, known)
        about, thread = _offered(known), known.thread
        ctx.ask(Post(thread.channel, letter, about=about, thread=thread, before=how.closes_at))
        _made(ctx, known, how, ThreadOffered("public"))


def _made(ctx: Ctx, known: ClosingThread, how: Standing, fact: ThreadOffered) -> None:
    ctx.unit.closing_threads.put(replace(known, closes_at=how.closes_at or known.closes_at, offered_at=ctx.now))
    ctx.record(_about(known), fact)


def _wait(ctx: Ctx, known: ClosingThread, how: Standing) -> None:
    closes_at = how.closes_at or known.closes_at
    ctx.unit.closing_threads.put(replace(known, closes_at=closes_at))
    ctx.wait(_about(known), max(closing.asks_at(closes_at, how.span), ctx.now))


def _forget(ctx: Ctx, known: ClosingThread) -> None:
    ctx.unit.closing_threads.drop(ctx.community.id, known.id)
    ctx.wait(_about(known), None)


def _about(known: ClosingThread) -> Action:
    return Action("knowhow.thread", known.id)


def _offered(known: ClosingThread) -> Action:
    return Action("knowhow.offer", known.id)

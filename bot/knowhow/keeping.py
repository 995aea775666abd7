"""Holding on to a message or thread: by its menu, by a reaction, by a button. The thread is read once, on request."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, Tell
from bot.chat.commands import Given
from bot.chat.events import (
    ButtonPressed,
    CommandCalled,
    FetchedMessage,
    ReactionAdded,
    Reason,
    Refused,
    ShortcutUsed,
    ThreadFetched,
)
from bot.chat.messages import Button, Controls, message
from bot.chat.names import Account, MessageRef, Profile, Thread, channel_of
from bot.chat.people import Person
from bot.chat.requests import FetchThread, Post
from bot.chat.text import Code, Text, plain
from bot.errors import UserMistake
from bot.knowhow import letters, rules, views
from bot.knowhow.distil import distil
from bot.knowhow.model import Item
from bot.knowhow.publishing import Ctx, about, own, people_of, save, similar
from bot.knowhow.signals import Said
from bot.refusals import not_read
from bot.texts.catalogue import _

_TO_KRING = re.compile(r"\s*@kring\b", re.IGNORECASE)


def shortcut(ctx: Ctx, event: ShortcutUsed) -> Answer:
    """*Keep as know-how* in a message's own menu. The draft follows: a result that comes later can open no form."""
    return _keep(ctx, event.message, event.author, event.text)


def button(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Keep this thread*, pressed in the thread."""
    place = event.place
    if isinstance(place, Thread):
        return keep_thread(ctx, place)
    if event.message is not None:
        return _keep(ctx, event.message, None, "")
    return Nothing()


def command(ctx: Ctx, event: CommandCalled, _: Given) -> Answer:
    """*Keep this thread*, typed in it."""
    place = event.place
    if isinstance(place, Thread):
        return keep_thread(ctx, place)
    raise UserMistake(
        "Call this in the thread you want to keep, or choose {shortcut} in the menu of a message.",
        shortcut=ctx.words.label("Keep as know-how"),
    )


def keep_thread(ctx: Ctx, thread: Thread) -> Answer:
    """*Keep this thread*, from outside of it."""
    return _keep(ctx, MessageRef(thread.channel, thread.id), None, "")


def again(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Read it again*, where Kring was let in meanwhile."""
    item = own(ctx, event.action.id)
    if item.stage != "sensed" or item.message is None or item.place is None:
        raise UserMistake("This step is over.")
    ctx.ask(FetchThread(channel_of(item.place), Action("knowhow.source", item.id), item.message))
    return Tell(letters.reading(ctx.words))


def reaction(ctx: Ctx, event: ReactionAdded) -> Answer:
    """The community's own emoji for it. There is nobody to answer to; the draft comes as a direct message."""
    if event.emoji != ctx.community.keep_emoji or event.message.channel.direct:
        return Nothing()
    _keep(ctx, event.message, None, "")
    return Nothing()


def _keep(ctx: Ctx, pointed: MessageRef, author: Account | None, text: str) -> Answer:
    if pointed.channel.direct:
        raise UserMistake(
            "What people write to me alone is not kept. Use {command} instead.", command=Code("/kring knowhow add")
        )
    keeper = ctx.actor
    place = Thread(pointed.channel, pointed.thread or pointed.id)
    for known in ctx.unit.knowhow.from_place(ctx.community.id, place):
        if known.keeper == keeper.id and known.open:
            if author is not None and text and known.stage == "sensed" and not known.quotes:
                item = _with_words(ctx, replace(known, message=pointed), pointed, author, text)
                save(ctx, item)
                return _read(ctx, item, place, pointed)
            look = Button(ctx.words.label("Look at the draft"), Action("knowhow.draft", known.id), style="primary")
            told = views.said(ctx.words, _("You have a draft from this thread already."))
            return Tell(message(told, Controls((look,))))
    item, facts = rules.keep(
        ctx.new_id(),
        ctx.community.id,
        keeper.id,
        ctx.now,
        place=place,
        message=pointed,
        language=ctx.community.language,
    )
    if author is not None and text:  # for when the thread cannot be read
        item = _with_words(ctx, item, pointed, author, text)
    ctx.unit.knowhow.add(item)
    ctx.record(about(item), *facts)
    ctx.wait(about(item), rules.waits_until(item))
    return _read(ctx, item, place, pointed)


def _with_words(ctx: Ctx, item: Item, pointed: MessageRef, author: Account, text: str) -> Item:
    """The draft with the words of the message that somebody pointed at."""
    draft = distil([Said("author", text)], pointed=0, language=ctx.community.language)
    writer = _met(ctx, author, "")
    return item if writer is None else rules.fill(item, draft, {"author": writer.id}, [pointed])


def _read(ctx: Ctx, item: Item, place: Thread, pointed: MessageRef) -> Answer:
    """Asks for the thread; the draft follows when it is there."""
    ctx.ask(FetchThread(channel_of(place), Action("knowhow.source", item.id), pointed))
    return Tell(letters.reading(ctx.words))


def fetched(ctx: Ctx, event: ThreadFetched, source: Action) -> Answer:
    """The thread is there: what it says fills in the draft, and the keeper gets it."""
    item = ctx.unit.knowhow.get(ctx.community.id, source.id)
    if item is None or item.stage != "sensed":
        return Nothing()
    said: list[Said] = []
    authors: dict[str, tuple[Account | None, str, str]] = {}
    refs: list[MessageRef | None] = []
    for each in event.messages:
        told = _said(ctx, each, authors)
        if told is not None:
            said.append(told)
            refs.append(each.message)
    pointed = next((n for n, ref in enumerate(refs) if ref and item.message and ref.id == item.message.id), None)
    draft = distil(said, pointed=pointed, language=ctx.community.language)
    people: dict[str, str] = {}
    for key in {sentence.author for sentence in draft.sentences}:
        account, name, known = authors[key]
        writer = _met(ctx, account, name) if account is not None else None
        if writer is not None or known:
            people[key] = writer.id if writer is not None else known
    if draft.sentences or not item.quotes:  # where a platform hides what others wrote, the message pointed at is enough
        item = rules.fill(item, draft, people, refs)
    _deliver(ctx, item)
    save(ctx, item)
    return Nothing()


def unread(ctx: Ctx, event: Refused, source: Action) -> Answer:
    """The thread cannot be read: the draft holds what the keeper pointed at, or nothing yet, and says why."""
    item = ctx.unit.knowhow.get(ctx.community.id, source.id)
    if item is not None and item.stage == "sensed":
        _deliver(ctx, item, event.reason)
    return Nothing()


def undelivered(ctx: Ctx, _event: Refused, draft: Action) -> Answer:
    """The keeper takes no direct messages: a button in the thread opens the draft for them alone."""
    item = ctx.unit.knowhow.get(ctx.community.id, draft.id)
    keeper = ctx.unit.people.get(ctx.community.id, item.keeper) if item else None
    if item is None or keeper is None or not item.open or item.place is None:
        return Nothing()
    letter = letters.draft_in_public(ctx.common_words, item, keeper)
    thread = item.place if isinstance(item.place, Thread) else None
    ctx.ask(Post(channel_of(item.place), letter, about=Action("knowhow.waiting", item.id), thread=thread))
    return Nothing()


def _deliver(ctx: Ctx, item: Item, unread: Reason | None = None) -> None:
    """The keeper asked for it, so it does not wait for a better moment. `unread`: why there is no more in it."""
    keeper = ctx.unit.people.get(ctx.community.id, item.keeper)
    if keeper is None:
        return
    alike = similar(ctx, item)
    people = people_of(ctx, item, *alike)
    names: list[Text] = []
    for each in item.contributors:
        if any(quote.by == each.n for quote in item.quotes):
            person = people.get(each.person)
            names.append((person.shown(),) if person else plain(ctx.words_for(keeper).label("somebody")))
    words = ctx.words_for(keeper)
    why = not_read(words, unread, channel_of(item.place)) if unread is not None and item.place is not None else ()
    letter = letters.draft(words, item, names, alike, people, unread=why)
    ctx.ask(Post(keeper.account, letter, about=Action("knowhow.draft", item.id)))


def _said(ctx: Ctx, each: FetchedMessage, authors: dict[str, tuple[Account | None, str, str]]) -> Said | None:
    """One message of a person. What Kring posted for somebody is that person's; what else bots say is nobody's.

    Words to Kring, such as `@Kring keep`, belong to no conversation.
    """
    if _TO_KRING.match(each.text):
        return None
    if each.account is not None:
        key = f"{each.account.space.platform}/{each.account.space.id}/{each.account.id}"
        authors[key] = (each.account, each.name, "")
        return Said(key, each.text, each.name, each.reactions)
    posted = ctx.unit.posts.named(ctx.community.id, each.message)
    if posted is None or posted.about.name != "knowhow.question":
        return None
    asker = posted.about.id.partition(".")[0]
    authors[asker] = (None, "", asker)
    question = "\n".join(line.strip(" >") for line in each.text.partition("\n")[2].splitlines())
    return Said(asker, question, "", each.reactions)


def _met(ctx: Ctx, account: Account, name: str) -> Person | None:
    """The person of that account; met now if need be, because they are to be asked."""
    return ctx.named(account, Profile(name) if name else None)

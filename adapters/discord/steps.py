"""Forms on their way: one modal after the other, and once more with what was wrong in it.

    open(account, form) -> the first modal              again(account, action, step) -> a later one, or None
    sent(account, custom_id, parts) -> Whole | Partly | Lost
    wrong(account, action, errors) -> Wrong             done(account, action)

    partly(…), wrong(…), lost(…) below say these to the person.

Discord opens no modal in answer to a modal, shows no words beside a field, and tells nobody that a modal was closed. So
between two modals stands a private message with a button, and what was sent is kept beside the form for as long as any
draft is: a day, through a restart too. A form that is whole in one modal can be sent though nothing is kept of it.
https://docs.discord.com/developers/interactions/receiving-and-responding (2026-11-26)
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from weakref import WeakValueDictionary

from adapters.discord.components import Rendered, pages, with_row
from adapters.discord.controls import opener
from adapters.discord.custom_ids import CustomId
from adapters.discord.fields import Parts, fields_of, filled, name_of, whole
from adapters.discord.modals import Modal, modals
from bot.chat.actions import Action
from bot.chat.answers import FormErrors, Tell
from bot.chat.capabilities import DISCORD
from bot.chat.fit import fit_answer
from bot.chat.forms import Form, Raw
from bot.chat.messages import Message, Note, message
from bot.chat.messages import Words as Paragraph
from bot.chat.names import Account, Space
from bot.chat.text import ChannelName, Text
from bot.chat.wire import from_json, to_json
from bot.texts.catalogue import Words

Names = Mapping[str, str]
NONE: Names = {}


class Kept(Protocol):
    """What forms on their way need from storage."""

    async def draft_put(self, account: Account, action: str, text: str, now: datetime) -> None: ...
    async def draft_take(self, account: Account, action: str) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form that somebody is filling in: what was sent of it, and which steps are still to come."""

    form: Form
    parts: Parts = ()
    left: tuple[int, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class Whole:
    """All of the form was sent: its values by field name."""

    values: tuple[tuple[str, Raw], ...]


@dataclass(frozen=True, slots=True)
class Partly:
    """There is more to fill in: the step that comes next, and how many of all are done."""

    action: Action
    next: int
    done: int
    count: int


@dataclass(frozen=True, slots=True)
class Lost:
    """Nothing is known of that form any more."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a form, and the first step in which something is; None when the form is not known any more."""

    action: Action
    told: Message
    step: int | None


class Steps:
    def __init__(self, kept: Kept, now: Callable[[], datetime]) -> None:
        self._kept = kept
        self._now = now
        self._busy: WeakValueDictionary[tuple[Account, Action], asyncio.Lock] = WeakValueDictionary()

    async def open(self, account: Account, form: Form, *, channels: Names = NONE) -> Modal:
        """The first modal of the form, with what was written in it before and did not arrive.

        `channels` has the names of channels by id, for an intro that must stand in plain words.
        """
        form = replace(form, intro=_with_names(form.intro, channels))
        async with self._alone(account, form.action):
            before = await self._take(account, form.action)
            steps = modals(form, space=account.space)
            sheet = Sheet(form, before.parts if before else (), tuple(range(len(steps))), len(steps))
            if form.fields:
                await self._put(account, sheet)
            return filled(steps[0], sheet.parts)

    async def again(self, account: Account, action: Action, step: int) -> Modal | None:
        """One step of a form that is kept, with what was written in it; None when it is kept no longer."""
        sheet = await self._look(account, action)
        steps = modals(sheet.form, space=account.space) if sheet else ()
        return filled(steps[step], sheet.parts) if sheet and step < len(steps) else None

    async def sent(self, account: Account, form: CustomId, parts: Parts) -> Whole | Partly | Lost:
        """One modal was sent. What it says is kept until `done`, so that it can be opened once more."""
        async with self._alone(account, form.action):
            sheet = await self._take(account, form.action)
            if sheet is None:
                return Whole(whole(parts)) if form.use == "press" else Lost()
            left = tuple(step for step in sheet.left if step != form.number)
            sheet = replace(sheet, parts=tuple((dict(sheet.parts) | dict(parts)).items()), left=left)
            await self._put(account, sheet)
        if left:
            return Partly(form.action, left[0], sheet.count - len(left), sheet.count)
        return Whole(whole(sheet.parts))

    async def wrong(self, account: Account, action: Action, errors: FormErrors) -> Wrong:
        """The steps in which something is wrong are to be filled in once more."""
        async with self._alone(account, action):
            sheet = await self._take(account, action)
            if sheet is None:
                return Wrong(action, _told(errors, Form(action, "", (), "")), None)
            steps = modals(sheet.form, space=account.space)
            wrong = {name for name, _ in errors.errors}
            left = [n for n, step in enumerate(steps) if wrong & {name_of(each) for each, _ in fields_of(step)}] or [0]
            await self._put(account, replace(sheet, left=tuple(left)))
        return Wrong(action, _told(errors, sheet.form), left[0])

    # -- inside

    def _alone(self, account: Account, action: Action) -> asyncio.Lock:
        """What stands there is taken and put back: by one at a time."""
        return self._busy.setdefault((account, action), asyncio.Lock())

    async def _look(self, account: Account, action: Action) -> Sheet | None:
        async with self._alone(account, action):
            sheet = await self._take(account, action)
            if sheet is not None:
                await self._put(account, sheet)
            return sheet

    async def _take(self, account: Account, action: Action) -> Sheet | None:
        text = await self._kept.draft_take(account, action.pack())
        return None if text is None else from_json(text, Sheet)

    async def _put(self, account: Account, sheet: Sheet) -> None:
        await self._kept.draft_put(account, sheet.form.action.pack(), to_json(sheet, Sheet), self._now())


# -- what the person reads


def partly(words: Words, went: Partly, *, space: Space) -> Rendered:
    """That there is more, with the button that opens it. Before the first step that is the form itself."""
    if went.done:
        said = words.say(
            "{done} of {count} parts are filled in. Nothing is sent before the last.", done=went.done, count=went.count
        )
        told = message(Paragraph(said), Note(words.say("What you wrote waits here for a day.")))
        label = words.label("Next")
    else:
        told = message(Paragraph(words.say("This goes on in a form.")))
        label = words.label("Open the form")
    [shown] = _shown([told], space)
    return with_row(shown, opener(label, went.action, went.next))


def wrong(words: Words, went: Wrong, *, space: Space) -> tuple[Rendered, ...]:
    """What is wrong, with the button that opens it filled in as it was."""
    *before, last = _shown([went.told], space)
    if went.step is None:
        return (*before, last, *_shown([lost(words)], space))
    return (*before, with_row(last, opener(words.label("Try again"), went.action, went.step)))


def lost(words: Words) -> Message:
    """The form is not kept any more."""
    return message(Paragraph(words.say("I do not have that form any more. Please open it once more.")))


def _with_names(text: Text, channels: Names) -> Text:
    return tuple(
        replace(span, name=channels.get(span.channel.id) or span.name) if isinstance(span, ChannelName) else span
        for span in text
    )


def _told(errors: FormErrors, form: Form) -> Message:
    told = fit_answer(errors, form, DISCORD)
    return told.message if isinstance(told, Tell) else message()


def _shown(messages: Iterable[Message], space: Space) -> Sequence[Rendered]:
    return [page for each in messages for page in pages(each, space=space, private=True, pictures=False)]

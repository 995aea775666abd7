"""Knocks with what a person did, and shows the answer where they did it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol, assert_never

import structlog

from adapters.playground.model import Act, Corner, Document, Entry, Opened
from adapters.playground.platform import rewritten, written
from adapters.playground.room import Room
from bot.chat.answers import Answer, FormErrors, Nothing, OpenForm, Replace, Tell
from bot.chat.capabilities import PLAYGROUND
from bot.chat.events import Event, FormSent
from bot.chat.fit import fit_answer
from bot.chat.forms import ChecksField, Field, Form, Raw
from bot.chat.messages import Message

TRIES = 3
"""How often an act that cannot be handled knocks again, at starts and when the room settles."""

log = structlog.get_logger("kring.playground")


class Door(Protocol):
    async def handle(self, event: Event) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it stands in the room now: messages told or replaced, a form that is open, words by field."""

    kind: str
    entries: tuple[Entry, ...] = ()
    form: Opened | None = None
    errors: tuple[tuple[str, str], ...] = ()


class Counter:
    """Where acts are handed in and answers handed out."""

    def __init__(self, room: Room, door: Door) -> None:
        self._room = room
        self._door = door
        self._handling: dict[str, asyncio.Future[None]] = {}

    async def idle(self) -> None:
        """Returns when nothing is being handled."""
        while self._handling:
            await asyncio.wait(self._handling.values())

    async def hand_in(self, act: Act, *documents: Document, without: tuple[Document, ...] = ()) -> Given:
        """Stores the act with the documents it changes, knocks, and shows the answer. Raises what the door raises."""
        with self._at_work(act):  # from before it is stored, so that `resume` leaves it alone
            await self._room.save(*documents, act, without=without)
            return await self._handle(act)

    async def resume(self) -> None:
        """Knocks with every act that is not handled yet, in order."""
        for act in sorted(self._room.acts.values(), key=lambda act: act.seq):
            if act.id in self._handling:
                continue
            try:
                with self._at_work(act):
                    await self._handle(act)
            except Exception:
                tried = replace(act, tries=act.tries + 1)
                log.exception("an act cannot be handled", id=act.id, kind=act.event.kind, tries=tried.tries)
                if tried.tries < TRIES:
                    await self._room.save(tried)
                else:
                    await self._room.save(without=(act,))

    @contextmanager
    def _at_work(self, act: Act) -> Iterator[None]:
        done = self._handling[act.id] = asyncio.get_running_loop().create_future()
        try:
            yield
        finally:
            del self._handling[act.id]
            done.set_result(None)

    async def _handle(self, act: Act) -> Given:
        answer = await self._door.handle(act.event)
        if act.form:
            answer = fit_answer(answer, self._room.forms[act.form].form, PLAYGROUND)
        given, documents, gone = self._shown(act, answer)
        await self._room.save(*documents, without=(act, *gone))
        return given

    def _shown(self, act: Act, answer: Answer) -> tuple[Given, list[Document], list[Document]]:
        """The answer, the documents it makes or changes, and those it takes away."""
        sent: list[Document] = [_emptied(self._room.forms[act.form])] if act.form else []
        match answer:
            case Nothing():
                return Given("nothing"), sent, []
            case Tell():
                told = self._told(act, answer.message)
                return Given("tell", tuple(told)), [*sent, *told], []
            case Replace():
                entry = self._room.entries.get(act.entry)
                if entry is None or not self._owned(act, entry):
                    told = self._told(act, answer.message)
                    return Given("tell", tuple(told)), [*sent, *told], []
                changed = rewritten(self._room, entry, answer.message, edited=False)
                stay = [each for each in changed if not each.deleted]
                return Given("replace", tuple(stay)), [*sent, *stay], [each for each in changed if each.deleted]
            case OpenForm():
                id_ = f"f{self._room.next_seq()}"
                opened = Opened(id_, act.person, act.channel, act.thread, answer.form, act.entry)
                return Given("form", form=opened), [*sent, opened], []
            case FormErrors():
                if not act.form or not isinstance(act.event, FormSent):
                    return Given("nothing"), sent, []
                before = self._room.forms[act.form]
                still = replace(before, form=_filled(before.form, dict(act.event.values)), sent=False)
                return Given("form_errors", form=still, errors=answer.errors), [still], []
            case _:
                assert_never(answer)

    def _told(self, act: Act, message: Message) -> list[Entry]:
        corner = self._room.channels[act.channel]
        to = "" if corner.owner else act.person
        return written(self._room, f"p{self._room.next_seq()}", corner, act.thread, message, to=to)

    def _owned(self, act: Act, entry: Entry) -> bool:
        """Only this person sees the message; what others see too is not replaced by an answer to one."""
        corner: Corner = self._room.channels[entry.channel]
        return not entry.deleted and act.person in (entry.to, corner.owner)


def _filled(form: Form, values: dict[str, Raw]) -> Form:
    return replace(form, fields=tuple(_with(field, values.get(field.name, field.value)) for field in form.fields))


def _with(field: Field, value: Raw) -> Field:
    if isinstance(field, ChecksField):
        return replace(field, value=(value,) if isinstance(value, str) else value)
    return replace(field, value=value if isinstance(value, str) else "".join(value[:1]))


def _emptied(opened: Opened) -> Opened:
    """A form that was sent is remembered, what stood in it is not."""
    return replace(opened, form=replace(opened.form, fields=(), intro=()), sent=True)

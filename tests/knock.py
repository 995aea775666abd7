"""The house without adapters: the real door, features and store; people knock, and what is sent is put on a table.

    anna = house.person("Anna")
    anna.calls('round start reveal_together "the first lesson"')
    anna.presses("I'll speak")
    anna.fills({"Your answer": "I wait ten seconds."})
    await house.passes(hours=24)

All of it through events and answers only, as an adapter would.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat.actions import Action
from bot.chat.answers import Answer, FormErrors, OpenForm, Replace, Tell
from bot.chat.events import (
    ButtonPressed,
    CameDue,
    ChoiceMade,
    CommandCalled,
    Delivered,
    Event,
    FetchedMessage,
    FormSent,
    HomeOpened,
    Installed,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ProfileChanged,
    ReactionAdded,
    Reason,
    Refused,
    ShortcutUsed,
    ThreadFetched,
)
from bot.chat.forms import ChecksField, ChoiceField, Form, Raw
from bot.chat.messages import Button, Controls, Facts, Heading, Message, Note, Select, Words
from bot.chat.names import Account, Channel, MessageRef, Place, Profile, Space, Thread, channel_of
from bot.chat.requests import Admit, Edit, FetchThread, OpenThread, Post, React, Request, Upload
from bot.chat.standing import Standing
from bot.chat.text import words
from bot.door import Door
from bot.features import gather
from storage.store import open_store

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LEASE = timedelta(minutes=1)


@dataclass
class Shown:
    """A message as it stands somewhere: Kring's has a `message`, a person's has `text`."""

    ref: MessageRef
    message: Message | None = None
    text: str = ""
    by: Account | None = None
    file: str = ""
    at: datetime = MONDAY
    reactions: list[str] = field(default_factory=list)

    @property
    def says(self) -> str:
        return as_words(self.message) if self.message else self.text


def as_words(message: Message) -> str:
    """All that a reader sees of the message, buttons in brackets."""
    lines: list[str] = []
    for block in message.blocks:
        match block:
            case Heading():
                lines.append(block.text)
            case Words() | Note():
                lines.append(words(block.text))
            case Facts():
                lines += [f"{label}: {words(value)}" for label, value in block.rows]
            case Controls():
                lines.append(" ".join(f"[{each.label}]" for each in block.controls))
            case _:
                pass
    return "\n".join(lines)


class House:
    """The door and its store at a moment that only moves when told to."""

    def __init__(self, store: Any, features: Any = None) -> None:
        self.now = MONDAY
        self.store = store
        self.door = Door(
            store,
            features or gather(),
            now=lambda: self.now,
            chance=itertools.count(1).__next__,
            tick=lambda: 0.0,
        )
        self.messages: list[Shown] = []
        self.requests: list[Request] = []
        self.unreachable: set[Account] = set()
        self.gone: set[Channel] = set()
        self.closed: dict[Channel, Reason] = {}
        """Channels in which Kring may do nothing, and what the platform says then."""
        self.stand: dict[str, Standing] = {}
        """How threads stand on a platform that closes them, by their ids."""
        self.inside: dict[str, set[str]] = {}
        """By private thread: who is in it."""
        self.down = False
        """Whether the platform takes nothing now."""
        self.files: Reason | None = None
        """Why files are refused, if they are."""
        self._count = itertools.count(1)

    # -- people

    def person(
        self,
        name: str,
        space: str = "school",
        language: str | None = "en",
        platform: str = "playground",
        **profile: Any,
    ) -> Player:
        account = Account(Space(platform, space), name.lower().replace(" ", "-"))
        return Player(self, account, Profile(name, language, **{"timezone": "Europe/Amsterdam", **profile}))

    def channel(self, name: str = "general", space: str = "school", platform: str = "playground") -> Channel:
        return Channel(Space(platform, space), name)

    def event_id(self) -> str:
        return f"e{next(self._count)}"

    async def happens(self, event: Event) -> Answer:
        """Knocks, then carries out everything that can be sent now."""
        answer = await self.door.handle(event)
        await self.deliver()
        return answer

    # -- time

    async def passes(self, **span: float) -> None:
        """Time goes by; everything due until then happens in order."""
        until = self.now + timedelta(**span)
        while True:
            moments = [await self.store.next_due(), None if self.down else await self.store.next_request_at()]
            moment = min((each for each in moments if each is not None), default=None)
            if moment is None or moment > until:
                break
            self.now = max(self.now, moment)
            for due in await self.store.claim_due(self.now, 100, LEASE):
                id_ = f"due/{due.about.pack()}/{due.at.isoformat()}"
                await self.door.handle(CameDue(id_, self.now, due.about, due.community))
            await self.deliver()
        self.now = until

    # -- the platform

    async def deliver(self) -> None:
        while not self.down and (claimed := await self.store.claim_requests(self.now, 100, LEASE)):
            for each in claimed:
                self.requests.append(each.request)
                await self.door.handle(self._carry_out(each.id, each.request, each.target))

    def _carry_out(self, id_: str, request: Request, target: Any) -> Event:
        event_id = f"sent/{id_}"
        to = request.to
        channel = to if isinstance(to, Channel) else Channel(to.space, f"dm-{to.id}", direct=True)
        if (reason := self._why_not(request, channel)) is not None:
            return Refused(event_id, self.now, id_, reason)
        match request:
            case Post():
                thread = request.thread.id if request.thread else None
                if request.under is not None:
                    assert target is not None, f"{request.under} was never posted"
                    assert target.thread is not None, f"no thread was opened on {request.under}"
                    thread = target.thread
                ref = MessageRef(channel, f"m{next(self._count)}", thread)
                self.messages.append(Shown(ref, request.message, at=self.now))
                return Delivered(event_id, self.now, id_, ref)
            case Upload():
                ref = MessageRef(channel, f"m{next(self._count)}")
                self.messages.append(Shown(ref, request.message, file=request.content, at=self.now))
                return Delivered(event_id, self.now, id_, ref)
            case Edit():
                assert target is not None, f"{request.about} was never posted"
                self.find(target.message).message = request.message
                return Delivered(event_id, self.now, id_, target.message)
            case OpenThread() | Admit():
                assert target is not None, f"{request.about} was never posted"
                return Delivered(event_id, self.now, id_, self._in_thread(request, target))
            case FetchThread():
                said, thread = self._thread(request.message), request.message.thread or request.message.id
                said = said if request.words else tuple(replace(each, text="") for each in said)
                return ThreadFetched(event_id, self.now, id_, said, None if request.words else self.stand.get(thread))
            case React():
                return Delivered(event_id, self.now, id_)

    def _in_thread(self, request: OpenThread | Admit, target: Any) -> MessageRef:
        """The message with the thread that hangs on it, or a private one beside it."""
        if isinstance(request, Admit):
            assert target.thread in self.inside, f"no private thread was opened on {request.about}"
            inside = self.inside[target.thread]
            (inside.discard if request.out else inside.add)(request.person.id)
            return target.message
        if request.inside is None:
            return replace(target.message, thread=target.message.id)
        thread = f"p{next(self._count)}"
        self.inside[thread] = {account.id for account in request.inside}
        return replace(target.message, thread=thread)

    def _why_not(self, request: Request, channel: Channel) -> Reason | None:
        if request.to in self.unreachable:
            return "unreachable"
        if channel in self.gone:
            return "gone"
        if channel in self.closed:
            return self.closed[channel]
        if isinstance(request, Post) and request.before is not None and self.now >= request.before:
            return "rejected"
        return self.files if isinstance(request, Upload) else None

    def _thread(self, message: MessageRef) -> tuple[FetchedMessage, ...]:
        root = message.thread or message.id
        return tuple(
            FetchedMessage(
                shown.ref, shown.by, shown.by.id.title() if shown.by else "Kring", shown.says, shown.at,
                tuple(shown.reactions),
            )
            for shown in self.messages
            if root in (shown.ref.id, shown.ref.thread)
        )  # fmt: skip

    def find(self, ref: MessageRef) -> Shown:
        return next(shown for shown in self.messages if shown.ref.id == ref.id)

    def shown(self, channel: Channel, *, thread: str | None = None) -> list[Shown]:
        """What stands in the channel, at top level and in all threads unless one is named."""
        return [s for s in self.messages if s.ref.channel == channel and thread in (None, s.ref.thread, s.ref.id)]


class Player:
    """Somebody who acts; `saw` is the last private answer, `form` the form that is open."""

    def __init__(self, house: House, account: Account, profile: Profile) -> None:
        self.house = house
        self.account = account
        self.profile = profile
        self.place: Place = Channel(account.space, "general")
        self.saw: Message | None = None
        self.form: Form | None = None
        self.errors: dict[str, str] = {}

    @property
    def dm(self) -> Channel:
        return Channel(self.account.space, f"dm-{self.account.id}", direct=True)

    @property
    def direct(self) -> list[Shown]:
        """The direct conversation with Kring."""
        return self.house.shown(self.dm)

    @property
    def sees(self) -> str:
        """The last private answer in words."""
        return as_words(self.saw) if self.saw else ""

    async def opens_page(self) -> Answer:
        """Looks at their own page with Kring; what they press next they press there."""
        self.place = Channel(self.account.space, self.account.id, direct=True)
        return await self._acts(HomeOpened(self._id(), self._now, self.account, self.profile))

    async def installs(self) -> Answer:
        """Lets Kring into the space."""
        return await self._acts(Installed(self._id(), self._now, self.account, self.profile))

    async def becomes(self, **profile: Any) -> Answer:
        """The platform says something newer about them."""
        self.profile = replace(self.profile, **profile)
        return await self._acts(ProfileChanged(self._id(), self._now, self.account, self.profile))

    async def joins(self, channel: Channel | None = None) -> Answer:
        channel = channel or Channel(self.account.space, "general")
        return await self._acts(MemberJoined(self._id(), self._now, self.account, self.profile, channel))

    async def leaves(self) -> Answer:
        return await self._acts(MemberLeft(self._id(), self._now, self.account))

    async def calls(self, text: str, place: Place | None = None) -> Answer:
        text = text.removeprefix("/kring").strip()
        event = CommandCalled(self._id(), self._now, self.account, place or self.place, text, profile=self.profile)
        return await self._acts(event)

    async def presses(self, label: str, within: str = "") -> Answer:
        """Presses the newest button of that label this person can see; `within` is something its message says."""
        action, ref, place = self._control(label, within)
        event = ButtonPressed(self._id(), self._now, self.account, place, action, ref, profile=self.profile)
        return await self._acts(event)

    async def picks(self, label: str, *options: str) -> Answer:
        """Picks options, by label or value, from the newest select of that label."""
        for message, ref, place in self._visible():
            for select in _controls(message, Select):
                if select.label == label:
                    values = tuple(_value(select.choices, option) for option in options)
                    event = ChoiceMade(
                        self._id(), self._now, self.account, place, select.action, values, ref, profile=self.profile
                    )
                    return await self._acts(event)
        raise AssertionError(f"{self.profile.name} sees no select {label!r}")

    async def fills(self, values: dict[str, str | list[str]]) -> Answer:
        """Sends the open form; fields and choices by label or name, the rest as prefilled."""
        assert self.form is not None, f"{self.profile.name} has no form open"
        filled: dict[str, Raw] = {each.name: each.value for each in self.form.fields}
        for name, value in values.items():
            found = [each for each in self.form.fields if name in (each.name, each.label)]
            assert found, f"no field {name!r} in {[each.label for each in self.form.fields]}"
            match found[0]:
                case ChecksField(choices=choices):
                    chosen = [value] if isinstance(value, str) else value
                    filled[found[0].name] = tuple(_value(choices, each) for each in chosen)
                case ChoiceField(choices=choices):
                    filled[found[0].name] = _value(choices, str(value))
                case _:
                    filled[found[0].name] = str(value)
        event = FormSent(
            self._id(), self._now, self.account, self.place, self.form.action, tuple(filled.items()),
            profile=self.profile,
        )  # fmt: skip
        return await self._acts(event)

    async def writes(self, text: str, place: Place | None = None) -> MessageRef:
        place = place or self.place
        thread = place.id if isinstance(place, Thread) else None
        ref = MessageRef(channel_of(place), f"m{next(self.house._count)}", thread)
        self.house.messages.append(Shown(ref, text=text, by=self.account, at=self._now))
        direct = ref.channel == self.dm
        await self._acts(MessagePosted(self._id(), self._now, self.account, ref, text, direct, self.profile))
        return ref

    async def edits(self, ref: MessageRef, text: str) -> Answer:
        self.house.find(ref).text = text
        return await self._acts(MessageEdited(self._id(), self._now, self.account, ref, text))

    async def deletes(self, ref: MessageRef) -> Answer:
        self.house.messages.remove(self.house.find(ref))
        return await self._acts(MessageDeleted(self._id(), self._now, ref, self.account))

    async def reacts(self, ref: MessageRef, emoji: str) -> Answer:
        self.house.find(ref).reactions.append(emoji)
        return await self._acts(ReactionAdded(self._id(), self._now, self.account, ref, emoji))

    async def uses(self, shortcut: str, ref: MessageRef) -> Answer:
        shown = self.house.find(ref)
        event = ShortcutUsed(
            self._id(), self._now, self.account, shortcut, ref, shown.says, shown.by, profile=self.profile
        )
        return await self._acts(event)

    # -- inside

    @property
    def _now(self) -> datetime:
        return self.house.now

    def _id(self) -> str:
        return self.house.event_id()

    async def _acts(self, event: Event) -> Answer:
        answer = await self.house.happens(event)
        self.errors = {}
        match answer:
            case Tell() | Replace():
                self.saw, self.form = answer.message, None
            case OpenForm():
                self.form = answer.form
            case FormErrors():
                self.errors = dict(answer.errors)
            case _:
                if isinstance(event, FormSent):
                    self.form = None
        return answer

    def _visible(self) -> Iterator[tuple[Message, MessageRef | None, Place]]:
        """Newest first: the private answer, then what stands in the direct conversation and in the space's channels."""
        if self.saw:
            yield self.saw, None, self.place
        for shown in reversed(self.house.messages):
            mine = shown.ref.channel == self.dm or not shown.ref.channel.id.startswith("dm-")
            if shown.message and mine and shown.ref.channel.space == self.account.space:
                yield shown.message, shown.ref, shown.ref.place

    def _control(self, label: str, within: str) -> tuple[Action, MessageRef | None, Place]:
        for message, ref, place in self._visible():
            for button in _controls(message, Button):
                if button.label == label and within in as_words(message):
                    return button.action, ref, place
        raise AssertionError(f"{self.profile.name} sees no button {label!r}")


def _controls(message: Message, kind: Any) -> Iterator[Any]:
    for block in message.blocks:
        if isinstance(block, Controls):
            yield from (each for each in block.controls if isinstance(each, kind))


def _value(choices: Any, option: str) -> str:
    found = [each.value for each in choices if option in (each.label, each.value)]
    assert found, f"no choice {option!r} in {[each.label for each in choices]}"
    value: str = found[0]
    return value


@pytest.fixture
async def house(sqlite_url: str) -> AsyncIterator[House]:
    """A house on a database of its own."""
    async with open_store(sqlite_url, holder="test", lasting=False) as store:
        yield House(store)

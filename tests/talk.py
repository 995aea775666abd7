"""People for stories: they call, press by label, fill in by label, write, and look.

A story says what people do and what they see, in their words; a driver carries it out on one platform. After every act
everything that can be delivered is delivered, so a story never waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

Values = dict[str, str | list[str]]


@dataclass(frozen=True)
class Seen:
    """A message as one person sees it. `place` is where it stands, as the driver names it."""

    id: str
    author: str
    text: str
    at: str
    channel: str
    thread: str | None
    buttons: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Selects: their label, and what can be chosen."""
    private: bool = False
    replies: int = 0
    title: str = ""
    files: tuple[str, ...] = ()
    """What stands in the files on it."""
    reactions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Blank:
    """A form that is open: the labels of its fields, what stands in them, and what can be chosen."""

    id: str
    title: str
    values: dict[str, str | list[str]]
    choices: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Reply:
    """What somebody sees after an act."""

    kind: str
    message: Seen | None = None
    form: Blank | None = None
    errors: dict[str, str] = field(default_factory=dict)
    """Words beside fields, by the fields' labels."""

    @property
    def text(self) -> str:
        return self.message.text if self.message else ""


class Refusal(Exception):
    """The platform itself said no. `status` is 403 for what is another's."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class Driver(Protocol):
    """One platform, played from outside. People and channels go by the ids it gives. Raises Refusal."""

    platform: str
    longest: int
    """Letters that one message of a person can have."""

    async def join(self, name: str, space: str, language: str) -> str: ...
    async def leave(self, who: str) -> None: ...
    async def channels(self, who: str) -> dict[str, str]:
        """Ids by name of what a person can see; `dm` is their conversation with Kring."""

    async def look(self, who: str, channel: str, thread: str | None) -> Sequence[Seen]:
        """What the person sees there, oldest first."""

    async def write(self, who: str, channel: str, thread: str | None, text: str) -> tuple[Seen, Reply]: ...
    async def edit(self, who: str, message: Seen, text: str) -> Reply: ...
    async def delete(self, who: str, message: Seen) -> Reply: ...
    async def react(self, who: str, message: Seen, emoji: str) -> Reply: ...
    async def call(self, who: str, channel: str, thread: str | None, text: str) -> Reply: ...
    async def use(self, who: str, message: Seen, shortcut: str) -> Reply: ...
    async def press(self, who: str, message: Seen, label: str) -> Reply: ...
    async def pick(self, who: str, message: Seen, label: str, values: Sequence[str]) -> Reply: ...
    async def fill(self, who: str, form: str, values: Values) -> Reply: ...
    async def fill_again(self, who: str, form: str, values: Values) -> None:
        """Sends a form that was sent already. The platform refuses that by itself, or Kring must not mind."""

    async def open_what_waits(self, who: str) -> Reply | None:
        """Where Kring writes to nobody of its own accord: presses the button that waits for them in public. None
        elsewhere.
        """

    async def close_messages(self, who: str) -> None:
        """From here on they take no direct messages."""

    async def close_channel(self, channel: str) -> None:
        """Nobody can write there any more."""

    async def deliver(self) -> None: ...
    async def now(self) -> datetime: ...
    async def pass_until(self, moment: datetime) -> None:
        """Everything due until then happens, in order."""


class Talk:
    """A story in the making."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.people: dict[str, Player] = {}

    async def joins(self, name: str, space: str = "schools", language: str = "en") -> Player:
        player = Player(self, name, await self.driver.join(name, space, language))
        self.people[name] = player
        await self.driver.deliver()
        return player

    async def days_pass(self, days: float) -> None:
        await self.hours_pass(days * 24)

    async def hours_pass(self, hours: float) -> None:
        await self.driver.pass_until(await self.driver.now() + timedelta(hours=hours))

    async def monday_comes(self) -> None:
        """Nine o'clock UTC on the next Monday: a decent hour for everybody in a story."""
        now = await self.driver.now()
        monday = now.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=(7 - now.weekday()) % 7)
        await self.driver.pass_until(monday if monday > now else monday + timedelta(days=7))


class Player:
    """Somebody. `saw` is what they saw after their last act; they stand in `channel`, and in `thread` if set."""

    def __init__(self, talk: Talk, name: str, id_: str) -> None:
        self.talk = talk
        self.name = name
        self.id = id_
        self.channel = "general"
        self.thread: str | None = None
        self.saw = Reply("nothing")

    # -- what they do

    async def calls(self, text: str, channel: str = "", thread: str | None = None) -> Reply:
        where = await self._channel(channel)
        return await self._after(await self._driver.call(self.id, where, thread or self.thread, text))

    async def writes(self, text: str, channel: str = "", thread: str | None = None) -> Seen:
        where = await self._channel(channel)
        message, reply = await self._driver.write(self.id, where, thread or self.thread, text)
        await self._after(reply)
        return message

    async def edits(self, message: Seen, text: str) -> Reply:
        return await self._after(await self._driver.edit(self.id, message, text))

    async def deletes(self, message: Seen) -> Reply:
        return await self._after(await self._driver.delete(self.id, message))

    async def reacts(self, message: Seen, emoji: str) -> Reply:
        return await self._after(await self._driver.react(self.id, message, emoji))

    async def keeps(self, message: Seen) -> Reply:
        """*Keep as know-how* from the menu of a message."""
        return await self._after(await self._driver.use(self.id, message, "keep"))

    async def presses(self, label: str, within: str = "") -> Reply:
        """Presses the newest button of that label that they see; `within` is something its message says."""
        seen = await self.everything()
        for message in reversed(seen):
            if label in message.buttons and within in message.text:
                return await self.presses_on(message, label)
        there = "\n".join(f"{', '.join(each.buttons)}  under: {each.text[:70]!r}" for each in seen if each.buttons)
        raise AssertionError(f"{self.name} sees no button {label!r}. There is:\n{there}")

    async def presses_on(self, message: Seen, label: str) -> Reply:
        return await self._after(await self._driver.press(self.id, message, label))

    async def picks(self, label: str, *values: str) -> Reply:
        """Picks from the newest list of that label."""
        seen = await self.everything()
        for message in reversed(seen):
            if label in [name for name, _ in message.lists]:
                return await self._after(await self._driver.pick(self.id, message, label, values))
        there = [name for message in seen for name, _ in message.lists]
        raise AssertionError(f"{self.name} sees no list {label!r}, only {there}")

    async def fills(self, values: Values) -> Reply:
        """Sends the form that is open. Fields that are not named stay as they are."""
        assert self.saw.form is not None, f"{self.name} has no form open, but: {self.saw}"
        return await self._after(await self._driver.fill(self.id, self.saw.form.id, values))

    async def fills_again(self, form: Blank, values: Values) -> None:
        """Sends once more what was sent already, as an impatient finger does."""
        await self._driver.fill_again(self.id, form.id, values)
        await self._driver.deliver()

    async def opens_what_waits(self) -> None:
        """Presses the button behind which Kring's word for them is, where it may not write to them before they did
        something with it. Elsewhere there is nothing to do: it has written to them.
        """
        reply = await self._driver.open_what_waits(self.id)
        if reply is not None:
            await self._after(reply)

    async def takes_no_direct_messages(self) -> None:
        await self._driver.close_messages(self.id)

    async def closes(self, channel: str) -> None:
        """The channel is deleted or archived, as the platform has it."""
        await self._driver.close_channel(await self._channel(channel))
        await self._driver.deliver()

    async def leaves(self) -> None:
        await self._driver.leave(self.id)
        await self._driver.deliver()

    # -- what they see

    async def reads(self, channel: str = "", thread: str | None = None) -> list[Seen]:
        return list(await self._driver.look(self.id, await self._channel(channel), thread))

    async def everything(self) -> list[Seen]:
        """All they can see anywhere, oldest first."""
        found: list[Seen] = []
        for channel in (await self._driver.channels(self.id)).values():
            for message in await self._driver.look(self.id, channel, None):
                found.append(message)
                if message.replies:
                    found += list(await self._driver.look(self.id, channel, message.id))[1:]
        return sorted(found, key=lambda message: message.at)

    async def sees(self, *texts: str, channel: str = "", thread: str | None = None) -> Seen:
        """The newest message that says all of this, anywhere or in that channel."""
        seen = await self.reads(channel, thread) if channel else await self.everything()
        for message in reversed(seen):
            if all(text in message.text for text in texts):
                return message
        raise AssertionError(f"{self.name} does not see {texts!r}. They see:\n" + "\n---\n".join(m.text for m in seen))

    async def sees_nothing_of(self, text: str) -> None:
        """Nowhere, not even in a private answer or file."""
        for message in await self.everything():
            shown = "\n".join((message.text, message.title, *message.buttons, *message.files))
            assert text not in shown, f"{self.name} sees {text!r} in {message}"

    @property
    def _driver(self) -> Driver:
        return self.talk.driver

    async def _channel(self, name: str) -> str:
        channels = await self._driver.channels(self.id)
        return channels.get(name or self.channel, name or self.channel)

    async def _after(self, reply: Reply) -> Reply:
        self.saw = reply
        await self._driver.deliver()
        return reply


def utc(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(UTC)

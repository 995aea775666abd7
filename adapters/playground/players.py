"""Plays people from inside, for the story that a new playground begins with: they press by what a button does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from adapters.playground import finding, view
from adapters.playground.answers import Given
from adapters.playground.desk import Desk
from adapters.playground.limits import controls
from adapters.playground.model import KRING, Entry, Opened, Somebody
from bot.chat.forms import ChoiceField, Field
from bot.chat.messages import Button


class NotThereError(Exception):
    """Somebody should press or fill in what they do not have before them: the story and the features do not agree."""


PACE = timedelta(minutes=6)
"""So long it takes people to read and write."""


class Players:
    def __init__(self, desk: Desk, pace: timedelta = PACE) -> None:
        self._desk = desk
        self._pace = pace
        self._room = desk.room
        self._forms: dict[str, Opened] = {}

    async def join(self, newcomer: Somebody) -> None:
        await self._desk.acts.join(newcomer)
        await self.deliver()

    async def write(self, who: str, channel: str, text: str, under: Entry | None = None) -> Entry:
        await self.wait(self._room.now() + self._pace)
        person = self._room.people[who]
        corner = finding.channel(self._room, person, channel)
        thread = None if under is None else under.thread or under.id
        entry, _ = await self._desk.acts.write(person, corner, thread, text)
        await self.deliver()
        return entry

    async def call(self, who: str, channel: str, text: str) -> Given:
        person = self._room.people[who]
        corner = finding.channel(self._room, person, channel)
        return await self._saw(who, await self._desk.acts.command(person, corner, None, text))

    async def keep(self, who: str, entry: Entry) -> Given:
        return await self._saw(who, await self._desk.acts.shortcut(self._room.people[who], entry, "keep"))

    async def react(self, who: str, entry: Entry, emoji: str) -> None:
        await self._desk.acts.react(self._room.people[who], self._room.entries[entry.id], emoji)
        await self.deliver()

    async def press(self, who: str, name: str, about: str = "") -> Given:
        """Presses the newest button they see whose action has that name; `about` is what its id begins with."""
        found = self._button(who, name, about)
        if found is None:
            raise NotThereError(f"{who} sees no button {name} {about}")
        return await self._saw(who, await self._desk.acts.press(self._room.people[who], *found))

    def sees(self, who: str, name: str, about: str = "") -> bool:
        """Whether they have such a button before them."""
        return self._button(who, name, about) is not None

    def _button(self, who: str, name: str, about: str) -> tuple[Entry, Button] | None:
        for entry, button in self._buttons(self._room.people[who]):
            if button.action.name == name and f"{button.action.id}.".startswith(f"{about}." if about else ""):
                return entry, button
        return None

    async def press_if_there(self, who: str, name: str) -> None:
        if any(button.action.name == name for _, button in self._buttons(self._room.people[who])):
            await self.press(who, name)

    async def fill(self, who: str, **values: str | list[str]) -> Given:
        """Sends the form they have open, by names of fields; the others stay as they are."""
        await self.wait(self._room.now() + self._pace)
        if who not in self._forms:
            raise NotThereError(f"{who} has no form open")
        form = self._forms.pop(who)
        return await self._saw(who, await self._desk.acts.send_form(self._room.people[who], form.id, dict(values)))

    def fields(self, who: str) -> tuple[Field, ...]:
        """Of the form they have open; none where there is no form."""
        return self._forms[who].form.fields if who in self._forms else ()

    def choice(self, who: str, field: str, text: str) -> str:
        """The value of the choice that says `text`, in the form they have open."""
        for each in self._forms[who].form.fields:
            if each.name == field and isinstance(each, ChoiceField):
                return next(choice.value for choice in each.choices if text in choice.label)
        raise NotThereError(f"{who} cannot choose {text} for {field}")

    def newest(self, channel: str) -> Entry:
        """Kring's newest message at the top of the channel."""
        return next(each for each in reversed(self._room.at(channel, None)) if each.author == KRING and not each.to)

    async def tidy(self) -> None:
        """Private answers do not stay for ever, as on any platform; and what has been is not new to anybody."""
        private = [entry for entry in self._room.entries.values() if entry.to]
        here = list(self._room.people.values())
        await self._room.save(*(replace(each, since=self._room.basis.seq) for each in here), without=tuple(private))

    async def deliver(self) -> None:
        await self._desk.post.settle()

    async def wait(self, until: datetime) -> None:
        """Time passes, with everything that is due in it."""
        await self._desk.clock.run_due(until, post=self._desk.post, travel=self._room.travel)

    async def _saw(self, who: str, given: Given) -> Given:
        if given.kind == "form_errors":
            raise NotThereError(f"{who} filled in what is not accepted: {given.errors}")
        if given.form is not None:
            self._forms[who] = given.form
        await self.deliver()
        return given

    def _buttons(self, person: Somebody) -> list[tuple[Entry, Button]]:
        """All they see, newest first."""
        found: list[Entry] = []
        for corner in finding.channels_of(self._room, person):
            for thread in (None, *self._room.threads(corner.id)):
                found += view.messages(self._room, person, corner, thread)
        newest = sorted((entry for entry in found if entry.message), key=lambda entry: entry.seq, reverse=True)
        return [
            (entry, control)
            for entry in newest
            for control in (controls(entry.message) if entry.message else ())
            if isinstance(control, Button)
        ]

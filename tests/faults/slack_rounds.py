"""Rounds in Slack: see `rounds.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from tests.fakes.overheard import Overheard
from tests.fakes.slack.people import ClientRefusal
from tests.fakes.slack.state import Outcome, Person, Shown
from tests.faults.circle import Circle
from tests.faults.filling import Field
from tests.faults.proof import Standing
from tests.faults.rounds import RoundsLife
from tests.faults.slack import SlackLife


class SlackRounds(RoundsLife, SlackLife):
    keeps_what_arrived = True

    def new_people(self, names: Iterable[str]) -> list[Person]:
        made = [self.server.person(self.school, name) for name in names]
        self.general.members += [each.id for each in made]
        return made

    def around(self, person: Person, circle: Circle) -> list[Shown]:
        found = {}
        for channel in (circle.channel, self.server.dm(person)):
            for top in self.server.sees(person, channel):
                found[top.ts] = top
                if top.replies:
                    found |= {each.ts: each for each in self.server.sees(person, channel, thread=top.ts)}
        return [found[ts] for ts in sorted(found, key=float)]

    def fields(self, form: Any) -> list[Field]:
        return [
            Field(
                label,
                str(each["value"] or ""),
                tuple(each["options"]),
                not each["optional"],
                each["type"] == "checkboxes",
            )
            for label, each in self.server.view_fields(form).items()
        ]

    async def opened_form(self, person: Person, outcome: Outcome) -> Any:
        view = (await self._opened(person, outcome)).view
        fits = view is not None and self.server.modal(person) is view and self.server.view_fields(view)
        return view if fits else None

    def answers(self, person: Person, outcome: Any) -> dict[str, str]:
        direct = self.server.sees(person, self.server.dm(person))
        said = [each for each in direct if each.message.by_app and each.message.metadata_id is None]
        return {each.ts: each.text for each in (*self.server.ephemerals(person), *said)}

    async def closes(self, person: Person) -> None:
        view = self.server.modal(person)
        if view is not None:
            await self.server.closes(person, view, whole=True)

    async def utters(self, person: Person, under: Shown, text: str) -> None:
        await self.server.says(person, under.channel, text, thread=under.ts)

    def read_by(self, heard: Overheard) -> str:
        if heard.person is not None:
            return heard.person
        with suppress(KeyError, ClientRefusal):
            channel = self.server.world.channel(heard.channel)
            if channel.kind == "im":
                return next(each for each in channel.members if not self.server.world.person(each).bot)
        return "public"

    def app_messages(self, circle: Circle) -> Iterator[Standing]:
        for channel in (circle.channel, *(self.server.dm(each) for each in circle.people)):
            for message in channel.messages.values():
                if message.by_app and (message.metadata_id is not None or channel.kind != "im"):
                    root = channel.messages.get(message.thread or "")
                    under = self.server.shown(circle.people[0], root).text if root else ""
                    shown = self.server.shown(circle.people[0], message)
                    yield Standing(float(message.ts), f"{channel.id}/{message.thread}", shown.text, under)

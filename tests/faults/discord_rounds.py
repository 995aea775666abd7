"""Rounds in Discord: see `rounds.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tests.fakes.discord.component_tables import CHECKBOX_GROUP
from tests.fakes.discord.ids import made_at
from tests.fakes.discord.state import DM, PRIVATE_THREAD, Channel, Outcome, Person, Shown
from tests.fakes.overheard import Overheard
from tests.faults.circle import Circle
from tests.faults.discord import DiscordLife
from tests.faults.filling import Field
from tests.faults.proof import Standing
from tests.faults.rounds import RoundsLife


class DiscordRounds(RoundsLife, DiscordLife):
    def new_people(self, names: Iterable[str]) -> list[Person]:
        return [self.server.person(self.school, name) for name in names]

    def around(self, person: Person, circle: Circle) -> list[Shown]:
        there = [
            each
            for each in self.server.channels(person)
            if circle.channel.id in (each.id, each.parent) or each.type == DM
        ]
        found = {each.id: each for channel in there for each in self.server.sees(person, channel)}
        return [found[id_] for id_ in sorted(found, key=int)]

    def fields(self, form: Any) -> list[Field]:
        return [
            Field(
                label,
                str(each["value"] or ""),
                tuple(each["options"]),
                each["required"],
                each["type"] == CHECKBOX_GROUP,
            )
            for label, each in self.server.modal_fields(form).items()
        ]

    async def opened_form(self, person: Person, outcome: Outcome) -> Any:
        modal = outcome.modal
        return modal if modal is not None and self.server.modal(person) is modal else None

    def answers(self, person: Person, outcome: Any) -> dict[str, str]:
        told = self.server.told(outcome) if outcome is not None else ()
        return {each.id: each.text for each in told if not each.loading}

    async def closes(self, person: Person) -> None:
        modal = self.server.modal(person)
        if modal is not None:
            await self.server.closes(person, modal)

    async def utters(self, person: Person, under: Shown, text: str) -> None:
        await self.server.says(person, under.thread, text)

    def read_by(self, heard: Overheard) -> str:
        channel = self.server.world.channels.get(heard.channel)
        if heard.person is not None or channel is None:
            return heard.person or "public"
        if channel.type == DM:
            return str(channel.recipients[0])
        return "inside" if channel.type == PRIVATE_THREAD else "public"

    def app_messages(self, circle: Circle) -> Iterator[Standing]:
        threads = [each for each in self.school.threads.values() if each.parent == circle.channel.id]
        direct = [self.server.dm(each) for each in circle.people]
        for channel in (circle.channel, *threads, *direct):
            under = self._root(circle, channel)
            for message in channel.messages.values():
                if message.by_app and (message.nonce is not None or channel.type != DM):
                    at = made_at(message.id)
                    yield Standing(at, channel.id, self.server.shown(message).text, under)

    def check_own(self) -> None:
        super().check_own()
        private = Counter(each.name for each in self.school.threads.values() if each.type == PRIVATE_THREAD)
        assert all(count == 1 for count in private.values()), f"opened twice: {private}"

    def _root(self, circle: Circle, channel: Channel) -> str:
        if not channel.is_thread:
            return ""
        root = circle.channel.messages.get(channel.id)
        return self.server.shown(root).text if root is not None else channel.name

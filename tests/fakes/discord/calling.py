"""What people do with the app's commands: calling them, filling in options, and the menus on messages and people.

Each waits until the app acknowledged (or did not in time) and returns what the person got. What comes later by its
token is added to the same Outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from tests.fakes.discord import interactions, option_values
from tests.fakes.discord.command_checks import CHAT, MESSAGE, USER
from tests.fakes.discord.commands import Commands, Typed
from tests.fakes.discord.interactions import AUTOCOMPLETE, COMMAND, Resolved
from tests.fakes.discord.option_values import Finding
from tests.fakes.discord.people import ClientRefusal, What
from tests.fakes.discord.state import Attachment, Channel, Json, Member, Outcome, Person
from tests.fakes.discord.threads import Threading
from tests.fakes.discord.world import Where, Who

if TYPE_CHECKING:
    from tests.fakes.discord.responses import Responses

Values = Mapping[str, Any]


class Calling(Threading):
    commands: Commands
    responses: Responses

    async def calls(self, who: Who, where: Where, text: str, *, options: Values | None = None) -> Outcome:
        """Sends `/kring round start`, in a channel, a thread or the conversation with the app.

        Options by name in `options`, or in the text as the client shows them (`/kring round start topic: Our next
        step`). Values: text, numbers, True; people, channels and roles by object, id or `@Anna`, `#general`; a choice
        by name or value; a file as `(name, content)`. What the client does not let be sent is a ClientRefusal: a
        command that is not registered (for them, there), a required option left out, a value out of bounds.
        """
        person, channel = self._at(who, where)
        typed = self._typed(person, channel, text)
        given = {**typed.options, **(options or {})}
        resolved = Resolved(self.world, person, channel.guild)
        filled = self._filled(person, channel, typed, given, resolved)
        data = interactions.command(typed.command, interactions.nested(typed.path, filled), resolved)
        name = " ".join([typed.command["name"], *(each["name"] for each in typed.path)])
        return (await self.responses.ask(COMMAND, person, channel, data, name=name)).outcome

    async def autocompletes(
        self, who: Who, where: Where, path: str, option: str, typed: str = "", *, options: Values | None = None
    ) -> list[Json]:
        """What the app offers while `typed` stands in an option: `[{"name", "value"}]`. `options` are filled in before.

        ClientRefusal with "Loading options failed" when nothing came in time.
        """
        person, channel = self._at(who, where)
        called = self._typed(person, channel, path)
        parameter = called.parameter(option)
        if parameter is None or not parameter.get("autocomplete"):
            raise ClientRefusal(f"{path} has no option {option!r} that completes itself")
        resolved = Resolved(self.world, person, channel.guild)
        given = {**called.options, **(options or {}), option: typed}
        filled = self._filled(person, channel, called, given, resolved, focused=option)
        data = interactions.command(called.command, interactions.nested(called.path, filled), resolved)
        asked = await self.responses.ask(AUTOCOMPLETE, person, channel, data, focused=parameter["type"])
        if asked.outcome.choices is None:
            raise ClientRefusal("; ".join([asked.outcome.failed or "", *asked.outcome.refused]))
        return asked.outcome.choices

    def offered(self, who: Who, where: Where, kind: int = CHAT) -> list[str]:
        """The names of the commands that the client offers there: slash commands (1), menus on people (2), on messages
        (3)."""
        person, channel = self._inside(who, where)
        return [each["name"] for each in self.commands.offered(person, channel, kind)]

    # -- menus

    async def uses(self, who: Who, message: What, name: str) -> Outcome:
        """From the menu of a message: Apps > `name`. The app gets the whole message, also without the intent."""
        person, channel, said = self._reading(who, message)
        self._awake(channel)
        if said.seen_by is not None:
            raise ClientRefusal("a message that only one person sees has no such menu")
        called = self._menu(person, channel, MESSAGE, name)
        data = interactions.menu(called, said, Resolved(self.world, person, channel.guild))
        return (await self.responses.ask(COMMAND, person, channel, data, name=called["name"])).outcome

    async def uses_on_person(self, who: Who, where: Where, target: Person | Member, name: str) -> Outcome:
        """From the menu of a person: Apps > `name`."""
        person, channel = self._at(who, where)
        called = self._menu(person, channel, USER, name)
        data = interactions.menu(called, self.world.person(target), Resolved(self.world, person, channel.guild))
        return (await self.responses.ask(COMMAND, person, channel, data, name=called["name"])).outcome

    # -- inside

    def _at(self, who: Who, where: Where) -> tuple[Person, Channel]:
        person, channel = self._inside(who, where)
        self._awake(channel)
        return person, channel

    def _awake(self, channel: Channel) -> None:
        """ "Archived threads": nobody can use commands there, https://docs.discord.com/developers/topics/threads"""
        if channel.archived:
            raise ClientRefusal("the thread is archived")

    def _typed(self, person: Person, channel: Channel, text: str) -> Typed:
        typed = self.commands.typed(person, channel, text)
        if isinstance(typed, str):
            raise ClientRefusal(typed)
        return typed

    def _menu(self, person: Person, channel: Channel, kind: int, name: str) -> Json:
        found = self.commands.menu(person, channel, kind, name)
        if found is None:
            raise ClientRefusal(f"there is no {name!r} in the menu, only {self.offered(person, channel, kind)}")
        return found

    def _filled(
        self,
        person: Person,
        channel: Channel,
        typed: Typed,
        given: Values,
        resolved: Resolved,
        *,
        focused: str | None = None,
    ) -> list[Json]:
        find = Finding(self.world, person, channel)
        file = self._uploader(channel)
        try:
            return option_values.sent(typed.parameters, given, find, resolved, file, focused=focused)
        except ValueError as error:
            raise ClientRefusal(str(error)) from None

    def _uploader(self, channel: Channel) -> Callable[[str, bytes], Attachment]:
        return lambda name, content: self.posting.attachment(channel, name, content)

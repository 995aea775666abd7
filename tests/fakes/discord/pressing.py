"""What people do with buttons, selects and modals.

Each waits until the app acknowledged (or did not in time) and returns what the person got. What comes later by its
token is added to the same Outcome.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes.discord import filling, interactions
from tests.fakes.discord.calling import Calling, Values
from tests.fakes.discord.component_tables import BUTTON, LINK, PREMIUM, SELECTS, STRING_SELECT, TEXT_DISPLAY, every
from tests.fakes.discord.interactions import COMPONENT, SUBMIT, Interaction, Resolved
from tests.fakes.discord.modal_checks import fields
from tests.fakes.discord.option_values import Finding
from tests.fakes.discord.people import ClientRefusal, What
from tests.fakes.discord.reading import Reader, label
from tests.fakes.discord.state import Channel, Json, Message, Modal, Outcome, Person
from tests.fakes.discord.world import Who


class Pressing(Calling):
    reader: Reader

    async def presses(self, who: Who, on: What, button: str) -> Outcome:
        """Presses a button, by its label or custom_id (the last such one), on a message that the person sees.

        A link or a purchase leads elsewhere and tells the app nothing: the Outcome stays empty. A disabled button
        cannot be pressed.
        """
        used = self._control(who, on, button, lambda each: each["type"] == BUTTON, label)
        if used["style"] in (LINK, PREMIUM):
            return Outcome()
        return await self._used(who, on, used, None)

    async def chooses(self, who: Who, on: What, select: str, values: Any) -> Outcome:
        """Chooses in a select, by its placeholder or custom_id. `values`: one or several, options by label or value,
        people, channels and roles by object, id or name."""
        used = self._control(who, on, select, lambda each: each["type"] in SELECTS, _placeholder)
        return await self._used(who, on, used, filling.plain(values))

    async def _used(self, who: Who, on: What, used: Json, chosen: list[Any] | None) -> Outcome:
        person, channel, said = self._reading(who, on)
        self._wakes(person, channel)
        resolved = Resolved(self.world, person, channel.guild)
        values: list[str] | None = None
        if chosen is not None:
            least, most = filling.bounds(used)
            if not least <= len(chosen) <= most:
                raise ClientRefusal(f"between {least} and {most} must be chosen, not {len(chosen)}")
            try:
                if used["type"] == STRING_SELECT:
                    chosen = [filling.option(used["options"], each) for each in chosen]
                find = Finding(self.world, person, channel)
                values = filling.values(used, chosen, find, resolved, self._uploader(channel))
            except ValueError as error:
                raise ClientRefusal(str(error)) from None
        data = interactions.component(used, values, resolved)
        return (await self.responses.ask(COMPONENT, person, channel, data, message=said)).outcome

    def _wakes(self, person: Person, channel: Channel) -> None:
        """In a thread that is locked nothing can be pressed: https://github.com/discord/discord-api-docs/issues/7900.
        One that sleeps the client wakes first, which takes somebody who is in it:
        https://github.com/discord/discord-api-docs/issues/8474 (both as of 2026-11-26)."""
        if channel.locked:
            raise ClientRefusal("the thread is locked")
        if channel.archived:
            if person.id not in channel.members:
                raise ClientRefusal("An error occurred, please try again.")
            self.opening.archive(channel, archived=False)

    def _control(
        self, who: Who, on: What, wanted: str, fits: Callable[[Json], bool], named: Callable[[Json], str]
    ) -> Json:
        _, _, said = self._reading(who, on)
        if said.author is not self.world.bot:
            raise ClientRefusal("only messages of the app have controls")
        there = [each for each, _ in every(said.components) if fits(each)]
        found = [each for each in there if wanted in (named(each), each.get("custom_id"))]
        if not found:
            raise ClientRefusal(f"there is no {wanted!r}, only {[named(each) for each in there]}")
        if found[-1].get("disabled"):
            raise ClientRefusal(f"{wanted!r} is disabled")
        return found[-1]

    # -- modals

    def modal(self, who: Who) -> Modal | None:
        """The modal that is open before them; there is only one at a time."""
        return self.responses.modals.get(self.world.person(who).id)

    def fills(self, who: Who, modal: Modal, values: Values) -> None:
        """Puts values into fields without sending. Keys: the label of the field, or the custom_id. Values: text for a
        text field; label or value of an option, or a list of them; people, channels and roles by object, id or name;
        True for a checkbox; `(name, content)` for files; None empties."""
        self._open(who, modal)
        there = list(fields(modal.body))
        for key, value in values.items():
            found = [field for said, field in there if key in (said, field["custom_id"])]
            if not found:
                raise ClientRefusal(f"there is no field {key!r}, only {[said for said, _ in there]}")
            try:
                modal.filled[found[-1]["custom_id"]] = filling.put(found[-1], value)
            except ValueError as error:
                raise ClientRefusal(f"{key}: {error}") from None

    async def submits(self, who: Who, modal: Modal, values: Values | None = None) -> Outcome:
        """Sends a modal; fields that are not named keep what stands in them.

        What the client itself refuses (a required field empty, too long) comes back in `errors`, by label, with
        `checked` True, and nothing is sent. When the app does not answer in time it stays open.
        """
        self.fills(who, modal, values or {})
        person, stands = self.world.person(who), self._standing(modal)
        said = {named: filling.unfinished(field, stands[field["custom_id"]]) for named, field in fields(modal.body)}
        errors = {named: words for named, words in said.items() if words is not None}
        if errors:
            return Outcome(modal=modal, errors=errors, checked=True)
        opener = self.responses.opener(modal)
        channel = self.world.channels.get(opener.channel.id)
        if channel is None:
            raise ClientRefusal("the channel is gone")
        resolved, find = Resolved(self.world, person, channel.guild), Finding(self.world, person, channel)
        try:
            sent = {
                field["custom_id"]: filling.sent(
                    field, stands[field["custom_id"]], find, resolved, self._uploader(channel)
                )
                for _, field in fields(modal.body)
            }
        except ValueError as error:
            raise ClientRefusal(str(error)) from None
        data = interactions.submission(modal, sent, resolved)
        message = self._origin(opener)
        return (await self.responses.ask(SUBMIT, person, channel, data, message=message, modal=modal)).outcome

    def _origin(self, opener: Interaction) -> Message | None:
        """The message that the modal was opened from, where it still stands."""
        message = opener.message
        return message if message is not None and self.responses.stands(message) else None

    async def closes(self, who: Who, modal: Modal) -> None:
        """Cancels it. The app is told nothing."""
        self._open(who, modal)
        del self.responses.modals[modal.person]

    def modal_fields(self, modal: Modal) -> dict[str, Json]:
        """By label: `{"custom_id", "type", "value", "options": {value: label}, "required", "description",
        "placeholder"}`. `value` is as `submits` takes it."""
        stands = self._standing(modal)
        beside = {
            each["component"]["custom_id"]: each.get("description") or ""
            for each in modal.body["components"]
            if "component" in each
        }
        return {
            said: {
                "custom_id": field["custom_id"],
                "type": field["type"],
                "value": stands[field["custom_id"]],
                "options": {each["value"]: each["label"] for each in field.get("options") or ()},
                "required": field.get("required") is not False,
                "description": beside.get(field["custom_id"], ""),
                "placeholder": field.get("placeholder") or "",
            }
            for said, field in fields(modal.body)
        }

    def modal_text(self, modal: Modal) -> str:
        """What a reader sees of it: title, words, labels and what stands below them."""
        lines = [modal.title]
        for top in modal.body["components"]:
            if top["type"] == TEXT_DISPLAY:
                lines.append(self.reader.words(top["content"]))
            else:
                lines += [top.get("label") or top["components"][0]["label"], top.get("description") or ""]
        return "\n".join(each for each in lines if each)

    def _standing(self, modal: Modal) -> dict[str, Any]:
        return {field["custom_id"]: filling.start(field) for _, field in fields(modal.body)} | modal.filled

    def _open(self, who: Who, modal: Modal) -> None:
        if self.modal(who) is not modal:
            raise ClientRefusal("this modal is not open")


def _placeholder(select: Json) -> str:
    return select.get("placeholder") or ""

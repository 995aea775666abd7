"""What an answer does: makes a message, changes one, opens a modal, gives choices.

https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object, as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.fakes.discord import attaching, interactions, shapes
from tests.fakes.discord.command_checks import choice
from tests.fakes.discord.component_checks import empty, message_faults
from tests.fakes.discord.errors import DiscordError
from tests.fakes.discord.events import Intent
from tests.fakes.discord.form_checks import Shape, many, nested
from tests.fakes.discord.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMIT, Interaction
from tests.fakes.discord.modal_checks import modal_faults
from tests.fakes.discord.state import COMPONENTS_V2, EPHEMERAL, LOADING, Channel, Json, Message
from tests.fakes.discord.uploads import Sent

if TYPE_CHECKING:
    from tests.fakes.discord_server import DiscordServer

MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
NAMES = {
    MESSAGE: "message",
    DEFERRED: "deferred",
    DEFERRED_UPDATE: "deferred update",
    UPDATE: "updated",
    CHOICES: "choices",
    MODAL: "modal",
}
SETTABLE = 4 | 1 << 12 | 1 << 13 | COMPONENTS_V2
"""The flags that an answer may set beside EPHEMERAL; others are overlooked."""

Files = Mapping[str, Sent]


def allowed(interaction: Interaction) -> set[int]:
    """The types of answer that this may have. A modal does not answer a modal; what concerns the message "for
    components" needs one, which a modal that was opened from a component has."""
    if interaction.kind == AUTOCOMPLETE:
        return {CHOICES}
    types = {MESSAGE, DEFERRED}
    if interaction.kind == COMPONENT or (interaction.kind == SUBMIT and interaction.message is not None):
        types |= {DEFERRED_UPDATE, UPDATE}
    if interaction.kind in (COMMAND, COMPONENT):
        types.add(MODAL)
    return types


class Answering:
    def __init__(self, discord: DiscordServer) -> None:
        self._discord = discord
        self._world = discord.world

    def first(self, interaction: Interaction, body: Json, files: Files) -> Message | None:
        """Carries out a first answer. The message that it made or changed."""
        kind, data = body.get("type"), body.get("data") or {}
        if isinstance(kind, bool) or kind not in allowed(interaction):
            told = ", ".join(map(str, sorted(allowed(interaction))))
            said = {"code": "BASE_TYPE_CHOICES", "message": f"Value must be one of {{{told}}}."}
            raise DiscordError(50035, errors={"type": {"_errors": [said]}})
        message: Message | None = None
        match kind:
            case 4:
                message = interaction.original = self.make(interaction, data, files, within="data")
            case 5:
                message = interaction.original = self._thinking(interaction, data)
            case 6:
                interaction.original = interaction.message
            case 7:
                assert interaction.message is not None
                message = interaction.original = interaction.message
                self.change(interaction, message, data, files, within="data")
            case 8:
                self._choices(interaction, data)
            case 9:
                _refuse(modal_faults(data), "data")
                self._discord.responses.opens(interaction, data)
        interaction.outcome.answered = NAMES[kind]
        return message

    def make(self, interaction: Interaction, body: Json, files: Files, *, within: str = "") -> Message:
        """A new message that answers it: ephemeral when its flags say so, and then for its person only."""
        _refuse(message_faults(body, files=attaching.names(body, files)), within)
        if empty(body, files=list(files)):
            raise DiscordError(50006)
        flags = body.get("flags") or 0
        message = self._put(
            interaction,
            flags,
            content=body.get("content") or "",
            components=body.get("components") or [],
            embeds=body.get("embeds") or [],
            attachments=attaching.attachments(self._discord, interaction.channel, body, files),
            allowed=body.get("allowed_mentions"),
        )
        self._discord.responses.shows(interaction, message)
        return message

    def change(self, interaction: Interaction, message: Message, body: Json, files: Files, *, within: str = "") -> None:
        """Changes a message: fields that are given. Ephemeral it stays, or not; a layout stays a layout."""
        if message.seen_by is None:
            _awake(self._world.channels[message.channel], True)
        kept = message.attachments
        names = attaching.names(body, files, kept)
        _refuse(message_faults(body, files=names, flags=message.flags, edited=True), within)
        flags = (message.flags & ~LOADING) | ((body.get("flags") or 0) & SETTABLE)
        after = {
            "content": body.get("content") if "content" in body else message.content,
            "components": body.get("components") if "components" in body else message.components,
            "embeds": body.get("embeds") if "embeds" in body else message.embeds,
        }
        if flags & COMPONENTS_V2 and (after["content"] or after["embeds"]):
            # what stood there must be emptied: https://github.com/discord/discord-api-docs/issues/7500
            _refuse(message_faults(after, files=names, flags=flags, edited=True), within)
        attached = kept
        if files or body.get("attachments") is not None:
            attached = attaching.attachments(self._discord, interaction.channel, body, files, kept)
        if empty(after, files=[each.filename for each in attached]):
            raise DiscordError(50006)
        self._discord.posting.change(
            message,
            content=None if "content" not in body else body["content"] or "",
            components=None if "components" not in body else body["components"] or [],
            embeds=None if "embeds" not in body else body["embeds"] or [],
            attachments=attached,
            flags=flags,
            allowed=body.get("allowed_mentions"),
        )
        self._discord.responses.shows(interaction, message)

    def _thinking(self, interaction: Interaction, data: Json) -> Message:
        flags = data.get("flags") or 0
        if flags & ~EPHEMERAL:
            # "the only valid message flag you may use is EPHEMERAL"
            said = {"code": "BITFIELD_TYPE_INVALID", "message": "Only EPHEMERAL can be set on a deferred response"}
            raise DiscordError(50035, errors={"data": {"flags": {"_errors": [said]}}})
        message = self._put(interaction, flags | LOADING, loading=True)
        self._discord.responses.shows(interaction, message)
        return message

    def _put(self, interaction: Interaction, flags: int, *, loading: bool = False, **what: Any) -> Message:
        posting, place = self._discord.posting, interaction.channel
        about = interactions.metadata(self._world, interaction)
        kept = flags & (SETTABLE | LOADING)
        if flags & EPHEMERAL:
            what.pop("allowed", None)
            who = interaction.person
            whisper = posting.whisper(place, who, flags=kept, interaction=about, loading=loading, **what)
            self._overheard(whisper)
            return whisper
        _awake(place, place.locked)
        return posting.post(place, self._world.bot, flags=kept, interaction=about, loading=loading, **what)

    def _overheard(self, whisper: Message) -> None:
        """The app hears of its own ephemeral messages as if they were direct ones: without `guild_id` and `member`, and
        with the intent for direct messages (https://github.com/discord/discord-api-docs/issues/4557, 2026-11-26)."""
        shape = shapes.message(self._world, whisper, event=True)
        shape = {name: value for name, value in shape.items() if name not in ("guild_id", "member", "channel_type")}
        self._discord.events.dispatch("MESSAGE_CREATE", shape, needs=Intent.DIRECT_MESSAGES)

    def _choices(self, interaction: Interaction, data: Json) -> None:
        """At most 25: https://docs.discord.com/developers/interactions/receiving-and-responding"""
        shape = Shape({"choices": many(choice(interaction.focused), 25)})
        _refuse(nested(shape.check(data, ("data",))))
        interaction.outcome.choices = list(data["choices"])


def _awake(place: Channel, matters: bool) -> None:
    """A new message wakes a thread that is not locked; in one that sleeps nothing can be changed:
    https://docs.discord.com/developers/topics/threads#active-archived-threads. The code is as people report it:
    https://github.com/discord/discord-api-docs/issues/5517"""
    if place.archived and matters:
        raise DiscordError(50083)


def _refuse(faults: Json, within: str = "") -> None:
    if faults:
        raise DiscordError(50035, errors={within: faults} if within else faults)

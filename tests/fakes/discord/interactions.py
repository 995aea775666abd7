"""What the gateway sends when a person calls a command or uses a component of the app, with all the fields it sends.

https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object, as of 2026-11-26.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.discord import permissions, shapes
from tests.fakes.discord.state import Attachment, Channel, Json, Member, Message, Modal, Outcome, Person, Role
from tests.fakes.discord.uploads import MOST_BYTES
from tests.fakes.discord.world import World

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5


@dataclass(eq=False)
class Interaction:
    """One act that the app has to answer, from the moment it is sent until its token is worth nothing."""

    id: str
    token: str
    kind: int
    person: Person
    channel: Channel
    outcome: Outcome
    made: float
    """When, in seconds since 1970: its token works for fifteen minutes."""
    name: str = ""
    """Of the command, for `interaction_metadata`."""
    message: Message | None = None
    """On which the component stands, also of the modal that it opened."""
    modal: Modal | None = None
    """The modal that is sent by this."""
    answered: int | None = None
    """The type of the first answer."""
    focused: int = 3
    """Of an autocomplete: the type of the option that is typed in."""
    dead: bool = False
    """Not answered in time."""
    original: Message | None = None
    """What `@original` is."""
    followups: dict[str, Message] = field(default_factory=dict)
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Resolved:
    """The people, channels, roles, messages and files that an interaction names, by id."""

    world: World
    reader: Person
    guild: str | None
    found: dict[str, Json] = field(default_factory=dict)

    def add(self, thing: Person | Member | Channel | Role | Message | Attachment) -> str:
        """Its id."""
        match thing:
            case Member():
                return self.add(thing.person)
            case Person():
                self._put("users", thing.id, shapes.user(thing))
                member = self.world.member(thing, self.guild)
                if member is not None:
                    self._put("members", thing.id, self.member(member))
            case Channel():
                self._put("channels", thing.id, channel(self.world, self.reader, thing))
            case Role():
                self._put("roles", thing.id, shapes.role(thing))
            case Message():
                self._put("messages", thing.id, shapes.message(self.world, thing))
            case Attachment():
                self._put("attachments", thing.id, {**shapes.attachment(thing), "ephemeral": True})
        return thing.id

    def member(self, member: Member) -> Json:
        """Partial: without `user`, `deaf` and `mute`, and with what they may do."""
        shape = shapes.member(member, with_user=False)
        del shape["deaf"], shape["mute"]
        total = permissions.in_guild(self.world.guild(member.guild), member)
        return {**shape, "permissions": str(int(total))}

    def _put(self, kind: str, id_: str, shape: Json) -> None:
        self.found.setdefault(kind, {})[id_] = shape

    def into(self, data: Json) -> Json:
        return {**data, "resolved": self.found} if self.found else data


PARTIAL_CHANNEL = (
    *("id", "name", "type", "last_message_id", "last_pin_timestamp", "nsfw", "parent_id", "guild_id", "flags"),
    *("rate_limit_per_user", "topic", "position", "recipients", "thread_metadata", "owner_id", "applied_tags"),
    *("member_count", "message_count", "total_message_sent"),
)


def channel(world: World, reader: Person, place: Channel) -> Json:
    """Partial, with what the person may do there:
    https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure
    """
    whole = shapes.channel(world, place)
    shape = {name: whole[name] for name in PARTIAL_CHANNEL if name in whole}
    return {**shape, "permissions": str(int(world.rights(reader, place)))}


def payload(world: World, interaction: Interaction, data: Json) -> Json:
    """`INTERACTION_CREATE`."""
    person, place = interaction.person, interaction.channel
    guild = world.guild_of(place)
    body: Json = {
        "id": interaction.id,
        "application_id": world.app.id,
        "type": interaction.kind,
        "token": interaction.token,
        "version": 1,
        "data": data,
        "channel_id": place.id,
        "channel": channel(world, person, place),
        "locale": person.locale,
        "app_permissions": str(int(world.rights(world.bot, place))),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "attachment_size_limit": MOST_BYTES,
        "context": 1 if guild is None else 0,
        # "If the key is GUILD_INSTALL … "0" if the interaction is triggered from a DM with the app's bot user"
        "authorizing_integration_owners": {"0": "0" if guild is None else guild.id},
    }
    if guild is None:
        body["user"] = shapes.user(person)
    else:
        member = {**shapes.member(guild.members[person.id]), "permissions": str(int(world.rights(person, place)))}
        body |= {
            "guild_id": guild.id,
            "guild": {"id": guild.id, "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "member": member,
        }
    if interaction.message is not None:
        body["message"] = shapes.message(world, interaction.message)
    return body


def metadata(world: World, interaction: Interaction) -> Json:
    """`interaction_metadata` of what answers it:
    https://docs.discord.com/developers/resources/message#message-interaction-metadata-object"""
    body: Json = {
        "id": interaction.id,
        "type": interaction.kind,
        "user": shapes.user(interaction.person),
        "authorizing_integration_owners": {"0": interaction.channel.guild or "0"},
    }
    if interaction.name:
        body["name"] = interaction.name
    if interaction.kind == COMPONENT and interaction.message is not None:
        body["interacted_message_id"] = interaction.message.id
    return body


# -- data


def command(called: Json, options: list[Json], resolved: Resolved) -> Json:
    """https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-application-command-data-structure"""
    data: Json = {"id": called["id"], "name": called["name"], "type": called["type"]}
    if "guild_id" in called:
        data["guild_id"] = called["guild_id"]
    if options:
        data["options"] = options
    return resolved.into(data)


def nested(path: Iterable[Json], options: list[Json]) -> list[Json]:
    """Options under their groups and sub-command, from the outside in."""
    for each in reversed(list(path)):
        options = [{"name": each["name"], "type": each["type"], "options": options}]
    return options


def menu(called: Json, target: Person | Message, resolved: Resolved) -> Json:
    target_id = resolved.add(target)
    return {**command(called, [], resolved), "target_id": target_id}


def component(used: Json, values: list[str] | None, resolved: Resolved) -> Json:
    """https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-message-component-data-structure"""
    data: Json = {"component_type": used["type"], "custom_id": used["custom_id"], "id": used["id"]}
    if values is not None:
        data["values"] = values
    return resolved.into(data)


def submission(modal: Modal, filled: Mapping[str, Any], resolved: Resolved) -> Json:
    """https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure

    `filled`: by custom_id, `{"value": …}` or `{"values": […]}`.
    """
    data = {"custom_id": modal.custom_id, "components": [_sent(each, filled) for each in modal.body["components"]]}
    return resolved.into(data)


def _sent(component: Json, filled: Mapping[str, Any]) -> Json:
    shape: Json = {"type": component["type"], "id": component["id"]}
    if "component" in component:
        shape["component"] = _sent(component["component"], filled)
    if "components" in component:
        shape["components"] = [_sent(each, filled) for each in component["components"]]
    if "custom_id" in component:
        shape |= {"custom_id": component["custom_id"], **filled[component["custom_id"]]}
    return shape

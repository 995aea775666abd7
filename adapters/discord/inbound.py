"""What people do with Kring in Discord, as an event for the door. Pure: the same payload is the same event.

Shapes: https://docs.discord.com/developers/interactions/receiving-and-responding (2026-11-26); samples in
tests/adapters/discord/payloads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from adapters.discord import PLATFORM, commands, controls
from adapters.discord.custom_ids import CustomId
from adapters.discord.custom_ids import unpack as custom_id
from adapters.discord.fields import Parts, sent_parts
from adapters.discord.happened import Happened
from adapters.discord.origin import Origin, Via
from adapters.discord.people import is_person, language_of
from adapters.discord.servers import THREADS
from bot.chat.actions import Action
from bot.chat.events import ButtonPressed, ByPerson, ChoiceMade, CommandCalled, ShortcutUsed
from bot.chat.names import Account, MessageRef, Profile, Thread

Payload = Mapping[str, Any]

TYPING = 4
"""The type of an interaction that only a list of choices answers."""
ASK_AGAIN = "discord.ask"
"""A button that asks, with what its id says, what was asked where no form could be opened."""
_COMMAND, _CONTROL, _FORM = 2, 3, 5
_MESSAGE_MENU = 3
_EPHEMERAL = 1 << 6


@dataclass(frozen=True, slots=True)
class Arrived:
    """Something for the door, and where its answer goes."""

    event: ByPerson
    origin: Origin


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody is typing an option and wants to see what there is to choose from."""

    asked: commands.Asked | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Submitted:
    """One modal of a form was sent: perhaps not the last one."""

    form: CustomId
    parts: Parts
    origin: Origin
    profile: Profile | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A step of a form that is kept is to be shown."""

    action: Action
    step: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class Declined:
    """Somebody said no to the question before a press: nothing is to be done."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Strange:
    """An interaction that nothing here belongs to, such as a button of an older Kring."""

    origin: Origin


Understood = Arrived | Typing | Submitted | Opened | Declined | Strange


def understand(payload: Payload, happened: Happened, server: str, profile: Profile | None, now: datetime) -> Understood:
    """What somebody did. `server` is where it counts, and `profile` what is known of them there: in a direct
    conversation Discord says neither."""
    origin = origin_of(payload, server)
    data = payload.get("data") or {}
    match payload["type"]:
        case n if n == _COMMAND and data.get("type") == _MESSAGE_MENU:
            return _shortcut(payload, happened, origin, profile, now)
        case n if n == _COMMAND:
            text, options = commands.called(data)
            called = CommandCalled(_id(payload), now, origin.account, origin.place, text, options, profile)
            return Arrived(called, replace(origin, asked=_as_typed(text, options)))
        case n if n == _CONTROL:
            return _used(payload, origin, profile, now)
        case n if n == TYPING:
            return Typing(commands.asked(data), origin)
        case n if n == _FORM:
            try:
                form = custom_id(data.get("custom_id", ""))
            except ValueError:
                return Strange(origin)
            return Submitted(form, sent_parts(data), origin, profile)
        case _:
            return Strange(origin)


def _used(
    payload: Payload, origin: Origin, profile: Profile | None, now: datetime
) -> Arrived | Opened | Declined | Strange:
    account, place, id_ = origin.account, origin.place, _id(payload)
    match controls.used(payload["data"]):
        case controls.Pressed(action=action) if action.name == ASK_AGAIN:
            called = CommandCalled(id_, now, account, place, action.id, profile=profile)
            return Arrived(called, replace(origin, asked=action.id))
        case controls.Pressed(action=action):
            return Arrived(ButtonPressed(id_, now, account, place, action, _ref(origin), profile), origin)
        case controls.Chosen(action=action, values=values):
            return Arrived(ChoiceMade(id_, now, account, place, action, values, _ref(origin), profile), origin)
        case controls.Opened(action=action, step=step):
            return Opened(action, step, origin)
        case controls.Declined():
            return Declined(origin)
        case None:
            return Strange(origin)


def _shortcut(
    payload: Payload, happened: Happened, origin: Origin, profile: Profile | None, now: datetime
) -> Arrived | Strange:
    """A message with its words comes along, whether Discord lets Kring read messages or not."""
    data = payload["data"]
    name = commands.shortcut(data)
    message = (data.get("resolved", {}).get("messages") or {}).get(data.get("target_id"))
    if name is None or message is None:
        return Strange(origin)
    author = message.get("author") or {}
    account = Account(origin.space, author["id"]) if is_person(author) and not message.get("webhook_id") else None
    text = happened.words(message | {"guild_id": origin.server})
    used = ShortcutUsed(_id(payload), now, origin.account, name, _named(origin, message["id"]), text, account, profile)
    return Arrived(used, origin)


def origin_of(payload: Payload, server: str = "") -> Origin:
    """Where an interaction comes from. Its answer finds its way also where the `server` is not known yet."""
    channel, message = payload.get("channel") or {}, payload.get("message") or {}
    in_thread = channel.get("type") in THREADS
    member, locale = payload.get("member") or {}, payload.get("locale")
    vias: Mapping[int, Via] = {_CONTROL: "message", _FORM: "form"}
    data = payload.get("data") or {}
    is_menu = payload["type"] == _COMMAND and data.get("type") == _MESSAGE_MENU
    return Origin(
        server=server,
        user=(member.get("user") or payload.get("user") or {})["id"],
        via="menu" if is_menu else vias.get(payload["type"], "command"),
        channel=payload.get("channel_id") or channel.get("id") or "",
        parent=channel.get("parent_id") or "" if in_thread else "",
        direct="guild_id" not in payload,
        interaction=payload["id"],
        token=payload["token"],
        app=payload["application_id"],
        message=message.get("id") or "",
        alone=bool(message.get("flags", 0) & _EPHEMERAL),
        language=language_of(locale),
    )


def _ref(origin: Origin) -> MessageRef | None:
    return _named(origin, origin.message) if origin.message else None


def _named(origin: Origin, message: str) -> MessageRef:
    place = origin.place
    return MessageRef(place.channel, message, place.id) if isinstance(place, Thread) else MessageRef(place, message)


def _as_typed(text: str, options: tuple[tuple[str, str], ...]) -> str:
    """The command in one line, as the parser of commands reads it."""
    return " ".join([text, *(f'{name}="{value.replace(chr(34), chr(39))}"' for name, value in options)]).strip()


def _id(payload: Payload) -> str:
    return f"{PLATFORM}/{payload['id']}"

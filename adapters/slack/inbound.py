"""What came from Slack, as an event for the door. Pure: the same payload is the same event.

Shapes: https://docs.slack.dev/reference/events, https://docs.slack.dev/reference/interaction-payloads and
https://docs.slack.dev/interactivity/implementing-slash-commands (2026-11-25); samples in tests/adapters/slack/payloads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from adapters.slack import PLATFORM, reading
from adapters.slack.happened import told
from adapters.slack.modals import given_values, sent_values
from adapters.slack.origin import RESPONSE_URL_LASTS, Origin, Via, unpack
from bot.chat.actions import Action
from bot.chat.actions import unpack as to_action
from bot.chat.events import ButtonPressed, ChoiceMade, CommandCalled, Event, FormSent, ShortcutUsed
from bot.chat.forms import Raw
from bot.chat.names import Account, Channel, MessageRef, Space

Payload = Mapping[str, Any]

ASK_AGAIN = "slack.ask"
"""A button that asks, with what its value says, what was typed where no form could be opened."""
_BETWEEN_PEOPLE = ("directmessage", "mpdm-")
"""What Slack calls the conversations of two or a few people: nothing can be posted there for all to see."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Something for the door, and where its answer goes."""

    event: Event
    origin: Origin


@dataclass(frozen=True, slots=True)
class Closed:
    """A form was closed before it was sent; what was filled in."""

    origin: Origin
    action: Action
    values: tuple[tuple[str, Raw], ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """Kring was taken out of the workspace, or its token is no longer good."""

    team: str


def understand(
    body: Payload, *, team: str, bot_user: str, now: datetime, name: reading.Name
) -> Arrived | Closed | Removed | None:
    """What the payload says; None for what is none of Kring's business. `name` knows people by their ids."""
    match body:
        case {"type": "event_callback", "event": {"type": "app_uninstalled" | "tokens_revoked"}}:
            return Removed(team)
        case {"type": "event_callback", "event": event}:
            arrived = told(event, f"{PLATFORM}/{body['event_id']}", team=team, bot_user=bot_user, now=now, name=name)
            return arrived and Arrived(*arrived)
        case {"command": str(), "trigger_id": str()}:
            return _command(body, team, now)
        case {"type": "block_actions", "actions": [action, *_]}:
            return _acted(body, action, team, now)
        case {"type": "view_submission"}:
            return _sent(body, team, now)
        case {"type": "view_closed"}:
            return _closed(body, team)
        case {"type": "message_action"}:
            return _shortcut(body, team, now, name)
        case _:
            return None


def _command(body: Payload, team: str, now: datetime) -> Arrived:
    text = reading.command(body.get("text", "")).strip()
    origin = Origin(
        team,
        body["user_id"],
        "command",
        channel=body["channel_id"],
        direct=body.get("channel_name", "").startswith(_BETWEEN_PEOPLE),
        asked=text,
        **_ways(body, now),
    )
    return Arrived(CommandCalled(_id(body), now, origin.account, origin.place, text), origin)


def _acted(body: Payload, pressed: Payload, team: str, now: datetime) -> Arrived | None:
    action = _action(pressed.get("action_id", ""))
    if action is None:  # a link: Slack tells us of it too
        return None
    origin, message = _where(body, team, now)
    id_, account, place = _id(body), origin.account, origin.place
    if action.name == ASK_AGAIN:
        text = pressed.get("value", "")
        return Arrived(CommandCalled(id_, now, account, place, text), replace(origin, asked=text))
    match pressed:
        case {"type": "button"}:
            return Arrived(ButtonPressed(id_, now, account, place, action, message), origin)
        case {"selected_option": option}:
            values = (option["value"],) if option else ()
        case {"selected_options": options}:
            values = tuple(option["value"] for option in options)
        case _:
            return None
    return Arrived(ChoiceMade(id_, now, account, place, action, values, message), origin)


def _where(body: Payload, team: str, now: datetime) -> tuple[Origin, MessageRef | None]:
    """Where a control was used: on a message, in a modal, or on the person's page."""
    user, trigger = body["user"]["id"], body["trigger_id"]
    view = body.get("view")
    if view is not None:
        metadata = view.get("private_metadata", "")
        if view["type"] == "home":
            return unpack(metadata, team=team, user=user, via="home", trigger=trigger, view=""), None
        return unpack(metadata, team=team, user=user, via="modal", trigger=trigger, view=view["id"]), None
    container, message = body["container"], body.get("message") or {}
    thread = container.get("thread_ts") or message.get("thread_ts")
    origin = _on(body, "message", team, now, container["channel_id"], container["message_ts"], thread)
    return origin, _ref(origin)


def _sent(body: Payload, team: str, now: datetime) -> Arrived | None:
    view, form = body["view"], _form(body, team)
    if form is None:
        return None
    action, origin = form
    return Arrived(FormSent(_id(body), now, origin.account, origin.place, action, sent_values(view)), origin)


def _closed(body: Payload, team: str) -> Closed | None:
    view, form = body["view"], _form(body, team)
    if form is None:
        return None
    action, origin = form
    before = dict(given_values(view))
    values = tuple(each for each in (sent_values(view) if view.get("state") else ()) if before.get(each[0]) != each[1])
    return Closed(origin, action, values)


def _shortcut(body: Payload, team: str, now: datetime, name: reading.Name) -> Arrived:
    message = body["message"]
    origin = _on(body, "shortcut", team, now, body["channel"]["id"], message["ts"], message.get("thread_ts"))
    author = message.get("user")
    event = ShortcutUsed(
        _id(body),
        now,
        origin.account,
        body["callback_id"],
        _ref(origin),
        reading.words(message.get("text", ""), name),
        Account(Space(PLATFORM, team), author) if author and not message.get("bot_id") else None,
    )
    return Arrived(event, origin)


def _form(body: Payload, team: str) -> tuple[Action, Origin] | None:
    """Which form that is, and where it was opened; None for a view without one."""
    view = body["view"]
    action = _action(view.get("callback_id", ""))
    metadata, user, trigger = view.get("private_metadata", ""), body["user"]["id"], body.get("trigger_id", "")
    origin = unpack(metadata, team=team, user=user, via="form", trigger=trigger, view=view["id"])
    return (action, origin) if action is not None else None


def _action(packed: str) -> Action | None:
    try:
        return to_action(packed)
    except ValueError:
        return None


def _on(body: Payload, via: Via, team: str, now: datetime, channel: str, message: str, thread: str | None) -> Origin:
    """On a message. A thread's first message names itself as its thread."""
    return Origin(
        team,
        body["user"]["id"],
        via,
        channel=channel,
        thread=thread if thread and thread != message else "",
        direct=channel.startswith("D"),
        message=message,
        **_ways(body, now),
    )


def _ways(body: Payload, now: datetime) -> dict[str, Any]:
    """By which an answer may go, and for how long."""
    return {
        "response_url": body.get("response_url", ""),
        "answers_until": now.timestamp() + RESPONSE_URL_LASTS,
        "trigger": body["trigger_id"],
    }


def _ref(origin: Origin) -> MessageRef:
    """The message that was acted on."""
    return MessageRef(
        Channel(origin.space, origin.channel, direct=origin.direct), origin.message, origin.thread or None
    )


def _id(body: Payload) -> str:
    """A trigger belongs to one act; for the rare payload without one, what was acted on."""
    trigger = body.get("trigger_id")
    return (
        f"{PLATFORM}/{trigger}" if trigger else f"{PLATFORM}/view/{body['view']['id']}/{body['view'].get('hash', '')}"
    )

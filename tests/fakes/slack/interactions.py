"""What Slack sends when a person calls a command or uses a surface of the app, with all the fields it sends.

https://docs.slack.dev/reference/interaction-payloads
"""

from __future__ import annotations

from tests.fakes.slack import shapes
from tests.fakes.slack.fields import PLACES
from tests.fakes.slack.state import Channel, Json, Message, Person, View
from tests.fakes.slack.world import World


def _name(person: Person) -> str:
    return person.name.casefold().replace(" ", ".")


def _channel_name(channel: Channel) -> str:
    return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)


def command(
    world: World, person: Person, channel: Channel, name: str, text: str, response_url: str, trigger: str
) -> Json:
    """https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling"""
    return {
        "token": world.app.verification_token,
        "team_id": person.team,
        "team_domain": world.space_of(person).domain,
        "channel_id": channel.id,
        "channel_name": _channel_name(channel),
        "user_id": person.id,
        "user_name": _name(person),
        "command": name,
        "text": text,
        "api_app_id": world.app.id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }


def _shared(world: World, person: Person, kind: str) -> Json:
    space = world.space_of(person)
    home = person.home_team or person.team
    return {
        "type": kind,
        "user": {"id": person.id, "username": _name(person), "name": _name(person), "team_id": home},
        "api_app_id": world.app.id,
        "token": world.app.verification_token,
        "team": {"id": space.id, "domain": space.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _without_app(body: Json) -> Json:
    """Shortcuts do not name the app: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload"""
    return {name: value for name, value in body.items() if name != "api_app_id"}


def on_message(world: World, person: Person, message: Message, action: Json, response_url: str, trigger: str) -> Json:
    """`block_actions` of a message: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    channel = world.channel(message.channel)
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.seen_by is not None,
    }
    if message.thread or message.replies:
        container["thread_ts"] = message.thread or message.ts
    body = _shared(world, person, "block_actions") | {
        "container": container,
        "trigger_id": trigger,
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "state": {"values": message.state},
        "response_url": response_url,
        "actions": [action],
    }
    # of an ephemeral message the app is only told where it stands
    return body if message.seen_by is not None else body | {"message": shapes.message(world, message)}


def on_view(world: World, person: Person, view: View, action: Json, trigger: str) -> Json:
    """`block_actions` of a modal or of the home page."""
    return _shared(world, person, "block_actions") | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": trigger,
        "view": shapes.view(world, view),
        "actions": [action],
    }


def submission(world: World, person: Person, view: View, trigger: str) -> Json:
    """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    more = {"trigger_id": trigger, "view": shapes.view(world, view), "response_urls": []}
    return _shared(world, person, "view_submission") | more


def closing(world: World, person: Person, view: View, *, cleared: bool) -> Json:
    return _shared(world, person, "view_closed") | {"view": shapes.view(world, view), "is_cleared": cleared}


def message_shortcut(
    world: World, person: Person, message: Message, callback_id: str, response_url: str, trigger: str
) -> Json:
    """https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload"""
    channel = world.channel(message.channel)
    return _without_app(_shared(world, person, "message_action")) | {
        "action_ts": world.ids.ts(),
        "callback_id": callback_id,
        "trigger_id": trigger,
        "response_url": response_url,
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "message": shapes.message(world, message),
    }


def global_shortcut(world: World, person: Person, callback_id: str, trigger: str) -> Json:
    more = {"action_ts": world.ids.ts(), "callback_id": callback_id, "trigger_id": trigger}
    return _without_app(_shared(world, person, "shortcut")) | more


def action(world: World, block: Json, element: Json, state: Json | None) -> Json:
    """One of `actions[]`: the element, where it stands, and what was picked."""
    told = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": world.ids.ts(),
    }
    for name in ("text", "value", "style", "url", "confirm", "placeholder"):
        if name in element and not (name == "url" and element["type"] != "button"):
            told[name] = element[name]
    if state is not None:
        told |= {name: value for name, value in state.items() if name != "type"}
        initial = PLACES.get(element["type"], ("", ""))[1]
        if initial in element:
            told[initial] = element[initial]
    return told

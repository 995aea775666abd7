"""What the Events API tells the app, and who is told what.

An event is sent when the manifest subscribes to it, the installation holds its scope, and the app can see the place:
https://docs.slack.dev/apis/events-api
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from tests.fakes.slack import shapes
from tests.fakes.slack.manifests import SCOPE_OF_EVENT
from tests.fakes.slack.state import Channel, Json, Message, Person, Workspace

if TYPE_CHECKING:
    from tests.fakes.slack.world import World
    from tests.fakes.slack_server import SlackServer

CHANNEL_TYPE = {"channel": "channel", "private": "group", "im": "im", "mpim": "mpim"}
SUBSCRIPTION = {
    "channel": "message.channels",
    "private": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}


class Events:
    def __init__(self, slack: SlackServer) -> None:
        self._slack = slack

    # -- messages: https://docs.slack.dev/reference/events/message

    def posted(self, channel: Channel, message: Message) -> None:
        body = shapes.message(self._world, message, metadata=True)
        self._of_message(channel, body)
        space = self._world.space_of(channel)
        bot = space.installation.bot_user if space.installation else ""
        # https://docs.slack.dev/reference/events/app_mention: not in direct messages, not for what the app itself says
        if f"<@{bot}>" in message.text and channel.kind != "im" and message.user != bot and not message.subtype:
            mention = {name: value for name, value in body.items() if name != "parent_user_id"}
            self._send(
                space,
                "app_mention",
                mention | {"type": "app_mention", "channel": channel.id, "event_ts": message.ts},
                channel,
            )

    def changed(self, channel: Channel, message: Message, before: Json) -> None:
        """https://docs.slack.dev/reference/events/message/message_changed"""
        now = self._world.ids.ts()
        self._of_message(
            channel,
            {
                "type": "message",
                "subtype": "message_changed",
                "message": shapes.message(self._world, message, metadata=True)
                | {"source_team": message.team, "user_team": message.team},
                "previous_message": before,
                "hidden": True,
                "ts": now,
            },
        )

    def deleted(self, channel: Channel, ts: str, before: Json) -> None:
        """https://docs.slack.dev/reference/events/message/message_deleted"""
        self._of_message(
            channel,
            {
                "type": "message",
                "subtype": "message_deleted",
                "previous_message": before,
                "hidden": True,
                "deleted_ts": ts,
                "ts": self._world.ids.ts(),
            },
        )

    def _of_message(self, channel: Channel, body: Json) -> None:
        self._send(
            self._world.space_of(channel),
            SUBSCRIPTION[channel.kind],
            body | {"channel": channel.id, "event_ts": body["ts"], "channel_type": CHANNEL_TYPE[channel.kind]},
            channel,
        )

    def reacted(self, channel: Channel, message: Message, who: Person, emoji: str, *, added: bool) -> None:
        """https://docs.slack.dev/reference/events/reaction_added"""
        kind = "reaction_added" if added else "reaction_removed"
        self._send(
            self._world.space_of(channel),
            kind,
            {
                "type": kind,
                "user": who.id,
                "reaction": emoji,
                "item": {"type": "message", "channel": channel.id, "ts": message.ts},
                "item_user": message.user,
                "event_ts": self._world.ids.ts(),
            },
            channel,
        )

    # -- people and channels

    def of_person(self, kind: str, person: Person) -> None:
        """`team_join`, `user_change`: https://docs.slack.dev/reference/events/team_join"""
        now = self._world.ids.ts()
        self._send(
            self._world.space_of(person),
            kind,
            {"type": kind, "user": shapes.user(person, locale=True), "cache_ts": int(float(now)), "event_ts": now},
        )

    def membership(self, kind: str, channel: Channel, who: Person, inviter: Person | None = None) -> None:
        """https://docs.slack.dev/reference/events/member_joined_channel"""
        body: Json = {
            "type": kind,
            "user": who.id,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "channel" else "G",
            "team": who.home_team or who.team,
            "event_ts": self._world.ids.ts(),
        }
        if inviter is not None:
            body["inviter"] = inviter.id
        self._send(self._world.space_of(channel), kind, body, channel)

    def of_channel(self, change: str, channel: Channel, /, *, seen: bool | None = None, **fields: object) -> None:
        """`archive`, `rename`, `left`, …: https://docs.slack.dev/reference/events/channel_archive"""
        kind = f"{'group' if channel.kind == 'private' else 'channel'}_{change}"
        body: Json = {"type": kind, "channel": channel.id, **fields, "event_ts": self._world.ids.ts()}
        self._send(self._world.space_of(channel), kind, body, channel, seen=seen)

    def of_app(self, space: Workspace, kind: str, **fields: object) -> None:
        self._send(space, kind, {"type": kind, **fields, "event_ts": self._world.ids.ts()})

    def home_opened(self, who: Person, conversation: Channel, tab: str) -> None:
        """https://docs.slack.dev/reference/events/app_home_opened"""
        space = self._world.space_of(who)
        body: Json = {"type": "app_home_opened", "user": who.id, "channel": conversation.id, "tab": tab}
        shown = space.homes.get(who.id)
        if tab == "home" and shown is not None:
            body["view"] = shapes.view(self._world, shown)
        self._send(space, "app_home_opened", body | {"event_ts": self._world.ids.ts()})

    # -- sending

    def _send(
        self,
        space: Workspace,
        subscription: str,
        event: Json,
        channel: Channel | None = None,
        *,
        seen: bool | None = None,
    ) -> None:
        installed = space.installation
        if installed is None or installed.gone or subscription not in self._slack.app.events:
            return
        scope = SCOPE_OF_EVENT[subscription]
        if scope is not None and scope not in installed.scopes:
            return
        if channel is not None and not (installed.bot_user in channel.members if seen is None else seen):
            return
        self._slack.delivery.event(self.wrapped(space, event, channel))

    def wrapped(self, space: Workspace, event: Json, channel: Channel | None = None) -> Json:
        """The outer event: https://docs.slack.dev/apis/events-api#events-JSON"""
        world = self._world
        about = {"et": event["type"], "tid": space.id, "aid": world.app.id, "cid": channel.id if channel else None}
        return {
            "token": world.app.verification_token,
            "team_id": space.id,
            "context_team_id": space.id,
            "context_enterprise_id": None,
            "api_app_id": world.app.id,
            "event": event,
            "type": "event_callback",
            "event_id": world.ids.new("Ev"),
            "event_time": world.ids.seconds(),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": space.id,
                    "user_id": world.installation(space).bot_user,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": bool(channel and channel.shared),
            "event_context": f"4-{base64.b64encode(json.dumps(about).encode()).decode()}",
        }

    @property
    def _world(self) -> World:
        return self._slack.world

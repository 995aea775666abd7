"""How messages come to stand in channels, change and go: one place for people and for the app."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tests.fakes.slack import shapes
from tests.fakes.slack.state import Channel, Json, Message, Person, Upload

if TYPE_CHECKING:
    from tests.fakes.slack_server import SlackServer


class Posting:
    def __init__(self, slack: SlackServer) -> None:
        self._slack = slack

    def post(
        self,
        channel: Channel,
        user: str,
        text: str,
        *,
        blocks: Sequence[Json] = (),
        root: Message | None = None,
        by_app: bool = False,
        metadata: Json | None = None,
        files: Sequence[Upload] = (),
        subtype: str | None = None,
        broadcast: bool = False,
        more: Json | None = None,
    ) -> Message:
        world = self._slack.world
        message = Message(
            ts=world.ids.ts(),
            channel=channel.id,
            team=channel.team,
            user=user,
            text=text,
            blocks=self.numbered(blocks),
            thread=root.ts if root else None,
            by_app=by_app,
            metadata=metadata,
            files=list(files),
            subtype="thread_broadcast" if broadcast and root else subtype,
            more=dict(more or {}),
        )
        if by_app:
            self._slack.counters.posts += 1
            self._overhears(message)
        channel.messages[message.ts] = message
        if root is not None:
            root.replies.append(message.ts)
            if user not in root.repliers:
                root.repliers.append(user)
        self._slack.events.posted(channel, message)
        return message

    def whisper(
        self, channel: Channel, who: Person, text: str, *, blocks: Sequence[Json] = (), thread: str | None = None
    ) -> Message:
        """A message that only one person sees; no event tells of it."""
        world = self._slack.world
        bot = world.bot(world.space_of(channel))
        message = Message(
            ts=world.ids.ts(),
            channel=channel.id,
            team=channel.team,
            user=bot.id,
            text=text,
            blocks=self.numbered(blocks),
            thread=thread,
            by_app=True,
            seen_by=who.id,
        )
        channel.private.append(message)
        self._overhears(message)
        return message

    def change(
        self,
        message: Message,
        *,
        text: str,
        blocks: Sequence[Json],
        metadata: Json | None = None,
        files: Sequence[Upload] | None = None,
    ) -> None:
        world = self._slack.world
        channel = world.channel(message.channel)
        before = copy.deepcopy(shapes.message(world, message))
        message.text = text
        message.blocks = self.numbered(blocks)
        message.state.clear()
        if metadata is not None:
            message.metadata = metadata or None
        if files is not None:
            message.files = list(files)
        if message.by_app:
            self._overhears(message)
        if message.seen_by is None:
            message.edited = world.ids.ts()
            self._slack.events.changed(channel, message, before)

    def remove(self, message: Message) -> None:
        """A root with replies stays as a tombstone: https://docs.slack.dev/reference/methods/chat.delete"""
        world = self._slack.world
        channel = world.channel(message.channel)
        if message.seen_by is not None:
            channel.private.remove(message)
            return
        before = copy.deepcopy(shapes.message(world, message))
        if message.replies:
            message.subtype, message.text, message.user = "tombstone", "This message was deleted.", "USLACKBOT"
            message.blocks, message.files, message.reactions = [], [], {}
            message.by_app, message.metadata = False, None
            message.more["hidden"] = True
            self._slack.events.changed(channel, message, before)
            return
        del channel.messages[message.ts]
        root = channel.messages.get(message.thread or "")
        if root is not None:
            root.replies.remove(message.ts)
        self._slack.events.deleted(channel, message.ts, before)

    def _overhears(self, said: Message) -> None:
        files = [each.content.decode("utf-8", "replace") for each in said.files]
        self._slack.ear.hears(self._slack.wall(), said.channel, said.seen_by, said.text, said.blocks, *files)

    def numbered(self, blocks: Sequence[Json]) -> list[Json]:
        """The blocks with the block_ids and action_ids that Slack fills in where the app gave none."""
        taken = copy.deepcopy(list(blocks))
        for block in taken:
            block.setdefault("block_id", self._slack.world.secret("block")[:5])
            inside = block.get("elements") or [] if block.get("type") == "actions" else []
            inside = [*inside, *(block[name] for name in ("accessory", "element") if isinstance(block.get(name), dict))]
            for element in inside:
                if element.get("type") != "image":
                    element.setdefault("action_id", self._slack.world.secret("action")[:5])
        return taken

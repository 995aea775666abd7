"""What people see."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tests.fakes.slack import fields
from tests.fakes.slack.blockkit_elements import options_of
from tests.fakes.slack.ids import moment
from tests.fakes.slack.people import ClientRefusal, What, Where, Who
from tests.fakes.slack.reading import Reader
from tests.fakes.slack.state import Channel, Json, Message, Outcome, Shown, View

if TYPE_CHECKING:
    from tests.fakes.slack.world import World


class Looking:
    world: World

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.world)

    def sees(self, who: Who, where: Where, *, thread: str | What | None = None) -> list[Shown]:
        """What stands in a channel for that person, oldest first, with what only they see; of a thread, root first.

        A channel shows no replies, except those that were also sent to the channel. ClientRefusal when they are not in
        it (private) or when it is gone. What is whispered in a thread shows only once the thread has a reply
        (https://docs.slack.dev/reference/methods/chat.postEphemeral).
        """
        person = self.world.person(who)
        channel = self.world.known_channel(where if isinstance(where, str) else where.id)
        if channel is None or (channel.kind != "channel" and person.id not in channel.members):
            raise ClientRefusal("channel_not_found")
        mine = [each for each in channel.private if each.seen_by == person.id]
        if thread is None:
            tops = [
                each for each in channel.messages.values() if each.thread is None or each.subtype == "thread_broadcast"
            ]
            found = tops + [each for each in mine if each.thread is None]
        else:
            root = self.world.root(channel, thread)
            if root is None:
                raise ClientRefusal("thread_not_found")
            found = [root, *(channel.messages[ts] for ts in root.replies)]
            found += [each for each in mine if each.thread == root.ts and root.replies]
        return [self.shown(who, each) for each in sorted(found, key=lambda each: moment(each.ts))]

    def everything(self, who: Who) -> list[Shown]:
        """All channels, DMs and threads that the person is in, oldest first."""
        found: dict[str, Shown] = {}
        for channel in self.channels(who):
            for top in self.sees(who, channel):
                found[top.ts] = top
                if top.replies:
                    found |= {each.ts: each for each in self.sees(who, channel, thread=top.ts)}
        return sorted(found.values(), key=lambda each: moment(each.ts))

    def channels(self, who: Who) -> list[Channel]:
        """Where the person is a member, their conversation with the app included."""
        person = self.world.person(who)
        space = self.world.space_of(person)
        dm = space.dms.get(person.id)
        # with thousands of conversations only the person's own is looked at
        rooms = [each for each in space.channels.values() if each.kind != "im" and person.id in each.members]
        return rooms + ([dm] if dm else [])

    def shown(self, who: Who, message: What) -> Shown:
        """One message as that person sees it."""
        said: Message = self.world.message(message)
        author = self.world.known_person(said.user)
        text = self.reader.blocks(said.blocks) if said.blocks else self.reader.mrkdwn(said.text)
        return Shown(
            ts=said.ts,
            channel=said.channel,
            thread=said.thread,
            author=author.name if author else "",
            author_id=said.user,
            text=text,
            blocks=said.blocks,
            buttons=self.reader.buttons(said.blocks),
            selects=self.reader.selects(said.blocks),
            files=tuple(said.files),
            reactions=tuple(said.reactions),
            private=said.seen_by is not None,
            edited=said.edited is not None,
            replies=len(said.replies),
            message=said,
        )

    def ephemerals(self, who: Who) -> list[Shown]:
        """Everything only that person sees, everywhere, oldest first."""
        person = self.world.person(who)
        space = self.world.space_of(person)
        found = [each for channel in space.channels.values() for each in channel.private if each.seen_by == person.id]
        return [self.shown(who, each) for each in sorted(found, key=lambda each: moment(each.ts))]

    def told(self, who: Who, outcome: Outcome) -> list[Shown]:
        """The messages of an outcome as that person sees them."""
        return [self.shown(who, each) for each in outcome.messages]

    # -- views

    def modal(self, who: Who) -> View | None:
        """The modal on top, if one is open."""
        return (self.modals(who) or [None])[-1]

    def modals(self, who: Who) -> list[View]:
        """The whole stack, the topmost last."""
        person = self.world.person(who)
        return list(self.world.space_of(person).modals.get(person.id, []))

    def home(self, who: Who) -> View | None:
        """The app's home page as it was published for that person."""
        person = self.world.person(who)
        return self.world.space_of(person).homes.get(person.id)

    def view_text(self, view: View) -> str:
        """What a reader sees of a modal or home page: title, words, labels of fields, errors beside them."""
        words = [view.title, self.reader.blocks(view.blocks), *view.errors.values()]
        return "\n".join(each for each in words if each)

    def view_buttons(self, view: View) -> tuple[str, ...]:
        return self.reader.buttons(view.blocks)

    def view_fields(self, view: View) -> dict[str, Json]:
        """By label: `{"block_id", "action_id", "type", "value", "options": {value: label}, "optional", "hint"}`.
        `value` is as `submits` takes it."""
        return {
            fields.label(block, element): {
                "block_id": block["block_id"],
                "action_id": element["action_id"],
                "type": element["type"],
                "value": fields.plain(view.filled[block["block_id"]][element["action_id"]]),
                "options": {each["value"]: each["text"]["text"] for each in options_of(element)},
                "optional": block.get("optional", False),
                "hint": (block.get("hint") or {}).get("text", ""),
            }
            for block, element in fields.inputs(view)
        }

    def visible_text(self, blocks: list[Json]) -> str:
        """Blocks as words, without Block Kit or mrkdwn syntax: people by name, dates by fallback, links by text."""
        return self.reader.blocks(blocks)

"""Everything that is there, and how to find it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.fakes.slack.ids import Ids, moment
from tests.fakes.slack.state import App, Channel, Installation, Message, Person, Shown, Workspace

SLACKBOT = "USLACKBOT"


class World:
    def __init__(self, manifest: dict[str, Any], wall: Callable[[], float]) -> None:
        self.wall = wall
        self.ids = Ids(wall)
        self.workspaces: dict[str, Workspace] = {}
        self._people: dict[str, Person] = {}
        self._channels: dict[str, Channel] = {}
        self.tokens: dict[str, Workspace] = {}
        """Which workspace a bot token or refresh token belongs to."""
        app = self.ids.new("A")
        self.app = App(
            id=app,
            client_id=f"1000000000001.{self.ids.number()}",
            client_secret=self.secret("client secret"),
            signing_secret=self.secret("signing secret"),
            verification_token=self.secret("verification")[:24],
            app_token=f"xapp-1-{app}-1-{self.secret('app token')}",
            config_token=f"xoxe.xoxp-1-{self.secret('config token')}",
            manifest=manifest,
        )

    def secret(self, about: str) -> str:
        return hashlib.sha256(f"{about} {self.ids.number()}".encode()).hexdigest()[:32]

    # -- finding

    def space(self, which: Workspace | str) -> Workspace:
        return which if isinstance(which, Workspace) else self.workspaces[which]

    def person(self, who: Person | str) -> Person:
        return who if isinstance(who, Person) else self._people[who]

    def channel(self, where: Channel | str) -> Channel:
        return where if isinstance(where, Channel) else self._channels[where]

    def known_person(self, id_: str) -> Person | None:
        return self._people.get(id_)

    def known_channel(self, id_: str) -> Channel | None:
        return self._channels.get(id_)

    def space_of(self, thing: Person | Channel | Message) -> Workspace:
        return self.workspaces[thing.team]

    def message(self, what: Message | Shown) -> Message:
        return what.message if isinstance(what, Shown) else what

    def root(self, channel: Channel, thread: str | Message | Shown | None) -> Message | None:
        """The root of the thread that a ts or any message of it names."""
        if thread is None:
            return None
        ts = thread if isinstance(thread, str) else self.message(thread).ts
        found = channel.messages.get(ts)
        if found is not None and found.thread is not None:
            return channel.messages.get(found.thread, found)
        return found

    def ordered(self, channel: Channel) -> list[Message]:
        return sorted(channel.messages.values(), key=lambda each: moment(each.ts))

    def bot(self, space: Workspace) -> Person:
        return space.people[self.installation(space).bot_user]

    def installation(self, space: Workspace) -> Installation:
        if space.installation is None:
            raise LookupError(f"The app is not installed in {space.name}.")
        return space.installation

    def dm(self, who: Person) -> Channel | None:
        """Their conversation with the app."""
        space = self.space_of(who)
        if space.installation is None:
            return None
        return space.dms.get(who.id)

    # -- making

    def add_person(self, space: Workspace, person: Person) -> Person:
        person.updated = self.ids.seconds()
        person.first_name = person.first_name or person.name.split()[0]
        space.people[person.id] = person
        self._people[person.id] = person
        return person

    def add_channel(self, space: Workspace, channel: Channel) -> Channel:
        channel.created = self.ids.seconds()
        space.channels[channel.id] = channel
        self._channels[channel.id] = channel
        return channel

    def drop_channel(self, channel: Channel) -> None:
        del self.space_of(channel).channels[channel.id]
        del self._channels[channel.id]

    def open_dm(self, who: Person) -> Channel:
        found = self.dm(who)
        if found is not None:
            return found
        space = self.space_of(who)
        members = [who.id, self.installation(space).bot_user]
        made = self.add_channel(space, Channel(self.ids.new("D"), space.id, "", "im", members, creator=who.id))
        space.dms[who.id] = made
        return made

    # -- what people type

    def typed(self, space: Workspace, text: str) -> list[tuple[str, str]]:
        """The pieces of a typed text: ("text", …), ("user", id), ("channel", id), ("link", url)."""
        if "@" not in text and "#" not in text and "://" not in text:
            return [("text", text)] if text else []
        people = {f"@{each.name}".casefold(): ("user", each.id) for each in space.people.values() if not each.deleted}
        rooms = {f"#{each.name}".casefold(): ("channel", each.id) for each in space.channels.values() if each.name}
        names = people | rooms
        pieces: list[tuple[str, str]] = []
        for piece in _pieces(text, sorted(names, key=len, reverse=True)):
            known = names.get(piece.casefold())
            if known is None and re.fullmatch(r"https?://\S+", piece):
                known = ("link", piece)
            if known is None and pieces and pieces[-1][0] == "text":
                pieces[-1] = ("text", pieces[-1][1] + piece)
            else:
                pieces.append(known or ("text", piece))
        return pieces

    def escaped(self, space: Workspace, text: str, *, names: bool = False) -> str:
        """As messages carry it: `<@U…>`, `<#C…>`, `<https://…>`, the three characters escaped:
        https://docs.slack.dev/messaging/formatting-message-text. With `names` as commands carry it, `<@U…|name>`:
        https://docs.slack.dev/interactivity/implementing-slash-commands"""
        return "".join(self._escaped(piece, names=names) for piece in self.typed(space, text))

    def _escaped(self, piece: tuple[str, str], *, names: bool) -> str:
        match piece:
            case ("user", id_):
                return f"<@{id_}|{self.person(id_).name}>" if names else f"<@{id_}>"
            case ("channel", id_):
                # in messages the label of a channel stays empty
                return f"<#{id_}|{self.channel(id_).name}>" if names else f"<#{id_}|>"
            case ("link", url):
                return f"<{url}>"
            case (_, words):
                return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def rich(self, space: Workspace, text: str) -> list[dict[str, Any]]:
        """The rich_text block that Slack's composer makes of a typed text."""
        made = {
            "user": lambda id_: {"type": "user", "user_id": id_},
            "channel": lambda id_: {"type": "channel", "channel_id": id_},
            "link": lambda url: {"type": "link", "url": url},
            "text": lambda words: {"type": "text", "text": words},
        }
        parts = [made[kind](piece) for kind, piece in self.typed(space, text)]
        section = {"type": "rich_text_section", "elements": parts}
        return [{"type": "rich_text", "block_id": self.secret("block")[:5], "elements": [section]}] if parts else []


def _pieces(text: str, names: list[str]) -> Iterator[str]:
    choices = [*(re.escape(name) + r"(?!\w)" for name in names), r"https?://\S+"]
    last = 0
    for found in re.finditer("|".join(choices), text, re.IGNORECASE):
        if found.start() > last:
            yield text[last : found.start()]
        yield found.group()
        last = found.end()
    if last < len(text):
        yield text[last:]

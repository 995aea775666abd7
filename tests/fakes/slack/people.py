"""What people do in the client with messages, channels and their membership.

Names in a text (`@Anna`, `@Kring`, `#general`) become what Slack makes of them. Whatever Slack's own client would not
let a person do is a ClientRefusal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.state import Channel, Installation, Message, Person, Shown, Workspace
from tests.fakes.slack.world import SLACKBOT

if TYPE_CHECKING:
    from tests.fakes.slack.events import Events
    from tests.fakes.slack.oauth import OAuth
    from tests.fakes.slack.posting import Posting
    from tests.fakes.slack.world import World

Who = Person | str
Where = Channel | str
What = Message | Shown


class ClientRefusal(Exception):
    """Slack's own client says no, before the app hears of it. The words are Slack's name for the refusal."""


class Arranging:
    """Who and what is there from the beginning: no events."""

    world: World
    events: Events
    posting: Posting
    oauth: OAuth

    def workspace(self, name: str, *, installed: bool = True) -> Workspace:
        """A workspace with an owner (`workspace.owner`), and with the app in it."""
        domain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
        space = Workspace(self.world.ids.new("T"), name, domain)
        self.world.workspaces[space.id] = space
        self.world.add_person(space, Person(SLACKBOT, space.id, "Slackbot"))
        space.owner = self.person(space, "Owner", owner=True, admin=True).id
        if installed:
            self.install(space)
        return space

    def install(
        self,
        workspace: Workspace | str,
        installer: Who | None = None,
        *,
        scopes: Sequence[str] | None = None,
        token: bool = True,
    ) -> Installation:
        """The app comes in with the scopes of its manifest (or these). Installing again gives a new token."""
        space = self.world.space(workspace)
        by = self.world.person(installer).id if installer else space.owner
        app = self.world.app
        if space.installation is None:
            name = ((app.manifest.get("features") or {}).get("bot_user") or {}).get("display_name", "App")
            bot = self.world.add_person(space, Person(self.world.ids.new("U"), space.id, name, bot=True))
            space.installation = Installation(space.id, bot.id, self.world.ids.new("B"), by, [])
        installed = space.installation
        installed.installer, installed.gone = by, False
        installed.scopes = sorted({*installed.scopes, *(app.scopes if scopes is None else scopes)})
        if token:
            self.oauth.give_token(space, installed)
        return installed

    def approves(self, who: Who, address: str) -> str:
        """Presses Allow on Slack's page at that address (`…/oauth/v2/authorize?…`); where they are sent back to."""
        return self.oauth.approve(self.world.person(who), address)

    def revoke(self, workspace: Workspace | str, error: str = "token_revoked") -> None:
        """The tokens stop working without a word: `token_revoked`, `account_inactive`, `invalid_auth`."""
        installed = self.world.installation(self.world.space(workspace))
        installed.tokens = dict.fromkeys(installed.tokens, error)

    def person(
        self, workspace: Workspace | str, name: str, *, tz: str = "Europe/Amsterdam", locale: str = "en-US", **more: Any
    ) -> Person:
        """Somebody who is already there. `more`: fields of Person (`guest=True`, `stranger=True`, `admin=True`)."""
        space = self.world.space(workspace)
        made = Person(self.world.ids.new("U"), space.id, name, tz, locale=locale, **more)
        if made.stranger:
            made.home_team = made.home_team or self.world.ids.new("T")
        return self.world.add_person(space, made)

    def channel(
        self,
        workspace: Workspace | str,
        name: str,
        members: Sequence[Who] = (),
        *,
        private: bool = False,
        with_app: bool = True,
        shared: bool = False,
    ) -> Channel:
        """A channel with these people in it, and the app."""
        space = self.world.space(workspace)
        inside = [self.world.person(each).id for each in members]
        if with_app and space.installation is not None:
            inside.append(space.installation.bot_user)
        kind = "private" if private else "channel"
        made = Channel(self.world.ids.new("C"), space.id, name, kind, inside, shared=shared, creator=space.owner)
        return self.world.add_channel(space, made)

    def dm(self, who: Who) -> Channel:
        """The person's direct conversation with the app, opened if it was not."""
        return self.world.open_dm(self.world.person(who))


class Talking(Arranging):
    async def says(
        self, who: Who, where: Where, text: str, *, thread: str | What | None = None, broadcast: bool = False
    ) -> Message:
        """Writes a message. `thread`: the root, or any message of the thread, or its ts."""
        person, channel = self._inside(who, where)
        root = self.world.root(channel, thread)
        if thread is not None and root is None:
            raise ClientRefusal("thread_not_found")
        space = self.world.space_of(channel)
        return self.posting.post(
            channel,
            person.id,
            self.world.escaped(space, text),
            blocks=self.world.rich(space, text),
            root=root,
            broadcast=broadcast,
        )

    async def edits(self, who: Who, message: What, text: str) -> Message:
        person, said = self._own(who, message)
        space = self.world.space_of(person)
        self.posting.change(said, text=self.world.escaped(space, text), blocks=self.world.rich(space, text))
        return said

    async def deletes(self, who: Who, message: What) -> None:
        _, said = self._own(who, message)
        self.posting.remove(said)

    async def reacts(self, who: Who, message: What, emoji: str) -> None:
        """`emoji` without colons: `bookmark`, `+1::skin-tone-3`."""
        person, channel, said = self._reacting(who, message)
        by = said.reactions.setdefault(emoji, [])
        if person.id not in by:
            by.append(person.id)
            self.events.reacted(channel, said, person, emoji, added=True)

    async def unreacts(self, who: Who, message: What, emoji: str) -> None:
        person, channel, said = self._reacting(who, message)
        by = said.reactions.get(emoji, [])
        if person.id in by:
            by.remove(person.id)
            if not by:
                del said.reactions[emoji]
            self.events.reacted(channel, said, person, emoji, added=False)

    def _reacting(self, who: Who, message: What) -> tuple[Person, Channel, Message]:
        said = self.world.message(message)
        person, channel = self._inside(who, said.channel)
        if said.seen_by is not None or said.ts not in channel.messages:
            raise ClientRefusal("message_not_found")
        return person, channel, said

    def _own(self, who: Who, message: What) -> tuple[Person, Message]:
        said = self.world.message(message)
        person, channel = self._inside(who, said.channel)
        if said.ts not in channel.messages:
            raise ClientRefusal("message_not_found")
        if said.user != person.id:
            raise ClientRefusal("cant_update_message")
        return person, said

    def _inside(self, who: Who, where: Where) -> tuple[Person, Channel]:
        """The person and the channel, when they may do something there."""
        person = self.world.person(who)
        id_ = where if isinstance(where, str) else where.id
        channel = self.world.known_channel(id_)
        if channel is None:
            raise ClientRefusal("channel_not_found")
        if person.deleted:
            raise ClientRefusal("account_inactive")
        if person.id not in channel.members:
            raise ClientRefusal("not_in_channel" if channel.kind == "channel" else "channel_not_found")
        if channel.archived:
            raise ClientRefusal("is_archived")
        return person, channel

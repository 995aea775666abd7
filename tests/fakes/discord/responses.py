"""Answers to people: the first within three seconds, follow-ups for fifteen minutes.

https://docs.discord.com/developers/interactions/receiving-and-responding, as of 2026-11-26.
What is refused stands in the Outcome too, so that a test sees it where the act was.
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.fakes.discord import interactions
from tests.fakes.discord.errors import DiscordError
from tests.fakes.discord.form_checks import flat
from tests.fakes.discord.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMIT, Interaction
from tests.fakes.discord.state import Channel, Json, Message, Modal, Outcome, Person

if TYPE_CHECKING:
    from tests.fakes.discord_server import DiscordServer

TOKEN_SECONDS = 15 * 60
SILENCE = {
    COMMAND: "The application did not respond",
    COMPONENT: "This interaction failed",
    AUTOCOMPLETE: "Loading options failed",
    SUBMIT: "Something went wrong. Try again.",
}
"""What the client says when nothing came in time."""


class Responses:
    def __init__(self, discord: DiscordServer, *, patience: float) -> None:
        self._discord = discord
        self._world = discord.world
        self._patience = patience
        self._all: dict[str, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}
        self.modals: dict[str, Modal] = {}
        """By person: what is open before them. There is only one at a time."""
        discord.on_the_way.append(self.waiting)

    @property
    def asked(self) -> list[Interaction]:
        """Everything that the app was asked to answer, oldest first."""
        return list(self._all.values())

    def waiting(self) -> list[str]:
        """What somebody waits for: no answer yet, or "thinking…" and nothing since."""
        found = [each for each in self._all.values() if not each.dead and self._waits(each)]
        return [f"interaction {each.id} of {each.person.shown}" for each in found]

    def _waits(self, each: Interaction) -> bool:
        if each.answered is None:
            return True
        thinking = each.original is not None and each.original.loading and self.stands(each.original)
        return thinking and not self._expired(each)

    # -- asking

    async def ask(
        self,
        kind: int,
        person: Person,
        channel: Channel,
        data: Json | Callable[[Interaction], Json],
        *,
        name: str = "",
        message: Message | None = None,
        modal: Modal | None = None,
        focused: int = 3,
    ) -> Interaction:
        """Sends it to the app and waits until it is acknowledged, or is not."""
        ids, outcome = self._world.ids, Outcome()
        made = Interaction(
            id=ids.new(),
            token=self._world.secret("interaction") + self._world.secret("token"),
            kind=kind,
            person=person,
            channel=channel,
            outcome=outcome,
            made=self._world.wall(),
            name=name,
            message=message,
            modal=modal,
            focused=focused,
        )
        outcome.id, outcome.token = made.id, made.token
        self._all[made.id] = self._by_token[made.token] = made
        body = interactions.payload(self._world, made, data(made) if callable(data) else data)
        guild = self._world.guild_of(channel)
        reached = self._discord.events.dispatch("INTERACTION_CREATE", body, guild=guild)
        try:
            # nobody there to answer: the person need not be kept waiting for three seconds
            await asyncio.wait_for(made.acknowledged.wait(), self._patience if reached else 0)
        except TimeoutError:
            # "If the 3 second deadline is exceeded, the token will be invalidated."
            made.dead = True
            outcome.failed = SILENCE[kind]
        return made

    # -- finding

    def open(self, id_: str, token: str) -> Interaction:
        """The interaction that a first answer is for."""
        found = self._all.get(id_)
        if found is None or found.token != token or found.dead or self._expired(found):
            raise DiscordError(10062)
        if found.answered is not None:
            raise self.refused(found, DiscordError(40060))
        return found

    def hook(self, application: str, token: str) -> Interaction:
        """The interaction that a follow-up is for. Before the first answer there is no webhook."""
        found = self._by_token.get(token)
        if application != self._world.app.id:
            raise DiscordError(10015)
        if found is None or found.dead or self._expired(found):
            raise DiscordError(50027)
        if found.answered is None:
            raise self.refused(found, DiscordError(10015))
        return found

    def _expired(self, each: Interaction) -> bool:
        return self._world.wall() >= each.made + TOKEN_SECONDS

    def message(self, interaction: Interaction, id_: str) -> Message:
        """`@original` or a follow-up of the same token, as long as it stands."""
        found = interaction.original if id_ == "@original" else interaction.followups.get(id_)
        if found is None and interaction.original is not None and interaction.original.id == id_:
            found = interaction.original
        if found is None or not self.stands(found):
            raise DiscordError(10008)
        return found

    def stands(self, message: Message) -> bool:
        channel = self._world.channels.get(message.channel)
        if channel is None:
            return False
        return message in channel.private if message.seen_by is not None else message.id in channel.messages

    # -- noting

    def refused(self, interaction: Interaction, error: DiscordError) -> DiscordError:
        said = flat(error.body.get("errors") or {})
        interaction.outcome.refused += said or [f"{error.code} {error.body['message']}"]
        return error

    def acknowledge(self, interaction: Interaction, kind: int, body: Json) -> None:
        interaction.answered = kind
        interaction.outcome.response = body
        if interaction.modal is not None and self.modals.get(interaction.person.id) is interaction.modal:
            # sent and taken: it closes
            del self.modals[interaction.person.id]
        interaction.acknowledged.set()

    def shows(self, interaction: Interaction, message: Message) -> None:
        if message not in interaction.outcome.messages:
            interaction.outcome.messages.append(message)

    def opens(self, interaction: Interaction, body: Json) -> Modal:
        """A modal comes before the person; one that was open is gone."""
        numbered = {**copy.deepcopy(body), "components": self._discord.posting.numbered(body["components"])}
        modal = Modal(self._world.ids.new(), interaction.person.id, numbered, interaction.id)
        self.modals[interaction.person.id] = modal
        self._discord.ear.hears(self._world.wall(), "", interaction.person.id, numbered)
        interaction.outcome.modal = modal
        return modal

    def opener(self, modal: Modal) -> Interaction:
        return self._all[modal.interaction]

"""What people do in Discord so that each kind of payload is sent, with an app there that does as it is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from aiohttp import ClientSession

from tests.fakes.discord.people import ClientRefusal
from tests.fakes.discord.state import Channel, Message
from tests.fakes.discord_listening import App
from tests.fakes.discord_server import DiscordServer

KEEP = "Keep as know-how"
LAYOUT: dict[str, Any] = {
    "flags": 1 << 15,
    "components": [
        {"type": 1, "components": [{"type": 2, "style": 1, "label": "I'll speak", "custom_id": "round.join:r7"}]},
        {
            "type": 1,
            "components": [
                {
                    "type": 3,
                    "custom_id": "round.vote:r7.4",
                    "placeholder": "Choose",
                    "options": [{"label": "Two", "value": "2"}],
                }
            ],
        },
    ],
}
MODAL = {
    "title": "Something",
    "custom_id": "knowhow.add:k1",
    "components": [{"type": 18, "label": "Title", "component": {"type": 4, "custom_id": "title", "style": 1}}],
}


class Stage:
    """Ana, Bo and an app in a channel, and everything that Discord tells the app."""

    def __init__(self, discord: DiscordServer, app: App, session: ClientSession) -> None:
        self.discord = discord
        self.app = app
        self._session = session
        [self.school] = discord.world.guilds.values()
        self.ana, self.bo = discord.person(self.school, "Ana"), discord.person(self.school, "Bo")
        self.general = discord.channel(self.school, "general")
        self.answer: dict[str, Any] | None = None
        """To the next interaction."""
        app.on_interaction = self._answers  # type: ignore[attr-defined]

    async def post(self, where: Channel) -> Message:
        said = await self._call("POST", f"/channels/{where.id}/messages", LAYOUT)
        return where.messages[said["id"]]

    async def whisper(self) -> Message:
        self.answer = {"type": 4, "data": {**LAYOUT, "flags": 1 << 15 | 1 << 6}}
        await self.discord.calls(self.ana, self.general, "/kring me card")
        return self.discord.ephemerals(self.ana)[-1].message

    async def submit(self, opening: Coroutine[Any, Any, Any]) -> None:
        self.answer = {"type": 9, "data": MODAL}
        await opening
        modal = self.discord.modal(self.ana)
        assert modal is not None
        await self.discord.submits(self.ana, modal, {"Title": "Wait"})

    async def question(self) -> Message:
        return await self.discord.says(self.ana, self.general, "How?")

    async def answered(self) -> tuple[Channel, Message]:
        thread = await self.discord.opens_thread(self.ana, await self.question(), "How?")
        return thread, await self.discord.says(self.bo, thread, "So.")

    async def _answers(self, interaction: Any) -> None:
        if self.answer is not None:
            body, self.answer = self.answer, None
            await self._call("POST", f"/interactions/{interaction.id}/{interaction.token}/callback", body)

    async def _call(self, method: str, path: str, body: dict[str, Any]) -> Any:
        headers = {"Authorization": f"Bot {self.discord.app.token}"}
        async with self._session.request(method, self.discord.api_url + path, json=body, headers=headers) as response:
            text = await response.text()
        assert response.status < 300, text
        return json.loads(text) if text else None


async def nothing(stage: Stage) -> None:
    pass


async def writes(stage: Stage) -> None:
    await stage.question()


async def replies(stage: Stage) -> None:
    await stage.discord.says(stage.bo, stage.general, "So.", reply_to=await stage.question())


async def writes_in_thread(stage: Stage) -> None:
    await stage.answered()


async def writes_to_kring(stage: Stage) -> None:
    await stage.discord.says(stage.ana, stage.discord.dm(stage.ana), "me")


async def whispers(stage: Stage) -> None:
    await stage.whisper()


async def edits(stage: Stage) -> None:
    await stage.discord.edits(stage.ana, await stage.question(), "How then?")


async def deletes(stage: Stage) -> None:
    await stage.discord.deletes(stage.ana, await stage.question())


async def deletes_in_thread(stage: Stage) -> None:
    _, said = await stage.answered()
    await stage.discord.deletes(stage.bo, said)


async def deletes_many(stage: Stage) -> None:
    await stage.discord.bulk_deletes(stage.ana, [await stage.question(), await stage.question()])


async def reacts(stage: Stage) -> None:
    await stage.discord.reacts(stage.ana, await stage.question(), "🔖")


async def opens_thread(stage: Stage) -> None:
    await stage.discord.opens_thread(stage.ana, await stage.question(), "How?")


async def archives(stage: Stage) -> None:
    thread, _ = await stage.answered()
    await stage.discord.archives(stage.ana, thread)


async def drops_thread(stage: Stage) -> None:
    thread, _ = await stage.answered()
    await stage.discord.deletes_channel(thread)


async def joins(stage: Stage) -> None:
    await stage.discord.joins(stage.school, "Cas")


async def joins_pending(stage: Stage) -> None:
    await stage.discord.joins(stage.school, "Cas", pending=True)


async def is_renamed(stage: Stage) -> None:
    await stage.discord.renames_themselves(stage.school, stage.bo, "Bodil")


async def leaves(stage: Stage) -> None:
    await stage.discord.leaves(stage.school, stage.bo)


async def is_banned(stage: Stage) -> None:
    await stage.discord.bans(stage.school, stage.bo)


async def renames(stage: Stage) -> None:
    await stage.discord.renames(stage.general, "hall")


async def drops_channel(stage: Stage) -> None:
    await stage.discord.deletes_channel(stage.general)


async def makes_role(stage: Stage) -> None:
    stage.discord.role(stage.school, "hosts")


async def drops_role(stage: Stage) -> None:
    await stage.discord.deletes_role(stage.discord.role(stage.school, "hosts"))


async def changes_server(stage: Stage) -> None:
    stage.discord.events.of_guild("UPDATE", stage.school)


async def goes_down(stage: Stage) -> None:
    await stage.discord.goes_down(stage.school)


async def comes_back(stage: Stage) -> None:
    await stage.discord.goes_down(stage.school)
    await stage.discord.comes_back(stage.school)


async def is_kicked(stage: Stage) -> None:
    await stage.discord.kicks_bot(stage.school)


async def calls(stage: Stage) -> None:
    options = {"format": "reveal_together", "topic": "the first lesson"}
    await stage.discord.calls(stage.ana, stage.general, "/kring round start", options=options)


async def calls_in_thread(stage: Stage) -> None:
    thread, _ = await stage.answered()
    await stage.discord.calls(stage.ana, thread, "/kring round status")


async def calls_alone(stage: Stage) -> None:
    await stage.discord.calls(stage.ana, stage.discord.dm(stage.ana), "/kring me card")


async def types(stage: Stage) -> None:
    with suppress(ClientRefusal):
        await stage.discord.autocompletes(stage.ana, stage.general, "/kring round start", "format", "rev")


async def keeps(stage: Stage) -> None:
    await stage.discord.uses(stage.bo, await stage.question(), KEEP)


async def keeps_in_thread(stage: Stage) -> None:
    _, said = await stage.answered()
    await stage.discord.uses(stage.ana, said, KEEP)


async def presses(stage: Stage) -> None:
    await stage.discord.presses(stage.ana, await stage.post(stage.general), "I'll speak")


async def presses_alone(stage: Stage) -> None:
    await stage.discord.presses(stage.ana, await stage.post(stage.discord.dm(stage.ana)), "I'll speak")


async def presses_whisper(stage: Stage) -> None:
    await stage.discord.presses(stage.ana, await stage.whisper(), "I'll speak")


async def chooses(stage: Stage) -> None:
    await stage.discord.chooses(stage.ana, await stage.post(stage.general), "Choose", "2")


async def submits(stage: Stage) -> None:
    await stage.submit(stage.discord.calls(stage.ana, stage.general, "/kring knowhow add"))


async def submits_from_button(stage: Stage) -> None:
    message = await stage.post(stage.general)
    await stage.submit(stage.discord.presses(stage.ana, message, "I'll speak"))


ACTS: dict[str, Callable[[Stage], Coroutine[Any, Any, None]]] = {
    "ready": nothing,
    "guild_create": comes_back,
    "guild_update": changes_server,
    "guild_delete": is_kicked,
    "guild_delete_unavailable": goes_down,
    "guild_role_create": makes_role,
    "guild_role_delete": drops_role,
    "guild_member_add": joins,
    "guild_member_add_pending": joins_pending,
    "guild_member_update": is_renamed,
    "guild_member_remove": leaves,
    "guild_ban_add": is_banned,
    "channel_update": renames,
    "channel_delete": drops_channel,
    "thread_create": opens_thread,
    "thread_update": archives,
    "thread_delete": drops_thread,
    "message_create": writes,
    "message_create_reply": replies,
    "message_create_in_thread": writes_in_thread,
    "message_create_direct": writes_to_kring,
    "message_create_own_ephemeral": whispers,
    "message_update": edits,
    "message_delete": deletes,
    "message_delete_in_thread": deletes_in_thread,
    "message_delete_bulk": deletes_many,
    "message_reaction_add": reacts,
    "interaction_command": calls,
    "interaction_command_in_thread": calls_in_thread,
    "interaction_command_direct": calls_alone,
    "interaction_autocomplete": types,
    "interaction_menu": keeps,
    "interaction_menu_in_thread": keeps_in_thread,
    "interaction_button": presses,
    "interaction_button_direct": presses_alone,
    "interaction_button_ephemeral": presses_whisper,
    "interaction_select": chooses,
    "interaction_modal": submits,
    "interaction_modal_from_button": submits_from_button,
}

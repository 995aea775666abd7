"""The answer to one interaction, by the ways that Discord has for it.

The first one within three seconds, or a sign that it comes (`defer`); the rest within fifteen minutes. Once a message
is for one person alone it stays so. What is shown in a message that anybody sees is never changed by an answer, unless
that message belongs to the person.
https://docs.discord.com/developers/interactions/receiving-and-responding (2026-11-26)
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from adapters.discord.calling import Calling, File
from adapters.discord.faults import ANSWERED, code_of
from adapters.discord.origin import Origin
from adapters.discord.parts import Part
from bot.errors import PlatformRefusal, PlatformTrouble

CALLBACK = "/interactions/{interaction_id}/{webhook_token}/callback"
FOLLOWUP = "/webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = FOLLOWUP + "/messages/@original"
EPHEMERAL = 1 << 6
_TOLD, _COMES, _CHANGES, _CHANGED, _LISTED, _FORM = 4, 5, 6, 7, 8, 9


class Reply:
    def __init__(self, calling: Calling, origin: Origin) -> None:
        self._calling = calling
        self._origin = origin
        self._alone = asyncio.Lock()
        self._answered = False
        self._promised = False

    async def defer(self) -> None:
        """Says that an answer comes, unless there is one."""
        async with self._alone:
            if not self._answered:
                await self._first(
                    {"type": _CHANGES} if self._of_a_message else {"type": _COMES, "data": self._for_one(Part({}))}
                )
                self._promised = True

    async def say(self, parts: Sequence[Part]) -> None:
        """For this person alone."""
        async with self._alone:
            first, *more = parts
            if not self._answered:
                await self._first({"type": _TOLD, "data": self._for_one(first)}, first.files)
            elif self._promised and not self._of_a_message:
                await self._ask("PATCH", ORIGINAL, first.body, first.files)  # that it is for one was said before
                self._promised = False
            else:
                more = [first, *more]
            for part in more:
                await self._ask("POST", FOLLOWUP, self._for_one(part), part.files)

    async def replace(self, parts: Sequence[Part]) -> None:
        """The message whose control was used becomes the first of these."""
        if not self._of_a_message:
            await self.say(parts)
            return
        first, *more = parts
        async with self._alone:
            if not self._answered:
                await self._first({"type": _CHANGED, "data": first.body}, first.files)
            else:
                await self._ask("PATCH", ORIGINAL, first.body, first.files)
        if more:
            await self.say(more)

    async def open(self, modal: dict[str, Any]) -> bool:
        """Shows a form. False when it is too late for that, or where none can be shown."""
        async with self._alone:
            if self._answered or self._origin.via == "form":
                return False
            await self._first({"type": _FORM, "data": modal})
            return True

    async def suggest(self, choices: Sequence[Any]) -> None:
        """What there is to choose from, while somebody types."""
        async with self._alone:
            await self._first({"type": _LISTED, "data": {"choices": list(choices)}})

    async def end(self) -> None:
        """There is nothing to show."""
        async with self._alone:
            if not self._answered:
                if self._of_a_message:
                    await self._first({"type": _CHANGES})
                    return
                await self._first({"type": _COMES, "data": self._for_one(Part({}))})
                self._promised = True
            if self._promised and not self._of_a_message:
                await self._ask("DELETE", ORIGINAL, None)

    # -- inside

    @property
    def _of_a_message(self) -> bool:
        """Whether a message can be changed by the answer; a form may have been opened by a message's button too."""
        return bool(self._origin.message) and self._origin.via in ("message", "form")

    def _for_one(self, part: Part) -> dict[str, Any]:
        """In a conversation between the person and Kring nobody else reads, so what is said there may stay."""
        return {**part.body, "flags": part.body.get("flags", 0) | (0 if self._origin.direct else EPHEMERAL)}

    async def _first(self, body: dict[str, Any], files: Sequence[File] = ()) -> None:
        try:
            await self._ask("POST", CALLBACK, body, files)
        except PlatformTrouble as trouble:
            if not trouble.ambiguous:
                raise
            try:
                await self._ask("POST", CALLBACK, body, files)
            except PlatformRefusal as refusal:
                if code_of(refusal) != ANSWERED:
                    raise
        self._answered = True

    async def _ask(self, method: str, path: str, body: Any, files: Sequence[File] = ()) -> None:
        await self._calling.ask(
            method,
            path,
            json=body,
            files=files,
            webhook_id=self._origin.app,
            webhook_token=self._origin.token,
            interaction_id=self._origin.interaction,
        )

"""Files and drawings in Slack. https://docs.slack.dev/messaging/working-with-files (2026-11-25)"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime

from adapters.slack.blocks import svgs
from adapters.slack.calling import Calling
from adapters.slack.markup import escape
from adapters.slack.pace import Pace
from adapters.slack.standing import Standing
from bot.chat.messages import Message
from bot.chat.names import Account
from bot.chat.requests import Upload

REMEMBERED = 500
"""Drawings that need not be uploaded again."""


class Files:
    def __init__(self, calling: Calling, pace: Pace, standing: Standing) -> None:
        self._calling = calling
        self._pace = pace
        self._standing = standing
        self._drawn: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def share(self, request_id: str, request: Upload, since: datetime | None) -> None:
        """Puts the file there, with the message's words beside it.

        A file carries no metadata: what tells it from another of the same name is its title.
        """
        team = request.to.space.id
        channel = await self._standing.channel(request.to)
        title = f"{request.filename} ({request_id[:6]})"
        if since is not None:
            async for message in self._standing.messages(team, channel, None, since):
                if any(file.get("title") == title for file in message.get("files", ())):
                    return
        client = await self._calling.client(team)
        await self._calling.ask(
            team,
            client.files_upload_v2(
                content=request.content,
                filename=request.filename,
                title=title,
                channel=channel,
                initial_comment=None if request.about else escape(request.message.lines()),
            ),
            to_person=isinstance(request.to, Account),
        )

    async def pictures(self, team: str, message: Message) -> Mapping[str, str]:
        """The ids of the message's drawings by their SVG, uploaded where Slack does not have them yet."""
        found: dict[str, str] = {}
        for picture in svgs(message):
            key = (team, hashlib.sha256(picture.svg.encode()).hexdigest())
            if key not in self._drawn:
                await self._pace.wait(team, "files.completeUploadExternal")
                self._drawn[key] = await self._draw(team, picture.svg, picture.alt)
                while len(self._drawn) > REMEMBERED:
                    self._drawn.popitem(last=False)
            self._drawn.move_to_end(key)
            found[picture.svg] = self._drawn[key]
        return found

    async def _draw(self, team: str, svg: str, alt: str) -> str:
        from adapters.pictures import png

        drawn = await asyncio.to_thread(png, svg)
        client = await self._calling.client(team)
        said = await self._calling.ask(
            team, client.files_upload_v2(content=drawn, filename="kring.png", title="Kring", alt_txt=alt[:1000])
        )
        id_: str = said["files"][0]["id"]
        return id_

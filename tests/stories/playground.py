"""Plays stories in the playground, over its public JSON API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.talk import Blank, Refusal, Reply, Seen, Values, utc


class PlaygroundDriver:
    """`address` may change when the server is started again."""

    platform = "playground"
    longest = 40_000

    def __init__(self, client: ClientSession, address: str) -> None:
        self.client = client
        self.address = address

    # -- people and what they see

    async def join(self, name: str, space: str, language: str) -> str:
        id_: str = (await self._ask("POST", "people", name=name, space=space, language=language))["person"]["id"]
        return id_

    async def leave(self, who: str) -> None:
        await self._ask("DELETE", f"people/{who}")

    async def channels(self, who: str) -> dict[str, str]:
        state = await self._ask("GET", "state", {"as": who})
        return {"dm" if each["kind"] == "dm" else each["name"]: each["id"] for each in state["channels"]}

    async def look(self, who: str, channel: str, thread: str | None) -> Sequence[Seen]:
        query = {"as": who, "channel": channel} | ({"thread": thread} if thread else {})
        shown = (await self._ask("GET", "messages", query))["messages"]
        return [await self._seen(message) for message in shown]

    # -- what they do

    async def write(self, who: str, channel: str, thread: str | None, text: str) -> tuple[Seen, Reply]:
        body = {"as": who, "channel": channel, "thread": thread, "text": text}
        given = await self._ask("POST", "messages", **body)
        return await self._seen(given["message"]), await self._reply(given)

    async def edit(self, who: str, message: Seen, text: str) -> Reply:
        return await self._reply(await self._ask("PATCH", f"messages/{message.id}", **{"as": who, "text": text}))

    async def delete(self, who: str, message: Seen) -> Reply:
        return await self._reply(await self._ask("DELETE", f"messages/{message.id}", {"as": who}))

    async def react(self, who: str, message: Seen, emoji: str) -> Reply:
        return await self._act("reactions", who, message=message.id, emoji=emoji)

    async def call(self, who: str, channel: str, thread: str | None, text: str) -> Reply:
        return await self._act("commands", who, channel=channel, thread=thread, text=text)

    async def use(self, who: str, message: Seen, shortcut: str) -> Reply:
        return await self._act("shortcuts", who, message=message.id, name=shortcut)

    async def press(self, who: str, message: Seen, label: str) -> Reply:
        return await self._act("press", who, message=message.id, label=label)

    async def pick(self, who: str, message: Seen, label: str, values: Sequence[str]) -> Reply:
        return await self._act("select", who, message=message.id, label=label, value=list(values))

    async def fill(self, who: str, form: str, values: Values) -> Reply:
        return await self._act("forms", who, form=form, values=values)

    async def fill_again(self, who: str, form: str, values: Values) -> None:
        with pytest.raises(Refusal, match="sent already") as refusal:
            await self.fill(who, form, values)
        assert refusal.value.status == 409

    async def open_what_waits(self, who: str) -> None:
        """Kring has written to them."""

    # -- doors that close

    async def close_messages(self, who: str) -> None:
        await self._ask("PATCH", f"people/{who}", direct_messages=False)

    async def close_channel(self, channel: str) -> None:
        await self._ask("DELETE", f"channels/{channel}")

    # -- time

    async def deliver(self) -> None:
        await self._ask("POST", "settle")

    async def now(self) -> datetime:
        return utc((await self._ask("GET", "state"))["now"])

    async def pass_until(self, moment: datetime) -> None:
        await self._ask("POST", "clock", to=moment.isoformat())

    # -- inside

    async def _act(self, path: str, who: str, **body: Any) -> Reply:
        return await self._reply(await self._ask("POST", path, **{"as": who, **body}))

    async def _ask(self, method: str, path: str, query: dict[str, str] | None = None, /, **body: Any) -> Any:
        url = f"{self.address}api/{path}"
        async with self.client.request(method, url, params=query, json=body or None) as response:
            given = await response.json()
            if response.status >= 400:
                raise Refusal(response.status, f"{given['error']} {given['hint']}")
            return given

    async def _reply(self, given: dict[str, Any]) -> Reply:
        answer = given["answer"]
        message, form = answer.get("message"), answer.get("form")
        labels = {each["name"]: each["label"] for each in form["fields"]} if form else {}
        return Reply(
            answer["kind"],
            await self._seen(message) if message else None,
            _blank(form) if form else None,
            {labels.get(name, name): words for name, words in answer.get("errors", {}).items()},
        )

    async def _seen(self, message: dict[str, Any]) -> Seen:
        controls = [
            control for block in message["blocks"] or [] if block["kind"] == "controls" for control in block["controls"]
        ]
        return Seen(
            id=message["id"],
            author=message["author"]["name"],
            text=message["text"],
            at=message["at"],
            channel=message["channel"],
            thread=message["thread"],
            buttons=tuple(each["label"] for each in controls if each["kind"] == "button"),
            lists=tuple(
                (each["label"], tuple(choice["label"] for choice in each["choices"]))
                for each in controls
                if each["kind"] == "select"
            ),
            private=message["private"],
            replies=message["replies"],
            title=message["thread_title"],
            files=tuple([await self._file(each["url"]) for each in message["files"]]),
            reactions=tuple(each["emoji"] for each in message["reactions"]),
        )

    async def _file(self, url: str) -> str:
        async with self.client.get(self.address + url.lstrip("/")) as response:
            return await response.text()


def _blank(form: dict[str, Any]) -> Blank:
    fields = form["fields"]
    return Blank(
        id=form["id"],
        title=form["title"],
        values={each["label"]: each["value"] for each in fields},
        choices={each["label"]: tuple(choice["label"] for choice in each.get("choices", ())) for each in fields},
    )

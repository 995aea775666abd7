"""The server around the API: this machine only, no other websites, live pages, no traceback ever."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientResponse

from adapters.playground.server import LARGEST, is_loopback, serving
from bot.chat.answers import Answer, Tell
from bot.chat.events import CommandCalled, Event
from bot.chat.requests import Post
from bot.errors import SettingsFault
from tests.adapters.playground.conftest import Play
from tests.adapters.playground.test_api import ANA, CARD, GENERAL


class Page:
    """A page that listens."""

    def __init__(self, response: ClientResponse) -> None:
        self._response = response

    async def hears(self, count: int = 1) -> list[dict[str, Any]]:
        """The next so many things told."""
        told: list[dict[str, Any]] = []
        while len(told) < count:
            line = await asyncio.wait_for(self._response.content.readline(), 3)
            assert line, "the stream has ended"
            if line.startswith(b"data: "):
                told.append(json.loads(line[6:]))
        return told


@asynccontextmanager
async def _listening(play: Play, who: str) -> AsyncIterator[Page]:
    async with play.client.get(f"{play.address}api/stream", params={"as": who}) as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        page = Page(response)
        assert (await page.hears())[0]["type"] == "hello"
        yield page


async def test_an_open_page_hears_what_its_person_may_see(play: Play) -> None:
    async with _listening(play, "ana") as ana, _listening(play, "bo-berg") as bo, _listening(play, "cas") as cas:
        await play.post("api/messages", as_="bo-berg", channel="general", text="hello")
        told, unread = await ana.hears(2)
        assert (told["type"], told["change"], told["message"]["text"]) == ("message", "added", "hello")
        assert unread == {"type": "unread", "channel": "school-general", "unread": 1, "unread_threads": 0}
        assert (await bo.hears(2))[1]["unread"] == 0

        play.shelf.put(Post(ANA, CARD))
        await play.post("api/settle")
        told, unread, clock = await ana.hears(3)
        assert (told["channel"], unread["unread"], clock["type"]) == ("dm-ana", 1, "clock")
        (clock,) = await bo.hears()
        assert clock["type"] == "clock"
        (clock,) = await cas.hears()
        assert clock["type"] == "clock"


async def test_replies_edits_and_deletions_are_heard(play: Play) -> None:
    root = (await play.post("api/messages", as_="ana", channel="general", text="root"))["message"]["id"]
    async with _listening(play, "ana") as ana:
        reply = (await play.post("api/messages", as_="bo-berg", channel="general", text="r", thread=root))["message"]
        added, parent, unread = await ana.hears(3)
        assert (added["thread"], parent["id"], parent["change"]) == (root, root, "changed")
        assert (parent["message"]["replies"], unread["unread_threads"]) == (1, 1)
        await play.ask("DELETE", f"api/messages/{reply['id']}", query={"as": "bo-berg"})
        removed, parent, _ = await ana.hears(3)
        assert removed == {
            "type": "message",
            "change": "removed",
            "channel": "school-general",
            "thread": root,
            "id": reply["id"],
        }
        await play.post("api/people", name="Eva", space="school")
        assert (await ana.hears())[0] == {"type": "people"}
        await play.post("api/channels", name="new", space="school")
        assert (await ana.hears())[0] == {"type": "channels"}


async def test_a_private_answer_is_heard_by_its_person_only(play: Play) -> None:
    play.door.does = lambda event: Tell(CARD) if isinstance(event, CommandCalled) else None
    async with _listening(play, "ana") as ana, _listening(play, "bo-berg") as bo:
        await play.post("api/commands", as_="ana", channel="general", text="/kring")
        assert (await ana.hears())[0]["message"]["private"]
        await play.post("api/messages", as_="ana", channel="general", text="after")
        (_unread,) = await bo.hears()
        (told,) = await bo.hears()
        assert told["message"]["text"] == "after"


async def test_who_leaves_hears_no_more(play: Play) -> None:
    async with _listening(play, "bo-berg") as bo:
        await play.ask("DELETE", "api/people/bo-berg")
        with pytest.raises(AssertionError, match="ended"):
            await bo.hears()


async def test_a_quiet_page_is_kept_alive(play: Play) -> None:
    async with (
        serving(play.desk, "127.0.0.1", 0, heartbeat=0.05) as address,
        play.client.get(f"{address}api/stream", params={"as": "ana"}) as response,
    ):
        lines = [await asyncio.wait_for(response.content.readline(), 3) for _n in range(3)]
    assert b": still here\n" in lines


async def test_nobody_else_can_listen_for_them(play: Play) -> None:
    status, _ = await play.refused("GET", "api/stream")
    assert status == 422
    status, _ = await play.refused("GET", "api/stream", as_="nobody")
    assert status == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "OWN"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:80:80"}, 403),
        ({"Host": "localhost:1"}, 200),
        ({"Host": "[::1]:1"}, 200),
    ],
)
async def test_other_websites_can_neither_read_nor_act(play: Play, headers: dict[str, str], status: int) -> None:
    headers = {name: play.address.rstrip("/") if value == "OWN" else value for name, value in headers.items()}
    async with play.client.get(play.address + "api/state", headers=headers) as response:
        assert response.status == status
        assert "Access-Control-Allow-Origin" not in response.headers


async def test_every_answer_carries_the_careful_headers(play: Play) -> None:
    for path in ("", "api/state", "api/nothing", "static/../server.py", "static/%2e%2e/server.py", "static/x.py"):
        async with play.client.get(play.address + path) as response:
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert "import" not in await response.text()


async def test_what_goes_wrong_is_told_without_a_traceback(play: Play) -> None:
    def broken(event: Event) -> Answer:
        raise RuntimeError("secret detail")

    play.door.does = broken
    async with play.client.post(
        play.address + "api/messages", json={"as": "ana", "channel": "general", "text": "x"}
    ) as response:
        text = await response.text()
        assert response.status == 500
    assert "secret" not in text
    assert "Traceback" not in text
    body = json.loads(text)
    assert body["error"] == "Something went wrong here."
    assert body["reference"] in body["hint"]


async def test_too_large_a_body_is_refused(play: Play) -> None:
    async with play.client.post(play.address + "api/messages", data=BytesIO(b"x" * (LARGEST + 1))) as response:
        assert response.status == 413
        assert (await response.json())["error"] == "That is too much at once."


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "example.org"])  # noqa: S104  # refused
async def test_it_listens_on_this_machine_only(play: Play, host: str) -> None:
    with pytest.raises(SettingsFault, match="no sign-in"):
        async with serving(play.desk, host, 0):
            pass


async def test_it_listens_elsewhere_when_told_so(play: Play) -> None:
    async with (
        serving(play.desk, "0.0.0.0", 0, i_know_what_i_do=True) as address,  # noqa: S104  # what the test is about
        play.client.get(address.replace("0.0.0.0", "127.0.0.1") + "api/state") as response,  # noqa: S104
    ):
        assert response.status == 200


async def test_a_port_that_is_taken_is_told_so(play: Play) -> None:
    port = int(play.address.rsplit(":", 1)[1].strip("/"))
    with pytest.raises(SettingsFault, match="--port"):
        async with serving(play.desk, "127.0.0.1", port):
            pass


@pytest.mark.parametrize(
    ("host", "own"),
    [("localhost", True), ("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("[::1]", True), ("", False),
     ("localhost.example.org", False), ("10.0.0.1", False)],
)  # fmt: skip
def test_what_counts_as_this_machine(host: str, own: bool) -> None:
    assert is_loopback(host) == own


async def test_stopping_lets_open_pages_go(play: Play) -> None:
    async with serving(play.desk, "127.0.0.1", 0) as address:
        response = await play.client.get(f"{address}api/stream", params={"as": "ana"})
        await response.content.readline()
        started = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - started < 1
    response.close()


async def test_posts_by_the_platform_arrive_in_the_space_they_are_for(play: Play) -> None:
    play.shelf.put(Post(GENERAL, CARD))
    await play.post("api/settle")
    assert len(await play.messages("bo-berg")) == 1
    assert await play.messages("cas", "college-general") == []

"""The gateway by hand: what no well-behaved client sends, shards, text frames."""

from __future__ import annotations

import json
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from tests.fakes.discord.state import Channel, Guild, Person
from tests.fakes.discord_server import DiscordServer

Json = dict[str, Any]
GUILDS, MESSAGES, DIRECT = 1, 1 << 9, 1 << 12


class Hand:
    """A socket; frames as text."""

    def __init__(self, server: DiscordServer, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._server = server
        self.socket = socket

    async def send(self, op: int, data: Any = None) -> None:
        await self.socket.send_str(json.dumps({"op": op, "d": data}))

    async def identify(self, intents: int = GUILDS | MESSAGES | DIRECT, **more: Any) -> None:
        await self.send(2, {"token": self._server.app.token, "properties": {}, "intents": intents, **more})

    async def next(self) -> Json:
        frame = await self.socket.receive(timeout=2)
        assert frame.type is aiohttp.WSMsgType.TEXT, frame
        return json.loads(frame.data)

    async def until(self, name: str) -> Json:
        while (frame := await self.next())["t"] != name:
            pass
        return frame["d"]

    async def closed(self) -> int | None:
        while not self.socket.closed:
            await self.socket.receive(timeout=2)
        return self.socket.close_code


@pytest.fixture
def at_hand(server: DiscordServer, session: aiohttp.ClientSession) -> Any:
    @asynccontextmanager
    async def opened(query: str = "v=10&encoding=json") -> AsyncIterator[Hand]:
        async with session.ws_connect(f"{server.gateway_url}?{query}") as socket:
            hand = Hand(server, socket)
            assert (await hand.next())["d"]["heartbeat_interval"] == 41_250
            yield hand

    return opened


async def test_a_heartbeat_is_answered_also_before_identifying(at_hand: Any) -> None:
    async with at_hand() as hand:
        await hand.send(1, None)
        assert (await hand.next())["op"] == 11


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("not json", 4002),
        ("[]", 4002),
        (json.dumps({"op": 2, "d": "x" * 4100}), 4002),
        (json.dumps({"op": 2, "d": {}}), 4002),
        (json.dumps({"op": 99, "d": None}), 4001),
        (json.dumps({"op": 8, "d": {}}), 4003),
        (json.dumps({"op": 2, "d": {"token": "x", "properties": {}, "intents": 0}}), 4004),
        (json.dumps({"op": 6, "d": {"token": "x", "session_id": "x", "seq": 1}}), 4004),
    ],
)
async def test_what_is_wrong_is_closed_with_its_code(at_hand: Any, said: str, code: int) -> None:
    async with at_hand() as hand:
        await hand.socket.send_str(said)
        assert await hand.closed() == code


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"intents": 1 << 30}, 4013),
        ({"intents": None}, 4013),
        ({"intents": 1 << 8}, 4014),
        ({"shard": [2, 2]}, 4010),
        ({"shard": "all"}, 4010),
    ],
)
async def test_what_is_wrong_with_identifying(at_hand: Any, more: Json, code: int) -> None:
    async with at_hand() as hand:
        await hand.identify(**more)
        assert await hand.closed() == code


async def test_identifying_twice_is_once_too_often(at_hand: Any) -> None:
    async with at_hand() as hand:
        await hand.identify()
        await hand.identify()
        assert await hand.closed() == 4005


@pytest.mark.parametrize(("compression", "kind"), [("zlib-stream", "BINARY"), ("zstd-stream", "TEXT"), ("", "TEXT")])
async def test_frames_are_compressed_when_that_is_asked_for(
    server: DiscordServer, session: aiohttp.ClientSession, compression: str, kind: str
) -> None:
    async with session.ws_connect(f"{server.gateway_url}?v=10&encoding=json&compress={compression}") as socket:
        frame = await socket.receive(timeout=2)
    assert frame.type is aiohttp.WSMsgType[kind]
    text = zlib.decompressobj().decompress(frame.data) if kind == "BINARY" else frame.data
    assert json.loads(text)["op"] == 10


async def test_another_version_is_not_spoken(server: DiscordServer, session: aiohttp.ClientSession) -> None:
    async with session.ws_connect(f"{server.gateway_url}?v=9&encoding=json") as socket:
        hand = Hand(server, socket)
        assert await hand.closed() == 4012


async def test_a_number_that_was_never_given_cannot_be_resumed(at_hand: Any, server: DiscordServer) -> None:
    async with at_hand() as hand:
        await hand.identify()
        ready = await hand.until("READY")
        await server.cut_sockets()
    async with at_hand() as hand:
        await hand.send(6, {"token": server.app.token, "session_id": ready["session_id"], "seq": 99})
        assert await hand.closed() == 4007


async def test_leaving_in_good_order_ends_the_session(at_hand: Any, server: DiscordServer) -> None:
    async with at_hand() as hand:
        await hand.identify()
        ready = await hand.until("READY")
        await hand.socket.close(code=1000)
    async with at_hand() as hand:
        await hand.send(6, {"token": server.app.token, "session_id": ready["session_id"], "seq": 1})
        assert await hand.next() == {"op": 9, "d": False, "s": None, "t": None}


async def test_each_shard_hears_of_its_own_servers(at_hand: Any, server: DiscordServer) -> None:
    made = [server.server(f"School {number}") for number in range(8)]
    # an id begins with its moment: these were made one millisecond after the other
    first = int(made[0].id) >> 22
    for number, each in enumerate(made):
        _renumbered(server, each, str((first + number << 22) + 4_000_000))
    rooms = [server.channel(each, "room") for each in made]
    people = [server.person(each, "Anna") for each in made]
    heard: list[set[str]] = []
    for shard in (0, 1):
        async with at_hand() as hand:
            await hand.identify(shard=[shard, 2])
            ready = await hand.until("READY")
            assert ready["shard"] == [shard, 2]
            for room, person in zip(rooms, people, strict=True):
                await server.says(person, room, "hello")
            heard.append({each["id"] for each in ready["guilds"]})
            for _ in ready["guilds"]:
                message = await hand.until("MESSAGE_CREATE")
                assert message["guild_id"] in heard[-1]
            await hand.socket.close(code=1000)
    assert heard[0] | heard[1] == {each.id for each in made}
    assert not heard[0] & heard[1]
    assert all(len(each) == 4 for each in heard)


def _renumbered(server: DiscordServer, guild: Guild, new: str) -> None:
    del server.world.guilds[guild.id]
    guild.roles[new] = guild.roles.pop(guild.id)
    guild.id = guild.roles[new].id = new
    server.world.guilds[new] = guild


async def test_direct_messages_come_to_the_first_shard(at_hand: Any, server: DiscordServer, bram: Person) -> None:
    async with at_hand() as first, at_hand() as second:
        await first.identify(shard=[0, 2])
        await second.identify(shard=[1, 2])
        await first.until("READY")
        await second.until("READY")
        await server.says(bram, server.dm(bram), "psst")
        assert (await first.until("MESSAGE_CREATE"))["content"] == "psst"
        await second.send(1)
        heard = []
        while (frame := await second.next())["op"] != 11:
            heard.append(frame["t"])
        assert "MESSAGE_CREATE" not in heard


async def test_without_an_intent_its_events_do_not_come(
    at_hand: Any, server: DiscordServer, lobby: Channel, bram: Person
) -> None:
    async with at_hand() as hand:
        await hand.identify(GUILDS)
        await hand.until("GUILD_CREATE")
        said = await server.says(bram, lobby, "hello")
        await server.reacts(bram, said, "👍")
        await server.renames(lobby, "salon")
        assert (await hand.next())["t"] == "CHANNEL_UPDATE"

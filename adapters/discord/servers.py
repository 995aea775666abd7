"""The servers that Kring is in, as the gateway tells of them: names, channels, threads that are open, who may manage.

Only what is needed to name things and to know where a thread hangs: no members, no messages.
https://docs.discord.com/developers/events/gateway-events#guild-create (2026-11-26)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.discord import PLATFORM
from bot.chat.names import Channel, Place, Space, Thread

ADMINISTRATOR = 1 << 3
MANAGE_GUILD = 1 << 5
PRIVATE_THREAD = 12
THREADS = frozenset({10, 11, PRIVATE_THREAD})
"""Channel types: a thread in an announcement channel, a public and a private one."""
TEXT = 0
"""The type of an ordinary channel: only there private threads can be opened."""
FORUMS = frozenset({15, 16})
"""Channel types whose every message is a thread: forum and media channels."""

Payload = Mapping[str, Any]


@dataclass(slots=True)
class Server:
    id: str
    name: str = ""
    owner: str = ""
    bot_joined: str = ""
    """When Kring came in, as Discord writes moments."""
    people: int = 0
    """How many were there when Discord last told all of it."""
    rights: dict[str, int] = field(default_factory=dict)
    """What each role may do everywhere in the server."""
    channels: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Name and type by id."""
    threads: dict[str, str] = field(default_factory=dict)
    """The channel in which a thread hangs: open ones, and others as far as they were told of."""

    @property
    def space(self) -> Space:
        return Space(PLATFORM, self.id)

    def may_manage(self, user: str, roles: Iterable[str]) -> bool:
        """Whether this member has *Manage Server*, by their roles."""
        if user == self.owner:
            return True
        rights = 0
        for role in (self.id, *roles):
            rights |= self.rights.get(role, 0)
        return bool(rights & (ADMINISTRATOR | MANAGE_GUILD))


class Servers:
    """Filled by the gateway's events, in their order."""

    def __init__(self) -> None:
        self._servers: dict[str, Server] = {}

    def get(self, server: str) -> Server | None:
        return self._servers.get(server)

    def all(self) -> tuple[Server, ...]:
        return tuple(self._servers.values())

    def name(self, server: str) -> str | None:
        found = self._servers.get(server)
        return found.name or None if found else None

    def channel_name(self, server: str, channel: str) -> str | None:
        found = self._servers.get(server)
        named = found.channels.get(channel) if found else None
        return named[0] if named else None

    def channel_names(self, server: str) -> dict[str, str]:
        """The names of all its channels by id."""
        found = self._servers.get(server)
        return {id_: name for id_, (name, _) in found.channels.items()} if found else {}

    def kind(self, server: str, channel: str) -> int | None:
        """The type of a channel that is known here."""
        found = self._servers.get(server)
        named = found.channels.get(channel) if found else None
        return named[1] if named else None

    def is_forum(self, server: str, channel: str) -> bool:
        return self.kind(server, channel) in FORUMS

    def place(self, server: str, channel: str) -> Place:
        """What that id names: to Discord a thread is a channel too."""
        space = Space(PLATFORM, server)
        found = self._servers.get(server)
        parent = found.threads.get(channel) if found else None
        return Channel(space, channel) if parent is None else Thread(Channel(space, parent), channel)

    # -- what the gateway tells

    def took(self, kind: str, data: Payload) -> None:
        """An event of the gateway; what is none of its business is passed over, and so is a server not told of yet."""
        if kind.startswith("GUILD_") or kind == "READY":
            self._took_server(kind, data)
        elif (server := self._servers.get(data.get("guild_id") or "")) is not None:
            _took_place(server, kind, data)

    def knows_thread(self, thread: Payload) -> None:
        """A channel object of a thread, from wherever it came."""
        if (server := self._servers.get(thread.get("guild_id") or "")) is not None:
            _knows_thread(server, thread)

    def _took_server(self, kind: str, data: Payload) -> None:
        match kind:
            case "READY":  # Kring was taken out of those that are not named, while nothing was told
                here = {each["id"] for each in data["guilds"]}
                self._servers = {
                    id_: server
                    for id_, server in self._servers.items()
                    if id_ in here or not is_of_shard(id_, data["shard"])
                }
            case "GUILD_CREATE" if not data.get("unavailable"):
                server, before = _server(data), self._servers.get(data["id"])
                if before is not None:  # it tells of open threads only
                    still = {id_: parent for id_, parent in before.threads.items() if parent in server.channels}
                    server.threads = still | server.threads
                self._servers[data["id"]] = server
            case "GUILD_UPDATE" if data["id"] in self._servers:
                self._renamed(data)
            case "GUILD_DELETE" if not data.get("unavailable"):
                self._servers.pop(data["id"], None)
            case "GUILD_ROLE_CREATE" | "GUILD_ROLE_UPDATE" if data["guild_id"] in self._servers:
                self._servers[data["guild_id"]].rights[data["role"]["id"]] = int(data["role"]["permissions"])
            case "GUILD_ROLE_DELETE" if data["guild_id"] in self._servers:
                self._servers[data["guild_id"]].rights.pop(data["role_id"], None)
            case _:
                pass

    def _renamed(self, data: Payload) -> None:
        server = self._servers[data["id"]]
        server.name, server.owner = data["name"], data["owner_id"]
        server.rights = _rights(data)


def is_of_shard(server: str, shard: Sequence[int]) -> bool:
    """https://docs.discord.com/developers/events/gateway#sharding (2026-11-26). `shard`: which, and of how many."""
    return (int(server) >> 22) % shard[1] == shard[0]


def _took_place(server: Server, kind: str, data: Payload) -> None:
    match kind:
        case "CHANNEL_CREATE" | "CHANNEL_UPDATE":
            server.channels[data["id"]] = (data.get("name") or "", data["type"])
        case "CHANNEL_DELETE":
            server.channels.pop(data["id"], None)
            server.threads = {id_: parent for id_, parent in server.threads.items() if parent != data["id"]}
        case "THREAD_CREATE" | "THREAD_UPDATE":
            _knows_thread(server, data)
        case "THREAD_DELETE":
            server.threads.pop(data["id"], None)
        case "THREAD_LIST_SYNC":
            for thread in data["threads"]:
                _knows_thread(server, thread)


def _knows_thread(server: Server, thread: Payload) -> None:
    if thread.get("parent_id"):
        server.threads[thread["id"]] = thread["parent_id"]


def _rights(data: Payload) -> dict[str, int]:
    return {role["id"]: int(role["permissions"]) for role in data.get("roles", ())}


def _server(data: Payload) -> Server:
    return Server(
        data["id"],
        data["name"],
        data["owner_id"],
        data.get("joined_at", ""),
        data.get("member_count", 0),
        _rights(data),
        {each["id"]: (each.get("name") or "", each["type"]) for each in data.get("channels", ())},
        {each["id"]: each["parent_id"] for each in data.get("threads", ()) if each.get("parent_id")},
    )

"""The app's commands: what it registered, what a person is offered, and what they typed.

https://docs.discord.com/developers/interactions/application-commands, as of 2026-11-26.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.discord.command_checks import CHAT, GROUP, MOST, SUB_COMMAND, command_faults, commands_faults, too_many
from tests.fakes.discord.errors import DiscordError
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.state import Channel, Json, Person
from tests.fakes.discord.world import World

GLOBALLY = ""
IN_SERVER, WITH_APP = 0, 1
"""Interaction contexts: https://docs.discord.com/developers/interactions/receiving-and-responding"""
CREATES_A_DAY = 200
"""https://docs.discord.com/developers/interactions/application-commands#registering-a-command"""
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Typed:
    """What somebody typed: the command, the groups and sub-command under it, and the options by name."""

    command: Json
    path: tuple[Json, ...]
    options: dict[str, str]

    @property
    def parameters(self) -> list[Json]:
        return list((self.path[-1] if self.path else self.command).get("options") or ())

    def parameter(self, name: str) -> Json | None:
        return next((each for each in self.parameters if each["name"] == name), None)


@dataclass
class Commands:
    world: World
    scopes: dict[str, dict[str, Json]] = field(default_factory=dict)
    """By server (`GLOBALLY` for all): the commands by id, as they were registered."""
    made: dict[str, list[float]] = field(default_factory=dict)
    """By server: when commands were made, for the bound of a day."""

    # -- registering

    def all(self, scope: str) -> list[Json]:
        return list(self.scopes.get(scope, {}).values())

    def one(self, scope: str, id_: str) -> Json:
        found = self.scopes.get(scope, {}).get(id_)
        if found is None:
            raise DiscordError(10063)
        return found

    def add(self, scope: str, body: Json) -> tuple[Json, bool]:
        """The command, and whether it is new: one with the same name and type is written over."""
        _refuse(command_faults(body))
        same = self._named(scope, body)
        if same is None:
            kind = body.get("type") or CHAT
            if sum(each["type"] == kind for each in self.all(scope)) >= MOST[kind]:
                raise _full(MOST[kind])
            self._count(scope, 1)
        return self._keep(scope, body, same), same is None

    def change(self, scope: str, id_: str, body: Json) -> Json:
        """Fields that are given are written over whole."""
        before = self.one(scope, id_)
        after = {**before, **body, "type": before["type"]}
        _refuse(command_faults(after))
        other = self._named(scope, after)
        if other is not None and other["id"] != id_:
            said = {
                "code": "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "message": "Application command names must be unique",
            }
            raise DiscordError(50035, errors={"name": {"_errors": [said]}})
        return self._keep(scope, after, before)

    def drop(self, scope: str, id_: str) -> None:
        self.one(scope, id_)
        del self.scopes[scope][id_]

    def replace(self, scope: str, bodies: Any) -> list[Json]:
        """All at once: what keeps its name and type keeps its id, what is not named is gone."""
        _refuse(commands_faults(bodies))
        most = too_many(bodies)
        if most is not None:
            raise _full(most)
        same = [self._named(scope, each) for each in bodies]
        self._count(scope, same.count(None))
        self.scopes[scope] = {}
        return [self._keep(scope, body, before) for body, before in zip(bodies, same, strict=True)]

    def _named(self, scope: str, body: Json) -> Json | None:
        key = (body.get("type") or CHAT, body["name"])
        return next((each for each in self.all(scope) if (each["type"], each["name"]) == key), None)

    def _count(self, scope: str, number: int) -> None:
        now = self.world.wall()
        times = [each for each in self.made.get(scope, []) if each > now - DAY]
        if len(times) + number > CREATES_A_DAY:
            words = f"Maximum number of daily application command creates has been reached ({CREATES_A_DAY})"
            raise DiscordError(30034, words, status=429)
        self.made[scope] = times + [now] * number

    def _keep(self, scope: str, body: Json, before: Json | None) -> Json:
        kept: Json = {
            "id": before["id"] if before else self.world.ids.new(),
            "application_id": self.world.app.id,
            "version": self.world.ids.new(),
            "type": body.get("type") or CHAT,
            "name": body["name"],
            "name_localizations": body.get("name_localizations"),
            # of menus "an empty string (instead of null)"
            "description": body.get("description") or "",
            "description_localizations": body.get("description_localizations"),
            "default_member_permissions": _bits(body.get("default_member_permissions")),
            "nsfw": bool(body.get("nsfw")),
        }
        if body.get("options"):
            kept["options"] = copy.deepcopy(body["options"])
        if scope == GLOBALLY:
            outside = body.get("contexts") is None and body.get("dm_permission") is False
            kept["contexts"] = [IN_SERVER] if outside else body.get("contexts")
            kept["integration_types"] = body.get("integration_types") or [0]
            kept["dm_permission"] = kept["contexts"] is None or WITH_APP in kept["contexts"]
        else:
            kept["guild_id"] = scope
        self.scopes.setdefault(scope, {})[kept["id"]] = kept
        return kept

    # -- using

    def offered(self, who: Person, where: Channel, kind: int = CHAT) -> Iterator[Json]:
        """What the client shows them there. A server's own commands come before those of all servers.

        https://docs.discord.com/developers/interactions/application-commands#permissions
        """
        rights = self.world.rights(who, where)
        for each in [*self.all(where.guild or "no server"), *self.all(GLOBALLY)]:
            context = WITH_APP if where.guild is None else IN_SERVER
            contexts = each.get("contexts")
            if each["type"] != kind or (contexts is not None and context not in contexts):
                continue
            if where.guild is None or _lets(each, rights):
                yield each

    def menu(self, who: Person, where: Channel, kind: int, name: str) -> Json | None:
        return next((each for each in self.offered(who, where, kind) if name in _names(each)), None)

    def typed(self, who: Person, where: Channel, text: str) -> Typed | str:
        """`/kring round start topic: Our next step` against what is offered; words of refusal when it is not there."""
        words = text.strip().removeprefix("/").split()
        there = {each["name"]: each for each in reversed(list(self.offered(who, where)))}
        command = there.get(words[0]) if words else None
        if command is None:
            return f"there is no command {text!r}, only {sorted(there)}"
        path: list[Json] = []
        level, rest = command, words[1:]
        while any(each["type"] in (SUB_COMMAND, GROUP) for each in level.get("options") or ()):
            under = {each["name"]: each for each in level["options"]}
            if not rest or rest[0] not in under:
                # "Using subcommands or subcommand groups will make your base command unusable"
                return f"there is no {text!r}: after {level['name']!r} comes one of {sorted(under)}"
            level = under[rest[0]]
            path.append(level)
            rest = rest[1:]
        known = [each["name"] for each in level.get("options") or ()]
        options, left = _options(text, known)
        if len(left.removeprefix("/").split()) != 1 + len(path):
            return f"{' '.join(rest)!r} is not an option of {text!r}, only {known}"
        return Typed(command, tuple(path), options)


def _options(text: str, known: list[str]) -> tuple[dict[str, str], str]:
    """`topic: Our next step days: 3` by name, and what stands before them."""
    if not known:
        return {}, text
    names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    pieces = re.split(rf"(?:^|(?<=\s))({names}):", text)
    return {name: value.strip() for name, value in zip(pieces[1::2], pieces[2::2], strict=True)}, pieces[0]


def _names(command: Json) -> set[str]:
    return {command["name"], *(command.get("name_localizations") or {}).values()}


def _lets(command: Mapping[str, Any], rights: int) -> bool:
    if not rights & Can.USE_APPLICATION_COMMANDS or not rights & Can.VIEW_CHANNEL:
        return False
    needed = command["default_member_permissions"]
    if needed is None or rights & Can.ADMINISTRATOR:
        return True
    # "0" is for nobody but administrators
    return int(needed) != 0 and rights & int(needed) == int(needed)


def _bits(value: Any) -> str | None:
    return None if value is None else str(value)


def _refuse(faults: Json) -> None:
    if faults:
        raise DiscordError(50035, errors=faults)


def _full(most: int) -> DiscordError:
    return DiscordError(30032, f"Maximum number of application commands reached ({most})", status=400)

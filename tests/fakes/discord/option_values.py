"""What people put into the options of a command: how it is sent, and what the client refuses.

https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.discord.command_checks import (
    ATTACHMENT,
    BOOLEAN,
    CHANNEL,
    INTEGER,
    MENTIONABLE,
    NUMBER,
    PERSON,
    ROLE,
    SAFE,
    STRING,
)
from tests.fakes.discord.interactions import Resolved
from tests.fakes.discord.state import Attachment, Channel, Guild, Json, Member, Person, Role
from tests.fakes.discord.world import World


class Finding:
    """Finds what somebody names: by object, by id, or as they type it (`@Anna`, `#general`)."""

    def __init__(self, world: World, reader: Person, place: Channel) -> None:
        self.world = world
        self.reader = reader
        self.guild: Guild | None = world.guild_of(place)

    def person(self, wanted: Any) -> Person:
        if isinstance(wanted, Member | Person):
            return self.world.person(wanted)
        there = [each.person for each in self.guild.members.values()] if self.guild else [self.reader, self.world.bot]
        for each in there:
            member = self.world.member(each, self.guild)
            names = {each.id, each.name, each.shown, member.name if member else each.shown}
            if str(wanted).removeprefix("@") in names:
                return each
        raise ValueError(f"there is nobody {wanted!r}")

    def channel(self, wanted: Any) -> Channel:
        places = [] if self.guild is None else [*self.guild.channels.values(), *self.guild.threads.values()]
        for each in places:
            named = wanted is each or str(wanted).removeprefix("#") in (each.id, each.name)
            if named and self.world.rights(self.reader, each):
                return each
        raise ValueError(f"there is no channel {wanted!r}")

    def role(self, wanted: Any) -> Role:
        for each in self.guild.roles.values() if self.guild else ():
            if wanted is each or str(wanted).removeprefix("@") in (each.id, each.name):
                return each
        raise ValueError(f"there is no role {wanted!r}")

    def mentionable(self, wanted: Any) -> Person | Role:
        try:
            return self.role(wanted)
        except ValueError:
            return self.person(wanted)


def sent(
    parameters: list[Json],
    given: Mapping[str, Any],
    find: Finding,
    resolved: Resolved,
    file: Callable[[str, bytes], Attachment],
    *,
    focused: str | None = None,
) -> list[Json]:
    """The `options` of the interaction, in the order in which the command has them.

    With `focused` (an autocomplete) that option is as it is typed, and required ones may be missing. ValueError when
    the client does not let it be sent.
    """
    known = {each["name"] for each in parameters}
    unknown = set(given) - known
    if unknown:
        raise ValueError(f"there is no option {sorted(unknown)}, only {sorted(known)}")
    found = []
    for option in parameters:
        name, kind = option["name"], option["type"]
        if name == focused:
            found.append({"name": name, "type": kind, "value": str(given.get(name, "")), "focused": True})
        elif given.get(name) is not None:
            try:
                value = _value(option, given[name], find, resolved, file)
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from None
            found.append({"name": name, "type": kind, "value": value})
        elif option.get("required") and focused is None:
            raise ValueError(f"{name}: This option is required. Specify a value")
    return found


def _value(
    option: Json, given: Any, find: Finding, resolved: Resolved, file: Callable[[str, bytes], Attachment]
) -> Any:
    kind = option["type"]
    if isinstance(given, Mapping):
        # one of the choices that an autocomplete gave
        given = given["value"]
    if option.get("choices"):
        return _choice(option["choices"], given)
    if kind == STRING:
        return _text(option, given)
    if kind in (INTEGER, NUMBER):
        return _number(option, given)
    if kind == BOOLEAN:
        if str(given).casefold() not in ("true", "false"):
            raise ValueError("Please enter either True or False")
        return str(given).casefold() == "true"
    if kind == PERSON:
        return resolved.add(find.person(given))
    if kind == ROLE:
        return resolved.add(find.role(given))
    if kind == MENTIONABLE:
        return resolved.add(find.mentionable(given))
    if kind == CHANNEL:
        place = find.channel(given)
        kinds = option.get("channel_types")
        if kinds and place.type not in kinds:
            raise ValueError(f"#{place.name} is of type {place.type}, not one of {kinds}")
        return resolved.add(place)
    assert kind == ATTACHMENT
    return resolved.add(given if isinstance(given, Attachment) else file(*given))


def _choice(choices: list[Json], given: Any) -> Any:
    """By value or by name: "the only valid values for a user to pick"."""
    for each in choices:
        names = {each["name"], *(each.get("name_localizations") or {}).values()}
        if given == each["value"] or given in names or str(given) == str(each["value"]):
            return each["value"]
    raise ValueError(f"{given!r} is not one of {[each['name'] for each in choices]}")


def _text(option: Json, given: Any) -> str:
    text = str(given)
    least, most = option.get("min_length") or 0, option.get("max_length") or 6000
    # what is empty cannot be sent as an option
    if not max(least, 1) <= len(text) <= most:
        raise ValueError(f"Must be between {max(least, 1)} and {most} characters, not {len(text)}")
    return text


def _number(option: Json, given: Any) -> int | float:
    whole = option["type"] == INTEGER
    try:
        value = int(str(given)) if whole else float(given)
    except ValueError:
        raise ValueError(f"{given!r} is not a valid {'integer' if whole else 'number'}") from None
    least = -SAFE if option.get("min_value") is None else option["min_value"]
    most = SAFE if option.get("max_value") is None else option["max_value"]
    if not least <= value <= most:
        raise ValueError(f"Must be between {least} and {most}, not {value}")
    return value

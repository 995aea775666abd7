"""How one field of Block Kit is checked: small checks that are put together to tables.

A check takes a value and where it stands, and gives the faults in Slack's own words, with its `json-pointer`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Check = Callable[[Any, str], Iterator[str]]


def at(fault: str, path: str) -> str:
    return f"{fault} [json-pointer:{path}]"


def string(most: int | None = None, least: int = 1) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield at("must provide a string", path)
        elif len(value) < least:
            yield at(f"must be more than {least - 1} characters", path)
        elif most is not None and len(value) > most:
            yield at(f"must be less than {most + 1} characters", path)

    return check


def boolean(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield at("must provide a boolean", path)


def integer(least: int | None = None, most: int | None = None) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        # https://github.com/soxtoby/SlackNet/issues/239: a number in quotes is refused
        if not isinstance(value, int) or isinstance(value, bool):
            yield at("must provide an integer", path)
        elif least is not None and value < least:
            yield at(f"must be greater than {least - 1}", path)
        elif most is not None and value > most:
            yield at(f"must be less than {most + 1}", path)

    return check


def one_of(*allowed: Any) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if value not in allowed:
            yield at(f"must be one of {', '.join(map(str, allowed))}", path)

    return check


def like(pattern: str, what: str) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str) or not re.fullmatch(pattern, value, re.DOTALL):
            yield at(f"must be {what}", path)

    return check


def url(value: Any, path: str) -> Iterator[str]:
    yield from string(3000)(value, path)
    if isinstance(value, str) and not re.match(r"[a-z][a-z0-9+.-]*:", value, re.IGNORECASE):
        yield at("must be a valid url", path)


def many(check: Check, most: int | None = None, least: int = 1) -> Check:
    def check_all(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield at("must provide an array", path)
            return
        if len(value) < least:
            yield at(f"no fewer than {least} items allowed", path)
        if most is not None and len(value) > most:
            yield at(f"no more than {most} items allowed", path)
        for index, each in enumerate(value):
            yield from check(each, f"{path}/{index}")

    return check_all


def text(most: int, *, plain: bool = False, least: int = 1) -> Check:
    """A text object: https://docs.slack.dev/reference/block-kit/composition-objects/text-object"""
    allowed = ("plain_text",) if plain else ("plain_text", "mrkdwn")

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield at("must provide an object", path)
            return
        yield from _fields(value, path, {"type": one_of(*allowed), "text": string(most, least)}, _TEXT_MORE)
        if value.get("type") == "mrkdwn" and "emoji" in value:
            yield at("invalid additional property: emoji", path)
        if value.get("type") == "plain_text" and "verbatim" in value:
            yield at("invalid additional property: verbatim", path)

    return check


_TEXT_MORE: Mapping[str, Check] = {"emoji": boolean, "verbatim": boolean}


@dataclass(frozen=True)
class Shape:
    """What an object of one type must and may have. `also` checks what concerns several fields."""

    must: Mapping[str, Check] = field(default_factory=dict)
    may: Mapping[str, Check] = field(default_factory=dict)
    also: Check | None = None
    surfaces: frozenset[str] = frozenset({"message", "modal", "home"})

    def check(self, value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield at("must provide an object", path)
            return
        yield from _fields(value, path, self.must, self.may)
        if self.also is not None:
            yield from self.also(value, path)


def _fields(value: dict[str, Any], path: str, must: Mapping[str, Check], may: Mapping[str, Check]) -> Iterator[str]:
    for name, check in must.items():
        if value.get(name) is None:
            yield at(f"missing required field: {name}", path)
        else:
            yield from check(value[name], f"{path}/{name}")
    for name, check in may.items():
        if value.get(name) is not None:
            yield from check(value[name], f"{path}/{name}")
    for name in value:
        if name not in must and name not in may and name != "type":
            yield at(f"invalid additional property: {name}", path)


def typed(shapes: Mapping[str, Shape], allowed: frozenset[str] | None = None) -> Check:
    """An object whose `type` says its shape."""

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict) or not isinstance(value.get("type"), str):
            yield at("must provide an object with a type", path)
            return
        kind = value["type"]
        if kind not in shapes or (allowed is not None and kind not in allowed):
            yield at(f"unsupported type: {kind}", path)
            return
        yield from shapes[kind].check(value, path)

    return check


def anything(_value: Any, _path: str) -> Iterator[str]:
    yield from ()

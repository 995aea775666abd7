"""Facts are kept for good, people's words are not: what somebody said travels with a fact but is not kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from bot.chat.wire import to_plain

SPOKEN: Mapping[str, Any] = MappingProxyType({"spoken": True})
"""Marks a field with somebody's words: `body: str = field(metadata=SPOKEN)`. Routes see it; the trail does not."""


def kept(fact: Any) -> dict[str, Any]:
    """The fields of a fact that are kept, as plain values."""
    plain: dict[str, Any] = to_plain(fact, type(fact))
    return {name: value for name, value in plain.items() if name not in _spoken(type(fact))}


def _spoken(kind: type) -> set[str]:
    return {field.name for field in fields(kind) if field.metadata.get("spoken")}

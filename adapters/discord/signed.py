"""From which server a message in a direct conversation came: a number on its last component says it.

In such a conversation Discord names no server, and the same person may be in several that are no community together. An
app may number the components of its messages, and gets the numbers back with every press on them, after a restart too.
https://docs.discord.com/developers/components/reference#anatomy-of-a-component (2026-11-26)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from bot.chat.names import Space

Json = dict[str, Any]


def sign(server: str) -> int:
    """Discord's own numbers begin at 1, and those of requests (`standing`) lie above."""
    hashed = hashlib.sha256(server.encode()).digest()
    return 1 << 29 | int.from_bytes(hashed[:4], "big") >> 3


def signed(body: Json, space: Space) -> Json:
    """The message with its server's number, where there is anything to press on beside words."""
    *before, last = body["components"]
    return {**body, "components": [*before, {**last, "id": sign(space.id)}]} if before else body


def signer(message: Mapping[str, Any] | None, among: Iterable[str]) -> str | None:
    """That of these servers from which the message came."""
    numbers = {each.get("id") for each in (message or {}).get("components") or ()}
    return next((server for server in among if sign(server) in numbers), None)

"""What Kring may do where, and what it lacks, by the names in Discord's English settings.

    granted(base, overwrites, …) -> bits in one channel        lacking(bits) -> {name: reason}

https://docs.discord.com/developers/topics/permissions#permission-overwrites (2026-11-26)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from adapters.discord.invite import PERMISSIONS
from adapters.discord.servers import ADMINISTRATOR, FORUMS, TEXT

VIEW = PERMISSIONS["View Channels"][0]
THREADS, PRIVATE_THREADS = "Create Public Threads", "Create Private Threads"


def granted(
    base: int, overwrites: Iterable[Mapping[str, Any]], *, server: str, roles: Collection[str], member: str
) -> int:
    """The bits in a channel of a member with these roles. `base` is what the roles give in the whole server."""
    if base & ADMINISTRATOR:
        return ~0
    by_id = {each["id"]: (int(each["allow"]), int(each["deny"])) for each in overwrites}
    total = base
    for ids in ([server], roles, [member]):  # @everyone, then the roles together, then the member
        found = [by_id[each] for each in ids if each in by_id]
        for _, deny in found:
            total &= ~deny
        for allow, _ in found:
            total |= allow
    return total if total & VIEW else 0


def lacking(bits: int, *, kind: int = 0) -> dict[str, str]:
    """What is not among these bits, and what it is for. `kind` is the type of the channel; 0: an ordinary one."""
    if bits & ADMINISTRATOR:
        return {}
    return {
        name: reason
        for name, (bit, reason) in PERMISSIONS.items()
        if not bits & bit
        and not (name == THREADS and kind in FORUMS)  # there everything is a thread
        and not (name == PRIVATE_THREADS and kind != TEXT)  # there are none
    }

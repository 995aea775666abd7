"""Op 8, asking for members: https://docs.discord.com/developers/events/gateway-events#request-guild-members"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.fakes.discord import shapes
from tests.fakes.discord.events import Intent
from tests.fakes.discord.sessions import Session
from tests.fakes.discord.state import Guild, Json, Member

if TYPE_CHECKING:
    from tests.fakes.discord_server import DiscordServer

CHUNK = 1000
MOST_FOUND = 100
WHOLE_SECONDS = 30.0
"""The whole list of a server may be asked for once in so many seconds (the RATE_LIMITED event says when again)."""


def answer(discord: DiscordServer, session: Session, said: Any) -> None:
    """Without the members intent the whole list is not given; the page says no more, taken: no answer at all."""
    if not isinstance(said, dict):
        return
    guild = discord.world.guilds.get(str(said.get("guild_id")))
    if guild is None or not guild.has_app or not session.has(guild):
        return
    ids = said.get("user_ids")
    missing: list[str] = []
    if ids is not None:
        wanted = [str(each) for each in (ids if isinstance(ids, list) else [ids])][:MOST_FOUND]
        members = [guild.members[each] for each in wanted if each in guild.members]
        missing = [each for each in wanted if each not in guild.members]
    else:
        query, limit = said.get("query"), said.get("limit", 0)
        if query is None or not isinstance(limit, int):
            return
        if query == "" and not session.intents & Intent.GUILD_MEMBERS:
            return
        whole = query == "" and limit == 0
        if whole and not _may_ask(discord, session, guild, said):
            return
        members = [each for each in guild.members.values() if _starts(each, query)]
        if not whole:
            members = members[: min(limit, MOST_FOUND)]
    _tell(session, guild, members, missing, said.get("nonce"))


def _starts(member: Member, query: str) -> bool:
    names = (member.nick or "", member.person.name, member.person.shown)
    return any(each.casefold().startswith(query.casefold()) for each in names)


def _may_ask(discord: DiscordServer, session: Session, guild: Guild, said: Json) -> bool:
    if not discord.pacing.enabled:
        return True
    now = time.monotonic()
    again = discord.gateway.whole_lists.get(guild.id, 0.0)
    if again > now:
        meta: Json = {"guild_id": guild.id}
        if said.get("nonce"):
            meta["nonce"] = said["nonce"]
        # https://docs.discord.com/developers/events/gateway-events#rate-limited
        session.push("RATE_LIMITED", {"opcode": 8, "retry_after": again - now, "meta": meta})
        return False
    discord.gateway.whole_lists[guild.id] = now + WHOLE_SECONDS / discord.pacing.tempo
    return True


def _tell(session: Session, guild: Guild, members: list[Member], missing: list[str], nonce: str | None) -> None:
    chunks = [members[start : start + CHUNK] for start in range(0, len(members), CHUNK)] or [[]]
    for index, chunk in enumerate(chunks):
        about: Json = {"guild_id": guild.id, "members": [shapes.member(each) for each in chunk]}
        about |= {"chunk_index": index, "chunk_count": len(chunks)}
        if missing:
            about["not_found"] = missing
        if nonce is not None:
            about["nonce"] = nonce
        session.push("GUILD_MEMBERS_CHUNK", about)

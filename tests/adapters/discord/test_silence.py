"""Kring in a process of its own, with only Discord, telling all it can: no secrets, and nothing that people write."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.settings import Log
from tests.adapters.discord.scene import settings_of
from tests.fakes.discord_listening import until
from tests.fakes.discord_server import DiscordServer
from tests.process import TEMPO, started

WORDS = "zeldzaam"
"""In everything that people write here."""
CALLBACK = "POST /interactions/{interaction}/{token}/callback"


async def test_the_log_tells_no_secrets_and_nothing_that_people_write(sqlite_url: str, tmp_path: Path) -> None:
    log = tmp_path / "kring.log"
    async with DiscordServer(tempo=TEMPO * 4) as discord:
        server = discord.server("De Regenboog")
        anna, bram = discord.world.person(server.owner), discord.person(server, "Bram")
        general = discord.channel(server, "general")
        settings = settings_of(discord, sqlite_url, "full").model_copy(update={"log": Log(level="debug")})
        async with started(settings, timedelta(), log) as process:
            await discord.idle()
            said = await discord.says(anna, general, f"First everybody writes {WORDS} for two minutes.")
            await discord.edits(anna, said, f"First everybody writes {WORDS} for a minute.")
            outcomes = [await discord.uses(bram, said, "Keep as know-how")]
            await discord.says(bram, discord.dm(bram), f"knowhow find {WORDS}")
            for mishap in ("", "dropped", "failing", "throttled"):
                if mishap:
                    discord.mishaps.next(mishap, CALLBACK)
                outcomes.append(
                    await discord.calls(bram, general, "/kring knowhow find", options={"words": f"{WORDS} {mishap}"})
                )
            outcomes.append(await discord.calls(bram, general, "/kring knowhow add"))
            modal = discord.modal(bram)
            assert modal is not None
            outcomes.append(
                await discord.submits(bram, modal, {"Title": WORDS, "When and where does this come up?": WORDS})
            )
            discord.mishaps.next("failing_after", "POST /channels/{channel}/messages")
            await discord.says(bram, discord.dm(bram), WORDS)
            await discord.cut_sockets()
            await until(lambda: discord.connected == 1)
            await discord.invalidate()
            await until(lambda: discord.connected == 1 and discord.counters.identified == 2)
            await discord.idle()
            assert process.is_alive
    told = log.read_text("utf-8")
    assert f"discord/{outcomes[0].id}" in told
    tokens = [outcome.token for outcome in outcomes]
    assert all(tokens)
    for secret in (WORDS, discord.app.token, *map(str, tokens)):
        assert secret not in told

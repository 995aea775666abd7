"""`kring doctor` names what is missing at Discord, and where to click."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from click.testing import CliRunner, Result

from adapters.discord.doctor import NAMED, examine
from adapters.discord.invite import PERMISSIONS, url
from adapters.found import Found
from bot.__main__ import main
from bot.chat.names import Channel, Space
from bot.compose import utc_now
from bot.loading import load
from storage.care import upgrade
from storage.store import open_store
from storage.unit import Unit
from tests.adapters.discord.examined import COMMANDS, SWITCH, by_the_link, given, looks, notes, wrong
from tests.fakes.discord.state import Guild
from tests.fakes.discord_server import DiscordServer

TICK = "tick it: Server Settings -> Roles -> Kring's role -> Permissions"
ALLOW = "allow it for Kring's role: Edit Channel -> Permissions"


@pytest.fixture
async def discord() -> AsyncIterator[DiscordServer]:
    async with by_the_link() as discord:
        yield discord


@pytest.fixture
def school(discord: DiscordServer) -> Guild:
    return next(iter(discord.world.guilds.values()))


async def test_all_is_well(discord: DiscordServer) -> None:
    assert await looks(given(discord)) == [
        Found("fine", wrong=False),
        Found("light mode, which needs no privileged intent", wrong=False),
        Found("1,000 of 1,000 sessions of the day are left", wrong=False),
        Found("in the servers (1): De Regenboog", wrong=False),
    ]
    assert discord.counters.identified == 0, "no session is used up by looking"


async def test_nothing_is_configured() -> None:
    (found,) = await looks({})
    assert (found.wrong, found.words.startswith("not switched on; KRING_DISCORD__TOKEN does")) == (False, True)
    (found,) = await looks({"KRING_DISCORD__MEMBERS": "true"})
    assert found == Found("KRING_DISCORD__TOKEN is missing: [discord] members = true asks for Discord")


# -- reaching it


async def test_a_token_that_discord_does_not_know(discord: DiscordServer) -> None:
    (found,) = wrong(await looks(given(discord, TOKEN="MTIz.AAAAAA.other")))
    assert found.startswith("KRING_DISCORD__TOKEN is not known to Discord: it was reset, or its app was deleted;")
    assert found.endswith(f"make a new one: {SWITCH} -> your app -> Bot -> Reset Token")
    assert "MTIz" not in found


async def test_a_discord_that_cannot_be_asked(discord: DiscordServer) -> None:
    closed = "http://127.0.0.1:9/api/v10"
    (found,) = wrong(await looks(given(discord, API_URL=closed)))
    assert found.startswith(f"Discord cannot be asked at {closed} (Discord cannot be reached); try again in a minute")


async def page(_: web.Request) -> web.Response:
    return web.Response(text="<p>Welcome</p>")


async def wall(_: web.Request) -> web.Response:
    return web.Response(body=b'{"code": 50095}', status=403, headers={"Content-Type": "application/json"})


async def test_something_else_answers(discord: DiscordServer, aiohttp_page: str) -> None:
    """As it is when the address of Discord's pages is given instead of its API's."""
    (found,) = wrong(await looks(given(discord, API_URL=aiohttp_page)))
    assert found.startswith(f"what answers at {aiohttp_page} is not Discord")
    (found,) = wrong(await looks(given(discord, API_URL=f"{aiohttp_page}/nowhere")))
    assert found == f"what answers at {aiohttp_page}/nowhere is not Discord (404); look at [discord] api_url"
    (found,) = wrong(await looks(given(discord, API_URL=f"{aiohttp_page}/walled")))
    assert found == "Discord refuses to be asked (50095 This server is not available in your location)"


@pytest.fixture
async def aiohttp_page() -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/users/@me", page)
    app.router.add_get("/walled/users/@me", wall)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_the_gateway_cannot_be_reached(discord: DiscordServer) -> None:
    (found,) = wrong(await looks(given(discord, GATEWAY_URL="ws://127.0.0.1:9")))
    assert found.startswith("the gateway at ws://127.0.0.1:9 cannot be reached (ClientConnectorError")
    discord.mishaps.next("handshake")
    (found,) = wrong(await looks(given(discord)))
    assert "so Kring would hear nothing; see that this machine may open connections to it" in found


async def test_few_sessions_are_left(discord: DiscordServer) -> None:
    discord.gateway.starts_left = 51
    assert "51 of 1,000 sessions of the day are left" in notes(await looks(given(discord)))
    discord.gateway.starts_left = 50
    (found,) = wrong(await looks(given(discord)))
    assert found.startswith("only 50 of 1,000 sessions are left until 20")
    assert found.endswith("makes the token void, so stop whatever starts again and again with it")


# -- servers


async def test_in_no_server(discord: DiscordServer, school: Guild) -> None:
    await discord.kicks_bot(school)
    found = await looks(given(discord))
    assert wrong(found) == []
    assert f"in no server yet; whoever may manage one opens {url(discord.app.id)}" in notes(found)


async def test_in_many_servers(discord: DiscordServer) -> None:
    for n in range(NAMED + 240):
        discord.server(f"Circle {n}")
    (said,) = [each for each in notes(await looks(given(discord))) if each.startswith("in the servers")]
    assert said.startswith("in the servers (251): De Regenboog, Circle 0, ")
    assert said.endswith("Circle 8 and 241 more")


@pytest.mark.parametrize(("name", "bit", "reason"), [(name, *told) for name, told in PERMISSIONS.items()])
async def test_a_permission_of_the_role(
    discord: DiscordServer, school: Guild, name: str, bit: int, reason: str
) -> None:
    (role,) = [each for each in school.roles.values() if each.managed_by]
    role.permissions &= ~bit
    found = wrong(await looks(given(discord)))
    assert found == [f"De Regenboog: the permission {name} is missing ({reason}); {TICK}"]
    role.permissions = 1 << 3
    assert wrong(await looks(given(discord))) == [], "an administrator may do everything"


async def test_the_home_channel_counts(discord: DiscordServer, school: Guild) -> None:
    home = discord.channel(school, "practice")
    homes = {school.id: home.id}
    assert len(await looks(given(discord), homes)) == 4
    discord.forbid(home, "attach_files", "send_messages_in_threads")
    first, second = wrong(await looks(given(discord), homes))
    why = PERMISSIONS["Send Messages in Threads"][1]
    assert first == f"De Regenboog: in #practice the permission Send Messages in Threads is missing ({why}); {ALLOW}"
    assert second.startswith("De Regenboog: in #practice the permission Attach Files is missing")
    assert wrong(await looks(given(discord))) == [], "another channel's business"
    discord.permit(home, "attach_files", "send_messages_in_threads")
    discord.forbid(school, "attach_files")
    found = await looks(given(discord), homes)
    assert wrong(found) == [], "it is allowed where it counts"
    assert any(each.startswith("De Regenboog: the permission Attach Files is missing") for each in notes(found))


async def test_a_home_that_is_not_seen_or_not_there(discord: DiscordServer, school: Guild) -> None:
    home = discord.channel(school, "practice")
    discord.forbid(home, "view_channel")
    (found,) = wrong(await looks(given(discord), {school.id: home.id}))
    assert found.startswith(
        "De Regenboog: Kring does not see its home channel (50001 Missing access); allow View Channel for Kring's role"
    )
    await discord.deletes_channel(home)
    (found,) = wrong(await looks(given(discord), {school.id: home.id}))
    assert found.startswith("De Regenboog: its home channel was deleted; a host calls /kring setup wizard")


async def test_a_forum_needs_no_permission_for_threads(discord: DiscordServer, school: Guild) -> None:
    home = discord.channel(school, "questions", kind="forum")
    discord.forbid(home, "create_public_threads", "create_private_threads")
    assert wrong(await looks(given(discord), {school.id: home.id})) == []


@pytest.mark.parametrize(("kind", "lacks"), [("text", True), ("news", False)])
async def test_only_an_ordinary_channel_needs_the_permission_for_private_threads(
    discord: DiscordServer, school: Guild, kind: str, lacks: bool
) -> None:
    home = discord.channel(school, "practice-too", kind=kind)
    discord.forbid(home, "create_private_threads")
    found = wrong(await looks(given(discord), {school.id: home.id}))
    assert any("Create Private Threads" in each for each in found) is lacks


async def test_without_the_database(discord: DiscordServer) -> None:
    found = await examine(load(None, given(discord)), COMMANDS, homes=None, now=utc_now)
    assert wrong(found) == []
    assert any("the database cannot be read" in each for each in notes(found))


# -- the command


async def called(environment: dict[str, str], *words: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, main, list(words), env=environment)


async def test_the_command(discord: DiscordServer, school: Guild, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'kring.db'}"
    here = given(discord) | {"KRING_DATABASE__URL": database}
    done = await called(here, "doctor")
    assert done.exit_code == 1
    assert "is not there yet; `kring db upgrade` makes it." in done.output
    assert "discord: fine" in done.output, "the rest is looked at all the same"
    await asyncio.to_thread(upgrade, database)
    home = discord.channel(school, "practice")
    discord.forbid(home, "attach_files")
    done = await called(here, "doctor")
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert [line.partition(":")[0] for line in lines[:6]] == [
        "settings",
        "formats",
        "database",
        "key",
        "slack",
        "discord",
    ]
    assert (lines[4].startswith("slack: not switched on"), lines[5]) == (True, "discord: fine")
    await settle_in(database, school, home.id)
    done = await called(here, "doctor")
    assert done.exit_code == 1
    assert "discord: De Regenboog: in #practice the permission Attach Files is missing" in done.output


async def settle_in(database: str, school: Guild, home: str) -> None:
    """Kring is set up in that channel."""
    space = Space("discord", school.id)

    def set_up(unit: Unit) -> None:
        before = unit.communities.of(space)
        unit.members.arrange(before.id, before, replace(before, home=Channel(space, home), set_up=True))

    async with open_store(database) as store:
        await store.run(set_up)

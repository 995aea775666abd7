"""The workspaces that Kring is in, and tokens that are renewed once however many want them."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from cryptography.fernet import Fernet
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import installed
from adapters.slack.calling import new_client, new_session
from adapters.slack.connect import new_app
from adapters.slack.installed import EARLY, FRESH, RENEWAL, Installation, InstalledWorkspaces, unpack
from adapters.slack.manifest import manifest
from adapters.slack.workspaces import OneWorkspace, Workspace, app_of, introduced
from bot.chat.names import Space
from bot.errors import PlatformTrouble, StorageTrouble
from bot.features import gather
from storage.store import Store, open_store
from tests.fakes.slack.state import Workspace as SlackWorkspace
from tests.fakes.slack_server import SlackServer

COMMANDS = gather().offered.commands


class Wall:
    """The time, here and at Slack. A little passes between any two looks."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 25, 12, tzinfo=UTC)

    def now(self) -> datetime:
        self.at += timedelta(microseconds=1)
        return self.at

    def stamp(self) -> float:
        return self.at.timestamp()

    def pass_(self, **length: float) -> None:
        self.at += timedelta(**length)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with new_session() as session:
        yield session


@asynccontextmanager
async def slack_at(wall: Wall, *, rotating: bool) -> AsyncIterator[SlackServer]:
    made = manifest(COMMANDS, "https://kring.example.org")
    made["settings"]["token_rotation_enabled"] = rotating
    async with SlackServer(manifest=made, wall=wall.stamp, limits=False) as slack:
        yield slack


@pytest.fixture
async def slack(wall: Wall) -> AsyncIterator[SlackServer]:
    async with slack_at(wall, rotating=False) as slack:
        yield slack


@pytest.fixture
async def rotating(wall: Wall) -> AsyncIterator[SlackServer]:
    async with slack_at(wall, rotating=True) as slack:
        yield slack


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    async with open_store(sqlite_url, lease=False) as store:
        yield store


def several(slack: SlackServer, session: aiohttp.ClientSession, store: Any, wall: Wall) -> InstalledWorkspaces:
    return InstalledWorkspaces(
        store,
        new_client(session, slack.url, None),
        client_id=slack.app.client_id,
        client_secret=slack.app.client_secret,
        now=wall.now,
    )


def granted(slack: SlackServer, space: SlackWorkspace, wall: Wall) -> Installation:
    """As the installation would be kept."""
    there = slack.world.installation(space)
    refresh = next(iter(there.refresh_tokens), None)
    workspace = Workspace(
        space.id, space.name, there.token, there.bot_user, there.bot_id, slack.app.id, "", frozenset(), there.installer
    )
    return Installation(workspace, refresh, wall.at + timedelta(hours=12) if refresh else None)


# -- one workspace


async def test_the_token_says_whose_it_is(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    school = slack.workspace("De Regenboog")
    token, client = slack.world.installation(school).token, new_client(session, slack.url, None)
    workspace = await introduced(client, token, app_token=slack.app.app_token)
    assert (workspace.team, workspace.name) == (school.id, "De Regenboog")
    assert (workspace.bot_user, workspace.app_id) == (slack.world.bot(school).id, slack.app.id)
    assert workspace.scopes == frozenset(slack.app.scopes)
    assert workspace.url == f"https://{school.domain}.slack.com/"
    assert token not in repr(workspace)
    one = OneWorkspace(workspace, client)
    assert await one.find(school.id) == workspace
    assert await one.find("T0") is None
    assert await one.all() == (workspace,)


def test_the_app_token_names_the_app() -> None:
    assert app_of("xapp-1-A0123-456-abc") == "A0123"
    assert [app_of(token) for token in (None, "", "xapp-1", "xapp-1-B0123-456-abc")] == [None] * 4


async def test_it_is_forgotten_when_the_token_is_dead(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    school = slack.workspace("De Regenboog")
    client = new_client(session, slack.url, None)
    one = OneWorkspace(await introduced(client, slack.world.installation(school).token), client)
    await one.forget(school.id)
    assert await one.find(school.id), "Slack told late of an older installation"
    slack.revoke(school)
    await one.forget(school.id)
    assert await one.find(school.id) is None
    assert await one.all() == ()


# -- several


async def test_installations_are_found_without_asking_slack(
    slack: SlackServer, session: aiohttp.ClientSession, store: Store, wall: Wall
) -> None:
    workspaces = several(slack, session, store, wall)
    kept = {}
    for name in ("De Regenboog", "De Vlieger"):
        installation = granted(slack, slack.workspace(name), wall)
        await workspaces.add(installation)
        kept[installation.workspace.team] = installation.workspace
    for team, workspace in kept.items():
        assert await workspaces.find(team) == workspace
    assert await workspaces.find("T0") is None
    assert {each.team for each in await workspaces.all()} == kept.keys()
    assert slack.counters.calls == {}


def test_an_installation_survives_being_kept(wall: Wall) -> None:
    workspace = Workspace("T1", "Één", "xoxb-1", "U1", "B1", "A1", "https://a", frozenset({"a", "b"}), "U2")
    for installation in (Installation(workspace), Installation(workspace, "xoxe-1", wall.at)):
        assert unpack(installation.pack()) == installation
        assert "xox" not in repr(installation)


def test_tokens_are_encrypted_at_rest(sqlite_url: str, tmp_path: Path, wall: Wall) -> None:
    async def keep() -> None:
        key = Fernet.generate_key().decode()
        async with open_store(sqlite_url, key=key, lease=False) as store:
            workspace = Workspace("T1", "x", "xoxb-secret", "U1", "B1", "A1", "", frozenset())
            await store.keep_installation(Space("slack", "T1"), Installation(workspace, "xoxe-secret", wall.at).pack())

    asyncio.run(keep())
    everything = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert b"secret" not in everything
    assert b"installations" in everything


async def test_another_process_installed_again(
    slack: SlackServer, session: aiohttp.ClientSession, store: Store, wall: Wall
) -> None:
    school = slack.workspace("De Regenboog")
    here, there = several(slack, session, store, wall), several(slack, session, store, wall)
    await here.add(granted(slack, school, wall))
    assert await here.find(school.id)
    slack.install(school)
    newer = granted(slack, school, wall)
    await there.add(newer)
    wall.pass_(seconds=FRESH.total_seconds() + 1)
    assert await here.find(school.id) == newer.workspace


async def test_a_workspace_that_removed_kring_is_forgotten(
    slack: SlackServer, session: aiohttp.ClientSession, store: Store, wall: Wall
) -> None:
    school = slack.workspace("De Regenboog")
    workspaces = several(slack, session, store, wall)
    await workspaces.add(granted(slack, school, wall))
    await workspaces.forget(school.id)
    assert await workspaces.find(school.id), "Slack told late of an older installation"
    slack.mishaps.next("failing", "auth.test")
    slack.revoke(school)
    await workspaces.forget(school.id)
    assert await workspaces.find(school.id), "nobody knows"
    await workspaces.forget(school.id)
    assert await workspaces.find(school.id) is None
    assert await store.installations("slack") == {}
    await workspaces.forget(school.id)


# -- token rotation


async def old_token(rotating: SlackServer, workspaces: InstalledWorkspaces, wall: Wall, **age: float) -> SlackWorkspace:
    school = rotating.workspace("De Regenboog")
    await workspaces.add(granted(rotating, school, wall))
    wall.pass_(**age)
    return school


async def many(team: str, *processes: InstalledWorkspaces) -> set[str]:
    """The tokens that so many events at once are given."""
    found = await asyncio.gather(*(each.find(team) for each in processes for _ in range(20)))
    return {each.token for each in found if each}


async def test_a_fresh_token_is_left_alone(
    rotating: SlackServer, session: aiohttp.ClientSession, store: Store, wall: Wall
) -> None:
    workspaces = several(rotating, session, store, wall)
    school = await old_token(rotating, workspaces, wall, hours=9)
    assert await many(school.id, workspaces) == {rotating.world.installation(school).token}
    assert rotating.counters.calls == {}


@pytest.mark.parametrize("hours", [10.5, 13])
async def test_processes_renew_a_token_once(
    rotating: SlackServer, session: aiohttp.ClientSession, store: Store, wall: Wall, hours: float
) -> None:
    here, there = several(rotating, session, store, wall), several(rotating, session, store, wall)
    school = await old_token(rotating, here, wall, hours=hours)
    old = rotating.world.installation(school).token
    given = await many(school.id, here, there)
    new = rotating.world.installation(school).token
    assert new != old
    assert given <= ({new, old} if hours < 12 else {new}), "an expired token is good for nothing"
    assert rotating.counters.calls == {"oauth.v2.access": 1}
    wall.pass_(seconds=6)
    assert await many(school.id, here, there) == {new}
    kept = unpack((await store.installations("slack"))[school.id])
    assert kept.expires_at is not None
    assert timedelta(hours=12) - timedelta(seconds=7) < kept.expires_at - wall.at < timedelta(hours=12)
    assert rotating.counters.errors == {}


class Behind:
    """A store by which another process is always a little earlier."""

    def __init__(self, store: Store, other: InstalledWorkspaces) -> None:
        self._store = store
        self._other = other

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def claim_rotation(self, space: Space, now: datetime, lease: timedelta) -> bool:
        await self._other.find(space.id)
        return await self._store.claim_rotation(space, now, lease)


async def test_another_process_renewed_it_just_before(
    rotating: SlackServer, session: aiohttp.ClientSession, store: Store, wall: Wall
) -> None:
    there = several(rotating, session, store, wall)
    here = several(rotating, session, Behind(store, there), wall)
    school = await old_token(rotating, here, wall, hours=11)
    assert await many(school.id, here) == {rotating.world.installation(school).token}
    assert rotating.counters.calls == {"oauth.v2.access": 1}


async def test_a_token_is_renewed_again_and_again(
    rotating: SlackServer, session: aiohttp.ClientSession, store: Store, wall: Wall
) -> None:
    workspaces = several(rotating, session, store, wall)
    school = await old_token(rotating, workspaces, wall, hours=0)
    for _ in range(4):
        wall.pass_(hours=11)
        await workspaces.find(school.id)
    assert rotating.counters.calls == {"oauth.v2.access": 4}
    assert rotating.counters.errors == {}


class Forgetful:
    """A store that does not take an installation while it is full."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.full = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def keep_installation(self, space: Space, text: str) -> None:
        if self.full:
            raise StorageTrouble("the disk is full")
        await self._store.keep_installation(space, text)


async def test_a_renewed_token_is_kept_before_it_is_used(
    rotating: SlackServer, session: aiohttp.ClientSession, store: Store, wall: Wall
) -> None:
    forgetful = Forgetful(store)
    workspaces = several(rotating, session, forgetful, wall)
    school = await old_token(rotating, workspaces, wall, hours=11)
    old = rotating.world.installation(school).token
    forgetful.full = True
    assert await many(school.id, workspaces) == {old}
    wall.pass_(seconds=6)
    with pytest.raises(StorageTrouble):
        await workspaces.find(school.id)
    forgetful.full = False
    new = rotating.world.installation(school).token
    assert await many(school.id, workspaces) == {new}
    assert unpack((await store.installations("slack"))[school.id]).workspace.token == new
    assert rotating.counters.calls == {"oauth.v2.access": 1}


async def test_a_renewal_that_fails_is_tried_again(
    rotating: SlackServer, session: aiohttp.ClientSession, store: Store, wall: Wall
) -> None:
    workspaces = several(rotating, session, store, wall)
    school = await old_token(rotating, workspaces, wall, hours=11)
    old = rotating.world.installation(school).token
    rotating.mishaps.next("failing", "oauth.v2.access")
    assert await many(school.id, workspaces) == {old}
    wall.pass_(seconds=RENEWAL.total_seconds() + 6)
    (new,) = await many(school.id, workspaces)
    assert new == rotating.world.installation(school).token != old


async def test_an_expired_token_that_cannot_be_renewed(
    rotating: SlackServer,
    session: aiohttp.ClientSession,
    store: Store,
    wall: Wall,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(installed, "PATIENCE", 0.5)
    workspaces = several(rotating, session, store, wall)
    school = await old_token(rotating, workspaces, wall, hours=13)
    rotating.mishaps.next("failing", "oauth.v2.access")
    async with asyncio.timeout(5):
        found = await asyncio.gather(*(workspaces.find(school.id) for _ in range(50)), return_exceptions=True)
    assert {type(each) for each in found} == {PlatformTrouble}
    assert rotating.counters.calls == {"oauth.v2.access": 1}, "nobody queues up for it"
    wall.pass_(seconds=RENEWAL.total_seconds() + 6)
    assert await many(school.id, workspaces) == {rotating.world.installation(school).token}


def test_a_token_is_renewed_well_before_its_end() -> None:
    assert timedelta(minutes=30) < EARLY < timedelta(hours=12)


# -- what the libraries would read by themselves


class Deaf:
    async def hear(self, body: Any, *, team: str, bot_user: str) -> None:
        return None


async def test_slacks_own_variables_mean_nothing(
    slack: SlackServer, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Bolt reads them in silence: a signing secret or a token of another app would be taken for ours."""
    for name in ("SIGNING_SECRET", "BOT_TOKEN", "CLIENT_ID", "CLIENT_SECRET", "APP_TOKEN", "VERIFICATION_TOKEN"):
        monkeypatch.setenv(f"SLACK_{name}", "not-ours")
    monkeypatch.chdir(tmp_path)
    school = slack.workspace("De Regenboog")
    client = new_client(session, slack.url, None)
    one = OneWorkspace(await introduced(client, slack.world.installation(school).token), client)
    body = f'{{"type":"event_callback","team_id":"{school.id}","event":{{"type":"app_mention"}}}}'

    async def answered(secret: str, ours: str | None) -> int:
        now = str(int(time.time()))
        signed = str(SignatureVerifier(secret).generate_signature(timestamp=now, body=body))
        headers = {
            "content-type": "application/json",
            "x-slack-signature": signed,
            "x-slack-request-timestamp": now,
        }
        app = new_app(client, one, Deaf(), ours)
        assert app.client.token is None
        return (await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))).status

    assert await answered("ours", "ours") == 200
    assert await answered("not-ours", "ours") == 401
    assert await answered("not-ours", None) != 200
    assert not isinstance(AsyncWebClient(base_url=slack.url).token, str)

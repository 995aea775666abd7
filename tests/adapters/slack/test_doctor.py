"""`kring doctor` names what is missing at Slack, and where to click."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from click.testing import CliRunner, Result

from adapters.found import Found
from adapters.slack.calling import new_client, new_session
from adapters.slack.doctor import differences, examine
from adapters.slack.installed import Installation
from adapters.slack.manifest import EVENTS, SCOPES, manifest
from bot.__main__ import main
from bot.chat.names import Space
from bot.loading import load
from storage.care import upgrade
from storage.store import open_store
from tests.adapters.slack.test_workspaces import COMMANDS, Wall, free_port, granted
from tests.fakes.slack_server import SlackServer

PUBLIC = "https://kring.example.org"


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with new_session() as session:
        yield session


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
async def slack(wall: Wall) -> AsyncIterator[SlackServer]:
    async with SlackServer(manifest=manifest(COMMANDS), wall=wall.stamp, limits=False) as slack:
        slack.workspace("De Regenboog")
        yield slack


def tokens(slack: SlackServer, **more: str) -> dict[str, str]:
    """The environment of a house where all is well; an empty value takes one away."""
    (space,) = slack.world.workspaces.values()
    given = {
        "KRING_SLACK__API_URL": slack.url,
        "KRING_SLACK__BOT_TOKEN": slack.world.installation(space).token,
        "KRING_SLACK__APP_TOKEN": slack.app.app_token,
        "KRING_SLACK__CONFIG_TOKEN": slack.app.config_token,
    }
    return given | {f"KRING_{name}": value for name, value in more.items()}


@pytest.fixture
def looks(session: aiohttp.ClientSession, wall: Wall) -> Callable[..., Any]:
    async def looks(environment: Mapping[str, str], installations: Mapping[str, str] | None = None) -> list[Found]:
        settings = load(None, environment)
        client = new_client(session, settings.slack.api_url, None)
        return await examine(settings, COMMANDS, client, installations=installations, now=wall.at)

    return looks


def wrong(found: list[Found]) -> list[str]:
    assert any(each.wrong for each in found) != (found[0].words == "fine")
    return [each.words for each in found if each.wrong]


Looks = Callable[..., Any]


async def test_all_is_well(slack: SlackServer, looks: Looks) -> None:
    assert await looks(tokens(slack)) == [Found("fine", wrong=False)]


async def test_nothing_is_configured(looks: Looks) -> None:
    (found,) = await looks({})
    assert (found.wrong, found.words.startswith("not switched on")) == (False, True)


async def test_what_the_settings_lack(slack: SlackServer, looks: Looks) -> None:
    found = wrong(await looks(tokens(slack, SLACK__APP_TOKEN="")))
    assert found == ['KRING_SLACK__APP_TOKEN is missing: [slack] mode = "socket" needs an app-level token (xapp-…)']
    slack.app.manifest = manifest(COMMANDS, PUBLIC)
    given = tokens(slack, SLACK__MODE="http", SERVER__PUBLIC_URL=PUBLIC)
    (found,) = wrong(await looks(given))
    assert found.startswith("KRING_SLACK__SIGNING_SECRET is missing")
    given |= {"KRING_SLACK__SIGNING_SECRET": "s"}
    assert wrong(await looks(given)) == []
    given |= {"KRING_SERVER__PUBLIC_URL": ""}
    assert "[server] public_url is missing: the address under which Slack reaches Kring" in wrong(await looks(given))


async def test_a_scope_that_is_missing(slack: SlackServer, looks: Looks) -> None:
    (space,) = slack.world.workspaces.values()
    lacking = {"reactions:read", "im:write"}
    slack.world.installation(space).scopes = [scope for scope in SCOPES if scope not in lacking]
    add = "add it: api.slack.com/apps -> your app -> OAuth & Permissions -> Bot Token Scopes"
    then = "then api.slack.com/apps -> your app -> Install App -> Reinstall to Workspace"
    first, second = wrong(await looks(tokens(slack)))
    why = "to open the conversation with a person, for consent and check-ins"
    assert first == f"the scope im:write is missing ({why}); {add}, {then}"
    assert second.startswith("the scope reactions:read is missing (to hear the emoji that keeps a message")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("invalid_auth", "KRING_SLACK__BOT_TOKEN is not valid; copy the Bot User OAuth Token again"),
        ("token_revoked", "KRING_SLACK__BOT_TOKEN was revoked; install the app again"),
        ("account_inactive", "the app was taken out of the workspace; install it again"),
        ("org_login_required", "Slack says org_login_required"),
    ],
)
async def test_a_bot_token_that_slack_does_not_take(
    slack: SlackServer, looks: Looks, error: str, sentence: str
) -> None:
    (space,) = slack.world.workspaces.values()
    slack.revoke(space, error)
    (found,) = wrong(await looks(tokens(slack)))
    assert found.startswith(sentence)


async def test_an_app_token_that_slack_does_not_take(slack: SlackServer, looks: Looks) -> None:
    (found,) = wrong(await looks(tokens(slack, SLACK__APP_TOKEN=f"xapp-1-{slack.app.id}-2-other")))
    assert found.startswith("KRING_SLACK__APP_TOKEN is not valid; make one with the scope connections:write")
    found = wrong(await looks(tokens(slack, SLACK__APP_TOKEN="xapp-1-A0OTHER-2-other")))
    assert (
        f"KRING_SLACK__APP_TOKEN belongs to another app (A0OTHER) than KRING_SLACK__BOT_TOKEN ({slack.app.id})" in found
    )


async def test_a_config_token(slack: SlackServer, looks: Looks) -> None:
    found = await looks(tokens(slack, SLACK__CONFIG_TOKEN=""))
    assert [each.wrong for each in found] == [False, False]
    assert "give KRING_SLACK__CONFIG_TOKEN for that" in found[1].words
    (fault,) = wrong(await looks(tokens(slack, SLACK__CONFIG_TOKEN="xoxe.xoxp-other")))
    assert fault.startswith("KRING_SLACK__CONFIG_TOKEN is not valid; make a new one")


async def test_slack_cannot_be_reached(slack: SlackServer, looks: Looks) -> None:
    given = tokens(slack) | {"KRING_SLACK__API_URL": f"http://127.0.0.1:{free_port()}/api/"}
    found = wrong(await looks(given))
    assert found
    assert all(each.startswith("Slack cannot be reached: ") for each in found[:2])
    slack.mishaps.next("failing", "auth.test")
    slack.mishaps.next("dropped", "apps.connections.open")
    slack.mishaps.next("throttled", "apps.manifest.export")
    broken, cut, throttled = wrong(await looks(tokens(slack)))
    assert broken.startswith("Slack cannot answer now (HTTP 50")
    assert cut == "the connection to Slack broke (ServerDisconnectedError); try again in a minute"
    assert throttled == "Slack has been asked too often; try again in a minute"


# -- the app's own manifest


def changed(made: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The manifest as it would be after a click too few."""
    there = copy.deepcopy(made)
    *above, last = path.split(".")
    place: Any = there
    for part in above:
        place = place[int(part) if part.isdigit() else part]
    place[last] = value
    return there


@pytest.mark.parametrize(
    ("path", "value", "sentence", "place"),
    [
        (
            "settings.event_subscriptions.bot_events",
            sorted(EVENTS)[1:],
            "the event app_home_opened is missing (",
            "Event",
        ),
        ("oauth_config.scopes.bot", sorted(SCOPES)[1:], "does not ask for the scope app_mentions:read", "OAuth"),
        ("features.shortcuts", [], 'the message shortcut "Keep as know-how" is missing; add it', "Interactivity"),
        ("features.slash_commands", [], "the command /kring is missing", "Slash Commands"),
        ("features.slash_commands.0.should_escape", False, "Escape channels, users, and links", "Slash Commands"),
        ("features.slash_commands.0.usage_hint", "", "usage hint of /kring is not up to date", "Slash Commands"),
        ("features.app_home.home_tab_enabled", False, "switch on Home Tab", "App Home"),
        ("features.app_home.messages_tab_enabled", False, "switch on Messages Tab", "App Home"),
        ("features.app_home.messages_tab_read_only_enabled", True, "people cannot write to Kring", "App Home"),
        ("features.bot_user", None, "there is no bot user", "App Home"),
        ("settings.interactivity.is_enabled", False, "no button works", "Interactivity & Shortcuts"),
        ("settings.socket_mode_enabled", False, "Socket Mode is off", "Socket Mode"),
    ],
)
async def test_what_the_app_lacks(
    slack: SlackServer, looks: Looks, path: str, value: Any, sentence: str, place: str
) -> None:
    slack.app.manifest = changed(manifest(COMMANDS), path, value)
    (found,) = wrong(await looks(tokens(slack)))
    assert sentence in found
    assert f"api.slack.com/apps -> your app -> {place}" in found


def test_the_manifest_itself_lacks_nothing() -> None:
    for made in (manifest(COMMANDS), manifest(COMMANDS, PUBLIC), manifest(COMMANDS, PUBLIC, socket=True)):
        assert list(differences(made, made, several=True)) == []


def test_an_app_with_nothing_in_it() -> None:
    """What Slack exports of an app that was only just made has few of the keys."""
    found = list(differences(manifest(COMMANDS), {"display_information": {"name": "Kring"}}))
    assert len(found) == len(EVENTS) + len(SCOPES) + 7


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("settings.socket_mode_enabled", True, "Socket Mode is on, so Slack calls no address; switch it off"),
        (
            "settings.interactivity.request_url",
            "https://a",
            "the Request URL is https://a; make it https://kring.example",
        ),
        (
            "settings.event_subscriptions.request_url",
            "",
            "the Request URL is empty; make it https://kring.example.org/",
        ),
        ("features.slash_commands.0.url", "https://a", "-> Slash Commands"),
        (
            "oauth_config.redirect_urls",
            [],
            "Slack does not send back who installs Kring; add https://kring.example.org/",
        ),
    ],
)
def test_what_an_app_over_http_lacks(path: str, value: Any, sentence: str) -> None:
    made = manifest(COMMANDS, PUBLIC)
    (found,) = differences(made, changed(made, path, value), several=True)
    assert sentence in found


# -- several workspaces


async def test_every_workspace_is_looked_at(slack: SlackServer, looks: Looks, wall: Wall) -> None:
    given = {
        "KRING_SLACK__API_URL": slack.url,
        "KRING_SLACK__CLIENT_ID": slack.app.client_id,
        "KRING_SLACK__CLIENT_SECRET": slack.app.client_secret,
        "KRING_SLACK__SIGNING_SECRET": slack.app.signing_secret,
        "KRING_SLACK__MODE": "http",
        "KRING_SERVER__PUBLIC_URL": PUBLIC,
    }
    kept = {}
    for name in ("De Vlieger", "De Tol", "De Hoepel"):
        space = slack.workspace(name)
        kept[space.id] = granted(slack, space, wall).pack()
        if name == "De Tol":
            slack.revoke(space)
        if name == "De Hoepel":
            old = granted(slack, space, wall)
            kept[space.id] = Installation(old.workspace, "xoxe-1", wall.at).pack()
    found = await looks(given, kept)
    lines = {each.words.partition(":")[0]: each for each in found}
    assert lines["De Vlieger"] == Found("De Vlieger: fine", wrong=False)
    assert lines["De Hoepel"].words == "De Hoepel: its token has expired; `kring run` renews it when it is needed"
    assert lines["De Tol"].words.startswith("De Tol: the workspace has removed Kring, or its token is no longer good")
    assert wrong(found) == [lines["De Tol"].words]
    (none,) = [each for each in await looks(given, {}) if "no workspace" in each.words]
    assert none.wrong is False
    assert any("the database cannot be read" in each.words for each in await looks(given))


# -- the command


async def doctor(environment: dict[str, str]) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, main, ["doctor"], env=environment)


async def test_the_command(slack: SlackServer, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kring.db'}"
    given = tokens(slack) | {"KRING_DATABASE__URL": url}
    done = await doctor(given)
    assert done.exit_code == 1
    assert "is not there yet; `kring db upgrade` makes it." in done.output
    assert "slack: fine" in done.output, "the rest is looked at all the same"
    await asyncio.to_thread(upgrade, url)
    done = await doctor(given)
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["settings", "formats", "database", "key", "slack", "discord"]
    assert lines[-2] == "slack: fine"
    (space,) = slack.world.workspaces.values()
    slack.revoke(space)
    done = await doctor(given)
    assert done.exit_code == 1
    assert "slack: KRING_SLACK__BOT_TOKEN was revoked" in done.output


async def test_the_command_reads_the_installations(slack: SlackServer, tmp_path: Path, wall: Wall) -> None:
    url = f"sqlite:///{tmp_path / 'kring.db'}"
    (space,) = slack.world.workspaces.values()
    async with open_store(url) as store:
        await store.keep_installation(Space("slack", space.id), granted(slack, space, wall).pack())
        given = {
            "KRING_DATABASE__URL": url,
            "KRING_SLACK__API_URL": slack.url,
            "KRING_SLACK__APP_TOKEN": slack.app.app_token,
            "KRING_SLACK__CLIENT_ID": slack.app.client_id,
            "KRING_SLACK__CLIENT_SECRET": slack.app.client_secret,
            "KRING_SLACK__SIGNING_SECRET": slack.app.signing_secret,
            "KRING_SERVER__PUBLIC_URL": PUBLIC,
        }
        done = await doctor(given)  # while Kring is running
    assert done.exit_code == 0, done.output
    assert "slack: De Regenboog: fine" in done.output


def test_a_start_without_what_it_needs_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over HTTP without the signing secret anybody could forge what people do."""
    monkeypatch.chdir(tmp_path)
    given = {"KRING_SLACK__BOT_TOKEN": "xoxb-1", "KRING_SLACK__MODE": "http", "SLACK_SIGNING_SECRET": "not-ours"}
    done = CliRunner().invoke(main, ["run"], env=given)
    assert (done.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert "KRING_SLACK__SIGNING_SECRET is missing" in done.output
    done = CliRunner().invoke(main, ["run"], env={})
    assert done.exit_code == 1
    assert "there is nothing to run: give KRING_SLACK__BOT_TOKEN" in done.output

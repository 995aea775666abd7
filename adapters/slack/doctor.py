"""What `kring doctor` finds at Slack: which token, scope, event or setting is missing, and where to click."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.found import Found
from adapters.slack import cures
from adapters.slack.commands import COMMAND, SHORTCUTS
from adapters.slack.cures import APP, CONFIG_TOKEN, PERMISSIONS, REINSTALL, sentence
from adapters.slack.installed import Installation, unpack
from adapters.slack.manifest import EVENTS, INSTALL_PATH, SCOPES, manifest
from adapters.slack.workspaces import FAILURES, Workspace, app_of, introduced
from bot.chat.commands import Command
from bot.missing import of_slack
from bot.settings import Settings


async def examine(
    settings: Settings,
    commands: Iterable[Command],
    client: AsyncWebClient,
    *,
    installations: Mapping[str, str] | None,
    now: datetime,
) -> list[Found]:
    """Everything that is wrong, or that all is fine. The client has no token of its own."""
    slack = settings.slack
    if not slack.begun:
        return [Found("not switched on; `kring slack manifest` begins", wrong=False)]
    found = [Found(fault) for fault in of_slack(settings)]
    if slack.several:
        app, looked = await _several(client, installations, now)
    elif slack.bot_token:
        app, looked = await _one(client, _open(slack.bot_token), _open(slack.app_token))
    else:
        app, looked = None, []
    found += looked
    if slack.mode == "socket" and slack.app_token:
        found += await _connects(client, _open(slack.app_token))
    if slack.mode == "http" and not slack.several and not settings.server.public_url:
        found.append(Found("[server] public_url is missing: the address under which Slack reaches Kring"))
    found += await _compared(settings, commands, client, app or app_of(_open(slack.app_token)))
    if not any(each.wrong for each in found):
        found.insert(0, Found("fine", wrong=False))
    return found


def _open(secret: Any) -> str:
    return secret.get_secret_value() if secret else ""


# -- tokens and scopes


async def _one(client: AsyncWebClient, token: str, app_token: str) -> tuple[str | None, list[Found]]:
    """The app of the bot token, and what that token lacks."""
    try:
        workspace = await introduced(client, token)
    except FAILURES as error:
        return None, [Found(sentence(error, cures.OF_BOT_TOKEN))]
    found = list(_lacking(workspace.scopes, cure=f"add it: {PERMISSIONS} -> Bot Token Scopes, then {REINSTALL}"))
    app, other = await _owner(client, workspace), app_of(app_token)
    if app and other and app != other:
        found.append(Found(f"{cures.APP_TOKEN} belongs to another app ({other}) than {cures.BOT_TOKEN} ({app})"))
    return app, found


async def _several(
    client: AsyncWebClient, kept: Mapping[str, str] | None, now: datetime
) -> tuple[str | None, list[Found]]:
    if kept is None:
        return None, [Found("the workspaces were not looked at, for the database cannot be read", wrong=False)]
    if not kept:
        return None, [Found(f"no workspace has installed Kring yet; that is done at {INSTALL_PATH}", wrong=False)]
    found = []
    for team, text in sorted(kept.items()):
        installation = unpack(text)
        name, app = installation.workspace.name or team, installation.workspace.app_id
        found += [Found(f"{name}: {each.words}", each.wrong) for each in await _installed(client, installation, now)]
    return app, found


async def _installed(client: AsyncWebClient, installation: Installation, now: datetime) -> list[Found]:
    """A token that has expired is left alone: `kring run` renews it, and only one process may."""
    if installation.ends(now):
        return [Found("its token has expired; `kring run` renews it when it is needed", wrong=False)]
    try:
        workspace = await introduced(client, installation.workspace.token)
    except FAILURES as error:
        return [Found(sentence(error, cures.OF_INSTALLATION))]
    scopes = workspace.scopes or installation.workspace.scopes
    return [*_lacking(scopes, cure="let somebody there install Kring again")] or [Found("fine", wrong=False)]


def _lacking(scopes: Collection[str], *, cure: str) -> Iterator[Found]:
    for scope in sorted(SCOPES.keys() - scopes):
        yield Found(f"the scope {scope} is missing ({_plain(SCOPES[scope])}); {cure}")


def _plain(reason: str) -> str:
    return reason.replace("`", "").replace("**", "")


async def _owner(client: AsyncWebClient, workspace: Workspace) -> str | None:
    """The app that the bot belongs to, where Slack says so."""
    try:
        said = await client.bots_info(bot=workspace.bot_id, token=workspace.token)
    except FAILURES:
        return None
    return (said.get("bot") or {}).get("app_id")


async def _connects(client: AsyncWebClient, app_token: str) -> list[Found]:
    """Asks for a connection, which comes to nothing when it is not used."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except FAILURES as error:
        return [Found(sentence(error, cures.OF_APP_TOKEN, otherwise=cures.SOCKET_MODE_OFF))]
    return []


# -- the app's own manifest


async def _compared(
    settings: Settings, commands: Iterable[Command], client: AsyncWebClient, app: str | None
) -> list[Found]:
    token = _open(settings.slack.config_token)
    if not token:
        hint = f"events, command, shortcut and pages were not looked at; give {CONFIG_TOKEN} for that"
        return [Found(f"{hint} (api.slack.com/apps -> Your App Configuration Tokens)", wrong=False)]
    if not app:
        return [Found("the app's manifest was not looked at, for it is not known which app it is", wrong=False)]
    try:
        said = await client.apps_manifest_export(app_id=app, token=token)
    except FAILURES as error:
        return [Found(sentence(error, cures.OF_CONFIG_TOKEN))]
    wanted = manifest(commands, settings.server.public_url or None, socket=settings.slack.mode == "socket")
    return [Found(words) for words in differences(wanted, said["manifest"], several=settings.slack.several)]


def differences(wanted: Mapping[str, Any], there: Mapping[str, Any], *, several: bool = False) -> Iterator[str]:
    """What the app lacks of what Kring needs. What it has besides is the host's own business."""
    features, settings = there.get("features") or {}, there.get("settings") or {}
    events = settings.get("event_subscriptions") or {}
    yield from _events(events)
    yield from _scopes(there)
    yield from _command(wanted, features)
    offered = {each.get("callback_id") for each in features.get("shortcuts") or () if each.get("type") == "message"}
    for callback, (name, _) in SHORTCUTS.items():
        if callback not in offered:
            yield (
                f'the message shortcut "{name}" is missing; add it with the callback id {callback}: '
                f"{APP} -> Interactivity & Shortcuts -> Create New Shortcut -> On messages"
            )
    interactivity = settings.get("interactivity") or {}
    if not interactivity.get("is_enabled"):
        yield f"Interactivity is off, so no button works; switch it on: {APP} -> Interactivity & Shortcuts"
    yield from _home(features.get("app_home") or {})
    if not features.get("bot_user"):
        yield f"there is no bot user; add one: {APP} -> App Home -> Your App's Presence in Slack"
    yield from _way(wanted, there)
    if several:
        there_urls = (there.get("oauth_config") or {}).get("redirect_urls") or ()
        for url in wanted["oauth_config"].get("redirect_urls", ()):
            if url not in there_urls:
                yield f"Slack does not send back who installs Kring; add {url}: {PERMISSIONS} -> Redirect URLs"


def _events(events: Mapping[str, Any]) -> Iterator[str]:
    for event in sorted(EVENTS.keys() - set(events.get("bot_events") or ())):
        yield (
            f"the event {event} is missing ({_plain(EVENTS[event][1])}); add it: "
            f"{APP} -> Event Subscriptions -> Subscribe to bot events, then {REINSTALL}"
        )


def _scopes(there: Mapping[str, Any]) -> Iterator[str]:
    """A scope that the app does not ask for would be lost at the next installation."""
    asked = ((there.get("oauth_config") or {}).get("scopes") or {}).get("bot") or ()
    for scope in sorted(SCOPES.keys() - set(asked)):
        yield f"the app does not ask for the scope {scope}; add it: {PERMISSIONS} -> Bot Token Scopes, then {REINSTALL}"


def _command(wanted: Mapping[str, Any], features: Mapping[str, Any]) -> Iterator[str]:
    place = f"{APP} -> Slash Commands"
    command = next((each for each in features.get("slash_commands") or () if each.get("command") == COMMAND), None)
    if command is None:
        yield f"the command {COMMAND} is missing; add it: {place} -> Create New Command"
        return
    if not command.get("should_escape"):
        yield (
            f"{COMMAND} does not tell who is meant by a mention; tick Escape channels, users, and links sent to your "
            f"app: {place} -> {COMMAND}"
        )
    hint = wanted["features"]["slash_commands"][0]["usage_hint"]
    if command.get("usage_hint") != hint:
        yield f"the usage hint of {COMMAND} is not up to date; make it {hint}: {place} -> {COMMAND}"


def _home(home: Mapping[str, Any]) -> Iterator[str]:
    place = f"{APP} -> App Home -> Show Tabs"
    if not home.get("home_tab_enabled"):
        yield f"people have no page with Kring; switch on Home Tab: {place}"
    if not home.get("messages_tab_enabled"):
        yield f"Kring cannot write to people; switch on Messages Tab: {place}"
    elif home.get("messages_tab_read_only_enabled"):
        yield f"people cannot write to Kring; tick Allow users to send … messages from the messages tab: {place}"


def _way(wanted: Mapping[str, Any], there: Mapping[str, Any]) -> Iterator[str]:
    """How Slack reaches Kring."""
    settings = there.get("settings") or {}
    if wanted["settings"]["socket_mode_enabled"]:
        if not settings.get("socket_mode_enabled"):
            yield f"Socket Mode is off; {cures.SOCKET_MODE_OFF}"
        return
    if settings.get("socket_mode_enabled"):
        yield f"Socket Mode is on, so Slack calls no address; switch it off: {APP} -> Socket Mode"
    commands = (there.get("features") or {}).get("slash_commands") or ()
    url = wanted["settings"]["interactivity"].get("request_url")
    places = {
        "Event Subscriptions": (settings.get("event_subscriptions") or {}).get("request_url"),
        "Interactivity & Shortcuts": (settings.get("interactivity") or {}).get("request_url"),
        "Slash Commands": next((each.get("url") for each in commands if each.get("command") == COMMAND), url),
    }
    for place, given in places.items():
        if url and given != url:
            yield f"the Request URL is {given or 'empty'}; make it {url}: {APP} -> {place}"

"""The manifest of the Slack app: within Slack's limits, and asking for nothing that Kring does not use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from adapters.playground.commands import SHORTCUTS as PLAYGROUND_SHORTCUTS
from adapters.slack.commands import LONGEST_HINT, SHORTCUTS, hint
from adapters.slack.manifest import EVENTS, SCOPES, manifest
from bot.__main__ import main
from bot.chat.commands import Command
from bot.features import gather

COMMANDS = gather().offered.commands
SLACK = Path(__file__).parents[3] / "adapters" / "slack"
PUBLIC = "https://kring.example.org"

METHODS: dict[str, tuple[str, ...]] = {
    "apps_connections_open": (),
    "apps_manifest_export": (),
    "auth_test": (),
    "bots_info": ("users:read",),
    "chat_delete": ("chat:write",),
    "chat_postEphemeral": ("chat:write",),
    "chat_postMessage": ("chat:write",),
    "chat_update": ("chat:write",),
    "conversations_history": ("channels:history", "groups:history", "im:history"),
    "conversations_info": ("channels:read", "groups:read"),
    "conversations_open": ("im:write",),
    "conversations_replies": ("channels:history", "groups:history", "im:history"),
    "files_completeUploadExternal": ("files:write",),
    "files_getUploadURLExternal": ("files:write",),
    "files_upload_v2": ("files:write",),
    "oauth_v2_access": (),
    "reactions_add": ("reactions:write",),
    "users_info": ("users:read",),
    "views_open": (),
    "views_publish": (),
    "views_push": (),
    "views_update": (),
}
"""The scopes of every method, from its page such as https://docs.slack.dev/reference/methods/chat.postMessage
(2026-11-25); a private channel takes the scope for groups."""


FAMILIES = "apps|auth|bookmarks|bots|canvases|chat|conversations|files|oauth|pins|reactions|team|usergroups|users|views"


def called() -> Iterator[str]:
    """The methods of the Web API that stand in the adapter."""
    for file in SLACK.glob("*.py"):
        source = file.read_text("utf-8")
        yield from re.findall(rf"\bclient\.((?:{FAMILIES})_\w+)", source)
        yield from (name.replace(".", "_") for name in re.findall(rf'"((?:{FAMILIES})\.[a-zA-Z][\w.]+)"', source))


def test_every_method_that_is_called_is_known() -> None:
    found = set(called())
    assert found - METHODS.keys() == set()
    assert {"chat_postMessage", "chat_postEphemeral", "views_open", "auth_test"} <= found, "they are not found any more"


def test_no_scope_too_many_and_none_too_few() -> None:
    needed = {scope for method in called() for scope in METHODS[method]}
    # Slack tells of members in private channels only with the scope for these
    needed |= {scope for scope, _ in EVENTS.values() if scope} | {"groups:read", "commands"}
    assert needed == set(SCOPES)


def test_every_event_is_heard() -> None:
    """By the names as they come: `message.im` comes as `message`."""
    sources = "".join((SLACK / name).read_text("utf-8") for name in ("inbound.py", "happened.py"))
    assert [event for event in EVENTS if f'"{event.partition(".")[0]}"' not in sources] == []


def test_within_the_limits() -> None:
    """https://docs.slack.dev/reference/app-manifest (2026-11-25)"""
    made = manifest(COMMANDS, PUBLIC)
    about, features = made["display_information"], made["features"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert re.fullmatch(r"#[0-9a-f]{6}", about["background_color"])
    assert re.fullmatch(r"[\w. -]{1,80}", features["bot_user"]["display_name"])
    (command,) = features["slash_commands"]
    assert re.fullmatch(r"/[a-z_-]{1,31}", command["command"])
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= LONGEST_HINT
    assert len(features["shortcuts"]) <= 10
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["callback_id"]) <= 255
        assert len(shortcut["description"]) <= 150
    assert len(made["settings"]["event_subscriptions"]["bot_events"]) <= 100
    assert len(made["oauth_config"]["scopes"]["bot"]) <= 255


def test_socket_mode_names_no_address() -> None:
    made = manifest(COMMANDS)
    assert "https://" not in json.dumps(made)
    assert made["settings"]["socket_mode_enabled"] is True
    assert made["settings"]["interactivity"] == {"is_enabled": True}
    assert made["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENTS)
    assert "redirect_urls" not in made["oauth_config"]


def test_http_names_one_address_for_all_that_comes() -> None:
    made = manifest(COMMANDS, PUBLIC + "/")
    url = PUBLIC + "/slack/events"
    settings = made["settings"]
    assert settings["socket_mode_enabled"] is False
    assert settings["interactivity"] == {"is_enabled": True, "request_url": url}
    assert settings["event_subscriptions"]["request_url"] == url
    assert made["features"]["slash_commands"][0]["url"] == url
    assert made["oauth_config"]["redirect_urls"] == [PUBLIC + "/slack/oauth_redirect"]


def test_pages_to_install_beside_socket_mode() -> None:
    made = manifest(COMMANDS, PUBLIC, socket=True)
    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in made["features"]["slash_commands"][0]
    assert made["oauth_config"]["redirect_urls"] == [PUBLIC + "/slack/oauth_redirect"]


def test_what_kring_cannot_do_without() -> None:
    made = manifest(COMMANDS)
    assert made["features"]["slash_commands"][0]["should_escape"] is True
    home = {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False}
    assert made["features"]["app_home"] == home
    assert (made["settings"]["org_deploy_enabled"], made["settings"]["token_rotation_enabled"]) == (False, False)


def test_the_shortcuts_are_those_that_features_know() -> None:
    assert set(SHORTCUTS) == set(PLAYGROUND_SHORTCUTS) == set(gather().tables["shortcuts"])
    assert {name: title for name, (title, _) in SHORTCUTS.items()} == PLAYGROUND_SHORTCUTS


def test_the_hint_names_every_noun_once() -> None:
    nouns = hint(COMMANDS).strip("[]").split(" | ")
    assert set(nouns) == {command.path[0] for command in COMMANDS if command.path}
    assert len(nouns) == len(set(nouns))


def test_a_hint_that_is_too_long_says_so() -> None:
    many = [Command((f"noun{number}",), "") for number in range(300)]
    assert len(hint(many)) <= LONGEST_HINT
    assert hint(many).endswith(" | …]")


# -- kring slack manifest


def printed(*options: str) -> Any:
    done = CliRunner().invoke(main, ["slack", "manifest", *options])
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_it_is_printed() -> None:
    assert printed() == manifest(COMMANDS)
    assert printed("--http", PUBLIC) == manifest(COMMANDS, PUBLIC)
    assert printed("--install", PUBLIC) == manifest(COMMANDS, PUBLIC, socket=True)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--http", "http://kring.example.org"), "--http http://kring.example.org: is an address such as https://"),
        (("--install", "kring.example.org"), "--install kring.example.org: is an address such as https://"),
        (("--http", PUBLIC, "--install", PUBLIC), "--http has the pages to install too; leave --install out"),
    ],
)
def test_an_address_that_slack_cannot_reach(options: tuple[str, ...], sentence: str) -> None:
    done = CliRunner().invoke(main, ["slack", "manifest", *options])
    assert done.exit_code == 1
    assert sentence in done.output

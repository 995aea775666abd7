"""Installing and rotating: https://docs.slack.dev/authentication/installing-with-oauth, as of 2026-11-25."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from slack_sdk.oauth import AuthorizeUrlGenerator
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from tests.fakes.listening import refusal
from tests.fakes.slack.manifests import EVERYTHING
from tests.fakes.slack_server import SlackServer


class Wall:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
async def rotating(wall: Wall) -> AsyncIterator[SlackServer]:
    settings = EVERYTHING["settings"] | {"token_rotation_enabled": True}
    async with SlackServer(manifest=EVERYTHING | {"settings": settings}, wall=wall) as made:
        yield made


async def access(slack: SlackServer, **given: str) -> AsyncSlackResponse:
    """With the client's secrets in the form: the SDK's own call warns of a deprecation in aiohttp."""
    keys = {"client_id": slack.app.client_id, "client_secret": slack.app.client_secret}
    return await AsyncWebClient(base_url=slack.url).api_call("oauth.v2.access", data=keys | given)


def allowed(slack: SlackServer, **more: Any) -> dict[str, str]:
    """The owner of a new workspace presses Allow; what they bring back."""
    space = slack.workspace("De Vlinder", installed=False)
    url = AuthorizeUrlGenerator(
        client_id=slack.app.client_id,
        scopes=["chat:write", "commands"],
        redirect_uri="https://kring.example/slack/installed",
    ).generate("a-state")
    back = slack.approves(space.owner, url)
    return {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}


async def test_a_code_is_exchanged_once(slack: SlackServer) -> None:
    """https://docs.slack.dev/reference/methods/oauth.v2.access"""
    back = allowed(slack)
    assert back["state"] == "a-state"
    granted = await access(slack, code=back["code"])
    assert granted["team"]["name"] == "De Vlinder"
    assert granted["scope"] == "chat:write,commands"
    assert granted["token_type"] == "bot"
    assert granted["enterprise"] is None
    assert "refresh_token" not in granted.data
    who = await AsyncWebClient(granted["access_token"], slack.url).auth_test()
    assert who["user_id"] == granted["bot_user_id"]
    assert await refusal(access(slack, code=back["code"])) == "code_already_used"
    assert await refusal(access(slack, code="1.x")) == "invalid_code"
    assert await refusal(access(slack, code="1.x", client_secret="guessed")) == "bad_client_secret"


async def test_tokens_rotate(rotating: SlackServer, wall: Wall) -> None:
    """https://docs.slack.dev/authentication/using-token-rotation"""
    back = allowed(rotating)
    first = await access(rotating, code=back["code"])
    assert first["expires_in"] == 43_200
    second = await access(rotating, grant_type="refresh_token", refresh_token=first["refresh_token"])
    # a refresh token is spent by its use; the old token lives until its time
    again = access(rotating, grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert await refusal(again) == "invalid_refresh_token"
    old = AsyncWebClient(first["access_token"], rotating.url)
    assert (await old.auth_test())["ok"]
    wall.now += 43_200
    assert await refusal(old.auth_test()) == "token_expired"
    assert await refusal(AsyncWebClient(second["access_token"], rotating.url).auth_test()) == "token_expired"
    third = await access(rotating, grant_type="refresh_token", refresh_token=second["refresh_token"])
    assert (await AsyncWebClient(third["access_token"], rotating.url).auth_test())["ok"]

"""Who may call what: https://docs.slack.dev/apis/web-api, as of 2026-11-25."""

from __future__ import annotations

import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.listening import refusal
from tests.fakes.slack.state import Channel, Person, Workspace
from tests.fakes.slack_server import SlackServer


async def test_auth_test_says_who_and_the_scopes_in_a_header(client: AsyncWebClient, school: Workspace) -> None:
    """https://docs.slack.dev/reference/methods/auth.test and https://docs.slack.dev/authentication/installing-with-oauth"""
    answer = await client.auth_test()
    assert answer["team_id"] == school.id
    assert school.installation is not None
    assert answer["user_id"] == school.installation.bot_user
    assert answer["bot_id"] == school.installation.bot_id
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_every_token_is_looked_at(slack: SlackServer, client: AsyncWebClient, school: Workspace) -> None:
    """https://docs.slack.dev/reference/methods/auth.test#errors"""
    assert await refusal(AsyncWebClient(base_url=slack.url).auth_test()) == "not_authed"
    assert await refusal(AsyncWebClient("xoxb-nobody", slack.url).auth_test()) == "invalid_auth"
    for error in ("token_revoked", "account_inactive", "invalid_auth"):
        slack.revoke(school, error)
        assert await refusal(client.auth_test()) == error


async def test_sockets_are_opened_by_the_apps_own_token(slack: SlackServer, client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/apps.connections.open"""
    assert await refusal(client.apps_connections_open(app_token=client.token or "")) == "not_allowed_token_type"
    opened = await client.apps_connections_open(app_token=slack.app.app_token)
    assert opened["url"].startswith("ws://127.0.0.1:")
    assert await refusal(AsyncWebClient(slack.app.app_token, slack.url).team_info()) == "not_allowed_token_type"


async def test_a_missing_scope_is_named(slack: SlackServer) -> None:
    """https://docs.slack.dev/reference/scopes"""
    space = slack.workspace("Small", installed=False)
    token = slack.install(space, scopes=["chat:write"]).token
    with pytest.raises(SlackApiError) as raised:
        await AsyncWebClient(token, slack.url).users_info(user=space.owner)
    answer = raised.value.response
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", "users:read", "chat:write")


async def test_the_scope_of_the_kind_of_channel_is_needed(slack: SlackServer) -> None:
    """https://docs.slack.dev/reference/methods/conversations.history"""
    space = slack.workspace("Small", installed=False)
    token = slack.install(space, scopes=["channels:history"]).token
    closed = slack.channel(space, "closed", private=True)
    assert await refusal(AsyncWebClient(token, slack.url).conversations_history(channel=closed.id)) == "missing_scope"


async def test_one_workspace_knows_nothing_of_another(
    slack: SlackServer, client: AsyncWebClient, general: Channel
) -> None:
    other = slack.workspace("De Vlinder")
    assert other.installation is not None
    stranger = AsyncWebClient(other.installation.token, slack.url)
    assert await refusal(stranger.chat_postMessage(channel=general.id, text="x")) == "channel_not_found"
    assert (await client.chat_postMessage(channel=general.id, text="x"))["ok"]


async def test_unknown_methods(client: AsyncWebClient) -> None:
    assert await refusal(client.api_call("rounds.start")) == "unknown_method"


async def test_people(slack: SlackServer, client: AsyncWebClient, school: Workspace, anna: Person) -> None:
    """https://docs.slack.dev/reference/methods/users.info"""
    user = (await client.users_info(user=anna.id, include_locale=True))["user"]
    assert (user["real_name"], user["tz"], user["locale"]) == ("Anna", "Europe/Amsterdam", "nl-NL")
    assert "locale" not in (await client.users_info(user=anna.id))["user"]
    assert await refusal(client.users_info(user="U0NOBODY")) == "user_not_found"
    guest = slack.person(school, "Guus", guest=True)
    assert (await client.users_info(user=guest.id))["user"]["is_restricted"]
    await slack.leaves_team(anna)
    gone = (await client.users_info(user=anna.id))["user"]
    assert gone["deleted"]
    assert "tz" not in gone
    everybody = (await client.users_list(limit=2))["members"]
    assert len(everybody) == 2


async def test_tiers(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    """A minute's worth may come at once, then it is the tier's pace: https://docs.slack.dev/apis/web-api/rate-limits"""
    async with SlackServer(tempo=1) as slow:
        space = slow.workspace("De Regenboog")
        assert space.installation is not None
        client = AsyncWebClient(space.installation.token, slow.url, session=session, retry_handlers=[])
        for _ in range(50):
            await client.team_info()
        with pytest.raises(SlackApiError) as raised:
            await client.team_info()
        assert raised.value.response.status_code == 429
        assert raised.value.response["error"] == "ratelimited"
        assert raised.value.response.headers["Retry-After"] == "2"
        # another method and another workspace have their own
        await client.auth_test()
        other = slow.workspace("De Vlinder")
        assert other.installation is not None
        await AsyncWebClient(other.installation.token, slow.url, session=session).team_info()
        assert slow.too_many == 1


async def test_one_message_a_second_in_a_channel(session: aiohttp.ClientSession) -> None:
    """With a short burst: https://docs.slack.dev/apis/web-api/rate-limits#rtm-posting"""
    async with SlackServer(tempo=10) as fast:
        space = fast.workspace("De Regenboog")
        assert space.installation is not None
        rooms = [fast.channel(space, name) for name in ("a", "b")]
        client = AsyncWebClient(space.installation.token, fast.url, session=session, retry_handlers=[])
        taken = refused = 0
        until = time.monotonic() + 1.0
        while time.monotonic() < until:
            try:
                await client.chat_postMessage(channel=rooms[0].id, text="x")
                taken += 1
            except SlackApiError:
                refused += 1
        assert refused > 0
        await client.chat_postMessage(channel=rooms[1].id, text="x")
        assert 12 <= taken <= 15


async def test_a_workspace_takes_several_hundred_messages_a_minute(session: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/apis/web-api/rate-limits#rtm-posting: 600 here, a sixth of it at once."""
    async with SlackServer(tempo=1, posts_a_minute=60) as slow:
        space = slow.workspace("De Regenboog")
        assert space.installation is not None
        client = AsyncWebClient(space.installation.token, slow.url, session=session, retry_handlers=[])
        rooms = [slow.channel(space, f"room-{n}") for n in range(11)]
        for room in rooms[:10]:
            await client.chat_postMessage(channel=room.id, text="x")
        assert await refusal(client.chat_postMessage(channel=rooms[10].id, text="x")) == "ratelimited"


async def test_paging(slack: SlackServer, client: AsyncWebClient, school: Workspace) -> None:
    """https://docs.slack.dev/apis/web-api/pagination"""
    people = [slack.person(school, f"P{n}") for n in range(5)]
    room = slack.channel(school, "room", people, with_app=False)
    found: list[str] = []
    cursor = ""
    while True:
        page = await client.conversations_members(channel=room.id, limit=2, cursor=cursor)
        found += page["members"]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert found == [each.id for each in people]
    assert await refusal(client.conversations_members(channel=room.id, cursor="nonsense")) == "invalid_cursor"


async def test_the_manifest_is_read_with_the_configuration_token(slack: SlackServer, client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/apps.manifest.export"""
    reader = AsyncWebClient(slack.app.config_token, slack.url)
    manifest = (await reader.apps_manifest_export(app_id=slack.app.id))["manifest"]
    assert manifest == slack.app.manifest
    assert await refusal(client.apps_manifest_export(app_id=slack.app.id)) == "not_allowed_token_type"

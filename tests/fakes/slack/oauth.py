"""Installing: the page where a person allows the app, codes and tokens, rotation.

https://docs.slack.dev/authentication/installing-with-oauth and https://docs.slack.dev/authentication/using-token-rotation
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import web

from tests.fakes.slack.state import Installation, Json, Person, Workspace
from tests.fakes.slack.web_api import Call, SlackError, method

if TYPE_CHECKING:
    from tests.fakes.slack_server import SlackServer

TOKEN_SECONDS = 12 * 3600
CODE_SECONDS = 600


@dataclass(eq=False)
class Code:
    space: Workspace
    person: Person
    scopes: list[str]
    redirect_uri: str
    expires: float
    used: bool = False


class OAuth:
    def __init__(self, slack: SlackServer) -> None:
        self._slack = slack
        self.codes: dict[str, Code] = {}

    def mount(self, routes: web.Application) -> None:
        routes.router.add_get("/oauth/v2/authorize", self._page)

    async def _page(self, request: web.Request) -> web.Response:
        if request.query.get("client_id") != self._slack.app.client_id:
            return web.Response(status=400, text="Invalid client_id parameter")
        return web.Response(text="<h1>Kring is requesting permission</h1>", content_type="text/html")

    def approve(self, person: Person, address: str) -> str:
        """The person presses Allow at that address; the address they are sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        app = self._slack.app
        if asked.get("client_id") != app.client_id:
            raise AssertionError(f"There is no app with client_id {asked.get('client_id')!r}.")
        redirect = asked.get("redirect_uri", "")
        known = (app.manifest.get("oauth_config") or {}).get("redirect_urls", [])
        if redirect and known and not any(redirect.startswith(each) for each in known):
            raise AssertionError(f"bad_redirect_uri: {redirect} is none of {known}")
        scopes = [each for each in asked.get("scope", "").split(",") if each]
        code = f"{self._slack.world.ids.number()}.{self._slack.world.secret('code')}"
        space = self._slack.world.space_of(person)
        self.codes[code] = Code(space, person, scopes, redirect, self._slack.wall() + CODE_SECONDS)
        back = {"code": code} | ({"state": asked["state"]} if "state" in asked else {})
        return f"{redirect or (known or [''])[0]}?{urlencode(back)}"

    def give_token(self, space: Workspace, installed: Installation) -> tuple[str, str | None]:
        """A new token; with rotation it lives twelve hours and comes with a refresh token."""
        world = self._slack.world
        rotates = self._slack.app.rotates
        token = f"{'xoxe.xoxb-1' if rotates else 'xoxb'}-{space.id}-{world.secret('bot token')}"
        installed.tokens[token] = "valid"
        world.tokens[token] = space
        if not rotates:
            return token, None
        installed.expires[token] = self._slack.wall() + TOKEN_SECONDS
        refresh = f"xoxe-1-{world.secret('refresh token')}"
        installed.refresh_tokens[refresh] = "valid"
        world.tokens[refresh] = space
        return token, refresh


@method("oauth.v2.access", tier=4, caller="none")
def access(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/oauth.v2.access"""
    client, secret = call.text("client_id"), call.text("client_secret")
    header = call.text("_authorization")
    if header.startswith("Basic "):
        client, _, secret = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
    if client != call.slack.app.client_id:
        raise SlackError("invalid_client_id")
    if secret != call.slack.app.client_secret:
        raise SlackError("bad_client_secret")
    if call.text("grant_type") == "refresh_token":
        return _refreshed(call)
    code = call.slack.oauth.codes.get(call.text("code"))
    if code is None or code.expires <= call.slack.wall():
        raise SlackError("invalid_code")
    if code.used:
        raise SlackError("code_already_used")
    if call.text("redirect_uri") and call.text("redirect_uri") != code.redirect_uri:
        raise SlackError("bad_redirect_uri")
    code.used = True
    installed = call.slack.install(code.space, code.person, scopes=code.scopes or None, token=False)
    return _granted(call, code.space, installed)


def _refreshed(call: Call) -> Json:
    given = call.text("refresh_token")
    space = call.slack.world.tokens.get(given)
    installed = space.installation if space else None
    if space is None or installed is None or installed.refresh_tokens.get(given) != "valid":
        raise SlackError("invalid_refresh_token")
    installed.refresh_tokens[given] = "spent"
    return _granted(call, space, installed)


def _granted(call: Call, space: Workspace, installed: Installation) -> Json:
    token, refresh = call.slack.oauth.give_token(space, installed)
    granted: Json = {
        "app_id": call.slack.app.id,
        "authed_user": {"id": installed.installer},
        "scope": ",".join(installed.scopes),
        "token_type": "bot",
        "access_token": token,
        "bot_user_id": installed.bot_user,
        "team": {"id": space.id, "name": space.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    return granted | ({"refresh_token": refresh, "expires_in": TOKEN_SECONDS} if refresh else {})

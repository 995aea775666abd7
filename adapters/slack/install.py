"""The pages by which workspaces install Kring (OAuth): https://docs.slack.dev/authentication/installing-with-oauth.

A state is good for ten minutes, in one browser, once. It is remembered by that browser, signed, and by the store only
when it comes back: a page that everybody can open fills nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import urlencode

import structlog
from aiohttp import hdrs, web
from babel import negotiate_locale
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.cures import sentence
from adapters.slack.faults import word_of
from adapters.slack.installed import Installation, InstalledWorkspaces
from adapters.slack.manifest import INSTALL_PATH, REDIRECT_PATH, SCOPES
from adapters.slack.workspaces import FAILURES, Workspace, introduced
from adapters.web import HEADERS
from bot.texts.catalogue import DEFAULT, LANGUAGES, Words, _, words_in

GOOD_FOR = timedelta(minutes=10)
COOKIE = "kring-install"
STALE = {"invalid_code", "code_already_used", "code_expired"}

STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}"
    "a.button{display:inline-block;padding:.6rem 1.2rem;border-radius:.4rem;background:#0f6468;color:#fff;"
    "text-decoration:none}"
)
_POLICY = (
    HEADERS["Content-Security-Policy"]
    + f"; style-src 'sha256-{b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
)

_WANTED = re.compile(r"([a-z]{1,8}(?:-[a-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?))?", re.ASCII | re.IGNORECASE)
"""One part of Accept-Language: RFC 9110, 12.5.4."""

log = structlog.get_logger("kring.slack")


class Install:
    """`installed` is told of each workspace that let Kring in. `once` says whether a key is seen for the first time."""

    def __init__(
        self,
        workspaces: InstalledWorkspaces,
        client: AsyncWebClient,
        *,
        client_id: str,
        signing_secret: str,
        public_url: str,
        once: Callable[[str], Awaitable[bool]],
        installed: Callable[[Workspace], Awaitable[None]],
        now: Callable[[], datetime],
    ) -> None:
        if not signing_secret:
            raise ValueError("a state that is signed with nothing can be forged")
        self._workspaces = workspaces
        self._client = client
        self._client_id = client_id
        self._key = hashlib.sha256(b"kring install state" + signing_secret.encode()).digest()
        self._public_url = public_url
        self._once = once
        self._installed = installed
        self._now = now

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        return [web.get(INSTALL_PATH, self.page), web.get(REDIRECT_PATH, self.redirected)]

    async def page(self, request: web.Request) -> web.StreamResponse:
        state, until = secrets.token_urlsafe(24), int((self._now() + GOOD_FOR).timestamp())
        query = urlencode(
            {
                "client_id": self._client_id,
                "scope": ",".join(sorted(SCOPES)),
                "state": state,
                "redirect_uri": self._public_url + REDIRECT_PATH,
            }
        )
        authorize = f"{self._client.base_url.removesuffix('api/')}oauth/v2/authorize?{query}"
        words = _words_for(request)
        response = _page(
            words,
            words.label("Add Kring to Slack"),
            words.label(
                "Kring holds dialogue rounds, keeps know-how, and does not forget newcomers. It is in no channel "
                "before somebody invites it. Slack will show what Kring asks for."
            ),
            link=(words.label("Add to Slack"), authorize),
        )
        response.set_cookie(
            COOKIE,
            f"{state}.{until}.{self._signed(state, until)}",
            max_age=int(GOOD_FOR.total_seconds()),
            path="/slack/",
            secure=self._public_url.startswith("https:"),
            httponly=True,
            samesite="Lax",  # it comes back by a link on Slack's page
        )
        return response

    async def redirected(self, request: web.Request) -> web.StreamResponse:
        response = await self._answer(request, _words_for(request))
        response.del_cookie(COOKIE, path="/slack/")
        return response

    async def _answer(self, request: web.Request, words: Words) -> web.Response:
        if "error" in request.query:
            title = words.label("Kring was not installed")
            if request.query["error"] == "access_denied":
                return self._again(words, title, words.label("You chose not to. Nothing was kept."), status=200)
            why = words.label("Slack says {word}. Nothing was kept.", word=request.query["error"][:80])
            return self._again(words, title, why, status=400)
        fault = await self._unsound(request.query.get("state", ""), request.cookies.get(COOKIE, ""))
        if fault:
            return self._failed(words, words.label(fault), status=400)
        try:
            said = await self._workspaces.exchange(
                code=request.query.get("code", ""), redirect_uri=self._public_url + REDIRECT_PATH
            )
            if said.get("is_enterprise_install") or not said.get("team"):
                return self._again(
                    words,
                    words.label("Kring does not go into a whole organisation"),
                    words.label(
                        "It was offered to an organisation. Install it into one workspace: choose that at the top "
                        "right of Slack's page. Nothing was kept."
                    ),
                    status=400,
                )
            installation = await self._installation(said)
        except FAILURES as error:
            return self._refused(words, error)
        workspace = installation.workspace
        await self._workspaces.add(installation)
        log.info("installed", team=workspace.team)
        try:
            await self._installed(workspace)
        except Exception:  # it is installed all the same
            log.exception("the installer was not greeted", team=workspace.team)
        query = urlencode({"app": workspace.app_id, "team": workspace.team})
        slack = f"{self._client.base_url.removesuffix('api/')}app_redirect?{query}"
        return _page(
            words,
            words.label("Kring is in {workspace}", workspace=workspace.name),
            words.label("Open Slack: Kring has written to you there. Invite it into a channel with /invite @Kring."),
            link=(words.label("Open Slack"), slack),
        )

    async def _installation(self, said: Any) -> Installation:
        """What Slack granted. Its answer names neither the bot's id nor the address of the workspace."""
        token, seconds = said["access_token"], said.get("expires_in")
        workspace = replace(
            await introduced(self._client, token),
            name=said["team"].get("name") or said["team"]["id"],
            app_id=said["app_id"],
            scopes=frozenset(said["scope"].split(",")),
            installer=said["authed_user"]["id"],
        )
        expires = self._now() + timedelta(seconds=int(seconds)) if seconds else None
        return Installation(workspace, said.get("refresh_token"), expires)

    async def _unsound(self, state: str, cookie: str) -> str:
        """What is wrong with the state; empty when this browser began this installation, and just now."""
        found = re.fullmatch(r"([\w-]{32})\.(\d{1,12})\.([0-9a-f]{64})", cookie)
        if found is None:
            return _("This was not begun in this browser. Perhaps it was begun too long ago.")
        until = int(found[2])
        signed = hmac.compare_digest(self._signed(found[1], until), found[3])
        if not signed or not hmac.compare_digest(found[1].encode(), state.encode()):
            return _("This was not begun in this browser.")
        if self._now().timestamp() > until:
            return _("It took longer than ten minutes.")
        if not await self._once(f"slack/install/{state}"):
            return _("This page was opened a second time. Kring may be installed already.")
        return ""

    def _signed(self, state: str, until: int) -> str:
        return hmac.new(self._key, f"{state}.{until}".encode(), "sha256").hexdigest()

    def _refused(self, words: Words, error: Exception) -> web.Response:
        word = word_of(error)
        if word in STALE:
            old = words.label("Slack's permission was used already, or is too old.")
            return self._failed(words, old, status=400)
        why = sentence(error, {})
        log.error("a workspace could not be installed", why=why)
        # `why` stays English: it is for whoever runs Kring, in the words of kring doctor
        if word:
            text = words.label(
                "Kring could not fetch what Slack grants. Whoever runs Kring can look with kring doctor: {why}.",
                why=why,
            )
        else:
            text = words.label("Kring could not fetch what Slack grants. {why}.", why=why[0].upper() + why[1:])
        return self._failed(words, text, status=502)

    def _failed(self, words: Words, text: str, *, status: int) -> web.Response:
        return self._again(words, words.label("That did not work"), text, status=status)

    def _again(self, words: Words, title: str, text: str, *, status: int) -> web.Response:
        link = (words.label("Begin again"), self._public_url + INSTALL_PATH)
        return _page(words, title, text, link=link, status=status)


def _words_for(request: web.Request) -> Words:
    """The words of the language that the browser wants most, of those that Kring speaks."""
    header = ",".join(request.headers.getall(hdrs.ACCEPT_LANGUAGE, ()))
    found = (_WANTED.fullmatch(part.strip()) for part in header.split(","))
    wanted = sorted(((float(one[2] or 1), one[1].lower()) for one in found if one), key=lambda one: -one[0])
    return words_in(negotiate_locale([language for q, language in wanted if q], LANGUAGES, sep="-") or DEFAULT)


def _page(words: Words, title: str, text: str, *, link: tuple[str, str], status: int = 200) -> web.Response:
    label, address = link
    page = (
        f'<!doctype html><html lang="{escape(words.language)}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style><main><h1>{escape(title)}</h1><p>{escape(text)}</p>"
        f'<p><a class="button" href="{escape(address)}">{escape(label)}</a></p></main></html>\n'
    )
    return web.Response(
        text=page,
        content_type="text/html",
        charset="utf-8",
        status=status,
        headers={"Content-Security-Policy": _POLICY},
    )

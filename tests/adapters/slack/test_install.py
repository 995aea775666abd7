"""The pages by which workspaces install Kring."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from adapters.slack.calling import new_client, new_session
from adapters.slack.install import COOKIE, GOOD_FOR, Install
from adapters.slack.installed import InstalledWorkspaces, unpack
from adapters.slack.manifest import SCOPES, manifest
from adapters.slack.workspaces import Workspace
from adapters.web import serving
from storage.store import Store, open_store
from tests.adapters.slack.test_workspaces import COMMANDS, Wall, free_port
from tests.fakes.slack_server import SlackServer


@dataclass
class House:
    """Kring's pages, the store behind them, and whoever was greeted."""

    slack: SlackServer
    store: Store
    workspaces: InstalledWorkspaces
    client: AsyncWebClient
    wall: Wall
    url: str
    greeted: list[Workspace] = field(default_factory=list)
    greets: bool = True

    async def greet(self, workspace: Workspace) -> None:
        if not self.greets:
            raise ValueError("the greeting went wrong")
        self.greeted.append(workspace)


@pytest.fixture(params=[False, True], ids=["lasting", "rotating"])
async def house(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[House]:
    wall, port = Wall(), free_port()
    url = f"http://127.0.0.1:{port}"
    made = manifest(COMMANDS, url)
    made["settings"]["token_rotation_enabled"] = request.param
    async with (
        SlackServer(manifest=made, wall=wall.stamp) as slack,
        open_store(sqlite_url, lease=False) as store,
        new_session() as session,
    ):
        client, app = new_client(session, slack.url, None), slack.app
        identity = {"client_id": app.client_id, "client_secret": app.client_secret}
        workspaces = InstalledWorkspaces(store, client, **identity, now=wall.now)
        house = House(slack, store, workspaces, client, wall, url)
        install = Install(
            workspaces,
            client,
            client_id=app.client_id,
            signing_secret=app.signing_secret,
            public_url=url,
            once=store.once,
            installed=house.greet,
            now=wall.now,
        )
        async with serving(install.routes(), "127.0.0.1", port):
            yield house


@dataclass
class Browser:
    session: aiohttp.ClientSession

    async def opens(self, address: str) -> tuple[int, str]:
        """Redirects to other sites are not followed."""
        async with self.session.get(address, allow_redirects=False) as said:
            assert said.status != 500
            assert "style-src 'sha256-" in said.headers["Content-Security-Policy"]
            assert said.headers["Referrer-Policy"] == "no-referrer", "the code stands in the address"
            return said.status, await said.text()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with new_browser() as session:
        yield Browser(session)


def new_browser(languages: str = "") -> aiohttp.ClientSession:
    headers = {"Accept-Language": languages} if languages else {}
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=headers)


@pytest.fixture
async def dutch() -> AsyncIterator[Browser]:
    async with new_browser("nl-NL,nl;q=0.9,en-US;q=0.8,en;q=0.7") as session:
        yield Browser(session)


def link(page: str) -> str:
    return unescape(re.findall(r'href="([^"]+)"', page)[0])


async def asks(house: House, browser: Browser) -> str:
    """Slack's page, to which the button leads."""
    status, page = await browser.opens(f"{house.url}/slack/install")
    assert status == 200
    return link(page)


async def test_a_workspace_installs_kring(house: House, browser: Browser) -> None:
    school = house.slack.workspace("Regen & Boog", installed=False)
    anna = house.slack.person(school, "Anna")
    authorize = await asks(house, browser)
    asked = parse_qs(urlsplit(authorize).query)
    assert authorize.startswith(f"{house.slack.address}/oauth/v2/authorize?")
    assert asked["scope"] == [",".join(sorted(SCOPES))]
    status, page = await browser.opens(house.slack.approves(anna, authorize))
    assert status == 200
    assert "Kring is in Regen &amp; Boog" in page
    workspace = await house.workspaces.find(school.id)
    assert workspace is not None
    there = house.slack.world.installation(school)
    assert (workspace.token, workspace.bot_user, workspace.bot_id) == (there.token, there.bot_user, there.bot_id)
    assert (workspace.installer, workspace.name) == (anna.id, "Regen & Boog")
    assert workspace.scopes == frozenset(SCOPES)
    assert house.greeted == [workspace]
    assert f"app={house.slack.app.id}&team={school.id}" in link(page)
    kept = unpack((await house.store.installations("slack"))[school.id])
    assert (kept.refresh_token is not None) == (kept.expires_at is not None) == house.slack.app.rotates


async def test_slack_would_have_to_be_asked_again(house: House, browser: Browser) -> None:
    """A second look at the same page, by the same browser or by another one, installs nothing."""
    school = house.slack.workspace("De Regenboog", installed=False)
    back = house.slack.approves(house.slack.person(school, "Anna"), await asks(house, browser))
    async with new_browser() as other:
        status, page = await Browser(other).opens(back)
        assert status == 400
        assert "This was not begun in this browser" in page
    cookie = browser.session.cookie_jar.filter_cookies(browser_url(house))[COOKIE].value
    assert (await browser.opens(back))[0] == 200
    async with new_browser() as again:
        again.cookie_jar.update_cookies({COOKIE: cookie}, browser_url(house))
        status, page = await Browser(again).opens(back)
    assert status == 400
    assert "opened a second time" in page
    assert link(page) == f"{house.url}/slack/install"
    assert len(house.greeted) == 1


def browser_url(house: House) -> URL:
    return URL(f"{house.url}/slack/oauth_redirect")


@pytest.mark.parametrize("forged", ["", "x", "{state}.9999999999." + "0" * 64, "{state}.1." + "0" * 64])
async def test_a_state_that_kring_did_not_give(house: House, browser: Browser, forged: str) -> None:
    state = "a" * 32
    browser.session.cookie_jar.update_cookies({COOKIE: forged.format(state=state)}, browser_url(house))
    query = urlencode({"code": "x", "state": state})
    status, page = await browser.opens(f"{house.url}/slack/oauth_redirect?{query}")
    assert status == 400
    assert "Begin again" in page
    assert house.slack.counters.calls == {}


async def test_a_code_that_somebody_else_was_given(house: House, browser: Browser) -> None:
    """Else a link could make a visitor's browser install somebody else's workspace as if they had asked for it."""
    school = house.slack.workspace("De Regenboog", installed=False)
    async with new_browser() as theirs:
        back = house.slack.approves(house.slack.person(school, "Anna"), await asks(house, Browser(theirs)))
    await asks(house, browser)
    status, page = await browser.opens(back)
    assert (status, "This was not begun in this browser.</p>" in page) == (400, True)
    assert house.slack.counters.calls == {}


async def test_ten_minutes_are_enough(house: House, browser: Browser) -> None:
    school = house.slack.workspace("De Regenboog", installed=False)
    anna, authorize = house.slack.person(school, "Anna"), await asks(house, browser)
    house.wall.pass_(seconds=GOOD_FOR.total_seconds() + 1)
    status, page = await browser.opens(house.slack.approves(anna, authorize))
    assert (status, "longer than ten minutes" in page) == (400, True)
    assert house.greeted == []


async def test_who_says_no(house: House, browser: Browser) -> None:
    state = parse_qs(urlsplit(await asks(house, browser)).query)["state"][0]
    query = urlencode({"error": "access_denied", "state": state})
    status, page = await browser.opens(f"{house.url}/slack/oauth_redirect?{query}")
    assert (status, "You chose not to. Nothing was kept." in page) == (200, True)
    status, page = await browser.opens(f"{house.url}/slack/oauth_redirect?error=%3Cscript%3E")
    assert (status, "Slack says &lt;script&gt;." in page) == (400, True)


async def test_what_slack_says_instead_of_a_token(house: House, browser: Browser) -> None:
    school = house.slack.workspace("De Regenboog", installed=False)
    anna = house.slack.person(school, "Anna")
    authorize = await asks(house, browser)
    state = parse_qs(urlsplit(authorize).query)["state"][0]
    query = urlencode({"state": state, "code": "made-up"})
    status, page = await browser.opens(f"{house.url}/slack/oauth_redirect?{query}")
    assert (status, "used already, or is too old" in page) == (400, True)
    back = house.slack.approves(anna, await asks(house, browser))
    house.slack.mishaps.next("failing", "oauth.v2.access")
    status, page = await browser.opens(back)
    assert (status, "Kring could not fetch what Slack grants." in page) == (502, True)
    back = house.slack.approves(anna, await asks(house, browser))
    house.slack.app.client_secret = "another"
    status, page = await browser.opens(back)
    assert (status, "Slack says bad_client_secret" in page) == (502, True)
    assert await house.store.installations("slack") == {}


TITLES = {"en": "Add Kring to Slack", "nl": "Kring toevoegen aan Slack"}


@pytest.mark.parametrize(
    ("languages", "spoken"),
    [
        ("", "en"),
        ("nl", "nl"),
        ("NL-be", "nl"),
        ("fr", "en"),
        ("*", "en"),
        ("fr, nl;q=0.5", "nl"),
        ("en;q=0.5, nl;q=0.8", "nl"),
        ("nl ; q=0.5,en;q=0.8", "en"),
        ("en, nl", "en"),
        ("nl;q=0.5, en;q=0.5", "nl"),
        ("nl;q=0, fr", "en"),
        ("nlx, nl_NL", "en"),
    ],
)
async def test_a_page_speaks_the_language_of_its_reader(house: House, languages: str, spoken: str) -> None:
    async with new_browser(languages) as session:
        status, page = await Browser(session).opens(f"{house.url}/slack/install")
    assert status == 200
    assert f'<html lang="{spoken}">' in page
    assert f"<h1>{TITLES[spoken]}</h1>" in page


@pytest.mark.parametrize(
    "languages",
    ["nl;q=", "nl;q=much", "nl;q=nan", "nl;q=-1", "nl nl", ";,=,-;q", "ñl", pytest.param("n" * 5000, id="long")],
)
async def test_languages_that_cannot_be_read_are_passed_over(house: House, languages: str) -> None:
    for wanted, spoken in ((languages, "en"), (f"{languages}, nl;q=0.1", "nl")):
        async with new_browser(wanted) as session:
            status, page = await Browser(session).opens(f"{house.url}/slack/install")
        assert (status, f'<html lang="{spoken}">' in page) == (200, True), wanted


async def test_a_workspace_installs_kring_in_dutch(house: House, dutch: Browser) -> None:
    school = house.slack.workspace("Regen & {Boog} *nu*", installed=False)
    back = house.slack.approves(house.slack.person(school, "Anna"), await asks(house, dutch))
    status, page = await dutch.opens(back)
    assert (status, '<html lang="nl">' in page) == (200, True)
    assert "<h1>Kring zit in Regen &amp; {Boog} *nu*</h1>" in page
    assert "Slack openen</a>" in page
    status, page = await dutch.opens(back)
    assert (status, '<html lang="nl">' in page) == (400, True)
    assert "Dit is niet in deze browser begonnen. Misschien is het te lang geleden begonnen.</p>" in page


async def test_what_fails_is_told_in_dutch(house: House, dutch: Browser) -> None:
    status, page = await dutch.opens(f"{house.url}/slack/oauth_redirect?error=%3Cscript%3E")
    assert (status, '<html lang="nl">' in page) == (400, True)
    assert "<p>Slack zegt &lt;script&gt;. Er is niets bewaard.</p>" in page
    anna = house.slack.person(house.slack.workspace("De Regenboog", installed=False), "Anna")
    back = house.slack.approves(anna, await asks(house, dutch))
    house.slack.app.client_secret = "another"
    status, page = await dutch.opens(back)
    assert (status, '<html lang="nl">' in page) == (502, True)
    assert "<h1>Dat lukte niet</h1>" in page
    assert "kan kijken met kring doctor: Slack says bad_client_secret." in page, "the detail is as kring doctor has it"
    assert "Opnieuw beginnen</a>" in page
    assert link(page) == f"{house.url}/slack/install"


async def test_a_greeting_that_fails_undoes_nothing(house: House, browser: Browser) -> None:
    house.greets = False
    school = house.slack.workspace("De Regenboog", installed=False)
    back = house.slack.approves(house.slack.person(school, "Anna"), await asks(house, browser))
    assert (await browser.opens(back))[0] == 200
    assert await house.workspaces.find(school.id)


async def test_a_whole_organisation_is_refused(house: House, browser: Browser) -> None:
    """https://docs.slack.dev/reference/methods/oauth.v2.access: there is no team then."""

    async def granted(request: web.Request) -> web.Response:
        enterprise = {"id": "E1", "name": "Everything"}
        given = {"access_token": "xoxb-org", "app_id": "A1", "scope": "commands", "authed_user": {"id": "U1"}}
        told = {"ok": True, "team": None, "enterprise": enterprise, "is_enterprise_install": True}
        return web.json_response(told | given)

    async with serving([web.post("/api/oauth.v2.access", granted)], "127.0.0.1", 0) as elsewhere:
        authorize = await asks(house, browser)
        house.client.base_url = f"{elsewhere}api/"
        state = parse_qs(urlsplit(authorize).query)["state"][0]
        query = urlencode({"state": state, "code": "1"})
        status, page = await browser.opens(f"{house.url}/slack/oauth_redirect?{query}")
    assert (status, "does not go into a whole organisation" in page) == (400, True)
    assert await house.store.installations("slack") == {}
    assert house.greeted == []


async def test_without_a_signing_secret_there_are_no_pages(house: House) -> None:
    with pytest.raises(ValueError, match="can be forged"):
        Install(
            house.workspaces,
            house.client,
            client_id="1.2",
            signing_secret="",
            public_url=house.url,
            once=house.store.once,
            installed=house.greet,
            now=house.wall.now,
        )

"""The log tells what Kring does, never what people write."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.connect import new_app
from bot.logs import configure, masked
from bot.settings import Log

LEVELS = {name: logging.getLogger(name).level for name in ("", "slack_bolt", "slack_sdk", "discord", "aiohttp")}


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """What a log at its most talkative tells."""
    root, lines = logging.getLogger(), structlog.get_config()
    handlers = list(root.handlers)
    configure(Log(level="debug"))
    structlog.configure(cache_logger_on_first_use=False)  # else what logs here first would never log otherwise again
    written = io.StringIO()
    root.addHandler(logging.StreamHandler(written))
    yield written
    root.handlers = handlers
    structlog.configure(**lines)
    for name, level in LEVELS.items():
        logging.getLogger(name).setLevel(level)


class Nobody:
    async def find(self, team: str) -> None: ...

    async def hear(self, body: object, *, team: str, bot_user: str) -> None: ...


async def test_a_request_with_a_wrong_signature_is_not_told(told: io.StringIO) -> None:
    """Whose signing secret is wrong would find in the log what people write."""
    app = new_app(AsyncWebClient(), Nobody(), Nobody(), "a secret")
    forged = AsyncBoltRequest(
        body='{"type": "event_callback", "event": {"type": "message", "text": "between us"}}',
        headers={"x-slack-signature": ["v0=0"], "x-slack-request-timestamp": ["0"]},
    )
    logging.getLogger("kring").debug("something")
    assert (await app.async_dispatch(forged)).status == 401
    assert "something" in told.getvalue()
    assert "between us" not in told.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "slack_bolt.App",
        "slack_sdk.web.async_client",
        "slack_sdk.socket_mode.aiohttp",
        "discord.gateway",
        "discord.http",
        "discord.client",
        "aiohttp.client",
        "aiohttp.access",
    ],
)
def test_what_comes_and_goes_is_not_told(told: io.StringIO, name: str) -> None:
    logging.getLogger(name).debug("between us")
    assert not told.getvalue()


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-1-2-abc",
        "xapp-1-A1-abc",
        "MTQwMDAwMDAwMDAwMDAwMDAxMA.GaBcDe.abcdefghijklmnopqrstuvwxyz01",
        "aW50ZXJhY3Rpb246MTQwMDAwMDAwMDAwMDAwMDA5MTpPdlJyaDRGZW1uVzZr",
    ],
)
def test_a_token_is_not_told(secret: str) -> None:
    [line] = masked(None, "", {"event": f"POST /webhooks/1/{secret}/messages"}).values()
    assert line == "POST /webhooks/1/***/messages"

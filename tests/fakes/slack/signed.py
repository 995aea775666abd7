"""Signed requests to the app's addresses: events as JSON, commands and interactions as forms.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

if TYPE_CHECKING:
    from tests.fakes.slack.delivery import Answer, Parcel
    from tests.fakes.slack.state import App

FORM = "application/x-www-form-urlencoded"


class SignedRequests:
    def __init__(self, app: App, events: str, interactivity: str, commands: str, patience: float) -> None:
        self._app = app
        self._addresses = {"events_api": events, "interactive": interactivity, "slash_commands": commands}
        self._patience = patience
        self._client = ClientSession(timeout=ClientTimeout(total=None), connector=TCPConnector(limit=200))

    async def close(self) -> None:
        await self._client.close()

    def headers(self, body: bytes, kind: str) -> dict[str, str]:
        # the SDK's verifier refuses what is older than five minutes by its own clock, so this is the real time
        now = str(int(time.time()))
        base = f"v0:{now}:".encode() + body
        signature = hmac.new(self._app.signing_secret.encode(), base, hashlib.sha256).hexdigest()
        return {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": f"v0={signature}",
        }

    async def verify(self) -> None:
        """https://docs.slack.dev/reference/events/url_verification"""
        challenge = self._app.verification_token[::-1]
        asked = {"token": self._app.verification_token, "challenge": challenge, "type": "url_verification"}
        body = json.dumps(asked).encode()
        url = self._addresses["events_api"]
        async with self._client.post(url, data=body, headers=self.headers(body, "application/json")) as response:
            text = await response.text()
            if response.status != 200 or challenge not in text:
                raise AssertionError(f"{url} did not answer the challenge, but {response.status}: {text[:200]}")

    async def send(self, parcel: Parcel) -> Answer:
        """One attempt. `failed` says why it was none, in the words of X-Slack-Retry-Reason."""
        from tests.fakes.slack.delivery import Answer

        body, kind = self._body(parcel)
        headers = self.headers(body, kind)
        if parcel.attempt:
            headers |= {"X-Slack-Retry-Num": str(parcel.attempt), "X-Slack-Retry-Reason": parcel.reason}
        try:
            async with asyncio.timeout(self._patience):
                async with self._client.post(self._addresses[parcel.kind], data=body, headers=headers) as response:
                    answered = await response.read()
                    if response.status // 100 == 2:
                        return Answer(body=_read(answered, response.content_type))
                    # https://docs.slack.dev/apis/events-api#turning_off_retries
                    quit_ = parcel.waiting is None and response.headers.get("X-Slack-No-Retry") == "1"
                    return Answer(failed="no_retry" if quit_ else "http_error")
        except TimeoutError:
            return Answer(failed="timeout")
        except ClientError:
            return Answer(failed="connection_failed")

    def _body(self, parcel: Parcel) -> tuple[bytes, str]:
        match parcel.kind:
            case "events_api":
                return json.dumps(parcel.payload).encode(), "application/json"
            case "slash_commands":
                return urlencode(parcel.payload).encode(), FORM
            case _:
                return urlencode({"payload": json.dumps(parcel.payload)}).encode(), FORM


def _read(answered: bytes, kind: str) -> Any:
    if not answered:
        return None
    if kind == "application/json":
        return json.loads(answered)
    return {"text": answered.decode()}

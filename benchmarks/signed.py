"""Requests as Slack signs them, with all the fields it sends."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PAYLOADS = Path(__file__).parent.parent / "tests" / "adapters" / "slack" / "payloads"
TEAM = "T0SCHOOLS01"
BOT = "U0KRING0001"


@dataclass(frozen=True, slots=True)
class Request:
    body: str
    headers: Mapping[str, str]

    def on_the_wire(self, path: str) -> bytes:
        """As a POST of HTTP/1.1 on a connection that stays open."""
        body = self.body.encode()
        lines = [f"POST {path} HTTP/1.1", "host: 127.0.0.1", f"content-length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + body


class Signed:
    """Signs with the secret; good for five minutes."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def json(self, body: Mapping[str, Any]) -> Request:
        return self._request(json.dumps(body), "application/json")

    def form(self, body: Mapping[str, Any]) -> Request:
        return self._request(urlencode(body), "application/x-www-form-urlencoded")

    def _request(self, body: str, kind: str) -> Request:
        stamp = str(int(time.time()))
        digest = hmac.new(self._secret, f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {
            "content-type": kind,
            "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={digest}",
        }
        return Request(body, headers)


@cache
def _sample(name: str) -> str:
    return (PAYLOADS / name).read_text()


def message(number: int, **fields: str) -> dict[str, Any]:
    """The payload of a message event; `fields` say what is otherwise in the message, such as its `thread_ts`."""
    payload: dict[str, Any] = json.loads(_sample("message.json"))
    ts = f"{1_795_500_000 + number // 1_000}.{number % 1_000:06d}"
    payload["event"] |= {"ts": ts, "event_ts": ts, **fields}
    return payload | {"event_id": f"Ev0BENCH{number}"}


def command(number: int, text: str, **fields: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(_sample("slash_command.json"))
    return payload | {"text": text, "trigger_id": f"7012345678901.7098765432109.bench{number}", **fields}

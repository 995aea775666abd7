"""What can go wrong: see `tests/fakes/mishaps.py`."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes import mishaps


@dataclass
class Chances(mishaps.Chances):
    """How often each of these happens, 0 to 1."""

    dropped: float = 0.0
    """A call is carried out, but the connection breaks before the answer."""
    refused: float = 0.0
    """The connection breaks before the call is carried out."""
    failing: float = 0.0
    """500 or 502, nothing carried out."""
    failing_after: float = 0.0
    """500 although it was carried out."""
    throttled: float = 0.0
    """429 with a `retry_after` of `retry_after` seconds, `scope` as below."""
    slow: float = 0.0
    """An answer takes `slowness` seconds longer."""
    banned: float = 0.0
    """429 without a body of Discord's, as Cloudflare answers an address that it holds back."""
    doubled: float = 0.0
    """The same event comes a second time, with a sequence number of its own."""
    cut: float = 0.0
    """The socket breaks after an event was handed over."""
    swallowed: float = 0.0
    """The socket breaks before the event is handed over: only a RESUME brings it."""
    handshake: float = 0.0
    """A WebSocket handshake is answered with 503."""
    invalid_session: float = 0.0
    """IDENTIFY or RESUME is answered with op 9."""
    retry_after: float = 0.5
    scope: str = "user"
    """`user`, `shared` or `global`."""
    slowness: float = 0.2

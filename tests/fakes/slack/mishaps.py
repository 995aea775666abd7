"""What can go wrong: see `tests/fakes/mishaps.py`."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes import mishaps


@dataclass
class Chances(mishaps.Chances):
    """How often each of these happens, 0 to 1."""

    dropped: float = 0.0
    """A Web API call is carried out, but the connection breaks before the answer."""
    refused: float = 0.0
    """The connection breaks before the call is carried out."""
    failing: float = 0.0
    """500 or 503, nothing carried out."""
    failing_after: float = 0.0
    """500 although it was carried out."""
    throttled: float = 0.0
    """429 with a Retry-After of `retry_after`."""
    slow: float = 0.0
    """An answer takes `slowness` seconds longer."""
    doubled: float = 0.0
    """The same envelope comes again, as if it were the first time (retry_attempt 0)."""
    lost_ack: float = 0.0
    """The acknowledgement does not arrive."""
    cut: float = 0.0
    """The socket breaks after an envelope was handed over."""
    handshake: float = 0.0
    """A WebSocket handshake is answered with 503."""
    retry_after: int = 1
    slowness: float = 0.2

"""Everything the app said, wherever it said it, kept for those who look for words that should not stand there.

What was asked for counts as well as what came to stand: a call that the platform refused was made all the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Overheard:
    """`person`: only they see it; None: everybody in the channel does."""

    at: float
    channel: str
    person: str | None
    words: str


@dataclass
class Ear:
    listens: bool = False
    heard: list[Overheard] = field(default_factory=list)

    def hears(self, at: float, channel: str, person: str | None, *said: Any) -> None:
        if self.listens:
            words = "\n".join(each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in said)
            self.heard.append(Overheard(at, channel, person, words))

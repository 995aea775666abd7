"""The tree of errors. Each class's docstring is its message.

KringError
├── UserMistake        a person asked for something that cannot be; they read why and what to do
│   └── FormMistake    fields of a form that were filled in wrongly
├── PlatformTrouble    try again later
├── PlatformRefusal    never try again
├── StorageTrouble     the database cannot be used now
└── SettingsFault      the configuration is wrong; all faults at once
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.chat.events import Reason
    from bot.chat.forms import Fault


class KringError(Exception):
    """Something went wrong in Kring."""


class UserMistake(KringError):
    """What the person asked for cannot be done. `text` is an English text of the catalogue, `values` fill it."""

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.values = values


class FormMistake(UserMistake):
    """Some fields need another look."""

    def __init__(self, faults: Sequence[Fault] = (), *, words: dict[str, UserMistake] | None = None) -> None:
        super().__init__("Some fields need another look.")
        self.faults = tuple(faults)
        self.words = words or {}
        """Mistakes that only the feature knows, by field."""


class PlatformTrouble(KringError):
    """The platform could not do it now. `retry_at` is when it may be tried again, if the platform said so.

    `ambiguous`: it may have been done all the same.
    """

    def __init__(self, detail: str, *, retry_at: datetime | None = None, ambiguous: bool = False) -> None:
        super().__init__(detail)
        self.retry_at = retry_at
        self.ambiguous = ambiguous


class PlatformRefusal(KringError):
    """The platform will never do it."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class StorageTrouble(KringError):
    """The database cannot be used. The message says why and what to do."""


class SettingsFault(KringError):
    """The configuration is wrong."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class Overtaken(KringError):
    """Somebody else changed this thing first; the door runs the event again from the start."""

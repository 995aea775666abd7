"""Where somebody acted in Slack, so that the answer finds its way back to them.

A modal carries it in its private metadata (at most 3,000 characters), because what comes back when a form is sent says
nothing of the place where it was opened. https://docs.slack.dev/reference/views/modal-views (2026-11-25)
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

from adapters.slack import PLATFORM
from bot.chat.names import Account, Channel, Place, Space, Thread

Via = Literal["command", "message", "shortcut", "modal", "home", "form", "written", "mention", "reaction", "joined"]
RESPONSE_URL_LASTS = 30 * 60
"""Seconds. https://docs.slack.dev/interactivity/handling-user-interaction (2026-11-25)"""


@dataclass(frozen=True, slots=True)
class Origin:
    team: str
    user: str
    via: Via
    channel: str = ""
    thread: str = ""
    direct: bool = False
    """Only this person and Kring are there."""
    message: str = ""
    """The message whose control was used."""
    response_url: str = ""
    answers_until: float = 0.0
    """Seconds since 1970 after which `response_url` takes nothing any more."""
    trigger: str = ""
    """Opens a form within three seconds; never kept."""
    view: str = ""
    """The modal that is open."""
    asked: str = ""
    """What was typed as a command, so that a button can ask it again."""
    before: Via | None = None
    """For a form: what it was opened by."""

    @property
    def space(self) -> Space:
        return Space(PLATFORM, self.team)

    @property
    def account(self) -> Account:
        return Account(self.space, self.user)

    @property
    def place(self) -> Place:
        """From a page or modal of Kring's own: the conversation with Kring, which takes the user's id for its name."""
        if not self.channel:
            return Channel(self.space, self.user, direct=True)
        channel = Channel(self.space, self.channel, direct=self.direct)
        return Thread(channel, self.thread) if self.thread else channel

    def pack(self) -> str:
        """For the private metadata of a modal that is opened from here."""
        kept = replace(self, trigger="", view="", asked="")
        return json.dumps({name: value for name, value in asdict(kept).items() if value}, separators=(",", ":"))


_NAMES = {each.name for each in fields(Origin)}


def unpack(metadata: str, *, team: str, user: str, via: Via, trigger: str, view: str) -> Origin:
    """Where the modal with that metadata was opened, now that its user does something in it."""
    try:
        kept: dict[str, Any] = json.loads(metadata) if metadata else {}
    except ValueError:
        kept = {}
    opened = kept.get("before") or kept.get("via")
    known = {name: value for name, value in kept.items() if name in _NAMES}
    now = {"team": team, "user": user, "via": via, "trigger": trigger, "view": view, "before": opened}
    return Origin(**(known | now))

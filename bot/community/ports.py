"""What the community's feature needs from storage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from bot.chat.names import Account, Space
from bot.chat.people import Community
from bot.community.model import LinkCode, OwnCode, Preferences
from bot.context import Context
from bot.ports import Unit


class Members(Protocol):
    """People's choices, hosts' settings, and the way out."""

    def preferences(self, community: str, person: str) -> Preferences: ...

    def choose(self, community: str, person: str, before: Preferences, after: Preferences) -> None:
        """Keeps what differs."""

    def arrange(self, community: str, before: Community, after: Community) -> None:
        """Keeps the settings that differ."""

    def name_space(self, community: str, space: Space, name: str) -> None:
        """What the host calls this space; empty: what the platform calls it."""

    def make_facilitator(self, community: str, person: str, *, yes: bool) -> None: ...

    def accounts(self, community: str, person: str) -> tuple[tuple[Account, str], ...]:
        """The person's accounts and the names of their spaces."""

    def record(self, community: str, person: str) -> Mapping[str, Any]:
        """All that this feature and the house itself keep about the person, for a file."""

    def left(self, community: str, account: Account, now: datetime) -> None:
        """The account left its space; the person is gone with the last one."""

    def gone_before(self, community: str, moment: datetime) -> tuple[str, ...]:
        """The people who are gone since before then and are not erased yet."""

    def erase(self, community: str, person: str, name: str, now: datetime) -> None:
        """Leaves nothing of the person but an id and this name, and takes back what waits to be sent to them."""

    def waiting(self, community: str, account: Account, after: datetime, before: datetime) -> tuple[str, ...]:
        """The ids of what waits to be sent to this account between the two moments, earliest first."""

    def send_at(self, community: str, request: str, at: datetime) -> None:
        """What waits is sent at `at` instead."""

    def add_code(self, community: str, code: LinkCode) -> None: ...

    def use_code(self, community: str, code: str, now: datetime) -> str | None:
        """The community that the code leads this one to; a code works once."""

    def is_new(self, community: str) -> bool:
        """Nothing was made in it yet that people could miss or that others should not see."""

    def join(self, community: str, into: str) -> None:
        """The spaces and people of `community` belong to `into` from now on, and `community` is no more."""

    def tidy(self, community: str, now: datetime) -> None:
        """Erases codes that are over."""


class Links(Protocol):
    """Accounts in several spaces that are one person's."""

    def offer(self, community: str, code: OwnCode) -> None:
        """Keeps it instead of an older one of that person."""

    def find(self, digest: str, now: datetime) -> OwnCode | None:
        """The code that this is the digest of, whatever community it is of."""

    def tries(self, community: str, person: str, now: datetime) -> int:
        """How many wrong codes this person typed lately."""

    def tried(self, community: str, person: str, now: datetime, until: datetime) -> None:
        """One more wrong code; the first one begins a time that lasts until `until`."""

    def unite(self, community: str, person: str, into: str) -> None:
        """The accounts of `person`, and what the house itself keeps of them, are those of `into`; `person` is no more.

        A code of either is used up.
        """

    def part(self, community: str, account: Account) -> None:
        """The account is nobody's any more, and met anew when somebody acts by it. Its person has another one."""

    def tidy(self, community: str, now: datetime) -> None:
        """Erases codes and counts that are over."""


class CommunityUnit(Unit, Protocol):
    @property
    def members(self) -> Members: ...
    @property
    def links(self) -> Links: ...


Ctx = Context[CommunityUnit]

"""One unit of work: every store over one connection, in one transaction.

It satisfies by its shape what the core and each feature state in their `ports.py`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from bot.chat.actions import Action
from bot.chat.names import Account
from storage.cipher import Cipher
from storage.circles import Circles
from storage.closing_threads import ClosingThreads
from storage.community import Communities, Members, People
from storage.crossings import Crossings
from storage.drafts import Drafts
from storage.due import Due
from storage.facts import Facts
from storage.found_rounds import FoundRounds
from storage.gaps import Gaps
from storage.hands import Hands
from storage.inbox import Inbox
from storage.installations import Installations
from storage.knowhow import KnowHow
from storage.links import Links
from storage.newcomers import Newcomers
from storage.outbox import Outbox
from storage.own_formats import OwnFormats
from storage.past_rounds import PastRounds
from storage.posts import Posts
from storage.room import Room
from storage.rounds import Rounds
from storage.schedules import Schedules
from storage.search import Search
from storage.sending import Requests
from storage.series import next_number
from storage.unasked import Unasked
from storage.whereabouts import Whereabouts


class Unit:
    def __init__(self, connection: Connection, cipher: Cipher, chance: Callable[[int], int] = secrets.randbits) -> None:
        self.connection = connection
        """For storage itself."""
        self._cipher = cipher
        self._chance = chance

    # -- what every feature may use

    @cached_property
    def people(self) -> People:
        return People(self.connection, self._chance)

    @cached_property
    def communities(self) -> Communities:
        return Communities(self.connection)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.connection, self._cipher, self._chance)

    @cached_property
    def posts(self) -> Posts:
        return Posts(self.connection)

    @cached_property
    def due(self) -> Due:
        return Due(self.connection)

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.connection)

    @cached_property
    def unasked(self) -> Unasked:
        return Unasked(self.connection)

    @cached_property
    def search(self) -> Search:
        return Search(self.connection)

    def number(self, community: str, series: str) -> int:
        """The next number of a series that people say aloud, such as 1 for `K-1`."""
        return next_number(self.connection, community, series)

    # -- what one feature needs

    @cached_property
    def rounds(self) -> Rounds:
        return Rounds(self.connection, self._cipher)

    @cached_property
    def past_rounds(self) -> PastRounds:
        return PastRounds(self.connection)

    @cached_property
    def own_formats(self) -> OwnFormats:
        return OwnFormats(self.connection)

    @cached_property
    def schedules(self) -> Schedules:
        return Schedules(self.connection)

    @cached_property
    def found_rounds(self) -> FoundRounds:
        return FoundRounds(self.connection)

    @cached_property
    def crossings(self) -> Crossings:
        return Crossings(self.connection)

    @cached_property
    def hands(self) -> Hands:
        return Hands(self.connection)

    @cached_property
    def knowhow(self) -> KnowHow:
        return KnowHow(self.connection, self._cipher)

    @cached_property
    def closing_threads(self) -> ClosingThreads:
        return ClosingThreads(self.connection)

    @cached_property
    def newcomers(self) -> Newcomers:
        return Newcomers(self.connection, self._cipher)

    @cached_property
    def circles(self) -> Circles:
        return Circles(self.connection, self._cipher)

    @cached_property
    def members(self) -> Members:
        return Members(self.connection)

    @cached_property
    def links(self) -> Links:
        return Links(self.connection)

    # -- for the door

    @cached_property
    def requests(self) -> Requests:
        return Requests(self.connection, self._cipher)

    def first_time(self, event: str, now: datetime) -> bool:
        """Notes the event's id; False when it was noted before."""
        return Inbox(self.connection).first_time(event, now)

    def settle_due(self, community: str, about: Action, at: datetime) -> None:
        """The moment `at` has been handled: forgets it, unless another moment was set meanwhile."""
        self.due.settle(community, about, at)

    def form_arrived(self, account: Account, action: Action) -> None:
        """Forgets what a platform kept of this form, so that nobody is given it once more to send."""
        self.drafts.take(account, action.pack())

    # -- for the platforms' adapters

    @cached_property
    def installations(self) -> Installations:
        return Installations(self.connection, self._cipher)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self.connection, self._cipher)

    @cached_property
    def whereabouts(self) -> Whereabouts:
        return Whereabouts(self.connection)

    @cached_property
    def gaps(self) -> Gaps:
        return Gaps(self.connection)

    # -- for what moves by itself

    @cached_property
    def room(self) -> Room:
        return Room(self.connection)

    def tidy(self, now: datetime) -> None:
        """Forgets what has been kept long enough."""
        Inbox(self.connection).tidy(now)
        self.requests.tidy(now)
        self.drafts.tidy(now)
        self.unasked.tidy(now)

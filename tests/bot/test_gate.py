"""The gate: nobody gets more, or at another time, than they said is right; whatever happens, in whatever order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.actions import Action
from bot.chat.hours import is_open, local_day
from bot.chat.messages import Button, Controls, Words, message
from bot.chat.names import Account, Space
from bot.chat.people import Community, Person, Quiet
from bot.chat.requests import Post, Request
from bot.chat.text import plain
from bot.context import Context, Offered
from bot.gate import LOOK_AHEAD, Kind, Outcome, Send, Withheld, offer

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KINDS: tuple[Kind, ...] = ("nudge", "turn", "checkin", "consent", "request", "notice")
HELLO = message(Words(plain("Hello")))
PERSON = Person("p1", "c1", "Anna", Account(Space("playground", "school"), "anna"), "School", "en", "Europe/Amsterdam")


@dataclass
class Count:
    """Counts in memory what was sent to whom on which day."""

    counted: Counter[tuple[str, str, date, str]] = field(default_factory=Counter)

    def since(self, community: str, person: str, day: date) -> Mapping[date, Mapping[str, int]]:
        found: dict[date, dict[str, int]] = {}
        for (*of, on, kind), n in self.counted.items():
            if tuple(of) == (community, person) and on >= day:
                found.setdefault(on, {})[kind] = n
        return found

    def add(self, community: str, person: str, day: date, kind: str) -> None:
        self.counted[community, person, day, kind] += 1


@dataclass
class Table:
    """An outbox that is only looked at: what was put in it, and from when on it may be sent."""

    lying: list[tuple[datetime, Request]] = field(default_factory=list)

    def put(self, community: str, request: Request, *, now: datetime, not_before: datetime | None = None) -> str:
        assert not_before is None or not_before > now
        self.lying.append((not_before or now, request))
        return str(len(self.lying))

    def drop(self, community: str, about: Action) -> None:
        raise AssertionError("the gate takes nothing back")


@dataclass
class Unit:
    """As much of a unit of work as the gate asks for."""

    unasked: Count = field(default_factory=Count)
    outbox: Table = field(default_factory=Table)


class Gate:
    def __init__(self, daily: int = 3) -> None:
        self.unit = Unit()
        self.community = Community("c1", "School", daily_messages=daily)

    def offer(self, person: Person, kind: Kind, now: datetime, **given: Any) -> Outcome:
        ctx: Context[Any] = Context(
            unit=self.unit, now=now, community=self.community, seed=1, event="e1", offered=Offered()
        )
        return offer(ctx, person, kind, HELLO, **given)


@pytest.mark.parametrize(
    ("person", "outcome"),
    [
        (PERSON, Send(MONDAY)),
        (replace(PERSON, gone=True), Withheld("away")),
        (replace(PERSON, reachable=False), Withheld("unreachable")),
        (replace(PERSON, quiet=Quiet(days=())), Withheld("away")),
        (replace(PERSON, paused_until=MONDAY + timedelta(hours=2)), Send(MONDAY + timedelta(hours=2))),
        (replace(PERSON, paused_until=MONDAY - timedelta(hours=2)), Send(MONDAY)),
        (
            replace(PERSON, paused_until=MONDAY + timedelta(days=1, hours=12)),
            Send(MONDAY + timedelta(days=1, hours=23)),
        ),
        (replace(PERSON, paused_until=datetime(3000, 1, 1, tzinfo=UTC)), Withheld("away")),
        (replace(PERSON, timezone="America/Los_Angeles"), Send(MONDAY + timedelta(hours=8))),
        (replace(PERSON, timezone="Pacific/Kiritimati"), Send(MONDAY + timedelta(hours=10))),
        (replace(PERSON, quiet=Quiet(time(9), time(18))), Send(MONDAY + timedelta(hours=8))),
    ],
)
def test_one_message(person: Person, outcome: Outcome) -> None:
    gate = Gate()
    assert gate.offer(person, "notice", MONDAY) == outcome
    assert len(gate.unit.outbox.lying) == isinstance(outcome, Send)
    assert gate.unit.unasked.counted.total() == isinstance(outcome, Send)


def test_without_consent_nothing_else_is_asked() -> None:
    gate = Gate()
    assert gate.offer(replace(PERSON, gone=True, reachable=False), "notice", MONDAY, consented=False) == Withheld(
        "consent"
    )
    assert not gate.unit.outbox.lying


def test_what_comes_too_late_is_withheld() -> None:
    evening = MONDAY + timedelta(hours=9)
    assert Gate().offer(PERSON, "turn", evening, before=evening + timedelta(hours=3)) == Withheld("late")
    gate = Gate()
    tomorrow = evening + timedelta(days=1)
    assert gate.offer(PERSON, "turn", evening, before=tomorrow) == Send(evening + timedelta(hours=14))
    ((_, request),) = gate.unit.outbox.lying
    assert isinstance(request, Post)
    assert request.before == tomorrow  # nor does a platform get it later, that took nothing so long


def test_the_fourth_message_of_a_day_comes_the_next_morning() -> None:
    gate = Gate()
    said = [gate.offer(PERSON, kind, MONDAY) for kind in ("turn", "consent", "notice", "request")]  # a turn counts
    assert said == [Send(MONDAY)] * 3 + [Send(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))]


def test_what_somebody_signed_up_for_waits_for_no_budget_but_for_their_hours() -> None:
    gate = Gate(daily=1)
    assert gate.offer(PERSON, "notice", MONDAY) == Send(MONDAY)
    assert [gate.offer(PERSON, "turn", MONDAY) for _ in range(5)] == [Send(MONDAY)] * 5
    evening = MONDAY + timedelta(hours=9)
    assert gate.offer(PERSON, "turn", evening) == Send(evening + timedelta(hours=14))
    assert gate.offer(replace(PERSON, reachable=False), "turn", MONDAY) == Withheld("unreachable")


def test_the_second_nudge_of_a_day_comes_the_next_morning() -> None:
    gate = Gate()
    said = [
        gate.offer(PERSON, "nudge", MONDAY),
        gate.offer(PERSON, "nudge", MONDAY),
        gate.offer(PERSON, "turn", MONDAY),
    ]
    assert said == [Send(MONDAY), Send(datetime(2026, 11, 24, 8, 0, tzinfo=UTC)), Send(MONDAY)]


def test_a_community_that_wants_no_such_messages_gets_none() -> None:
    assert Gate(daily=0).offer(PERSON, "notice", MONDAY) == Withheld("late")


def test_one_persons_messages_are_not_counted_for_another() -> None:
    gate = Gate(daily=1)
    assert gate.offer(PERSON, "notice", MONDAY) == Send(MONDAY)
    assert gate.offer(replace(PERSON, id="p2"), "notice", MONDAY) == Send(MONDAY)


def test_every_message_ends_with_pause_and_why() -> None:
    gate = Gate()
    gate.offer(PERSON, "checkin", MONDAY, about=Action("newcomer.welcome", "n1"))
    ((_, request),) = gate.unit.outbox.lying
    assert isinstance(request, Post)
    assert request.to == PERSON.account
    assert request.about == Action("newcomer.welcome", "n1")
    footer = request.message.blocks[-1]
    assert isinstance(footer, Controls)
    assert footer.controls == (
        Button("Pause", Action("me.pause")),
        Button("Why am I getting this?", Action("me.why", "checkin")),
    )


def test_the_footer_speaks_the_readers_language() -> None:
    gate = Gate()
    gate.offer(replace(PERSON, language="nl"), "checkin", MONDAY)
    ((_, request),) = gate.unit.outbox.lying
    assert isinstance(request, Post)
    footer = request.message.blocks[-1]
    assert isinstance(footer, Controls)
    assert [each.label for each in footer.controls] == ["Pauze", "Waarom krijg ik dit?"]


# -- whatever happens, in whatever order

ZONES = (
    "Europe/Amsterdam",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
)
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from((0, 10, 30)))
QUIETS = st.builds(Quiet, CLOCKS, CLOCKS, st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days))))
STARTS = st.sampled_from([datetime(2026, 10, 22, 23, 7, tzinfo=UTC), datetime(2027, 3, 26, 5, 52, tzinfo=UTC), MONDAY])


@dataclass(frozen=True)
class Happening:
    kind: Kind
    consented: bool
    after: timedelta
    """Since the one before."""
    before: timedelta | None
    change: Mapping[str, Any]
    """What is different about the person from here on."""


CHANGES = st.one_of(
    st.just({}),
    st.just({}),
    st.builds(lambda quiet: {"quiet": quiet}, QUIETS),
    st.builds(lambda yes: {"reachable": yes}, st.booleans()),
    st.builds(lambda yes: {"gone": yes}, st.booleans()),
    st.builds(lambda days: {"pause": timedelta(days=days)}, st.sampled_from((0, 1, 5, 30, 300000))),
)
HAPPENINGS = st.builds(
    Happening,
    st.sampled_from(KINDS),
    st.sampled_from((True, True, True, False)),
    st.integers(0, 36 * 60).map(lambda minutes: timedelta(minutes=minutes)),
    st.none() | st.integers(1, 96).map(lambda hours: timedelta(hours=hours)),
    CHANGES,
)


@given(st.sampled_from(ZONES), QUIETS, STARTS, st.integers(0, 4), st.lists(HAPPENINGS, max_size=40))
def test_nobody_gets_more_than_is_right(
    timezone: str, quiet: Quiet, now: datetime, daily: int, happenings: list[Happening]
) -> None:
    gate, person = Gate(daily), replace(PERSON, timezone=timezone, quiet=quiet)
    sent: list[tuple[date, Kind]] = []
    for each in happenings:
        now += each.after
        change = dict(each.change)
        if "pause" in change:
            change["paused_until"] = now + change.pop("pause")
        person = replace(person, **change)
        before = None if each.before is None else now + each.before
        lying = len(gate.unit.outbox.lying)
        match gate.offer(person, each.kind, now, consented=each.consented, before=before):
            case Send(at=at):
                assert each.consented
                assert not person.gone
                assert person.reachable
                assert at >= now
                assert person.paused_until is None or at >= person.paused_until
                assert is_open(person.quiet, timezone, at)
                assert before is None or at < before
                assert at <= now + LOOK_AHEAD + timedelta(days=8)
                assert gate.unit.outbox.lying[lying:] == [(at, gate.unit.outbox.lying[-1][1])]
                sent.append((local_day(timezone, at), each.kind))
            case Withheld():
                assert len(gate.unit.outbox.lying) == lying
    assert all(count <= daily for count in Counter(day for day, kind in sent if kind != "turn").values())
    assert all(count <= 1 for count in Counter(day for day, kind in sent if kind == "nudge").values())
    assert gate.unit.unasked.counted.total() == len(sent)

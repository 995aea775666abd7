"""Parts of the week in different zones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.circles.model import SLOTS
from bot.circles.week import in_zone

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SUMMER = datetime(2026, 7, 6, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "slots", "expected"),
    [
        ("Europe/Amsterdam", {"0.morning", "4.evening"}, {"0.morning", "4.evening"}),
        ("Europe/London", {"0.morning"}, {"0.morning"}),  # 10 to 13 there: two of three hours
        ("Europe/London", {"0.afternoon"}, {"0.afternoon"}),
        ("America/New_York", {"0.morning"}, {"0.afternoon"}),  # 15 to 18
        ("America/New_York", {"0.evening"}, set()),  # in the night
        ("Asia/Kolkata", {"2.afternoon"}, {"2.morning"}),  # 8:30 to 12:30
        ("Australia/Sydney", {"1.evening"}, {"1.morning"}),  # 9 to 12
    ],
)
def test_on_the_clock_of_amsterdam(zone: str, slots: set[str], expected: set[str]) -> None:
    assert in_zone(slots, zone, "Europe/Amsterdam", NOW) == expected


def test_the_clocks_of_the_season_count() -> None:
    assert in_zone({"0.evening"}, "Australia/Sydney", "Europe/Amsterdam", NOW) == {"0.morning"}
    assert in_zone({"0.evening"}, "Australia/Sydney", "Europe/Amsterdam", SUMMER) == set()  # 11 to 14
    assert in_zone({"0.morning"}, "America/Phoenix", "America/Los_Angeles", NOW) == {"0.morning"}
    assert in_zone(SLOTS, "America/Phoenix", "America/Phoenix", SUMMER) == frozenset(SLOTS)

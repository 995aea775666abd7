"""Quiet hours and working days as people type them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.people import Quiet
from bot.community.quiet import NotUnderstoodError, clock, read

BEFORE = Quiet(time(18, 0), time(9, 0), (0, 1, 2, 3, 4))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18:00-9:00", Quiet(time(18), time(9), BEFORE.days)),
        ("18.30 – 7u", Quiet(time(18, 30), time(7), BEFORE.days)),
        ("from 22 to 6:30", Quiet(time(22), time(6, 30), BEFORE.days)),
        ("van 24:00 tot 8 uur".replace(" uur", "uur"), Quiet(time(0), time(8), BEFORE.days)),
        ("off", Quiet(time(0), time(0), BEFORE.days)),
        ("uit dagelijks", Quiet(time(0), time(0), tuple(range(7)))),
        ("mon-fri", BEFORE),
        ("sat-mon", Quiet(BEFORE.start, BEFORE.end, (0, 5, 6))),
        ("di, do en vr", Quiet(BEFORE.start, BEFORE.end, (1, 3, 4))),
        ("werkdagen weekend", Quiet(BEFORE.start, BEFORE.end, tuple(range(7)))),
        ("20-8 ma t/m do", Quiet(time(20), time(8), (0, 1, 2, 3))),
    ],
)
def test_read(text: str, expected: Quiet) -> None:
    assert read(text, BEFORE) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [("soon", "soon"), ("18:00", "18:00"), ("25-9", "25"), ("9:60-10", "9:60"), ("-", "-"), ("1 2 3", "1 2 3")],
)
def test_not_understood(text: str, word: str) -> None:
    with pytest.raises(NotUnderstoodError) as caught:
        read(text, BEFORE)
    assert caught.value.word == word


@given(st.text())
def test_any_text_is_hours_or_not_understood(text: str) -> None:
    try:
        found = read(text, BEFORE)
    except NotUnderstoodError:
        return
    assert found.days


@given(st.times())
def test_a_clock_reads_what_it_shows(at: time) -> None:
    assert clock(f"{at:%H:%M}") == at.replace(second=0, microsecond=0)

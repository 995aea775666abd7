"""What comes back from a form, checked."""

from __future__ import annotations

import pytest

from bot.chat.actions import Action
from bot.chat.forms import Form, TextField, check


@pytest.mark.parametrize("value", ["", "  \n", "\u200b", "\u202e \u2066", "\u3164\u2800", "\x07", "\ufeff\u00a0"])
def test_what_nobody_can_see_is_empty(value: str) -> None:
    form = Form(Action("round.begin", "1"), "Start", (TextField("topic", "Topic"),), "Start")
    values, faults = check(form, {"topic": value})
    assert values.text("topic") == ""
    assert [fault.code for fault in faults] == ["required"]


@pytest.mark.parametrize("value", ["👍", "❤\ufe0f", "\u05d0", "1", "e\u0301", "👩\u200d🏫", "می\u200cخواهم", "?"])
def test_what_can_be_seen_stays_as_it_is(value: str) -> None:
    form = Form(Action("round.begin", "1"), "Start", (TextField("topic", "Topic"),), "Start")
    values, faults = check(form, {"topic": f" {value} "})
    assert (values.text("topic"), faults) == (value, ())

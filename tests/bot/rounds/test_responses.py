"""Which answer a message in the thread responds to."""

from __future__ import annotations

import pytest

from bot.rounds.responses import meant
from bot.rounds.said import Contribution

ANSWERS = (
    Contribution("a", 0, "ana", "I wait ten seconds before I say anything."),
    Contribution("b", 0, "bo", "I greet everybody at the door."),
    Contribution("c", 0, "cas", "Nothing."),
    Contribution("d", 0, "dee", "I write the goal on the board.", named=False),
    Contribution("e", 0, "bo", "And then I close it."),
)
CALLED = {
    "ana": ("Ana de Vries", "<@U1>"),
    "bo": ("Bo", "<@U2>"),
    "cas": ("Cas", "<@U3>"),
    "dee": ("Dee", "<@U4>"),
}


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("ana, how do you count?", "a"),
        ("I agree with Ana de Vries.", "a"),
        ("<@U1> how?", "a"),
        ("“ten seconds before I say” is long", "a"),
        ("You said: WAIT TEN SECONDS, before I…", "a"),
        ("greet everybody — at the door? Why", "b"),
        ("Banana bread for everybody", None),
        ("Cascade", None),
        ("Cas, nothing at all?", "c"),
        ("I said nothing.", None),
        ("the goal on the board, which goal?", "d"),
        ("Dee, which goal?", None),
        ("Ana and Cas differ most", None),
        ("Bo, which of the two?", None),
        ("wait ten seconds before I greet everybody at the door", None),
        ("", None),
        ("(.*) [a-z]+ \\", None),
    ],
)
def test_the_answer_that_is_quoted_or_whose_author_is_named(text: str, to: str | None) -> None:
    assert meant(text, ANSWERS, CALLED) == to

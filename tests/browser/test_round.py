"""A whole reveal round, played by three people through the page."""

from __future__ import annotations

import pytest

from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TOPIC = "the last ten minutes of a lesson"
ANSWERS = {
    "Anna Visser": "We tidy up together and I say one thing that went well.",
    "Bilal Demir": "They write one question on a slip and hand it to me at the door.",
    "Chantal de Wit": "Honestly: I run out of time.",
}


def test_three_people_answer_and_all_is_revealed_at_once(visitor: Visitor) -> None:
    visitor.arrives("#anna/schools-maths")
    visitor.types(f'/kring round start reveal_together "{TOPIC}"')
    visitor.sees("Your invitation stands in")
    card = f"Reveal together: {TOPIC}"
    for name in ANSWERS:
        visitor.becomes(name, "maths")
        visitor.presses("I'll speak", visitor.row(card))
        visitor.sees("You are in: you speak")
    visitor.becomes("Anna Visser", "maths")
    visitor.types("/kring round begin")
    visitor.sees("The round has begun.")
    for name, words in ANSWERS.items():
        visitor.becomes(name, "maths")
        visitor.opens_thread(card)
        for others in set(ANSWERS.values()) - {words}:
            visitor.sees_nothing_of(others)
        visitor.presses("Answer privately", visitor.thread)
        visitor.fills({"Your words": words}, send="Save")
    reveal = visitor.row("Here are all answers at once.", visitor.thread)
    for name, words in ANSWERS.items():
        visitor.sees(words, reveal)
        visitor.sees(name, reveal)
    # whoever was looking all the time sees the same
    visitor.becomes("Daan Mulder", "maths")
    visitor.opens_thread(card)
    for words in ANSWERS.values():
        visitor.sees(words, visitor.thread)

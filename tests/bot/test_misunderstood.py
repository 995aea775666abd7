"""What a person reads whose command was not understood."""

from __future__ import annotations

import pytest

from bot import misunderstood
from bot.chat.commands import Misused, Unknown, parse
from bot.chat.messages import Words
from bot.chat.text import words as bare
from bot.features import gather
from bot.texts.catalogue import words_in

CASES = (
    ("rond strat", "I do not know rond strat. Did you mean /kring round start?"),
    ("xyzzy", "I do not know xyzzy."),
    ("knowhow", "knowhow needs one more word. /kring help knowhow shows which."),
    ("me stage", "stage is missing. Choose from: arriving, listening, first, contributing, core, occasional, alumnus."),
    (
        "me stage king",
        "stage cannot be king. Choose from: arriving, listening, first, contributing, core, occasional, alumnus.",
    ),
    ("round give", "member is missing."),
    ("round give Bo", "I do not know who Bo is. Type @ and a name."),
    ("round pause soon", "days is a whole number, soon is not."),
    ("round skip now please", "I do not know what to do with now please. Put more words between quotes."),
)


@pytest.mark.parametrize(("typed", "said"), CASES)
def test_what_was_understood_and_what_to_type(typed: str, said: str) -> None:
    parsed = parse(typed, {}, gather().offered.commands)
    if isinstance(parsed, Unknown):
        told = misunderstood.unknown(words_in("en"), parsed)
    else:
        assert isinstance(parsed, Misused)
        told = misunderstood.misused(words_in("en"), parsed)
    first = told.blocks[0]
    assert isinstance(first, Words)
    assert bare(first.text) == said

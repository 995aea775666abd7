"""Emoji by their short names."""

from __future__ import annotations

import pytest

from bot.chat.emoji import NAMES, short_name


@pytest.mark.parametrize(
    ("emoji", "name"),
    [
        ("🔖", "bookmark"),
        ("❤️", "heart"),
        ("👍🏽", "+1"),
        ("🦊", "fox_face"),
        ("bookmark", ""),
        ("a", ""),
        ("7", ""),
        ("", ""),
        ("🔖🔖", ""),
        ("<", ""),
        ("+", ""),
    ],
)
def test_an_emoji_is_called_by_its_short_name(emoji: str, name: str) -> None:
    assert short_name(emoji) == name


def test_no_two_are_called_the_same() -> None:
    assert len(set(NAMES.values())) == len(NAMES)

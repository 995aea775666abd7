"""Where the platform refuses a message of a round, the round hears of it."""

from __future__ import annotations

import re
from importlib import resources

from bot.rounds.feature import STANDING

LETTERS = {"word"}
"""Go to one person; where they cannot be reached, nothing of the round is lost."""
NAMED = re.compile(r'scene\.about\(\s*"(\w+)"')


def test_every_message_in_a_channel_is_one_that_the_round_knows() -> None:
    files = resources.files("bot.rounds").iterdir()
    named = {name for file in files if file.name.endswith(".py") for name in NAMED.findall(file.read_text("utf-8"))}
    assert named - LETTERS <= set(STANDING)
    assert set(STANDING) - named == {"header"}, "the card is called by a function of its own"

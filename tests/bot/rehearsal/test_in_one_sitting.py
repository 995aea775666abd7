"""Every format, live, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.rehearsal.checks import FORMATS, rehearsed


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("format_", FORMATS)
async def test_a_format_is_played_in_one_sitting(format_: str, language: str) -> None:
    told = await rehearsed(format_, "live", language)

    said = [line for line in told.lines if line.doing in {"writes", "fills in"}]
    assert said[-1].at - told.lines[0].at < timedelta(hours=3)

"""Every format, spread over days, in both languages."""

from __future__ import annotations

import pytest

from tests.bot.rehearsal.checks import FORMATS, rehearsed


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("format_", FORMATS)
async def test_a_format_is_played_over_days(format_: str, language: str) -> None:
    told = await rehearsed(format_, "async", language)

    assert (told.lines[-1].at - told.lines[0].at).days >= 2

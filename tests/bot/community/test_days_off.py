"""The days on which a community holds no rounds, as a host types them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.community.days_off import MOST, read
from bot.community.holidays import form, kept
from bot.errors import UserMistake
from bot.texts.catalogue import LANGUAGES, words_in
from tests.knock import as_words

TODAY = date(2026, 11, 23)


def shown(language: str, days: Sequence[date]) -> list[str]:
    """As they stand in the form."""
    [field] = form(words_in(language), days).fields
    return str(field.value).split("\n") if days else []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", ()),
        ("2026-12-25", ("2026-12-25",)),
        ("25-12-2026; 1/1/2027, 5.5.2027", ("2026-12-25", "2027-01-01", "2027-05-05")),
        ("2026-12-31 to 2027-01-02", ("2026-12-31 to 2027-01-02",)),
        ("31-12-2026 t/m 2-1-2027\n\n 3-1-2027 ", ("2026-12-31 to 2027-01-03",)),
        ("2026-12-31 - 2027-01-01", ("2026-12-31 to 2027-01-01",)),
        ("2026-12-31–2027-01-01", ("2026-12-31 to 2027-01-01",)),
        ("2026-11-20 tot en met 2026-11-24", ("2026-11-23 to 2026-11-24",)),
        ("2026-12-25\n2026-12-25", ("2026-12-25",)),
    ],
)
def test_what_is_understood(text: str, days: tuple[str, ...]) -> None:
    assert tuple(shown("en", read(text, TODAY))) == days


@pytest.mark.parametrize(
    ("language", "days"), [("en", "2026-12-21 to 2027-01-03"), ("nl", "2026-12-21 t/m 2027-01-03")]
)
def test_they_are_shown_in_the_readers_language(language: str, days: str) -> None:
    chosen = read(days, TODAY)
    assert shown(language, chosen) == [days]
    assert f"• {days}" in as_words(kept(words_in(language), chosen))
    with pytest.raises(UserMistake) as mistake:
        read("Christmas", TODAY)
    assert words_in(language).label(mistake.value.text, **mistake.value.values).endswith(f" {days}.")


@pytest.mark.parametrize(
    "text",
    ["Christmas", "2026-02-30", "25-12", "2026-12-26 to 2026-12-25", "2026-01-01 to 2029-01-01", "2026-12-25 to"],
)
def test_what_is_not(text: str) -> None:
    with pytest.raises(UserMistake, match="I do not understand"):
        read(text, TODAY)


def test_not_too_many() -> None:
    with pytest.raises(UserMistake, match="too many days"):
        read("2027-01-01 to 2027-12-31, 2028-01-01 to 2028-12-31", TODAY)


@given(st.sampled_from(tuple(LANGUAGES)), st.sets(st.dates(TODAY, date(2028, 1, 1)), max_size=MOST))
def test_what_is_shown_can_be_typed_again(language: str, days: set[date]) -> None:
    assert read("\n".join(shown(language, tuple(days))), TODAY) == tuple(sorted(days))

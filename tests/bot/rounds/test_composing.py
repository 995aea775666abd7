"""A format made of a few answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rounds.composing import HOWS, LONGEST_ID, MOST_STEPS, Asked, id_for, written
from bot.rounds.formats import load


def seen(text: str) -> str:
    """What comes back of it: one control character cannot stand in a file, nor space around the words."""
    return text.replace("\x7f", "").strip()


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80).filter(
    lambda text: seen(text) and not set(text) & set("{}")
)


@given(
    name=words,
    blurb=words,
    questions=st.lists(st.tuples(words, st.sampled_from(HOWS)), min_size=1, max_size=MOST_STEPS),
)
def test_whatever_is_answered_can_be_played(name: str, blurb: str, questions: list[tuple[str, object]]) -> None:
    asked = [Asked("What?", "private"), *(Asked(text, how) for text, how in questions)][:MOST_STEPS]  # type: ignore[arg-type]

    made = load({"made.toml": written("made", name, blurb, asked)})["made"]

    assert [step.prompt["en"] for step in made.steps] == [seen(step.question) for step in asked]
    assert made.effort.async_days >= sum(step.async_h for step in made.steps) / 24
    assert made.effort.live_minutes == sum(step.sync_min for step in made.steps)


@pytest.mark.parametrize(
    ("name", "taken", "id_"),
    [
        ("Onze vraag", (), "onze_vraag"),
        ("  Café: één!  ", (), "cafe_een"),
        ("Onze vraag", ("onze_vraag", "onze_vraag_2"), "onze_vraag_3"),
        ("4 vragen", (), "format_4_vragen"),
        ("★", (), "format"),
        ("a" * 80, (), "a" * (LONGEST_ID - 3)),
    ],
)
def test_it_is_typed_by_the_letters_of_its_name(name: str, taken: tuple[str, ...], id_: str) -> None:
    assert id_for(name, taken) == id_
    assert len(id_) <= LONGEST_ID

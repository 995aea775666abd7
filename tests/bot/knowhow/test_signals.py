from __future__ import annotations

import pytest

from bot.knowhow.distil import distil
from bot.knowhow.signals import Said, read
from tests.bot.knowhow.threads import THREADS, Thread


@pytest.mark.parametrize("case", THREADS, ids=lambda case: case.id)
def test_the_ten_threads_give_away_what_they_should(case: Thread) -> None:
    signals = read(case.thread)
    given = {
        "lang": signals.language,
        "q": signals.question,
        "steps": len(signals.step_replies),
        "sol": signals.solved,
        "neg": signals.not_solved,
        "sens": signals.sensitive,
        "linkonly": signals.link_only,
        "ask": signals.worth_asking,
        "kind": distil(case.thread).kind,
    }
    expected = {name: getattr(case, name) for name in given if getattr(case, name) is not None}
    assert {name: given[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("id_", "score"),
    [
        # question, two steps, substance, experience, because, thanks, solved
        ("nl_solved", 1 + 2 + 1 + 1 + 0.5 + 0.5 + 1.5),
        # question, thanks, link only
        ("en_link_only", 1 + 0.5 - 1.5),
        # question, one step, thanks, not solved
        ("en_thanks_but", 1 + 1 + 0.5 - 2),
        ("nl_smalltalk", 1.0),
    ],
)
def test_the_score_adds_up(id_: str, score: float) -> None:
    [case] = [each for each in THREADS if each.id == id_]
    assert read(case.thread).score == score


def test_one_voice_alone_has_no_score() -> None:
    assert read([Said("a", "How do you start a lesson? I usually begin with a story.")]).score == 0
    assert read([]).score == 0


def test_a_solved_reaction_counts() -> None:
    thread = [Said("a", "How do I start?"), Said("b", "Try a story.")]
    marked = [thread[0], Said("b", "Try a story.", reactions=("white_check_mark",))]
    assert read(marked).score == read(thread).score + 1.5


def test_the_language_is_guessed_by_common_words_and_else_assumed() -> None:
    assert read([Said("a", "Wat doen jullie als het stil is?")], "en").language == "nl"
    assert read([Said("a", "What do you do when it is quiet?")], "nl").language == "en"
    assert read([Said("a", "12345 🙂")], "nl").language == "nl"
    assert read([Said("a", "12345 🙂")], "fr").language == "en"

"""What a rehearsal prints, and what a plan decides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rehearsal import Plan, simulate
from bot.rehearsal.as_text import lines
from bot.rehearsal.plan import MOST, NAMES
from bot.rehearsal.plan import lines as said
from bot.rehearsal.script import script
from bot.rounds.formats import shipped
from bot.texts.catalogue import words_in

PLAN = Plan(shipped()["what_so_what_now_what"], people=4, preset="live", seed=3)


async def test_the_same_plan_gives_the_same_round_and_another_seed_another_one() -> None:
    once, again = await simulate(PLAN), await simulate(PLAN)
    other = await simulate(replace(PLAN, seed=4))

    assert once.text() == again.text()
    assert once.text() != other.text()


async def test_it_says_who_sees_what_when() -> None:
    told = await simulate(PLAN)
    text = told.text()

    assert text.startswith("\nMon 7 Sep 09:30\n  Anna calls /kring round start what_so_what_now_what")
    assert "  #practice  Kring:\n      WHAT, SO WHAT, NOW WHAT: THE FIRST LESSON\n" in text
    assert "  Bo presses [I'll speak]\n  only Bo  Kring:\n      You are in: you speak in «the first lesson»." in text
    assert "  only Cas: the same" in text
    assert "  #practice  Kring changes what stands there:\n" in text
    private = [line for line in told.lines if line.doing == "fills in"]
    assert private
    assert all(line.private for line in private)


async def test_who_is_to_leave_leaves_and_who_is_to_be_silent_says_nothing() -> None:
    told = await simulate(replace(PLAN, people=6, silent=2, leave=1))

    left = [line.who for line in told.lines if line.doing == "presses" and line.text == "[Leave the round]"]
    spoke = {line.who for line in told.lines if line.doing in {"writes", "fills in"}}
    assert len(left) == 1
    assert len(set(NAMES[:6]) - spoke) == 2
    assert "Anna" in spoke


def test_there_are_names_for_the_largest_round() -> None:
    assert len(set(NAMES)) == MOST >= max(each.size.max for each in shipped().values())


def test_people_say_the_same_number_of_things_in_both_languages() -> None:
    english, dutch = said("en"), said("nl")
    for name in ("answers", "said", "responses", "proposals", "arriving", "closing"):
        assert len(getattr(english, name)) == len(getattr(dutch, name)) > 0


@pytest.mark.parametrize("format_", shipped().values(), ids=lambda each: each.id)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_script_says_when_each_step_opens_and_what_it_asks(format_: object, language: str) -> None:
    for preset, moment in (("async", {"en": "day 1", "nl": "dag 1"}), ("live", {"en": "minute 0", "nl": "minuut 0"})):
        text = "\n".join(lines(script(words_in(language), format_, preset, said(language).topic), language))  # type: ignore[arg-type]
        assert moment[language] in text
        assert "{" not in text
        assert text.count(" · ") == 2 * len(format_.steps)  # type: ignore[attr-defined]

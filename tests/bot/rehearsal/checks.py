"""A whole round by people who are not there, and what must be so whichever format it is."""

from __future__ import annotations

import re

from bot.door import MY_FAULT, NO_MEMORY
from bot.rehearsal import Line, Plan, Transcript, simulate
from bot.rounds.formats import shipped
from bot.rounds.script import Preset
from bot.texts.catalogue import words_in

FORMATS = sorted(shipped())
LEFT_OUT = "Step {i} has nobody or nothing to ask, so we go on without it."


async def rehearsed(format_: str, preset: Preset, language: str) -> Transcript:
    plan = Plan(shipped()[format_], people=6, silent=1, leave=1, seed=7, preset=preset, language=language)
    told = await simulate(plan)
    comes_to_its_end(told)
    asks_what_the_script_asks(told, plan)
    says_everything_in_full(told)
    leaves_the_silent_alone(told)
    return told


def by_kring(told: Transcript) -> list[Line]:
    return [line for line in told.lines if line.doing in {"posts", "changes", "tells", "opens"}]


def comes_to_its_end(told: Transcript) -> None:
    assert told.end == "done", told.text()[-3000:]


def asks_what_the_script_asks(told: Transcript, plan: Plan) -> None:
    """Every question, to all or by letter, in one message; unless it is said that there is nobody or nothing to ask."""
    words = words_in(plan.language)
    said = {line.text for line in by_kring(told)}
    left_out = 0
    for number, step in enumerate(plan.format.steps, 1):
        asked = re.sub(r"\\{\w+\\}", ".+?", re.escape(step.prompt[plan.language]))
        if not any(re.search(asked, text, re.DOTALL | re.IGNORECASE) for text in said):
            left = words.label(LEFT_OUT, i=number)
            assert any(left in text for text in said), f"{step.key} was never asked"
            left_out += 1
    assert left_out <= len(plan.format.steps) // 4


def says_everything_in_full(told: Transcript) -> None:
    """No place is left open, no mistake of ours is told, and both languages never stand beside each other."""
    words = words_in(told.language)
    broken = [words.label(text).partition("{")[0] for text in (MY_FAULT, NO_MEMORY)]
    for line in by_kring(told):
        assert not re.search(r"\{\w+\}", line.text), line
        assert not any(text in line.text for text in broken), line


def leaves_the_silent_alone(told: Transcript) -> None:
    """Who says nothing is written to now and then, and named to nobody as one who did."""
    did = {"writes", "fills in"}
    people = {line.who for line in told.lines if line.doing == "presses"}
    silent = people - {line.who for line in told.lines if line.doing in did}
    assert silent, "somebody should have been silent"
    letters = [line for line in told.lines if line.doing == "tells" and line.to in silent]
    assert len(letters) < 25, [line.text for line in letters]

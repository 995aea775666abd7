"""What is told of an objection: that the round waits for it, who takes it up, and what its result says of it now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.rounds import objection_facts as happened
from bot.rounds import objection_words
from bot.rounds.model import Round
from bot.rounds.objections import is_consent, voiced
from bot.rounds.said_news import show_result_again
from bot.rounds.scene import Scene


def changed(before: Round, after: Round) -> tuple[int, ...]:
    """The votes whose results say something else of what was said against them, or have other buttons."""
    return tuple(
        step
        for step, run in enumerate(before.steps)
        if run.counted and is_consent(before, step) and _otherwise(before, after, step)
    )


def _otherwise(before: Round, after: Round, step: int) -> bool:
    if before.steps[step].state == "objected":
        shown = (before.state, before.steps[step].state, before.facilitator, before.channels)
        if shown != (after.state, after.steps[step].state, after.facilitator, after.channels):
            return True
    same = before.votes == after.votes and before.tasks == after.tasks
    return not same and voiced(before, step) != voiced(after, step)


def tell(scene: Scene, steps: tuple[int, ...]) -> None:
    """Each result as it is now, where it stands; what has to be decided also where the round goes on from now."""
    for step in steps:
        show_result_again(scene, step)


def _stands(scene: Scene, fact: happened.ObjectionStands) -> None:
    scene.edit_step(fact.step)


def _again(scene: Scene, fact: happened.VoteAgain) -> None:
    for near, there in scene.each(scene.round.channels):
        scene.post(objection_words.talk(scene.language, near), None, there, step=fact.step)


def _taken_up(scene: Scene, fact: happened.ObjectionTakenUp) -> None:
    note = objection_words.taken(scene.language, fact.person, fact.count, fact.until, scene.people)
    scene.post(note, step=fact.step)


NEWS: Mapping[type, Callable[[Scene, Any], None]] = {
    happened.ObjectionStands: _stands,
    happened.VoteAgain: _again,
    happened.ObjectionTakenUp: _taken_up,
}

"""What is told when the word goes round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.chat.actions import Action
from bot.chat.messages import Message
from bot.rounds import group_facts as grouped
from bot.rounds import hints, letters, prompts
from bot.rounds import step_facts as stepped
from bot.rounds.scene import Scene
from bot.rounds.step_run import StepRun
from bot.rounds.timing import grace


def _turn(scene: Scene, fact: stepped.TurnGiven) -> None:
    """A new turn; or the same one with more time, after nobody could be heard for a while."""
    until = within_the_step(scene, fact.step, fact.due_at)
    message = prompts.turn(scene.language, scene.round, fact.step, fact.person, until, scene.people)
    if scene.holders.get(fact.step) == fact.person:
        scene.edit(_turn_message(scene, fact.step), message)
        before = scene.before.steps[fact.step]
        if before.turn_due_at is not None and until == _within(before, before.turn_due_at):
            return  # it lasts as long as its step, and they have heard that
    else:
        went_on = prompts.word_went_on(scene.language)
        if fact.step in scene.holders:  # whoever had it has left, or it is not theirs any more
            had_the_word(scene, fact.step, went_on)
        no_more_offered(scene, fact.step, went_on)
        scene.turns[fact.step] = scene.turns.get(fact.step, 0) + 1
        scene.holders[fact.step] = fact.person
        scene.post(message, _turn_message(scene, fact.step), step=fact.step)
    _write(scene, fact.step, fact.person, until)


def _write(scene: Scene, step: int, person: str, until: datetime) -> None:
    """Once: a step may be extended twice at a time, or be extended as the word is given."""
    to = scene.reader(person) if (step, person, until) not in scene.written_to else None
    if to is not None:
        scene.written_to.add((step, person, until))
        letter = letters.your_turn(to[1], scene.near(to[0]), step, person, until, scene.people)
        scene.letter(to[0], "turn", letter, before=until)


def within_the_step(scene: Scene, step: int, due: datetime) -> datetime:
    """A turn that is given late, or that waits for somebody's own hours, may outlast its step: that is not promised."""
    return _within(scene.round.steps[step], due)


def _within(run: StepRun, due: datetime) -> datetime:
    return min(due, run.due_at) if run.state == "open" and run.due_at is not None else due


def _passed_on(scene: Scene, fact: stepped.TurnPassedOn) -> None:
    """Also somebody who passed without having had the word, whose seat shows nothing."""
    if scene.holders.get(fact.step) == fact.person:
        had_the_word(scene, fact.step, prompts.turn_passed_on(scene.language, fact.person, scene.people))


def had_the_word(scene: Scene, step: int, message: Message) -> None:
    """In the place of the message of the turn that is over."""
    scene.edit(_turn_message(scene, step), message)
    del scene.holders[step]


def _turn_message(scene: Scene, step: int) -> Action:
    return scene.about("turn", step, scene.turns.get(step, 0))


def _word_offered(scene: Scene, fact: stepped.WordOffered) -> None:
    """Named after the turn before it, so that it can be found again."""
    until = within_the_step(scene, fact.step, fact.due_at)
    message = prompts.word_offered(scene.language, scene.round, fact.step, until)
    scene.post(message, scene.about("ready", fact.step, scene.turns.get(fact.step, 0)), step=fact.step)


def no_more_offered(scene: Scene, step: int, message: Message) -> None:
    """Somebody took the word that was for whoever was ready, or its time is over: its buttons go."""
    about = scene.about("ready", step, scene.turns.get(step, 0))
    if scene.stands(about):
        scene.edit(about, message)


def no_word_left(scene: Scene, step: int) -> None:
    """With the step, every turn in it is over."""
    message = prompts.no_word_left(scene.language)
    if step in scene.holders:
        had_the_word(scene, step, message)
    no_more_offered(scene, step, message)


def goes_on(scene: Scene, step: int) -> None:
    """The step is open longer, and so is a turn that would have outlasted it.

    Its holder is written to once more: where all that time was quiet hours for them, they have not heard of it yet. Not
    where the word has just been given to them, or where it is about minutes.
    """
    run, before = scene.round.steps[step], scene.before.steps[step]
    if run.turn_due_at is None or before.due_at is None or run.turn_due_at <= before.due_at + grace(scene.round, run):
        return
    if run.holder is not None and scene.holders.get(step) == run.holder == before.holder:
        until = within_the_step(scene, step, run.turn_due_at)
        message = prompts.turn(scene.language, scene.round, step, run.holder, until, scene.people)
        scene.edit(_turn_message(scene, step), message)
        _write(scene, step, run.holder, until)


def _more_time(scene: Scene, fact: stepped.AskedForTime) -> None:
    """The holder's own turn lasts longer now."""
    if fact.turn_due_at is not None:
        until = within_the_step(scene, fact.step, fact.turn_due_at)
        message = prompts.turn(scene.language, scene.round, fact.step, fact.person, until, scene.people)
        scene.edit(_turn_message(scene, fact.step), message)


def _role_silent(scene: Scene, fact: stepped.RoleSilent) -> None:
    if (to := scene.reader(scene.round.facilitator)) is not None:
        letter = hints.role_silent(to[1], scene.near(to[0]), fact.step, fact.due_at, scene.people)
        scene.letter(to[0], "notice", letter, before=fact.due_at)


def _side_quiet(scene: Scene, fact: stepped.SideQuiet) -> None:
    for person in fact.people:
        if (to := scene.reader(person)) is not None:
            letter = hints.side_quiet(to[1], scene.near(to[0]), fact.due_at)
            scene.letter(to[0], "request", letter, before=fact.due_at)


def _chair_offered(scene: Scene, fact: stepped.ChairOffered) -> None:
    for person in fact.people:
        if (to := scene.reader(person)) is not None:
            letter = hints.chair_offered(to[1], scene.near(to[0]), fact.step)
            scene.letter(to[0], "nudge", letter, before=scene.round.steps[fact.step].due_at)


def _ask_in_offered(scene: Scene, fact: grouped.AskInOffered) -> None:
    if (to := scene.reader(fact.person)) is not None:
        letter = hints.ask_in_offered(to[1], scene.near(to[0]), fact.step)
        scene.letter(to[0], "nudge", letter, before=scene.round.steps[fact.step].due_at)


def _asked_in(scene: Scene, fact: grouped.AskedIn) -> None:
    if (to := scene.reader(fact.person)) is not None:
        letter = hints.asked_in(to[1], scene.near(to[0]), fact.step, fact.by, scene.people)
        scene.letter(to[0], "request", letter, before=scene.round.steps[fact.step].due_at)


NEWS: Mapping[type, Callable[[Scene, Any], None]] = {
    stepped.TurnGiven: _turn,
    stepped.TurnPassedOn: _passed_on,
    stepped.WordOffered: _word_offered,
    stepped.RoleSilent: _role_silent,
    stepped.SideQuiet: _side_quiet,
    stepped.ChairOffered: _chair_offered,
    grouped.AskInOffered: _ask_in_offered,
    grouped.AskedIn: _asked_in,
    stepped.AskedForTime: _more_time,
}

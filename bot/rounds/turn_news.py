"""What is told when the word goes round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.chat.actions import Action
from bot.chat.messages import Message
from bot.chat.names import Channel
from bot.chat.people import Person
from bot.rounds import group_facts as grouped
from bot.rounds import hints, letters, prompts
from bot.rounds import step_facts as stepped
from bot.rounds.promises import Promise, before_and_now, promise, within
from bot.rounds.scene import Scene
from bot.rounds.timing import grace


def _turn(scene: Scene, fact: stepped.TurnGiven) -> None:
    """A new turn. Of the same one with more time tells `tell`, when all has been told."""
    if scene.holders.get(fact.step) == fact.person:
        return
    went_on = prompts.word_went_on(scene.language)
    if fact.step in scene.holders:  # whoever had it has left, or it is not theirs any more
        had_the_word(scene, fact.step, went_on)
    no_more_offered(scene, fact.step, went_on)
    scene.turns[fact.step] = scene.turns.get(fact.step, 0) + 1
    scene.holders[fact.step] = fact.person
    _give_word(scene, fact.step, fact.person, within(scene.round.steps[fact.step], fact.due_at))


def _give_word(
    scene: Scene, step: int, person: str, until: datetime, channels: tuple[Channel, ...] | None = None
) -> None:
    scene.post(_your_turn(scene, step, person, until), _turn_message(scene, step), channels, step=step)


def _your_turn(scene: Scene, step: int, person: str, until: datetime) -> Message:
    return prompts.turn(scene.language, scene.round, step, person, until, scene.people)


def tell(scene: Scene) -> None:
    """What each turn came to, once for all that has happened: whoever has the word hears until when.

    What waits to be sent of a turn that is over, or that lasts longer now, is taken back; on hold nobody has the word.
    """
    for step, holder in tuple(scene.holders.items()):
        if scene.round.steps[step].at_work and scene.round.steps[step].holder is None:  # it waits for a decision
            had_the_word(scene, step, prompts.turn_passed_on(scene.language, holder, scene.people))
    for step, was, now in before_and_now(scene.before, scene.round):
        if was is not None:
            scene.take_back(_letter(scene, step, was))
        if now is None or scene.round.state != "running":
            continue
        same = was is not None and scene.turns.get(step, 0) == len(scene.before.steps[step].held)
        if same and was != now:
            _lasts_longer(scene, step, now)
        to = scene.reader(now.person)
        if to is not None and not (same and was is not None and _knows(scene, step, to[0], was, now)):
            letter = letters.your_turn(to[1], scene.near(to[0]), step, now.person, now.until, scene.people)
            scene.letter(to[0], "turn", letter, before=now.until, about=_letter(scene, step, now))


def _lasts_longer(scene: Scene, step: int, now: Promise) -> None:
    about = _turn_message(scene, step)
    woken = scene.before.state != "running"  # perhaps elsewhere than before
    there = tuple(each for each in scene.round.channels if not woken or scene.stands(about, each))
    scene.edit(about, _your_turn(scene, step, now.person, now.until), there)


def _knows(scene: Scene, step: int, person: Person, was: Promise, now: Promise) -> bool:
    """Whether they have heard of the turn, and what is new are some minutes more, or was their own doing."""
    if not scene.wrote(person, _letter(scene, step, was)):
        return False
    actor = scene.ctx.person.id if scene.ctx.person else None
    a_little = scene.ctx.now < was.until and now.until <= was.until + grace(scene.round, scene.round.steps[step])
    return a_little or actor == now.person


def _letter(scene: Scene, step: int, turn: Promise) -> Action:
    return scene.about("word", step, turn.person, turn.turn)


def show_again(scene: Scene, step: int, channels: tuple[Channel, ...]) -> None:
    """Where the round goes on in another place: whose word it is there, or that it is for whoever is ready."""
    run = scene.round.steps[step]
    if scene.round.state != "running":
        return
    if (now := promise(run)) is not None:
        _give_word(scene, step, now.person, now.until, channels)
    elif run.word_offered and run.state == "open" and (due := run.turn_due_at or run.due_at) is not None:
        _offer_word(scene, step, within(run, due), channels)


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
    _offer_word(scene, fact.step, within(scene.round.steps[fact.step], fact.due_at))


def _offer_word(scene: Scene, step: int, until: datetime, channels: tuple[Channel, ...] | None = None) -> None:
    """Named after the turn before it, so that it can be found again."""
    message = prompts.word_offered(scene.language, scene.round, step, until)
    scene.post(message, scene.about("ready", step, scene.turns.get(step, 0)), channels, step=step)


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
}

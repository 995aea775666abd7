"""What is told when a step begins, lasts longer, grows quiet or ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.rounds import group_news, holder_letters, letters, needless, notes, prompts, shown
from bot.rounds import step_facts as stepped
from bot.rounds.promises import within
from bot.rounds.round_news import post_step
from bot.rounds.scene import Scene
from bot.rounds.turn_news import had_the_word, no_more_offered, no_word_left
from bot.rounds.wording import place_of


def _opened(scene: Scene, fact: stepped.StepOpened) -> None:
    scene.turns[fact.step] = 0
    run = scene.round.steps[fact.step]
    if run.group is not None:
        group_news.tell_members(scene, fact)
    post_step(scene, fact.step)
    if scene.before.began_at is None:
        _has_begun(scene, fact)


def _has_begun(scene: Scene, fact: stepped.StepOpened) -> None:
    """Those who joined hear once that it begins; later steps show themselves in the thread. Whoever has the word first
    hears that, with the same question.
    """
    run = scene.round.steps[fact.step]
    knows = {run.holder, scene.ctx.person.id if scene.ctx.person else None}
    alone = run.group is None and tuple(scene.round.at_work) == (fact.step,)
    for person in scene.round.speakers if alone else fact.floor:
        to = scene.reader(person) if person not in knows else None
        if to is not None and (run.group is None or scene.has_thread(to[0])):
            asked = person in fact.floor
            letter = letters.begun(to[1], scene.near(to[0]), fact.step, fact.due_at, scene.people, asked=asked)
            scene.letter(to[0], "notice", letter, before=fact.due_at)


def _extended(scene: Scene, fact: stepped.StepExtended) -> None:
    scene.edit_step(fact.step)
    if fact.why != "quiet":
        scene.post(notes.extended(scene.language, fact.due_at), step=fact.step)


def _grace(scene: Scene, fact: stepped.GraceBegan) -> None:
    """Nobody has the word any more, though who had it may still add something."""
    scene.edit_step(fact.step)
    if (holder := scene.holders.get(fact.step)) is not None:
        had_the_word(scene, fact.step, prompts.turn_passed_on(scene.language, holder, scene.people))
    no_more_offered(scene, fact.step, prompts.word_went_on(scene.language))


def _closed(scene: Scene, fact: stepped.StepClosed) -> None:
    scene.edit_step(fact.step)
    _quiet_no_more(scene, fact.step)
    no_word_left(scene, fact.step)


def _skipped(scene: Scene, fact: stepped.StepSkipped) -> None:
    scene.edit_step(fact.step)
    _quiet_no_more(scene, fact.step)
    run = scene.round.steps[fact.step]
    if run.opened_at is None and run.group is None and not run.lap:
        scene.post(notes.left_out(scene.language, place_of(scene.round, fact.step)[0]))
    elif run.opened_at is not None:
        no_word_left(scene, fact.step)


def _reworded(scene: Scene, fact: stepped.PromptChanged) -> None:
    scene.edit_step(fact.step)
    scene.post(notes.reworded(scene.language, scene.round.steps[fact.step].prompt), step=fact.step)


def _quiet(scene: Scene, fact: stepped.WentQuiet) -> None:
    scene.post(notes.quiet(scene.language, scene.round, fact.step), scene.about("quiet", fact.step), step=fact.step)


def _quiet_no_more(scene: Scene, step: int) -> None:
    """Nobody is asked any more what would help."""
    if scene.stands(scene.about("quiet", step)):
        scene.edit(scene.about("quiet", step), notes.was_quiet(scene.language))


def _nudge(scene: Scene, fact: stepped.NudgeDue) -> None:
    until = within(scene.round.steps[fact.step], fact.due_at)
    for person in fact.people:
        if (to := scene.reader(person)) is not None:
            letter = letters.nudge(to[1], scene.near(to[0]), fact.step, until)
            scene.letter(to[0], "nudge", letter, before=until, about=needless.nudge(scene.round, fact.step, person))


def _unanswered(scene: Scene, fact: stepped.Unanswered) -> None:
    """Its facilitator, who in a private round is perhaps not one of those who may read them."""
    holder = scene.round.facilitator
    open_ = [one for one in map(scene.round.contribution, fact.contributions) if one is not None]
    answers = [one for one in open_ if one.id in shown.visible(scene.round, one.step, holder or "")]
    if answers and (to := scene.reader(holder)) is not None:
        letter = holder_letters.unanswered(to[1], scene.near(to[0]), answers, fact.due_at)
        scene.letter(to[0], "notice", letter, before=fact.due_at)


def _wished(scene: Scene, fact: stepped.Wished) -> None:
    if (to := scene.reader(scene.round.facilitator)) is not None:
        scene.letter(to[0], "notice", holder_letters.wished(to[1], scene.near(to[0]), fact.step, fact.wish))


def _side_silent(scene: Scene, fact: stepped.SideSilent) -> None:
    scene.post(notes.side_silent(scene.language), step=fact.step)


NEWS: Mapping[type, Callable[[Scene, Any], None]] = {
    stepped.SideSilent: _side_silent,
    stepped.StepOpened: _opened,
    stepped.StepExtended: _extended,
    stepped.GraceBegan: _grace,
    stepped.StepClosed: _closed,
    stepped.StepSkipped: _skipped,
    stepped.PromptChanged: _reworded,
    stepped.WentQuiet: _quiet,
    stepped.NudgeDue: _nudge,
    stepped.Unanswered: _unanswered,
    stepped.Wished: _wished,
}

"""What is told when something changes in what stays of a round: in its thread, in its record, and to its listeners."""

from __future__ import annotations

from itertools import groupby

from bot.chat.messages import Message, Note
from bot.rounds import lending, record_page, task_page
from bot.rounds.facts import RoundFinished, WrappingBegan
from bot.rounds.model import Round
from bot.rounds.record import record_of
from bot.rounds.scene import Scene
from bot.rounds.step_facts import Fact
from bot.rounds.task import Task
from bot.rounds.wording import ANSWER


def changed(before: Round, after: Round, facts: tuple[Fact, ...]) -> bool:
    """Whether there is anything to tell."""
    return (
        any(isinstance(fact, WrappingBegan | RoundFinished) for fact in facts)
        or lending.shown(before) != lending.shown(after)
        or _outdated(before, after)
    )


def _outdated(before: Round, after: Round) -> bool:
    """A record that stands in the thread says something that is not so any more."""
    if before.state != "done" or after.state != "done":
        return False
    if (before.look_at, before.went_on) != (after.look_at, after.went_on):
        return True
    parts = [(each.contributions, each.votes, each.tasks, each.seats) for each in (before, after)]
    same = parts[0] == parts[1]
    return not same and record_of(before, None, {}) != record_of(after, None, {})


def tell(scene: Scene, facts: tuple[Fact, ...]) -> None:
    kinds = {type(fact) for fact in facts}
    if WrappingBegan in kinds and scene.began:
        _remind(scene)
    _gifts(scene)
    if RoundFinished in kinds and scene.began:
        _record(scene, post=True)
    elif _outdated(scene.before, scene.round):
        _record(scene, post=False)


def _remind(scene: Scene) -> None:
    """Whoever took a task and has not written it down, once."""
    waiting = sorted(lending.waiting(scene.round), key=lambda task: task.person)
    for person, tasks in groupby(waiting, key=lambda task: task.person):
        if (to := scene.reader(person)) is not None:
            letter = task_page.reminder(to[1], scene.near(to[0]), tuple(tasks))
            scene.letter(to[0], "request", letter)


def _gifts(scene: Scene) -> None:
    """What listeners gave stands in the thread, as it is now; that of a private round only in its record."""
    if scene.round.format.private:
        return
    before = {task.id: task for task in lending.shown(scene.before)}
    after = {task.id: task for task in lending.shown(scene.round)}
    for id_, task in after.items():
        if id_ not in before:
            scene.post(_gift(scene, task), scene.about("gift", id_))
        elif before[id_] != task:
            scene.edit(scene.about("gift", id_), _gift(scene, task))
    for id_ in before.keys() - after.keys():
        gone = Message((Note(scene.language.say("This was taken back by its author.")),))
        scene.edit(scene.about("gift", id_), gone)


def _gift(scene: Scene, task: Task) -> Message:
    return Message(record_page.gift(scene.language, task, scene.people, most=ANSWER))


def _record(scene: Scene, *, post: bool) -> None:
    """In each of its channels as that space may read it."""
    crossings = scene.ctx.unit.crossings.of(scene.ctx.community.id) if scene.round.homes else {}
    for channel in scene.round.channels:
        record = record_of(scene.round, channel.space, crossings)
        message = record_page.in_thread(scene.language, scene.round, record, scene.people)
        if post:
            scene.post(message, scene.about("record"), (channel,))
        else:
            scene.edit(scene.about("record"), message, (channel,))

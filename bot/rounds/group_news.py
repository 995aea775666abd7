"""What is told about groups: who is in which, where they work, and when that changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.chat.requests import Post
from bot.rounds import facts as happened
from bot.rounds import letters, notes
from bot.rounds import step_facts as stepped
from bot.rounds.group_threads import open_thread
from bot.rounds.round_news import post_step
from bot.rounds.scene import Scene
from bot.rounds.wording import group_number


def _formed(scene: Scene, fact: stepped.GroupsFormed) -> None:
    """Each group gets a message that names it, with a thread of its own."""
    if not scene.group_threads:
        return
    for number in fact.groups:
        open_thread(scene, number, scene.round.channels)


def _at_work(scene: Scene, fact: stepped.GroupsAtWork) -> None:
    post_step(scene, fact.step)


def _changed(scene: Scene, fact: stepped.GroupChanged) -> None:
    if not scene.group_threads:
        scene.edit_step(scene.round.groups[fact.group].formed)
        return
    for step in scene.round.at_work:  # who is in the group, and who reports, may stand in what it asks
        if scene.round.steps[step].group == fact.group:
            scene.edit_step(step)
    about = scene.about("group", fact.group)
    members = scene.round.groups[fact.group].members
    shown = group_number(scene.round, fact.group)
    scene.edit(about, notes.group(scene.language, shown, members, scene.people))
    if fact.joined:
        note = notes.joins_group(scene.language, fact.person, scene.people)
        for channel in scene.round.channels:
            scene.ctx.ask(Post(channel, note, under=about))


def tell_members(scene: Scene, fact: stepped.StepOpened) -> None:
    """In a private round a group has no thread: its members hear what is asked of them, and answer from there."""
    for person in fact.floor:
        if (to := scene.reader(person)) is not None:
            letter = letters.in_group(to[1], scene.near(to[0]), fact.step, fact.due_at, scene.people)
            scene.letter(to[0], "turn", letter, before=fact.due_at)


def _chair_left(scene: Scene, fact: happened.RoleLeft) -> None:
    scene.post(notes.chair_left(scene.language, fact.person, scene.people))
    for step in scene.round.at_work:
        scene.edit_step(step)


NEWS: Mapping[type, Callable[[Scene, Any], None]] = {
    stepped.GroupsFormed: _formed,
    stepped.GroupsAtWork: _at_work,
    stepped.GroupChanged: _changed,
    happened.RoleLeft: _chair_left,
}

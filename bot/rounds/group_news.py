"""What is told about groups: who is in which, where they work, and when that changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.chat.requests import Post
from bot.rounds import facts as happened
from bot.rounds import letters, notes
from bot.rounds import step_facts as stepped
from bot.rounds.round_news import post_step
from bot.rounds.scene import Scene
from bot.rounds.threads import open_group
from bot.rounds.wording import group_number


def _formed(scene: Scene, fact: stepped.GroupsFormed) -> None:
    """Each group gets a message that names it, with a thread of its own."""
    for number in fact.groups:
        open_group(scene, number, scene.with_groups)


def _at_work(scene: Scene, fact: stepped.GroupsAtWork) -> None:
    post_step(scene, fact.step)


def _changed(scene: Scene, fact: stepped.GroupChanged) -> None:
    others = tuple(channel for channel in scene.round.channels if not scene.apart(channel))
    if others:
        scene.edit_step(scene.round.groups[fact.group].formed, others)
    for step in scene.round.at_work:  # who is in the group, and who reports, may stand in what it asks
        if scene.round.steps[step].group == fact.group:
            scene.edit_step(step)
    about = scene.about("group", fact.group)
    members = scene.round.groups[fact.group].members
    shown = group_number(scene.round, fact.group)
    for channel in scene.with_groups:
        private = scene.round.walled(channel)
        message = notes.group(scene.language, shown, members, scene.people, private=private)
        scene.edit(about, message, (channel,))
        if fact.joined:
            note = notes.joins_group(scene.language, fact.person, scene.people)
            scene.ctx.ask(Post(channel, note, under=about))


def tell_members(scene: Scene, fact: stepped.StepOpened) -> None:
    """Where a group has no thread its members hear what is asked of them, and answer from there.

    Not of a step that only puts them together, nor of one in which each of them hears when the word is theirs.
    """
    run = scene.round.steps[fact.step]
    if run.over or run.script.mode == "turns":
        return
    for person in fact.floor:
        if (to := scene.reader(person)) is not None and not scene.has_thread(to[0]):
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

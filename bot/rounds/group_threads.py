"""Where a group works: a message that names who is in it, with a thread of its own."""

from __future__ import annotations

from bot.chat.names import Channel
from bot.chat.requests import OpenThread, Post
from bot.rounds import notes
from bot.rounds.scene import Scene
from bot.rounds.wording import excerpt, group_number, title

TITLE = 100
"""The longest name of a thread."""


def open_thread(scene: Scene, number: int, channels: tuple[Channel, ...]) -> None:
    """For the group of that number, in each of these channels."""
    shown = group_number(scene.round, number)
    message = notes.group(scene.language, shown, scene.round.groups[number].members, scene.people)
    name = excerpt(f"{title(scene.language, scene.round)}, {scene.language.label('Group {n}', n=shown)}", TITLE)
    for channel in channels:
        scene.ctx.ask(Post(channel, message, about=scene.about("group", number)))
        scene.ctx.ask(OpenThread(channel, scene.about("group", number), name))

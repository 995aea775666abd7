"""What is told while a round waits for a second voice, and when it waits no more."""

from __future__ import annotations

from bot.rounds import facts as happened
from bot.rounds import voice_words
from bot.rounds.casting import reaching_out
from bot.rounds.scene import Scene


def wanted(scene: Scene, fact: happened.RoundPaused) -> None:
    """Not where somebody who waited for a seat has just come in."""
    if not scene.round.seeking:
        return
    for channel in scene.round.channels:
        message = voice_words.wanted(scene.language, scene.round.near(channel.space))
        scene.post(message, scene.about("voice"), (channel,))
    for person in dict.fromkeys((*reaching_out(scene.round), scene.round.facilitator)):
        if (to := scene.reader(person)) is not None:
            letter = voice_words.look_for(to[1], scene.near(to[0]))
            scene.letter(to[0], "request", letter, before=fact.until)


def no_more_wanted(scene: Scene) -> None:
    """Nobody comes in any more by the button that stood there."""
    if scene.before.seeking and scene.stands(scene.about("voice")):
        scene.edit(scene.about("voice"), voice_words.was_wanted(scene.language))

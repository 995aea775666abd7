"""What is told when a round wraps up, and of what comes after it: the day to look at it, and the round that follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.chat.messages import Message
from bot.rounds import facts as happened
from bot.rounds import leading_facts as led
from bot.rounds import leading_words, library, notes, task_page
from bot.rounds.casting import bereft
from bot.rounds.ending import cut_short
from bot.rounds.floor import came_to_nothing, lacking
from bot.rounds.leading import Lead, lead
from bot.rounds.model import Round
from bot.rounds.round_news import nobody_wanted
from bot.rounds.said_news import show_result_again
from bot.rounds.scene import Scene
from bot.rounds.script import Format
from bot.rounds.wording import words_of


def _wrapping(scene: Scene, _: happened.WrappingBegan) -> None:
    nobody_wanted(scene)
    scene.post(_closing(scene), scene.about("closing"))


def _closing(scene: Scene) -> Message:
    """A format may have asked for the closing word itself."""
    round_, language = scene.round, scene.language
    asked = any(run.script.last_word and run.opened_at is not None for run in round_.steps)
    closing = notes.closing(language, asked=asked)
    if any(run.state == "closed" and came_to_nothing(round_, step) for step, run in enumerate(round_.steps)):
        closing = notes.nothing_brought_in(language, _format(scene, round_.format.instead))
    elif bereft(round_):
        closing = notes.ends_without_them(language)
    elif cut_short(round_) and lacking(round_) is not None:
        closing = notes.ends_with_too_few(language)
    found = lead(round_)
    offer = leading_words.offer(language, round_, _format(scene, found.format if found is not None else ""))
    return replace(closing, blocks=(*closing.blocks, *offer, *task_page.small_step_offer(language, round_)))


def _format(scene: Scene, id_: str) -> Format | None:
    """Those that the community made are looked up, so only where one is named."""
    return library.known(scene.ctx).get(id_) if id_ else None


def changed(before: Round, after: Round) -> bool:
    """Whether the closing words, which stand in the thread, offer something else than they did."""
    closed = before.wrapping or before.state == "done"
    return closed and _offered(before) != _offered(after)


def _offered(round_: Round) -> tuple[Lead | None, int | None, str]:
    found = lead(round_)
    words = leading_words.about(words_of(round_), round_, found) if found is not None else ""
    return found, round_.went_on, words


def tell(scene: Scene) -> None:
    scene.edit(scene.about("closing"), _closing(scene))


def _day_chosen(scene: Scene, fact: led.LookDayChosen) -> None:
    """The usual day stands below what people claimed."""
    if fact.person is None:
        return
    show_result_again(scene, fact.step)
    scene.post(leading_words.another_day(scene.language, scene.round, fact.person, scene.people))


def _look_day(scene: Scene, fact: led.LookDayCame) -> None:
    found = lead(scene.round)
    if found is None:
        return
    scene.post(leading_words.look_day(scene.language, scene.round, found), scene.about("look"))
    for person in fact.people:
        if (to := scene.reader(person)) is not None:
            scene.letter(to[0], "request", leading_words.look_letter(to[1], scene.near(to[0]), found))


def _went_on(scene: Scene, fact: led.WentOn) -> None:
    scene.post(leading_words.went_on(scene.language, fact.into))


NEWS: Mapping[type, Callable[[Scene, Any], None]] = {
    happened.WrappingBegan: _wrapping,
    led.LookDayChosen: _day_chosen,
    led.LookDayCame: _look_day,
    led.WentOn: _went_on,
}

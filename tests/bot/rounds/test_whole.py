"""The four formats of the library, from the invitation to the end."""

from __future__ import annotations

import pytest

from bot.rounds import rules
from bot.rounds.facts import RoundFinished
from bot.rounds.formats import shipped
from bot.rounds.script import Preset
from tests.bot.rounds.play import Play, message

FOUR = ("ana", "bo", "cas", "dee")


def take_part(play: Play, person: str) -> None:
    """What somebody who works with the round does in the step that is open."""
    number, run = play.round.current, play.round.step
    if run is None or person not in play.round.speakers:
        return
    for one in rules.asked_to_keep(play.round, person):
        play.does(rules.answer_keep, person, one.id, "yes")
        return
    match run.script.mode:
        case "collect" if run.script.floor == "all":
            play.says(person)
        case "turns" if run.holder == person:
            play.does(rules.hear, person, f"{person}{number}", "my story", message(f"{person}{number}"))
        case "open":
            offered = rules.to_respond_to(play.round, person, number)
            play.says(person, to=offered[0].id if offered else None, id_=f"{person}{number}")
            play.done(person)
        case "vote":
            play.votes(person, rules.options(play.round, number)[0])


@pytest.mark.parametrize("preset", ["async", "live"])
@pytest.mark.parametrize("format_id", sorted(shipped()))
def test_people_who_take_part_come_to_the_end(format_id: str, preset: Preset) -> None:
    play = Play(format_id, preset=preset).begun(*FOUR)
    for _ in range(40):
        for person in FOUR:
            take_part(play, person)
        if play.round.state != "running":
            break

    assert play.round.state == "wrapping"
    assert all(run.state == "closed" for run in play.round.steps)
    assert play.until(RoundFinished).format == format_id


@pytest.mark.parametrize("preset", ["async", "live"])
@pytest.mark.parametrize("format_id", sorted(shipped()))
def test_with_nobody_taking_part_it_still_comes_to_an_end(format_id: str, preset: Preset) -> None:
    play = Play(format_id, preset=preset).begun(*FOUR)
    for _ in range(60):
        if play.round.due is None:
            break
        play.next()

    assert play.round.due is None
    assert play.round.state in {"lapsed", "done"}

"""Every format of the library, from the invitation to the end."""

from __future__ import annotations

import pytest

from bot.rounds import rules
from bot.rounds.facts import RoundFinished
from bot.rounds.formats import shipped
from bot.rounds.script import Preset
from bot.rounds.step_rules import REPORTER
from tests.bot.rounds.play import Play, message

SIX = ("ana", "bo", "cas", "dee", "eli", "gus")
FOUR = SIX[:4]


def take_part(play: Play, person: str) -> None:
    """What somebody who works with the round does in the step that is open for them."""
    number = rules.own_step(play.round, person)
    run = play.round.steps[number] if number in play.round.at_work else None
    if run is None or person not in play.round.speakers:
        return
    for one in rules.asked_to_keep(play.round, person):
        play.does(rules.answer_keep, person, one.id, "yes")
        return
    id_ = f"{person}{number}"
    fields = tuple((field.key, field.options[-1].key if field.options else "x") for field in run.script.fields)
    match run.script.mode:
        case "collect" if run.script.floor != "contributors" and play.has_floor(person, number):
            play.does(rules.contribute, person, number, id_, f"words of {person}", fields=fields)
        case "turns" if run.holder == person and fields:
            play.does(rules.contribute, person, number, id_, "my story", fields=fields)
        case "turns" if run.holder == person and play.round.format.private:
            play.does(rules.contribute, person, number, id_, "my story")
        case "turns" if run.holder == person:
            play.does(rules.hear, person, id_, "my story", message(id_), group=run.group)
        case "open" | "groups" if play.has_floor(person, number) and person not in run.done:
            offered = rules.to_respond_to(play.round, person, number, number)
            to = offered[0].id if offered else None
            play.does(rules.contribute, person, number, id_, f"words of {person}", to=to, fields=fields)
            if number in play.round.at_work:
                play.does(rules.say_done, person, number)
        case "vote" if play.has_floor(person, number) and play.round.vote_of(person, number) is None:
            if run.script.vote is not None and run.script.vote.proposals and not rules.options(play.round, number):
                play.does(rules.contribute, person, number, id_, "a form")
            free = [one for one in rules.may_pick(play.round, number, person) if play.room(number, one)]
            play.does(rules.vote, person, number, (free[0],))


def begun(format_id: str, preset: Preset) -> Play:
    format_ = shipped()[format_id]
    people = SIX[: max(4, format_.size.min)]
    play = Play(format_id, preset=preset)
    play.does(rules.invite)
    for at, person in enumerate(people):
        play.does(rules.join, person, "speak")
        if format_.sides:
            play.does(rules.take_side, person, "AB"[at % 2])
    play.does(rules.begin, "fay")
    return play


@pytest.mark.parametrize("preset", ["async", "live"])
@pytest.mark.parametrize("format_id", sorted(shipped()))
def test_people_who_take_part_come_to_the_end(format_id: str, preset: Preset) -> None:
    play = begun(format_id, preset)
    for _ in range(400):
        before = play.round
        for person in SIX:
            take_part(play, person)
        if play.round.state != "running":
            break
        if play.round == before:
            play.next()

    assert play.round.state == "wrapping"
    asked = [run for run in play.round.steps if run.script.when is None]
    assert all(run.state == "closed" for run in asked), [run.script.key for run in asked if run.state != "closed"]
    assert play.until(RoundFinished).format == format_id


@pytest.mark.parametrize("preset", ["async", "live"])
@pytest.mark.parametrize("format_id", sorted(shipped()))
def test_with_nobody_taking_part_it_still_comes_to_an_end(format_id: str, preset: Preset) -> None:
    play = begun(format_id, preset)
    for _ in range(400):
        if play.round.due is None:
            break
        play.next()

    assert play.round.due is None
    assert play.round.state in {"lapsed", "done"}


@pytest.mark.parametrize("format_id", sorted(shipped()))
def test_every_role_of_the_library_is_somebodys(format_id: str) -> None:
    """Nobody is asked for what nobody can be: each role of a floor is had by somebody who took part, or chosen not."""
    format_ = shipped()[format_id]
    floors = {step.floor.split("role:")[-1] for step in format_.steps if "role:" in step.floor} - {REPORTER}
    assert floors <= {role.key for role in format_.roles}

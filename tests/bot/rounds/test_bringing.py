"""What people noted for themselves goes with a silent group into the larger one, as they were told before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rounds import rules
from bot.rounds.bringing import promised
from bot.rounds.formats import shipped
from bot.rounds.group_facts import NotesBrought
from bot.rounds.seen import Inside, seen_by
from tests.bot.rounds.play import HOLDER, Play

EIGHT = ("ana", "bo", "cas", "dee", "eli", "gus", "hal", "ivy")
FOURS = shipped()["one_two_four_all"]


def in_pairs(format_=FOURS) -> tuple[Play, list[tuple[str, ...]]]:  # type: ignore[no-untyped-def]
    """Everybody has noted something, and sits in a pair."""
    play = Play(format_).begun(*EIGHT)
    for who in EIGHT:
        play.says(who, f"note of {who}")
    return play, [group.members for group in play.round.groups]


def says(play: Play, who: str, body: str) -> None:
    play.does(rules.contribute, who, rules.own_step(play.round, who), f"{who} {body}", body)


def done(play: Play, *people: str) -> None:
    for who in people:
        play.does(rules.say_done, who, rules.own_step(play.round, who))


def to_fours(play: Play) -> tuple[NotesBrought, ...]:
    """The time of the pairs is over."""
    before = len(play.facts)
    while play.step.script.key != "four":
        play.next()
    return tuple(fact for fact in play.facts[before:] if isinstance(fact, NotesBrought))


def reads(play: Play, viewer: str | Inside) -> set[str]:
    """Whose notes somebody reads."""
    seen = seen_by(play.round, viewer)
    return {answer.id.removesuffix("0") for step in seen.steps if step.key == "one" for answer in step.answers}


def test_the_notes_of_a_silent_pair_go_to_its_table_and_to_nobody_else() -> None:
    play, pairs = in_pairs()
    silent, *others = pairs
    for pair in others:
        says(play, pair[0], "we have an idea")
    assert [reads(play, who) for who in EIGHT] == [set()] * 8

    (brought,) = to_fours(play)

    assert {play.round.contribution(id_).person for id_ in brought.contributions} == set(silent)  # type: ignore[union-attr]
    table = play.round.groups[brought.group].members
    assert set(silent) < set(table)
    for who in EIGHT:
        assert reads(play, who) == (set(silent) if who in table else set())
    assert reads(play, "") == reads(play, HOLDER) == reads(play, Inside()) == set()
    assert reads(play, Inside(brought.group)) == set(silent)
    other = next(at for at, group in enumerate(play.round.groups) if not group.over and at != brought.group)
    assert reads(play, Inside(other)) == set()


def test_they_are_shown_as_they_are_with_their_names() -> None:
    play, pairs = in_pairs()
    play.does(rules.edit, pairs[0][0], f"{pairs[0][0]}0", "put differently")
    to_fours(play)
    seen = [answer for step in play.seen(pairs[0][1]).steps for answer in step.answers]
    assert (pairs[0][0], "put differently") in [(one.author, one.body) for one in seen]
    assert not [one for one in seen if one.edited], "it was changed before anybody read it"


@pytest.mark.parametrize("how", ["takes it back", "leaves", "is forgotten", "listens"])
def test_a_note_that_is_gone_is_not_brought(how: str) -> None:
    play, pairs = in_pairs()
    who = pairs[0][0]
    match how:
        case "takes it back":
            play.does(rules.retract, who, f"{who}0")
        case "leaves":
            play.does(rules.leave, who)
        case "is forgotten":
            play.does(rules.forget, who, "keep")
        case _:
            play.does(rules.join, who, "listen")
    to_fours(play)
    assert not [one for one in play.round.contributions if one.id == f"{who}0" and one.visible]
    assert pairs[1][0] in reads(play, pairs[1][0])


def test_a_pair_that_says_it_is_done_is_not_silent() -> None:
    play, pairs = in_pairs()
    done(play, *pairs[0])
    assert not reads(play, pairs[0][0])
    to_fours(play)
    assert not reads(play, pairs[0][0]) & set(pairs[0])


def test_who_takes_back_all_they_said_has_said_nothing() -> None:
    play, pairs = in_pairs()
    says(play, pairs[0][0], "no idea")
    play.does(rules.retract, pairs[0][0], f"{pairs[0][0]} no idea")
    to_fours(play)
    assert set(pairs[0]) <= reads(play, pairs[0][1])


def test_a_note_that_was_shown_is_changed_and_taken_back_as_other_words() -> None:
    play, pairs = in_pairs()
    to_fours(play)
    who, reader = pairs[0]
    play.does(rules.edit, who, f"{who}0", "in other words")
    (seen,) = [one for step in play.seen(reader).steps for one in step.answers if one.id == f"{who}0"]
    assert (seen.body, seen.edited) == ("in other words", True)
    play.does(rules.retract, who, f"{who}0")
    assert who not in reads(play, reader)


def test_nobody_is_asked_to_keep_them() -> None:
    play, _ = in_pairs()
    to_fours(play)
    play.does(rules.close, HOLDER)
    assert not [one for one in play.round.contributions if one.consent is not None]


def test_it_is_promised_until_the_tables_are_set() -> None:
    play = Play(FOURS).begun(*EIGHT)
    assert promised(play.round, 0)
    for who in EIGHT:
        play.says(who)
    assert promised(play.round, 0)
    to_fours(play)
    assert not promised(play.round, 0)


def test_without_the_promise_they_stay_their_authors_own() -> None:
    steps = tuple(
        replace(step, groups=replace(step.groups, brings_notes=False)) if step.groups is not None else step
        for step in FOURS.steps
    )
    play, pairs = in_pairs(replace(FOURS, steps=steps))
    assert not promised(play.round, 0)
    assert to_fours(play) == ()
    assert [reads(play, who) for who in pairs[0]] == [set(), set()]


def test_a_skipped_pair_step_brings_them_too() -> None:
    play, pairs = in_pairs()
    says(play, pairs[0][0], "we have begun")
    facts = play.does(rules.skip, HOLDER)
    brought = [id_ for fact in facts if isinstance(fact, NotesBrought) for id_ in fact.contributions]
    assert {id_.removesuffix("0") for id_ in brought} == {who for pair in pairs[1:] for who in pair}

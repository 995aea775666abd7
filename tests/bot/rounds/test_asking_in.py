"""It is quiet in somebody's lap: they may ask one more person into their group, once, and nobody else hears of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.casting import holders
from bot.rounds.formats import shipped
from bot.rounds.group_facts import AskedIn, AskInOffered
from bot.rounds.step_facts import Fact, GroupChanged
from tests.bot.rounds.play import HOLDER, Play, kinds, only

THREE = ("ana", "bo", "cas")
SIX = (*THREE, "dee", "eli", "gus")
TRIOS = shipped()["trio_consult"]


def thinking(*people: str, format_=TRIOS) -> tuple[Play, int, str, list[str]]:  # type: ignore[no-untyped-def]
    """The first in each group has asked, and the others think aloud: the step, who asked, and who thinks."""
    play = Play(format_).begun(*people)
    for who in people:
        play.says(who)
    for step in play.round.at_work:
        play.does(rules.contribute, play.round.steps[step].lap, step, f"q{step}", "What would you do?")
    play.does(rules.skip, HOLDER)
    step = play.round.at_work[0]
    assert play.round.steps[step].script.key == "think_aloud"
    return play, step, play.round.steps[step].lap, list(holders(play.round, step, "thinker"))


def to_the_nudge(play: Play, step: int) -> tuple[Fact, ...]:
    while play.round.steps[step].nudge_at is not None:
        facts = play.next()
    return facts


def test_at_60_percent_the_asker_alone_hears_that_they_may_ask_somebody_in() -> None:
    play, step, asker, thinkers = thinking(*THREE)
    opened, due = play.round.steps[step].opened_at, play.round.steps[step].due_at
    play.does(rules.contribute, thinkers[0], step, "t", "I would wait.")

    facts = to_the_nudge(play, step)

    assert kinds(facts) == ["AskInOffered"]
    assert only(facts, AskInOffered).person == asker
    assert play.at == opened + (due - opened) * 0.6  # type: ignore[operator]


def test_nothing_is_offered_where_all_have_spoken() -> None:
    play, step, _, thinkers = thinking(*THREE)
    for who in thinkers:
        play.does(rules.contribute, who, step, f"t{who}", "I would wait.")
    assert to_the_nudge(play, step) == ()


def test_who_passes_is_as_silent_as_who_says_nothing() -> None:
    play, step, _, thinkers = thinking(*THREE)
    play.does(rules.contribute, thinkers[0], step, "t", "I would wait.")
    silent = Play(TRIOS)
    silent.round, silent.at = play.round, play.at
    play.does(rules.pass_by, thinkers[1], step)
    assert kinds(to_the_nudge(play, step)) == kinds(to_the_nudge(silent, step)) == ["AskInOffered"]


def test_nothing_is_offered_where_no_more_can_think_along_or_the_round_is_full() -> None:
    play, step, *_ = thinking("ana", "bo", "cas", "dee")
    assert to_the_nudge(play, step) == ()
    full, step, *_ = thinking(*THREE, format_=replace(TRIOS, size=replace(TRIOS.size, max=3, best=(3, 3))))
    assert to_the_nudge(full, step) == ()


def test_nobody_is_offered_it_who_is_late_to_hear() -> None:
    play, *_ = thinking(*THREE)
    play.sleep(15)
    assert not [fact for fact in play.facts if isinstance(fact, AskInOffered)]


def test_who_says_yes_thinks_along_in_that_very_group_however_late() -> None:
    play, step, asker, thinkers = thinking(*SIX)
    group = play.round.steps[step].group
    with pytest.raises(UserMistake, match="too far on to speak"):
        play.does(rules.join, "zoe", "speak")

    play.take(rules.ask_in(play.round, asker, step, "zoe"))
    assert only(play.facts, AskedIn).by == asker
    assert "zoe" not in (*play.round.speakers, *play.round.listeners)
    facts = play.does(rules.come_in, "zoe", step)

    assert only(facts, GroupChanged).group == group
    assert holders(play.round, step, "thinker") == (*thinkers, "zoe")
    play.does(rules.contribute, "zoe", step, "z", "I had that too.")


def test_a_no_changes_nothing_and_is_shown_to_nobody() -> None:
    play, step, asker, _ = thinking(*THREE)
    play.take(rules.ask_in(play.round, asker, step, "zoe"))
    seen = [play.seen(who) for who in (*THREE, HOLDER)]
    at_work = play.round.at_work
    assert play.does(rules.decline, "zoe") == ()
    assert [play.seen(who) for who in (*THREE, HOLDER)] == seen
    assert play.round.at_work == at_work


def test_one_is_asked_for_each_question() -> None:
    play, step, asker, thinkers = thinking(*THREE)
    with pytest.raises(UserMistake, match="about somebody else"):
        rules.ask_in(play.round, thinkers[0], step, "zoe")
    for known in (asker, thinkers[0]):
        with pytest.raises(UserMistake, match="Ask somebody else"):
            rules.ask_in(play.round, asker, step, known)
    play.take(rules.ask_in(play.round, asker, step, "zoe"))
    with pytest.raises(UserMistake, match="Nobody else can come in"):
        rules.ask_in(play.round, asker, step, "yan")
    with pytest.raises(UserMistake, match="step is over"):
        play.does(rules.come_in, "yan", step)


def test_who_comes_when_the_step_is_over_is_too_late() -> None:
    play, step, asker, _ = thinking(*THREE)
    play.take(rules.ask_in(play.round, asker, step, "zoe"))
    play.does(rules.skip, HOLDER)
    with pytest.raises(UserMistake, match="step is over"):
        play.does(rules.come_in, "zoe", step)


def test_a_listener_can_be_asked_in_and_goes_on_listening_if_not() -> None:
    play, step, asker, _ = thinking(*THREE)
    play.does(rules.join, "lou", "listen")
    play.take(rules.ask_in(play.round, asker, step, "lou"))
    assert play.round.listeners == ("lou",)
    play.does(rules.come_in, "lou", step)
    assert "lou" in holders(play.round, step, "thinker")


def test_who_was_asked_and_is_forgotten_leaves_no_trace() -> None:
    play, step, asker, _ = thinking(*THREE)
    play.take(rules.ask_in(play.round, asker, step, "zoe"))
    play.does(rules.forget, "zoe", "keep")
    assert "zoe" not in repr(play.round)

"""Private rounds by their rules: what counts as said inside, and what a private thread shows."""

from __future__ import annotations

import pytest

from bot.chat.names import MessageRef
from bot.rounds import rules
from bot.rounds.seen import Inside, Viewer, seen_by
from bot.rounds.step_facts import Answered, SaidInPublic
from bot.rounds.step_rules import VoteRule
from tests.bot.rounds.play import ELSEWHERE, PLACE, Play, made_of, step

SIX = ("ana", "bo", "cas", "dee", "eva", "fien")


def test_what_is_typed_counts_where_the_thread_is_private() -> None:
    play = Play(made_of(step("talk", "open"), place="private")).begun("ana", "bo")
    for place, fact in ((PLACE, SaidInPublic), (ELSEWHERE, Answered)):
        facts = play.take(rules.hear(play.round, "ana", place.id, "Among us.", MessageRef(place, "1", "2"), play.now))
        assert [type(one) for one in facts] == [fact]
    [one] = play.round.contributions
    assert one.inside


@pytest.mark.parametrize("mode", ["collect", "vote"])
def test_a_private_thread_takes_no_secret_answers_either(mode: str) -> None:
    asked = step("ask", mode) if mode == "collect" else step("ask", mode, vote=VoteRule(kind="consent"))
    play = Play(made_of(asked, place="private")).begun("ana", "bo")
    play.take(rules.hear(play.round, "ana", "1", "Among us.", MessageRef(ELSEWHERE, "1", "2"), play.now))
    assert not play.round.contributions


def test_a_private_thread_shows_what_its_group_says_and_no_other() -> None:
    play = Play("trio_consult").begun(*SIX)
    for person in SIX:
        play.says(person)
    for number, group in enumerate(play.round.groups):
        person = group.members[0]
        now, own = play.now, rules.own_step(play.round, person)
        play.take(rules.contribute(play.round, person, own, f"group{number}", "Among us.", now))

    def shown(viewer: Viewer) -> set[str]:
        return {one.id for each in seen_by(play.round, viewer).steps for one in each.answers}

    assert shown(Inside(0)) == {"group0"}
    assert shown(Inside(1)) == {"group1"}
    assert shown(Inside()) == shown("") == shown("otto") == set()

"""Private rounds by their rules: what counts as said inside, and what a private thread shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.names import MessageRef
from bot.chat.text import words as bare
from bot.chat.wire import message_to_json
from bot.rounds import record_page, rules, shown
from bot.rounds.facts import RoundFinished
from bot.rounds.objections import open_ones
from bot.rounds.record import record_of
from bot.rounds.seen import Inside, Viewer, seen_by
from bot.rounds.step_facts import Answered, SaidInPublic
from bot.rounds.step_rules import VoteRule
from bot.rounds.wording import prompt
from bot.texts.catalogue import words_in
from tests.bot.rounds.play import ELSEWHERE, HOLDER, PLACE, Play, made_of, step

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


def test_the_card_does_not_tell_what_won_inside() -> None:
    format_ = made_of(
        step("offer", "collect"),
        step("choose", "vote", vote=VoteRule("choice")),
        replace(step("talk", "open"), prompt={"en": "What about {choose}?", "nl": "En {choose}?"}),
        place="private",
    )
    for place, told in (("private", "What about the first lesson?"), ("thread", "What about words of ana?")):
        play = Play(replace(format_, place=place)).begun("ana", "bo")
        for person in ("ana", "bo"):
            play.says(person)
        for person in ("ana", "bo"):
            play.votes(person, "ana0")
        assert told in bare(prompt(words_in("en"), play.round, play.round.current, {}))


def test_nor_is_an_objection_read_where_all_read() -> None:
    play = Play(made_of(step("agree", "vote", vote=VoteRule("consent")), step("end", "open"), place="private"))
    play.begun("ana", "bo")
    play.votes("ana", "objection", words="Among us.", named=True)
    play.votes("bo", "fine")
    for viewer, read in (("", False), (Inside(), True)):
        result = message_to_json(shown.result(words_in("en"), play.round, 0, {}, viewer))
        assert ("Among us." in result) == read
        assert "I take this up" in result, "everybody finds what can be done about it"
    until = play.at + timedelta(days=7)
    play.does(rules.take_up, "bo", 0, {one.number for one in open_ones(play.round, 0)}, "t1", "Among us too.", until)
    play.does(rules.close, HOLDER)
    play.until(RoundFinished)
    record = record_of(play.round, None, {})
    assert "Among us" not in message_to_json(record_page.in_thread(words_in("en"), play.round, record, {}))
    inside = message_to_json(record_page.private(words_in("en"), play.round, record, {}, "ana", None))
    assert "Among us." in inside
    assert "Among us too." in inside

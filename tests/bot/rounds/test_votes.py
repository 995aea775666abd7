from __future__ import annotations

import pytest

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.facts import RoleGiven
from bot.rounds.script import Format, Role
from bot.rounds.step_facts import StepClosed, Voted, VotesCounted
from bot.rounds.step_rules import Option
from tests.bot.rounds.play import HOLDER, Play, kinds, made_of, only, step, votes_on

THREE = ("ana", "bo", "cas")
WORDS = {"en": "x", "nl": "x"}
AB = (Option("a", WORDS), Option("b", WORDS))
AFTER_ANSWERS = made_of(step("write", "collect"), votes_on("dots", per_person=2), step("end", "open"))


def voting(format_: Format) -> Play:
    play = Play(format_).begun(*THREE)
    if play.step.script.mode == "collect":
        for who in THREE:
            play.says(who)
    return play


def test_dots_go_to_the_answers_revealed_last_and_are_counted_at_the_end() -> None:
    play = voting(AFTER_ANSWERS)
    assert set(rules.options(play.round, 1)) == {"ana0", "bo0", "cas0"}

    assert only(play.votes("ana", "bo0", "bo0"), Voted).person == "ana"
    play.votes("bo", "cas0")
    assert play.seen("ana").steps[1].tally == {}
    assert play.seen("ana").own.votes == ("bo0", "bo0")
    assert play.seen("bo").own.votes == ("cas0",)
    facts = play.votes("cas", "bo0", "ana0")

    assert dict(only(facts, VotesCounted).tally) == {"bo0": 3, "cas0": 1, "ana0": 1}
    assert next(iter(play.seen("stranger").steps[1].tally)) == "bo0"


def test_voting_again_takes_the_place_of_the_first_vote() -> None:
    play = voting(AFTER_ANSWERS)
    play.votes("ana", "bo0")
    assert play.votes("ana", "bo0") == ()

    play.votes("ana", "cas0")

    assert [vote.picks for vote in play.round.votes] == [("cas0",)]


def test_a_pass_takes_the_place_of_a_vote_and_the_other_way_round() -> None:
    play = voting(AFTER_ANSWERS)
    play.votes("ana", "bo0")
    play.passes("ana")
    assert play.round.votes == ()
    play.votes("ana", "bo0")
    assert play.step.passed == ()


def test_passing_everywhere_closes_the_vote_without_a_voice() -> None:
    play = voting(AFTER_ANSWERS)

    facts = [fact for who in THREE for fact in play.passes(who)]

    assert only(facts, StepClosed).voices == 0


@pytest.mark.parametrize(
    ("vote", "picks", "words"),
    [
        (votes_on("dots", per_person=2, options=AB), ("a", "a", "b"), "You can pick {dots} here"),
        (votes_on("dots", per_person=2, options=AB), ("c",), "Pick from the options"),
        (votes_on("dots", per_person=2, options=AB), (), "Pick from the options"),
        (votes_on("choice", options=AB), ("a", "b"), "You can pick {dots} here"),
        (votes_on("scale"), ("6",), "Pick from the options"),
        (votes_on("consent"), ("maybe",), "Pick from the options"),
    ],
)
def test_what_is_no_vote(vote: object, picks: tuple[str, ...], words: str) -> None:
    play = voting(made_of(vote))  # type: ignore[arg-type]

    with pytest.raises(UserMistake, match=words):
        play.votes("ana", *picks)


@pytest.mark.parametrize(
    ("vote", "known"),
    [
        (votes_on("scale"), ("1", "2", "3", "4", "5")),
        (votes_on("scale", scale=(0, 2)), ("0", "1", "2")),
        (votes_on("consent"), ("fine", "concern", "objection")),
        (votes_on("choice", options=AB), ("a", "b")),
        (votes_on("claim", options=AB), ("a", "b")),
    ],
)
def test_what_can_be_picked(vote: object, known: tuple[str, ...]) -> None:
    play = voting(made_of(vote))  # type: ignore[arg-type]

    assert rules.options(play.round, 0) == known
    assert kinds(play.votes("ana", known[0])) == ["Voted"]


def test_an_objection_carries_a_name_only_if_its_voter_adds_it() -> None:
    play = voting(made_of(votes_on("consent")))
    play.votes("ana", "objection", words="not yet", named=True)
    play.votes("bo", "concern", words="who will do it?")
    assert play.seen("cas").steps[0].objections == ()
    play.votes("cas", "fine")

    seen = play.seen("cas").steps[0]
    said = {(one.author, one.objects, one.words) for one in seen.objections}
    assert said == {("ana", True, "not yet"), (None, False, "who will do it?")}
    assert dict(seen.tally) == {"fine": 1, "concern": 1, "objection": 1}


def test_words_belong_to_consent_only() -> None:
    play = voting(made_of(votes_on("choice", options=AB)))

    play.votes("ana", "a", words="because", named=True)

    assert (play.round.votes[0].words, play.round.votes[0].named) == ("", False)


def test_a_claimed_role_is_taken_at_once() -> None:
    roles = (Role("scribe", WORDS), Role("host", WORDS, 2))
    play = voting(made_of(votes_on("claim"), step("end", "open"), roles=roles))
    assert rules.options(play.round, 0) == ("scribe", "host")

    facts = play.votes("ana", "scribe")

    assert only(facts, RoleGiven) == RoleGiven("r1", "scribe", "ana")
    assert play.seen("bo").steps[0].tally == {"scribe": 1, "host": 0}
    with pytest.raises(UserMistake, match="Somebody was just before you"):
        play.votes("bo", "scribe")
    play.votes("bo", "host")
    assert "StepClosed" in kinds(play.votes("cas", "host"))


def test_a_vote_with_nothing_to_vote_on_is_skipped() -> None:
    play = Play(AFTER_ANSWERS).begun(*THREE)

    facts = [fact for who in THREE for fact in play.passes(who)]

    assert kinds(tuple(facts))[-3:] == ["StepClosed", "StepSkipped", "StepOpened"]
    assert play.round.current == 2


def test_votes_belong_to_votes_and_words_to_the_rest() -> None:
    play = voting(made_of(votes_on("scale"), step("end", "open")))
    with pytest.raises(UserMistake, match="asks for a vote"):
        play.says("ana")
    for who in THREE:
        play.votes(who, "1")
    with pytest.raises(UserMistake, match="nothing to vote on"):
        play.votes("ana", "1")


def test_nobody_skips_consent_for_others() -> None:
    play = voting(made_of(votes_on("consent")))

    with pytest.raises(UserMistake, match="nobody can give it for them"):
        play.does(rules.skip, HOLDER)


def test_a_role_that_a_question_names_is_drawn_by_chance() -> None:
    asks = step("shape", "open", prompt={"en": "{scribe} starts", "nl": "{scribe} begint"})
    drawn = set()
    for seed in range(10):
        play = Play(made_of(asks, roles=(Role("scribe", WORDS),)), seed=seed).begun(*THREE)
        drawn.add(only(play.facts, RoleGiven).person)

    assert drawn == set(THREE)


def test_a_floor_may_be_a_role_or_everybody_else() -> None:
    roles = (Role("scribe", WORDS),)
    play = Play(
        made_of(step("one", "collect", floor="role:scribe"), step("two", "open", floor="not:role:scribe"), roles=roles)
    ).begun(*THREE)
    scribe = only(play.facts, RoleGiven).person
    others = [who for who in THREE if who != scribe]
    with pytest.raises(UserMistake, match="asks only some of you"):
        play.says(others[0])
    play.passes(scribe)
    with pytest.raises(UserMistake, match="asks only some of you"):
        play.done(scribe)
    assert "WrappingBegan" in kinds(play.done(*others))


def test_words_with_a_vote_have_their_limit() -> None:
    play = voting(made_of(votes_on("consent")))

    with pytest.raises(UserMistake, match="That is too long"):
        play.votes("ana", "objection", words="x" * 3001)


def test_who_passes_after_all_gives_back_what_they_claimed() -> None:
    claim = made_of(
        votes_on("claim", seats=("scribe",)), step("end", "open"), roles=(Role("scribe", WORDS, filled_by="claim"),)
    )
    play = voting(claim)
    play.votes("ana", "scribe")
    assert kinds(play.passes("ana")) == ["Passed"], "nobody hears of it"
    assert rules.tally(play.round, 0) == {"scribe": 0}
    play.votes("bo", "scribe")
    assert [seat.person for seat in play.round.seats if seat.role] == ["bo"]

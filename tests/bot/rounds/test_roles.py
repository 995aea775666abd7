from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.facts import FacilitatorAsked, FacilitatorMissed, RoleGiven, TooFew
from bot.rounds.floor import waited_for
from bot.rounds.script import Role, Size
from bot.rounds.seen import seen_by
from bot.rounds.step_facts import ChairOffered, Revealed, RoleSilent, SaidInPublic, SideQuiet, SideSilent, StepOpened
from bot.rounds.step_rules import GroupRule, VoteRule
from tests.bot.rounds.play import HOLDER, Play, kinds, made_of, message, only, step

FIVE = ("ana", "bo", "cas", "dee", "eli")
WORDS = {"en": "x", "nl": "x"}
BOWL = made_of(
    step("seats", "vote", vote=VoteRule("claim", seats=("inner", "listener"), open_chair=1)),
    step("bowl", "open", floor="inner"),
    step("end", "open"),
    roles=(Role("inner", WORDS, 2, 3, filled_by="claim"), Role("listener", WORDS, 0, rest=True)),
)
CHOSEN = made_of(
    step("offers", "collect"),
    step("choose", "vote", vote=VoteRule("choice", own_excluded=True, gives="bringer")),
    step("tell", "turns", floor="role:bringer"),
    step("ask", "open", floor="not:role:bringer"),
    roles=(Role("bringer", WORDS, filled_by="vote", essential=True),),
)
SIDES = made_of(
    step("own", "collect", by_side=True), step("end", "open"), sides=2,
)  # fmt: skip


def chosen(play: Play) -> str:
    """Everybody offers something, and bo's is chosen."""
    for person in FIVE:
        play.says(person)
    for person in FIVE:
        play.votes(person, "bo0" if person != "bo" else "ana0")
    return "bo"


def sided() -> Play:
    play = Play(SIDES)
    play.does(rules.invite)
    for at, person in enumerate(FIVE):
        play.does(rules.join, person, "speak")
        play.does(rules.take_side, person, "AB"[at % 2])
    play.does(rules.begin, HOLDER)
    return play


def test_chairs_are_claimed_and_one_stays_free() -> None:
    play = Play(BOWL).begun(*FIVE)
    play.votes("ana", "inner")
    play.votes("bo", "inner")
    with pytest.raises(UserMistake, match="just before you"):
        play.votes("cas", "inner")
    for person in ("cas", "dee", "eli"):
        play.votes(person, "listener")
    assert play.step.script.key == "bowl"
    assert rules.free_chairs(play.round, play.round.current) == 1
    play.does(rules.take_chair, "cas", play.round.current)
    with pytest.raises(UserMistake, match="just before you"):
        play.does(rules.take_chair, "dee", play.round.current)
    play.does(rules.leave_chair, "ana", play.round.current)
    play.does(rules.take_chair, "dee", play.round.current)
    play.does(rules.contribute, "dee", play.round.current, "d", "a trick")
    with pytest.raises(UserMistake, match="asks only some of you"):
        play.does(rules.contribute, "ana", play.round.current, "a", "still me")


def test_an_inner_seat_that_empties_becomes_a_free_chair() -> None:
    play = Play(BOWL).begun(*FIVE)
    for person in FIVE:
        play.votes(person, "inner" if person in ("ana", "bo") else "listener")
    play.does(rules.take_chair, "cas", play.round.current)
    play.does(rules.leave, "ana")
    assert rules.free_chairs(play.round, play.round.current) == 1


def test_too_few_claimed_so_chance_fills_up_but_nobody_who_would_rather_not() -> None:
    play = Play(BOWL).begun(*FIVE)
    play.votes("ana", "inner")
    play.votes("bo", "listener")
    play.passes("cas")
    play.wait(60)
    inner = {seat.person for seat in play.round.seats if seat.role == "inner"}
    assert "ana" in inner
    assert len(inner) == 2
    assert not inner & {"bo", "cas"}


def test_the_author_of_what_was_chosen_gets_the_role() -> None:
    play = Play(CHOSEN).begun(*FIVE)
    assert chosen(play) == only(play.facts, RoleGiven).person
    assert play.step.holder == "bo"


def test_nobody_votes_for_their_own() -> None:
    play = Play(CHOSEN).begun(*FIVE)
    for person in FIVE:
        play.says(person)
    assert "ana0" not in rules.may_pick(play.round, 1, "ana")
    with pytest.raises(UserMistake, match="nobody picks their own"):
        play.votes("ana", "ana0")


def test_without_the_one_it_is_about_the_round_is_closed() -> None:
    play = Play(CHOSEN).begun(*FIVE)
    chosen(play)
    play.does(rules.leave, "bo")
    assert play.round.state == "wrapping"


def test_nor_does_it_go_on_without_them_after_a_pause() -> None:
    """*This is too much* puts it on hold; whoever brought it in may leave then, or be forgotten."""
    for leaves in (rules.leave, rules.gone, lambda it, who, now: rules.forget(it, who, "keep", now)):
        play = Play(replace(CHOSEN, place="private")).begun(*FIVE)
        chosen(play)
        play.does(rules.too_much, "bo")
        play.does(leaves, "bo")
        assert play.round.state == "paused"
        play.does(rules.resume, HOLDER)
        assert play.round.state == "wrapping"


def test_nor_while_they_only_listen() -> None:
    play = Play(CHOSEN).begun(*FIVE)
    chosen(play)
    play.does(rules.join, "bo", "listen")
    assert play.round.state == "wrapping"


def test_without_anything_brought_in_there_is_nobody_it_cannot_do_without() -> None:
    play = Play(CHOSEN).begun(*FIVE)
    play.does(rules.skip, HOLDER)
    assert (play.round.state, play.step.script.key) == ("running", "ask")


def test_who_holds_the_round_and_is_chosen_asks_for_a_stand_in() -> None:
    play = Play(CHOSEN).begun(*FIVE)
    play.take(rules.give(play.round, HOLDER, "bo"))
    play.does(rules.accept, "bo")
    chosen(play)
    assert only(play.facts, FacilitatorMissed)
    with pytest.raises(UserMistake, match="let somebody else hold it"):
        play.does(rules.accept, "bo")
    play.does(rules.accept, "cas")
    assert play.round.facilitator == "cas"


def test_the_facilitator_gives_a_role_to_somebody_else() -> None:
    play = Play(CHOSEN).begun(*FIVE)
    chosen(play)
    play.does(rules.give_role, HOLDER, "bringer", "dee")
    assert [seat.person for seat in play.round.seats if seat.role == "bringer"] == ["dee"]
    with pytest.raises(UserMistake, match="Only the facilitator"):
        play.does(rules.give_role, "ana", "bringer", "ana")


def test_the_sides_are_shown_together_or_not_at_all() -> None:
    play = sided()
    for person in ("ana", "cas", "eli"):
        play.says(person)
    play.wait(60)
    assert only(play.does(rules.close, HOLDER), SideSilent).count == 3
    assert not [one for one in play.round.contributions if one.visible]
    both = sided()
    for person in FIVE:
        both.says(person)
    assert len(only(both.facts, Revealed).contributions) == 5


def test_no_side_begins_with_too_few() -> None:
    play = Play(replace(SIDES, size=Size(4, (4, 9), 9, per_side_min=2)))
    play.does(rules.invite)
    for person in FIVE:
        play.does(rules.join, person, "speak")
        play.does(rules.take_side, person, "A")
    with pytest.raises(UserMistake, match="choose their side"):
        play.does(rules.begin, HOLDER)
    play.does(rules.take_side, "ana", "B")
    play.does(rules.take_side, "bo", "B")
    play.does(rules.begin, HOLDER)
    assert play.round.state == "running"
    play.does(rules.leave, "ana")
    for person in FIVE[1:]:
        play.says(person)
    assert only(play.facts, TooFew).running, "it is not continued one-sided"


def test_in_a_private_round_nothing_is_seen_from_outside() -> None:
    private = made_of(step("write", "collect"), step("talk", "open"), place="private")
    play = Play(private).begun(*FIVE)
    for person in FIVE:
        play.says(person)
    play.says("ana", "only in here")
    for person in (*FIVE, "stranger", ""):
        seen = repr(seen_by(play.round, person).steps)
        assert ("only in here" in seen) == (person in FIVE)
    told = play.does(rules.hear, "bo", "b", "out in the open", message("m"))
    assert only(told, SaidInPublic).person == "bo"
    assert play.round.contribution("b") is None


def test_people_propose_what_is_voted_on() -> None:
    object_ = made_of(step("object", "vote", vote=VoteRule("choice", proposals=True)), step("end", "open"))
    play = Play(object_).begun(*FIVE)
    assert rules.options(play.round, 0) == ()
    play.says("ana", "the handover form")
    play.says("bo", "the first talk")
    for person in FIVE:
        play.votes(person, "bo0")
    assert rules.winner(play.round, 0) == "bo0"


@pytest.mark.parametrize("seed", range(5))
def test_whoever_chance_draws_in_a_group_sits_in_it(seed: int) -> None:
    format_ = made_of(
        step("threes", "groups", groups=GroupRule(size=3), async_h=0),
        step("tell", "open", floor="role:teller", in_groups=True),
        step("end", "open"),
        roles=(Role("teller", {"en": "teller", "nl": "verteller"}),),
    )
    play = Play(format_, seed=seed).begun(*FIVE, "gus")
    assert [len(waited_for(play.round, at)) for at in play.round.at_work] == [1, 1]


def test_who_came_late_chooses_a_side_once_the_others_have_begun_and_then_stays_there() -> None:
    play = sided()
    play.does(rules.join, "late", "speak")
    play.says("late")
    play.does(rules.take_side, "late", "B")
    assert play.round.side_of("late") == "B"
    for person, side in (("late", "A"), ("ana", "B")):
        with pytest.raises(UserMistake, match="You stay on yours"):
            play.does(rules.take_side, person, side)


def test_on_hold_a_chair_is_not_said_to_be_over() -> None:
    play = Play(BOWL).begun(*FIVE)
    for person, pick in zip(FIVE, ("inner", "inner", "listener", "listener", "listener"), strict=True):
        play.votes(person, pick)
    play.does(rules.pause, HOLDER)
    with pytest.raises(UserMistake, match="on hold"):
        play.does(rules.take_chair, "dee", 1)


def observed() -> Play:
    play = Play("place_of_difficulty").begun(*FIVE)
    assert {seat.role for seat in play.round.seats} == {""}
    chosen(play)
    return play


def test_an_observer_is_drawn_before_there_is_something_to_observe() -> None:
    play = observed()
    assert play.step.script.key == "tell"
    [observer] = [seat.person for seat in play.round.seats if seat.role == "observer"]
    assert observer != "bo"
    play.says("bo")
    play.does(rules.skip, HOLDER)
    assert play.step.script.key == "recognise"
    assert not play.has_floor(observer, play.round.current), "who observes is no consultant"


def test_an_observer_who_leaves_is_not_replaced() -> None:
    play = observed()
    [observer] = [seat.person for seat in play.round.seats if seat.role == "observer"]
    play.does(rules.leave, observer)
    play.says("bo")
    play.does(rules.skip, HOLDER)
    play.does(rules.skip, HOLDER)
    assert play.step.script.key == "take"
    play.says("bo")
    assert play.round.state == "wrapping"
    assert not [seat for seat in play.round.seats if seat.role == "observer"]


def test_the_silence_of_who_brings_something_in_is_told_to_the_facilitator_alone() -> None:
    play = observed()
    before = len(play.facts)

    facts = play.wait(24.5)

    assert only(facts, RoleSilent).due_at == play.step.due_at
    assert not {"WentQuiet", "TurnPassedOn", "WordOffered"} & set(kinds(tuple(play.facts[before:])))
    assert (play.step.holder, play.step.turn_due_at) == ("bo", None), "nothing of it shows in the thread"
    play.says("bo", "what happened")
    assert play.step.script.key == "questions"

    play = observed()
    assert play.until(FacilitatorAsked).about == "quiet", "then they decide, as elsewhere"
    assert "WentQuiet" not in kinds(tuple(play.facts))


def bordering() -> Play:
    """Side A has said how they use it, side B has not."""
    play = Play("boundary_object")
    play.does(rules.invite)
    for at, person in enumerate(FIVE):
        play.does(rules.join, person, "speak")
        play.does(rules.take_side, person, "AB"[at % 2])
    play.does(rules.begin, HOLDER)
    play.does(rules.skip, HOLDER)
    assert play.step.script.key == "own"
    return play


def test_who_can_reach_a_silent_side_is_asked_to() -> None:
    play = bordering()
    for person in ("ana", "cas", "eli"):
        play.says(person)
    facts = play.wait(36)
    assert only(facts, SideQuiet).people == (HOLDER,)
    assert "WentQuiet" not in kinds(facts)

    play = bordering()
    play.does(rules.give_role, HOLDER, "broker", "bo")
    play.says("ana")
    assert only(play.wait(36), SideQuiet).people == ("bo",)

    play = bordering()
    assert "WentQuiet" in kinds(play.wait(36)), "where nobody has answered, everybody is asked"


def bowl() -> Play:
    play = Play("fishbowl").begun(*FIVE, "fin")
    for person in ("ana", "bo", "cas"):
        play.votes(person, "inner")
    for person in ("dee", "eli", "fin"):
        play.votes(person, "listener")
    assert play.step.script.key == "bowl"
    return play


def test_where_the_bowl_is_quiet_two_who_listen_are_offered_the_free_chair() -> None:
    play = bowl()
    facts = play.until(ChairOffered)
    assert len(facts.people) == 2
    assert set(facts.people) < {"dee", "eli", "fin"}
    assert facts.step == play.round.current
    play.does(rules.take_chair, facts.people[0], facts.step)
    assert play.has_floor(facts.people[0], facts.step)

    play = bowl()
    play.says("ana")
    assert "ChairOffered" not in kinds(play.wait(80)), "nor where they talk"
    play = bowl()
    for person in ("dee", "eli"):
        play.does(rules.take_chair, person, play.round.current)
    assert "ChairOffered" not in kinds(play.wait(50)), "nor where there is no chair"


def test_whom_the_round_is_about_is_given_no_other_role() -> None:
    watched = replace(CHOSEN, roles=(*CHOSEN.roles, Role("watcher", WORDS)))
    play = Play(watched).begun(*FIVE)
    chosen(play)
    with pytest.raises(UserMistake, match="This one is for somebody else"):
        play.does(rules.give_role, HOLDER, "watcher", "bo")
    assert (play.round.state, play.step.script.key) == ("running", "tell")
    play.does(rules.give_role, HOLDER, "watcher", "cas")


def test_nor_do_they_claim_one() -> None:
    claim = step("seats", "vote", vote=VoteRule("claim", seats=("watcher",)))
    watched = replace(
        CHOSEN,
        steps=(*CHOSEN.steps[:3], claim, CHOSEN.steps[3]),
        roles=(*CHOSEN.roles, Role("watcher", WORDS, filled_by="claim")),
    )
    play = Play(watched).begun(*FIVE)
    play.says(chosen(play))
    with pytest.raises(UserMistake, match="This one is for somebody else"):
        play.votes("bo", "watcher")
    assert play.round.state == "running"
    play.votes("cas", "watcher")


@pytest.mark.parametrize("how", ["all pass", "nobody says anything"])
def test_where_nothing_is_brought_in_the_round_closes(how: str) -> None:
    play = Play("place_of_difficulty").begun(*FIVE)
    if how == "all pass":
        for person in FIVE:
            play.passes(person)
    else:
        facts = play.wait(24 + 12 + 3)
        assert "FacilitatorAsked" not in kinds(facts)
        assert kinds(facts).count("WentQuiet") == 1, "two windows, and no more"
    assert play.round.state == "wrapping"
    opened = [fact.key for fact in play.facts if isinstance(fact, StepOpened)]
    assert opened == ["offers"], "there is nothing to ask about"


def test_who_offered_something_is_not_passed_over_because_others_are_quiet() -> None:
    play = Play("place_of_difficulty").begun(*FIVE)
    play.says("ana")
    assert play.until(FacilitatorAsked).about == "quiet"

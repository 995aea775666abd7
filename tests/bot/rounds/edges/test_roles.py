"""Edge cases of roles and groups: somebody leaves a group or a role, has two roles, or a role has nobody."""

from __future__ import annotations

from typing import Any

import pytest

from bot.chat.text import words
from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.facts import FacilitatorChanged, FacilitatorMissed, RoleGiven
from bot.rounds.notes import stand_in
from bot.rounds.script import Role
from bot.rounds.step_facts import GroupChanged, GroupsFormed, StepSkipped
from bot.rounds.step_rules import GroupRule
from bot.rounds.wording import prompt
from bot.texts.catalogue import LANGUAGES, words_in
from tests.bot.rounds.conversations.circle import Circle
from tests.bot.rounds.play import HOLDER, Play, kinds, made_of, only, step, votes_on
from tests.knock import House

BRINGER = Role("bringer", {"en": "bringer", "nl": "inbrenger"}, filled_by="vote", essential=True)
HELPER = Role("helper", {"en": "helper", "nl": "helper"})
FOUR = ("ana", "bo", "cas", HOLDER)


def about(place: str, **given: Any) -> Any:
    return step("tell", "turns", prompt={"en": f"{{{place}}}, tell.", "nl": f"{{{place}}}, vertel."}, **given)


def case() -> Play:
    """People bring something in, one of them is chosen, and it is about that from then on."""
    steps = step("bring", "collect"), votes_on("choice", gives="bringer"), about("bringer", floor="role:bringer")
    play = Play(made_of(*steps, step("talk", "open"), roles=(BRINGER,))).begun(*FOUR)
    for who in FOUR:
        play.says(who)
    return play


def chosen(play: Play, who: str) -> tuple[Any, ...]:
    facts: tuple[Any, ...] = ()
    for voter in FOUR:
        facts += play.votes(voter, f"{who}0")
    return facts


def test_edge_03_a_role_that_falls_free_follows_its_own_rule() -> None:
    play = case()
    assert only(chosen(play, "bo"), RoleGiven).person == "bo"
    assert play.step.holder == "bo"
    play.does(rules.leave, "bo")
    assert play.round.state == "wrapping", "without whoever brought it in there is nothing to go on with"

    help_ = about("helper", floor="role:helper")
    play = Play(made_of(step("one", "collect"), help_, step("talk", "open"), roles=(HELPER,))).begun(*FOUR)
    for who in FOUR:
        play.says(who)
    play.does(rules.leave, str(play.step.holder))
    assert (play.round.state, play.step.script.key) == ("running", "talk"), "others can go on without theirs"


def test_edge_03_whoever_is_left_alone_joins_the_smallest_group() -> None:
    groups = step("pairs", "groups", groups=GroupRule(size=2))
    play = Play(made_of(groups, step("talk", "open"), size=(2, 9))).begun("ana", "bo", "cas", "dee", "eli", "fin")
    formed = only(play.facts, GroupsFormed)
    assert [len(play.round.groups[number].members) for number in formed.groups] == [2, 2, 2]
    leaver, alone = play.round.groups[formed.groups[0]].members

    facts = play.does(rules.leave, leaver)

    changes = [fact for fact in facts if isinstance(fact, GroupChanged)]
    assert [(fact.person, fact.joined) for fact in changes] == [(leaver, False), (alone, True)]
    sizes = sorted(len(group.members) for group in play.round.groups if not group.over)
    assert sizes == [2, 3]
    assert play.round.group_of(alone) is not None


def test_edge_14_what_a_skipped_step_would_have_given_has_words_of_its_own() -> None:
    steps = step("bring", "collect"), votes_on("choice"), about("choose", floor="all"), about("helper", floor="all")
    play = Play(made_of(*steps, roles=(HELPER,))).begun(*FOUR)
    for who in FOUR:
        play.says(who)

    only(play.does(rules.skip, HOLDER), StepSkipped)

    said = words(prompt(words_in("en"), play.round, play.round.current, {}))
    assert said.lower() == "the first lesson, tell.", "what the round is about"
    assert words(prompt(words_in("nl"), play.round, 3, {})).lower().endswith("helper, vertel.")


def test_edge_17_whoever_holds_the_round_and_is_chosen_needs_a_stand_in() -> None:
    play = case()

    facts = chosen(play, HOLDER)

    assert only(facts, RoleGiven).person == HOLDER
    assert only(facts, FacilitatorMissed).person is None
    assert play.round.facilitator == HOLDER, "until somebody takes over"
    with pytest.raises(UserMistake, match="Join this round first"):
        play.does(rules.accept, "gus")
    assert only(play.does(rules.accept, "cas"), FacilitatorChanged).person == "cas"
    assert play.step.holder == HOLDER, "the word is still theirs"


def test_edge_17_what_is_said_then_names_nobody_who_is_away() -> None:
    play = case()
    chosen(play, HOLDER)

    for language in ("en", "nl"):
        text = "\n".join(words(block.text) for block in stand_in(words_in(language), play.round, {}).blocks[:1])  # type: ignore[union-attr]
        assert "away" not in text
        assert "{" not in text


def test_edge_17_other_roles_go_together() -> None:
    play = Play(made_of(about("helper", floor="role:helper"), step("talk", "open"), roles=(HELPER,)), seed=3)
    play.begun(HOLDER, "bo")
    given = only(play.facts, RoleGiven).person
    assert "FacilitatorMissed" not in kinds(tuple(play.facts)), given
    assert play.round.facilitator == HOLDER


def test_edge_17_nobody_takes_a_round_over_that_is_about_them() -> None:
    play = case()
    chosen(play, "bo")
    play.does(rules.leave, HOLDER)

    with pytest.raises(UserMistake, match="let somebody else hold it"):
        play.does(rules.accept, "bo")
    play.does(rules.accept, "ana")
    assert play.round.facilitator == "ana"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
async def test_a_quiet_bowl_and_a_silent_side_are_told_to_who_can_help(house: House, language: str) -> None:
    circle = Circle(house, language, ("Anna", "Bo", "Cas", "Dia", "Eva", "Fien"), deep=True)
    for who in circle.people.values():
        await who.calls("me quiet off")

    def reached(text: str) -> list[str]:
        begins = circle.label(text, topic="doors", deadline="#").partition("#")[0]
        return [name for name, who in circle.people.items() if any(begins in shown.says for shown in who.direct)]

    await circle.begin("fishbowl", "doors")
    for at, who in enumerate(circle.people.values()):
        await circle.press(who, "Choose", circle.step_heading)
        await who.fills({"pick1": "inner" if at < 3 else "listener"})
    await house.passes(hours=49)
    asked = reached(
        "It is quiet in the inner circle of «{topic}», and a chair is free. Would you come in for a moment? Only if "
        "you feel like it."
    )
    assert len(asked) == 2
    assert set(asked) < {"Dia", "Eva", "Fien"}
    await circle.press(circle.people[asked[0]], "Take the free chair")
    assert (
        circle.label("It is quiet here. Busy days, or not the right question? What would help?") in circle.thread_says
    )
    await circle.anna.calls("round close")

    await circle.begin("boundary_object", "doors")
    await circle.anna.calls("round skip")
    await circle.answer(circle.anna, "We open them.")
    await house.passes(hours=40)
    side = (
        "In «{topic}» one side has not said anything yet, and nothing is shown without it. Could you reach somebody "
        "there? The step stays open until {deadline}."
    )
    assert reached(side) == ["Anna"]

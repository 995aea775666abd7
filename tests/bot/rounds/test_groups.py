from __future__ import annotations

import pytest

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.facts import RoleGiven
from bot.rounds.now import Now
from bot.rounds.parting import part, sizes
from bot.rounds.script import Role
from bot.rounds.step_facts import GroupChanged, GroupsAtWork, GroupsFormed, NudgeDue, StepClosed, StepOpened
from bot.rounds.step_rules import GroupRule
from tests.bot.rounds.play import HOLDER, Play, made_of, only, step

SIX = ("ana", "bo", "cas", "dee", "eli", "gus")
WORDS = {"en": "x", "nl": "x"}
PAIRS = made_of(
    step("two", "groups", groups=GroupRule(2)),
    step("four", "groups", groups=GroupRule(merge=2, reporter=True)),
    step("all", "turns", floor="role:reporter"),
)
CHANGING = made_of(
    step("form", "groups", groups=GroupRule(3)),
    step("ask", "open", floor="role:asker", repeat="each", in_groups=True),
    step("back", "turns", floor="role:asker", repeat="each", in_groups=True),
    step("end", "open"),
    roles=(Role("asker", WORDS, filled_by="lap"), Role("thinker", WORDS, 0, rest=True, filled_by="lap")),
)


def groups(play: Play) -> list[tuple[str, ...]]:
    return [group.members for group in play.round.groups if not group.over]


def mine(play: Play, person: str) -> int:
    return rules.own_step(play.round, person)


def done(play: Play, *people: str) -> None:
    for person in people:
        play.does(rules.say_done, person, mine(play, person))


@pytest.mark.parametrize("people", range(2, 41))
@pytest.mark.parametrize("size", [2, 3, 4])
@pytest.mark.parametrize("larger", [True, False])
def test_everybody_is_in_one_group_and_nobody_alone(people: int, size: int, larger: bool) -> None:
    found = sizes(people, size, larger=larger)
    assert sum(found) == people
    assert min(found) >= 2
    assert len(found) == 1 or max(found) <= max(size + 1, 3)


def test_people_are_exchanged_until_nobody_is_with_whom_they_were() -> None:
    together = {frozenset(("a", "b")), frozenset(("c", "d"))}
    found = part("abcd", (2, 2), lambda one, two: frozenset((one, two)) in together)
    assert not {frozenset(group) for group in found} & together


def test_pairs_work_side_by_side_and_the_round_goes_on_when_all_are_ready() -> None:
    play = Play(PAIRS).begun(*SIX)
    assert [len(group) for group in groups(play)] == [2, 2, 2]
    assert len(only(play.facts, GroupsFormed).groups) == 3
    assert only(play.facts, GroupsAtWork).step == 0
    assert len([fact for fact in play.facts if isinstance(fact, StepOpened)]) == 3
    first, second, third = groups(play)
    done(play, *first)
    assert mine(play, first[0]) == play.round.current
    with pytest.raises(UserMistake, match="over"):
        play.does(rules.contribute, first[0], mine(play, first[0]), "x", "more")
    play.does(rules.contribute, second[0], mine(play, second[0]), "y", "we are still at it")
    done(play, *second, *third)
    assert [run.script.key for run in play.round.steps if run.state == "split"] == ["four"]


def test_pairs_are_merged_to_fours_and_each_table_has_a_reporter() -> None:
    play = Play(PAIRS).begun(*SIX)
    done(play, *SIX)
    assert sorted(len(group) for group in groups(play)) == [2, 4]
    done(play, *SIX)
    run = play.step
    assert run.script.key == "all"
    assert run.holder is not None
    reporters = {run.holder, *run.queue}
    assert len(reporters) == 2
    assert all(len(reporters & set(group.members)) == 1 for group in play.round.groups if not group.over)


def test_each_group_has_its_own_time() -> None:
    play = Play(PAIRS, preset="live").begun(*SIX)
    first, *_ = groups(play)
    for person in first:
        play.does(rules.need_time, person, mine(play, person))
    dues = {play.round.steps[at].due_at for at in play.round.at_work}
    assert len(dues) == 2


def test_a_pair_that_has_begun_is_not_nudged() -> None:
    play = Play(PAIRS).begun(*SIX)
    first, *_ = groups(play)
    play.does(rules.contribute, first[0], mine(play, first[0]), "x", "here is mine")
    nudged = {person for fact in play.wait(20) if isinstance(fact, NudgeDue) for person in fact.people}
    assert nudged == set(SIX) - set(first)


def test_a_group_of_one_merges_into_the_smallest_group() -> None:
    play = Play(PAIRS).begun(*SIX)
    first, *_ = groups(play)
    facts = play.does(rules.leave, first[0])
    assert [fact.joined for fact in facts if isinstance(fact, GroupChanged)] == [False, True]
    assert sorted(len(group) for group in groups(play)) == [2, 3]
    assert len(play.round.at_work) == 2
    done(play, *(person for person in SIX if person != first[0]))
    assert play.step.script.key == "four"


def test_somebody_late_goes_to_the_smallest_group() -> None:
    play = Play(PAIRS).begun(*SIX[:5])
    play.does(rules.join, "gus", "speak")
    assert sorted(len(group) for group in groups(play)) == [3, 3]
    assert mine(play, "gus") in play.round.at_work


def test_two_who_were_together_are_not_so_again() -> None:
    again = made_of(*(step(key, "groups", groups=GroupRule(2, prefer="not_recently_together")) for key in "ab"))
    play = Play(again).begun(*SIX)
    before = {frozenset(group) for group in groups(play)}
    done(play, *SIX)
    assert not before & {frozenset(group) for group in groups(play)}


def test_different_people_come_together() -> None:
    play = Play(made_of(step("mix", "groups", groups=GroupRule(2, prefer="different"))))
    play.does(rules.invite)
    for person in SIX:
        play.does(rules.join, person, "speak")
    known = {person: (("north", "south")[at % 2], "teacher") for at, person in enumerate(SIX)}
    play.take(rules.begin(play.round, HOLDER, Now(play.at, 7, known=known)))
    for one, two in groups(play):
        assert known[one] != known[two]


def test_in_every_group_everybody_has_their_lap() -> None:
    play = Play(CHANGING).begun(*SIX)
    done(play, *SIX)
    asked: dict[str, int] = {}
    for _ in range(60):
        open_ = [at for at in play.round.at_work if play.round.steps[at].group is not None]
        if not open_:
            break
        run = play.round.steps[open_[0]]
        asked[run.lap] = asked.get(run.lap, 0) + 1
        if run.script.mode == "open":
            play.does(rules.say_done, run.lap, open_[0])
        else:
            play.does(rules.contribute, run.lap, open_[0], f"c{open_[0]}", "what I take along")
    assert asked == dict.fromkeys(SIX, 2)
    assert play.step.script.key == "end"


def test_only_whose_lap_it_is_is_asked_and_the_others_think_along() -> None:
    play = Play(CHANGING).begun(*SIX)
    done(play, *SIX)
    at = play.round.at_work[0]
    asker = play.round.steps[at].lap
    other = next(person for person in play.round.groups[0].members if person != asker)
    stranger = next(person for person in SIX if person not in play.round.groups[0].members)
    for person in (other, stranger):
        with pytest.raises(UserMistake, match="asks only some of you"):
            play.does(rules.contribute, person, at, "x", "let me")


def test_somebody_who_leaves_in_their_lap_takes_it_with_them() -> None:
    play = Play(CHANGING).begun(*SIX)
    done(play, *SIX)
    at = play.round.at_work[0]
    asker, group = play.round.steps[at].lap, play.round.steps[at].group
    assert group is not None
    play.does(rules.leave, asker)
    now = next(play.round.steps[step] for step in play.round.at_work if play.round.steps[step].group == group)
    assert now.lap in play.round.groups[group].members
    assert now.script.key == "ask"


def test_left_alone_groups_come_to_their_end() -> None:
    play = Play(CHANGING).begun(*SIX)
    facts = play.wait(24 * 60)
    assert {fact.key for fact in facts if isinstance(fact, StepClosed)} >= {"form", "ask", "back"}
    assert play.round.ended


def test_the_facilitator_skips_what_all_groups_do() -> None:
    play = Play(PAIRS).begun(*SIX)
    play.does(rules.skip, HOLDER)
    assert play.step.script.key == "four"
    assert not [fact for fact in play.facts if isinstance(fact, RoleGiven)]


def test_a_pause_stops_the_clocks_of_all_groups() -> None:
    play = Play(PAIRS).begun(*SIX)
    before = {at: play.round.steps[at].due_at for at in play.round.at_work}
    play.does(rules.pause, HOLDER)
    play.wait(48)
    play.does(rules.resume, HOLDER)
    for at, due in before.items():
        later = play.round.steps[at].due_at
        assert due is not None
        assert later is not None
        assert (later - due).total_seconds() == 48 * 3600


def reporters(play: Play) -> list[list[str]]:
    """Those of each group."""
    roles = {seat.person: seat.role for seat in play.round.seats}
    return [[person for person in group if roles[person] == "reporter"] for group in groups(play)]


def at_tables(people: tuple[str, ...]) -> Play:
    """Pairs that became tables, each with a reporter."""
    play = Play(PAIRS).begun(*people)
    done(play, *people)
    assert all(len(each) == 1 for each in reporters(play))
    return play


def test_who_comes_from_a_table_that_is_no_more_does_not_report_beside_another() -> None:
    play = at_tables(SIX)
    pair = next(group for group in groups(play) if len(group) == 2)
    [reporter] = next(each for each in reporters(play) if each[0] in pair)
    [other] = [person for person in pair if person != reporter]
    play.does(rules.leave, other)
    assert len(groups(play)) == 1
    assert reporter in groups(play)[0]
    [[stays]] = reporters(play)
    assert stays not in pair


@pytest.mark.parametrize("way", ["leaves", "listens"])
def test_a_table_whose_reporter_is_gone_has_another_one(way: str) -> None:
    play = at_tables((*SIX, "hal", "ivo"))
    [[reporter], _] = reporters(play)
    play.does(*((rules.leave, reporter) if way == "leaves" else (rules.join, reporter, "listen")))
    found = reporters(play)
    assert all(len(each) == 1 for each in found)
    assert [reporter] not in found
    done(play, *(person for group in groups(play) for person in group))
    assert {play.step.holder, *play.step.queue} == {each[0] for each in found}


def test_a_reporter_who_goes_before_their_turn_leaves_it_to_their_table() -> None:
    play = at_tables((*SIX, "hal", "ivo"))
    done(play, *(person for group in groups(play) for person in group))
    first = play.step.holder
    assert first is not None
    table = next(group for group in groups(play) if first in group)
    play.does(rules.leave, first)
    waiting = {play.step.holder, *play.step.queue}
    assert len(waiting & set(table)) == 1
    assert len(waiting) == 2


def test_a_reporter_who_goes_after_their_turn_is_not_followed() -> None:
    play = at_tables((*SIX, "hal", "ivo"))
    done(play, *(person for group in groups(play) for person in group))
    first = play.step.holder
    assert first is not None
    play.says(first)
    table = next(group for group in groups(play) if first in group)
    play.does(rules.leave, first)
    assert not {play.step.holder, *play.step.queue} & set(table)


def test_who_stays_alone_when_the_tables_are_done_still_tells_of_theirs() -> None:
    play = at_tables(SIX)
    done(play, *SIX)
    pair = next(group for group in groups(play) if len(group) == 2)
    [reporter] = next(each for each in reporters(play) if each[0] in pair)
    play.does(rules.leave, next(person for person in pair if person != reporter))
    assert reporter in {play.step.holder, *play.step.queue}
    assert len(groups(play)) == 2


def test_a_reporter_who_gets_another_role_is_followed() -> None:
    roles = (Role("scribe", WORDS),)
    play = Play(made_of(*PAIRS.steps, roles=roles)).begun(*SIX)
    done(play, *SIX)
    [[reporter], _] = reporters(play)
    play.does(rules.give_role, HOLDER, "scribe", reporter)
    assert [reporter] not in reporters(play)
    assert all(len(each) == 1 for each in reporters(play))


def test_a_trio_of_two_still_takes_somebody_in() -> None:
    play = Play("trio_consult").begun("ana", "bo", "cas")
    for who in ("ana", "bo", "cas"):
        play.says(who)
    assert play.step.state == "split"
    with pytest.raises(UserMistake, match="too far on to speak"):
        play.does(rules.join, "dee", "speak")

    play.does(rules.leave, "cas")
    play.does(rules.join, "dee", "speak")

    assert play.round.group_of("dee") == play.round.group_of("ana")
    with pytest.raises(UserMistake, match="too far on to speak"):
        play.does(rules.join, "eli", "speak")

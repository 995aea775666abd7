from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import UserMistake
from bot.rounds import course, rules
from bot.rounds.script import Role
from bot.rounds.step_facts import StepOpened, StepSkipped, WentQuiet, WordOffered
from bot.rounds.step_rules import Field, GroupRule, Guard, Limit, Option, VoteRule
from tests.bot.rounds.play import HOLDER, Play, made_of, only, step

THREE = ("ana", "bo", "cas")
WORDS = {"en": "x", "nl": "x"}
ANSWERS = (Option("yes", WORDS), Option("almost", WORDS), Option("no", WORDS))
MIRRORED = made_of(
    step("say", "turns", floor="role:speaker", repeat="each"),
    step("mirror", "turns", floor="role:mirror", repeat="until", tries=3),
    step("check", "vote", floor="role:speaker", repeat="until", tries=3, vote=VoteRule("choice", options=ANSWERS)),
    step("respond", "turns", floor="role:mirror", repeat="each"),
    step("after", "collect"),
    roles=(Role("speaker", WORDS, filled_by="lap"), Role("mirror", WORDS, filled_by="lap")),
)
BESIDE = made_of(
    step("bowl", "open", floor="inner", async_h=24),
    step("ears", "collect", floor="not:role:inner", parallel_with="bowl", async_h=48),
    step("end", "open"),
    roles=(Role("inner", WORDS),),
)


def lap(play: Play, *answers: str) -> tuple[str, str]:
    """One whole lap with these answers to the check; who spoke and who mirrored."""
    speaker = play.step.holder or ""
    play.says(speaker)
    mirror = play.step.holder or ""
    for answer in answers:
        play.does(rules.contribute, mirror, play.round.current, f"m{play.round.current}", "so you mean")
        play.votes(speaker, answer)
    assert play.step.script.key == "respond"
    play.does(rules.contribute, mirror, play.round.current, f"r{play.round.current}", "my view")
    return speaker, mirror


def test_everybody_has_a_lap_and_the_paired_role_is_the_next_in_the_ring() -> None:
    play = Play(MIRRORED).begun(*THREE)
    ring = play.round.ring
    assert set(ring) == set(THREE)
    assert [lap(play, "yes") for _ in THREE] == list(zip(ring, (*ring[1:], ring[0]), strict=True))
    assert play.step.script.key == "after"


def test_the_loop_ends_at_the_first_yes_or_after_so_many_tries() -> None:
    play = Play(MIRRORED).begun(*THREE)
    lap(play, "almost", "yes")
    lap(play, "no", "almost", "no")
    tried = [run.lap for run in play.round.steps if run.script.key == "check" and run.state == "closed"]
    assert [tried.count(person) for person in play.round.ring] == [2, 3, 0]


def test_a_seat_that_leaves_is_taken_out_of_the_ring() -> None:
    play = Play(MIRRORED).begun(*THREE)
    first, second, third = play.round.ring
    play.says(first)
    play.does(rules.leave, second)
    assert play.step.holder == third, "the next in the ring mirrors now"
    play.does(rules.contribute, third, play.round.current, "m", "so you mean")
    play.votes(first, "yes")
    play.does(rules.contribute, third, play.round.current, "r", "my view")
    assert lap(play, "yes") == (third, first)
    assert play.step.script.key == "after"


def test_whose_lap_it_is_leaves_and_the_next_lap_begins() -> None:
    play = Play(MIRRORED).begun(*THREE)
    first, second, _ = play.round.ring
    play.says(first)
    play.does(rules.leave, first)
    assert (play.step.script.key, play.step.lap) == ("say", second)


def test_a_question_in_other_words_is_asked_so_in_every_later_lap() -> None:
    play = Play(MIRRORED).begun(*THREE)
    lap(play, "yes")
    play.does(rules.reword, HOLDER, "How do you see it?")
    lap(play, "almost", "yes")
    assert (play.step.script.key, play.step.prompt) == ("say", "How do you see it?")
    first, *later = (run.prompt for run in play.round.steps if run.script.key == "say")
    assert first == "", "what was asked before stays as it was asked"
    assert set(later) == {"How do you see it?"}
    assert {run.prompt for run in play.round.steps if run.script.key != "say"} == {""}


def test_a_late_seat_is_added_at_the_end_of_the_ring() -> None:
    play = Play(MIRRORED).begun(*THREE)
    lap(play, "yes")
    play.does(rules.join, "dee", "speak")
    assert play.round.ring[-1] == "dee"
    assert [lap(play, "yes")[0] for _ in range(3)] == [*play.round.ring[1:3], "dee"]


def test_silence_in_a_lap_holds_nobody_up() -> None:
    play = Play(MIRRORED).begun(*THREE)
    facts = play.wait(24 * 40)
    assert not [fact for fact in facts if isinstance(fact, WentQuiet) and play.round.steps[fact.step].lap]
    assert play.round.ended


def test_steps_that_stand_beside_each_other_open_together() -> None:
    play = Play(BESIDE).begun(*THREE)
    assert [play.round.steps[at].script.key for at in play.round.at_work] == ["bowl", "ears"]
    inner = next(seat.person for seat in play.round.seats if seat.role == "inner")
    others = [person for person in THREE if person != inner]
    play.does(rules.say_done, inner, 0)
    assert [play.round.steps[at].script.key for at in play.round.at_work] == ["ears"]
    for person in others:
        play.does(rules.contribute, person, 1, person, "a question")
    assert play.step.script.key == "end"


def test_of_steps_that_are_open_together_each_closes_at_its_own_time() -> None:
    play = Play(BESIDE).begun(*THREE)
    inner = next(seat.person for seat in play.round.seats if seat.role == "inner")
    play.does(rules.contribute, inner, 0, "c", "as over coffee")
    play.wait(30)
    assert [play.round.steps[at].script.key for at in play.round.at_work] == ["ears"]


def test_what_comes_after_steps_that_are_skipped_together_opens_once() -> None:
    play = Play(BESIDE).begun(*THREE)
    facts = play.does(rules.skip, HOLDER)
    assert [fact.key for fact in facts if isinstance(fact, StepSkipped)] == ["bowl", "ears"]
    assert [fact.key for fact in facts if isinstance(fact, StepOpened)] == ["end"]
    mirrored = replace(MIRRORED, steps=(*BESIDE.steps[:2], *MIRRORED.steps), roles=(*BESIDE.roles, *MIRRORED.roles))
    play = Play(mirrored).begun(*THREE)
    play.does(rules.skip, HOLDER)
    assert [play.round.steps[at].script.key for at in play.round.at_work] == ["say"]
    pairs = step("pairs", "groups", groups=GroupRule(2))
    play = Play(replace(BESIDE, steps=(*BESIDE.steps[:2], pairs))).begun(*THREE, "dee")
    play.does(rules.skip, HOLDER)
    assert len(play.round.groups) == len(play.round.at_work) == 2


def test_a_step_is_played_only_when_its_guard_holds() -> None:
    wanted = Field("help", WORDS, (Option("ideas", WORDS), Option("listening", WORDS)))
    guarded = made_of(
        step("tell", "collect", fields=(wanted,)),
        step("ideas", "open", when=Guard("field", "help", "ideas")),
        step("many", "open", when=Guard("size", value="4")),
        step("seen", "open", when=Guard("role", "observer")),
        step("end", "open"),
        roles=(Role("observer", WORDS, from_size=5),),
    )
    for said, asked in (("ideas", "ideas"), ("listening", "end")):
        play = Play(guarded).begun(*THREE)
        for person in THREE:
            fields = (("help", said),)
            play.does(rules.contribute, person, 0, person, "x", fields=fields)
        assert play.step.script.key == asked
    assert [fact.key for fact in play.facts if isinstance(fact, StepSkipped)] == ["ideas", "many", "seen"]
    five = Play(guarded).begun(*THREE, "dee", "eli")
    for _ in range(5):
        for person in (*THREE, "dee", "eli") if five.round.state == "running" else ():
            five.says(person)
        five.wait(30)
    assert {"many", "seen"} <= {fact.key for fact in five.facts if isinstance(fact, StepOpened)}


def test_nobody_says_more_than_the_step_has_room_for() -> None:
    limited = made_of(step("ask", "open", limit=Limit(2)), step("end", "open"))
    play = Play(limited).begun(*THREE)
    for at in range(2):
        play.says("ana", id_=f"a{at}")
    with pytest.raises(UserMistake, match="at most"):
        play.says("ana", id_="a2")
    play.says("bo")


def test_newcomers_have_the_word_first() -> None:
    first = made_of(step("turn", "turns", order="newcomers_first"))
    play = Play(first)
    play.does(rules.invite)
    for person in THREE:
        play.does(rules.join, person, "speak")
    before = {"ana": 4, "bo": 0, "cas": 1}
    play.take(rules.begin(play.round, HOLDER, play.knowing(rounds=before)))
    assert (play.step.holder, *play.step.queue) == ("bo", "cas", "ana")


TWICE_ROUND = made_of(
    step("first", "turns", floor="role:speaker", repeat="each"),
    step("between", "collect"),
    step("second", "turns", floor="role:speaker", repeat="each"),
    roles=(Role("speaker", WORDS, filled_by="lap"),),
)
FOUR = (*THREE, "dia")


@pytest.mark.parametrize("seed", range(5))
def test_what_was_before_stands_in_the_order_in_which_its_own_laps_went(seed: int) -> None:
    """Also where things go round a second time, in another order."""
    play = Play(TWICE_ROUND, seed=seed).begun(*FOUR)
    went = []
    for _ in FOUR:
        went.append(play.step.lap)
        play.says(play.step.lap)
    play.seed += 100
    for person in FOUR:
        play.says(person)
    for _ in FOUR[1:]:
        play.says(play.step.lap)
    before = [play.round.steps[at] for at in course.earlier(play.round, play.round.current)]
    assert [run.lap for run in before if run.script.key == "first"] == went[::-1]


def test_in_a_group_things_go_round_once_also_behind_a_step_that_is_played_once() -> None:
    format_ = made_of(
        step("threes", "groups", groups=GroupRule(size=3), async_h=0),
        step("hello", "open", in_groups=True),
        step("ask", "turns", floor="role:speaker", in_groups=True, repeat="each"),
        step("end", "open"),
        roles=(Role("speaker", WORDS, filled_by="lap"),),
    )
    play = Play(format_).begun(*THREE)
    for person in THREE:
        play.does(rules.say_done, person, play.round.at_work[0])
    laps = []
    while play.step.script.key != "end":
        (at,) = play.round.at_work
        laps.append(play.round.steps[at].lap)
        play.does(rules.contribute, play.round.steps[at].holder, at, f"c{at}", "words")
    assert sorted(laps) == sorted(THREE)


def test_nobody_else_reads_what_was_for_whose_lap_it_was_once_they_have_left() -> None:
    format_ = made_of(
        step("gift", "collect", floor="not:role:speaker", reveal="to:role:speaker", repeat="each"),
        step("end", "open"),
        roles=(Role("speaker", WORDS, filled_by="lap"),),
    )
    play = Play(format_).begun(*FOUR)
    first = play.step.lap
    givers = [person for person in FOUR if person != first]
    for person in givers:
        play.does(rules.contribute, person, 0, person, f"for {first} by {person}")
    play.does(rules.leave, first)
    for reader in givers:
        read = [answer.author for answer in play.seen(reader).steps[0].answers]
        assert read == [reader], "only their own"


def mirroring() -> tuple[Play, str, str, str]:
    """The speaker has spoken; who mirrors, and who else is there."""
    play = Play("paraphrase_check").begun(*THREE)
    speaker, mirror, other = play.round.ring
    play.says(speaker, "how I see it")
    assert (play.step.script.key, play.step.holder) == ("mirror", mirror)
    return play, speaker, mirror, other


def test_somebody_else_mirrors_where_the_mirror_is_silent() -> None:
    play, speaker, mirror, other = mirroring()
    assert not play.has_floor(other, play.round.current)

    facts = play.wait(12)

    assert only(facts, WordOffered).due_at == play.step.due_at
    with pytest.raises(UserMistake, match="asks only some of you"):
        play.says(speaker, "I meant it so")
    play.says(other, "so you mean")
    assert play.step.script.key == "check"
    play.votes(speaker, "yes")
    assert (play.step.script.key, play.step.holder) == ("respond", mirror), "they have their own view all the same"


def test_where_nobody_mirrors_nobody_is_asked_whether_they_were_understood() -> None:
    play, speaker, mirror, _ = mirroring()
    while play.step.lap == speaker:
        play.next()
    assert (play.step.script.key, play.step.lap) == ("say", mirror)
    assert {run.script.key for run in play.round.steps if run.lap == speaker and run.opened_at} == {"say", "mirror"}


@pytest.mark.parametrize("passes", [True, False])
def test_nobody_mirrors_again_where_the_speaker_does_not_say_whether_it_was_right(passes: bool) -> None:
    play, speaker, mirror, _ = mirroring()
    play.says(mirror, "so you mean")
    if passes:
        play.passes(speaker)
    while play.step.script.key == "check":
        play.next()
    assert (play.step.script.key, play.step.holder) == ("respond", mirror)


def test_the_mirror_may_still_do_it_and_others_only_then() -> None:
    play, _, mirror, other = mirroring()
    with pytest.raises(UserMistake, match="asks only some of you"):
        play.says(other, "so you mean")
    play.wait(13)
    play.says(mirror, "so you mean")
    assert play.step.script.key == "check"


def test_where_nobody_else_could_it_closes_in_its_time() -> None:
    play = Play("paraphrase_check").begun("ana", "bo")
    play.says(str(play.step.holder), "how I see it")
    facts = play.wait(14)
    assert not [fact for fact in facts if isinstance(fact, WordOffered)]
    play, *_ = mirroring()
    assert len([fact for fact in play.wait(30) if isinstance(fact, WordOffered)]) == 1
    assert play.step.script.key != "mirror", "once is enough"


@pytest.mark.parametrize("passes", [True, False])
def test_where_a_speaker_says_nothing_there_is_nothing_to_mirror(passes: bool) -> None:
    play = Play("paraphrase_check").begun(*THREE)
    first, second, third = play.round.ring
    if passes:
        play.passes(first)
    while play.step.lap == first:
        play.next()
    assert (play.step.script.key, play.step.lap) == ("say", second)
    assert [run.script.key for run in play.round.steps if run.lap == first and run.opened_at] == ["say"]
    play.says(second, "how I see it")
    assert (play.step.script.key, play.step.holder) == ("mirror", third)


def test_where_no_speaker_says_anything_people_come_together_all_the_same() -> None:
    play = Play("paraphrase_check").begun("ana", "bo")
    for speaker in play.round.ring:
        play.passes(speaker)
    assert play.step.script.key == "after"


def trio() -> Play:
    """Everybody in the trio is ready to ask."""
    play = Play("trio_consult").begun(*THREE)
    for who in THREE:
        play.says(who)
    return play


def laps_of(play: Play, key: str) -> list[str]:
    return [run.lap for run in play.round.steps if run.script.key == key and run.group is not None]


def now_open(play: Play) -> int:
    [step_] = play.round.at_work
    return step_


def test_who_asks_nothing_goes_last_and_once() -> None:
    play = trio()
    first, second, third = play.round.groups[0].members
    assert laps_of(play, "ask") == [first]

    facts = play.wait(10)

    assert "StepSkipped" not in [type(fact).__name__ for fact in facts]
    assert laps_of(play, "ask")[1:] == [second], "their question comes first"
    assert laps_of(play, "think_aloud") == []
    for asker in (second, third):
        assert play.round.steps[now_open(play)].lap == asker
        play.does(rules.contribute, asker, now_open(play), f"q{asker}", "What would you do?")
        for _ in ("ask", "think_aloud", "back"):
            play.does(rules.skip, HOLDER)
    assert play.round.steps[now_open(play)].lap == first, "now they can still ask"
    assert play.round.steps[now_open(play)].script.key == "ask"
    play.wait(10)
    assert play.round.steps[now_open(play)].script.key == "think_aloud", "a second silence is no reason to begin again"


def test_who_asks_or_says_they_are_done_is_not_put_last() -> None:
    for says in (True, False):
        play = trio()
        first, *_ = play.round.groups[0].members
        if says:
            play.does(rules.contribute, first, now_open(play), "q", "What would you do?")
        else:
            play.does(rules.say_done, first, now_open(play))
        play.wait(10)
        assert (play.round.steps[now_open(play)].script.key, play.round.steps[now_open(play)].lap) == (
            "think_aloud",
            first,
        )

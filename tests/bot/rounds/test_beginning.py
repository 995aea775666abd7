from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.facts import FormatSwitched, RoundCancelled, RoundInvited, SeatTaken, SeatWaiting, TooFew
from bot.rounds.formats import shipped
from bot.rounds.model import Settings
from bot.rounds.step_facts import StepOpened
from tests.bot.rounds.play import ALWAYS, HOLDER, MONDAY, OFFICE, PLACE, Play, kinds, made_of, only, step

FRIDAY = MONDAY + timedelta(days=4, hours=6)


def test_an_invitation_stands_for_a_day() -> None:
    play = Play("reveal_together")

    invited = only(play.does(rules.invite), RoundInvited)

    assert (invited.format, invited.topic, invited.facilitator) == ("reveal_together", "the first lesson", HOLDER)
    assert play.round.due == invited.begins_at == MONDAY + timedelta(hours=24)


def test_an_invitation_of_friday_begins_in_the_facilitators_next_working_hour() -> None:
    play = Play("reveal_together", hours={HOLDER: OFFICE})
    play.at = FRIDAY

    play.does(rules.invite)

    assert play.round.begins_at == MONDAY + timedelta(days=7, hours=-1)  # nine o'clock in Amsterdam


def test_a_live_invitation_stands_for_ten_minutes_at_any_hour() -> None:
    play = Play("reveal_together", preset="live", hours={HOLDER: OFFICE})
    play.at = FRIDAY

    play.does(rules.invite)

    assert play.round.begins_at == FRIDAY + timedelta(minutes=10)


def test_it_begins_by_itself_with_enough_people() -> None:
    play = Play("reveal_together")
    play.does(rules.invite)
    for person in ("ana", "bo", "cas"):
        play.does(rules.join, person, "speak")

    facts = play.next()

    assert kinds(facts) == ["RoundBegan", "StepOpened"]
    assert only(facts, StepOpened).floor == ("ana", "bo", "cas")
    assert play.round.state == "running"


def test_it_begins_earlier_when_the_facilitator_says_so() -> None:
    play = Play("reveal_together").begun("ana", "bo", "cas")

    assert play.step.opened_at == MONDAY
    assert play.step.due_at == MONDAY + timedelta(hours=24)


def test_with_too_few_it_waits_a_day_once_and_is_let_go() -> None:
    play = Play("reveal_together")
    play.does(rules.invite)
    play.does(rules.join, "ana", "speak")

    few = only(play.next(), TooFew)
    assert (few.have, few.need, few.running, few.until) == (1, 3, False, MONDAY + timedelta(hours=48))
    assert play.round.state == "inviting"

    assert only(play.next(), RoundCancelled).why == "too_few"
    assert play.round.ended


def test_waiting_a_day_is_what_it_does_anyway() -> None:
    play = Play("reveal_together")
    play.does(rules.invite)
    play.next()
    before = play.round

    assert play.does(rules.wait_a_day, HOLDER) == ()
    assert play.round == before


def test_the_facilitator_may_wait_a_day_before_the_time_comes() -> None:
    play = Play("reveal_together")
    play.does(rules.invite)
    play.at += timedelta(hours=20)

    play.does(rules.wait_a_day, HOLDER)

    assert play.round.begins_at == MONDAY + timedelta(hours=44)


def test_two_people_are_offered_a_format_for_two() -> None:
    play = Play("talking_circle")
    play.does(rules.invite)
    play.does(rules.join, "ana", "speak")
    play.does(rules.join, "bo", "speak")
    play.next()

    other = rules.alternative(play.round, shipped().values())

    assert other is not None
    assert other.id == "paraphrase_check"
    facts = play.does(rules.switch, HOLDER, other)
    assert kinds(facts)[:3] == ["FormatSwitched", "RoundBegan", "StepOpened"]
    assert only(facts, FormatSwitched).format == play.round.format.id == other.id
    assert [run.script.key for run in play.round.steps] == [one.key for one in other.steps]


@pytest.mark.parametrize("format_", ["reveal_together", "place_of_difficulty"])
def test_a_thread_stays_as_private_as_it_is(format_: str) -> None:
    """What was said for all to read does not go on behind a door, nor the other way round."""
    play = Play(format_).begun("ana", "bo", "cas", "dia")
    private = play.round.format.private
    for person in ("dia", "cas", "bo"):
        if len(play.round.speakers) >= play.round.format.size.min:
            play.does(rules.leave, person)
    for person in play.round.speakers:
        play.says(person)
    assert play.round.asked is not None
    assert play.round.asked.about == "too_few"
    others = [one for one in shipped().values() if one.private != private and one.id != format_]
    assert rules.alternative(play.round, others) is None
    for other in others:
        if other.size.min <= len(play.round.speakers) <= other.size.max:
            with pytest.raises(UserMistake, match="its thread stays as private as it is"):
                play.does(rules.switch, HOLDER, other)


def test_nothing_suits_one_person_alone() -> None:
    play = Play("talking_circle")
    play.does(rules.invite)
    play.does(rules.join, "ana", "speak")

    assert rules.alternative(play.round, shipped().values()) is None
    with pytest.raises(UserMistake, match=r"You are \{have\}"):
        play.does(rules.switch, HOLDER, shipped()["harvest"])


def test_the_facilitator_may_let_it_rest() -> None:
    play = Play("talking_circle")
    play.does(rules.invite)

    assert only(play.does(rules.rest, HOLDER), RoundCancelled).why == "too_few"


def test_people_speak_listen_or_skip() -> None:
    play = Play("reveal_together")
    play.does(rules.invite)

    assert only(play.does(rules.join, "ana", "speak"), SeatTaken) == SeatTaken("r1", "ana", "speak", None)
    assert only(play.does(rules.join, "bo", "listen"), SeatTaken).way == "listen"
    assert play.does(rules.decline, "cas") == ()
    assert play.does(rules.join, "ana", "speak") == ()

    seen = play.seen("dee")
    assert (seen.speaking, seen.listening) == (1, 1)


def test_listening_does_not_count_to_begin() -> None:
    play = Play(made_of(step("one", "collect")))
    play.does(rules.invite)
    for person in ("ana", "bo", "cas"):
        play.does(rules.join, person, "listen")

    with pytest.raises(UserMistake, match="This works from"):
        play.does(rules.begin, HOLDER)


def test_a_full_circle_has_a_waiting_list() -> None:
    play = Play(made_of(step("one", "collect"), size=(2, 2)))
    play.does(rules.invite)
    play.does(rules.join, "ana", "speak")
    play.does(rules.join, "bo", "speak")

    assert only(play.does(rules.join, "cas", "speak"), SeatWaiting).person == "cas"
    assert play.round.speakers == ("ana", "bo")

    facts = play.does(rules.leave, "ana")
    assert only(facts, SeatTaken).person == "cas"
    assert play.round.speakers == ("bo", "cas")


@pytest.mark.parametrize(
    ("format_id", "closed", "welcome"),
    [
        ("talking_circle", 2, True),
        ("talking_circle", 3, False),
        ("reveal_together", 3, True),
        ("what_so_what_now_what", 2, True),
        ("what_so_what_now_what", 3, False),
        ("harvest", 3, True),
    ],
)
def test_how_late_one_may_join(format_id: str, closed: int, welcome: bool) -> None:
    play = Play(format_id).begun("ana", "bo", "cas")
    for person in ("ana", "bo", "cas"):
        play.says(person)
    while play.round.current < closed:
        play.does(rules.skip, HOLDER)

    if welcome:
        assert only(play.does(rules.join, "late", "speak"), SeatTaken).step == closed
    else:
        with pytest.raises(UserMistake, match="too far on"):
            play.does(rules.join, "late", "speak")
    assert only(play.does(rules.join, "quiet", "listen"), SeatTaken).way == "listen"


@pytest.mark.parametrize(
    ("topic", "anonymous", "words"),
    [
        ("  ", False, "Say what the round is about"),
        ("x" * 201, False, "at most {most} characters"),
        ("fine", True, "people see who says what"),
    ],
)
def test_what_cannot_be_started(topic: str, anonymous: bool, words: str) -> None:
    play = Play("talking_circle")

    with pytest.raises(UserMistake, match=words):
        rules.draft(
            "r2",
            PLACE,
            shipped()["talking_circle"],
            topic,
            HOLDER,
            play.now,
            community="home",
            settings=Settings(anonymous=anonymous),
        )


def test_a_topic_is_one_line() -> None:
    play = Play("harvest")

    draft = rules.draft("r2", PLACE, shipped()["harvest"], " a\n b ", HOLDER, play.now, community="home")

    assert draft.topic == "a b"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"beside": 2}, "Two rounds are going on"),
        ({"begins_at": MONDAY}, "next 60 days"),
        ({"begins_at": MONDAY + timedelta(days=61)}, "next 60 days"),
    ],
)
def test_what_cannot_be_sent_out(given: dict[str, object], words: str) -> None:
    with pytest.raises(UserMistake, match=words):
        Play("harvest").does(rules.invite, **given)


def test_it_is_sent_out_once() -> None:
    play = Play("harvest")
    play.does(rules.invite, begins_at=MONDAY + timedelta(hours=2))
    assert play.round.due == MONDAY + timedelta(hours=2)

    with pytest.raises(UserMistake, match="sent out already"):
        play.does(rules.invite)


def test_only_the_facilitator_begins() -> None:
    play = Play("harvest")
    play.does(rules.invite)

    with pytest.raises(UserMistake, match="Only the facilitator"):
        play.does(rules.begin, "ana")


def test_nobody_joins_before_or_after() -> None:
    play = Play("harvest", hours={"ana": ALWAYS})
    with pytest.raises(UserMistake, match="still being set up"):
        play.does(rules.join, "ana", "speak")
    play.does(rules.invite)
    play.does(rules.cancel, HOLDER)
    with pytest.raises(UserMistake, match="This round is over"):
        play.does(rules.join, "ana", "speak")


def test_a_draft_nobody_sends_out_is_forgotten() -> None:
    play = Play("harvest")

    assert kinds(play.next()) == ["Purged"]
    assert play.round.state == "cancelled"
    assert play.round.due is None


def test_who_listens_in_a_full_circle_goes_on_listening() -> None:
    play = Play(made_of(step("one", "collect"), size=(2, 2)))
    play.does(rules.invite)
    play.does(rules.join, "lis", "listen")
    play.does(rules.join, "ana", "speak")
    play.does(rules.join, "bo", "speak")

    with pytest.raises(UserMistake, match="The circle is full"):
        play.does(rules.join, "lis", "speak")
    assert play.round.listeners == ("lis",)


def test_an_old_offer_to_let_it_rest_is_none_once_there_are_enough() -> None:
    play = Play("talking_circle")
    play.does(rules.invite)
    play.next()
    for person in ("ana", "bo", "cas"):
        play.does(rules.join, person, "speak")
    for offer, more in ((rules.rest, ()), (rules.switch, (shipped()["harvest"],))):
        with pytest.raises(UserMistake, match="there are enough of you"):
            play.does(offer, HOLDER, *more)
    assert play.round.state == "inviting"

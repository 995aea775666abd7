"""How fast Slack may be asked: never faster than it allows, and hardly slower."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.pacing import Rate
from adapters.slack.pace import IN_A_CHANNEL, RATES, Pace
from bot.chat.actions import Action
from bot.chat.messages import Words, message
from bot.chat.names import Account, Channel, MessageRef, Space
from bot.chat.requests import Edit, FetchThread, OpenThread, Post, React, Request, Upload
from bot.chat.text import plain
from bot.ports import PATIENCE
from tests.adapters.paces import Watch, most_within, sent_at

SCHOOL, COLLEGE = Space("slack", "T1"), Space("slack", "T2")
HELLO = message(Words(plain("hello")))
ABOUT = Action("round.header", "r1")


def post(channel: str, space: Space = SCHOOL) -> Post:
    return Post(Channel(space, channel), HELLO)


def letter(user: str) -> Post:
    return Post(Account(SCHOOL, user), HELLO)


def test_the_first_goes_at_once_and_the_second_in_the_same_channel_a_second_later() -> None:
    watch = Watch()
    pace = Pace(watch.tick)
    assert pace.turn(post("C1")) == 0
    assert pace.turn(post("C1")) == pytest.approx(1)
    assert pace.turn(post("C2")) == 0
    watch.at += 1
    assert pace.turn(post("C1")) == 0


def test_a_place_is_taken_only_when_one_need_not_wait_long() -> None:
    watch = Watch()
    pace = Pace(watch.tick)
    pace.turn(post("C1"))
    for _ in range(5):
        assert pace.turn(post("C1")) == pytest.approx(1)  # asked again and again, it grows no longer
    watch.at += 0.8
    assert pace.turn(post("C1")) == pytest.approx(0.2)
    assert pace.turn(post("C1")) == pytest.approx(1.2)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.floats(0, 3)), min_size=2, max_size=40))
def test_no_channel_gets_two_within_a_second(asked: list[tuple[str, float]]) -> None:
    watch = Watch()
    pace = Pace(watch.tick)
    moments: dict[str, list[float]] = defaultdict(list)
    for channel, pause in asked:
        watch.at += pause
        moments[channel] += sent_at(pace, watch, [post(channel)])
    for each in moments.values():
        assert most_within(each, IN_A_CHANNEL.seconds) == 1


C1 = Channel(SCHOOL, "C1")


@pytest.mark.parametrize(
    ("method", "request_", "slower"),
    [
        ("chat.postMessage", None, 1.05),
        ("chat.update", Edit(C1, ABOUT, HELLO), 1.45),
        ("reactions.add", React(C1, MessageRef(C1, "1.0"), "eyes"), 1.45),
        ("conversations.replies", FetchThread(C1, ABOUT, MessageRef(C1, "1.0")), 1.45),
    ],
)
def test_no_minute_has_more_than_its_rate_and_a_long_run_little_less(
    method: str, request_: Request | None, slower: float
) -> None:
    watch = Watch()
    rate = RATES[method]
    count = rate.limit * 5
    many: list[Request] = [letter(f"U{n}") if request_ is None else request_ for n in range(count)]
    moments = sent_at(Pace(watch.tick), watch, many)
    assert most_within(moments, rate.seconds) <= rate.limit
    assert moments[-1] - moments[0] <= count / rate.limit * rate.seconds * slower


def test_one_workspace_does_not_hold_up_another() -> None:
    watch = Watch()
    pace = Pace(watch.tick, rates={"chat.postMessage": Rate(60, at_once=2)})
    people = (letter(f"U{n}") for n in range(100))
    while pace.turn(next(people)) == 0:
        pass
    assert pace.crowded() == {"slack/T1": pytest.approx(60 / 59)}
    assert pace.turn(post("C1", COLLEGE)) == 0
    watch.at += 1.1
    assert pace.crowded() == {}


def test_opening_a_thread_costs_nothing() -> None:
    watch = Watch()
    pace = Pace(watch.tick)
    assert [pace.turn(OpenThread(Channel(SCHOOL, "C1"), ABOUT, "The talk")) for _ in range(100)] == [0] * 100


def test_when_slack_says_no_that_channel_waits_as_long_as_it_says() -> None:
    watch = Watch()
    pace = Pace(watch.tick)
    pace.turn(post("C1"))
    pace.hold(post("C1"), 30)
    assert pace.turn(post("C1")) == pytest.approx(30)
    assert pace.turn(post("C2")) <= PATIENCE


def test_when_slack_says_no_the_method_goes_on_one_by_one() -> None:
    """A refusal may mean the whole workspace: another channel is still tried, but no burst follows."""
    watch = Watch()
    pace = Pace(watch.tick)
    pace.hold(post("C1"), 30)
    waits = [pace.turn(post(f"C{number}")) for number in range(2, 5)]
    assert waits == pytest.approx([0, RATES["chat.postMessage"].gap, 2 * RATES["chat.postMessage"].gap])


def test_a_no_to_a_thread_that_costs_nothing_holds_nobody_up() -> None:
    watch = Watch()
    pace = Pace(watch.tick)
    pace.hold(OpenThread(Channel(SCHOOL, "C1"), ABOUT, "The talk"), 30)
    assert pace.turn(post("C1")) == 0


def test_who_looks_goes_first_and_what_waits_goes_later() -> None:
    watch = Watch()
    pace = Pace(watch.tick, rates={"chat.postMessage": Rate(60, at_once=1)})
    pace.took("T1", "chat.postMessage")
    assert pace.turn(letter("U1")) == pytest.approx(1)


async def test_what_belongs_to_a_request_under_way_waits_its_turn() -> None:
    watch = Watch()
    pace = Pace(watch.tick, tempo=1000)
    for _ in range(3):
        await pace.wait("T1", "chat.postMessage", "C1")
        watch.at += 0.001
    upload = Upload(Account(SCHOOL, "U1"), "a.json", "{}", HELLO)
    assert pace.turn(upload) == 0

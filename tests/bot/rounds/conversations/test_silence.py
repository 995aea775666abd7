"""When it is quiet, when there are too few, when nobody holds the round, and when the channel is gone."""

from __future__ import annotations

import pytest

from bot.chat.requests import Post
from bot.features import gather
from storage.store import open_store
from tests.bot.rounds.conversations.circle import Circle
from tests.bot.rounds.play import made_of, step
from tests.knock import House, Player


def letters(player: Player, words: str) -> int:
    return sum(words in shown.says for shown in player.direct)


async def test_one_nudge_at_a_decent_hour_to_who_has_said_nothing(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.answer(circle.anna, "I knock.")
    await circle.people["Bo"].presses("Pass", "Step 1 of 4")
    nudge = "There is still room for your voice in «doors»"
    await house.passes(hours=22, minutes=59)
    assert [letters(who, nudge) for who in circle.people.values()] == [0, 0, 0, 0]
    await house.passes(minutes=1)
    assert [letters(who, nudge) for who in circle.people.values()] == [0, 0, 1, 1]


async def test_a_nudge_in_the_day_has_its_three_buttons(house: House) -> None:
    circle = Circle(house)
    for who in circle.people.values():
        await who.calls("me quiet off")
    await circle.begin("reveal_together", "doors")
    await circle.answer(circle.anna, "I knock.")
    await circle.people["Bo"].presses("Pass", "Step 1 of 4")
    await house.passes(hours=15)
    nudge = "There is still room for your voice in «doors», until 2026-11-24 09:00 UTC. Rather not? No need to explain."
    assert [letters(who, nudge) for who in circle.people.values()] == [0, 0, 1, 1]
    cas = circle.people["Cas"]
    assert "[Add mine] [Pass] [I need more time]" in cas.direct[-1].says
    await cas.presses("Add mine")
    await cas.fills({"words": "I ring."})
    assert cas.sees.startswith("Noted.")


async def test_a_step_that_stays_quiet_asks_what_would_help(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await house.passes(hours=25)
    assert "It is quiet here. Busy days, or not the right question? What would help?" in circle.thread_says
    await circle.people["Bo"].presses("Another question")
    assert "without your name" in circle.people["Bo"].sees
    await house.passes(hours=1)
    assert "Somebody in «doors» would like another question." in circle.anna.direct[-1].says
    await circle.anna.presses("Ask it in other words")
    await circle.anna.fills({"The question": "What do you do first?"})
    assert "The question is now: What do you do first?" in circle.thread_says
    assert "What do you do first?" in circle.card


@pytest.mark.parametrize("skipped", [True, False])
async def test_what_would_help_is_asked_only_as_long_as_the_step_goes_on(house: House, skipped: bool) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await house.passes(hours=25)
    assert "[More time] [Another question] [Stop here, no harm done]" in circle.thread_says
    if skipped:
        await circle.anna.calls("round skip")
    else:
        await circle.all_answer()
    assert circle.step_heading == "Step 2 of 4"
    assert "What would help?" not in circle.thread_says
    assert "[Stop here, no harm done]" not in circle.thread_says
    assert "It was quiet here for a while." in circle.thread_says


async def test_quiet_twice_waits_for_the_facilitator_and_then_for_anybody(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await house.passes(hours=48)
    assert "It stays quiet in «doors». What would help?" in circle.anna.direct[-1].says
    assert "Closes: when Anna has decided" in circle.card
    await house.passes(hours=49)
    assert "Anna seems to be away. Would one of you hold the round from here?" in circle.thread_says
    bo = circle.people["Bo"]
    await bo.presses("Let's wait")
    assert bo.sees == "That is fine. Everything stays as it is."
    await bo.presses("I'll hold it")
    assert "Held by: Bo" in circle.card
    await house.passes(hours=1)
    assert "It stays quiet in «doors»." in bo.direct[-1].says
    await bo.presses("Stop here, no harm done", "It stays quiet")
    assert (await circle.round()).state == "wrapping"


@pytest.mark.parametrize("how", ["nobody", "close"])
async def test_nobody_is_asked_to_hold_a_round_that_is_over(house: House, how: str) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await house.passes(hours=97)
    assert "[I'll hold it]" in circle.thread_says
    if how == "close":
        await circle.anna.calls("round close")
    else:
        await house.passes(hours=48)
    assert (await circle.round()).state == {"close": "wrapping", "nobody": "lapsed"}[how]
    assert "[I'll hold it]" not in circle.thread_says
    assert "Here somebody was wanted to hold the round." in circle.thread_says


async def test_quiet_twice_in_a_round_that_nobody_holds_asks_who_would_hold_it(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.anna.leaves()
    assert "Anna seems to be away." in circle.thread_says
    await house.passes(hours=49)
    asks = "Nobody holds this round now. Would one of you hold it from here?"
    assert asks in circle.thread_says
    assert "somebody seems to be away" not in circle.thread_says
    await circle.people["Bo"].presses("I'll hold it", asks)
    assert "Held by: Bo" in circle.card


async def test_a_round_that_nobody_wants_lapses_without_blame(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await house.passes(days=10)
    assert (await circle.round()).state == "lapsed"
    assert "This round has come to rest." in circle.card
    assert "This round has come to rest. What was said stays here" in circle.thread_says
    assert "[My part]" in circle.card, "the note in the thread sends people there"
    assert "[Answer privately]" not in circle.thread_says


async def test_too_few_to_begin(house: House) -> None:
    circle = Circle(house)
    await circle.anna.calls("round start reveal_together doors")
    for name in ("Anna", "Bo"):
        await circle.people[name].presses("I'll speak")
    await circle.anna.calls("round begin")
    assert circle.anna.sees.startswith("So far: 2. This works from 3 people.")
    await house.passes(hours=25)
    asks = "So far: 2. This works from 3 people. Switch to"
    assert asks in circle.card
    assert "Wait a day" not in circle.card, "it has waited"
    assert "[Switch] [Let it rest]" in circle.card
    asked = (
        "«doors» has too few people: 2, and it works from 3. Switch to Do I understand you rightly?, or let it rest?"
    )
    assert asked in circle.anna.direct[-1].says
    await circle.people["Bo"].presses("Switch", asks)
    assert circle.people["Bo"].sees.startswith("Only the facilitator of this round can do that.")
    await circle.anna.presses("Switch", asks)
    assert circle.anna.sees.startswith("The round goes on as")
    assert (await circle.round()).state == "running"
    assert (await circle.round()).format.id == "paraphrase_check"
    assert "Step 1 of 5" in circle.thread_says


async def test_too_few_twice_is_let_go(house: House) -> None:
    circle = Circle(house)
    await circle.anna.calls("round start reveal_together doors")
    await house.passes(days=4)
    assert (await circle.round()).state == "cancelled"
    assert "This round does not go ahead." in circle.card


async def test_too_few_on_the_way(house: House) -> None:
    circle = Circle(house, names=("Anna", "Bo", "Cas"))
    await circle.begin("reveal_together", "doors")
    await circle.all_answer()
    await circle.people["Bo"].calls("round status", circle.thread)
    await circle.people["Bo"].presses("Leave the round")
    await circle.write(circle.anna, "Cas, why?")
    await circle.write(circle.people["Cas"], "Anna, why not?")
    for name in ("Anna", "Cas"):
        await circle.people[name].presses("Done", "Step 2 of 4")
    asks = "So far: 2. This works from 3 people. Wait a day,"
    assert asks in circle.thread_says
    assert asks in circle.card
    await circle.anna.presses("Wait a day", asks)
    assert circle.anna.sees == "We wait a day for more people."
    await circle.anna.presses("Let it rest", asks)
    assert circle.anna.sees == "We let it rest. Nobody did anything wrong."
    assert (await circle.round()).state == "wrapping"


async def test_a_channel_that_is_gone_pauses_the_round(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    old = circle.thread
    house.gone.add(circle.channel)
    await house.person("Eva").calls("round join listen", old)
    assert (await circle.round()).state == "paused"
    letter = "I cannot write in the channel of «doors» any more, so the round is on hold."
    assert letters(circle.anna, letter) == 1
    assert "I do not find #general: it is archived or deleted" in circle.anna.direct[-1].says
    tries = len(house.requests)
    await house.passes(hours=5)
    assert not any(isinstance(request, Post) and request.to == circle.channel for request in house.requests[tries:])
    house.gone.clear()
    await circle.anna.presses("Go on")
    assert circle.anna.sees.startswith("The round goes on.")
    assert circle.thread != old
    assert "We go on. This step is open until" in circle.thread_says
    assert "[Answer privately]" in circle.thread_says
    await circle.all_answer()


async def test_a_round_that_was_never_posted_is_posted_when_it_goes_on(house: House) -> None:
    circle = Circle(house)
    house.gone.add(circle.channel)
    await circle.anna.calls("round start harvest doors")
    assert (await circle.round()).state == "paused"
    assert letters(circle.anna, "I could not post «doors». Nothing is lost: the round waits for you.") == 1
    house.gone.clear()
    await circle.anna.presses("Go on")
    assert "Anna invites you." in circle.card


async def test_somebody_without_direct_messages_plays_along(house: House) -> None:
    circle = Circle(house)
    bo = circle.people["Bo"]
    house.unreachable.add(bo.account)
    await circle.begin("reveal_together", "doors")
    assert not bo.direct
    await circle.all_answer()
    assert "How Bo does it." in circle.thread_says


async def test_nobody_is_promised_the_word_for_longer_than_their_step_is_open(house: House) -> None:
    """A turn leaves everybody hours of their own; the step it is in may end before."""
    circle = Circle(house)
    await circle.begin("talking_circle", "doors")
    await circle.anna.calls("round skip")
    outlasted = 0
    for _ in range(75):
        await house.passes(hours=1)
        run = (await circle.round()).step
        if run is None or run.script.key != "circle" or run.state != "open" or run.holder is None:
            continue
        assert run.turn_due_at is not None
        assert run.due_at is not None
        says = next(shown.says for shown in reversed(circle.said) if shown.says.startswith("The word is yours"))
        assert f"until {min(run.turn_due_at, run.due_at):%Y-%m-%d %H:%M} UTC" in says
        outlasted += run.turn_due_at > run.due_at
        if outlasted and "quiet" in run.extended:
            break
    assert outlasted
    run = (await circle.round()).step
    assert run is not None
    assert run.holder is not None
    holder = next(who for who in circle.people.values() if f"The word is yours, {who.profile.name}," in says)
    assert f"until {run.turn_due_at:%Y-%m-%d %H:%M} UTC" in holder.direct[-1].says, "and hears that it lasts longer"


@pytest.mark.parametrize("more_time", [False, True])
async def test_nobody_reads_that_the_word_is_theirs_when_it_is_not(sqlite_url: str, more_time: bool) -> None:
    """Nobody says anything in a turn as long as its step, until whoever holds the round decides about it."""
    async with open_store(sqlite_url, holder="test", lasting=False) as store:
        tell = made_of(step("tell", "turns", turn_async_h=24))
        circle = Circle(House(store, gather(formats={tell.id: tell})))
        await circle.begin(tell.id, "doors")
        most = 0
        for _ in range(100):
            await circle.house.passes(hours=4)
            round_ = await circle.round()
            words = [shown for shown in circle.said if "[Say it in a form]" in shown.says]
            run = round_.steps[0]
            assert bool(run.holder) <= len(words) <= bool(run.holder or run.word_offered), circle.thread_says
            most = max(most, len(words))
            if more_time and letters(circle.anna, "It stays quiet in «doors»"):
                await circle.anna.calls("round extend 24", circle.thread)
                more_time = False
            if round_.ended:
                assert most == 1
                return
        raise AssertionError("it never ends")

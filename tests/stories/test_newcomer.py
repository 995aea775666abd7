"""A newcomer is welcomed, and checked on for ninety days; only what they choose goes further."""

from __future__ import annotations

import pytest

from tests.talk import Player, Talk


async def _letters(person: Player) -> list[str]:
    return [message.text for message in await person.reads("dm") if message.author == "Kring"]


async def comes(talk: Talk, name: str) -> Player:
    """Somebody joins, and hears Kring's first word."""
    newcomer = await talk.joins(name)
    await newcomer.opens_what_waits()
    return newcomer


@pytest.fixture
async def old(talk: Talk) -> tuple[Player, Player]:
    """Ana, who set the community up, and Bo, who volunteers as a buddy; both have been here for long."""
    ana, bo = await talk.joins("Ana"), await talk.joins("Bo")
    await ana.calls("/kring setup")
    await ana.fills({"Name of the community": "De Werkplaats"})
    for person in (ana, bo):
        await person.calls("/kring checkin stop")
    await bo.calls("/kring buddy yes")
    return ana, bo


async def test_who_says_nothing_is_left_alone(talk: Talk, old: tuple[Player, Player]) -> None:
    _ana, bo = old
    dee = await comes(talk, "Dee")
    await dee.sees("Hi Dee, welcome to De Werkplaats", "I'm a bot", channel="dm")
    await bo.sees("You are", "Dee's buddy", channel="dm")

    await dee.presses("Yes")
    await talk.days_pass(91)

    letters = "\n".join(await _letters(dee))
    for beginning in ("Shall I introduce you", "Three days in.", "A month. How is it to be here?"):
        assert beginning in letters, beginning
    # after two without an answer only the one on day 30 comes
    for beginning in ("One week.", "Two weeks.", "Two months.", "Three months"):
        assert beginning not in letters, beginning


async def test_ninety_days_of_somebody_who_answers(talk: Talk, old: tuple[Player, Player]) -> None:
    dee = await comes(talk, "Dee")
    await dee.presses("Yes")
    for days, beginning, answer in (
        (2, "Shall I introduce you", "Not needed"),
        (2, "Three days in.", "Fine"),
        (5, "One week.", "Not now"),
        (7, "Two weeks.", "Nothing yet"),
        (16, "A month.", "I'm fine here"),
        (30, "Two months.", "Not yet"),
        (30, "Three months, so this is my last check-in.", "Thanks, bye"),
    ):
        await talk.days_pass(days)
        await dee.sees(beginning, channel="dm")
        await dee.presses(answer, within=beginning)
    count = len(await _letters(dee))
    await talk.days_pass(40)
    assert len(await _letters(dee)) == count


async def test_stop_means_stop(talk: Talk, old: tuple[Player, Player]) -> None:
    dee = await comes(talk, "Dee")
    await dee.presses("Yes")
    await talk.days_pass(4)
    await dee.presses("Stop these", within="Three days in.")
    await dee.presses("Forget them")
    count = len(await _letters(dee))
    await talk.days_pass(60)
    assert len(await _letters(dee)) == count


async def test_stuck_goes_only_where_it_is_sent(talk: Talk, old: tuple[Player, Player]) -> None:
    ana, bo = old
    dee = await comes(talk, "Dee")
    await bo.presses("Happy to")
    await dee.presses("Yes")
    await talk.days_pass(4)
    await dee.presses("Stuck", within="Three days in.")
    await dee.presses("A chat with Bo")
    if dee.saw.form is not None:
        await dee.fills(dict.fromkeys(list(dee.saw.form.values)[:1], "I do not dare to ask about the keys."))
    await talk.days_pass(3)
    await bo.sees("Dee would like a chat", channel="dm")
    await ana.sees_nothing_of("about the keys")


async def test_who_leaves_hears_nothing_and_is_forgotten_about(talk: Talk, old: tuple[Player, Player]) -> None:
    dee = await comes(talk, "Dee")
    await dee.presses("Yes")
    await dee.leaves()
    await talk.days_pass(40)
    back = await comes(talk, "Dee")
    assert "Three days in." not in "\n".join(await _letters(back))


async def test_nobody_is_written_to_at_night(talk: Talk, old: tuple[Player, Player]) -> None:
    await talk.hours_pass(12)  # Monday, ten in the evening in Amsterdam
    dee = await talk.joins("Dee")
    assert await _letters(dee) == []
    await talk.hours_pass(12)
    await dee.opens_what_waits()
    await dee.sees("welcome to De Werkplaats", channel="dm")

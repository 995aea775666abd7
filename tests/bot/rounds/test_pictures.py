"""Drawings: whole, the same for the same moment, readable where they are small, and never outside their frame."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.pictures import png
from bot.rounds import pictures, progress, rules
from bot.rounds.balance import Balance, Band
from bot.rounds.chairs import SIDES
from bot.rounds.formats import shipped
from bot.rounds.pictures import HandLabels, Timeline
from bot.rounds.script import Preset
from bot.texts.catalogue import LANGUAGES, words_in
from tests.bot.rounds.play import HOLDER, MONDAY, OFFICE, Play
from tests.bot.rounds.test_laps import lap

SVG = "{http://www.w3.org/2000/svg}"
PHONE = 330
"""Pixels that a picture has on a telephone of 390."""


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - our own drawing


def check(svg: str) -> None:
    """Well formed, with every letter inside the frame and large enough on a telephone."""
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for each in root.iter(f"{SVG}text"):
        size = float(each.attrib["font-size"])
        assert size * PHONE / width >= 11, each.text
        long = len(each.text or "") * size * pictures.LETTER
        x = float(each.attrib["x"])
        left = {"start": x, "middle": x - long / 2, "end": x - long}[each.attrib["text-anchor"]]
        assert left >= 0, each.text
        assert left + long <= width, each.text
        assert 0 < float(each.attrib["y"]) <= height
    for each in root.iter(f"{SVG}circle"):
        reach = float(each.attrib["r"]) + 3
        assert reach <= float(each.attrib["cx"]) <= width - reach
        assert reach <= float(each.attrib["cy"]) <= height - reach


@given(
    st.lists(st.floats(1, 10_000), min_size=1, max_size=60),
    st.integers(0, 80),
    st.integers(0, 40),
    st.data(),
)
def test_any_round_is_drawn_whole(windows: list[float], speaking: int, listening: int, data: st.DataObject) -> None:
    current = data.draw(st.one_of(st.none(), st.integers(0, len(windows) - 1)))
    done = data.draw(st.frozensets(st.integers(0, len(windows) - 1)))
    drawn = pictures.timeline(Timeline(windows, current, speaking, listening, "<Step>", "a & b", done), "alt")
    check(drawn.svg)
    assert texts(drawn.svg)[:2] == ["<Step>", "a & b"]


@given(st.floats(0, 99), st.floats(0, 99), st.one_of(st.none(), st.floats(-1, 1)))
def test_any_balance_is_drawn_whole(explore: float, exploit: float, felt: float | None) -> None:
    labels = HandLabels("zoeken", "vasthouden", "Gemeten", "Gevoeld", "Gewenst")
    drawn = pictures.hands(Balance(explore, exploit, felt), Band(), labels=labels, alt="alt")
    check(drawn.svg)
    assert ("Gevoeld" in texts(drawn.svg)) is (felt is not None)


def test_no_colour_judges() -> None:
    """Nothing red, green, orange or yellow: every colour is grey, sand or blue."""
    labels = HandLabels("a", "b", "c", "d", "e")
    both = pictures.hands(Balance(99, 0, 1), Band(), labels=labels, alt="").svg
    both += pictures.timeline(Timeline([1, 2], 1, 2, 2, "a", "b"), "").svg
    for colour in set(re.findall(r"#[0-9a-f]{6}", both)):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert blue >= green >= red or max(red, green, blue) - min(red, green, blue) <= 24, colour


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("format_", sorted(shipped()))
def test_every_format_is_drawn_from_its_invitation_to_its_end(format_: str, language: str) -> None:
    words, play = words_in(language), Play(format_)
    play.does(rules.invite)
    seen = {}
    while True:
        drawn = progress.drawn(words, play.round)
        check(drawn.svg)
        assert all(part in drawn.alt for part in texts(drawn.svg) if not part.strip("+").isdigit())
        seen[play.round.state] = drawn
        if play.round.state == "inviting":
            for person in ("ana", "bo", "cas", "dee", "eva", "fie"):
                play.does(rules.join, person, "speak")
            seats = (replace(seat, side=SIDES[at % 2]) for at, seat in enumerate(play.round.seats))
            play.round = replace(play.round, seats=tuple(seats))
            play.does(rules.begin, "fay")
        elif play.round.state == "running":
            play.does(rules.close, "fay")
        elif play.round.state == "wrapping":
            play.wait(73)
        else:
            break
    assert len({each.svg for each in seen.values()}) >= 3


def test_what_comes_again_in_a_lap_is_not_drawn_as_done() -> None:
    words, play = words_in("en"), Play("paraphrase_check").begun("ana", "bo", "cas")
    first = progress.drawn(words, play.round)
    lap(play, "yes")
    assert play.step.script.key == "say"
    assert progress.drawn(words, play.round).svg == first.svg


def test_who_joins_or_speaks_draws_nothing_anew() -> None:
    """Within a step the drawing stays as it is; what changes stands beside it in words."""
    words = words_in("en")
    play = Play("reveal_together")
    play.does(rules.invite)
    before = progress.drawn(words, play.round)
    for person in ("ana", "bo", "cas", "dee"):
        play.does(rules.join, person, "speak")
        assert progress.drawn(words, play.round) == before
    play.does(rules.begin, "fay")
    first = progress.drawn(words, play.round)
    assert first != before
    play.does(rules.join, "eva", "speak")
    play.does(rules.join, "lis", "listen")
    play.says("ana")
    play.does(rules.extend, "fay", 12)
    assert progress.drawn(words, play.round) == first
    for person in ("bo", "cas", "dee", "eva"):
        play.says(person)
    assert play.round.current == 1
    assert "5 speak, 1 listens" in progress.drawn(words, play.round).alt


def test_the_same_moment_of_another_round_is_the_same_drawing() -> None:
    """So it is uploaded once."""
    words, play = words_in("nl"), Play("harvest")
    other = replace(play.round, id="r2", topic="something else", number=9)
    assert progress.drawn(words, play.round).svg == progress.drawn(words, other).svg


@pytest.mark.parametrize(
    ("preset", "minutes", "said"),
    [("live", 0, "1 minute"), ("live", 1, "1 minute"), ("live", 119, "119 minutes"), ("live", 120, "2 hours"),
     ("async", 0, "1 day"), ("async", 12 * 60, "1 day"), ("async", 24 * 60, "1 day"), ("async", 36 * 60, "2 days"),
     ("async", 7 * 24 * 60, "7 days")],
)  # fmt: skip
def test_how_long_in_the_unit_that_says_something(preset: Preset, minutes: float, said: str) -> None:
    """A step of twelve hours over days waits for people's own hours: it ends the next day."""
    assert progress.to_go(words_in("en"), minutes, preset) == f"about {said} to go"


def test_a_step_over_the_weekend_takes_the_weekend_too() -> None:
    """The card says beside it that the step closes on Monday."""
    people = ("ana", "bo", "cas", "dee")
    play = Play("reveal_together", hours=dict.fromkeys((*people, HOLDER), OFFICE))
    play.at = MONDAY + timedelta(days=4, hours=6)
    play.begun(*people)
    assert play.step.due_at == play.at + timedelta(days=3)
    said = "Step 1 of 4, about 6 days to go"
    assert progress.drawn(words_in("en"), play.round).alt.startswith(said)
    for person in people[:3]:
        play.says(person)
    play.next()
    play.next()
    assert play.step.state == "grace"
    assert progress.drawn(words_in("en"), play.round).alt.startswith(said), "it is the same drawing"


def test_of_two_steps_that_are_open_together_the_longer_counts() -> None:
    """So the card does not speak of more days than the round asks of anybody."""
    play = Play("fishbowl").begun("ana", "bo", "cas", "dee", "eli")
    assert progress.drawn(words_in("en"), play.round).alt.startswith("Step 1 of 6, about 6 days to go")


def test_it_becomes_a_png_with_letters() -> None:
    drawn = pictures.timeline(Timeline([1, 1], 0, 2, 1, "Step 1 of 2", "2 days"), "").svg
    assert png(drawn).startswith(b"\x89PNG")
    assert png(drawn) != png(drawn.replace("Step 1 of 2", "Stap 1 van 2"))

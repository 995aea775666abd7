"""The same on a phone: one thing at a time, and a way back."""

from __future__ import annotations

import pytest

from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("visitor", [PHONE], indirect=True)
def test_on_a_phone(visitor: Visitor) -> None:
    visitor.arrives("#bilal/schools-practice")
    page = visitor.page
    visitor.opens_thread("How do you get the quiet pupils to speak")
    visitor.sees("And I wait.", visitor.thread)
    assert not visitor.channel.is_visible()
    page.get_by_role("button", name="Back").locator("visible=true").click()
    visitor.channel.wait_for()
    page.get_by_role("button", name="Back").locator("visible=true").click()
    places = page.get_by_role("navigation", name="Places")
    places.wait_for()
    places.get_by_role("link", name="general").click()
    visitor.sees("Good morning all!")
    # the browser's own way back leads the same way
    page.go_back()
    places.wait_for()
    places.get_by_role("link", name="general").click()
    visitor.types("On my way, with coffee.")
    visitor.sees("On my way, with coffee.", visitor.channel)

    page.get_by_role("button", name="Kring’s clock").click()
    page.get_by_role("dialog", name="Kring’s clock").get_by_role("button", name="+1 hour").click()
    visitor.sees("It is ")
    visitor.becomes("Gijs van Dam")

    wide = page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    assert not wide, "nothing sticks out at the side"
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, select, input, textarea, a.place")]
          .filter((each) => each.offsetParent && !each.closest(".row"))
          .filter((each) => Math.min(each.offsetWidth, each.offsetHeight) < 36)
          .map((each) => each.outerHTML.slice(0, 120))"""
    )
    assert small == [], "big enough for a thumb"


@pytest.mark.parametrize("visitor", [PHONE], indirect=True)
def test_what_kring_says_keeps_within_its_card(visitor: Visitor) -> None:
    visitor.arrives("#anna/schools-general")
    visitor.types("/kring setup")
    visitor.fills({}, send="Save")
    visitor.sees("What I keep", visitor.channel)
    out = visitor.page.evaluate(
        """() => [...document.querySelectorAll(".card > *")]
          .filter((each) => each.getBoundingClientRect().right > each.parentElement.getBoundingClientRect().right + 1)
          .map((each) => each.outerHTML.slice(0, 120))"""
    )
    assert out == []


@pytest.mark.parametrize("visitor", [PHONE], indirect=True)
def test_what_there_is_to_choose_says_what_it_is(visitor: Visitor) -> None:
    """A list that is closed shows only what was chosen: what for stands beside it, and what a format is below it."""
    visitor.arrives("#anna/schools-general")
    visitor.types("/kring me")
    label = visitor.row("What I know about you").locator("label.labelled", has_text="Language")
    label.locator("span", has_text="Language").wait_for()
    assert label.locator("select").input_value() == "en"
    visitor.types("/kring round start reveal_together")
    form = visitor.page.get_by_role("dialog")
    about = form.locator(".of-chosen")
    about.get_by_text("Answer for yourself first").wait_for()
    form.get_by_label("Format").select_option("talking_circle")
    about.get_by_text("Everyone gets the word once").wait_for()
    assert form.evaluate("node => node.scrollWidth <= innerWidth")


@pytest.mark.parametrize("visitor", [PHONE], indirect=True)
def test_a_place_with_drawings_opens_at_its_newest_message(visitor: Visitor) -> None:
    """The room of a drawing is known before it is painted."""
    visitor.arrives("#gijs/college-general")
    visitor.types('/kring round start reveal_together "the last ten minutes"')
    visitor.sees("Your invitation stands in")
    visitor.arrives("#esra/college-general")
    drawing = visitor.channel.locator("img.picture").last
    drawing.wait_for()
    assert int(drawing.get_attribute("width") or 0) > int(drawing.get_attribute("height") or 0) > 0
    visitor.page.wait_for_function("() => [...document.images].every((each) => each.complete && each.naturalWidth)")
    below = visitor.channel.locator(".timeline").evaluate(
        "node => node.scrollHeight - node.scrollTop - node.clientHeight"
    )
    assert below < 2

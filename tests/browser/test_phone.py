"""The same on a phone: one thing at a time, and a way back."""

from __future__ import annotations

import pytest

from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("phone")]

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

"""The four steps of the first visit, as a visitor takes them."""

from __future__ import annotations

import re

import pytest

from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def _next(visitor: Visitor, title: str) -> None:
    tour = visitor.page.locator(".tour")
    tour.get_by_text("Done. On to the next step.").wait_for()
    tour.get_by_role("button", name="Next step").click()
    tour.get_by_role("heading", name=title).wait_for()


def _act(visitor: Visitor, label: str) -> None:
    visitor.page.locator(".tour").get_by_role("button", name=label, exact=True).click()


@pytest.mark.parametrize("visitor", [{"tour": True}], indirect=True)
def test_the_four_steps(visitor: Visitor) -> None:
    visitor.arrives()
    page = visitor.page
    tour = page.locator(".tour")
    tour.get_by_role("heading", name="Start a round").wait_for()

    _act(visitor, "Go there")
    _act(visitor, "Type it for me")
    box = page.get_by_role("textbox", name="Message #practice")
    from playwright.sync_api import expect  # it may not be installed

    expect(box).to_have_value(re.compile("^/kring round start reveal_together"))
    box.press("Escape")
    box.press("Enter")
    _next(visitor, "Answer, and see all at once")

    _act(visitor, "Show me where")
    visitor.presses("I'll speak", visitor.channel)
    _act(visitor, "Let them")
    _act(visitor, "Open the thread")
    visitor.presses("Answer privately", visitor.thread)
    visitor.fills({"Your words": "I stop and ask what they need."}, send="Save")
    _act(visitor, "Be Bilal")
    visitor.thread.get_by_role("button", name="Answer privately").wait_for()
    visitor.sees_nothing_of("I stop and ask what they need.")
    visitor.presses("Answer privately", visitor.thread)
    visitor.fills({"Your words": "I go on, louder."}, send="Save")
    _act(visitor, "Let them")
    visitor.sees("I stop and ask what they need.", visitor.row("Here are all answers at once.", visitor.thread))
    _next(visitor, "Keep what a thread knows")

    _act(visitor, "Go there")
    visitor.sees("How do you start after the break", visitor.thread)
    _act(visitor, "Show me where")
    page.get_by_role("menuitem", name="Keep as know-how").click()
    _act(visitor, "Open the draft")
    visitor.fills({}, send="Keep it")
    _act(visitor, "Let them")
    visitor.sees("This thread is kept as", visitor.thread)
    _act(visitor, "Type it for me")
    box.press("Escape")
    box.press("Enter")
    visitor.sees("Found for «break»")
    _next(visitor, "Welcome a newcomer")

    _act(visitor, "Be Hanna")
    _act(visitor, "Show me where")
    page.locator(".is-pointed").click()
    visitor.sees("Good. You hear from me")
    _act(visitor, "+1 day")
    _act(visitor, "Show me where")
    page.locator(".is-pointed").click()
    tour.get_by_text("That is the main job.").wait_for()
    page.keyboard.press("Escape")  # the form, if the button opened one
    tour.get_by_role("button", name="Finish").click()

    page.reload()
    page.get_by_role("button", name="Tour").first.wait_for()
    assert not tour.is_visible()
    page.get_by_role("button", name="Tour").first.click()
    tour.get_by_role("heading", name="Start a round").wait_for()
    tour.get_by_role("button", name="Leave the tour").click()
    assert not tour.is_visible()

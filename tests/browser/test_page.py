"""What else the page promises: two people at once, nothing lost, both languages, people who come and go."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_two_people_side_by_side_see_what_is_theirs(visitor: Visitor) -> None:
    visitor.arrives("#anna/schools-general+bilal/schools-general")
    page = visitor.page
    anna = page.locator('.pane[aria-label="As Anna Visser"]')
    bilal = page.locator('.pane[aria-label="As Bilal Demir"]')
    box = anna.get_by_role("textbox", name="Message #general")
    box.fill("Who has the key of room 12? <b>@everyone</b>")
    box.press("Enter")
    bilal.get_by_text("Who has the key of room 12? <b>@everyone</b>").wait_for()
    box.fill("/kring help")
    box.press("Escape")
    box.press("Enter")
    anna.get_by_text("Only you see this").first.wait_for()
    assert bilal.get_by_text("Only you see this").count() == 0
    said = anna.locator("article", has_text="Who has the key of room 12?")
    mine = anna.locator(f'article[data-id="{said.get_attribute("data-id")}"]')
    mine.hover()
    mine.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Edit").click()
    mine.get_by_role("textbox", name="Edit").fill("Who has the key of room 13?")
    mine.get_by_role("button", name="Save").click()
    bilal.get_by_text("Who has the key of room 13?").wait_for()
    bilal.get_by_text("edited").wait_for()


def test_nothing_typed_is_lost(visitor: Visitor) -> None:
    visitor.arrives("#chantal/schools-maths")
    page = visitor.page
    visitor.expected = ["ERR_FAILED", "Failed to load resource"]
    page.route("**/api/messages", lambda route: route.abort())
    box = page.get_by_role("textbox", name="Message #maths")
    box.fill("Half an idea about tiles")
    box.press("Enter")
    visitor.sees("Kring is not answering.")
    assert box.input_value() == "Half an idea about tiles"
    page.unroute("**/api/messages")
    page.reload()
    page.wait_for_function("() => document.querySelector('.composer-input')?.value === 'Half an idea about tiles'")
    box.press("Enter")
    visitor.sees("Half an idea about tiles", visitor.channel)
    page.wait_for_function("() => document.querySelector('.composer-input').value === ''")


def holds_the_first(page: Page) -> list[Route]:
    """What is said first is under way until the test lets it go."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/api/messages", hold)
    return held


def test_who_types_on_while_something_is_sent_waits_for_nothing(visitor: Visitor) -> None:
    visitor.arrives("#chantal/schools-maths")
    page = visitor.page
    held = holds_the_first(page)
    box = page.get_by_role("textbox", name="Message #maths")
    box.press_sequentially("Tiles first")
    box.press("Enter")
    page.wait_for_function("() => document.querySelector('.composer-input').value === ''")
    box.press_sequentially("then fractions")
    box.press("Enter")
    assert len(held) == 1
    held[0].continue_()
    visitor.sees("then fractions", visitor.channel)
    # their words alone: of a row that is being drawn anew the browser gives the time and the words as one
    said = visitor.channel.locator("article .written").filter(has_text=re.compile("Tiles first|then fractions"))
    assert said.all_inner_texts() == ["Tiles first", "then fractions"]


def test_what_could_not_be_said_comes_back_before_what_was_typed_since(visitor: Visitor) -> None:
    visitor.arrives("#chantal/schools-maths")
    page = visitor.page
    visitor.expected = ["ERR_FAILED", "Failed to load resource"]
    held = holds_the_first(page)
    box = page.get_by_role("textbox", name="Message #maths")
    box.fill("Circles first")
    box.press("Enter")
    page.wait_for_function("() => document.querySelector('.composer-input').value === ''")
    box.fill("then triangles")
    box.press("Enter")
    held[0].abort()
    visitor.sees("Kring is not answering.")
    assert box.input_value() == "Circles first\nthen triangles"
    box.press("Enter")
    visitor.sees("then triangles", visitor.channel)


def test_the_page_speaks_the_language_of_who_one_is(visitor: Visitor) -> None:
    visitor.arrives("#femke/college-placement")
    page = visitor.page
    page.get_by_role("textbox", name="Bericht aan #placement").wait_for()
    assert page.locator("html").get_attribute("lang") == "nl"
    page.get_by_role("button", name="Esra Kaplan").click()
    page.get_by_role("textbox", name="Message #").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"


def test_somebody_joins_and_leaves(visitor: Visitor) -> None:
    visitor.arrives("#esra/college-general")
    page = visitor.page
    page.get_by_role("button", name="Somebody new joins").click()
    visitor.fills({"Name": "Noor Prins", "What they do": "student teacher"}, send="Join")
    page.get_by_role("button", name="Be Noor Prins").click()
    page.locator('.pane[aria-label="As Noor Prins"]').wait_for()
    page.locator(".who").click()
    page.get_by_role("button", name="More about Noor Prins").click()
    page.get_by_role("menuitem", name="Noor Prins leaves").click()
    page.get_by_role("dialog").get_by_role("button", name="Leave", exact=True).click()
    page.locator('.pane[aria-label="As Noor Prins"]').wait_for(state="detached")
    page.locator(".rail").get_by_role("button", name="Noor Prins").wait_for(state="detached")


def test_light_and_dark_keep_their_contrast(visitor: Visitor) -> None:
    """Words of the page stand out 4.5 to 1 from what is behind them (WCAG AA)."""
    script = (Path(__file__).parent / "contrast.js").read_text("utf-8")
    visitor.arrives("#anna/schools-practice")
    visitor.sees("How do you get the quiet pupils")
    for theme in ("Dark", "Light"):
        visitor.page.get_by_role("button", name=theme, exact=True).click()
        assert visitor.page.evaluate(script) == [], theme
        # a drawing is no lamp in the dark
        lit = visitor.page.locator("img.picture").last.evaluate("node => getComputedStyle(node).filter")
        assert lit.startswith("invert") == (theme == "Dark")


def test_a_day_that_is_over_is_told_by_its_date(visitor: Visitor) -> None:
    """What was open until yesterday is not open any more; its sentence still stands there."""
    visitor.arrives("#anna/schools-general")
    told = visitor.page.evaluate(
        """async () => {
          const { moment } = await import("/static/parts/moments.js");
          const clock = { now: () => new Date("2026-09-09T10:00:00Z") };
          const days = ["2026-09-08", "2026-09-09", "2026-09-10"];
          const reader = { language: "nl", zone: "UTC" };
          return days.map((day) => moment(`${day}T18:42:00Z`, "moment", reader, clock).textContent);
        }"""
    )
    assert told == ["di 8 sep 18:42", "vandaag 18:42", "morgen 18:42"]

"""Everything can be reached and done without a mouse."""

from __future__ import annotations

import pytest

from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def _focused(visitor: Visitor) -> str:
    words: str = visitor.page.evaluate(
        "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()"
    )
    return words


def test_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.arrives("#daan/schools-general")
    page, keys = visitor.page, visitor.page.keyboard
    visitor.sees("Yes, two boxes.")

    # past the bar and the people straight to the messages
    keys.press("Tab")
    assert _focused(visitor) == "Skip to the messages"
    keys.press("Enter")
    rows = page.locator("article")
    labels = [rows.nth(n).get_attribute("aria-label") for n in (-1, -2)]
    assert _focused(visitor) == labels[0]
    keys.press("ArrowUp")
    assert _focused(visitor) == labels[1]

    # a reply in a thread, and back to where one was
    keys.press("r")
    page.get_by_role("textbox", name="Reply").wait_for()
    keys.type("I have some too.")
    keys.press("Enter")
    visitor.sees("I have some too.", visitor.thread)
    keys.press("Escape")
    assert not visitor.thread.is_visible()
    assert _focused(visitor) == labels[1]

    # an emoji
    keys.press("e")
    page.get_by_role("dialog", name="React with an emoji").wait_for()
    keys.press("ArrowRight")
    keys.press("Enter")
    page.get_by_role("button", name="+1: Daan Mulder").wait_for()

    # a command with help and completion, and what it answers
    page.locator("article").last.focus()
    keys.press("/")
    page.get_by_role("textbox", name="Message #general").wait_for()
    keys.type("round sta")
    page.get_by_role("option", name="/kring round start").wait_for()
    keys.press("Tab")
    page.get_by_role("option", name="reveal_together").first.wait_for(state="hidden")
    keys.press("Control+a")
    keys.type("/kring me lan")
    keys.press("Tab")
    keys.press("Enter")
    visitor.sees("Only you see this")
    keys.press("Escape")

    # another channel, the list of keys, another person
    keys.press("Alt+ArrowDown")
    page.locator(".is-channel .place-title h2", has_text="practice").wait_for()
    page.locator("article").last.focus()
    keys.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    dialog.wait_for()
    keys.press("Escape")
    dialog.wait_for(state="detached")
    keys.press("p")
    page.get_by_role("dialog", name="Who are you?").wait_for()
    keys.type("h")
    keys.press("Enter")
    page.locator('.pane[aria-label="As Hanna Kok"]').wait_for()


def test_a_form_keeps_the_focus_and_gives_it_back(visitor: Visitor) -> None:
    visitor.arrives("#daan/schools-maths")
    page, keys = visitor.page, visitor.page.keyboard
    box = page.get_by_role("textbox", name="Message #maths")
    box.fill("/kring knowhow add")
    box.press("Escape")
    box.press("Enter")
    form = page.get_by_role("dialog")
    form.wait_for()
    fields = form.locator("input, textarea, select").count()
    for _ in range(fields + 8):
        keys.press("Tab")
        assert page.evaluate(
            "() => document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))"
        )
    first = form.get_by_role("textbox").first
    first.fill("When the lights go out")
    keys.press("Escape")
    form.wait_for(state="detached")
    assert page.evaluate("() => document.activeElement.matches('.composer-input')")

    # what was typed is there the next time
    box.fill("/kring knowhow add")
    box.press("Escape")
    box.press("Enter")
    form.wait_for()
    assert first.input_value() == "When the lights go out"
    visitor.sees("What you typed here before is still there.")
    keys.press("Escape")


LONG = """async () => {
  const [{ openForm }, { speaker }] = await Promise.all(
    ["/static/chat/form.js", "/static/parts/speaker.js"].map((each) => import(each)),
  );
  const me = { id: "anna", name: "Anna Visser", space: "schools" };
  const pane = { say: speaker("en"), me, room: { spaceName: () => "The schools" }, acts: {} };
  const hint = "nobody responded yet";
  const choices = [...Array(6).keys()].map((n) => ({ value: `${n}`, label: `Answer ${n}`, hint }));
  const to = { kind: "choice", name: "to", label: "In answer to", required: true, value: "0", choices };
  const words = { kind: "text", name: "words", label: "Words", required: true, multiline: true, value: "", most: 9 };
  openForm(pane, { id: "", title: "Respond", intro: [], fields: [to, words], submit: "Post it" });
}"""


@pytest.mark.parametrize("visitor", [{"width": 900, "height": 500}], indirect=True)
def test_a_form_that_is_longer_than_the_window_opens_at_its_top(visitor: Visitor) -> None:
    """Also where what must be filled in stands so low that the focus would carry the question out of sight."""
    visitor.arrives("#anna/schools-maths")
    visitor.page.evaluate(LONG)
    body = visitor.page.get_by_role("dialog").locator(".dialog-body")
    assert body.evaluate("node => node.scrollHeight > node.clientHeight")
    assert body.evaluate("node => node.scrollTop") == 0
    assert visitor.page.get_by_label("Answer 0").evaluate("node => node === document.activeElement")

"""Somebody at the page: they are people, go places, press and fill in by label, and look."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


class Visitor:
    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.expected: list[str] = []
        """Complaints of the browser that belong to the test, such as a request that is refused on purpose."""

    def arrives(self, where: str = "") -> None:
        """Opens the page, at the place behind the # of the address."""
        self.page.goto(f"{self.address}{where}")
        self.page.locator(".composer-input:visible, .sidebar:visible, .tour").first.wait_for()

    def becomes(self, name: str, channel: str | None = None) -> None:
        """Chooses another person from the list, and then a channel."""
        self.page.locator(".who:visible, .topbar-who:visible").first.click()
        chooser = self.page.get_by_role("dialog", name="Who are you?")
        chooser.get_by_role("button", name=name).first.click()
        self.page.locator(f'.pane[aria-label="As {name}"]').wait_for()
        if channel:
            self.goes(channel)

    def goes(self, channel: str) -> None:
        """To a channel, by its name; `Kring` is the conversation with it."""
        self.page.get_by_role("navigation", name="Places").get_by_role("link", name=channel).click()
        self.page.locator(".is-channel .place-title h2", has_text=channel).wait_for()

    def types(self, text: str) -> None:
        """Into the last place to type that is in sight, and sends it."""
        box = self.page.locator(".composer-input:visible").last
        box.fill(text)
        box.press("Escape")  # the suggestions
        box.press("Enter")
        self.page.wait_for_function("box => box.value === ''", arg=box.element_handle())

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("region", name="Thread")

    @property
    def channel(self) -> Locator:
        return self.page.get_by_role("region", name="Channel")

    def row(self, text: str, within: Locator | None = None) -> Locator:
        """The newest message with these words."""
        return (within or self.page).locator("article", has_text=text).last

    def presses(self, label: str, within: Locator | None = None) -> None:
        """The newest button of that label in sight."""
        (within or self.page).get_by_role("button", name=label, exact=True).last.click()

    def opens_thread(self, text: str) -> None:
        self.row(text, self.channel).locator(".thread-link").click()
        self.thread.wait_for()

    def fills(self, values: dict[str, str], send: str) -> None:
        """The form that is open, by the labels of its fields."""
        form = self.page.get_by_role("dialog")
        for label, value in values.items():
            form.get_by_label(label).fill(value)
        form.get_by_role("button", name=send, exact=True).click()
        form.wait_for(state="detached")

    def sees(self, text: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_text(text).last.wait_for()

    def sees_nothing_of(self, text: str) -> None:
        assert self.page.get_by_text(text).count() == 0

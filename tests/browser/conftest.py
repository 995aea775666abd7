"""One demo and one browser for all tests of the page; each test has a window of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

import pytest

from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PATIENCE = 30000
"""Milliseconds that anything on the page may take."""


def _without(reason: str) -> NoReturn:
    """Skips, and says why; where everything must be checked it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _without("playwright is not installed: uv sync --group e2e")
    chromium = shutil.which("chromium")
    if chromium is None:
        _without("there is no chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo that runs as it does for anybody; only where there is a browser to look at it."""
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--db", str(folder / "demo.db"), "--language", "en"]
    with (folder / "log").open("w+") as log:
        running = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=Path(__file__).parents[2]
        )
        try:
            yield _address(running, folder / "log")
        finally:
            running.terminate()
            running.communicate(timeout=10)


def _address(running: subprocess.Popen[str], log: Path) -> str:
    assert running.stdout is not None
    for line in running.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            return found[0]
    raise AssertionError(f"the demo did not start: {log.read_text()[-2000:]}")


@pytest.fixture
def visitor(browser: Browser, demo: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Somebody with a fresh browser. At the end: nothing went wrong in the page, and nothing left this machine.

    `@pytest.mark.parametrize("visitor", [{"width": 390, ...}], indirect=True)` gives another window.
    """
    wish = {"width": 1440, "height": 900, "tour": False} | getattr(request, "param", {})
    phone = wish["width"] < 700
    context = browser.new_context(
        viewport={"width": wish["width"], "height": wish["height"]},
        has_touch=phone,
        is_mobile=phone,
        reduced_motion="reduce",
        locale="en-GB",
    )
    context.set_default_timeout(PATIENCE)
    if not wish["tour"]:
        context.add_init_script("localStorage.setItem('kring.tour', JSON.stringify({shut: 'left'}))")
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: wrong.append(asked.url) if not _stays(asked.url) else None)
    visitor = Visitor(page, demo)
    try:
        yield visitor
        assert [each for each in wrong if not any(known in each for known in visitor.expected)] == []
    finally:
        context.close()


def _stays(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "data" or parts.hostname == "127.0.0.1"

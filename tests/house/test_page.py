"""The playground's page: its words are whole in both languages, and it keeps its own rules."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.texts.catalogue import LANGUAGES, words_in

PAGE = Path(__file__).parents[2] / "adapters" / "playground" / "page"
SCRIPTS = sorted(PAGE.rglob("*.js"))
STYLES = sorted(PAGE.rglob("*.css"))
STRING = r'"(?:[^"\\]|\\.)*"'


def ids(file: Path) -> str:
    return str(file.relative_to(PAGE))


@cache
def texts() -> dict[str, list[str]]:
    """Every text of the page by its name, in the order of the languages."""
    source = (PAGE / "parts" / "words.js").read_text("utf-8").partition("export const WORDS")[2]
    entries = re.findall(rf"^  (\w+): \[\s*((?:{STRING},?\s*)+)\],$", source, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^  \w+: ", source, re.MULTILINE)), "every entry is read"
    return {name: [json.loads(each) for each in re.findall(STRING, both)] for name, both in entries}


def test_the_languages_are_those_of_kring() -> None:
    source = (PAGE / "parts" / "words.js").read_text("utf-8")
    found = re.search(r"export const LANGUAGES = (\[.*?\]);", source)
    assert found is not None
    assert set(json.loads(found[1])) == set(LANGUAGES)


def test_every_text_is_whole_in_every_language() -> None:
    for name, both in texts().items():
        assert len(both) == len(LANGUAGES), name
        assert all(each.strip() for each in both), name
        places = [set(re.findall(r"\{\w+\}", each)) for each in both]
        assert places[0] == places[1], f"{name}: other places"
        assert both[0].count("|") == both[1].count("|"), f"{name}: one counts, the other does not"


def test_every_text_is_said_and_every_said_text_is_there() -> None:
    source = "\n".join(file.read_text("utf-8") for file in SCRIPTS if file.name != "words.js")
    said = set(re.findall(r'\bsay\("(\w+)"', source))
    assert said <= set(texts())
    parts = set(re.findall(r'"(\w+)"', source))
    made = {f"who_{who}" for who in ("facilitator", "host")}
    made |= {f"tour_{step}{end}" for step in re.findall(r'key: "(\w+)"', source) for end in ("", "_about")}
    assert set(texts()) <= parts | made, "nobody says these any more"


def test_the_tour_calls_buttons_as_they_are_called() -> None:
    dutch = words_in("nl")
    found = 0
    for name, (english, translated) in texts().items():
        for label, beside in zip(re.findall("“(.+?)”", english), re.findall("‘(.+?)’", translated), strict=True):
            if name.startswith("tour_"):
                found += 1
                assert dutch.label(label.replace("’", "'")) == beside, name
    assert found > 3


@pytest.mark.parametrize("file", SCRIPTS, ids=ids)
def test_scripts_put_words_in_as_text(file: Path) -> None:
    source = re.sub(r"//.*", "", file.read_text("utf-8"))
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc", source)
    assert not re.search(r'setAttribute\("(on|style)|"?style"?: ?["`]', source), "the policy of the page refuses these"


@pytest.mark.parametrize("file", SCRIPTS, ids=ids)
def test_imports_lead_to_what_is_there(file: Path) -> None:
    source = file.read_text("utf-8")
    for names, path in re.findall(r'import \{([^}]*)\} from "([^"]+)"', source):
        target = (file.parent / path).resolve()
        assert target.is_relative_to(PAGE.resolve())
        there = target.read_text("utf-8")
        for name in re.split(r",\s*", names.strip(" ,\n")):
            plain = name.strip()
            assert re.search(rf"export (async )?(function|class|const) {plain}\b", there), f"{plain} from {path}"
            assert len(re.findall(rf"\b{plain}\b", source)) > 1, f"{plain} is not used"


@pytest.mark.parametrize("file", [*SCRIPTS, *STYLES, PAGE / "index.html"], ids=ids)
def test_nothing_comes_from_elsewhere(file: Path) -> None:
    addresses = set(re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", file.read_text("utf-8")))
    assert addresses <= {"http://www.w3.org"}, "names of namespaces are no addresses"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.inline: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.loaded += [path for name in ("src", "href") if (path := given.get(name))]
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        self._script = tag in {"script", "style"} and "src" not in given

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self.inline.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._script = False


def test_the_page_loads_what_is_there_and_nothing_inline() -> None:
    tags = Tags()
    tags.feed((PAGE / "index.html").read_text("utf-8"))
    assert tags.inline == []
    for path in tags.loaded:
        assert (PAGE / path.removeprefix("/static/")).is_file(), path
    styles = {f"/static/{ids(file)}" for file in STYLES}
    assert styles <= set(tags.loaded), "a style that is not used"

"""The documentation says what is so: what is made is up to date, and what is written by hand can be done."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from adapters.discord.commands import BARE
from adapters.playground.commands import SHORTCUTS
from bot.__main__ import main
from bot.chat.capabilities import Capabilities
from bot.chat.commands import Command, Misused, Unknown, parse
from bot.features import gather
from bot.rounds.format_file import Faults, Table
from bot.rounds.formats import _formats as read_formats
from bot.rounds.formats import shipped
from docs.format_keys import FORMAT_KEYS
from docs.generate import PAGES, made
from docs.meanings import CAPABILITIES
from docs.writing import MADE
from tests.house.test_texts import OTHERS, catalogue, said
from tests.stories.test_kill import started

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
BY_HAND = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
PAGES_HERE = [ROOT / name for name in BY_HAND] + sorted(DOCS.rglob("*.md"))
WRITTEN = [page for page in PAGES_HERE if MADE not in page.read_text("utf-8")]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def prose(page: Path) -> str:
    """The page without its code blocks."""
    return FENCE.sub("", page.read_text("utf-8"))


def blocks(page: Path) -> Iterator[str]:
    """The lines of its code blocks."""
    for _, block in FENCE.findall(page.read_text("utf-8")):
        yield from block.splitlines()


def code(page: Path) -> Iterator[str]:
    """What stands between backticks in its text."""
    yield from re.findall(r"`([^`\n]+)`", prose(page))


# -- pages that are made


@pytest.mark.parametrize("page", PAGES)
def test_a_made_page_is_up_to_date(page: str) -> None:
    assert (DOCS / "reference" / page).read_text("utf-8") == made(page), "run: python -m docs.generate"


ANY = {"roles": "roles.<role>", "notes": "notes.<any>"}


class Watched(dict[str, Any]):
    """A table of a format file that notes which keys are looked for."""

    def __init__(self, values: dict[str, Any], path: str, seen: set[str]) -> None:
        super().__init__({key: watched(value, f"{path}{key}", seen) for key, value in values.items()})
        self._path, self._seen = path, seen

    def __contains__(self, key: object) -> bool:
        self._seen.add(f"{self._path}{key}")
        return super().__contains__(key)


def watched(value: Any, path: str, seen: set[str]) -> Any:
    path = re.sub(r"^(roles|notes)\.\w+", lambda found: ANY[found[1]], path)
    if isinstance(value, dict):
        return Watched(value, f"{path}.", seen)
    return [watched(each, path, seen) for each in value] if isinstance(value, list) else value


EVERYTHING = """
id = "everything"
sides = 2
[roles.scribe]
[notes]
remark = ""
[name]
[blurb]
[emphasis]
[size]
[effort]
[unlock]
[[steps]]
mode = "collect"
by = "side"
[steps.prompt]
[[steps.input]]
[[steps.input.options]]
[[steps]]
mode = "groups"
[steps.groups]
size = 2
merge = 2
[[steps]]
mode = "open"
runs_in = "group"
[steps.limit]
[[steps]]
mode = "turns"
[steps.prompt]
[[steps]]
mode = "vote"
[steps.prompt]
[steps.vote]
kind = "dots"
[[steps.vote.options]]
[[steps]]
mode = "vote"
[steps.prompt]
[steps.vote]
kind = "scale"
[[steps]]
mode = "vote"
[steps.vote]
kind = "choice"
[[steps]]
mode = "vote"
[steps.vote]
kind = "claim"
[[variants]]
[variants.name]
[variants.blurb]
[[variants.steps]]
"""


def test_every_key_of_a_format_file_is_explained() -> None:
    seen: set[str] = set()
    for text in (EVERYTHING, *(file.read_text("utf-8") for file in (ROOT / "bot" / "formats").glob("*.toml"))):
        values = Watched(tomllib.loads(text), "", seen)
        list(read_formats(Table(Faults("x.toml"), values), "x"))
    keys = {re.sub(r"^(roles|notes)\.[\w]+", lambda found: ANY[found[1]], key) for key in seen}
    tables = {key.rpartition(".")[0] for key in keys}
    assert keys - tables - {"notes"} <= FORMAT_KEYS.keys(), "docs/format_keys.py says nothing about these"
    assert FORMAT_KEYS.keys() <= keys, "nobody reads these any more"


def test_every_capability_is_explained() -> None:
    assert list(CAPABILITIES) == list(Capabilities.__dataclass_fields__)


# -- links


def anchors(page: Path) -> set[str]:
    """The names of its headings, as GitHub makes them."""
    found: set[str] = set()
    for heading in re.findall(r"^#{1,6} (.+)$", prose(page), re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading.strip().lower())
        anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        tail = next(n for n in range(100) if (f"{anchor}-{n}" if n else anchor) not in found)
        found.add(f"{anchor}-{tail}" if tail else anchor)
    return found


def links(page: Path) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", prose(page))


@pytest.mark.parametrize("page", PAGES_HERE, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        if re.match(r"\w+:", link):
            continue
        path, _, anchor = link.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{link}: there is no {path}"
        if anchor:
            assert anchor in anchors(there), f"{link}: there is no such heading"


def test_every_page_can_be_found() -> None:
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in links(DOCS / "README.md")}
    lost = [name(page) for page in DOCS.rglob("*.md") if page.name != "README.md" and page.resolve() not in linked]
    assert not lost, "not in docs/README.md"


# -- commands


def commands(page: Path) -> Iterator[str]:
    """What the page types behind `/kring`, or in Slack behind `@Kring`."""
    yield from (each[len("/kring") :] for each in code(page) if re.match(r"(/kring|@Kring)\b", each))
    for line in blocks(page):
        typed = re.search(r"(?<![\w./@])/kring(?=[\s'\"\\]|$)((?:[^'\"\\|#]|\\?\"(?:[^\"\\])*\\?\")*)", line)
        if typed:
            yield typed.group(1).replace('\\"', '"')


ON_DISCORD = {" ".join(here): " ".join(path) for path, here in BARE.items()}


def reads(typed: str, known: tuple[Command, ...]) -> str:
    """What is wrong with it; empty when Kring does what it says."""
    typed = ON_DISCORD.get(typed.strip(), typed)
    parsed = parse(re.sub(r"@(\w+)", r"<@\1>", typed).strip(" …"), {}, known)
    if isinstance(parsed, Unknown | Misused):
        return f"/kring{typed}: {parsed}"
    command, given = parsed
    if command.name == "round start" and given.text("format") not in ("", *shipped()):
        return f"/kring{typed}: there is no such format"
    if command.name == "help" and given.text("noun") not in ("", *(each.path[0] for each in known if each.path)):
        return f"/kring{typed}: there is no such noun"
    return ""


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_every_command_is_one(page: Path) -> None:
    known = gather().offered.commands
    wrong = [fault for typed in commands(page) if (fault := reads(typed, known))]
    assert not wrong, "\n".join(wrong)


def shell(page: Path) -> Iterator[list[str]]:
    """What the page types behind `kring` in a terminal; `kring db a | b` stands for both."""
    lines = [*(each for each in code(page) if re.match(r"kring( |$)", each)), *blocks(page)]
    for line in lines:
        for typed in re.findall(r"(?:^|&& |run |bin/)kring(?= |$)((?: [^\s>#&]+)*)", line):
            first, *others = typed.strip(" …`").split(" | ")
            words = [word for word in first.split() if word != "…"]
            yield words
            yield from ([*words[:-1], *other.split()] for other in others)


def runs(words: list[str], command: click.Command) -> None:
    """Raises where there is no such command, option or argument."""
    context = click.Context(command)
    _, rest, _ = command.make_parser(context).parse_args(list(words))
    if isinstance(command, click.Group):
        if rest:
            found = command.get_command(context, rest[0])
            assert found is not None, f"there is no command {rest[0]!r}"
            runs(rest[1:], found)
    else:
        assert len(rest) == len([each for each in command.params if isinstance(each, click.Argument)]) or not rest, rest


@pytest.mark.parametrize("page", PAGES_HERE, ids=name)
def test_every_call_in_a_terminal_is_one(page: Path) -> None:
    for words in shell(page):
        try:
            runs(words, main)
        except click.ClickException as error:
            pytest.fail(f"kring {' '.join(words)}: {error.message}")


# -- the house


def test_the_layers_are_drawn_as_they_are_checked() -> None:
    drawn = (DOCS / "why" / "house.md").read_text("utf-8").partition("## Direction")[2]
    lines = FENCE.findall(drawn)[0][1].splitlines()
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    assert [re.findall(r"[\w.]+", line.partition("   ")[0]) for line in lines] == [
        re.findall(r"[\w.]+", layer) for layer in contracts[0]["layers"]
    ]


# -- buttons


def labels() -> re.Pattern[str]:
    """All that can stand on a button, a field or the page, in every language; a place may be anything."""
    page = (ROOT / "adapters" / "playground" / "page" / "parts" / "words.js").read_text("utf-8")
    texts = {*said(), *SHORTCUTS.values(), *re.findall(r'^\s+\w+: \["([^"]+)"', page, re.MULTILINE)}
    for language in OTHERS:
        texts |= {message.string for _, message in catalogue(language) if isinstance(message.id, str)}
    patterns = (re.sub(r"\\{\w+\\}", ".+", re.escape(text.strip("*"))) for text in texts if not text.startswith("{"))
    return re.compile("|".join(sorted(patterns)))


def bold(text: str) -> list[str]:
    """Bold words, except those that lead in a paragraph: these end in a full stop."""
    found = (" ".join(each.split()) for each in re.findall(r"\*\*([^*]+)\*\*", text))
    return [each for each in found if not re.search(r"[.]$|[.,]$", each)]


def test_every_button_is_there() -> None:
    known = labels()
    pages = [*(DOCS / "start").glob("*.md"), *(DOCS / "howto").glob("*.md")]
    said_of = {name(page): prose(page) for page in pages}
    parts = (ROOT / "README.md").read_text("utf-8").split("\n## ")
    said_of["README.md"] = "\n".join(part for part in parts if part.startswith("The first ten minutes"))
    wrong = [f"{page}: {each}" for page, text in said_of.items() for each in bold(text) if not known.fullmatch(each)]
    assert not wrong, "\n".join(wrong)
    assert sum(len(bold(text)) for text in said_of.values()) > 50, "the buttons are not found any more"


# -- the playground's API, and the script that uses it


def test_every_path_of_the_api_is_described() -> None:
    sources = "".join(file.read_text("utf-8") for file in (ROOT / "adapters" / "playground").glob("*.py"))
    there = {(verb.upper(), path) for verb, path in re.findall(r'web\.(\w+)\("(/api/[^"]*)"', sources)}
    page = (DOCS / "reference" / "playground-api.md").read_text("utf-8")
    told = {(verb, path) for verb, path in re.findall(r"`(GET|POST|PATCH|DELETE) (/api/[\w/{}]*)", page)}
    assert there == told


@pytest.mark.timeout(180)
async def test_the_script_plays(tmp_path: Path) -> None:
    """The blocks of docs/howto/script-the-playground.md, one after the other, against a real server."""
    missing = [program for program in ("bash", "curl", "python3") if shutil.which(program) is None]
    if missing:
        pytest.skip(f"there is no {' and no '.join(missing)}")
    page = (DOCS / "howto" / "script-the-playground.md").read_text("utf-8")
    script = "\n".join(block for kind, block in FENCE.findall(page) if kind == "bash")
    async with started(tmp_path / "script.db", empty=False) as process:
        environment = os.environ | {"KRING": process.address.rstrip("/")}
        playing = await asyncio.create_subprocess_exec("bash", "-c", script, env=environment, stdout=-1, stderr=-1)
        out, wrong = await playing.communicate()
    told = out.decode()
    assert playing.returncode == 0, f"{told}\n{wrong.decode()}"
    assert "Everybody writes for two minutes." in told, "the reveal"
    assert "K-4 · How do you start after the break" in told, "the keep"
    assert "Good to hear. I'll leave you to it." in told, "the check-in"

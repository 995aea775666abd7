"""Each sentence about a platform that somebody may read stands on its page of troubles, with what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from adapters.discord import faults as discord_faults
from adapters.slack import faults as slack_faults
from bot.settings import TOKENS as OF_SLACK

ROOT = Path(__file__).parents[2]
HOWTO = ROOT / "docs" / "howto"
SLACK, DISCORD = HOWTO / "slack-troubles.md", HOWTO / "discord-troubles.md"
TELLING = {
    SLACK: ("adapters/slack/cures.py", "adapters/slack/doctor.py"),
    DISCORD: ("adapters/discord/cures.py", "adapters/discord/doctor.py"),
}
"""Whole files that tell a host what is wrong."""
LACKING = {SLACK: ("missing", "of_slack"), DISCORD: ("missing", "of_discord")}
"""Functions of bot/missing.py."""
ANSWERING = {
    SLACK: (("adapters/slack/answers.py", "_"), ("adapters/slack/install.py", "_")),
    DISCORD: (("adapters/discord/answers.py", "_"), ("adapters/discord/steps.py", "say")),
}
"""Where people are told of the platform, and by which calls."""
FOLDERS = {SLACK: "slack", DISCORD: "discord"}
pages = pytest.mark.parametrize("page", [SLACK, DISCORD], ids=lambda page: page.stem)


def told(part: ast.AST) -> Iterator[str]:
    """The sentences in that part of a program, up to the mend, as patterns: what is filled in may be anything."""
    inside = {id(each) for whole in ast.walk(part) if isinstance(whole, ast.JoinedStr) for each in whole.values}
    documents = {id(each.value) for each in ast.walk(part) if isinstance(each, ast.Expr)}
    for each in ast.walk(part):
        if id(each) in inside | documents:
            continue
        match each:
            case ast.Constant(value=str() as text):
                pieces = [text]
            case ast.JoinedStr(values=values):
                pieces = [str(value.value) if isinstance(value, ast.Constant) else "\0" for value in values]
            case _:
                continue
        sentence = re.split(r"[;(:]| -> ", "".join(pieces))[0].strip()
        if len(sentence.replace("\0", "").split()) > 2 and "&" not in sentence:  # that is an item of a menu
            yield pattern(sentence)


def pattern(sentence: str) -> str:
    return r".{1,60}?".join(re.escape(re.sub(r"[*`]", "", piece)) for piece in sentence.split("\0"))


def program(name: str | Path) -> ast.Module:
    return ast.parse((ROOT / name).read_text("utf-8"))


def function(name: str, within: str) -> ast.FunctionDef:
    found = (each for each in ast.walk(program(within)) if isinstance(each, ast.FunctionDef))
    return next(each for each in found if each.name == name)


def calls(part: ast.AST, names: str) -> Iterator[str]:
    """The first argument of every call of one of these."""
    for each in ast.walk(part):
        match each:
            case ast.Call(
                func=ast.Attribute(attr=name) | ast.Name(id=name), args=[ast.Constant(value=str() as text), *_]
            ):
                if re.fullmatch(names, name):
                    yield text


def read(page: Path) -> str:
    """The page as somebody reads it who looks for a sentence."""
    return " ".join(re.sub(r"[*`]", "", page.read_text("utf-8")).split())


def lost(page: Path, patterns: Iterable[str]) -> set[str]:
    text = read(page)
    return {each for each in patterns if not re.search(each, text, re.IGNORECASE)}


def assert_told(page: Path, patterns: Iterable[str]) -> None:
    missing = sorted(lost(page, patterns))
    assert not missing, f"{page.name} says nothing of\n" + "\n".join(missing)


@pages
def test_what_a_host_is_told_is_explained(page: Path) -> None:
    parts = [*map(program, TELLING[page]), *(function(name, "bot/missing.py") for name in LACKING[page])]
    patterns = {each for part in parts for each in told(part)}
    assert len(patterns) > 15, "the sentences are not found any more"
    assert_told(page, patterns)


def test_every_token_of_slack_is_explained() -> None:
    assert_told(SLACK, {re.escape(what.partition(" (")[0].partition(";")[0]) for _, what, _ in OF_SLACK})


def test_what_is_said_of_intents_and_tokens_of_discord_is_explained() -> None:
    intents = program("adapters/discord/intents.py")
    named = {each.name: each for each in intents.body if isinstance(each, ast.FunctionDef)}
    patterns = {each for name in ("not_switched_on", "not_used") for each in told(named[name])}
    settings = next(each for each in program("bot/settings.py").body if getattr(each, "name", "") == "Discord")
    patterns |= {pattern(text.partition(":")[0]) for text in calls(settings, "ValueError") if "token" in text}
    assert len(patterns) > 4, "the sentences are not found any more"
    assert_told(DISCORD, patterns)


@pages
def test_what_the_log_says_is_explained(page: Path) -> None:
    files = [*(ROOT / "adapters" / FOLDERS[page]).glob("*.py"), ROOT / "adapters" / "postman.py"]
    lines = {line for file in files for line in calls(program(file), "info|warning|error|exception")}
    assert len(lines) > 15, "the lines are not found any more"
    assert_told(page, {re.escape(each) for each in lines})


def spoken(texts: Iterable[str]) -> set[str]:
    """As patterns: the first sentence of each; what stands in a place may be anything."""
    first = {re.split(r"(?<=\w)[.:] ", each)[0].rstrip(".") for each in texts}
    return {re.sub(r"\\\{\w+\\\}", ".{1,40}?", re.escape(re.sub(r"[*`]", "", each))) for each in first}


@pages
def test_what_people_are_told_is_explained(page: Path) -> None:
    texts = {text for file, names in ANSWERING[page] for text in calls(program(file), names)}
    assert len(texts) > 5, "the texts are not found any more"
    assert_told(page, spoken(texts))


def test_what_people_are_told_of_a_refusal_is_explained() -> None:
    """By one page or the other: a few are said of one platform only."""
    texts = spoken(calls(program("bot/refusals.py"), "say|_"))
    assert len(texts) > 8, "the texts are not found any more"
    assert not lost(SLACK, texts) & lost(DISCORD, texts)


def words_of(page: Path) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", page.read_text("utf-8")))


def test_every_word_of_slack_is_explained() -> None:
    words = {*slack_faults.REFUSED, *slack_faults.HOST_MUST_ACT, *slack_faults.SLACKS_OWN}
    missing = sorted(words - words_of(SLACK))
    assert not missing, f"docs/howto/slack-troubles.md says nothing of {missing}"
    assert_told(SLACK, {re.escape(each) for each in slack_faults.HOST_MUST_ACT.values()})


def test_every_number_of_discord_is_explained() -> None:
    numbers = {*discord_faults.REFUSED, *discord_faults.HOST_MUST_ACT, *discord_faults.NOT_NOW}
    missing = sorted({str(each) for each in numbers} - words_of(DISCORD))
    assert not missing, f"docs/howto/discord-troubles.md says nothing of {missing}"

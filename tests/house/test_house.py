"""The house stands as it is drawn: layers, sizes, names, and files that are made from others."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.example import example

ROOT = Path(__file__).parents[2]
SOURCES = [
    file
    for package in ("bot", "adapters", "storage")
    for file in (ROOT / package).rglob("*.py")
    if "versions" not in file.parts
]
SCRIPTS = [file for file in (ROOT / "adapters").rglob("*") if file.suffix in {".js", ".css"}]
LONGEST = 320
"""Lines: the bound is about 300."""
VAGUE = re.compile(r"manager|helper|util|service|common|(^|_)base(_|$)|(^|_)data(_|$)")


@pytest.mark.parametrize("file", SOURCES + SCRIPTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_has_one_job(file: Path) -> None:
    lines = len(file.read_text("utf-8").splitlines())
    assert lines <= LONGEST, f"{lines} lines: two jobs, usually"
    assert not VAGUE.search(file.stem), "the name does not say what it is for"


def test_no_class_has_a_vague_name() -> None:
    vague = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in SOURCES
        for name in re.findall(r"^class (\w+)", file.read_text("utf-8"), re.MULTILINE)
        if re.search(r"Manager|Helper|Util|Service|Common", name)
    ]
    assert not vague


def test_the_example_of_the_settings_is_made_from_the_settings() -> None:
    there = (ROOT / "config.example.toml").read_text("utf-8")
    assert there == example(), "run: kring example-config > config.example.toml"


def test_the_layers_hold() -> None:
    pytest.importorskip("importlinter", reason="the lint group is not installed")
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_project_speaks_of_itself_alone() -> None:
    """No address of a package registry and no path of somebody's machine in what is kept."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    found = re.compile(r"https?://(files|registry|deb|index|pypi)\.|/(home|root)/[a-z]")
    for name in tracked.stdout.splitlines():
        file = ROOT / name
        if file.suffix in {".png", ".ttf", ".woff2"} or not file.is_file() or file == Path(__file__):
            continue
        assert not found.search(file.read_text("utf-8")), name

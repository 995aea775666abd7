"""The link asks for what is used, and for nothing else."""

from __future__ import annotations

import ast
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest
from click.testing import CliRunner, Result

from adapters.discord.invite import PERMISSIONS, SCOPES, application_of, permissions, url
from bot.__main__ import main

NAMES = {
    "View Channels": "view_channel",
    "Send Messages": "send_messages",
    "Create Public Threads": "create_public_threads",
    "Create Private Threads": "create_private_threads",
    "Send Messages in Threads": "send_messages_in_threads",
    "Read Message History": "read_message_history",
    "Attach Files": "attach_files",
}
"""What discord.py calls them."""


def test_the_bits_are_those_of_discord() -> None:
    assert set(PERMISSIONS) == set(NAMES)
    expected = discord.Permissions(**dict.fromkeys(NAMES.values(), True))
    assert permissions() == expected.value
    for name, (bit, _) in PERMISSIONS.items():
        assert bit == discord.Permissions(**{NAMES[name]: True}).value


def test_nothing_that_concerns_others() -> None:
    asked = discord.Permissions(permissions())
    granted = {name for name, given in asked if given}
    assert not [name for name in granted if name.startswith(("manage_", "kick", "ban", "moderate", "administrator"))]
    assert not granted & {
        "mention_everyone",
        "administrator",
        "embed_links",
        "add_reactions",
        "external_emojis",
    }


def test_nothing_in_kring_asks_for_a_reaction() -> None:
    """Else *Add Reactions* would be needed after all."""
    sources = [ast.parse(file.read_text("utf-8")) for file in (Path(__file__).parents[3] / "bot").rglob("*.py")]
    called = [each.func for source in sources for each in ast.walk(source) if isinstance(each, ast.Call)]
    names = {each.id for each in called if isinstance(each, ast.Name)}
    assert "Post" in names, "requests are not found any more"
    assert "React" not in names


def test_each_has_a_reason() -> None:
    assert all(reason.startswith("to ") for _, reason in PERMISSIONS.values())
    assert all(SCOPES.values())


def test_the_link() -> None:
    link = urlsplit(url("1234567890"))
    assert (link.scheme, link.netloc, link.path) == ("https", "discord.com", "/oauth2/authorize")
    assert parse_qs(link.query) == {
        "client_id": ["1234567890"],
        "permissions": [str(permissions())],
        "scope": ["bot applications.commands"],
        "integration_type": ["0"],
    }


@pytest.mark.parametrize(
    ("token", "application"),
    [
        ("MTIzNDU2Nzg5MA.AAAAAA.secret", "1234567890"),
        ("MTIzNDU2Nzg5MDEy.AAAAAA.secret", "123456789012"),
        ("AAAA.AAAAAA.secret", None),
        ("é.AAAAAA.secret", None),
        ("", None),
    ],
)
def test_a_token_names_its_application(token: str, application: str | None) -> None:
    assert application_of(token) == application


@pytest.mark.parametrize("wrong", ["", "kring", "12 3", "1&scope=bot"])
def test_an_application_has_a_number(wrong: str) -> None:
    with pytest.raises(ValueError, match="application"):
        url(wrong)


# -- the command

TOKEN = "MTIzNDU2Nzg5MA.AAAAAA.secret"


def called(environment: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(main, ["discord", "invite", *words], env=environment)


def test_the_link_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked of Discord: the address below is nobody's."""
    monkeypatch.chdir(tmp_path)
    nowhere = {"KRING_DISCORD__API_URL": "http://127.0.0.1:9/api/v10"}
    for environment, words in (({"KRING_DISCORD__TOKEN": TOKEN} | nowhere, ()), ({}, ("1234567890",))):
        done = called(environment, *words)
        assert (done.exit_code, done.output) == (0, f"{url('1234567890')}\n")


@pytest.mark.parametrize(
    ("environment", "words", "sentence"),
    [
        ({}, (), "KRING_DISCORD__TOKEN is not there; give it, or the id of the app: kring discord invite ID"),
        ({"KRING_DISCORD__TOKEN": "a.b.c"}, (), "KRING_DISCORD__TOKEN does not name its app; give the id"),
        ({"KRING_DISCORD__TOKEN": "é.b.c"}, (), "KRING_DISCORD__TOKEN does not name its app; give the id"),
        ({"KRING_DISCORD__TOKEN": "no token"}, (), "is no bot token"),
        ({}, ("kring",), "kring is not the id of an app, which is a number (General Information -> Application ID"),
    ],
)
def test_no_link(
    environment: dict[str, str], words: tuple[str, ...], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = called(environment, *words)
    assert done.exit_code == 1
    assert sentence in done.output
    assert "Traceback" not in done.output

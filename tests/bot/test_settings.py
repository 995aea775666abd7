"""Settings: defaults, file, environment, and all faults told at once with the key and the mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsFault
from bot.example import example
from bot.loading import load
from bot.missing import missing
from bot.settings import Settings


def test_nothing_needs_to_be_set() -> None:
    settings = load(None, {})
    assert settings.database.url == "sqlite:///kring.db"
    assert settings.playground.host == "127.0.0.1"
    assert settings.key is None


def test_the_example_is_what_nothing_set_means(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(example(), "utf-8")
    assert load(file, {}).model_dump() == load(None, {}).model_dump()


def test_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[log]\nlevel = "error"\nformat = "json"\n', "utf-8")
    settings = load(file, {"KRING_LOG__LEVEL": "debug"})
    assert (settings.log.level, settings.log.format) == ("debug", "json")


def test_all_faults_at_once_with_the_key_and_the_mend(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        'key = "secret"\n[databas]\nx = 1\n[playground]\nport = "many"\nhots = "x"\n[log]\nlevel = "loud"\n', "utf-8"
    )
    with pytest.raises(SettingsFault) as caught:
        load(file, {"KRING_PLAYGROND__PORT": "1"})
    assert caught.value.faults == (
        "config.toml: [log] level: Input should be 'debug', 'info', 'warning' or 'error'",
        "config.toml: [playground] hots: there is no such key; did you mean host?",
        "config.toml: [playground] port: Input should be a valid integer, unable to parse string as an integer",
        "config.toml: databas: there is no such key; did you mean database?",
        "config.toml: key: is a secret; put it in the environment as KRING_KEY",
        "environment: KRING_PLAYGROND__PORT: there is no such setting; did you mean KRING_PLAYGROUND__PORT?",
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[log", "c.toml: is not TOML"),
        (b"\xff\xfe", "c.toml: cannot be read"),
        (b'[database]\nurl = "mysql://x"', r"starts with sqlite:/// or postgresql\+psycopg://"),
        (b'[database]\nurl = "postgresql+psycopg://a:secret@b/c"', "holds a password"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "c.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsFault, match=sentence):
        load(file, {})


def test_a_section_given_as_one_thing(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text('log = "debug"\ndatabase = 3\n', "utf-8")
    with pytest.raises(SettingsFault) as caught:
        load(file, {})
    assert caught.value.faults == (
        "c.toml: database: is a section; write [database] with its keys below it",
        "c.toml: log: is a section; write [log] with its keys below it",
    )
    with pytest.raises(SettingsFault) as caught:
        load(None, {"KRING_LOG": "debug"})
    assert caught.value.faults == (
        "environment: KRING_LOG: names a section; name one key of it, such as KRING_LOG__LEVEL",
    )


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault, match=r"there is no such file; copy config.example.toml"):
        load(tmp_path / "none.toml", {})


def test_the_key_from_a_file_of_its_own(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("abc\n", "utf-8")
    settings = load(None, {"KRING_KEY_FILE": str(secret)})
    assert settings.key is not None
    assert settings.key.get_secret_value() == "abc"
    assert "abc" not in repr(settings)
    with pytest.raises(SettingsFault, match="KRING_KEY_FILE: cannot be read"):
        load(None, {"KRING_KEY_FILE": str(tmp_path / "none")})


def test_what_comes_from_the_environment_is_faulted_by_its_name() -> None:
    assert faults({"KRING_LOG__LEVEL": "loud", "KRING_LOG__LEVLE": "info", "KRING_SLACK_BOT_TOKEN": "xoxb-1"}) == (
        "environment: KRING_LOG__LEVEL: Input should be 'debug', 'info', 'warning' or 'error'",
        "environment: KRING_LOG__LEVLE: there is no such setting; did you mean KRING_LOG__LEVEL?",
        "environment: KRING_SLACK_BOT_TOKEN: there is no such setting; did you mean KRING_SLACK__BOT_TOKEN?",
    )


def test_only_what_is_given_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRING_LOG__LEVEL", "debug")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    settings = load(None, {})
    assert (settings.log.level, settings.slack.bot_token) == ("info", None)


# -- Slack


def faults(environment: dict[str, str], file: Path | None = None) -> tuple[str, ...]:
    with pytest.raises(SettingsFault) as caught:
        load(file, environment)
    return caught.value.faults


def test_slack_is_switched_on_by_its_tokens() -> None:
    assert not load(None, {}).slack.configured
    one = load(None, {"KRING_SLACK__BOT_TOKEN": "xoxb-1"}).slack
    assert (one.configured, one.several, one.mode, one.api_url) == (True, False, "socket", "https://slack.com/api/")
    several = load(None, {"KRING_SLACK__CLIENT_ID": "1.2", "KRING_SLACK__CLIENT_SECRET": "s"}).slack
    assert (several.configured, several.several) == (True, True)
    assert not load(None, {"KRING_SLACK__CLIENT_ID": "1.2"}).slack.configured


def test_no_secret_shows() -> None:
    settings = load(None, {"KRING_SLACK__BOT_TOKEN": "xoxb-hidden", "KRING_SLACK__SIGNING_SECRET": "hidden"})
    assert "hidden" not in repr(settings)


def test_a_secret_in_the_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[slack]\nmode = "http"\nbot_token = "xoxb-1"\nclient_secret = "s"\n', "utf-8")
    told = faults({}, file)
    assert told == (
        "config.toml: [slack] bot_token: is a secret; put it in the environment as KRING_SLACK__BOT_TOKEN",
        "config.toml: [slack] client_secret: is a secret; put it in the environment as KRING_SLACK__CLIENT_SECRET",
    )
    assert "xoxb-1" not in "".join(told)


@pytest.mark.parametrize(
    ("name", "token", "sentence"),
    [
        ("BOT_TOKEN", "xapp-1-A1-2", "this is an app-level token; it goes into KRING_SLACK__APP_TOKEN"),
        ("APP_TOKEN", "xoxb-1", "this is a bot token; it goes into KRING_SLACK__BOT_TOKEN"),
        ("SIGNING_SECRET", "xoxb-1", "this is a bot token; it goes into KRING_SLACK__BOT_TOKEN"),
        ("BOT_TOKEN", "xoxe.xoxp-1", "this is an app configuration token; it goes into KRING_SLACK__CONFIG_TOKEN"),
        ("BOT_TOKEN", "xoxp-1", "this is a user token, which Kring does not need"),
        ("CONFIG_TOKEN", "xoxe-1", "this is a refresh token, which Kring does not need"),
        (
            "BOT_TOKEN",
            "xoxe.xoxb-1",
            "this is a bot token that expires (token rotation is on in the app); install by client id instead",
        ),
        ("BOT_TOKEN", "0123456789abcdef", "does not begin with xoxb-"),
        ("APP_TOKEN", "0123456789abcdef", "does not begin with xapp-"),
        ("CONFIG_TOKEN", "0123456789abcdef", "does not begin with xoxe."),
    ],
)
def test_a_token_in_the_wrong_place(name: str, token: str, sentence: str) -> None:
    assert faults({f"KRING_SLACK__{name}": token}) == (f"environment: KRING_SLACK__{name}: {sentence}",)


@pytest.mark.parametrize("nothing", ["", " ", "\n"])
def test_a_secret_set_to_nothing_is_not_set(tmp_path: Path, nothing: str) -> None:
    """Else a request that is signed with the empty key would be taken for Slack's."""
    settings = load(None, {"KRING_SLACK__SIGNING_SECRET": nothing, "KRING_KEY": nothing})
    assert settings.slack.signing_secret is None
    assert settings.key is None
    (tmp_path / "secret").write_text(nothing, "utf-8")
    from_file = load(None, {"KRING_SLACK__SIGNING_SECRET_FILE": str(tmp_path / "secret")})
    assert from_file.slack.signing_secret is None


def test_tokens_from_files_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "bot").write_text("xoxb-1\n", "utf-8")
    (tmp_path / "app").write_text("xoxb-2\n", "utf-8")
    given = {"KRING_SLACK__BOT_TOKEN_FILE": str(tmp_path / "bot"), "KRING_SLACK__MODE": "http"}
    slack = load(None, given).slack
    assert slack.bot_token is not None
    assert (slack.bot_token.get_secret_value(), slack.mode) == ("xoxb-1", "http")
    assert faults({**given, "KRING_SLACK__APP_TOKEN_FILE": str(tmp_path / "app")}) == (
        "environment: KRING_SLACK__APP_TOKEN_FILE: this is a bot token; it goes into KRING_SLACK__BOT_TOKEN",
    )
    assert faults({**given, "KRING_SLACK__BOT_TOKEN": "xoxb-3"}) == (
        "environment: KRING_SLACK__BOT_TOKEN_FILE: is given beside KRING_SLACK__BOT_TOKEN; take one of them away",
    )


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("KRING_SLACK__API_URL", "slack.com/api/", "starts with https:// (or http:// for a test)"),
        ("KRING_SLACK__API_URL", "https://slack-gov.com/api", "ends with a slash; write https://slack-gov.com/api/"),
        ("KRING_SERVER__PUBLIC_URL", "kring.example.org", "is an address such as https://kring.example.org"),
        ("KRING_SERVER__PUBLIC_URL", "http://kring.example.org", "is an address such as https://kring.example.org"),
        ("KRING_SLACK__MODE", "https", "Input should be 'socket' or 'http'"),
    ],
)
def test_an_address_that_is_none(variable: str, value: str, sentence: str) -> None:
    assert faults({variable: value}) == (f"environment: {variable}: {sentence}",)


def test_the_public_address_has_no_slash_at_its_end() -> None:
    assert load(None, {"KRING_SERVER__PUBLIC_URL": "https://a.example/"}).server.public_url == "https://a.example"
    assert load(None, {"KRING_SERVER__PUBLIC_URL": "http://127.0.0.1:3000"}).server.public_url


BOT, APP, SIGNING = "KRING_SLACK__BOT_TOKEN", "KRING_SLACK__APP_TOKEN", "KRING_SLACK__SIGNING_SECRET"
CLIENT, SECRET = "KRING_SLACK__CLIENT_ID", "KRING_SLACK__CLIENT_SECRET"
MODE, URL = "KRING_SLACK__MODE", "KRING_SERVER__PUBLIC_URL"


@pytest.mark.parametrize(
    ("given", "wants"),
    [
        ({}, ["there is nothing to run: give KRING_SLACK__BOT_TOKEN"]),
        ({"KRING_SLACK__CONFIG_TOKEN": "xoxe.1"}, ["there is nothing to run"]),
        ({BOT: "xoxb-1", APP: "xapp-1"}, []),
        ({BOT: "xoxb-1"}, [f'{APP} is missing: [slack] mode = "socket"']),
        ({APP: "xapp-1"}, [f"{BOT} is missing"]),
        ({BOT: "xoxb-1", MODE: "http", SIGNING: "s"}, []),
        ({BOT: "xoxb-1", MODE: "http"}, [f'{SIGNING} is missing: with [slack] mode = "http" anybody could forge']),
        ({BOT: "xoxb-1", MODE: "http", SIGNING: " "}, [f"{SIGNING} is missing"]),
        ({CLIENT: "1.2", SECRET: "s", SIGNING: "s", MODE: "http", URL: "https://a.example"}, []),
        ({CLIENT: "1.2", SECRET: "s", SIGNING: "s", APP: "xapp-1", URL: "https://a.example"}, []),
        ({CLIENT: "1.2", APP: "xapp-1"}, [f"{SECRET} is missing", f"{SIGNING} is missing", "[server] public_url"]),
        ({SECRET: "s", SIGNING: "s", APP: "xapp-1", URL: "https://a.example"}, [f"{CLIENT} is missing"]),
        ({BOT: "xoxb-1", CLIENT: "1.2", APP: "xapp-1"}, [f"{BOT} and {CLIENT} are both given: keep the token for one"]),
        ({BOT: "xoxb-1", CLIENT: "1.2"}, [f"{BOT} and {CLIENT} are both given", f"{APP} is missing"]),
    ],
)
def test_what_a_start_cannot_do_without(given: dict[str, str], wants: list[str]) -> None:
    told = missing(load(None, given))
    assert len(told) == len(wants), told
    for line, want in zip(told, wants, strict=True):
        assert line.startswith(want)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().log = None  # type: ignore[assignment, misc]

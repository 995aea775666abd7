"""Settings: defaults, file, environment, and all faults told at once with the key and the mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsFault
from bot.settings import Settings, example, load


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KRING_DATABASE__URL", "KRING_KEY", "KRING_KEY_FILE", "KRING_LOG__LEVEL"):
        monkeypatch.delenv(name, raising=False)


def test_nothing_needs_to_be_set() -> None:
    settings = load(None, {})
    assert settings.database.url == "sqlite:///kring.db"
    assert settings.playground.host == "127.0.0.1"
    assert settings.key is None


def test_the_example_is_what_nothing_set_means(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(example(), "utf-8")
    assert load(file, {}).model_dump() == load(None, {}).model_dump()


def test_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[log]\nlevel = "error"\nformat = "json"\n', "utf-8")
    monkeypatch.setenv("KRING_LOG__LEVEL", "debug")
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


def test_a_section_given_as_one_thing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "c.toml"
    file.write_text('log = "debug"\ndatabase = 3\n', "utf-8")
    with pytest.raises(SettingsFault) as caught:
        load(file, {})
    assert caught.value.faults == (
        "c.toml: database: is a section; write [database] with its keys below it",
        "c.toml: log: is a section; write [log] with its keys below it",
    )
    monkeypatch.setenv("KRING_LOG", "debug")
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


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().log = None  # type: ignore[assignment, misc]

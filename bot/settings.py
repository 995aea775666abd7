"""What can be configured: a TOML file, overruled by the environment, as frozen values. All faults are told at once.

Secrets come from the environment only (`KRING_KEY`, or `KRING_KEY_FILE` with a file that holds it): a file with
settings is copied, shown and committed too easily.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.errors import SettingsFault

PREFIX = "KRING_"
SECRETS = ("key",)


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Database(Section):
    """Where everything is remembered."""

    url: str = Field(
        default="sqlite:///kring.db",
        description="SQLite for one server (sqlite:///kring.db), PostgreSQL for several processes "
        "(postgresql+psycopg://user@host/kring).",
    )
    readers: int = Field(default=2, ge=1, le=32, description="Threads that search and show while one writes.")
    writers: int = Field(
        default=4, ge=1, le=32, description="Writing connections on PostgreSQL; SQLite always has one."
    )

    @field_validator("url")
    @classmethod
    def _known(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("starts with sqlite:/// or postgresql+psycopg://")
        if "@" in url and ":" in url.split("://", 1)[1].split("@", 1)[0]:
            raise ValueError("holds a password; put it in PGPASSWORD or a .pgpass file instead")
        return url


class Log(Section):
    """What is told while Kring runs; never what people write."""

    level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="How much is told.")
    format: Literal["text", "json"] = Field(default="text", description="For people, or for a log collector.")


class Playground(Section):
    """The third platform: a page on this machine where you play all the people."""

    host: str = Field(default="127.0.0.1", description="Only this machine: the playground has no sign-in.")
    port: int = Field(default=8080, ge=0, le=65535, description="0 takes a free one.")
    language: Literal["en", "nl"] = Field(default="en", description="The language of the seeded community.")


class Settings(BaseSettings):
    """Everything, with the key that encrypts what is private."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    database: Database = Field(default_factory=Database)
    log: Log = Field(default_factory=Log)
    playground: Playground = Field(default_factory=Playground)
    key: SecretStr | None = Field(default=None, description="Encrypts private contributions at rest. KRING_KEY.")


def load(file: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings of the file, overruled by the process environment (`KRING_DATABASE__URL` and so on).

    `environment` is the process environment, for what pydantic does not look at: misspelled names and `KRING_KEY_FILE`.
    Raises SettingsFault with one line for each fault: where it is, what is wrong, and what to write instead.
    """
    name = file.name if file else "environment"
    faults = list(_misspelled(environment))
    secrets = _from_files(environment, faults)
    values = _file(file) if file else {}
    faults += [
        f"{name}: {secret}: is a secret; put it in the environment as {PREFIX}{secret.upper()}"
        for secret in SECRETS
        if values.pop(secret, None) is not None
    ]

    class FromFile(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return init_settings, env_settings, InitSettingsSource(settings_cls, values)

    try:
        settings = FromFile(**secrets)
    except ValidationError as error:
        faults += [_sentence(name, fault) for fault in error.errors()]
    except SettingsError:  # a section given as a whole, and not as JSON
        faults += [
            f"environment: {variable}: names a section; name one key of it, "
            f"such as {variable}__{_keys([section])[0].upper()}"
            for section in Settings.model_fields
            if (variable := f"{PREFIX}{section.upper()}") in environment and section not in SECRETS
        ]
    if faults:
        raise SettingsFault(sorted(set(faults)))
    return settings


def _file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsFault([f"{file.name}: there is no such file; copy config.example.toml to begin with"]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsFault([f"{file.name}: cannot be read: {error}"]) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsFault([f"{file.name}: is not TOML: {error}"]) from None


def _misspelled(environment: Mapping[str, str]) -> Iterator[str]:
    """Our own variables that name nothing: pydantic would pass them over in silence."""
    known = [*Settings.model_fields, *(f"{secret}_file" for secret in SECRETS)]
    for variable in sorted(environment):
        first, _, rest = variable.removeprefix(PREFIX).lower().partition("__")
        if variable.startswith(PREFIX) and first not in known and not variable.startswith(f"{PREFIX}TEST_"):
            near = get_close_matches(first, known, n=1, cutoff=0.5)
            nearest = "__".join(filter(None, (*near, rest))).upper()
            mend = f"did you mean {PREFIX}{nearest}?" if near else f"known: {', '.join(sorted(known))}"
            yield f"environment: {variable}: there is no such setting; {mend}"


def _from_files(environment: Mapping[str, str], faults: list[str]) -> dict[str, Any]:
    """Secrets that stand in a file of their own, as containers hand them over."""
    secrets: dict[str, Any] = {}
    for secret in SECRETS:
        path = environment.get(f"{PREFIX}{secret.upper()}_FILE")
        if path:
            try:
                secrets[secret] = Path(path).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                faults.append(f"environment: {PREFIX}{secret.upper()}_FILE: cannot be read: {error}")
    return secrets


def _sentence(file: str, fault: Any) -> str:
    path = [str(part) for part in fault["loc"]]
    where = f"[{path[0]}] {'.'.join(path[1:])}" if len(path) > 1 else path[0]
    if fault["type"] == "model_type":
        return f"{file}: {where}: is a section; write [{where}] with its keys below it"
    if fault["type"] != "extra_forbidden":
        return f"{file}: {where}: {fault['msg'].removeprefix('Value error, ')}"
    known = _keys(path[:-1])
    near = get_close_matches(path[-1], known, n=1, cutoff=0.5)
    mend = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
    return f"{file}: {where}: there is no such key; {mend}"


def _keys(path: list[str]) -> list[str]:
    model: type[BaseModel] = Settings
    for part in path:
        annotation = model.model_fields[part].annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            model = annotation
    return [key for key in model.model_fields if key not in SECRETS]


def example() -> str:
    """`config.example.toml`: every key with its default, what it means and what it may be."""
    lines = [
        "# Kring's settings. Copy this file to config.toml and change what you want; every line shows its default.",
        f"# Any key can be given in the environment too, which wins: {PREFIX}DATABASE__URL=sqlite:///elsewhere.db",
        f"# Secrets are given there only: {', '.join(f'{PREFIX}{secret.upper()}' for secret in SECRETS)}.",
    ]
    for name, section in Settings.model_fields.items():
        model = section.annotation
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            continue
        lines += ["", f"# {model.__doc__}", f"[{name}]"]
        defaults = model()
        for key, field in model.model_fields.items():
            lines += [f"# {field.description}{_choices(field.annotation)}", f"{key} = {_toml(getattr(defaults, key))}"]
    return "\n".join(lines) + "\n"


def _choices(annotation: Any) -> str:
    return f" One of: {', '.join(get_args(annotation))}." if get_origin(annotation) is Literal else ""


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)

"""What can be configured, as frozen values: sections with their keys, and the secrets beside them.

Secrets come from the environment only (`KRING_KEY`, or `KRING_KEY_FILE` with a file that holds it): a file with
settings is copied, shown and committed too easily. How all of it is read is in `bot/loading.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "KRING_"

TOKENS = (
    ("xoxe.xoxb-", "a bot token that expires (token rotation is on in the app); install by client id instead", ""),
    ("xoxb-", "a bot token", "bot_token"),
    ("xapp-", "an app-level token", "app_token"),
    ("xoxe.", "an app configuration token", "config_token"),
    ("xoxe-", "a refresh token, which Kring does not need", ""),
    ("xoxp-", "a user token, which Kring does not need", ""),
)
"""How Slack's tokens begin, what such a token is, and where it goes (https://docs.slack.dev/authentication/tokens)."""


def variable(*path: str) -> str:
    """The name of a key in the environment."""
    return PREFIX + "__".join(path).upper()


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


class Rounds(Section):
    """Dialogue rounds."""

    formats: str = Field(
        default="", description="A folder with formats of your own, one TOML file each (docs/howto/formats.md)."
    )


class Slack(Section):
    """Slack. It is switched on by its tokens, which are secrets and stand in the environment."""

    mode: Literal["socket", "http"] = Field(
        default="socket", description="How Slack reaches Kring: by a connection that Kring opens, or at [server]."
    )
    api_url: str = Field(
        default="https://slack.com/api/", description="Another Slack: GovSlack (https://slack-gov.com/api/), a test."
    )
    bot_token: SecretStr | None = Field(
        default=None, description="of one workspace: the Bot User OAuth Token, under OAuth & Permissions (`xoxb-…`)"
    )
    app_token: SecretStr | None = Field(
        default=None,
        description='for `mode = "socket"`: under Basic Information, App-Level Tokens, with the scope '
        "`connections:write` (`xapp-…`)",
    )
    signing_secret: SecretStr | None = Field(
        default=None,
        description='for `mode = "http"` and for several workspaces: under Basic Information, App Credentials',
    )
    client_id: SecretStr | None = Field(
        default=None, description="of several workspaces, instead of the bot token: under Basic Information"
    )
    client_secret: SecretStr | None = Field(default=None, description="belongs to the client id; in the same place")
    config_token: SecretStr | None = Field(
        default=None,
        description="only for `kring doctor`, which then compares the whole app with its manifest: under "
        "api.slack.com/apps, Your App Configuration Tokens (`xoxe.xoxp-…`, good for twelve hours)",
    )

    @property
    def several(self) -> bool:
        """Whether workspaces install Kring by themselves."""
        return self.client_id is not None and self.client_secret is not None

    @property
    def configured(self) -> bool:
        return self.bot_token is not None or self.several

    @property
    def begun(self) -> bool:
        """Whether any of what it takes is given."""
        return any((self.bot_token, self.app_token, self.signing_secret, self.client_id, self.client_secret))

    @field_validator("api_url")
    @classmethod
    def _address(cls, url: str) -> str:
        if not url.startswith(("https://", "http://")):
            raise ValueError("starts with https:// (or http:// for a test)")
        if not url.endswith("/"):
            raise ValueError(f"ends with a slash; write {url}/")
        return url

    @field_validator("bot_token", "app_token", "signing_secret", "client_id", "client_secret", "config_token")
    @classmethod
    def _right_token(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        given = secret.get_secret_value().strip() if secret else ""
        if not given:
            return None  # set to nothing is not set: a request signed with the empty key would pass
        name = str(info.field_name)
        begins = {key: start for start, _, key in reversed(TOKENS) if key}
        for start, what, key in TOKENS:
            if given.startswith(start):
                if key != name:
                    raise ValueError(f"this is {what}" + (f"; it goes into {variable('slack', key)}" if key else ""))
                return SecretStr(given)
        if name in begins:
            raise ValueError(f"does not begin with {begins[name]}")
        return SecretStr(given)


class Discord(Section):
    """Discord. It is switched on by its token, which is a secret and stands in the environment."""

    message_content: bool = Field(
        default=False,
        description="Full mode: Kring reads what people write in threads, and the emoji that keeps know-how. Needs the "
        "Message Content Intent of the app.",
    )
    members: bool = Field(
        default=False,
        description="Full mode: Kring hears who joins and who leaves. Needs the Server Members Intent of the app.",
    )
    api_url: str = Field(default="https://discord.com/api/v10", description="Another Discord, such as a test.")
    gateway_url: str = Field(default="wss://gateway.discord.gg", description="Where that one tells what happens.")
    token: SecretStr | None = Field(
        default=None, description="of the app: at discord.com/developers/applications, Bot, Reset Token"
    )

    @property
    def begun(self) -> bool:
        return self.token is not None

    @field_validator("api_url", "gateway_url")
    @classmethod
    def _address(cls, url: str, info: ValidationInfo) -> str:
        begins = ("wss://", "ws://") if info.field_name == "gateway_url" else ("https://", "http://")
        if not url.startswith(begins):
            raise ValueError(f"starts with {begins[0]} (or {begins[1]} for a test)")
        return url.rstrip("/")

    @field_validator("token")
    @classmethod
    def _whole(cls, secret: SecretStr | None) -> SecretStr | None:
        given = secret.get_secret_value().strip() if secret else ""
        if not given:
            return None
        given = given.removeprefix("Bot ").strip()
        if given.count(".") != 2 or any(each.isspace() for each in given):
            raise ValueError("is no bot token: those have three parts with full stops between; not the client secret")
        return SecretStr(given)


class Server(Section):
    """Kring's own web server. It runs for Slack's `mode = "http"`, and where several workspaces install Kring."""

    host: str = Field(default="127.0.0.1", description="Behind a proxy on this machine; 0.0.0.0 in a container.")
    port: int = Field(default=3000, ge=0, le=65535, description="0 takes a free one.")
    public_url: str = Field(
        default="", description="The https address under which others reach it, such as https://kring.example.org."
    )

    @field_validator("public_url")
    @classmethod
    def _public(cls, url: str) -> str:
        if url:
            public(url)
        return url.rstrip("/")


def public(url: str) -> None:
    """Raises ValueError for an address under which Slack could not reach a server."""
    parts = urlsplit(url)
    here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")  # a test on one machine
    if not parts.hostname or not (parts.scheme == "https" or here) or parts.query or parts.fragment:
        raise ValueError("is an address such as https://kring.example.org")


class Settings(BaseSettings):
    """Everything, with the key that encrypts what is private."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    database: Database = Field(default_factory=Database)
    log: Log = Field(default_factory=Log)
    playground: Playground = Field(default_factory=Playground)
    rounds: Rounds = Field(default_factory=Rounds)
    slack: Slack = Field(default_factory=Slack)
    discord: Discord = Field(default_factory=Discord)
    server: Server = Field(default_factory=Server)
    key: SecretStr | None = Field(
        default=None, description="one or more keys with commas between; the first encrypts, all of them decrypt"
    )

    @field_validator("key")
    @classmethod
    def _something(cls, key: SecretStr | None) -> SecretStr | None:
        return key if key and key.get_secret_value().strip() else None


# -- what there is


def is_section(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Section)


def is_secret(annotation: Any) -> bool:
    return SecretStr in get_args(annotation)


def sections() -> dict[str, type[Section]]:
    return {name: field.annotation for name, field in Settings.model_fields.items() if is_section(field.annotation)}  # type: ignore[misc]


def keys(section: str) -> list[str]:
    """What may stand in that section of the file."""
    return [name for name, field in sections()[section].model_fields.items() if not is_secret(field.annotation)]


def secrets() -> Iterator[tuple[tuple[str, ...], str]]:
    """The path of each secret, and what it is."""
    for name, field in Settings.model_fields.items():
        if is_secret(field.annotation):
            yield (name,), field.description or ""
    for section, model in sections().items():
        for name, field in model.model_fields.items():
            if is_secret(field.annotation):
                yield (section, name), field.description or ""

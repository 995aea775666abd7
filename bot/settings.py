"""What can be configured, as frozen values: sections with their keys, and the secrets beside them.

Secrets come from the environment only (`KRING_KEY`, or `KRING_KEY_FILE` with a file that holds it): a file with
settings is copied, shown and committed too easily. How all of it is read is in `bot/loading.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin
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
    slack: Slack = Field(default_factory=Slack)
    server: Server = Field(default_factory=Server)
    key: SecretStr | None = Field(
        default=None, description="one or more keys with commas between; the first encrypts, all of them decrypt"
    )

    @field_validator("key")
    @classmethod
    def _something(cls, key: SecretStr | None) -> SecretStr | None:
        return key if key and key.get_secret_value().strip() else None


def missing(settings: Settings) -> tuple[str, ...]:
    """What `kring run` cannot do without, one sentence for each; none when it can start."""
    slack = settings.slack
    bot, client, secret, signing = (
        variable("slack", name) for name in ("bot_token", "client_id", "client_secret", "signing_secret")
    )
    if not slack.begun:
        return (f"there is nothing to run: give {bot} for Slack (`kring slack manifest` begins), or try `kring demo`",)
    faults = []
    if slack.bot_token and (slack.client_id or slack.client_secret):
        faults.append(
            f"{bot} and {client} are both given: keep the token for one workspace, or the client id and the client "
            "secret for several, and take the other away"
        )
    elif slack.client_id or slack.client_secret:
        reason = "is missing: several workspaces need the client id and the client secret"
        faults += [
            f"{name} {reason}" for name, one in ((client, slack.client_id), (secret, slack.client_secret)) if not one
        ]
        if not slack.signing_secret:
            faults.append(f"{signing} is missing: without it anybody could forge an installation")
        if not settings.server.public_url:
            faults.append("[server] public_url is missing: Slack sends who installs Kring back to it")
    elif not slack.bot_token:
        faults.append(f"{bot} is missing: the Bot User OAuth Token (xoxb-…) of the app")
    if slack.mode == "socket" and not slack.app_token:
        faults.append(
            f'{variable("slack", "app_token")} is missing: [slack] mode = "socket" needs an app-level token (xapp-…)'
        )
    if slack.mode == "http" and not slack.signing_secret:
        faults.append(f'{signing} is missing: with [slack] mode = "http" anybody could forge what people do')
    return tuple(dict.fromkeys(faults))


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


def example() -> str:
    """`config.example.toml`: every key with its default, what it means and what it may be."""
    lines = [
        "# Kring's settings. Copy this file to config.toml and change what you want; every line shows its default.",
        f"# Any key can be given in the environment too, which wins: {PREFIX}DATABASE__URL=sqlite:///elsewhere.db",
        "# Secrets are given there only:",
        *(f"#   {variable(*path)}" for path, _ in secrets()),
    ]
    for name, model in sections().items():
        lines += ["", f"# {model.__doc__}", f"[{name}]"]
        defaults = model()
        for key in keys(name):
            field = model.model_fields[key]
            lines += [f"# {field.description}{_choices(field.annotation)}", f"{key} = {_toml(getattr(defaults, key))}"]
    return "\n".join(lines) + "\n"


def _choices(annotation: Any) -> str:
    return f" One of: {', '.join(get_args(annotation))}." if get_origin(annotation) is Literal else ""


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)

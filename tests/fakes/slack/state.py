"""What stands in the fake Slack: workspaces, people, channels, messages, views, files, and the app itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]


@dataclass(eq=False)
class Person:
    """Somebody with an account, or the app's bot user. `stranger` comes in by Slack Connect from elsewhere."""

    id: str
    team: str
    name: str
    tz: str = "Europe/Amsterdam"
    tz_offset: int = 3600
    locale: str = "en-US"
    email: str = ""
    admin: bool = False
    owner: bool = False
    guest: bool = False
    """A multi-channel guest (`is_restricted`)."""
    single_channel_guest: bool = False
    stranger: bool = False
    home_team: str = ""
    """A stranger's own workspace."""
    bot: bool = False
    deleted: bool = False
    updated: int = 0
    first_name: str = ""
    title: str = ""


@dataclass(eq=False)
class Upload:
    """A file. `content` is what was sent; `alt` the words for those who cannot see it."""

    id: str
    team: str
    user: str
    name: str
    title: str
    length: int
    created: int
    alt: str = ""
    content: bytes = b""
    mimetype: str = "application/octet-stream"
    filetype: str = "binary"
    state: Literal["asked", "sent", "complete"] = "asked"
    upload_secret: str = ""
    channels: list[str] = field(default_factory=list)
    shares: dict[str, list[Json]] = field(default_factory=dict)
    """By channel: the messages it stands in."""


@dataclass(eq=False)
class Message:
    """`thread` is the ts of the root, on replies only. `seen_by` is set on what only one person sees."""

    ts: str
    channel: str
    team: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread: str | None = None
    by_app: bool = False
    metadata: Json | None = None
    subtype: str | None = None
    edited: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[Upload] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    """The ts of each reply, on a root."""
    repliers: list[str] = field(default_factory=list)
    seen_by: str | None = None
    more: Json = field(default_factory=dict)
    """Fields that only some subtypes have (`inviter`, `old_name`)."""
    state: dict[str, dict[str, Json]] = field(default_factory=dict)
    """What was picked in its selects: block_id, action_id, value."""

    @property
    def metadata_id(self) -> str | None:
        return ((self.metadata or {}).get("event_payload") or {}).get("id")


@dataclass(eq=False)
class Channel:
    id: str
    team: str
    name: str
    kind: Literal["channel", "private", "im", "mpim"] = "channel"
    members: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    """By ts, oldest first; what only one person sees stands apart in `private`."""
    private: list[Message] = field(default_factory=list)
    archived: bool = False
    shared: bool = False
    """Slack Connect (`is_ext_shared`)."""
    posting_restricted: bool = False
    """Only admins may post (`restricted_action`)."""
    created: int = 0
    creator: str = ""


@dataclass(eq=False)
class View:
    """A modal or a home page as it stands. `filled` is what the person put in, by block_id and action_id."""

    id: str
    team: str
    user: str
    body: Json
    """As the app sent it, with block_ids and action_ids filled in."""
    hash: str
    root: str
    previous: str | None = None
    filled: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """Words beside the fields, by block_id."""

    @property
    def type(self) -> str:
        return self.body["type"]

    @property
    def title(self) -> str:
        return (self.body.get("title") or {}).get("text", "")

    @property
    def blocks(self) -> list[Json]:
        return self.body["blocks"]

    @property
    def callback_id(self) -> str:
        return self.body.get("callback_id", "")

    @property
    def private_metadata(self) -> str:
        return self.body.get("private_metadata", "")


@dataclass(eq=False)
class Installation:
    """The app in one workspace. A token is `valid`, or the error that Slack answers it with."""

    team: str
    bot_user: str
    bot_id: str
    installer: str
    scopes: list[str]
    tokens: dict[str, str] = field(default_factory=dict)
    """Each token ever given: "valid" or "token_revoked", "account_inactive"."""
    expires: dict[str, float] = field(default_factory=dict)
    refresh_tokens: dict[str, str] = field(default_factory=dict)
    """Each refresh token ever given: "valid" or "spent"."""
    gone: bool = False
    """The app was taken out of the workspace."""

    @property
    def token(self) -> str:
        """The newest."""
        return next(reversed(self.tokens))


@dataclass(eq=False)
class Workspace:
    id: str
    name: str
    domain: str
    owner: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    """By person: the stack, the topmost last."""
    homes: dict[str, View] = field(default_factory=dict)
    home_opened: set[str] = field(default_factory=set)
    dms: dict[str, Channel] = field(default_factory=dict)
    """By person: their conversation with the app."""
    installation: Installation | None = None


@dataclass(eq=False)
class App:
    """The app as its settings page shows it. `manifest` decides what is sent to it and what it may ask for."""

    id: str
    client_id: str
    client_secret: str
    signing_secret: str
    verification_token: str
    app_token: str
    config_token: str
    manifest: Json

    @property
    def events(self) -> list[str]:
        return ((self.manifest.get("settings") or {}).get("event_subscriptions") or {}).get("bot_events", [])

    @property
    def scopes(self) -> list[str]:
        return ((self.manifest.get("oauth_config") or {}).get("scopes") or {}).get("bot", [])

    @property
    def commands(self) -> Mapping[str, Json]:
        return {each["command"]: each for each in (self.manifest.get("features") or {}).get("slash_commands", [])}

    @property
    def shortcuts(self) -> Mapping[str, Json]:
        return {each["callback_id"]: each for each in (self.manifest.get("features") or {}).get("shortcuts", [])}

    @property
    def has_home(self) -> bool:
        return bool(((self.manifest.get("features") or {}).get("app_home") or {}).get("home_tab_enabled"))

    @property
    def interactive(self) -> bool:
        return bool(((self.manifest.get("settings") or {}).get("interactivity") or {}).get("is_enabled"))

    @property
    def rotates(self) -> bool:
        return bool((self.manifest.get("settings") or {}).get("token_rotation_enabled"))


@dataclass(eq=False)
class Outcome:
    """What became of something a person did that the app had to answer.

    It grows while answers to it come in by its response_url or trigger_id.
    """

    trigger_id: str | None = None
    response_url: str | None = None
    failed: str | None = None
    """What the person was told: `operation_timeout`, `dispatch_failed`, `invalid_command_response`, `in_thread`, …"""
    response: Json | None = None
    """The body of the acknowledgement."""
    messages: list[Message] = field(default_factory=list)
    """Shown by the acknowledgement or by response_url, oldest first."""
    view: View | None = None
    """The modal that was opened, pushed or updated by this."""
    errors: dict[str, str] = field(default_factory=dict)
    """Words beside fields, by block_id: from the app, or from Slack's own check of the form (`checked`)."""
    checked: bool = False
    """The client itself refused the form; nothing was sent to the app."""
    refused: list[str] = field(default_factory=list)
    """What Slack held against the app's answer: faults of its blocks."""


@dataclass(frozen=True)
class Shown:
    """A message as one person sees it."""

    ts: str
    channel: str
    thread: str | None
    author: str
    """Their name."""
    author_id: str
    text: str
    """What a reader sees of its blocks, or its text where it has none."""
    blocks: list[Json]
    buttons: tuple[str, ...]
    """By label; links are buttons too."""
    selects: tuple[tuple[str, tuple[str, ...]], ...]
    """Selects, radios and checkboxes: what stands on them (or beside them), and the labels of the options."""
    files: tuple[Upload, ...]
    reactions: tuple[str, ...]
    private: bool
    edited: bool
    replies: int
    message: Message

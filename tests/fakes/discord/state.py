"""What stands in the fake Discord: servers, people, roles, channels and threads, messages, files, and the app itself.

Ids are snowflakes as strings, as in Discord's JSON (`int(thing.id)` for discord.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

TEXT, DM, VOICE, CATEGORY, NEWS, NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD, FORUM = 0, 1, 2, 4, 5, 10, 11, 12, 15
"""Channel types: https://docs.discord.com/developers/resources/channel#channel-object-channel-types"""
THREADS = frozenset({NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD})

SUPPRESS_EMBEDS, EPHEMERAL, LOADING, SUPPRESS_NOTIFICATIONS, COMPONENTS_V2 = 1 << 2, 1 << 6, 1 << 7, 1 << 12, 1 << 15
HAS_THREAD = 1 << 5
"""Message flags: https://docs.discord.com/developers/resources/message#message-object-message-flags"""


@dataclass(eq=False)
class Person:
    """A Discord account, or the app's bot user. Which servers they are in stands in `Guild.members`."""

    id: str
    name: str
    """The username; `shown` is what others read."""
    shown: str = ""
    locale: str = "en-US"
    bot: bool = False
    dms_closed: bool = False
    """Takes no direct messages from members of their servers."""
    blocked_app: bool = False


@dataclass(eq=False)
class Role:
    id: str
    guild: str
    name: str
    permissions: int = 0
    position: int = 1
    managed_by: str | None = None
    """The bot that this role came with."""
    mentionable: bool = False
    hoist: bool = False
    color: int = 0


@dataclass(eq=False)
class Overwrite:
    """What a role (`kind` 0) or a person (1) may more or less do in one channel."""

    id: str
    kind: int
    allow: int = 0
    deny: int = 0


@dataclass(eq=False)
class Member:
    person: Person
    guild: str
    joined_at: float
    roles: list[str] = field(default_factory=list)
    """Without @everyone, whose id is the server's."""
    nick: str | None = None
    pending: bool = False
    silenced_until: float | None = None

    @property
    def name(self) -> str:
        return self.nick or self.person.shown


@dataclass(eq=False)
class Attachment:
    """A file on a message. `description` is its alternative text."""

    id: str
    filename: str
    content: bytes
    content_type: str | None = None
    description: str | None = None
    url: str = ""
    width: int | None = None
    height: int | None = None

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(eq=False)
class Message:
    """`seen_by` is set on what only one person sees (an ephemeral answer)."""

    id: str
    channel: str
    guild: str | None
    author: Person
    content: str = ""
    type: int = 0
    components: list[Json] = field(default_factory=list)
    """As sent, with the component `id`s that Discord fills in."""
    embeds: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    nonce: str | None = None
    reference: Json | None = None
    """`message_reference`: message_id, channel_id, guild_id."""
    edited: float | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    """By emoji: the ids of who reacted."""
    pinned: bool = False
    mentions: list[str] = field(default_factory=list)
    """Ids of the people whose `mentions` entry stands on it."""
    mention_roles: list[str] = field(default_factory=list)
    mention_everyone: bool = False
    pinged: set[str] = field(default_factory=set)
    """Ids of everybody whom it notified by name, role, @here or @everyone."""
    thread: str | None = None
    """The id of the thread that was opened from it (the same as its own)."""
    by_app: bool = False
    seen_by: str | None = None
    interaction: Json | None = None
    """`interaction_metadata`, on answers to interactions."""
    webhook: str | None = None
    """The application's id, on answers to interactions."""
    loading: bool = False
    """"Thinking…": a deferred answer that has not come yet."""


@dataclass(eq=False)
class ThreadMember:
    person: str
    joined_at: float


@dataclass(eq=False)
class Tag:
    id: str
    name: str
    moderated: bool = False
    emoji: str | None = None


@dataclass(eq=False)
class Channel:
    """A channel, a thread, a forum or a direct conversation: `type` says which. Threads have `parent`."""

    id: str
    guild: str | None
    type: int
    name: str = ""
    topic: str | None = None
    position: int = 0
    parent: str | None = None
    overwrites: dict[str, Overwrite] = field(default_factory=dict)
    slow_mode: int = 0
    """Seconds between two messages of one person (`rate_limit_per_user`)."""
    messages: dict[str, Message] = field(default_factory=dict)
    """By id, oldest first; what only one person sees stands apart in `private`."""
    private: list[Message] = field(default_factory=list)
    last_message: str | None = None
    recipients: list[str] = field(default_factory=list)
    """On a direct conversation: the person (not the bot)."""
    tags: list[Tag] = field(default_factory=list)
    """On a forum: what a post may be tagged with."""
    flags: int = 0
    """1 << 4 on a forum: a post must have a tag."""
    owner: str | None = None
    applied_tags: list[str] = field(default_factory=list)
    members: dict[str, ThreadMember] = field(default_factory=dict)
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    auto_archive: int = 4320
    """Minutes."""
    archived_at: float = 0.0
    message_count: int = 0
    spoken: dict[str, float] = field(default_factory=dict)  # when each person last wrote, for slow mode

    @property
    def is_thread(self) -> bool:
        return self.type in THREADS


@dataclass(eq=False)
class Guild:
    """A server. The role with the server's own id is @everyone."""

    id: str
    name: str
    owner: str = ""
    locale: str = "en-US"
    members: dict[str, Member] = field(default_factory=dict)
    """By the person's id, the bot's too while the app is in it."""
    roles: dict[str, Role] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    """Not the threads."""
    threads: dict[str, Channel] = field(default_factory=dict)
    bans: set[str] = field(default_factory=set)
    has_app: bool = True
    unavailable: bool = False
    """An outage."""

    @property
    def everyone(self) -> Role:
        return self.roles[self.id]


@dataclass(eq=False)
class App:
    """The app as the developer portal shows it."""

    id: str
    name: str
    token: str
    public_key: str
    owner: Person
    bot: Person
    intents_allowed: set[str]
    """The privileged intents that are switched on: `members`, `message_content`, `presences`."""
    verified: bool = False
    """In many servers and verified: other flags (`GATEWAY_…` without `_LIMITED`)."""


@dataclass(eq=False)
class Modal:
    """A modal that is open before somebody, by the `interaction` with this id. `body` is as the app sent it; `filled`
    what was put in, by custom_id."""

    id: str
    person: str
    body: Json
    interaction: str
    filled: dict[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str(self.body.get("title", ""))

    @property
    def custom_id(self) -> str:
        return str(self.body.get("custom_id", ""))


@dataclass(eq=False)
class Outcome:
    """What became of something a person did that the app had to answer.

    It grows while follow-ups come in by its token.
    """

    id: str | None = None
    token: str | None = None
    failed: str | None = None
    """What the client told the person when nothing came within three seconds: `The application did not respond`, …"""
    answered: str | None = None
    """How it was answered first: `message`, `deferred`, `deferred update`, `updated`, `choices` or `modal`."""
    response: Json | None = None
    """The first answer."""
    messages: list[Message] = field(default_factory=list)
    """Shown or changed by the answer and its follow-ups."""
    modal: Modal | None = None
    choices: list[Json] | None = None
    errors: dict[str, str] = field(default_factory=dict)
    """Words beside the fields of a modal, by label: Discord's own check."""
    checked: bool = False
    """The client itself refused; nothing was sent to the app."""
    refused: list[str] = field(default_factory=list)
    """What Discord held against the app's answers."""


@dataclass(frozen=True)
class Shown:
    """A message as one person sees it."""

    id: str
    channel: str
    author: str
    author_id: str
    text: str
    """What a reader sees of its content, components and embeds."""
    buttons: tuple[str, ...]
    """By label; links are buttons too, disabled ones are not."""
    selects: tuple[tuple[str, tuple[str, ...]], ...]
    """Selects: the placeholder, and the labels of the options."""
    files: tuple[Attachment, ...]
    reactions: tuple[str, ...]
    private: bool
    edited: bool
    thread: str | None
    """The id of the thread that hangs on it, with so many `replies`."""
    replies: int
    reply_to: str | None
    loading: bool
    message: Message

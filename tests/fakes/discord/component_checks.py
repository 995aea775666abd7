"""Whether Discord takes the body of a message. What it does not take comes back in Discord's nested form.

https://docs.discord.com/developers/resources/message#create-message and
https://docs.discord.com/developers/components/reference, as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tests.fakes.discord.component_tables import CONTAINER, LEAVES, ROW, ROWS, SECTION, TEXT_DISPLAY, TOP, every
from tests.fakes.discord.embed_checks import EMBEDS, all_together
from tests.fakes.discord.form_checks import (
    Fault,
    Json,
    Path,
    Shape,
    boolean,
    length,
    many,
    nested,
    number,
    one_of,
    snowflake,
    string,
    typed,
)
from tests.fakes.discord.state import COMPONENTS_V2

MOST_COMPONENTS = 40
MOST_TEXT = 4000
IN_LAYOUT = frozenset(TOP) & {ROW, SECTION, TEXT_DISPLAY, 12, 13, 14, CONTAINER}
# https://docs.discord.com/developers/components/reference#legacy-message-component-behavior
IN_LEGACY = frozenset({ROW})


def _one_way_of_mentioning(value: Json, path: Path) -> Iterator[Fault]:
    for kind in ("users", "roles"):
        if kind in (value.get("parse") or ()) and value.get(kind):
            words = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            yield Fault(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", words)


# https://docs.discord.com/developers/resources/message#allowed-mentions-object
ALLOWED_MENTIONS = Shape(
    {},
    {
        "parse": many(one_of("roles", "users", "everyone")),
        "roles": many(snowflake, 100),
        "users": many(snowflake, 100),
        "replied_user": boolean,
    },
    _one_way_of_mentioning,
)
# https://docs.discord.com/developers/resources/message#message-reference-structure
REFERENCE = Shape(
    {"message_id": snowflake},
    {"type": one_of(0, 1), "channel_id": snowflake, "guild_id": snowflake, "fail_if_not_exists": boolean},
)
# https://docs.discord.com/developers/reference#uploading-files
ATTACHMENT = Shape({"id": snowflake}, {"filename": string(1024, 1), "description": string(1024)})
FIELDS = Shape(
    {},
    {
        "content": string(2000),
        "tts": boolean,
        "embeds": many(EMBEDS.check, 10),
        "allowed_mentions": ALLOWED_MENTIONS.check,
        "message_reference": REFERENCE.check,
        "sticker_ids": many(snowflake, 3),
        "attachments": many(ATTACHMENT.check, 10),
        "flags": number(0),
        "enforce_nonce": boolean,
    },
)
LEGACY_FIELDS = ("content", "embeds", "poll", "sticker_ids")


def message_faults(
    body: Mapping[str, Any], *, files: Collection[str] = (), flags: int = 0, edited: bool = False
) -> Json:
    """What Discord has against this body of a message, nested per field; empty when it takes it.

    `files` are the names of the files that come along or stand on the message already. For an edit (`edited`) `flags`
    are those of the message as it stands. An empty message is refused with another code: see `empty`.
    """
    return nested(_faults(dict(body), files, flags, edited))


def empty(body: Mapping[str, Any], *, files: Collection[str] = ()) -> bool:
    """Whether this would be `50006 Cannot send an empty message`."""
    said = str(body.get("content") or "").strip()
    more = ("embeds", "components", "sticker_ids", "poll", "shared_client_theme")
    forwards = (body.get("message_reference") or {}).get("type") == 1
    return not (said or files or forwards or any(body.get(name) for name in more))


def is_layout(body: Mapping[str, Any], flags: int = 0) -> bool:
    """Components V2, by the flag; once a message has it, it stays:
    https://docs.discord.com/developers/components/reference"""
    given = body.get("flags")
    return bool(((given if isinstance(given, int) else 0) | flags) & COMPONENTS_V2)


def _faults(body: Json, files: Collection[str], flags: int, edited: bool) -> Iterator[Fault]:
    wrong = list(FIELDS.check(body, ()))
    yield from wrong
    yield from _nonce(body)
    if not wrong:
        yield from all_together(body.get("embeds") or [])
    layout = is_layout(body, flags)
    if layout:
        for name in LEGACY_FIELDS:
            if body.get(name):
                words = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
                yield Fault((name,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", words)
    if body.get("components") is not None:
        yield from components(body["components"], layout=layout, files=files)
    elif layout and not edited:
        yield Fault(("components",), "BASE_TYPE_REQUIRED", "This field is required")


def _nonce(body: Json) -> Iterator[Fault]:
    """ "Can be used to verify a message was sent (up to 25 characters)"."""
    nonce = body.get("nonce")
    if isinstance(nonce, str):
        yield from string(25)(nonce, ("nonce",))
    elif nonce is not None:
        yield from number()(nonce, ("nonce",))


def components(given: Any, *, layout: bool, files: Collection[str] = ()) -> Iterator[Fault]:
    """The faults of `components`, each by itself first, and when those are right of all together."""
    path: Path = ("components",)
    check = typed(TOP, IN_LAYOUT) if layout else typed({**LEAVES, **ROWS}, IN_LEGACY)
    wrong = list(many(check, None if layout else 5)(given, path))
    yield from wrong
    if wrong:
        return
    there = list(every(given))
    yield from duplicates(there)
    if layout:
        yield from length(len(there), path, 1, MOST_COMPONENTS)
        if sum(len(each["content"]) for each, _ in there if each["type"] == TEXT_DISPLAY) > MOST_TEXT:
            words = f"Components displayable text size exceeds maximum size of {MOST_TEXT}"
            yield Fault(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", words)
    yield from _unknown_files(there, files)


def duplicates(there: Collection[tuple[Json, Path]]) -> Iterator[Fault]:
    """The same `custom_id` or the same `id` twice: the later ones are at fault."""
    seen: dict[str, set[Any]] = {"custom_id": set(), "id": set()}
    for each, path in there:
        for name, values in seen.items():
            value = each.get(name)
            if not value:
                continue
            if value in values:
                told = name.replace("_", " ")
                code = f"COMPONENT_{name.upper()}_DUPLICATED"
                yield Fault((*path, name), code, f"Component {told} cannot be duplicated")
            values.add(value)


def _unknown_files(there: Collection[tuple[Json, Path]], files: Collection[str]) -> Iterator[Fault]:
    for each, path in there:
        for media, where in media_of(each, path):
            scheme, _, name = str(media["url"]).partition("://")
            if scheme == "attachment" and name not in files:
                words = f'The referenced attachment "{name}" was not found'
                yield Fault((*where, "url"), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", words)


def media_of(component: Json, path: Path = ()) -> Iterator[tuple[Json, Path]]:
    """The pictures and files that a component shows."""
    for name in ("media", "file"):
        if isinstance(component.get(name), dict):
            yield component[name], (*path, name)
    for index, item in enumerate(component.get("items") or ()):
        yield item["media"], (*path, "items", str(index), "media")

"""Whether Slack takes these blocks and views. What it does not take, in its own words.

https://docs.slack.dev/reference/block-kit/blocks and https://docs.slack.dev/reference/views, as of 2026-11-25. Lengths
are counted in characters of Python. Knows nothing of how Kring renders.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from tests.fakes.slack.blockkit_checks import Check, Shape, anything, at, boolean, many, string, text, typed, url
from tests.fakes.slack.blockkit_elements import (
    ELEMENTS,
    IMAGE_SOURCE,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    image_source,
)
from tests.fakes.slack.blockkit_rich_text import RICH_TEXT

Surface = Literal["message", "modal", "home"]

BLOCK_ID: dict[str, Check] = {"block_id": string(255)}
MESSAGES = frozenset({"message"})


def _section_says_something(block: dict[str, Any], path: str) -> Iterator[str]:
    if not block.get("text") and not block.get("fields"):
        yield at("missing required field: text or fields", path)


def _context_part(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict) and value.get("type") == "image":
        yield from ELEMENTS["image"].check(value, path)
    else:
        yield from text(3000)(value, path)


def _no_file_dispatch(block: dict[str, Any], path: str) -> Iterator[str]:
    if block.get("dispatch_action") and (block.get("element") or {}).get("type") == "file_input":
        yield at("unsupported type: file_input with dispatch_action", path)


BLOCKS: dict[str, Shape] = {
    # https://docs.slack.dev/reference/block-kit/blocks/actions-block
    "actions": Shape({"elements": many(typed(ELEMENTS, IN_ACTIONS), 25)}, BLOCK_ID),
    # https://docs.slack.dev/reference/block-kit/blocks/context-block
    "context": Shape({"elements": many(_context_part, 10)}, BLOCK_ID),
    # https://docs.slack.dev/reference/block-kit/blocks/divider-block
    "divider": Shape({}, BLOCK_ID),
    # https://docs.slack.dev/reference/block-kit/blocks/header-block
    "header": Shape({"text": text(150, plain=True)}, BLOCK_ID),
    # https://docs.slack.dev/reference/block-kit/blocks/image-block
    "image": Shape(
        {"alt_text": string(2000)}, {**IMAGE_SOURCE, "title": text(2000, plain=True), **BLOCK_ID}, image_source
    ),
    # https://docs.slack.dev/reference/block-kit/blocks/input-block: modals, messages and home tabs
    "input": Shape(
        {"label": text(2000, plain=True), "element": typed(ELEMENTS, IN_INPUT)},
        {"hint": text(2000, plain=True), "optional": boolean, "dispatch_action": boolean, **BLOCK_ID},
        _no_file_dispatch,
    ),
    # https://docs.slack.dev/reference/block-kit/blocks/section-block
    "section": Shape(
        {},
        {
            "text": text(3000),
            "fields": many(text(2000), 10),
            "accessory": typed(ELEMENTS, IN_SECTION),
            "expand": boolean,
            **BLOCK_ID,
        },
        _section_says_something,
    ),
    "rich_text": RICH_TEXT,
    # https://docs.slack.dev/reference/block-kit/blocks/markdown-block
    "markdown": Shape({"text": string(12_000)}, BLOCK_ID, surfaces=MESSAGES),
    # https://docs.slack.dev/reference/block-kit/blocks/video-block
    "video": Shape(
        {"alt_text": string(), "title": text(199, plain=True), "thumbnail_url": url, "video_url": url},
        {
            "author_name": string(49),
            "description": text(200, plain=True),
            "provider_icon_url": url,
            "provider_name": string(),
            "title_url": url,
            **BLOCK_ID,
        },
    ),
}

TITLE = text(24, plain=True)
EVERY_VIEW: dict[str, Check] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
CLOSING: dict[str, Check] = {"clear_on_close": boolean, "notify_on_close": boolean}
VIEWS: dict[str, Shape] = {
    # https://docs.slack.dev/reference/views/modal-views
    "modal": Shape(
        {"title": TITLE, "blocks": anything},
        {"close": TITLE, "submit": TITLE, "submit_disabled": boolean, **EVERY_VIEW, **CLOSING},
    ),
    # https://docs.slack.dev/reference/views/home-tab-views
    "home": Shape({"blocks": anything}, {**EVERY_VIEW, **CLOSING}),
}


def faults(blocks: Any, surface: Surface = "message", path: str = "/blocks") -> list[str]:
    """What Slack has against these blocks. Empty: it takes them."""
    if not isinstance(blocks, list):
        return [at("must provide an array", path)]
    found = list(_each(blocks, surface, path))
    if surface == "message" and too_long(blocks):
        found.append(at("msg_blocks_too_long", path))
    return found


def view_faults(view: Any) -> list[str]:
    """What Slack has against this modal or home page."""
    if not isinstance(view, dict) or view.get("type") not in VIEWS:
        return [at("must provide a view of type modal or home", "/view")]
    surface: Surface = view["type"]
    found = [*VIEWS[surface].check(view, "/view"), *faults(view.get("blocks"), surface, "/view/blocks")]
    blocks = [each for each in view.get("blocks") or [] if isinstance(each, dict)] if not found else []
    if surface == "modal" and not view.get("submit") and any(block["type"] == "input" for block in blocks):
        found.append(at("missing required field: submit", "/view"))
    # "Only one element can be set to true": https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
    if sum(bool(each.get("focus_on_load")) for block in blocks for each in elements(block)) > 1:
        found.append(at("only one element can have focus_on_load", "/view"))
    return found


def too_large(view: Any) -> bool:
    """`view_too_large`, more than 250 kB: https://docs.slack.dev/reference/methods/views.open"""
    return len(json.dumps(view).encode()) > 250_000


def too_long(blocks: Sequence[Any]) -> bool:
    """`msg_blocks_too_long`, of chat.* only; the page gives no number.

    Measured by others: 9,597 characters of text in 15,561 of JSON are taken, 11,341 in 17,694 are not
    (https://github.com/slackapi/bolt-js/issues/2867); somebody from Slack speaks of 12,000 characters and a buffer for
    the blocks (https://github.com/slackapi/bolt-js/issues/2509). Both bounds are kept here, on the safe side.
    """
    whole = json.dumps(blocks, separators=(",", ":"), ensure_ascii=False)
    return len(whole) > 16_000 or sum(len(each) for each in _texts(blocks)) > 12_000


def elements(block: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The elements of a block that people can use."""
    found = list(block.get("elements") or []) if block.get("type") == "actions" else []
    found += [block[name] for name in ("accessory", "element") if isinstance(block.get(name), dict)]
    return [each for each in found if isinstance(each, dict) and each.get("type") != "image"]


def _each(blocks: list[Any], surface: Surface, path: str) -> Iterator[str]:
    most = 50 if surface == "message" else 100
    if len(blocks) > most:
        yield at(f"no more than {most} items allowed", path)
    for index, block in enumerate(blocks):
        here = f"{path}/{index}"
        known = typed(BLOCKS)(block, here)
        if isinstance(block, dict) and block.get("type") in BLOCKS and surface not in BLOCKS[block["type"]].surfaces:
            known = iter([at(f"unsupported type: {block['type']} on {surface}", here)])
        wrong = list(known)
        yield from wrong
        if not wrong:
            yield from _of_elements(block, surface, here)
    ids = Counter(block["block_id"] for block in blocks if isinstance(block, dict) and block.get("block_id"))
    for block_id, times in ids.items():
        if times > 1:
            yield at(f"block_id {block_id!r} already exists", path)


def _of_elements(block: dict[str, Any], surface: Surface, path: str) -> Iterator[str]:
    inside = elements(block)
    for each in inside:
        if surface not in ELEMENTS[each["type"]].surfaces:
            yield at(f"unsupported type: {each['type']} on {surface}", path)
    # "Should be unique among all other action_ids in the containing block"
    for action_id, times in Counter(each["action_id"] for each in inside if each.get("action_id")).items():
        if times > 1:
            yield at(f"action_id {action_id!r} already exists", path)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "text" and isinstance(inner, str):
                yield inner
            else:
                yield from _texts(inner)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


__all__ = ["BLOCKS", "ELEMENTS", "Surface", "elements", "faults", "too_large", "too_long", "view_faults"]

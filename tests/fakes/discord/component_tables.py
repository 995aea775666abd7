"""What each component of a message must and may have: https://docs.discord.com/developers/components/reference, as of
2026-11-26. Lengths are counted in characters of Python. Knows nothing of how Kring renders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.fakes.discord.form_checks import (
    Check,
    Fault,
    Json,
    Path,
    Shape,
    boolean,
    length,
    many,
    missing,
    number,
    one_of,
    snowflake,
    string,
    typed,
    url,
)

ROW, BUTTON, STRING_SELECT, TEXT_INPUT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = range(1, 9)
SECTION, TEXT_DISPLAY, THUMBNAIL, GALLERY, FILE, SEPARATOR = range(9, 15)
CONTAINER, LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 17, 18, 19, 21, 22, 23
LINK, PREMIUM = 5, 6
SELECTS = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT})

# https://docs.discord.com/developers/components/reference#anatomy-of-a-component
ID: dict[str, Check] = {"id": number(0, 2**31 - 1)}
CUSTOM_ID = string(100, 1)
EMOJI = Shape({}, {"id": snowflake, "name": string(100), "animated": boolean}).check
# https://docs.discord.com/developers/components/reference#unfurled-media-item
MEDIA = Shape({"url": url(2048, ("http", "https", "attachment"))}).check
UPLOADED = Shape({"url": url(2048, ("attachment",))}).check


def _button(button: Json, path: Path) -> Iterator[Fault]:
    """Which fields go with which style: https://docs.discord.com/developers/components/reference#button-button-structure

    The page gives no codes; these follow the pattern of those that are known.
    """
    style = button["style"]
    needed = {LINK: "url", PREMIUM: "sku_id"}.get(style, "custom_id")
    if button.get(needed) is None:
        yield missing((*path, needed))
    refused = {"custom_id", "url", "sku_id"} - {needed}
    if style == PREMIUM:
        refused |= {"label", "emoji"}
    for name in sorted(refused):
        if button.get(name) is not None:
            code = f"BUTTON_COMPONENT_{name.upper()}_NOT_ALLOWED"
            yield Fault((*path, name), code, f"A button of style {style} cannot have {name}")
    if style != PREMIUM and not button.get("label") and not button.get("emoji"):
        yield missing((*path, "label"))


def bounds(component: Json, path: Path) -> Iterator[Fault]:
    """`min_values` must not be above `max_values`."""
    if component.get("min_values") is not None and component["min_values"] > (component.get("max_values") or 1):
        yield Fault((*path, "min_values"), "SELECT_COMPONENT_MIN_VALUES_INVALID", "min_values is above max_values")


def distinct_options(component: Json, path: Path) -> Iterator[Fault]:
    times = Counter(each["value"] for each in component["options"])
    for index, each in enumerate(component["options"]):
        if times[each["value"]] > 1:
            words = "The specified option value is already used"
            where = (*path, "options", str(index), "value")
            yield Fault(where, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", words)


def default_options(component: Json, path: Path, most: int) -> Iterator[Fault]:
    if sum(bool(each.get("default")) for each in component["options"]) > most:
        words = "More options are selected by default than can be chosen"
        yield Fault((*path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", words)


def _string_select(select: Json, path: Path) -> Iterator[Fault]:
    yield from bounds(select, path)
    yield from distinct_options(select, path)
    yield from default_options(select, path, select.get("max_values") or 1)
    # at least as many options as can, or must, be chosen: so clients report it, the page does not say it
    least = max(select.get("min_values") or 1, select.get("max_values") or 1)
    yield from length(len(select["options"]), (*path, "options"), least, 25)


def _entity_select(select: Json, path: Path) -> Iterator[Fault]:
    yield from bounds(select, path)
    given = select.get("default_values") or []
    least = 1 if select.get("min_values") is None else select["min_values"]
    most = select.get("max_values") or 1
    # "number of default values must be in the range defined by min_values and max_values"
    if given and not least <= len(given) <= most:
        yield from length(len(given), (*path, "default_values"), least, most)


OPTION = Shape(
    {"label": string(100, 1), "value": string(100, 1)},
    {"description": string(100), "emoji": EMOJI, "default": boolean},
)
SELECT: dict[str, Check] = {
    "placeholder": string(150),
    "min_values": number(0, 25),
    "max_values": number(1, 25),
    "disabled": boolean,
    "required": boolean,
    **ID,
}


def entity_select(*kinds: str, **more: Check) -> Shape:
    default = Shape({"id": snowflake, "type": one_of(*kinds)})
    may = {**SELECT, "default_values": many(default.check, 25), **more}
    return Shape({"custom_id": CUSTOM_ID}, may, _entity_select)


def _holds(holder: Json, path: Path) -> Iterator[Fault]:
    """Up to five buttons or a single select: https://docs.discord.com/developers/components/reference#action-row"""
    inside = holder["components"]
    selects = [each for each in inside if each["type"] in SELECTS]
    if selects and len(inside) > 1:
        words = "The specified component exceeds the maximum width"
        for index in range(1, len(inside)):
            yield Fault((*path, "components", str(index)), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", words)


LEAVES: dict[int, Shape] = {
    BUTTON: Shape(
        {"style": one_of(1, 2, 3, 4, 5, 6)},
        {
            "label": string(80),
            "emoji": EMOJI,
            "custom_id": CUSTOM_ID,
            "sku_id": snowflake,
            "url": url(512, ("http", "https", "discord")),
            "disabled": boolean,
            **ID,
        },
        _button,
    ),
    STRING_SELECT: Shape({"custom_id": CUSTOM_ID, "options": many(OPTION.check, 25, 1)}, SELECT, _string_select),
    USER_SELECT: entity_select("user"),
    ROLE_SELECT: entity_select("role"),
    MENTIONABLE_SELECT: entity_select("user", "role"),
    CHANNEL_SELECT: entity_select("channel", channel_types=many(number(0, 16))),
    # the number stands in https://github.com/discord/discord-api-docs/pull/8562
    TEXT_DISPLAY: Shape({"content": string(4000, 1)}, ID),
    THUMBNAIL: Shape({"media": MEDIA}, {"description": string(1024), "spoiler": boolean, **ID}),
    GALLERY: Shape(
        {"items": many(Shape({"media": MEDIA}, {"description": string(1024), "spoiler": boolean}).check, 10, 1)}, ID
    ),
    FILE: Shape({"file": UPLOADED}, {"spoiler": boolean, **ID}),
    SEPARATOR: Shape({}, {"divider": boolean, "spacing": one_of(1, 2), **ID}),
}

ROWS: dict[int, Shape] = {
    ROW: Shape({"components": many(typed(LEAVES, {BUTTON} | SELECTS), 5, 1)}, ID, _holds),
    SECTION: Shape(
        {
            "components": many(typed(LEAVES, {TEXT_DISPLAY}), 3, 1),
            "accessory": typed(LEAVES, {BUTTON, THUMBNAIL}),
        },
        ID,
    ),
}
IN_CONTAINER = frozenset({ROW, SECTION, TEXT_DISPLAY, GALLERY, FILE, SEPARATOR})
PARTS: dict[int, Shape] = {**LEAVES, **ROWS}
TOP: dict[int, Shape] = {
    **PARTS,
    # a container may hold any number: https://github.com/discord/discord-api-docs/pull/7534
    CONTAINER: Shape(
        {"components": many(typed(PARTS, IN_CONTAINER), None, 1)},
        {"accent_color": number(0, 0xFFFFFF), "spoiler": boolean, **ID},
    ),
}


def every(components: Any, path: Path = ("components",)) -> Iterator[tuple[Json, Path]]:
    """Each component, at any depth, with where it stands; what holds others comes before them."""
    for index, each in enumerate(components if isinstance(components, list) else []):
        if not isinstance(each, dict):
            continue
        here = (*path, str(index))
        yield each, here
        yield from every(each.get("components"), (*here, "components"))
        for name in ("accessory", "component"):
            if isinstance(each.get(name), dict):
                yield each[name], (*here, name)

"""What Discord takes as a message: https://docs.discord.com/developers/components/reference, as of 2026-11-26."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from tests.fakes.discord.component_checks import empty, message_faults
from tests.fakes.discord.form_checks import flat
from tests.fakes.discord.state import COMPONENTS_V2

Json = dict[str, Any]


def button(label: str = "Press", custom_id: str = "press", **more: Any) -> Json:
    return {"type": 2, "style": 1, "label": label, "custom_id": custom_id, **more}


def link(**more: Any) -> Json:
    return {"type": 2, "style": 5, "label": "Read", "url": "https://example.com", **more}


def row(*inside: Json) -> Json:
    return {"type": 1, "components": list(inside)}


def words(content: str = "Hello") -> Json:
    return {"type": 10, "content": content}


def options(number: int) -> list[Json]:
    return [{"label": f"Option {n}", "value": str(n)} for n in range(number)]


def select(number: int = 2, **more: Any) -> Json:
    return {"type": 3, "custom_id": "pick", "options": options(number), **more}


def section(*inside: Json, accessory: Json | None = None) -> Json:
    return {"type": 9, "components": list(inside), "accessory": accessory or button()}


def gallery(*items: Json) -> Json:
    return {"type": 12, "items": list(items)}


def picture(url: str = "https://example.com/x.png", **more: Any) -> Json:
    return {"media": {"url": url}, **more}


def layout(*components: Json, **more: Any) -> Json:
    return {"flags": COMPONENTS_V2, "components": list(components), **more}


def legacy(*components: Json, **more: Any) -> Json:
    return {"content": "Hello", "components": list(components), **more}


TAKEN = {
    "text": {"content": "x" * 2000},
    "a nonce": {"content": "x", "nonce": "x" * 25, "enforce_nonce": True},
    "a number as nonce": {"content": "x", "nonce": 2**60},
    "nulls": {"content": "x", "embeds": None, "components": None},
    "buttons under text": legacy(row(button(), link())),
    "five rows": legacy(*(row(button(custom_id=str(n))) for n in range(5))),
    "five buttons": layout(row(*(button(custom_id=str(n)) for n in range(5)))),
    "40 components": layout(*(words() for _ in range(40))),
    "4,000 characters": layout(words("x" * 3000), {"type": 17, "components": [words("x" * 1000)]}),
    "a null content": layout(words(), content=None),
    "a label of 80": layout(row(button("x" * 80))),
    "an emoji alone": layout(row({"type": 2, "style": 1, "custom_id": "x", "emoji": {"name": "🐜"}})),
    "25 options": layout(row(select(25, placeholder="x" * 150, min_values=0, max_values=25))),
    "a user select": layout(row({"type": 5, "custom_id": "x", "default_values": [{"id": "1", "type": "user"}]})),
    "a channel select": layout(row({"type": 8, "custom_id": "x", "channel_types": [0, 15]})),
    "a section": layout(section(words(), words(), words(), accessory={"type": 11, **picture()})),
    "a separator": layout({"type": 14, "divider": False, "spacing": 2}),
    "a gallery": layout(gallery(*(picture(description="x" * 1024) for _ in range(10)))),
    "a container": layout({"type": 17, "accent_color": 0xFFFFFF, "components": [words(), section(words())]}),
    "mentions of some": {"content": "x", "allowed_mentions": {"parse": ["roles"], "users": ["1"]}},
    "mentions of nobody": {"content": "x", "allowed_mentions": {"parse": []}},
    "embeds": {"embeds": [{"title": "x" * 256, "description": "x" * 4096, "fields": [{"name": "a", "value": "b"}]}]},
}

REFUSED: dict[str, tuple[Json, str]] = {
    "2,001 characters": ({"content": "x" * 2001}, "content [BASE_TYPE_MAX_LENGTH] Must be 2000 or fewer in length."),
    "a long nonce": (
        {"content": "x", "nonce": "x" * 26},
        "nonce [BASE_TYPE_MAX_LENGTH] Must be 25 or fewer in length.",
    ),
    "content beside a layout": (
        layout(words(), content="x"),
        "content [MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2]",
    ),
    "embeds beside a layout": (
        layout(words(), embeds=[{"title": "x"}]),
        "embeds [MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2]",
    ),
    "a poll beside a layout": (
        layout(words(), poll={"question": {"text": "?"}}),
        "poll [MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2]",
    ),
    "a layout without the flag": (
        legacy(words()),
        'components.0 [UNION_TYPE_CHOICES] Value of field "type" must be one of (1,).',
    ),
    "six rows": (
        legacy(*(row(button(custom_id=str(n))) for n in range(6))),
        "components [BASE_TYPE_MAX_LENGTH] Must be 5 or fewer in length.",
    ),
    "41 components": (
        layout(*(row(button(custom_id=str(n))) for n in range(20)), words()),
        "components [BASE_TYPE_BAD_LENGTH] Must be between 1 and 40 in length.",
    ),
    "4,001 characters": (
        layout(words("x" * 4000), section(words("x"))),
        "components [COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED]",
    ),
    "no text": (
        layout(words("")),
        "components.0.content [BASE_TYPE_BAD_LENGTH] Must be between 1 and 4000 in length.",
    ),
    "six buttons": (
        layout(row(*(button(custom_id=str(n)) for n in range(6)))),
        "components.0.components [BASE_TYPE_BAD_LENGTH] Must be between 1 and 5 in length.",
    ),
    "an empty row": (
        layout(row()),
        "components.0.components [BASE_TYPE_BAD_LENGTH] Must be between 1 and 5 in length.",
    ),
    "a select beside a button": (
        layout(row(select(), button())),
        "components.0.components.1 [COMPONENT_LAYOUT_WIDTH_EXCEEDED] The specified component exceeds the maximum width",
    ),
    "a text in a row": (
        layout(row(words())),
        'components.0.components.0 [UNION_TYPE_CHOICES] Value of field "type" must be one of (2, 3, 5, 6, 7, 8).',
    ),
    "a button at the top": (
        layout(button()),
        'components.0 [UNION_TYPE_CHOICES] Value of field "type" must be one of (1, 9, 10, 12, 13, 14, 17).',
    ),
    "a container in a container": (
        layout({"type": 17, "components": [{"type": 17, "components": [words()]}]}),
        'components.0.components.0 [UNION_TYPE_CHOICES] Value of field "type" must be one of (1, 9, 10, 12, 13, 14).',
    ),
    "a text input": (
        layout({"type": 4, "custom_id": "x", "style": 1}),
        'components.0 [UNION_TYPE_CHOICES] Value of field "type" must be one of (1, 9, 10, 12, 13, 14, 17).',
    ),
    "a long label": (
        layout(row(button("x" * 81))),
        "components.0.components.0.label [BASE_TYPE_MAX_LENGTH] Must be 80 or fewer in length.",
    ),
    "a long custom_id": (
        layout(row(button(custom_id="x" * 101))),
        "components.0.components.0.custom_id [BASE_TYPE_BAD_LENGTH] Must be between 1 and 100 in length.",
    ),
    "one custom_id twice": (
        layout(row(button()), section(words())),
        "components.1.accessory.custom_id [COMPONENT_CUSTOM_ID_DUPLICATED] Component custom id cannot be duplicated",
    ),
    "one id twice": (
        layout({**words(), "id": 7}, {**words(), "id": 7}),
        "components.1.id [COMPONENT_ID_DUPLICATED] Component id cannot be duplicated",
    ),
    "a button without custom_id": (
        layout(row({"type": 2, "style": 1, "label": "x"})),
        "components.0.components.0.custom_id [BASE_TYPE_REQUIRED] This field is required",
    ),
    "a link without url": (
        layout(row({"type": 2, "style": 5, "label": "x"})),
        "components.0.components.0.url [BASE_TYPE_REQUIRED] This field is required",
    ),
    "a link with custom_id": (
        layout(row(link(custom_id="x"))),
        "components.0.components.0.custom_id [BUTTON_COMPONENT_CUSTOM_ID_NOT_ALLOWED]",
    ),
    "a link to nowhere": (
        layout(row(link(url="example"))),
        "components.0.components.0.url [URL_TYPE_INVALID_URL] Not a well formed URL.",
    ),
    "a link to a script": (
        layout(row(link(url="javascript://x"))),
        "components.0.components.0.url [URL_TYPE_INVALID_SCHEME]",
    ),
    "26 options": (
        layout(row(select(26))),
        "components.0.components.0.options [BASE_TYPE_BAD_LENGTH] Must be between 1 and 25 in length.",
    ),
    "more to choose than there is": (
        layout(row(select(2, max_values=3))),
        "components.0.components.0.options [BASE_TYPE_BAD_LENGTH] Must be between 3 and 25 in length.",
    ),
    "26 to choose": (
        layout(row(select(2, max_values=26))),
        "components.0.components.0.max_values [NUMBER_TYPE_MAX] int value should be less than or equal to 25.",
    ),
    "one value twice": (
        layout(row({"type": 3, "custom_id": "x", "options": [{"label": "a", "value": "a"}] * 2})),
        "components.0.components.0.options.0.value [SELECT_COMPONENT_OPTION_VALUE_DUPLICATED]",
    ),
    "a long option": (
        layout(row({"type": 3, "custom_id": "x", "options": [{"label": "x" * 101, "value": "a"}]})),
        "components.0.components.0.options.0.label [BASE_TYPE_BAD_LENGTH] Must be between 1 and 100 in length.",
    ),
    "four texts in a section": (
        layout(section(*(words() for _ in range(4)))),
        "components.0.components [BASE_TYPE_BAD_LENGTH] Must be between 1 and 3 in length.",
    ),
    "a section with nothing beside it": (
        layout({"type": 9, "components": [words()]}),
        "components.0.accessory [BASE_TYPE_REQUIRED] This field is required",
    ),
    "eleven pictures": (
        layout(gallery(*(picture() for _ in range(11)))),
        "components.0.items [BASE_TYPE_BAD_LENGTH] Must be between 1 and 10 in length.",
    ),
    "long words for a picture": (
        layout(gallery(picture(description="x" * 1025))),
        "components.0.items.0.description [BASE_TYPE_MAX_LENGTH] Must be 1024 or fewer in length.",
    ),
    "a picture that does not come along": (
        layout(gallery(picture("attachment://x.png"))),
        "components.0.items.0.media.url [UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND]",
    ),
    "a file from elsewhere": (
        layout({"type": 13, "file": {"url": "https://example.com/x.pdf"}}),
        "components.0.file.url [URL_TYPE_INVALID_SCHEME] Scheme \"https\" must be one of ('attachment',).",
    ),
    "everybody and some": (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions [MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE]",
    ),
    "an unknown mention": (
        {"content": "x", "allowed_mentions": {"parse": ["here"]}},
        "allowed_mentions.parse.0 [BASE_TYPE_CHOICES] Value must be one of {'roles', 'users', 'everyone'}.",
    ),
    "a long embed": (
        {"embeds": [{"description": "x" * 4096}, {"description": "x" * 1905}]},
        "embeds [MAX_EMBED_SIZE_EXCEEDED] Embed size exceeds maximum size of 6000",
    ),
    "eleven embeds": (
        {"embeds": [{"title": "x"}] * 11},
        "embeds [BASE_TYPE_MAX_LENGTH] Must be 10 or fewer in length.",
    ),
}


@pytest.mark.parametrize("body", TAKEN.values(), ids=TAKEN)
def test_taken(body: Json) -> None:
    assert message_faults(body) == {}


@pytest.mark.parametrize(("body", "fault"), REFUSED.values(), ids=REFUSED)
def test_refused(body: Json, fault: str) -> None:
    assert any(each.startswith(fault) for each in flat(message_faults(body))), flat(message_faults(body))


def test_faults_are_nested_as_discord_nests_them() -> None:
    """https://docs.discord.com/developers/reference#error-messages"""
    said = {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 80 or fewer in length."}
    found = message_faults(layout(row(button("x" * 81))))
    assert found == {"components": {"0": {"components": {"0": {"label": {"_errors": [said]}}}}}}


def test_a_layout_stays_a_layout() -> None:
    """ "Once a message has been sent with this flag, it can't be removed from that message"."""
    assert message_faults({"content": "x"}, flags=COMPONENTS_V2, edited=True)
    assert message_faults({"components": [words()]}, flags=COMPONENTS_V2, edited=True) == {}
    assert message_faults({"components": [words()]}, edited=True)


def test_files_that_come_along() -> None:
    body = layout(gallery(picture("attachment://x.png")), {"type": 13, "file": {"url": "attachment://y.pdf"}})
    assert message_faults(body, files=["x.png", "y.pdf"]) == {}
    [fault] = flat(message_faults(body, files=["x.png"]))
    assert fault.startswith("components.1.file.url [UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND]")


def test_an_empty_message() -> None:
    assert empty({"content": " \n"})
    assert not empty({"content": ""}, files=["x.png"])
    assert not empty(layout(words()))


def test_what_the_library_makes_is_taken() -> None:
    view = discord.ui.LayoutView()
    box: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(
        discord.ui.TextDisplay("# Hello"),
        discord.ui.Section("Some words", accessory=discord.ui.Button(label="Press", custom_id="press")),
        discord.ui.Separator(),
        discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://x.png", description="A chart")),
        discord.ui.ActionRow(discord.ui.UserSelect(custom_id="who", placeholder="Who?")),
    )
    view.add_item(box)
    body = {"content": None, "flags": COMPONENTS_V2, "components": view.to_components()}
    assert flat(message_faults(body, files=["x.png"])) == []

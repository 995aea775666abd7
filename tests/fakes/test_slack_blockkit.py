"""What Slack takes as blocks and views: https://docs.slack.dev/reference/block-kit, as of 2026-11-25."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.slack.blockkit import faults, too_large, view_faults

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str, text: str = "Yes") -> Json:
    return {"text": plain(text), "value": value}


def button(text: str = "Press", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": "press", **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(parts)}]}


SECTION = {"type": "section", "text": mrkdwn("Hello")}
TEXT = {"type": "text", "text": "Hello"}
SELECT = {"type": "static_select", "action_id": "pick", "options": [option("a"), option("b")]}

TAKEN = {
    "section": SECTION,
    "section with fields only": {"type": "section", "fields": [mrkdwn("a"), plain("b")]},
    "section with a button": SECTION | {"accessory": button(url="https://example.com")},
    "header": {"type": "header", "text": plain("x" * 150)},
    "context": {
        "type": "context",
        "elements": [mrkdwn("a"), {"type": "image", "image_url": "https://x.y/z.png", "alt_text": "z"}],
    },
    "divider": {"type": "divider"},
    "image by file": {"type": "image", "slack_file": {"id": "F123"}, "alt_text": "A chart"},
    "25 elements": actions(*[button(action_id=str(n)) for n in range(25)]),
    "a confirmed button": actions(
        button(
            style="danger",
            confirm={"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")},
        )
    ),
    "a select with its first choice": actions(SELECT | {"initial_option": option("a"), "placeholder": plain("Pick")}),
    "groups": actions({"type": "static_select", "option_groups": [{"label": plain("G"), "options": [option("a")]}]}),
    "rich text": rich(
        TEXT | {"style": {"bold": True}},
        {"type": "user", "user_id": "U123ABC456"},
        {"type": "channel", "channel_id": "C123ABC456"},
        {"type": "link", "url": "https://example.com", "text": "here"},
        {"type": "emoji", "name": "wave"},
        {"type": "date", "timestamp": 1735689600, "format": "{date_short_pretty} {time}", "fallback": "1 January"},
    ),
    "a list": {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "bullet",
                "indent": 1,
                "elements": [{"type": "rich_text_section", "elements": [TEXT]}],
            },
            {"type": "rich_text_quote", "elements": [TEXT]},
            {"type": "rich_text_preformatted", "elements": [TEXT]},
        ],
    },
    "markdown": {"type": "markdown", "text": "**x**"},
}

REFUSED: dict[str, tuple[Json, str]] = {
    "no such block": ({"type": "chart"}, "unsupported type: chart"),
    "a field too many": ({"type": "divider", "text": "x"}, "invalid additional property: text"),
    "an empty section": ({"type": "section"}, "missing required field: text or fields"),
    "an empty text": ({"type": "section", "text": mrkdwn("")}, "must be more than 0 characters"),
    "a long section": ({"type": "section", "text": mrkdwn("x" * 3001)}, "must be less than 3001 characters"),
    "a long section field": ({"type": "section", "fields": [mrkdwn("x" * 2001)]}, "must be less than 2001 characters"),
    "eleven section fields": ({"type": "section", "fields": [mrkdwn("x")] * 11}, "no more than 10 items allowed"),
    "a long block_id": (SECTION | {"block_id": "x" * 256}, "must be less than 256 characters"),
    "a long header": ({"type": "header", "text": plain("x" * 151)}, "must be less than 151 characters"),
    "a header in mrkdwn": ({"type": "header", "text": mrkdwn("x")}, "must be one of plain_text"),
    "emoji with mrkdwn": (
        {"type": "section", "text": mrkdwn("x") | {"emoji": True}},
        "invalid additional property: emoji",
    ),
    "eleven in a context": ({"type": "context", "elements": [mrkdwn("x")] * 11}, "no more than 10 items allowed"),
    "no alt text": ({"type": "image", "image_url": "https://x.y/z.png"}, "missing required field: alt_text"),
    "no picture": ({"type": "image", "alt_text": "x"}, "must provide either image_url or slack_file"),
    "26 elements": (actions(*[button(action_id=str(n)) for n in range(26)]), "no more than 25 items allowed"),
    "no elements": (actions(), "no fewer than 1 items allowed"),
    "text among the buttons": (actions(plain("x")), "unsupported type: plain_text"),
    "an input among the buttons": (actions({"type": "plain_text_input"}), "unsupported type: plain_text_input"),
    "the same action_id": (actions(button(), button()), "action_id 'press' already exists"),
    "a long button": (actions(button("x" * 76)), "must be less than 76 characters"),
    "a long action_id": (actions(button(action_id="x" * 256)), "must be less than 256 characters"),
    "a long value": (actions(button(value="x" * 2001)), "must be less than 2001 characters"),
    "a strange colour": (actions(button(style="green")), "must be one of primary, danger"),
    "no url": (actions(button(url="example")), "must be a valid url"),
    "half a confirmation": (actions(button(confirm={"title": plain("Sure?")})), "missing required field: text"),
    "no options": (actions({"type": "static_select"}), "must provide either options or option_groups"),
    "101 options": (
        actions(SELECT | {"options": [option(str(n)) for n in range(101)]}),
        "no more than 100 items allowed",
    ),
    "a long option": (actions(SELECT | {"options": [option("a", "x" * 76)]}), "must be less than 76 characters"),
    "a long option value": (actions(SELECT | {"options": [option("x" * 151)]}), "must be less than 151 characters"),
    "options alike": (actions(SELECT | {"options": [option("a"), option("a", "No")]}), "option values must be unique"),
    "a first choice that is none": (
        actions(SELECT | {"initial_option": option("c")}),
        "initial option must match one of the options",
    ),
    "a first choice in other words": (
        actions(SELECT | {"initial_option": option("a", "yes")}),
        "initial option must match one of the options",
    ),
    "a long placeholder": (actions(SELECT | {"placeholder": plain("x" * 151)}), "must be less than 151 characters"),
    "eleven radios": (
        actions({"type": "radio_buttons", "options": [option(str(n)) for n in range(11)]}),
        "no more than 10 items allowed",
    ),
    "six in an overflow": (
        actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
        "no more than 5 items allowed",
    ),
    "a strange date": (actions({"type": "datepicker", "initial_date": "1 May"}), "must be a date such as 2026-12-24"),
    "a button in a field": (field(button()), "unsupported type: button"),
    "a label in mrkdwn": (field({"type": "plain_text_input"}) | {"label": mrkdwn("x")}, "must be one of plain_text"),
    "3001 to write": (field({"type": "plain_text_input", "max_length": 3001}), "must be less than 3001"),
    "more written than fits": (
        field({"type": "plain_text_input", "max_length": 2, "initial_value": "abc"}),
        "initial_value is longer than max_length",
    ),
    "a number without kind": (field({"type": "number_input"}), "missing required field: is_decimal_allowed"),
    "rich text without parts": ({"type": "rich_text", "elements": []}, "no fewer than 1 items allowed"),
    "a section without parts": (rich(), "no fewer than 1 items allowed"),
    "an empty rich text": (rich({"type": "text", "text": ""}), "must be more than 0 characters"),
    "text outside a section": ({"type": "rich_text", "elements": [TEXT]}, "unsupported type: text"),
    "a strange style": (rich(TEXT | {"style": {"blink": True}}), "invalid additional property: blink"),
    "a name for an id": (rich({"type": "user", "user_id": "anna"}), "must be an id such as U123ABC456"),
    "a time in quotes": (rich({"type": "date", "timestamp": "1", "format": "{date}"}), "must provide an integer"),
    "a date without token": (
        rich({"type": "date", "timestamp": 1, "format": "today"}),
        "must be a format with a token such as {date}",
    ),
    "an empty link text": (rich({"type": "link", "url": "https://x.y", "text": ""}), "must be more than 0 characters"),
    "a user in code": (
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U123"}]}],
        },
        "unsupported type: user",
    ),
    "a deep list": (
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "indent": 9,
                    "elements": [{"type": "rich_text_section", "elements": [TEXT]}],
                }
            ],
        },
        "must be less than 9",
    ),
}


@pytest.mark.parametrize("block", TAKEN.values(), ids=TAKEN.keys())
def test_taken(block: Json) -> None:
    assert faults([block]) == []


@pytest.mark.parametrize(("block", "fault"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(block: Json, fault: str) -> None:
    assert faults([block])[0].split(" [")[0] == fault


def test_it_says_where() -> None:
    assert faults([SECTION, actions(button("x" * 76))]) == [
        "must be less than 76 characters [json-pointer:/blocks/1/elements/0/text/text]"
    ]


def test_fifty_blocks_in_a_message_a_hundred_in_a_view() -> None:
    """https://docs.slack.dev/reference/block-kit/blocks"""
    assert faults([SECTION] * 50) == []
    assert faults([SECTION] * 51) == ["no more than 50 items allowed [json-pointer:/blocks]"]
    assert faults([SECTION] * 100, "home") == []
    assert faults([SECTION] * 101, "modal") == ["no more than 100 items allowed [json-pointer:/blocks]"]


def test_block_ids_are_unique() -> None:
    """https://docs.slack.dev/reference/block-kit/blocks/section-block"""
    same = SECTION | {"block_id": "a"}
    assert faults([same, same]) == ["block_id 'a' already exists [json-pointer:/blocks]"]


def test_what_has_its_surfaces() -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements"""
    email = [field({"type": "email_text_input"})]
    assert faults(email, "modal") == []
    assert faults(email, "home") == ["unsupported type: email_text_input on home [json-pointer:/blocks/0]"]
    assert faults([{"type": "markdown", "text": "x"}], "home") == [
        "unsupported type: markdown on home [json-pointer:/blocks/0]"
    ]


def test_a_message_is_not_too_long_in_all() -> None:
    """`msg_blocks_too_long`, measured: https://github.com/slackapi/bolt-js/issues/2867"""
    long = {"type": "section", "text": mrkdwn("x" * 3000)}
    assert faults([long] * 4) == []
    assert faults([long] * 4 + [SECTION]) == ["msg_blocks_too_long [json-pointer:/blocks]"]
    assert faults([long] * 5, "modal") == []


def modal(**more: Any) -> Json:
    return {"type": "modal", "title": plain("A form"), "blocks": [SECTION], **more}


VIEWS: dict[str, tuple[Json, list[str]]] = {
    "modal": (modal(submit=plain("Send"), close=plain("Back"), callback_id="x", private_metadata="x" * 3000), []),
    "home": ({"type": "home", "blocks": [SECTION]}, []),
    "a field and no way to send it": (
        modal(blocks=[field({"type": "plain_text_input"})]),
        ["missing required field: submit"],
    ),
    "a long title": (modal(title=plain("x" * 25)), ["must be less than 25 characters"]),
    "no title": ({"type": "modal", "blocks": [SECTION]}, ["missing required field: title"]),
    "a long submit": (modal(submit=plain("x" * 25)), ["must be less than 25 characters"]),
    "long metadata": (modal(private_metadata="x" * 3001), ["must be less than 3001 characters"]),
    "a long callback_id": (modal(callback_id="x" * 256), ["must be less than 256 characters"]),
    "a title at home": (
        {"type": "home", "title": plain("x"), "blocks": [SECTION]},
        ["invalid additional property: title"],
    ),
    "something else": ({"type": "drawer"}, ["must provide a view of type modal or home"]),
    "two fields want the cursor": (
        modal(
            submit=plain("Send"),
            blocks=[field({"type": "plain_text_input", "focus_on_load": True}) for _ in range(2)],
        ),
        ["only one element can have focus_on_load"],
    ),
}


@pytest.mark.parametrize(("view", "expected"), VIEWS.values(), ids=VIEWS.keys())
def test_views(view: Json, expected: list[str]) -> None:
    """https://docs.slack.dev/reference/views/modal-views"""
    assert [each.split(" [")[0] for each in view_faults(view)] == expected


def test_a_view_has_at_most_250_kilobytes() -> None:
    """https://docs.slack.dev/reference/methods/views.open"""
    assert not too_large(modal())
    assert too_large(modal(blocks=[{"type": "section", "text": mrkdwn("x" * 3000)}] * 90))

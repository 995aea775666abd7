"""The elements of Block Kit and what they are made of, as tables.

https://docs.slack.dev/reference/block-kit/block-elements and
https://docs.slack.dev/reference/block-kit/composition-objects, as of 2026-11-25.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.slack.blockkit_checks import Check, Shape, at, boolean, integer, like, many, one_of, string, text, url
from tests.fakes.slack.blockkit_rich_text import RICH_TEXT

ACTION_ID = string(255)
IDS = many(string(), least=0)

# https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
CONFIRM = Shape(
    {
        "title": text(100, plain=True),
        "text": text(300),
        "confirm": text(30, plain=True),
        "deny": text(30, plain=True),
    },
    {"style": one_of("primary", "danger")},
)


def option(*, mrkdwn: bool = False, links: bool = False) -> Shape:
    """https://docs.slack.dev/reference/block-kit/composition-objects/option-object"""
    more: dict[str, Check] = {"description": text(75, plain=not mrkdwn)}
    if links:
        more["url"] = url
    return Shape({"text": text(75, plain=not mrkdwn), "value": string(150)}, more)


def options_of(element: Mapping[str, Any]) -> list[Any]:
    grouped = [each for group in element.get("option_groups") or [] for each in group.get("options") or []]
    return (element.get("options") or []) + grouped


def initial_is_an_option(element: dict[str, Any], path: str) -> Iterator[str]:
    """`initial_option` must be one of the options, letter for letter:
    https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element"""
    known = options_of(element)
    chosen = [element["initial_option"]] if element.get("initial_option") else element.get("initial_options") or []
    for each in chosen:
        if each not in known:
            name = "initial_option" if "initial_option" in element else "initial_options"
            yield at("initial option must match one of the options", f"{path}/{name}")
    values = [each.get("value") for each in known if isinstance(each, dict)]
    if len(set(map(str, values))) != len(values):
        yield at("option values must be unique", f"{path}/options")


def _options_or_groups(element: dict[str, Any], path: str) -> Iterator[str]:
    if bool(element.get("options")) == bool(element.get("option_groups")):
        yield at("must provide either options or option_groups", path)
    yield from initial_is_an_option(element, path)


# https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object
GROUP = Shape({"label": text(75, plain=True), "options": many(option().check, 100)})
FOCUS = {"focus_on_load": boolean}
PICK = {"action_id": ACTION_ID, "confirm": CONFIRM.check, "placeholder": text(150, plain=True), **FOCUS}
STATIC = {"options": many(option().check, 100), "option_groups": many(GROUP.check, 100)}
MULTI = {"max_selected_items": integer(1)}
# https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object
FILTER = Shape(
    {},
    {
        "include": many(one_of("im", "mpim", "private", "public")),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
# https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object
DISPATCH = Shape({}, {"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"))})
TYPED = {
    "action_id": ACTION_ID,
    "placeholder": text(150, plain=True),
    "dispatch_action_config": DISPATCH.check,
    **FOCUS,
}
CHANNEL_MORE = {"response_url_enabled": boolean}
CONVERSATION_MORE = {"default_to_current_conversation": boolean, "filter": FILTER.check}
MODALS = frozenset({"modal"})


def _lengths(element: dict[str, Any], path: str) -> Iterator[str]:
    least, most = element.get("min_length"), element.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield at("min_length must not be more than max_length", path)
    start = element.get("initial_value")
    if isinstance(start, str) and len(start) > (most if isinstance(most, int) else 3000):
        yield at("initial_value is longer than max_length", f"{path}/initial_value")


def image_source(element: dict[str, Any], path: str) -> Iterator[str]:
    if bool(element.get("image_url")) == bool(element.get("slack_file")):
        yield at("must provide either image_url or slack_file", path)


def _slack_file(value: Any, path: str) -> Iterator[str]:
    """https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object"""
    if not isinstance(value, dict) or bool(value.get("id")) == bool(value.get("url")) or len(value) != 1:
        yield at("must provide either id or url", path)


IMAGE_SOURCE = {"image_url": url, "slack_file": _slack_file}
DATE = like(r"\d{4}-\d{2}-\d{2}", "a date such as 2026-12-24")
CLOCK = like(r"\d{2}:\d{2}", "a time such as 09:30")

ELEMENTS: dict[str, Shape] = {
    # https://docs.slack.dev/reference/block-kit/block-elements/button-element
    "button": Shape(
        {"text": text(75, plain=True)},
        {
            "action_id": ACTION_ID,
            "url": url,
            "value": string(2000, 0),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM.check,
            "accessibility_label": string(75),
        },
    ),
    # https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element
    "checkboxes": Shape(
        {"options": many(option(mrkdwn=True).check, 10)},
        {
            "action_id": ACTION_ID,
            "initial_options": many(option(mrkdwn=True).check, 10),
            "confirm": CONFIRM.check,
            **FOCUS,
        },
        initial_is_an_option,
    ),
    # https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element
    "radio_buttons": Shape(
        {"options": many(option(mrkdwn=True).check, 10)},
        {"action_id": ACTION_ID, "initial_option": option(mrkdwn=True).check, "confirm": CONFIRM.check, **FOCUS},
        initial_is_an_option,
    ),
    # https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element
    "overflow": Shape(
        {"options": many(option(links=True).check, 5)}, {"action_id": ACTION_ID, "confirm": CONFIRM.check}
    ),
    # https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element
    "datepicker": Shape({}, {**PICK, "initial_date": DATE}),
    # https://docs.slack.dev/reference/block-kit/block-elements/time-picker-element
    "timepicker": Shape({}, {**PICK, "initial_time": CLOCK, "timezone": string()}),
    # https://docs.slack.dev/reference/block-kit/block-elements/datetime-picker-element
    "datetimepicker": Shape(
        {},
        {
            "action_id": ACTION_ID,
            "confirm": CONFIRM.check,
            "initial_date_time": integer(1_000_000_000, 9_999_999_999),
            **FOCUS,
        },
        surfaces=frozenset({"message", "modal"}),
    ),
    # https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
    "static_select": Shape({}, {**PICK, **STATIC, "initial_option": option().check}, _options_or_groups),
    "users_select": Shape({}, {**PICK, "initial_user": string()}),
    "channels_select": Shape({}, {**PICK, "initial_channel": string(), **CHANNEL_MORE}),
    "conversations_select": Shape({}, {**PICK, "initial_conversation": string(), **CHANNEL_MORE, **CONVERSATION_MORE}),
    "external_select": Shape({}, {**PICK, "initial_option": option().check, "min_query_length": integer(0)}),
    # https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element
    "multi_static_select": Shape(
        {}, {**PICK, **STATIC, **MULTI, "initial_options": many(option().check, 100)}, _options_or_groups
    ),
    "multi_users_select": Shape({}, {**PICK, **MULTI, "initial_users": IDS}),
    "multi_channels_select": Shape({}, {**PICK, **MULTI, "initial_channels": IDS}),
    "multi_conversations_select": Shape({}, {**PICK, **MULTI, "initial_conversations": IDS, **CONVERSATION_MORE}),
    "multi_external_select": Shape(
        {}, {**PICK, **MULTI, "initial_options": many(option().check, 100), "min_query_length": integer(0)}
    ),
    # https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
    "plain_text_input": Shape(
        {},
        {
            **TYPED,
            "initial_value": string(least=0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        _lengths,
    ),
    # https://docs.slack.dev/reference/block-kit/block-elements/number-input-element
    "number_input": Shape(
        {"is_decimal_allowed": boolean},
        {**TYPED, "initial_value": string(), "min_value": string(), "max_value": string()},
        surfaces=MODALS,
    ),
    # https://docs.slack.dev/reference/block-kit/block-elements/email-input-element
    "email_text_input": Shape({}, {**TYPED, "initial_value": string()}, surfaces=MODALS),
    # https://docs.slack.dev/reference/block-kit/block-elements/url-input-element
    "url_text_input": Shape({}, {**TYPED, "initial_value": string()}, surfaces=MODALS),
    # https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
    "file_input": Shape({}, {"action_id": ACTION_ID, "filetypes": IDS, "max_files": integer(1, 10)}, surfaces=MODALS),
    # https://docs.slack.dev/reference/block-kit/block-elements/rich-text-input-element
    "rich_text_input": Shape({}, {**TYPED, "initial_value": RICH_TEXT.check}, surfaces=frozenset({"modal", "home"})),
    # https://docs.slack.dev/reference/block-kit/block-elements/image-element
    "image": Shape({"alt_text": string(2000)}, IMAGE_SOURCE, image_source),
}

PICKS = frozenset(
    {"checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker"}
    | {name for name in ELEMENTS if name.endswith("_select")}
)
IN_ACTIONS = PICKS | {"button", "overflow", "rich_text_input"}
IN_SECTION = (PICKS - {"datetimepicker"}) | {"button", "overflow", "image"}
IN_INPUT = PICKS | {name for name in ELEMENTS if name.endswith("_input")}

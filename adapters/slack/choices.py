"""What people choose from: the options of selects, radio buttons and checkboxes, and the plain texts on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapters.slack import limits
from bot.chat.fit import ELLIPSIS, cut
from bot.chat.messages import Choice

Options = dict[str, Any]


def plain_text(text: str, most: int) -> dict[str, Any]:
    """A text that is read for nothing. Slack wants at least one letter, and reads `:smile:` unless told otherwise."""
    return {"type": "plain_text", "text": cut(text, most) or ELLIPSIS, "emoji": False}


def option(choice: Choice) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": plain_text(choice.label, limits.OPTION), "value": choice.value}
    if choice.hint:
        shown["description"] = plain_text(choice.hint, limits.OPTION_HINT)
    return shown


def listed(choices: Sequence[Choice]) -> Options:
    """The choices of a select, in groups where there are more than one list may hold."""
    size = limits.OPTIONS
    if len(choices) <= size:
        return {"options": [option(each) for each in choices]}
    groups = [choices[start : start + size] for start in range(0, len(choices), size)]
    half = limits.GROUP // 2 - 2
    return {
        "option_groups": [
            {
                "label": plain_text(f"{cut(group[0].label, half)} – {cut(group[-1].label, half)}", limits.GROUP),
                "options": [option(each) for each in group],
            }
            for group in groups
        ]
    }


def chosen_one(choices: Sequence[Choice], value: str) -> Options:
    """The choice that is filled in. It must be exactly one of the options, or Slack refuses the whole."""
    found = [option(each) for each in choices if each.value == value]
    return {"initial_option": found[0]} if found else {}


def chosen_some(choices: Sequence[Choice], values: Sequence[str], most: int) -> Options:
    """The choices that are filled in; Slack refuses an empty list of them."""
    found = {each.value: option(each) for each in choices if each.value in values}
    return {"initial_options": list(found.values())[:most]} if found else {}

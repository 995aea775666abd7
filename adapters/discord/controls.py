"""Buttons and selects of a message, and what was used.

    row(controls, page) -> components      opener(label, action, step) -> a button that opens a step of a kept form
    used(data) -> Pressed | Chosen | Opened | Declined | None, from the `data` of an interaction of type 3

Discord asks nothing before a press counts, and a button has no room for a question and what it is called. So a button
that asks is a list of two: what it does, with the question beside it, and the way back. It asks once, without state.
https://docs.discord.com/developers/components/reference#string-select (2026-11-26)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from adapters.discord import limits
from adapters.discord.custom_ids import CustomId, unpack
from adapters.discord.drawn import Component, Page, label
from bot.chat import messages
from bot.chat.actions import Action
from bot.chat.fit import cut
from bot.chat.messages import Button, Choice, LinkButton, Select
from bot.chat.text import Link, plain

ROW, BUTTON, SELECT = 1, 2, 3
_STYLES = {"primary": 1, "normal": 2, "danger": 4}
_LINK = 5
_YES, _NO = "yes", "no"
_MOST = limits.TEXT // 4
"""Letters of a question or an address that stands in the text: escaped it is longer, and it is not alone."""


def row(controls: Sequence[messages.Control], page: Page) -> Iterator[Component]:
    """A row as `fit` makes them: buttons, or one select. What asks first stands in a row of its own."""
    buttons: list[Component] = []
    for each in controls:
        match each:
            case Button() if not each.confirm:
                custom_id = page.custom_id(each.action)
                buttons.append(_button(each.label, each.style, {"custom_id": custom_id}))
            case LinkButton() if 0 < len(each.url) <= limits.URL and each.url.startswith(("https://", "http://")):
                buttons.append(
                    {"type": BUTTON, "style": _LINK, "label": label(each.label, limits.BUTTON), "url": each.url}
                )
            case Button() | LinkButton() | Select():
                yield from _together(buttons)
                buttons = []
                yield from _alone(each, page)
            case _:
                assert_never(each)
    yield from _together(buttons)


def opener(text: str, action: Action, step: int) -> Component:
    """A button that opens a step of a form that is kept (see `steps`)."""
    return _button(text, "primary", {"custom_id": CustomId(action, "open", step).pack()})


def option(choice: Choice, *, default: bool) -> Component:
    """An option of a select, a group of radio buttons or one of checkboxes."""
    made: Component = {"label": label(choice.label, limits.OPTION), "value": choice.value}
    if choice.hint.strip():
        made["description"] = label(choice.hint, limits.OPTION)
    return {**made, "default": True} if default else made


# -- what was used


@dataclass(frozen=True, slots=True)
class Pressed:
    action: Action


@dataclass(frozen=True, slots=True)
class Chosen:
    action: Action
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A step of a form that is kept is to be opened."""

    action: Action
    step: int


@dataclass(frozen=True, slots=True)
class Declined:
    """The question before a press was answered with no. Nothing is to be done; showing the same message again makes
    the list ask anew."""

    action: Action


def used(data: Mapping[str, Any]) -> Pressed | Chosen | Opened | Declined | None:
    """What was done, by the custom id; None when that is none of ours."""
    try:
        found = unpack(data.get("custom_id", ""))
    except ValueError:
        return None
    values = tuple(data.get("values") or ())
    match found.use:
        case "open":
            return Opened(found.action, found.number)
        case "ask":
            return Pressed(found.action) if values == (_YES,) else Declined(found.action)
        case "press":
            chosen = data.get("component_type") == SELECT
            return Chosen(found.action, values) if chosen else Pressed(found.action)
        case "step" | "again":
            return None


# -- inside


def _together(buttons: list[Component]) -> Iterator[Component]:
    if buttons:
        yield {"type": ROW, "components": buttons}


def _alone(control: messages.Control, page: Page) -> Iterator[Component]:
    match control:
        case Button():
            yield from _asking(control, page)
        case LinkButton():
            yield from page.text((Link(control.label, cut(control.url, _MOST)),))
        case Select():
            yield from _select(control, page)
        case _:
            assert_never(control)


def _button(text: str, style: str, what: Component) -> Component:
    return {"type": BUTTON, "style": _STYLES[style], "label": label(text, limits.BUTTON), **what}


def _asking(button: Button, page: Page) -> Iterator[Component]:
    """The question stands beside what it asks about; in full above, where it is too long for that."""
    if len(button.confirm) > limits.OPTION:
        yield from page.text(plain(cut(button.confirm, _MOST)), "-# ")
    do = Choice(_YES, button.label, button.confirm)
    back = Choice(_NO, button.deny or "✕")
    yield _listed(page.custom_id(button.action, "ask"), button.label, (do, back), (), 1)


def _select(select: Select, page: Page) -> Iterator[Component]:
    """The label is what stands in the list while nothing is chosen; above it, where something is."""
    known = {each.value for each in select.choices}
    chosen = [value for value in dict.fromkeys(select.chosen) if value in known]
    if chosen or not select.choices:
        yield from page.text(plain(select.label))
    if select.choices:
        most = max(1, min(select.most, len(select.choices)))
        yield _listed(page.custom_id(select.action), select.label, select.choices, chosen[:most], most)


def _listed(custom_id: str, text: str, choices: Sequence[Choice], chosen: Sequence[str], most: int) -> Component:
    """A row with a select. Of several, all can be taken back."""
    several = {"min_values": 0, "max_values": most} if most > 1 else {}
    options = [option(each, default=each.value in chosen) for each in choices]
    select = {"type": SELECT, "custom_id": custom_id, "placeholder": label(text, limits.PLACEHOLDER), **several}
    return {"type": ROW, "components": [{**select, "options": options}]}

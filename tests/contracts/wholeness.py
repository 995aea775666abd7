"""No word of ours is cut: each view's own labels fit where a platform shows them, and only people's words may not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.chat.forms import ChecksField, ChoiceField, Form
from bot.chat.messages import Button, Choice, Controls, Message, Select
from tests.contracts import longest


@dataclass(frozen=True, kw_only=True)
class Room:
    """How many letters a platform shows of each."""

    button: int
    asking: int
    """Of the label of a button that asks first, where it stands again beside the question."""
    question: int
    deny: int
    select: int
    value: int
    choice: int
    choice_hint: int
    title: int
    label: int
    hint: int


def assert_whole(text: str, most: int) -> None:
    assert 0 < len(text) <= most or longest.holds_people_s_words(text), f"{text!r} has more than {most} letters"


def assert_message_whole(made: Message, room: Room) -> None:
    for block in made.blocks:
        if isinstance(block, Controls):
            for each in block.controls:
                _control(each, room)


def assert_form_whole(form: Form, room: Room) -> None:
    assert_whole(form.title, room.title)
    for field in form.fields:
        assert_whole(field.label, room.label)
        assert_whole(field.hint or "-", room.hint)
        if isinstance(field, ChoiceField | ChecksField):
            _choices(field.choices, room)


def _control(control: Any, room: Room) -> None:
    match control:
        case Button(label=label, confirm=confirm, deny=deny):
            assert_whole(label, room.button)
            assert bool(confirm) == bool(deny), "a question has both ways"
            if confirm:
                assert_whole(label, room.asking)
                assert_whole(confirm, room.question)
                assert_whole(deny, room.deny)
        case Select(label=label, choices=choices):
            assert_whole(label, room.select)
            _choices(choices, room)
        case _:
            pass


def _choices(choices: Iterable[Choice], room: Room) -> None:
    for each in choices:
        assert 0 < len(each.value) <= room.value
        assert_whole(each.label, room.choice)
        assert_whole(each.hint or "-", room.choice_hint)

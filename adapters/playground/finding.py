"""Finds what a request names: people, channels, messages, controls and fields, and who may see what."""

from __future__ import annotations

from typing import TypeVar

from adapters.playground.faults import ApiError, not_yours, unknown
from adapters.playground.limits import controls
from adapters.playground.model import Corner, Entry, Opened, Somebody
from adapters.playground.room import Room
from bot.chat.forms import ChecksField, ChoiceField, Form, PersonField, Raw
from bot.chat.messages import Button, Choice, LinkButton, Select
from bot.texts.catalogue import _

C = TypeVar("C", Button, Select)


def person(room: Room, name: str) -> Somebody:
    """Somebody who is here, by id or exact name."""
    here = [each for each in room.people.values() if not each.gone]
    known = room.people.get(name)
    if known is not None and known.gone:
        raise ApiError(404, _("{name} has left."), _("Let them join again first."), name=known.name)
    found = [known] if known else [each for each in here if each.name.lower() == name.strip().lower()]
    if not found:
        raise unknown(404, _("There is nobody called “{typed}”."), name, [each.id for each in here])
    if len(found) > 1:
        ids = ", ".join(each.id for each in found)
        raise ApiError(409, _("Several people are called “{name}”."), _("Use one of these: {ids}."), name=name, ids=ids)
    return found[0]


def sees(viewer: Somebody, corner: Corner) -> bool:
    return corner.owner == viewer.id if corner.owner else corner.space == viewer.space


def may_see(viewer: Somebody, corner: Corner, entry: Entry) -> bool:
    return sees(viewer, corner) and entry.to in ("", viewer.id)


def channels_of(room: Room, viewer: Somebody) -> list[Corner]:
    """The channels of the person's space, then their own conversation with Kring."""
    here = [each for each in room.channels.values() if not each.gone and sees(viewer, each)]
    return sorted(here, key=lambda each: bool(each.owner))


def channel(room: Room, viewer: Somebody, name: str) -> Corner:
    """A channel that the person is in, by id or name; `dm` is their conversation with Kring."""
    if name == "dm":
        return room.dm(viewer)
    mine = channels_of(room, viewer)
    bare = name.removeprefix("#").lower()
    found = room.channels.get(name) or next((each for each in mine if each.name.lower() == bare), None)
    if found is None:
        known = ["dm" if each.owner else each.id for each in mine]
        raise unknown(404, _("There is no channel “{typed}”."), name, known)
    if found.gone:
        raise ApiError(410, _("That channel is no more."), _("Pick another one."))
    if not sees(viewer, found):
        raise not_yours()
    return found


def thread(room: Room, viewer: Somebody, corner: Corner, root: str | None) -> str | None:
    """The id of a thread in the channel; None for its top level. Any message of the thread names it.

    A deleted message still has the replies that hang on it.
    """
    if root is None:
        return None
    entry = _seen(room, viewer, root)
    if not room.replies(entry):
        _stands(entry)
    if entry.channel != corner.id:
        raise ApiError(422, _("That thread is in another channel."), _("Name the channel of the thread."))
    return entry.thread or entry.id


def message(room: Room, viewer: Somebody, id_: str) -> Entry:
    """A message that the person can see."""
    entry = _seen(room, viewer, id_)
    _stands(entry)
    return entry


def _seen(room: Room, viewer: Somebody, id_: str) -> Entry:
    entry = room.entries.get(id_)
    if entry is None:
        raise ApiError(404, _("There is no such message."), _("Messages are named by the id that the list shows."))
    if not may_see(viewer, room.channels[entry.channel], entry):
        raise not_yours()
    return entry


def _stands(entry: Entry) -> None:
    if entry.deleted:
        raise ApiError(410, _("That message was deleted."), _("Read the channel again."))


def form(room: Room, viewer: Somebody, id_: str) -> Opened:
    """A form that this person has open."""
    opened = room.forms.get(id_)
    if opened is None:
        raise ApiError(404, _("There is no such form."), _("A form opens as the answer to a button or command."))
    if opened.person != viewer.id:
        raise not_yours()
    if opened.sent:
        raise ApiError(
            409, _("This form was sent already."), _("What was sent is safe. Open the form again to change it.")
        )
    return opened


def button(entry: Entry, label: str, packed: str) -> Button:
    """The button of that label. `packed` is its action, for where several are called the same."""
    there = [each for each in _controls(entry) if isinstance(each, Button)]
    return _labelled(there, label, packed, _("There is no button “{typed}” here."))


def select(entry: Entry, label: str, packed: str) -> Select:
    """The list of that label in the message."""
    there = [each for each in _controls(entry) if isinstance(each, Select)]
    return _labelled(there, label, packed, _("There is no list “{typed}” here."))


def _controls(entry: Entry) -> list[Button | LinkButton | Select]:
    return list(controls(entry.message)) if entry.message else []


def _labelled(there: list[C], label: str, packed: str, error: str) -> C:
    named = [each for each in there if not packed or each.action.pack() == packed]
    found = [each for each in named if each.label == label] or [
        each for each in named if each.label.lower() == label.strip().lower()
    ]
    if len(found) == 1 or (found and packed):
        return found[0]
    if found:
        ids = ", ".join(each.action.pack() for each in found)
        raise ApiError(
            409, _("Several are called “{label}” here."), _("Say which with `action`: {ids}."), label=label, ids=ids
        )
    raise unknown(404, error, label, [each.label for each in there])


def choices(offered: tuple[Choice, ...], given: object) -> tuple[str, ...]:
    """The values of what was chosen, each given by value or label."""
    values = given if isinstance(given, list) else [given]
    by_name = {choice.label.lower(): choice.value for choice in offered} | {each.value: each.value for each in offered}
    chosen: list[str] = []
    for value in values:
        text = str(value)
        found = by_name.get(text, by_name.get(text.strip().lower()))
        if found is None:
            raise unknown(422, _("“{typed}” is not one of the choices."), text, [each.label for each in offered])
        chosen.append(found)
    return tuple(dict.fromkeys(chosen))


def values(room: Room, viewer: Somebody, blank: Form, given: dict[str, object]) -> tuple[tuple[str, Raw], ...]:
    """What the person filled in, by field name. Fields that are not named keep what stood in them."""
    filled: dict[str, Raw] = {field.name: field.value for field in blank.fields}
    by_label = {field.label.lower(): field for field in blank.fields} | {field.name: field for field in blank.fields}
    for name, value in given.items():
        field = by_label.get(name) or by_label.get(name.strip().lower())
        if field is None:
            known = [each for field in blank.fields for each in (field.label, field.name)]
            raise unknown(422, _("The form has no field “{typed}”."), name, known)
        if not isinstance(value, str | list):
            raise ApiError(422, _("“{name}” must be text or a list of texts."), _("Put it in quotes."), name=name)
        match field:
            case ChecksField():
                filled[field.name] = choices(field.choices, value) if value else ()
            case ChoiceField():
                filled[field.name] = choices(field.choices, value)[0] if value else ""
            case PersonField():
                filled[field.name] = _member(room, viewer, str(value)).id if value else ""
            case _:
                filled[field.name] = value if isinstance(value, str) else "\n".join(map(str, value))
    return tuple(filled.items())


def _member(room: Room, viewer: Somebody, name: str) -> Somebody:
    found = person(room, name.removeprefix("@"))
    if found.space != viewer.space:
        raise not_yours()
    return found

"""What somebody sees in Discord, in the words of stories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.fakes.discord.state import Modal, Shown
from tests.fakes.discord_server import DiscordServer
from tests.talk import Blank, Seen


def seen(discord: DiscordServer, shown: Shown, private: Sequence[Shown] = ()) -> Seen:
    """`private` is all that only this person sees: Discord does not count it as replies, people see it all the same."""
    place = discord.world.channel(shown.channel)
    asking, lists = apart(shown)
    alone = sum(each.channel == shown.thread for each in private)
    return Seen(
        id=shown.id,
        author=shown.author,
        text=shown.text,
        at=shown.id,
        channel=(place.parent if place.is_thread else None) or place.id,
        thread=place.id if place.is_thread else None,
        buttons=(*shown.buttons, *asking),
        lists=lists,
        private=shown.private,
        replies=shown.replies + alone,
        files=tuple(each.content.decode("utf-8", "replace") for each in shown.files),
        reactions=shown.reactions,
    )


def apart(shown: Shown) -> tuple[dict[str, str], tuple[tuple[str, tuple[str, ...]], ...]]:
    """Lists that are a button that asks first (what it does, and the way back), and those that are lists."""
    asking = {label: options[0] for label, options in shown.selects if len(options) == 2 and options[0] == label}
    return asking, tuple(each for each in shown.selects if each[0] not in asking)


def blank(discord: DiscordServer, modal: Modal) -> Blank:
    fields = discord.modal_fields(modal)
    return Blank(
        id=modal.id,
        title=modal.title,
        values={label: _value(field) for label, field in fields.items()},
        choices={label: tuple(field["options"].values()) for label, field in fields.items() if field["options"]},
    )


def faults(labels: Sequence[str], told: str) -> dict[str, str]:
    """What Kring says of each field: Discord shows no words beside one, so they stand below each other."""
    found: dict[str, str] = {}
    for label in labels:
        for line in told.splitlines():
            if line.startswith(f"{label}: "):
                found[label] = line.removeprefix(f"{label}: ")
    return found


def _value(field: dict[str, Any]) -> str | list[str]:
    value = field["value"]
    if isinstance(value, list):
        several = [str(each) for each in value]
        return several if field["type"] != 3 or len(several) != 1 else several[0]
    return "" if value is None else str(value)

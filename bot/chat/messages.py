"""A message in blocks, without a platform's names. The set of blocks is closed: each platform renders all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Discriminator

from bot.chat.actions import Action
from bot.chat.text import Text, words


@dataclass(frozen=True, slots=True)
class Heading:
    """One short line above the rest, in plain words."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph. `quote` shows it as somebody's own words."""

    text: Text
    quote: bool = False
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Facts:
    """Short labels with their values, such as *closes* and a moment."""

    rows: tuple[tuple[str, Text], ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: how long it takes, who sees what, why you get this."""

    text: Text
    kind: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class Divider:
    kind: Literal["divider"] = "divider"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG; `alt` says in words all that it shows."""

    svg: str
    alt: str
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    action: Action
    style: Literal["normal", "primary", "danger"] = "normal"
    confirm: str = ""
    """A question asked once before the press counts; empty for none."""
    deny: str = ""
    """What the way back from that question is called; every `confirm` has one."""
    kind: Literal["button"] = "button"


@dataclass(frozen=True, slots=True)
class LinkButton:
    label: str
    url: str
    kind: Literal["link_button"] = "link_button"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the options of a select or of a choice in a form."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Select:
    label: str
    action: Action
    choices: tuple[Choice, ...]
    most: int = 1
    """How many may be chosen."""
    chosen: tuple[str, ...] = ()
    kind: Literal["select"] = "select"


Control = Annotated[Button | LinkButton | Select, Discriminator("kind")]


@dataclass(frozen=True, slots=True)
class Controls:
    controls: tuple[Control, ...]
    kind: Literal["controls"] = "controls"


Block = Annotated[Heading | Words | Facts | Note | Divider | Picture | Controls, Discriminator("kind")]


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted or told. `summary` is the notification line; without one the first words are taken."""

    blocks: tuple[Block, ...]
    summary: str = ""

    def gist(self) -> str:
        """One line for notifications and for readers that show no blocks."""
        if self.summary:
            return self.summary
        for block in self.blocks:
            match block:
                case Heading():
                    return block.text
                case Words() | Note():
                    return words(block.text)
                case _:
                    continue
        return "Kring"

    def lines(self) -> str:
        """All that is said in it, for readers that show no blocks; without its buttons."""
        said: list[str] = []
        for block in self.blocks:
            match block:
                case Heading():
                    said.append(block.text)
                case Words() | Note():
                    said.append(words(block.text))
                case Facts():
                    said += [f"{label} {words(value)}" for label, value in block.rows]
                case Picture():
                    said.append(block.alt)
                case Divider() | Controls():
                    pass
        return "\n".join(said)


def message(*blocks: Block, summary: str = "") -> Message:
    """The blocks, one under the other."""
    return Message(blocks, summary)


def buttons(*controls: Control) -> Controls:
    return Controls(controls)

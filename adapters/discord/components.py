"""Messages as Components V2. Pure: nothing here knows the network.

    pages(message, space=…, private=…) -> one or more Rendered; `Rendered.body()` is the JSON to send, or to edit with
    with_row(rendered, *buttons) -> the same with a row of buttons more

A message of components has no `content`, so there is no line of its own for notifications: Discord makes one of its
first words, and `Message.summary` is not shown. https://docs.discord.com/developers/components/reference (2026-11-26)
Buttons keep no state anywhere: all that they mean stands in their custom id (see `custom_ids` and `controls`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, assert_never

from adapters.discord import limits
from adapters.discord.controls import ROW, row
from adapters.discord.drawn import Component, Drawing, Page, Reader
from adapters.parting import parted
from bot.chat import messages
from bot.chat.capabilities import DISCORD, Capabilities
from bot.chat.fit import fit
from bot.chat.messages import Controls, Facts, Heading, Message, Note, Picture, Words
from bot.chat.names import Space
from bot.chat.text import Bold, Plain, Text, plain

COMPONENTS_V2 = 1 << 15
_SEPARATOR = 14


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message as Discord takes it. `mentions` are the ids of whom it may notify."""

    components: list[Component]
    mentions: tuple[str, ...] = ()
    drawings: tuple[Drawing, ...] = ()

    def body(self) -> dict[str, Any]:
        """The JSON of a new message, of an edit, or of an answer; the drawings come along as `files[0]`, `files[1]`, …

        In an edit, what files the message had before are gone, and those that are named here come with it.
        """
        drawings = [
            {"id": n, "filename": each.filename, "description": each.alt} for n, each in enumerate(self.drawings)
        ]
        return {
            "flags": COMPONENTS_V2,
            "components": self.components,
            "allowed_mentions": {"parse": [], "users": list(self.mentions)},
            "attachments": drawings,
        }


def pages(message: Message, *, space: Space, private: bool, pictures: bool = True) -> tuple[Rendered, ...]:
    """The message as one or more messages, in order.

    `private`: only one person sees it, so people are shown as Discord shows people; elsewhere only who shall be
    notified. Without `pictures` what they show is told in words.
    """
    reader = Reader(space, private, pictures)
    light = (parted(page, partial(draw, reader=reader), too_heavy, DISCORD, _lighter) for page in fit(message, DISCORD))
    drawn = [part for parts in light for _, part in parts]
    shown = tuple(each for each in drawn if each.components)
    return shown or (draw(Message((Words(plain(message.gist().strip() or "Kring")),)), reader),)


def draw(message: Message, reader: Reader) -> Rendered:
    """A message that fits."""
    page = Page(reader)
    components = [drawn for block in message.blocks for drawn in _drawn(block, page)]
    return Rendered(components, tuple(page.mentions), tuple(page.drawings.values()))


def with_row(rendered: Rendered, *buttons: Component) -> Rendered:
    """The message with a row of buttons at its end."""
    return replace(rendered, components=[*rendered.components, {"type": ROW, "components": list(buttons)}])


def too_heavy(rendered: Rendered) -> bool:
    """Whether Discord would refuse the message for all that is in it together."""
    inside = [*rendered.components, *(each for top in rendered.components for each in top.get("components", ()))]
    return (
        len(inside) > limits.COMPONENTS
        or sum(len(each.get("content", "")) for each in inside) > limits.TEXT
        or len(rendered.drawings) > limits.FILES
        or len(rendered.mentions) > limits.MENTIONS
    )


def _lighter(can: Capabilities) -> Capabilities:
    """Shorter paragraphs, and fewer buttons: what asks before a press counts takes a row of its own."""
    return replace(can, words=can.words // 2, controls=max(1, can.controls // 2))


def _drawn(block: messages.Block, page: Page) -> Iterator[Component]:
    match block:
        case Heading(text=text):
            yield from page.text(plain(" ".join(text.split())), "## ")
        case Words(text=text, quote=quote):
            yield from page.text(text, "> " if quote else "")
        case Facts(rows=rows):
            yield from page.text(_lines(rows))
        case Note(text=text):
            yield from page.text(text, "-# ")
        case messages.Divider():
            yield {"type": _SEPARATOR, "divider": True, "spacing": 1}
        case Picture(svg=svg, alt=alt) if page.reader.pictures:
            yield page.picture(svg, alt)
        case Picture(alt=alt):
            yield from page.text(plain(alt))
        case Controls(controls=controls):
            yield from row(controls, page)
        case _:
            assert_never(block)


def _lines(rows: Sequence[tuple[str, Text]]) -> Text:
    lines: list[Text] = [(*((Bold(label), Plain(": ")) if label else ()), *value) for label, value in rows]
    return tuple(span for number, line in enumerate(lines) for span in ((Plain("\n"), *line) if number else line))

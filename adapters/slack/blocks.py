"""Messages as Block Kit. Pure: nothing here knows the network.

https://docs.slack.dev/reference/block-kit (2026-11-25)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, assert_never

from adapters.parting import parted
from adapters.slack import limits
from adapters.slack.choices import chosen_one, chosen_some, listed, plain_text
from adapters.slack.markup import Element, escape, mrkdwn, rich
from bot.chat import messages
from bot.chat.capabilities import SLACK, Capabilities
from bot.chat.fit import cut, fit
from bot.chat.messages import Button, Controls, Facts, Heading, LinkButton, Message, Note, Picture, Select, Words
from bot.chat.names import Space
from bot.chat.text import Bold, Plain, Text, plain

Block = dict[str, Any]
NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message as Slack takes it. `text` is the notification, and what is read where no blocks are shown."""

    blocks: list[Block]
    text: str


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a message is drawn: in which space, for one person alone or not, and with which pictures at hand."""

    space: Space
    private: bool
    pictures: Mapping[str, str] = field(default_factory=dict)


def pages(message: Message, *, space: Space, private: bool, pictures: Mapping[str, str] = NONE) -> tuple[Rendered, ...]:
    """The message as one or more messages, in order.

    `private`: only one person sees it, so people are shown as Slack shows people; elsewhere only who shall be notified.
    `pictures` has the Slack file of each drawing; what is drawn in one that has none is told in words.
    """
    reader = Reader(space, private, pictures)
    can = replace(SLACK, choices=limits.OPTIONS * 2)
    light = (parted(page, partial(draw, reader=reader), too_heavy, can, _lighter) for page in fit(message, SLACK))
    drawn = [Rendered(blocks, _text(part)) for parts in light for part, blocks in parts]
    first, *more = [each for each in drawn if each.blocks] or drawn
    return (replace(first, text=_text(message)), *more)


def svgs(message: Message) -> tuple[Picture, ...]:
    """The drawings to be uploaded before the message is posted, each once."""
    return tuple({each.svg: each for each in message.blocks if isinstance(each, Picture)}.values())


def draw(message: Message, reader: Reader) -> list[Block]:
    """The blocks of a message that fits."""
    return [drawn for block in message.blocks for drawn in _drawn(block, reader)]


def too_heavy(drawn: Sequence[Block]) -> bool:
    """Whether Slack would refuse the blocks of a message for all that is in them together."""
    written, room = json.dumps(drawn, ensure_ascii=False), limits.MESSAGE_LETTERS - limits.BLOCK_LETTERS * len(drawn)
    if len(written.encode()) > limits.MESSAGE_JSON:
        return True
    if len(escape(written)) <= room:  # the texts are a part of it, and mostly this tells enough
        return False
    return sum(len(escape(text)) for text in _texts(drawn)) > room


def _texts(drawn: Any) -> Iterator[str]:
    match drawn:
        case {"text": str(text)}:
            yield text
        case dict():
            yield from (text for inner in drawn.values() for text in _texts(inner))
        case list():
            yield from (text for inner in drawn for text in _texts(inner))


def _lighter(can: Capabilities) -> Capabilities:
    """Shorter paragraphs, rows and lists."""
    return replace(can, words=can.words // 2, controls=max(1, can.controls // 2), choices=max(1, can.choices // 2))


def _text(message: Message) -> str:
    """The gist, escaped, as far as it goes."""
    gist = message.gist().strip() or "Kring"
    most = limits.TEXT
    while (over := len(escape(cut(gist, most))) - limits.TEXT) > 0:
        most -= -(-over // len("&amp;"))
    return escape(cut(gist, most))


# -- blocks


def _drawn(block: messages.Block, reader: Reader) -> Iterator[Block]:
    match block:
        case Heading(text=text):
            if text.strip():
                yield {"type": "header", "text": plain_text(text, limits.HEADER)}
        case Words(text=text, quote=quote):
            yield from paragraph(text, reader, "rich_text_quote" if quote else "rich_text_section")
        case Facts(rows=rows):
            yield from paragraph(_lines(rows), reader)
        case Note(text=text):
            yield from _small(text, reader)
        case messages.Divider():
            yield {"type": "divider"}
        case Picture(svg=svg, alt=alt):
            if svg in reader.pictures:
                file = {"id": reader.pictures[svg]}
                yield {"type": "image", "slack_file": file, "alt_text": cut(alt, limits.ALT) or "…"}
            else:
                yield from paragraph(plain(alt), reader)
        case Controls(controls=controls):
            yield from _row(controls)
        case _:
            assert_never(block)


def paragraph(text: Text, reader: Reader, kind: str = "rich_text_section") -> Iterator[Block]:
    """The text as a block; none where there is nothing to read, which Slack would refuse."""
    elements: list[Element] = rich(text, space=reader.space, private=reader.private)
    if elements:
        yield {"type": "rich_text", "elements": [{"type": kind, "elements": elements}]}


def _lines(rows: Sequence[tuple[str, Text]]) -> Text:
    lines: list[Text] = [(*((Bold(label), Plain(": ")) if label else ()), *value) for label, value in rows]
    return tuple(span for number, line in enumerate(lines) for span in ((Plain("\n"), *line) if number else line))


def _small(text: Text, reader: Reader) -> Iterator[Block]:
    small = mrkdwn(text, space=reader.space, private=reader.private)
    if small is None:
        yield from paragraph(text, reader)
    else:
        yield {"type": "context", "elements": [{"type": "mrkdwn", "text": small, "verbatim": True}]}


# -- controls


def _row(controls: Sequence[messages.Control]) -> Iterator[Block]:
    """A row as `fit` makes them: buttons, no two of them alike, or one select."""
    buttons: list[Element] = []
    for each in controls:
        match each:
            case Button():
                buttons.append(_button(each))
            case LinkButton(label=label, url=url):
                buttons.append({"type": "button", "text": plain_text(label, limits.BUTTON), "url": url})
            case Select():
                yield _select(each)
            case _:
                assert_never(each)
    if buttons:
        yield {"type": "actions", "elements": buttons}


def _button(button: Button) -> Element:
    drawn: Element = {
        "type": "button",
        "text": plain_text(button.label, limits.BUTTON),
        "action_id": button.action.pack(),
    }
    if button.style != "normal":
        drawn["style"] = button.style
    if button.confirm:
        drawn["confirm"] = {
            "title": plain_text(button.label, limits.CONFIRM_TITLE),
            "text": plain_text(button.confirm, limits.CONFIRM_TEXT),
            "confirm": plain_text(button.label, limits.CONFIRM_BUTTON),
            "deny": plain_text(button.deny or "✕", limits.CONFIRM_BUTTON),
            **({"style": "danger"} if button.style == "danger" else {}),
        }
    return drawn


def _select(select: Select) -> Block:
    """The label with the select beside it. Without a placeholder Slack shows its own, in the reader's language."""
    drawn: Block = {"type": "section", "text": plain_text(select.label, limits.SECTION)}
    if not select.choices:
        return drawn
    accessory: Element = {"action_id": select.action.pack(), **listed(select.choices)}
    if select.most > 1:
        most = min(select.most, len(select.choices))
        accessory |= {"type": "multi_static_select", "max_selected_items": most}
        accessory |= chosen_some(select.choices, select.chosen, most)
    else:
        accessory |= {"type": "static_select", **chosen_one(select.choices, "".join(select.chosen[:1]))}
    return {**drawn, "accessory": accessory}

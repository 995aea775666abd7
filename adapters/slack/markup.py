"""Spans of text as Slack shows them, in `rich_text` blocks and, for small print, in mrkdwn.

A `text` element of a rich_text block is never read for markup, so people's words stay exactly what they are.
https://docs.slack.dev/reference/block-kit/blocks/rich-text-block (2026-11-25)
"""

from __future__ import annotations

import re
from typing import Any, assert_never

from adapters.slack import limits
from bot.chat.names import Account, Space
from bot.chat.text import Bold, ChannelName, Code, Link, Moment, PersonName, Plain, Span, Text, words

Element = dict[str, Any]

_FORMATS = {
    "moment": "{date_short_pretty} {time}",
    "date": "{date_short_pretty}",
    "time": "{time}",
    "relative": "{ago}",
}
# Slack writes the first letter of a date large, as if each began a sentence ("open until Today"); behind a space of no
# width it does not. https://metacpan.org/pod/Slack::BlockKit::Block::RichText::Date (2026-11-25)
_IN_A_SENTENCE = "\u200b"


def rich(text: Text, *, space: Space, private: bool) -> list[Element]:
    """The elements of a rich_text_section. `private`: only one person sees it, so a mention notifies nobody."""
    return [element for span in text if (element := _rich(span, space, private=private)) is not None]


def _rich(span: Span, space: Space, *, private: bool) -> Element | None:
    match span:
        case Plain(text=text):
            return _text(text)
        case Bold(text=text):
            return _text(text, "bold")
        case Code(text=text):
            return _text(text, "code")
        case Link(text=text, url=url):
            if not 0 < len(url) <= limits.URL:
                return _text(f"{text} {url}".strip())
            return {"type": "link", "url": url, **({"text": text} if text else {})}
        case PersonName(name=name):
            account = _mentioned(span, space, private=private)
            return _text(name) if account is None else {"type": "user", "user_id": account.id}
        case ChannelName(channel=channel):
            return {"type": "channel", "channel_id": channel.id} if channel.space == space else _text(words((span,)))
        case Moment(at=at, style=style):
            return {
                "type": "date",
                "timestamp": int(at.timestamp()),
                "format": _IN_A_SENTENCE + _FORMATS[style],
                "fallback": words((span,)),
            }
        case _:
            assert_never(span)


def _text(text: str, style: str = "") -> Element | None:
    """Slack refuses an element without text."""
    if not text:
        return None
    return {"type": "text", "text": text, **({"style": {style: True}} if style else {})}


def _mentioned(person: PersonName, space: Space, *, private: bool) -> Account | None:
    """The account to mention, None where the name is enough.

    Where everybody reads along only those are mentioned who shall be notified, and those whose name is not known yet:
    then the name is the account's id, which says nothing to people.
    """
    account = person.account
    if account is None or account.space != space:
        return None
    return account if private or person.notify or person.name == account.id else None


# -- small print


def mrkdwn(text: Text, *, space: Space, private: bool) -> str | None:
    """The text for a context block with `verbatim`; None where mrkdwn would read anything into people's words.

    https://docs.slack.dev/messaging/formatting-message-text (2026-11-25)
    """
    text = tuple(span for span in text if isinstance(span, Link) or words((span,)))
    parts: list[str] = []
    spoken: list[str] = []
    for number, span in enumerate(text):
        match span:
            case Bold() | Code():
                if not _stands_apart(text, number):
                    return None
                sign = "*" if isinstance(span, Bold) else "`"
                parts.append(f"{sign}{escape(span.text)}{sign}")
            case Link(text=label, url=url):
                if not label or "|" in url or ">" in url or _read_into(label):
                    return None
                parts.append(f"<{escape(url)}|{escape(label)}>")
            case Moment(at=at, style=style):
                parts.append(f"<!date^{int(at.timestamp())}^{_FORMATS[style]}|{words((span,))}>")
            case ChannelName(channel=channel) if channel.space == space:
                parts.append(f"<#{channel.id}>")
            case PersonName() if (account := _mentioned(span, space, private=private)) is not None:
                parts.append(f"<@{account.id}>")
            case Plain() | ChannelName() | PersonName():
                spoken.append(words((span,)))
                parts.append(escape(spoken[-1]))
            case _:
                assert_never(span)
    whole = "".join(parts)
    if _read_into("".join(spoken)) or whole != whole.strip() or not 0 < len(whole) <= limits.CONTEXT:
        return None
    return whole


_MARKS = re.compile(
    r"[*_~`@#]"  # styles, and names with them
    r"|:[^\s:]+:|[:;=8][-o']?[()\[\]DPpOo|/\\3*]|<3"  # emoji, by name or by face
    r"|^\s*(?:>|&gt;)"  # a quote, escaped or not
    r"|://|\bwww\.|\bmailto:"  # addresses
    r"|&(?:amp|lt|gt);",
    re.MULTILINE,
)


def _read_into(spoken: str) -> bool:
    return _MARKS.search(spoken) is not None


def _stands_apart(text: Text, number: int) -> bool:
    """Whether mrkdwn would show a style here: its signs count only between spaces or marks, around plain words."""
    span = text[number]
    inside = words((span,))
    before = words(text[number - 1 : number]) if number else ""
    after = words(text[number + 1 : number + 2])
    return (
        bool(inside)
        and inside == inside.strip()
        and "\n" not in inside
        and not _read_into(inside)
        and (not before or before[-1] in " \n(")
        and (not after or after[0] in " \n.,;:!?)")
    )


def escape(text: str) -> str:
    """The three characters that begin something in Slack's texts, as Slack wants them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

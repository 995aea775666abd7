"""Spans of text as Discord shows them: its Markdown, with every word of a person escaped.

Discord takes a backslash before any mark for *as it is*, so what people read are exactly the words; nothing in them
becomes a style, a mention, an emoji or a link. https://docs.discord.com/developers/reference#message-formatting and
https://support.discord.com/hc/en-us/articles/210298617 (2026-11-26). That nobody is called who need not come is not
left to this: a message goes out with the mentions it may make (`mentions`), and no others.

    markdown(text, space=…, private=…) -> str    mentions(text, space=…, private=…) -> ids of accounts
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from adapters.discord.commands import spoken
from bot.chat.names import Account, Space
from bot.chat.text import Bold, ChannelName, Code, Link, Moment, PersonName, Plain, Span, Text, words

_STYLES = {"moment": "F", "date": "D", "time": "t", "relative": "R"}
"""https://docs.discord.com/developers/reference#message-formatting-timestamp-styles (2026-11-26)"""

_MARKS = re.compile(r"[\\*_~`|<\[\]@#]|:(?!\s)")
"""Styles, spoilers, mentions, links, headings; a colon, unless a space follows: emoji and addresses."""
_AT_START = re.compile(r"^([^\S\n]*[0-9]*)(?=[>+.-])", re.MULTILINE)
"""Where a line could begin as a quote or a list, or small print: its sign is escaped."""
_SAFE_URL = re.compile(r"https?://[^\s<>()\\\"|]+")


def markdown(text: Text, *, space: Space, private: bool) -> str:
    """The text in Discord's Markdown. `private`: only one person sees it, so a mention notifies nobody."""
    return "".join(_span(span, space, private=private) for span in _joined(text))


def mentions(text: Text, *, space: Space, private: bool) -> tuple[str, ...]:
    """The accounts that `markdown` mentions, each once: those that the message may notify."""
    found = (mentioned(span, space, private=private) for span in text if isinstance(span, PersonName))
    return tuple(dict.fromkeys(account.id for account in found if account is not None))


def mentioned(person: PersonName, space: Space, *, private: bool) -> Account | None:
    """The account to mention, None where the name is enough.

    Where everybody reads along only those are mentioned who shall be notified, and those whose name is not known yet:
    then the name is the account's id, which says nothing to people. A mention that may notify nobody would be shown as
    a number to everybody whose client does not know that person.
    """
    account = person.account
    if account is None or account.space != space or not account.id.isdecimal():
        return None
    return account if private or person.notify or person.name == account.id else None


def escape(text: str) -> str:
    """The text so that Discord shows it letter for letter, wherever it stands."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _AT_START.sub(r"\1\\", _MARKS.sub(r"\\\g<0>", text))


def _span(span: Span, space: Space, *, private: bool) -> str:
    match span:
        case Plain(text=text):
            return escape(text)
        case Bold(text=text):
            return _around("**", escape(text))
        case Code(text=text):
            text = spoken(text)
            return escape(text) if "`" in text else _around("`", text)
        case Link(text=text, url=url):
            return _link(text, url)
        case PersonName(name=name):
            account = mentioned(span, space, private=private)
            return escape(name) if account is None else f"<@{account.id}>"
        case ChannelName(channel=channel):
            here = channel.space == space and channel.id.isdecimal()
            return f"<#{channel.id}>" if here else escape(words((span,)))
        case Moment(at=at, style=style):
            return f"<t:{int(at.timestamp())}:{_STYLES[style]}>"
        case _:
            assert_never(span)


def _around(sign: str, text: str) -> str:
    """The sign right around the words, where all clients read it for a style; the space stays outside."""
    inner = text.strip()
    if not inner:
        return text
    at = text.index(inner)
    return f"{text[:at]}{sign}{inner}{sign}{text[at + len(inner) :]}"


def _link(text: str, url: str) -> str:
    """Discord shows no link with an address or with brackets for its words, so that nobody is misled."""
    if not _SAFE_URL.fullmatch(url):
        return escape(f"{text} {url}".strip())
    if not text.strip():
        return f"<{url}>"
    if "://" in text or re.search(r"[\[\]\r\n]", text):
        return f"{escape(text)} <{url}>"
    return f"[{escape(text)}](<{url}>)"


def _joined(text: Text) -> Iterator[Span]:
    """The same words in spans that can stand beside each other: a style ends with its line, and is not begun again
    where it has just ended, for `**a****b**` and `` `a``b` `` are read for something else."""
    before: Span | None = None
    for span in _lines(text):
        if isinstance(span, Bold | Code) and isinstance(before, type(span)):
            before = replace(span, text=before.text + span.text)
            continue
        if before is not None:
            yield before
        before = span
    if before is not None:
        yield before


def _lines(text: Text) -> Iterator[Span]:
    for span in text:
        if not isinstance(span, Bold | Code):
            if words((span,)) or (isinstance(span, Link) and span.url):
                yield span
            continue
        for number, line in enumerate(span.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if number:
                yield Plain("\n")
            if line:
                yield replace(span, text=line)

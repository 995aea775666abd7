"""Where things stand in Discord, as far as it is known here: direct conversations, threads, forums.

All of it is in memory: what is not known is asked again, or learnt from the next event.
"""

from __future__ import annotations

from collections import OrderedDict

from bot.chat.names import Account
from bot.chat.requests import Edit, Post, Request, Upload

MOST = 50_000
"""Conversations, threads and messages that are remembered."""


class Places:
    def __init__(self) -> None:
        self._directs: OrderedDict[str, str] = OrderedDict()
        self._stands: OrderedDict[str, str] = OrderedDict()
        self._forums: set[str] = set()

    def direct(self, account: Account) -> str | None:
        """The channel of the conversation between this person and Kring, once it was opened.

        It is the same in every server that both are in.
        """
        return self._directs.get(account.id)

    def keep(self, account: Account, channel: str) -> None:
        """Their conversation is this channel, as the answer to its opening or any event in it says."""
        _remember(self._directs, account.id, channel)

    def is_forum(self, channel: str) -> bool:
        """Nothing can be written in a forum itself; each of its posts is a thread."""
        return channel in self._forums

    def keep_forum(self, channel: str) -> None:
        self._forums.add(channel)

    def of(self, request: Request) -> str:
        """The channel or thread that Discord counts this request for; a name of its own while that is not known."""
        match request:
            case Post() | Upload() if isinstance(request.to, Account):
                return self.direct(request.to) or f"person {request.to.id}"
            case Post(thread=thread) if thread is not None:
                return thread.id
            case Post() | Edit() if (name := _name(request)) is not None:
                return self._stands.get(name, name)
            case _:
                return request.to.id

    def found(self, request: Post | Edit, channel: str) -> None:
        """What the request is about, or stands under, is in this channel or thread."""
        name = _name(request)
        if name is not None:
            _remember(self._stands, name, channel)


def _name(request: Post | Edit) -> str | None:
    about = request.about if isinstance(request, Edit) else request.under
    if about is None:
        return None
    return f"{request.to.id} {'at' if isinstance(request, Edit) else 'under'} {about.pack()}"


def _remember(known: OrderedDict[str, str], name: str, channel: str) -> None:
    known[name] = channel
    known.move_to_end(name)
    while len(known) > MOST:
        known.popitem(last=False)

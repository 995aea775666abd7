"""What became of a request: the outbox learns it, and whoever takes no direct messages is remembered as such."""

from __future__ import annotations

from datetime import datetime

from bot.chat.actions import Action
from bot.chat.events import Delivered, Refused, ThreadFetched
from bot.chat.names import Account
from bot.chat.requests import Admit, Edit, FetchThread, OpenThread, Post, React, Request, Upload
from bot.ports import DoorUnit, Waiting

Report = Delivered | Refused | ThreadFetched


def settle(unit: DoorUnit, event: Report, now: datetime) -> Waiting | None:
    """Marks the request in the outbox and returns it; None when it was over before."""
    match event:
        case Delivered():
            return unit.requests.delivered(event.request, event.message, now, event.more)
        case ThreadFetched():
            return unit.requests.delivered(event.request, None, now)
        case Refused():
            waiting = unit.requests.refused(event.request, event.reason, now)
            to = waiting.request.to if waiting is not None else None
            if event.reason == "unreachable" and isinstance(to, Account):
                unit.people.unreachable(to)
            return waiting


def table(event: Report) -> str:
    """Where a feature says that it wants to know."""
    match event:
        case Delivered():
            return "delivered"
        case ThreadFetched():
            return "fetched"
        case Refused():
            return "refused"


def about(request: Request) -> Action | None:
    """By what name a feature hears of it."""
    match request:
        case Post():
            return request.about or request.under
        case Upload() | Edit() | OpenThread() | Admit() | FetchThread():
            return request.about
        case React():
            return None

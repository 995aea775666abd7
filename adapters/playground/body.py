"""Reads what a request brings, and says exactly what is missing or of the wrong kind."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from aiohttp import web

from adapters.playground.faults import ApiError, unknown
from bot.texts.catalogue import _


class Body:
    """The JSON object of a request. Its getters raise ApiError."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._given = given

    @classmethod
    async def of(cls, request: web.Request) -> Body:
        text = await request.read()
        try:
            given = json.loads(text or b"{}")
            json.dumps(given, ensure_ascii=False).encode()  # halves of characters cannot be stored
        except (ValueError, RecursionError):
            raise ApiError(400, _("The body is not JSON."), _('Send an object, such as {"as": "anna"}.')) from None
        if not isinstance(given, dict):
            raise ApiError(400, _("The body is not a JSON object."), _('Send an object, such as {"as": "anna"}.'))
        return cls(given)

    def has(self, name: str) -> bool:
        return self._given.get(name) is not None

    def given(self, name: str) -> Any:
        """The value as it is. It must be there."""
        if not self.has(name):
            names = ", ".join(self._given) or "-"
            raise ApiError(422, _("“{name}” is missing."), _("Given: {names}."), name=name, names=names)
        return self._given[name]

    def raw(self, name: str) -> str:
        """A text exactly as it is."""
        value = self.given(name)
        if not isinstance(value, str):
            raise ApiError(422, _("“{name}” must be text."), _("Put it in quotes."), name=name)
        return value

    def text(self, name: str, *, default: str | None = None, most: int = 200) -> str:
        """A short text without space around it."""
        if default is not None and not self.has(name):
            return default
        value = " ".join(self.raw(name).split())
        if not value and default is None:
            raise ApiError(422, _("“{name}” is empty."), _("Give it some letters."), name=name)
        if len(value) > most:
            raise ApiError(422, _("“{name}” is too long."), _("At most {most} characters."), name=name, most=most)
        return value

    def choice(self, name: str, known: Iterable[str]) -> str | None:
        """One of the known words, or None when it is not given."""
        if not self.has(name):
            return None
        value = self.raw(name)
        if value not in (names := list(known)):
            raise unknown(422, _("“{typed}” is not one of the choices."), value, names)
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self._given.get(name, default)
        if not isinstance(value, bool):
            raise ApiError(422, _("“{name}” must be true or false."), _("Without quotes."), name=name)
        return value

    def table(self, name: str) -> dict[str, object]:
        value = self._given.get(name, {})
        if not isinstance(value, dict):
            raise ApiError(422, _("“{name}” must be an object."), _("Name each field with its value."), name=name)
        return value

    def action(self) -> str:
        """The packed `action`, given as an object or packed; empty when it is not given."""
        value = self._given.get("action")
        if isinstance(value, dict):
            return f"{value.get('name', '')}:{value.get('id', '')}"
        return value if isinstance(value, str) else ""


def query(request: web.Request, name: str) -> str:
    """A value that must stand in the address."""
    value = request.query.get(name, "")
    if not value:
        raise ApiError(
            422, _("“{name}” is missing in the address."), _("Such as {path}?{name}=…"), name=name, path=request.path
        )
    return value


def number(request: web.Request, name: str, *, default: int, most: int) -> int:
    value = request.query.get(name)
    if value is None:
        return default
    if not value.isascii() or not value.isdigit() or not 0 < int(value[:9]) <= most:
        raise ApiError(
            422, _("“{name}” must be a number."), _("From 1 to {most}, without quotes."), name=name, most=most
        )
    return int(value)

"""What somebody wrote in a form and did not send: it stands there again when the same form opens.

Slack tells of a closed form, with what stood in it, when it was asked to (`notify_on_close`).
https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_closed (2026-11-25)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.chat.actions import Action
from bot.chat.forms import ChecksField, ChoiceField, Field, Form, PersonField, Raw, TextField
from bot.chat.names import Account
from bot.chat.wire import from_json, to_json

Values = tuple[tuple[str, Raw], ...]


class Kept(Protocol):
    """What drafts need from storage."""

    async def draft_put(self, account: Account, action: str, text: str, now: datetime) -> None: ...
    async def draft_take(self, account: Account, action: str) -> str | None: ...


class Drafts:
    def __init__(self, kept: Kept, now: Callable[[], datetime]) -> None:
        self._kept = kept
        self._now = now

    async def keep(self, account: Account, action: Action, values: Values) -> None:
        """Keeps what was filled in; nothing, if nothing was."""
        written = tuple((name, value) for name, value in values if value)
        if written:
            await self._kept.draft_put(account, action.pack(), to_json(written, Values), self._now())

    async def filled_in(self, account: Account, form: Form) -> Form:
        """The form with what was written in it before."""
        if not form.fields:
            return form
        text = await self._kept.draft_take(account, form.action.pack())
        if text is None:
            return form
        written: dict[str, Raw] = dict(from_json(text, Values))
        return replace(form, fields=tuple(_filled(field, written.get(field.name)) for field in form.fields))


def _filled(field: Field, value: Raw | None) -> Field:
    match field, value:
        case TextField(), str():
            return replace(field, value=value[: field.most])
        case PersonField(), str():
            return replace(field, value=value)
        case ChoiceField(), str() if value in {choice.value for choice in field.choices}:
            return replace(field, value=value)
        case ChecksField(), tuple():
            known = {choice.value for choice in field.choices}
            return replace(field, value=tuple(each for each in value if each in known))
        case _:
            return field

"""What is wrong with a request to the playground, in one sentence, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from bot.texts.catalogue import Words, _


class ApiError(Exception):
    """`error` and `hint` are English texts of the catalogue; `values` fill both."""

    def __init__(self, status: int, error: str, hint: str, /, **values: object) -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.hint = hint
        self.values = values

    def body(self, words: Words) -> dict[str, str]:
        return {
            "error": words.label(self.error, **self.values),
            "hint": words.label(self.hint, **self.values),
        }


def unknown(status: int, error: str, typed: str, known: Iterable[str]) -> ApiError:
    """Nothing is called what was `typed`; the hint names what is near, or what there is."""
    names = list(dict.fromkeys(known))
    lowered = {name.lower(): name for name in reversed(names)}
    near = [lowered[name] for name in get_close_matches(typed.lower(), lowered, n=3, cutoff=0.5)]
    typed = typed if len(typed) <= 60 else typed[:59] + "…"
    if near:
        return ApiError(status, error, _("Did you mean {names}?"), typed=typed, names=", ".join(near))
    if names:
        shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
        return ApiError(status, error, _("There is: {names}."), typed=typed, names=shown)
    return ApiError(status, error, _("There is none at all."), typed=typed)


def not_yours() -> ApiError:
    return ApiError(403, _("This belongs to somebody else."), _("People see only what is theirs or their space's."))

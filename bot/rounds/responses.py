"""Which answer a message in the thread responds to: the one it quotes, or whose author it names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.rounds.said import Contribution

QUOTED = 20
"""So many letters in a row of an answer make a quotation; a shorter answer has to be there whole."""


def meant(text: str, answers: Sequence[Contribution], called: Mapping[str, Sequence[str]]) -> str | None:
    """The id of the one answer that this text quotes or names, or None when it is none or could be several.

    `called`: by person id, what somebody is called in the text: their name, and how the platform writes a mention.
    """
    squeezed = _squeezed(text)
    quoted = [one.id for one in answers if _quotes(squeezed, _squeezed(one.body))]
    if quoted:
        return quoted[0] if len(quoted) == 1 else None
    named = [one.id for one in answers if one.named and _names(text, called.get(one.person, ()))]
    return named[0] if len(named) == 1 else None


def _squeezed(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _quotes(text: str, body: str) -> bool:
    if len(body) < QUOTED:
        return len(body) > QUOTED // 2 and f" {body} " in f" {text} "
    starts = [0, *(at + 1 for at, letter in enumerate(body) if letter == " ")]
    return any(body[at : at + QUOTED] in text for at in starts if at + QUOTED <= len(body))


def _names(text: str, called: Sequence[str]) -> bool:
    """A name on its own; of a name in several words the first will do."""
    for name in called:
        for form in {name, name.split(" ")[0]}:
            if len(form) > 1 and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE):
                return True
    return False

"""Emoji by their short names, such as `bookmark`: how Slack names them, and how Kring does everywhere."""

from __future__ import annotations

import unicodedata

NAMES = {
    "🔖": "bookmark",
    "📌": "pushpin",
    "⭐": "star",
    "💡": "bulb",
    "🌱": "seedling",
    "📚": "books",
    "📝": "memo",
    "🧠": "brain",
    "💾": "floppy_disk",
    "👍": "+1",
    "👎": "-1",
    "❤": "heart",
    "🙏": "pray",
    "✅": "white_check_mark",
    "🎉": "tada",
    "👏": "clap",
    "👋": "wave",
    "🔍": "mag",
    "🗂": "card_index_dividers",
    "💎": "gem",
    "🎯": "dart",
    "🧭": "compass",
    "🔁": "repeat",
}
"""Those whose short name is not what Unicode calls them, and those that are often chosen to keep know-how."""
_FIRST = "\u2000"
"""Signs before that stand on keyboards, such as `<`."""
_VARIANT, _TONES = "\ufe0f", {chr(tone) for tone in range(0x1F3FB, 0x1F400)}


def short_name(emoji: str) -> str:
    """The short name of one emoji, whatever its skin tone; empty for anything else.

    An emoji that is not listed is called as Unicode calls it (`🦊` is `fox_face`); most short names are just that.
    """
    bare = "".join(sign for sign in emoji if sign != _VARIANT and sign not in _TONES)
    if bare in NAMES:
        return NAMES[bare]
    if len(bare) != 1 or bare < _FIRST or unicodedata.category(bare) not in ("So", "Sm"):
        return ""
    return unicodedata.name(bare, "").lower().replace(" ", "_")

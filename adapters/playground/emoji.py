"""The emoji that can be given in the playground, by their short names; any other is shown by its name."""

from __future__ import annotations

from adapters.playground.faults import unknown
from bot.texts.catalogue import _

EMOJI = {
    "bookmark": "🔖",
    "+1": "👍",
    "heart": "❤️",
    "bulb": "💡",
    "pray": "🙏",
    "white_check_mark": "✅",
    "eyes": "👀",
    "tada": "🎉",
    "thinking_face": "🤔",
    "smile": "😄",
    "raised_hands": "🙌",
    "clap": "👏",
    "wave": "👋",
    "seedling": "🌱",
    "star": "⭐",
    "question": "❓",
    "heavy_plus_sign": "➕",
    "coffee": "☕",
    "books": "📚",
    "mag": "🔍",
    "ear": "👂",
    "speech_balloon": "💬",
    "hourglass": "⌛",
    "pushpin": "📌",
    "-1": "👎",
    "sweat_smile": "😅",
    "open_mouth": "😮",
    "cry": "😢",
    "rocket": "🚀",
    "repeat": "🔁",
}
_NAMES = {char.rstrip("\ufe0f"): name for name, char in EMOJI.items()}
_TONES = dict.fromkeys(range(0x1F3FB, 0x1F400))


def emoji_name(given: str) -> str:
    """The short name of an emoji given as `bookmark`, `:bookmark:` or 🔖; skin tones are left out."""
    name = given.strip().strip(":").partition("::skin-tone")[0].lower()
    if name in EMOJI:
        return name
    char = given.strip().translate(_TONES).rstrip("\ufe0f")
    if char in _NAMES:
        return _NAMES[char]
    raise unknown(422, _("There is no emoji “{typed}” here."), name, EMOJI)

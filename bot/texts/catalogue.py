"""Texts in the reader's language, as spans. `.po` files are read once at start; there is no build step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from io import BytesIO

from babel import Locale
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.chat.forms import Fault
from bot.chat.text import Text
from bot.chat.text import words as bare
from bot.texts.templates import fill, fill_bare

LANGUAGES = {"en": "English", "nl": "Nederlands"}
DEFAULT = "en"


def _(text: str) -> str:
    """Marks an English text for the catalogue where it is defined; it is translated where it is said."""
    return text


class Words:
    """Everything Kring says, in one language."""

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.language = language
        self._locale = Locale.parse(language)
        self._translations = translations

    def say(self, text: str, /, **values: object) -> Text:
        """The text with its places filled. A value may be a text, a number, a span or a tuple of spans."""
        return fill(self._translate(text), values)

    def label(self, text: str, /, **values: object) -> str:
        """The same without any markup, for buttons, titles and file names."""
        return fill_bare(self._translate(text), values)

    def count(self, one: str, many: str, n: int, /, **values: object) -> Text:
        """The form for `n`, which fills `{n}`."""
        return fill(self._translations.ngettext(one, many, n), {"n": n, **values})

    def counted(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The same without any markup."""
        return bare(self.count(one, many, n, **values))

    def pick(self, versions: Mapping[str, str], /, **values: object) -> Text:
        """One of several versions of a text that does not stand in the catalogue, such as a format's prompt."""
        return fill(versions.get(self.language) or versions[DEFAULT], values)

    def names(self, names: Iterable[str]) -> str:
        """*Ana, Bo and Cas*."""
        return format_list(list(names), locale=self._locale)

    def fault(self, fault: Fault) -> str:
        """What is wrong with one field of a form."""
        match fault.code:
            case "required":
                return self.label("Please fill this in.")
            case "too_short":
                return self.counted("At least {n} character.", "At least {n} characters.", fault.limit)
            case "too_long":
                return self.counted("At most {n} character.", "At most {n} characters.", fault.limit)
            case "not_a_choice":
                return self.label("Please pick one from the list.")
            case "too_few":
                return self.counted("Choose at least {n}.", "Choose at least {n}.", fault.limit)
            case "too_many":
                return self.counted("Choose at most {n}.", "Choose at most {n}.", fault.limit)

    def _translate(self, text: str) -> str:
        return self._translations.gettext(text) if text else ""


@cache
def words_in(language: str) -> Words:
    """The words of a language; of English where we do not speak it."""
    if language == DEFAULT or language not in LANGUAGES:
        return Words(DEFAULT, NullTranslations())
    merged = Catalog(locale=language)
    for file in sorted(resources.files(__package__).joinpath(language).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".po"):
            for message in read_po(BytesIO(file.read_bytes()), locale=language):
                if message.id:
                    merged[message.id] = message
    binary = BytesIO()
    write_mo(binary, merged)
    binary.seek(0)
    return Words(language, GNUTranslations(binary))

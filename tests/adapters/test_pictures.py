"""Pictures: words in a drawing are really drawn, with the font that comes along and no other."""

from __future__ import annotations

import struct
import zlib
from importlib import resources

import pytest

from adapters.pictures import png

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def drawn(inner: str) -> bytes:
    return png(f'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40">{inner}</svg>', zoom=1)


def size(picture: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def inked(picture: bytes) -> int:
    """How many bytes of the picture's rows are not zero: an empty picture has next to none."""
    assert picture.startswith(SIGNATURE)
    packed, at = b"", len(SIGNATURE)
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        if kind == b"IDAT":
            packed += picture[at + 8 : at + 8 + length]
        at += 12 + length
    return sum(byte != 0 for byte in zlib.decompress(packed))


@pytest.mark.parametrize("family", ["sans-serif", "serif", "monospace", "DejaVu Sans", "Helvetica", "No Such Font"])
def test_words_are_drawn_whatever_font_is_asked_for(family: str) -> None:
    words = drawn(f'<text x="4" y="24" font-size="16" font-family="{family}">Twaalf × ja</text>')
    assert inked(words) > 200
    assert inked(drawn("")) <= 40, "one byte of each row says how it is packed"


def test_words_are_drawn_when_no_font_is_named() -> None:
    assert inked(drawn('<text x="4" y="24">Twaalf</text>')) > 200


@pytest.mark.parametrize("words", ["é ü ñ ç", "Кринг", "Κύκλος", "→ ✓ ●"])
def test_letters_of_other_languages_and_signs_are_not_all_the_same_box(words: str) -> None:
    shown = {drawn(f'<text x="4" y="24" font-size="20">{letter}</text>') for letter in words.replace(" ", "")}
    assert len(shown) == len(words.replace(" ", ""))


def test_zoom_makes_it_larger() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="9" height="9"/></svg>'
    assert (size(png(svg, zoom=1)), size(png(svg))) == ((120, 40), (240, 80))


def test_what_is_no_drawing_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown token"):
        png("not a drawing")


def test_the_font_comes_with_its_licence() -> None:
    assert "Bitstream" in resources.files("adapters").joinpath("fonts", "LICENSE.txt").read_text("utf-8")

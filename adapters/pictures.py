"""Drawings as PNG, for platforms that show no SVG. The font comes along: a picture looks the same on every machine."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

FAMILY = "DejaVu Sans"


@lru_cache(maxsize=128)
def png(svg: str, *, zoom: float = 2) -> bytes:
    """The drawing as PNG; `zoom=2` keeps it sharp on good screens. Raises ValueError when it is no SVG.

    The last ones are remembered: a card is edited more often than its drawing changes.
    """
    import resvg_py  # loaded with the first picture: most communities never draw one

    # Without a font on the machine resvg leaves all text out, without a word (0.5.0, 2026-11-25)
    return resvg_py.svg_to_bytes(
        svg,
        zoom=zoom,
        skip_system_fonts=True,
        font_files=[_font()],
        font_family=FAMILY,
        serif_family=FAMILY,
        sans_serif_family=FAMILY,
        monospace_family=FAMILY,
        cursive_family=FAMILY,
        fantasy_family=FAMILY,
    )


@cache
def _font() -> str:
    return str(resources.files("adapters").joinpath("fonts", "DejaVuSans.ttf"))

"""Drawings as SVG, from nothing but numbers and labels: where a round is, and two hands on a scale.

Each has its own ground, so that it reads on a dark page too, and no colour that judges. Letters are at least so large
that they can be read where 720 units are 340 pixels wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from bot.chat.messages import Picture
from bot.rounds.balance import Balance, Band

WIDTH = 720
GROUND, INK, SOFT, LINE, DEEP, PALE = "#f4f1ea", "#26323a", "#59656c", "#b9b4a7", "#2f6073", "#cfe0e4"
FONT = "DejaVu Sans, Verdana, sans-serif"
SMALL, LARGE, NUMBER = 30, 34, 26
LETTER = 0.62
"""How wide a letter of this font is on average, as a part of its height."""
SEATS_DRAWN = 16
STEPS_NUMBERED = 9
"""With more steps than this there is no room for all their numbers."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where a round is. `windows` are the lengths of its steps in any unit, `done` those that were held; `current` is
    None before and after them.
    """

    windows: Sequence[float]
    current: int | None
    speaking: int = 0
    listening: int = 0
    heading: str = ""
    left: str = ""
    """How much time is left, in words."""
    done: frozenset[int] = frozenset()


def timeline(it: Timeline, alt: str) -> Picture:
    """The steps as stations on a line, each as far from the next as it lasts, and the people below it."""
    seats = bool(it.speaking or it.listening)
    height = 200 if seats else 142
    parts = [_text(it.heading, 30, 44, LARGE, INK), _text(it.left, WIDTH - 30, 44, SMALL, SOFT, "end")]
    parts += _stations(it, 100)
    if seats:
        parts += _seats(it, 166)
    return Picture(_svg(height, parts), alt)


def _stations(it: Timeline, y: float) -> list[str]:
    count = len(it.windows)
    places = _places(it.windows)
    radius = 20 if count <= STEPS_NUMBERED else max(5.0, 150 / count)
    here = places[max((*it.done, it.current if it.current is not None else 0))]
    parts = [_stroke(places[0], y, places[-1], LINE), _stroke(places[0], y, here, DEEP)]
    for number, x in enumerate(places):
        past, now = number in it.done, number == it.current
        fill = DEEP if past else PALE if now else GROUND
        wide = radius + 5 if now else radius
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y}" r="{wide:.1f}" fill="{fill}" stroke="{DEEP if past or now else LINE}" '
            f'stroke-width="{5 if now else 3}"/>'
        )
        if count <= STEPS_NUMBERED:
            colour = GROUND if past else INK if now else SOFT
            parts.append(_text(str(number + 1), x, y + 9, NUMBER, colour, "middle"))
    return parts


def _places(windows: Sequence[float]) -> list[float]:
    """Where each station stands: half of the room is shared alike, half by how long steps last."""
    left, right = 56.0, WIDTH - 56.0
    if len(windows) == 1:
        return [WIDTH / 2]
    before = windows[:-1]
    total = sum(before) or 1.0
    parts = [(right - left) * (0.5 / len(before) + 0.5 * each / total) for each in before]
    places = [left]
    for part in parts:
        places.append(places[-1] + part)
    return places


def _seats(it: Timeline, y: float) -> list[str]:
    """One mark for each seat: full who speaks, ringed who listens."""
    looks = [
        *[f'fill="{DEEP}"'] * it.speaking,
        *[f'fill="none" stroke="{DEEP}" stroke-width="4"'] * it.listening,
    ]
    drawn = looks[:SEATS_DRAWN]
    parts = [f'<circle cx="{46 + 34 * at}" cy="{y}" r="11" {look}/>' for at, look in enumerate(drawn)]
    more = it.speaking + it.listening - SEATS_DRAWN
    if more > 0:
        parts.append(_text(f"+{more}", 46 + 34 * SEATS_DRAWN - 14, y + 8, SMALL, SOFT))
    return parts


# -- two hands


@dataclass(frozen=True, slots=True)
class HandLabels:
    explore: str
    exploit: str
    measured: str
    felt: str
    wanted: str


def hands(balance: Balance, band: Band, *, labels: HandLabels, alt: str) -> Picture:
    """A scale from holding to searching: the band that is wanted, what was measured above it, what is felt below."""
    y = 122.0
    low, high = _on_scale(band.low), _on_scale(band.high)
    parts = [
        _text(labels.exploit, 30, 40, LARGE, INK),
        _text(labels.explore, WIDTH - 30, 40, LARGE, INK, "end"),
        f'<rect x="{low:.1f}" y="{y - 17}" width="{high - low:.1f}" height="34" rx="17" fill="{PALE}"/>',
        _text(labels.wanted, (low + high) / 2, y + 9, NUMBER, SOFT, "middle"),
        _stroke(_on_scale(-1), y + 17, _on_scale(1), LINE, 2),
        _stroke(_on_scale(-1), y - 17, _on_scale(1), LINE, 2),
        *_mark(_on_scale(balance.value), y - 21, labels.measured, DEEP, above=True),
    ]
    if balance.felt is not None:
        parts += _mark(_on_scale(balance.felt), y + 21, labels.felt, SOFT, above=False)
    return Picture(_svg(208 if balance.felt is not None else 164, parts), alt)


def _on_scale(value: float) -> float:
    return WIDTH / 2 + value * (WIDTH / 2 - 48)


def _mark(x: float, y: float, label: str, colour: str, *, above: bool) -> list[str]:
    """An arrow to a place on the scale, with its label kept within the drawing."""
    away = -18 if above else 18
    half = len(label) * LETTER * SMALL / 2
    middle = min(max(x, half + 12), WIDTH - half - 12)
    points = f"{x:.1f},{y:.1f} {x - 12:.1f},{y + away:.1f} {x + 12:.1f},{y + away:.1f}"
    baseline = y + away - 6 if above else y + away + SMALL
    return [f'<polygon points="{points}" fill="{colour}"/>', _text(label, middle, baseline, SMALL, colour, "middle")]


# -- strokes


def _svg(height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">'
        f'<rect width="{WIDTH}" height="{height}" rx="18" fill="{GROUND}"/>{"".join(parts)}</svg>'
    )


def _text(words: str, x: float, y: float, size: int, colour: str, anchor: str = "start") -> str:
    if not words:
        return ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}" font-size="{size}" fill="{colour}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


def _stroke(x: float, y: float, to: float, colour: str, width: int = 5) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to:.1f}" y2="{y:.1f}" stroke="{colour}" stroke-width="{width}"/>'

"""A thread, read by rules: what it gives away, and the sentences that fill in a draft. No language model, no guessing.

Every sentence is kept letter for letter with its author, so that consent stays traceable.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowhow import markers
from bot.knowhow.markers import Marker
from bot.knowhow.model import Field, Kind
from bot.knowhow.sentences import sentences, shortened
from bot.knowhow.signals import SOLVED_REACTIONS, Said, Signals, read

TITLE = 90
MOST: dict[Field, int] = {
    "title": 1, "problem": 3, "situation": 3, "what_we_do": 12, "because": 3, "except_when": 3, "sensed_by": 0,
}  # fmt: skip
"""So many sentences of each kind are proposed; 25 together, which is as many as a form can offer."""
ROOM = 2500
"""So many characters are proposed for one field."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence for one field, as it stands in the message at that place of the thread."""

    field: Field
    text: str
    author: str
    message: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What a thread fills in of an item."""

    language: str
    kind: Kind
    sentences: tuple[Sentence, ...]
    link: str
    sensitive: bool


def distil(thread: Sequence[Said], *, pointed: int | None = None, language: str = "en") -> Draft:
    """The sentences that fill in a draft. `pointed`: the message that somebody pointed at, which always counts."""
    signals = read(thread, language)
    chosen = _chosen(signals, pointed)
    picked: dict[Field, list[Sentence]] = {name: [] for name in MOST}
    _from_opening(signals, chosen, picked)
    for place in chosen:
        _from_answer(signals, place, picked)
    if signals.not_solved and signals.later[-1] not in chosen:
        place = signals.later[-1]
        told = [text for text in _of(signals, place) if not _is(signals, "thanks", text)]
        _put(picked, "except_when", signals, place, told)
    kind = _kind(signals)
    link = next((each for place in chosen or signals.replies for each in markers.links(signals.thread[place].text)), "")
    every = tuple(sentence for name in MOST for sentence in picked[name])
    return Draft(signals.language, kind, every, link if kind == "know_what" else "", signals.sensitive)


def _chosen(signals: Signals, pointed: int | None) -> tuple[int, ...]:
    """The messages that say what to do: those that helped, if the opener says which; else those before the thanks."""
    ends = sorted((*signals.solved_places, *signals.thanks_places))
    steps = signals.step_replies
    before = tuple(place for place in steps if not ends or place < ends[0]) or steps
    marked = tuple(p for p in signals.replies if SOLVED_REACTIONS.intersection(signals.thread[p].reactions))
    chosen = marked or _named(signals, before) or before
    own = set(signals.own_steps).intersection(signals.solved_places)
    if not signals.replies:
        own |= {place for place in (*signals.opening, *signals.later) if signals.has("step", place)}
    if pointed is not None and 0 <= pointed < len(signals.thread):
        alone = not signals.replies or pointed not in signals.opening
        own |= {pointed} if alone else set()
    return tuple(sorted({*chosen, *own}))


def _named(signals: Signals, steps: tuple[int, ...]) -> tuple[int, ...]:
    """The messages of whoever the opener names as having helped (*what Bo said worked*)."""
    glad = [p for p in signals.later if not signals.has("not_solved", p) and "?" not in signals.thread[p].text]
    told = " ".join(signals.thread[place].text[: markers.READ] for place in glad).lower()
    words = set(re.findall(r"\w+", told))
    named = []
    for place in steps:
        first = signals.thread[place].name.lower().split()
        if first and len(first[0]) > 1 and first[0] in words:
            named.append(place)
    return tuple(named)


def _from_opening(signals: Signals, chosen: tuple[int, ...], picked: dict[Field, list[Sentence]]) -> None:
    """Title, problem and situation. A sentence has one place only, so that its author is asked about it once."""
    asked = [(p, text) for p in signals.opening for text in _of(signals, p)]
    titled = next((each for each in asked if _is(signals, "question", each[1])), asked[0] if asked else None)
    if titled is not None:
        title = shortened(markers.without_greeting(signals.language, titled[1]), TITLE)
        picked["title"].append(Sentence("title", title, signals.opener, titled[0]))
    for place, text in asked:
        if (place, text) == titled or place in chosen or not markers.words_beside_links(text):
            continue
        there = _is(signals, "experience", text) or _is(signals, "place_time", text)
        if not _is(signals, "thanks", text):
            _put(picked, "situation" if there else "problem", signals, place, [text])


def _from_answer(signals: Signals, place: int, picked: dict[Field, list[Sentence]]) -> None:
    """What to do, why it works and when it does not. The opener's own report gives only its steps."""
    told = [text for text in _of(signals, place) if markers.words_beside_links(text)]
    if signals.thread[place].author == signals.opener and signals.replies:
        told = [text for text in told if signals.told(text)]
    if place in signals.opening:  # a question is the title already
        told = [text for text in told if not _is(signals, "question", text)] or told
    told = [text for text in told if not _is(signals, "thanks", text)] or told
    because = [text for text in told if _is(signals, "because", text)]
    caveats = [text for text in told if _is(signals, "caveat", text) and text not in because]
    rest = [text for text in told if text not in because and text not in caveats]
    if not any(signals.told(text) for text in rest):  # the step stands in the same sentence as its reason
        rest = [text for text in told if text in rest or signals.told(text)] or told
        because, caveats = ([text for text in texts if text not in rest] for texts in (because, caveats))
    _put(picked, "what_we_do", signals, place, rest)
    _put(picked, "because", signals, place, because)
    _put(picked, "except_when", signals, place, caveats)


def _put(picked: dict[Field, list[Sentence]], name: Field, signals: Signals, place: int, texts: list[str]) -> None:
    kept = picked[name]
    for text in texts:
        room = ROOM - sum(len(each.text) + 4 for each in kept)
        if len(kept) < MOST[name] and len(text) <= room and all((k.message, k.text) != (place, text) for k in kept):
            kept.append(Sentence(name, text, signals.thread[place].author, place))


def _kind(signals: Signals) -> Kind:
    """Know-what where others only point at a page, or speak more of documents than of doing."""
    if signals.link_only:
        return "know_what"
    linked = any(markers.links(signals.thread[place].text) for place in signals.replies)
    documents = sum(markers.found("know_what", signals.language, said.text) for said in signals.thread)
    doing = len(signals.step_replies) + len(signals.own_steps) + signals.anywhere("experience")
    return "know_what" if linked and documents > doing else "know_how"


def _of(signals: Signals, place: int) -> tuple[str, ...]:
    return sentences(signals.thread[place].text[: markers.READ])


def _is(signals: Signals, kind: Marker, text: str) -> bool:
    return markers.found(kind, signals.language, text)

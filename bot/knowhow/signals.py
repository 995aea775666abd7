"""What a thread gives away: whether somebody asked, was told what to do, and was helped. Nothing here judges people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.knowhow import markers
from bot.knowhow.markers import Marker

MESSAGES = 200
"""So many messages of a thread are read."""
SUBSTANCE = 120
SOLVED_REACTIONS = frozenset({"white_check_mark", "heavy_check_mark", "✅", "✔️", "✔"})

_LIST_OR_CODE = re.compile(r"^(?:\d{1,3}[.)]|[-*•])\s|```|`[^`\n]{2,200}`", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Said:
    """One message: who said it, by any key and by the name others call them, and what."""

    author: str
    text: str
    name: str = ""
    reactions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signals:
    """What a thread gives away. It says when asking a person may be worth it; the person decides."""

    thread: tuple[Said, ...]
    language: str

    @cached_property
    def opener(self) -> str:
        return self.thread[0].author if self.thread else ""

    @cached_property
    def opening(self) -> tuple[int, ...]:
        """The first messages in a row by whoever opened the thread."""
        length = 0
        while length < len(self.thread) and self.thread[length].author == self.opener:
            length += 1
        return tuple(range(length))

    @cached_property
    def replies(self) -> tuple[int, ...]:
        """Messages of others."""
        return tuple(place for place, said in enumerate(self.thread) if said.author != self.opener)

    @cached_property
    def later(self) -> tuple[int, ...]:
        """What the opener said after the opening."""
        opening = len(self.opening)
        return tuple(p for p, said in enumerate(self.thread) if p >= opening and said.author == self.opener)

    @cached_property
    def question(self) -> bool:
        return any(self.has("question", place) for place in self.opening)

    @cached_property
    def step_replies(self) -> tuple[int, ...]:
        return tuple(place for place in self.replies if self.has("step", place))

    @cached_property
    def own_steps(self) -> tuple[int, ...]:
        return tuple(place for place in self.later if self.told(self.thread[place].text))

    @cached_property
    def solved_places(self) -> tuple[int, ...]:
        return tuple(p for p in self.later if self.has("solved", p) and not self.has("not_solved", p))

    @property
    def solved(self) -> bool:
        return bool(self.solved_places)

    @cached_property
    def thanks_places(self) -> tuple[int, ...]:
        return tuple(place for place in self.later if self.has("thanks", place))

    @cached_property
    def not_solved(self) -> bool:
        """The opener's last word was that it does not help yet."""
        return bool(self.later) and self.has("not_solved", self.later[-1])

    @cached_property
    def sensitive(self) -> bool:
        return any(self.has("sensitive", place) for place in range(len(self.thread)))

    @cached_property
    def link_only(self) -> bool:
        """Others answered with a link and hardly any words of their own."""
        beside = {place: markers.words_beside_links(self.thread[place].text) for place in self.replies}
        linked = [place for place in self.replies if markers.links(self.thread[place].text)]
        return bool(linked) and all(beside[place] <= (6 if place in linked else 3) for place in self.replies)

    @cached_property
    def substance(self) -> bool:
        texts = [self.thread[place].text for place in self.replies]
        return any(len(text) >= SUBSTANCE or _LIST_OR_CODE.search(text[: markers.READ]) for text in texts)

    @cached_property
    def solved_reaction(self) -> bool:
        return any(SOLVED_REACTIONS.intersection(said.reactions) for said in self.thread)

    @property
    def worth_asking(self) -> bool:
        """Whether to ask the opener if they got any further, apart from when."""
        answered = bool(self.step_replies or self.own_steps)
        return self.question and answered and not (self.sensitive or self.link_only or self.not_solved)

    @cached_property
    def score(self) -> float:
        """Score of version 1. Zero unless two people spoke."""
        if not self.replies:
            return 0.0
        return (
            1.0 * self.question
            + 1.0 * min(2, len(self.step_replies))
            + 0.5 * bool(self.own_steps)
            + 1.0 * self.substance
            + 1.0 * self.anywhere("experience")
            + 0.5 * self.anywhere("because")
            + 0.5 * self.anywhere("caveat")
            + 0.5 * bool(self.thanks_places)
            + 1.5 * self.solved
            + 1.5 * self.solved_reaction
            - 2.0 * self.not_solved
            - 1.5 * self.link_only
        )

    def anywhere(self, kind: Marker) -> bool:
        return any(self.has(kind, place) for place in range(len(self.thread)))

    def told(self, text: str) -> bool:
        """Says what to do, apart from being glad that it helped."""
        return markers.found_beside("step", "solved", self.language, text)

    def has(self, kind: Marker, place: int) -> bool:
        return markers.found(kind, self.language, self.thread[place].text)


def read(thread: Sequence[Said], language: str = "en") -> Signals:
    """What the thread gives away; `language` is the one to assume when the words do not tell."""
    kept = tuple(thread[:MESSAGES])
    return Signals(kept, markers.language_of((said.text for said in kept), language))

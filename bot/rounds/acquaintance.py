"""What earlier rounds tell of the people in this one: who is new, and who was with whom; looked up when first asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import combinations
from typing import TypeVar

from bot.rounds.model import Round

LATELY = 6
"""So many rounds back somebody was together with another lately."""

Past = Callable[[str], tuple[Round, ...]]
"""The rounds that know anything of a person, oldest first."""

K = TypeVar("K")


class _Looked(Mapping[K, int]):
    """Numbers by what they are of; none where there is nothing."""

    def __init__(self, round_: Round, past: Past) -> None:
        self._round = round_
        self._past = past

    @cached_property
    def _found(self) -> Counter[K]:
        return Counter()

    def __getitem__(self, key: K) -> int:
        return self._found[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def _sat_in(self, person: str) -> list[Round]:
        """The rounds before this one in which they had a seat."""
        found = [each for each in self._past(person) if each.id != self._round.id and each.began_at is not None]
        return [each for each in found if (seat := each.seat(person)) is not None and seat.state in {"in", "left"}]


class RoundsBefore(_Looked[str]):
    """In how many rounds each of those who speak sat before."""

    @cached_property
    def _found(self) -> Counter[str]:
        return Counter({person: len(self._sat_in(person)) for person in self._round.speakers})


class TogetherLately(_Looked[frozenset[str]]):
    """How often two of those who speak were in one group in their last rounds."""

    @cached_property
    def _found(self) -> Counter[frozenset[str]]:
        lately = {each.id: each for person in self._round.speakers for each in self._sat_in(person)[-LATELY:]}
        groups = (group.members for each in lately.values() for group in each.groups)
        return Counter(frozenset(pair) for members in groups for pair in combinations(sorted(set(members)), 2))

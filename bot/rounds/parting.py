"""Which people go together into which group: of equal sizes, and with whom they have been least."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Dislike = Callable[[str, str], int]
"""How much two people should rather not be in one group; 0: it is all the same."""

PASSES = 6
"""So often at most people are exchanged between groups."""


def sizes(people: int, size: int, *, larger: bool) -> tuple[int, ...]:
    """The sizes of the groups. larger: who is left over joins others, as long as no group gets more than one too many.

    Else they make a group of their own where they are two or more.
    """
    whole, left = divmod(people, size)
    if not whole:
        return (people,)
    if left and (left > whole or (not larger and left > 1)):
        whole += 1
        if not larger and left > 1:
            return (*(size,) * (whole - 1), left)
        least, more = divmod(people, whole)
        return tuple(least + (at < more) for at in range(whole))
    return tuple(size + left // whole + (at < left % whole) for at in range(whole))


def part(people: Sequence[str], sizes_: Sequence[int], dislike: Dislike) -> tuple[tuple[str, ...], ...]:
    """The people, in an order by chance already, in groups of these sizes; exchanged as long as that is better."""
    groups: list[list[str]] = []
    at = 0
    for size in sizes_:
        groups.append(list(people[at : at + size]))
        at += size
    for _ in range(PASSES):
        exchanged = [_exchange(one, other, dislike) for n, one in enumerate(groups) for other in groups[n + 1 :]]
        if not any(exchanged):
            break
    return tuple(tuple(group) for group in groups)


def _exchange(one: list[str], other: list[str], dislike: Dislike) -> bool:
    """Exchanges the first two people whose exchange makes both groups together better."""
    for here, mine in enumerate(one):
        for there, theirs in enumerate(other):
            now = _against(mine, one, dislike) + _against(theirs, other, dislike)
            then = _against(theirs, [*one[:here], *one[here + 1 :]], dislike)
            then += _against(mine, [*other[:there], *other[there + 1 :]], dislike)
            if then < now:
                one[here], other[there] = theirs, mine
                return True
    return False


def _against(person: str, others: Sequence[str], dislike: Dislike) -> int:
    return sum(dislike(person, other) for other in others if other != person)

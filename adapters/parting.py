"""A page that a platform would refuse for all that is in it together, in parts that it takes. Pure.

`fit` counts the words as people read them, and each block by itself. As a platform counts them they may be more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from bot.chat.capabilities import Capabilities
from bot.chat.fit import fit
from bot.chat.messages import Block, Controls, Heading, Message

SMALLEST = 100
"""Letters in a paragraph that is not split any more."""

T = TypeVar("T")


def parted(
    page: Message,
    draw: Callable[[Message], T],
    too_heavy: Callable[[T], bool],
    can: Capabilities,
    lighter: Callable[[Capabilities], Capabilities],
) -> Iterator[tuple[Message, T]]:
    """The parts and how they are drawn. `lighter`: one block that is too heavy by itself is fitted to less and less."""
    drawn = draw(page)
    if not too_heavy(drawn):
        yield page, drawn
    elif len(page.blocks) > 1:
        at = _middle(page.blocks)
        for part in (page.blocks[:at], page.blocks[at:]):
            yield from parted(Message(part), draw, too_heavy, can, lighter)
    else:
        parts = [page]
        while can.words > SMALLEST and any(too_heavy(draw(part)) for part in parts):
            can = lighter(can)
            parts = [Message((block,)) for each in fit(page, can) for block in each.blocks]
        yield from ((part, draw(part)) for part in parts)


def _middle(blocks: Sequence[Block]) -> int:
    """Where to part the blocks: not between a heading and its words, or words and their buttons, where it can be."""
    everywhere = range(1, len(blocks))
    good = [at for at in everywhere if not isinstance(blocks[at], Controls) and not isinstance(blocks[at - 1], Heading)]
    return min(good or everywhere, key=lambda at: abs(2 * at - len(blocks)))

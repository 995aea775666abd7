"""The postman over a real outbox and a platform that takes only so much: everybody gets their turn, nothing is lost."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from adapters.postman import Postman
from bot.chat.answers import Answer, Nothing
from bot.chat.events import Delivered, Event
from bot.chat.names import Account, Channel, Space
from bot.chat.requests import Post
from storage.store import Store
from tests.adapters.stand_ins import MONDAY, Paced, Watch
from tests.contracts.test_outbox import put
from tests.contracts.things import MINUTE, NOW, says

SECOND = timedelta(seconds=1)
CROWDED = Space("playground", "crowded")
QUIET = Space("playground", "quiet")


class Porter:
    """Only the part of the door that the postman knocks at."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def handle(self, event: Event) -> Answer:
        assert isinstance(event, Delivered)
        await self.store.run(lambda unit: unit.requests.delivered(event.request, event.message, event.at))
        return Nothing()


def _house(store: Store, **pace: int) -> tuple[Watch, Paced, Postman]:
    assert NOW == MONDAY
    watch = Watch()
    platform = Paced(watch, **pace)
    return watch, platform, Postman(store, Porter(store), [platform], now=watch.now)


async def test_a_reveal_in_forty_circles_goes_round_at_each_pace(store: Store) -> None:
    watch, platform, postman = _house(store, lane=5, conversation=1)
    circles = [Channel(CROWDED, f"circle{n}") for n in range(40)]
    whose = {}
    for circle in circles:
        for id_ in await put(store, *(Post(circle, says(str(n))) for n in range(3))):
            whose[id_] = circle.id
    for second in range(16):
        await postman.settle()
        assert len(platform.sent) == 5 * (second + 1), "no place is left empty"
        watch.at += SECOND
    # half of the places go to what was asked last; the other half goes round, so nobody waits for the whole reveal
    assert len({whose[id_] for id_ in platform.sent}) == 40
    for _ in range(16):
        await postman.settle()
        watch.at += SECOND
    assert set(Counter(whose[id_] for id_ in platform.sent).values()) == {3}
    for circle in circles:
        mine = [id_ for id_ in whose if whose[id_] == circle.id]
        assert [id_ for id_ in platform.sent if id_ in mine] == mine, "in order"
    assert await store.next_request_at() is None


async def test_a_broadcast_holds_up_neither_its_own_space_nor_another(store: Store) -> None:
    watch, platform, postman = _house(store, lane=5)
    broadcast = await put(store, *(Post(Account(CROWDED, f"p{n}"), says("hear")) for n in range(2_000)))
    await postman.settle()
    for second in range(1, 11):
        watch.at += SECOND
        there, here = await put(
            store,
            Post(Account(QUIET, f"p{second}"), says("there")),
            Post(Channel(CROWDED, f"c{second}"), says("here")),
            not_before=watch.at,
        )
        await postman.settle()
        assert {there, here} <= set(platform.sent), "both in the same second"
    assert len(platform.sent) == 55 + 10
    assert len(set(platform.sent)) == len(platform.sent)
    oldest = [id_ for id_ in platform.sent if id_ in set(broadcast[:100])]
    assert oldest == broadcast[: len(oldest)]
    assert len(oldest) >= 25
    assert await postman.next_at() == watch.at + SECOND


async def test_what_is_left_of_a_process_that_died_is_sent_once_its_lease_is_over(store: Store) -> None:
    watch, platform, postman = _house(store, lane=5)
    ids = await put(store, *(Post(Account(CROWDED, f"p{n}"), says("hear")) for n in range(20)))
    died = [each.id for each in await store.claim_requests(NOW, 4, MINUTE)]
    for _ in range(70):
        await postman.settle()
        watch.at += SECOND
    assert sorted(platform.sent) == sorted(ids)
    sure = dict(zip(platform.sent, platform.unsure, strict=True))
    assert {id_ for id_, since in sure.items() if since is not None} == set(died)

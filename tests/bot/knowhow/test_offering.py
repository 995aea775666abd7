"""A thread that is about to close is offered to be kept: to whom, where, and when nothing is said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.chat.actions import Action
from bot.chat.events import ChoiceMade, ThreadsStand
from bot.chat.messages import Message
from bot.chat.names import Channel, Thread
from bot.chat.requests import FetchThread, OpenThread, Post
from bot.chat.standing import Standing
from tests.bot.knowhow.scene import ANSWER, QUESTION, THANKS
from tests.knock import House, Player

DAY = timedelta(days=1)
ASKED, IN_PUBLIC = "Nobody has written in «Silent pupils»", "before long this thread would close by itself"


@dataclass
class Talk:
    """Ana asked in the home channel, Bo answered in a thread, Ana thanked; the thread closes after a day of silence."""

    house: House
    ana: Player
    bo: Player
    home: Channel
    thread: Thread
    span: timedelta = DAY

    def standing(self, **changed: object) -> Standing:
        opener = self.bo.account
        stands = Standing(self.thread, self.house.now + self.span, self.span, opener, "Silent pupils")
        return replace(stands, **changed)  # type: ignore[arg-type]

    async def tells(self, how: Standing) -> None:
        """The platform tells how it stands, and says so again when it is looked at."""
        self.house.stand[how.thread.id] = how
        event = ThreadsStand(self.house.event_id(), self.house.now, self.home.space, (how,))
        await self.house.happens(event)

    async def opened(self) -> None:
        await self.tells(self.standing())

    def said_in_it(self) -> list[str]:
        """What Kring says in the thread."""
        return [each.says for each in self.house.shown(self.home, thread=self.thread.id) if each.by is None]

    def said_to(self, player: Player) -> list[str]:
        return [each.says for each in player.direct if "Nobody has written" in each.says]

    @property
    def looks(self) -> int:
        return sum(isinstance(each, FetchThread) and not each.words for each in self.house.requests)

    def nothing_was_said(self) -> bool:
        return not self.said_in_it() and not self.said_to(self.ana) and not self.said_to(self.bo)


async def talk(house: House, *, known: bool = True, home: str = "general") -> Talk:
    """On a Monday at 16:00 in Amsterdam: the thread is near its end on Tuesday at 10:00, and closes at 16:00.

    `known`: Ana did something with Kring before.
    """
    await house.passes(hours=6)
    ana, bo, host = (house.person(name, platform="discord", host=name == "Hal") for name in ("Ana", "Bo", "Hal"))
    if known:
        await ana.calls("help")
    await host.calls("setup", place=Channel(ana.account.space, home))
    await host.fills({})
    here = Channel(ana.account.space, "general")
    question = await ana.writes(QUESTION["en"], here)
    thread = Thread(here, question.id)
    await bo.writes(ANSWER["en"], thread)
    await ana.writes(THANKS["en"], thread)
    return Talk(house, ana, bo, here, thread)


async def test_whoever_asked_is_asked_before_the_thread_closes(house: House) -> None:
    here = await talk(house)
    await here.opened()
    await house.passes(hours=17)
    assert here.nothing_was_said()
    assert here.looks == 0
    await house.passes(hours=7, minutes=-1)
    assert here.looks == 1
    [letter] = here.said_to(here.ana)
    assert letter.startswith(ASKED)
    assert "[Keep as know-how] [Leave it]" in letter
    assert "[Pause] [Why am I getting this?]" in letter
    assert here.said_in_it() == []
    assert here.said_to(here.bo) == []


async def test_a_yes_makes_a_draft(house: House) -> None:
    here = await talk(house)
    await here.opened()
    await house.passes(days=1)
    await here.ana.presses("Keep as know-how")
    assert "Your draft: How do you get silent pupils to speak?" in here.ana.direct[-1].says
    await here.ana.presses("Keep as know-how", within=ASKED)
    assert "You have a draft from this thread already" in here.ana.sees


async def test_a_no_is_the_end_of_it(house: House) -> None:
    here = await talk(house)
    await here.opened()
    await house.passes(days=1)
    await here.ana.presses("Leave it")
    assert here.ana.sees == "Fine. I leave it as it is, and do not ask about it again."


async def test_why_it_came_is_told(house: House) -> None:
    here = await talk(house)
    await here.opened()
    await house.passes(days=1)
    await here.ana.presses("Why am I getting this?")
    assert "A thread that you began is about to close" in here.ana.sees


async def test_who_never_did_anything_with_kring_is_not_written_to(house: House) -> None:
    here = await talk(house, known=False)
    await here.opened()
    await house.passes(days=1)
    [offer] = here.said_in_it()
    assert IN_PUBLIC in offer
    assert here.said_to(here.ana) == []
    await here.bo.presses("Keep as know-how", within=IN_PUBLIC)
    assert "Your draft: How do you get silent pupils to speak?" in here.bo.direct[-1].says


async def test_an_offer_in_the_thread_is_not_made_too_late(house: House) -> None:
    """It would wake a thread that closed meanwhile."""
    here = await talk(house, known=False)
    await here.opened()
    closes_at = here.standing().closes_at
    await house.passes(days=1)
    posts = [each for each in house.requests if isinstance(each, Post) and each.thread == here.thread]
    assert [each.before for each in posts] == [closes_at]


async def test_who_takes_no_direct_messages_reads_it_in_the_thread(house: House) -> None:
    here = await talk(house)
    house.unreachable.add(here.ana.account)
    await here.opened()
    await house.passes(days=1)
    assert here.looks == 2, "it is looked at again before anything is said there"
    [offer] = here.said_in_it()
    assert IN_PUBLIC in offer


async def test_it_is_offered_once_ever(house: House) -> None:
    """The offer keeps the thread open for as long again, and so does whoever writes in it."""
    here = await talk(house, known=False)
    await here.opened()
    await house.passes(days=1)
    for _ in range(3):
        await here.tells(here.standing(closes_at=None))
        await here.opened()
        await house.passes(days=1)
    assert len(here.said_in_it()) == 1
    assert here.looks == 1
    await here.opened()
    waits = [due.about.name for due in await house.store.claim_due(house.now + 90 * DAY, 100, DAY)]
    assert waits == ["community.tidy"], "nor does it wait for anything"


async def test_where_somebody_wrote_meanwhile_it_waits_anew(house: House) -> None:
    here = await talk(house)
    await here.opened()
    here.house.stand[here.thread.id] = here.standing(closes_at=house.now + 2 * DAY)
    await house.passes(days=1)
    assert (here.looks, here.nothing_was_said()) == (1, True)
    await house.passes(hours=18)
    assert (here.looks, len(here.said_to(here.ana))) == (2, 1)


@pytest.mark.parametrize("when", ["before", "meanwhile"])
@pytest.mark.parametrize("how", [{"closes_at": None}, {"closes_at": None, "gone": True}], ids=["closed", "deleted"])
async def test_of_a_thread_that_is_closed_nothing_is_said(house: House, how: dict[str, object], when: str) -> None:
    """Archived, locked or deleted: the platform told it, or it is seen by looking."""
    here = await talk(house)
    await here.opened()
    if when == "before":
        await here.tells(here.standing(**how))
    else:
        here.house.stand[here.thread.id] = here.standing(**how)
    await house.passes(days=3)
    assert here.nothing_was_said()
    assert here.looks == (0 if when == "before" else 1)


async def test_a_thread_that_was_opened_again_waits_anew(house: House) -> None:
    here = await talk(house)
    await here.opened()
    await here.tells(here.standing(closes_at=None))
    await house.passes(days=1)
    await here.opened()
    await house.passes(days=1)
    assert len(here.said_to(here.ana)) == 1


async def test_what_closed_while_kring_stood_still_is_let_be(house: House) -> None:
    here = await talk(house)
    await here.opened()
    house.now += 2 * DAY
    await house.passes(days=1)
    assert here.looks == 1
    assert here.nothing_was_said()


async def test_what_is_past_its_moment_when_kring_comes_is_not_even_looked_at(house: House) -> None:
    here = await talk(house)
    await here.tells(here.standing(closes_at=house.now))
    await house.passes(days=1)
    assert here.looks == 0
    assert here.nothing_was_said()


@pytest.mark.parametrize("reason", ["gone", "forbidden"])
async def test_what_kring_may_not_look_at_is_let_be(house: House, reason: str) -> None:
    here = await talk(house)
    await here.opened()
    house.closed[here.home] = reason  # type: ignore[assignment]
    await house.passes(days=3)
    assert here.looks == 1
    assert here.nothing_was_said()


# -- which threads


async def test_only_threads_in_a_home_channel(house: House) -> None:
    here = await talk(house, home="staff")
    await here.opened()
    await house.passes(days=1)
    assert here.looks == 0
    assert here.nothing_was_said()


async def test_a_host_can_switch_it_off(house: House) -> None:
    here = await talk(house)
    hal = house.person("Hal", platform="discord", host=True)
    await here.opened()
    await hal.calls("setup check")
    await hal.picks("Before a thread closes", "Say nothing")
    assert hal.sees == "I let threads close and say nothing."
    await house.passes(days=1)
    assert here.nothing_was_said(), "nor for those that waited already"
    await here.opened()
    await house.passes(days=1)
    assert here.nothing_was_said()
    await hal.calls("setup check")
    await hal.picks("Before a thread closes", "Offer to keep it")
    await here.opened()
    await house.passes(days=1)
    assert not here.nothing_was_said()


async def test_only_hosts_switch_it(house: House) -> None:
    here = await talk(house)
    event = ChoiceMade("e", house.now, here.ana.account, here.home, Action("setup.threads"), ("no",))
    await house.happens(event)
    await here.opened()
    await house.passes(days=1)
    assert not here.nothing_was_said()


@pytest.mark.parametrize(("platform", "shown"), [("discord", True), ("slack", False), ("playground", False)])
async def test_it_is_set_where_threads_close(house: House, platform: str, *, shown: bool) -> None:
    hal = house.person("Hal", platform=platform, host=True)
    await hal.calls("setup check")
    assert ("[Before a thread closes]" in hal.sees) is shown


async def test_what_somebody_keeps_is_not_offered(house: House) -> None:
    here = await talk(house)
    await here.opened()
    await here.bo.calls("knowhow keep", here.thread)
    await house.passes(days=1)
    assert here.said_to(here.ana) == []
    assert [each for each in here.said_in_it() if IN_PUBLIC in each] == []


@pytest.mark.parametrize("deleted", [False, True], ids=["its card stands", "its card was deleted"])
async def test_a_thread_of_a_round_has_its_own_harvest(house: House, *, deleted: bool) -> None:
    """Also where a person opened it, on Kring's card."""
    here = await talk(house)
    about = Action("round.header", "r1")
    posted = Post(here.home, Message(()), about=about)

    def ask(unit: object) -> None:
        community = unit.communities.of(here.home.space).id  # type: ignore[attr-defined]
        unit.outbox.put(community, posted, now=house.now)  # type: ignore[attr-defined]
        unit.outbox.put(community, OpenThread(here.home, about, "a round"), now=house.now)  # type: ignore[attr-defined]

    await house.store.run(ask)
    await house.deliver()
    header = house.messages[-1].ref
    thread = Thread(here.home, header.id)
    for who in (here.ana, here.bo, here.ana):
        await who.writes("That is how I see it too.", thread)
    if deleted:
        house.messages.remove(house.find(header))
    await here.tells(replace(here.standing(), thread=thread))
    await house.passes(days=1)
    assert here.looks == 1
    assert here.said_to(here.ana) == []
    assert [each for each in house.shown(here.home, thread=header.id) if "by itself" in each.says] == []


async def test_a_thread_that_kring_opened_is_not_even_looked_at(house: House) -> None:
    here = await talk(house)
    await here.tells(here.standing(opener=None))
    await house.passes(days=1)
    assert here.looks == 0


async def test_a_thread_in_which_one_person_wrote_is_let_be(house: House) -> None:
    here = await talk(house)
    lonely = await here.ana.writes("Does anybody know?", here.home)
    for _ in range(4):
        await here.ana.writes("Nobody?", Thread(here.home, lonely.id))
    await here.tells(replace(here.standing(), thread=Thread(here.home, lonely.id)))
    await house.passes(days=1)
    assert here.looks == 1
    assert here.nothing_was_said()


# -- how much


async def another(here: Talk, asker: Player) -> Thread:
    question = await asker.writes(QUESTION["en"], here.home)
    thread = Thread(here.home, question.id)
    await here.bo.writes(ANSWER["en"], thread)
    await asker.writes(THANKS["en"], thread)
    await here.tells(replace(here.standing(), thread=thread))
    return thread


async def test_somebody_is_asked_once_a_week(house: House) -> None:
    here = await talk(house)
    await here.opened()
    second = await another(here, here.ana)
    await house.passes(days=1)
    assert len(here.said_to(here.ana)) == 1
    assert [each for each in house.shown(here.home, thread=second.id) if each.by is None] == []
    await house.passes(days=7)
    await another(here, here.ana)
    await house.passes(days=1)
    assert len(here.said_to(here.ana)) == 2


async def test_three_offers_a_day_in_a_channel(house: House) -> None:
    here = await talk(house)
    askers = [house.person(f"Asker {n}", platform="discord") for n in range(5)]
    for each in askers:
        await each.calls("help")
        await another(here, each)
    await house.passes(days=1)
    assert sum(len(here.said_to(each)) for each in askers) == 3


@pytest.mark.parametrize("known", [True, False])
async def test_nobody_is_disturbed_at_night(house: House, *, known: bool) -> None:
    """It falls due in the evening and closes before the morning: then it closes."""
    here = await talk(house, known=known)
    here.span = timedelta(hours=1)
    await house.passes(hours=6)
    await here.opened()
    await house.passes(days=1)
    assert here.looks == 1
    assert here.nothing_was_said()


@pytest.mark.parametrize("known", [True, False])
async def test_what_falls_due_at_night_is_offered_in_the_morning(house: House, *, known: bool) -> None:
    here = await talk(house, known=known)
    await here.tells(here.standing(closes_at=house.now + timedelta(hours=20)))
    await house.passes(hours=17, minutes=-1)
    assert here.looks == 1
    assert here.nothing_was_said()
    await house.passes(minutes=2)
    assert not here.nothing_was_said(), "at nine o'clock in Amsterdam"


@pytest.mark.parametrize("gone", [True, False], ids=["deleted", "closed"])
async def test_an_offer_that_waits_for_the_morning_is_taken_back(house: House, *, gone: bool) -> None:
    here = await talk(house)
    await here.tells(here.standing(closes_at=house.now + timedelta(hours=20)))
    await house.passes(hours=15)
    assert here.looks == 1
    await here.tells(here.standing(closes_at=None, gone=gone))
    await house.passes(days=1)
    assert here.nothing_was_said()


async def test_who_is_away_is_left_alone_and_so_is_their_thread(house: House) -> None:
    here = await talk(house)
    await here.ana.calls("me pause 7")
    await here.opened()
    await house.passes(days=1)
    assert here.nothing_was_said()


async def test_a_button_of_a_thread_that_was_deleted_is_over(house: House) -> None:
    here = await talk(house)
    await here.opened()
    await house.passes(days=1)
    await here.tells(here.standing(closes_at=None, gone=True))
    await here.ana.presses("Keep as know-how")
    assert here.ana.sees == "This step is over."

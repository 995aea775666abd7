"""One round in a Slack workspace and a Discord server: each where they are, one reveal, one harvest."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.chat.names import Channel, MessageRef, Thread
from bot.chat.requests import Edit
from tests.knock import House, Player, Shown

LOBBY, ARRIVAL = ("lobby", "school", "slack"), ("arrival", "college", "discord")
TWO = "school and college"


class Two:
    """Anna and Bo in the school's workspace, Cas and Dia in the college's server."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.lobby, self.arrival = house.channel(*LOBBY), house.channel(*ARRIVAL)
        self.anna, self.bo = (house.person(name, platform="slack") for name in ("Anna", "Bo"))
        self.cas, self.dia = (house.person(name, space="college", platform="discord") for name in ("Cas", "Dia"))
        for each in (self.anna, self.bo):
            each.place = self.lobby
        for each in (self.cas, self.dia):
            each.place = self.arrival
        self.everybody = (self.anna, self.bo, self.cas, self.dia)

    async def open(self, *, homes: bool = True) -> None:
        hessel = self.house.person("Hessel", platform="slack", host=True)
        dirk = self.house.person("Dirk", space="college", platform="discord", host=True)
        await hessel.calls("setup", self.lobby)
        await hessel.fills({})
        await hessel.calls("setup link")
        code = re.search(r"link ([A-Z0-9]{4}-[A-Z0-9]{4})", hessel.sees)
        assert code is not None
        await dirk.calls(f"setup link {code[1]}")
        if homes:
            await dirk.calls("setup", self.arrival)
            await dirk.fills({})

    async def begin(self, format_: str = "reveal_together", topic: str = "the first lesson") -> None:
        await self.anna.calls(f'round start {format_} "{topic}" where=everywhere')
        for each in self.everybody:
            await each.presses("I'll speak", topic)
        await self.anna.calls("round begin")

    async def answer(self, *players: Player) -> None:
        for each in players or self.everybody:
            await each.presses("Answer privately")
            await each.fills({"words": f"How {each.profile.name} begins."})

    async def holder(self) -> Player:
        """Who has the word."""

        def found(unit: Any) -> str:
            round_ = unit.rounds.in_channel(unit.communities.of(self.lobby.space).id, self.arrival)[-1]
            name: str = unit.people.get(round_.community, round_.step.holder).name
            return name

        name = await self.house.store.look(found)
        return next(each for each in self.everybody if each.profile.name == name)

    def thread(self, channel: Channel) -> Thread:
        card = next(
            shown for shown in reversed(self.house.messages)
            if shown.message and shown.ref.channel == channel and shown.ref.thread is None and "lesson" in shown.says
        )  # fmt: skip
        return Thread(channel, card.ref.id)

    def card(self, channel: Channel) -> str:
        return self.house.find(MessageRef(channel, self.thread(channel).id)).says

    def said(self, channel: Channel) -> list[Shown]:
        return [shown for shown in self.house.shown(channel) if shown.ref.thread == self.thread(channel).id]

    def says(self, channel: Channel) -> str:
        return "\n--\n".join(shown.says for shown in self.said(channel))


@pytest.fixture
async def two(house: House) -> Two:
    made = Two(house)
    await made.open()
    return made


async def test_a_round_goes_from_invitation_to_harvest_in_both(house: House, two: Two) -> None:
    await two.begin()
    for channel in (two.lobby, two.arrival):
        assert f"Stands in: {TWO}. What is said in the round is shown in all of them." in two.card(channel)
        assert "4 speak" in two.card(channel)
        assert "Anna (school)" in two.card(channel)
        assert two.says(channel).count("Step 1 of") == 1

    await two.answer(two.anna, two.bo, two.cas)
    for shown in house.messages:
        assert "begins." not in shown.says, "nobody sees an answer before the reveal"
    await two.answer(two.dia)
    for channel in (two.lobby, two.arrival):
        says = two.says(channel)
        assert says.count("Here are all answers at once.") == 1
        for name, organisation in (("Anna", "school"), ("Bo", "school"), ("Cas", "college"), ("Dia", "college")):
            assert f"{name} ({organisation})\nHow {name} begins." in says

    await two.cas.presses("Respond", "How Anna begins.")
    await two.cas.fills({"words": "That I try too."})
    for channel in (two.lobby, two.arrival):
        assert "Cas (college)\nThat I try too." in two.says(channel)
    await two.bo.presses("Keep this", "How Bo begins.")
    await two.anna.calls("round close")
    await house.passes(days=8)
    for channel in (two.lobby, two.arrival):
        assert "4 spoke" in two.card(channel)
        assert "This round is done." in two.card(channel)


async def test_each_is_written_to_where_they_joined(house: House, two: Two) -> None:
    await two.begin()
    for each in (two.bo, two.cas, two.dia):
        (letter,) = [shown.says for shown in each.direct if "has begun" in shown.says]
        where = "lobby" if each is two.bo else "arrival"
        assert f"It is about the round in #{where}." in letter
        await each.presses("Answer privately", "has begun")
        await each.fills({"words": "By letter."})
    await two.cas.calls("round status", two.cas.dm)
    assert "By letter." in two.cas.sees
    await two.dia.calls("round status")
    assert "the first lesson" in two.dia.sees, "the channel there is the round's as well"


async def test_what_is_written_in_one_thread_is_shown_in_the_other_and_follows_its_author(
    house: House, two: Two
) -> None:
    await two.begin("talking_circle")
    await two.bo.writes("Here I am.", two.thread(two.lobby))
    assert "Bo (school)\nHere I am." in two.says(two.arrival)
    await two.anna.calls("round skip")
    for _ in two.everybody:
        one = await two.holder()
        name, school = one.profile.name, one in (two.anna, two.bo)
        mine, other = (two.lobby, two.arrival) if school else (two.arrival, two.lobby)
        ref = await one.writes(f"I am {name}.", two.thread(mine))
        assert f"{name} ({'school' if school else 'college'})\nI am {name}." in two.says(other)
        assert two.says(mine).count(f"I am {name}.") == 1, "their own words stand there already"
        await one.edits(ref, f"I am called {name}.")
        assert f"I am called {name}." in two.says(other)
        if one is two.dia:
            await one.deletes(ref)
            assert "This was taken back by its author." in two.says(other)
            assert "I am called Dia" not in two.says(other)


async def test_the_rest_of_the_talk_is_not_mirrored(house: House, two: Two) -> None:
    await two.begin()
    await two.anna.writes("See you tomorrow!", two.thread(two.lobby))
    assert "See you tomorrow!" not in two.says(two.arrival)


async def test_a_public_answer_becomes_private_where_it_was_written(house: House, two: Two) -> None:
    await two.begin()
    await two.cas.writes("I always begin with a song.", two.thread(two.arrival))
    await two.cas.presses("Use this as my private answer")
    assert "Nobody in the round sees this before" in two.cas.direct[-1].says
    await two.cas.calls("round status")
    assert "I always begin with a song." in two.cas.sees


async def test_the_form_asks_where_only_when_there_is_a_choice(house: House) -> None:
    two = Two(house)
    await two.open(homes=False)
    await two.anna.calls("round start")
    assert two.anna.form is not None
    assert "where" not in [field.name for field in two.anna.form.fields]
    await two.anna.calls('round start reveal_together "the first lesson" where=everywhere')
    assert "no other space of this community has a home channel" in two.anna.sees
    dirk = house.person("Dirk", space="college", platform="discord", host=True)
    await dirk.calls("setup", two.arrival)
    await dirk.fills({})
    await two.anna.calls("round start")
    assert two.anna.form is not None
    where = two.anna.form.fields[-1]
    assert (where.label, where.value) == ("Where it stands", "here")
    await two.anna.fills({"Format": "reveal_together", "Topic": "the first lesson"})
    assert "the first lesson" in two.card(two.lobby)
    assert not [shown for shown in house.shown(two.arrival) if "lesson" in shown.says], "here is where it was asked"
    await two.anna.calls("round start")
    await two.anna.fills({"Format": "reveal_together", "Topic": "the last lesson", "Where it stands": "In college too"})
    assert "It stands in the home channel of college too." in two.anna.sees
    assert "the last lesson" in two.card(two.arrival)


async def test_from_ones_own_conversation_it_starts_in_the_home_where_one_is(house: House, two: Two) -> None:
    await two.cas.calls("round start", two.cas.dm)
    two.cas.place = two.cas.dm
    await two.cas.fills({"Format": "reveal_together", "Topic": "the first lesson", "Where it stands": "In school too"})
    assert "Your invitation stands in #arrival." in two.cas.sees
    assert "Cas (college)" in two.card(two.lobby)


async def test_two_rounds_in_one_of_its_channels_are_enough(house: House, two: Two) -> None:
    for topic in ("one", "two"):
        await two.cas.calls(f'round start reveal_together "{topic}"')
    await two.anna.calls('round start reveal_together "the first lesson" where=everywhere')
    assert "Two rounds are going on in this channel already." in two.anna.sees


# -- a place that is lost


async def test_a_lost_place_does_not_stop_the_round_in_the_others(house: House, two: Two) -> None:
    await two.begin()
    await two.answer(two.anna, two.bo)
    house.closed[two.arrival] = "forbidden"
    await two.cas.presses("Answer privately", "has begun")
    await two.cas.fills({"words": "How Cas begins."})
    await two.dia.presses("Answer privately", "has begun")
    await two.dia.fills({"words": "How Dia begins."})
    assert "How Cas begins." in two.says(two.lobby), "it goes on where it can"
    assert "on hold" not in two.card(two.lobby)
    await house.passes(hours=1)
    letters = [shown.says for shown in two.anna.direct if "in college" in shown.says]
    assert len(letters) == 1, "said once"
    assert "The round goes on in the others" in letters[0]
    assert "#arrival" not in letters[0]

    before = len(house.requests)
    await two.cas.calls("round done")
    await two.bo.presses("Respond", "How Cas begins.")
    await two.bo.fills({"words": "Me too."})
    assert not [each for each in house.requests[before:] if each.to == two.arrival]

    del house.closed[two.arrival]
    await two.anna.calls("round pause")
    await two.anna.calls("round resume")
    assert "the first lesson" in two.card(two.arrival)
    assert two.says(two.arrival).count("Step 2 of") == 1, "a new card and thread, with what is open now"
    assert "Me too." not in two.says(two.arrival)
    await two.bo.calls("round status")
    await two.bo.presses("Change it", "Me too.")
    await two.bo.fills({"words": "Me three."})
    assert "Me three." in two.says(two.lobby), "and nothing goes wrong where it does not stand"
    await two.dia.presses("Respond")
    await two.dia.fills({"words": "Good to be back."})
    assert "Good to be back." in two.says(two.arrival)


async def test_when_all_places_are_lost_the_round_waits_and_comes_back_in_each(house: House, two: Two) -> None:
    await two.begin()
    house.closed[two.arrival] = house.closed[two.lobby] = "gone"
    await two.anna.presses("Make it longer")
    await two.anna.fills({})
    house.closed.clear()
    await two.anna.calls("round status")
    assert "This round is on hold." in two.anna.sees
    await two.anna.calls("round resume")
    for channel in (two.lobby, two.arrival):
        assert "Step 1 of" in two.says(channel)
    await two.answer()
    for channel in (two.lobby, two.arrival):
        assert "How Dia begins." in two.says(channel)


async def test_a_card_that_cannot_be_posted_in_one_place_is_told_at_once(house: House, two: Two) -> None:
    house.closed[two.arrival] = "forbidden"
    await two.anna.calls('round start reveal_together "the first lesson" where=everywhere')
    assert "I cannot write in the channel of «the first lesson» in college." in two.anna.direct[-1].says
    assert "I'll speak" in two.card(two.lobby)
    await two.bo.presses("I'll speak", "lesson")
    assert "1 speaks" in two.card(two.lobby)


async def test_no_message_shows_a_raw_id_of_the_other_space(house: House, two: Two) -> None:
    await two.begin()
    await two.answer()
    await two.anna.calls("round close")
    await house.passes(days=8)
    for shown in house.messages:
        if shown.message is not None:
            here = shown.ref.channel.space
            for text in texts(shown.message):
                for span in text:
                    if span.kind == "channel_name":
                        assert span.channel.space == here or span.name
                    if span.kind == "person":
                        assert span.name not in {each.account.id for each in two.everybody}
    assert not [
        each for each in house.requests if isinstance(each, Edit) and each.to.space.id not in ("school", "college")
    ]


def texts(message: Any) -> Any:
    for block in message.blocks:
        if hasattr(block, "text") and isinstance(block.text, tuple):
            yield block.text
        for _, value in getattr(block, "rows", ()):
            yield value


async def test_somebody_with_two_accounts_takes_part_by_the_one_they_joined_with(house: House, two: Two) -> None:
    await two.anna.calls("me link")
    code = re.search(r"link ([A-Z0-9]{4}-[A-Z0-9]{4})", two.anna.sees)
    assert code is not None
    other = house.person("Anna B", space="college", platform="discord")
    other.place = two.arrival
    await other.calls(f"me link {code[1]}")
    await other.presses("Yes, both are mine")
    await two.bo.calls('round start reveal_together "the first lesson" where=everywhere')
    for each in (two.bo, two.cas, two.dia, other):
        await each.presses("I'll speak", "lesson")
    before = len(two.anna.direct)
    await two.bo.calls("round begin")
    assert "has begun" in other.direct[-1].says
    assert len(two.anna.direct) == before
    await two.answer(two.bo, two.cas, two.dia)
    await other.presses("Answer privately", "has begun")
    await other.fills({"words": "From the college."})
    assert "Anna (college)\nFrom the college." in two.says(two.lobby)


async def test_two_accounts_in_one_round_become_one_voice(house: House, two: Two) -> None:
    other = house.person("Anna B", space="college", platform="discord")
    other.place = two.arrival
    await two.begin()
    await other.presses("I'll speak", "lesson")
    assert "5 speak" in two.card(two.lobby)
    await two.answer(two.anna)
    await other.presses("Answer privately")
    await other.fills({"words": "And what I said there."})
    await two.anna.calls("me link")
    code = re.search(r"link ([A-Z0-9]{4}-[A-Z0-9]{4})", two.anna.sees)
    assert code is not None
    await other.calls(f"me link {code[1]}")
    await other.presses("Yes, both are mine")
    assert "4 speak" in two.card(two.arrival)
    await two.answer(two.bo, two.cas, two.dia)
    assert "Anna (school)\nHow Anna begins.\n\nAnd what I said there." in two.says(two.arrival)

"""Private rounds where there are private threads: alone, and beside a space that has none."""

from __future__ import annotations

from typing import Any

from bot.chat.forms import ChoiceField
from bot.chat.names import Channel, Thread
from bot.chat.requests import Admit, OpenThread
from tests.bot.rounds.conversations.test_several_spaces import Two
from tests.bot.rounds.conversations.test_several_spaces import two as two  # noqa: PLC0414  a fixture
from tests.knock import House, Player, Shown

NAMES = ("Anna", "Bo", "Cas", "Dia")


def opened(house: House, channel: Channel) -> list[OpenThread]:
    return [each for each in house.requests if isinstance(each, OpenThread) and each.to == channel]


def private(house: House, channel: Channel, number: int = 0) -> Thread:
    """The thread that was opened there as the first, second, …"""
    stands = {each.ref.thread for each in house.messages if each.ref.channel == channel}
    return Thread(channel, [id_ for id_ in house.inside if id_ in stands][number])


def stands_in(house: House, thread: Thread) -> list[Shown]:
    return [each for each in house.messages if (each.ref.channel, each.ref.thread) == (thread.channel, thread.id)]


def top(house: House, channel: Channel) -> str:
    """What everybody reads there."""
    return "\n--\n".join(each.says for each in house.shown(channel) if each.ref.thread is None)


def says(house: House, thread: Thread) -> str:
    return "\n--\n".join(each.says for each in stands_in(house, thread))


def people(house: House) -> list[Player]:
    """Anna may start what circles usually do not begin with."""
    return [house.person(name, platform="discord", host=name == "Anna") for name in NAMES]


async def begin(players: list[Player], format_: str) -> None:
    anna = players[0]
    await anna.calls(f'round start {format_} "the first lesson"')
    for each in players:
        await each.presses("I'll speak", "the first lesson")
    await anna.calls("round begin")


def choice(player: Player, name: str) -> str:
    """The one of the open form that has the name in it."""
    [field] = player.form.fields if player.form is not None else ()
    assert isinstance(field, ChoiceField)
    return next(each.label for each in field.choices if name in each.label)


async def test_its_thread_is_private_and_tells_all(house: House) -> None:
    _anna, _bo, _cas, _dia = players = people(house)
    here = house.channel(platform="discord")
    await begin(players, "place_of_difficulty")
    [request] = opened(house, here)
    assert request.inside == tuple(each.account for each in players)
    assert request.title == "R-1, Place of difficulty: the first lesson"
    thread = private(house, here)
    for each in players:
        await each.presses("Answer privately", "Step 1 of")
        await each.fills({"words": f"What chafes {each.profile.name}."})
    assert all(f"What chafes {each.profile.name}." in says(house, thread) for each in players)
    assert "[Read along]" not in says(house, thread)
    assert "What chafes" not in top(house, here)
    assert "It happens in a private thread, and I let in who speaks." in top(house, here)


async def test_an_answer_that_is_taken_back_goes_from_there(house: House) -> None:
    anna, *_ = players = people(house)
    here = house.channel(platform="discord")
    await begin(players, "place_of_difficulty")
    for each in players:
        await each.presses("Answer privately", "Step 1 of")
        await each.fills({"words": f"What chafes {each.profile.name}."})
    await anna.presses("My part")
    await anna.presses("Take it back", "What chafes Anna.")
    thread = private(house, here)
    assert "What chafes Anna." not in says(house, thread)
    assert "An answer was taken back by its author." in says(house, thread)
    assert "What chafes Bo." in says(house, thread)


async def with_a_case(house: House) -> list[Player]:
    """Anna's case is chosen, and told; the questions are open."""
    anna, *_ = players = people(house)
    await begin(players, "place_of_difficulty")
    for each in players:
        await each.presses("Answer privately", "Step 1 of")
        await each.fills({"words": f"What chafes {each.profile.name}."})
    for each in players:
        await each.presses("Vote", "Step 2 of")
        await each.fills({"pick1": choice(each, "Bo" if each is anna else "Anna")})
    await anna.writes("I did not know what to do.", private(house, house.channel(platform="discord")))
    return players


async def test_what_nobody_keeps_goes_from_there_after_thirty_days(house: House) -> None:
    anna, bo, *_ = await with_a_case(house)
    thread = private(house, house.channel(platform="discord"))
    await bo.presses("Add something", "Step 4 of")
    await bo.fills({"words": "What did you see?"})
    await anna.calls("round close")
    await house.passes(days=20)
    assert all(words in says(house, thread) for words in ("What chafes Bo.", "What did you see?"))
    await house.passes(days=20)
    assert not [words for words in ("What chafes", "What did you see?") if words in says(house, thread)]
    assert says(house, thread).count("What stood here was erased.") == 5
    assert "taken back" not in says(house, thread)
    assert "I did not know what to do." in says(house, thread), "what people write themselves is theirs"


async def test_what_was_kept_goes_from_there_when_the_last_yes_is_withdrawn(house: House) -> None:
    anna, *_ = players = await with_a_case(house)
    thread = private(house, house.channel(platform="discord"))
    for each in players:
        await each.presses("Done", "Step 4 of")
    turn = says(house, thread).rpartition("The word is yours, ")[2]
    bo = next(each for each in players if turn.startswith(each.profile.name))
    await bo.presses("Say it in a form", "The word is yours")
    await bo.fills({"words": "I stood there too."})
    await bo.presses("Keep this", "I stood there too.")
    await anna.calls("round close")
    await bo.presses("Yes, with my name")
    await house.passes(days=40)
    assert "I stood there too." in says(house, thread)
    await bo.presses("No")
    assert "I stood there too." not in says(house, thread)


async def test_who_goes_is_taken_out_who_comes_is_let_in(house: House) -> None:
    _anna, bo, cas, dia = players = people(house)
    eva = house.person("Eva", platform="discord")
    here = house.channel(platform="discord")
    await begin(players, "place_of_difficulty")
    thread = private(house, here)
    await eva.presses("I'll speak", "the first lesson")
    assert house.inside[thread.id] == {"anna", "bo", "cas", "dia", "eva"}
    await bo.presses("My part")
    await bo.presses("Leave the round")
    await cas.leaves()
    await dia.calls("me forget")
    await dia.presses("Remove it")
    assert house.inside[thread.id] == {"anna", "eva"}


async def test_before_it_begins_nobody_is_let_in_anywhere(house: House) -> None:
    anna, bo, *_ = people(house)
    await anna.calls('round start place_of_difficulty "the first lesson"')
    await bo.presses("I'll speak", "the first lesson")
    await bo.presses("My part")
    await bo.presses("Leave the round")
    assert not [each for each in house.requests if isinstance(each, Admit | OpenThread)]


async def test_trios_are_named_inside_only(house: House) -> None:
    players = [house.person(f"P{n}", platform="discord", host=n == 0) for n in range(6)]
    here = house.channel(platform="discord")
    await begin(players, "trio_consult")
    for each in players:
        await each.presses("Answer privately", "Step 1 of")
        await each.fills({"words": "A question."})
    whole, *trios = opened(house, here)
    assert [len(each.inside or ()) for each in (whole, *trios)] == [6, 3, 3]
    assert len({each.title for each in (whole, *trios)}) == 3
    assert "Group 1" not in top(house, here)
    assert "You have a private thread of your own" in says(house, private(house, here))
    first = [each for each in players if each.account in (trios[0].inside or ())]
    place = private(house, here, 1)
    await first[0].writes("Typed among us.", place)
    assert not [each for player in players for each in player.direct if "Your group in" in each.says]
    await first[1].presses("Add something", "group 1")
    await first[1].fills({first[1].form.fields[0].name: "By form among us."})  # type: ignore[union-attr]
    assert "By form among us." in says(house, place)
    for other in (private(house, here), private(house, here, 2)):
        assert "among us" not in says(house, other)


# -- beside a space that has none


async def start(two: Two, format_: str) -> None:
    """By a host, who does not speak in it."""
    hessel = two.house.person("Hessel", platform="slack", host=True)
    hessel.place = two.lobby
    await hessel.calls(f'round start {format_} "the first lesson" where=everywhere')
    for each in two.everybody:
        await each.presses("I'll speak", "the first lesson")
    await hessel.calls("round begin")


async def one_that_says(two: Two, words: str) -> str:
    """The id of that contribution."""

    def found(unit: Any) -> str:
        round_ = unit.rounds.in_channel(unit.communities.of(two.lobby.space).id, two.lobby)[-1]
        return next(one.id for one in round_.contributions if one.body == words)

    return str(await two.house.store.look(found))


async def test_each_space_has_it_in_its_own_way(house: House, two: Two) -> None:
    """What is said is shown in the private thread, and read along by a button where there is none."""
    await start(two, "place_of_difficulty")
    [public], [closed] = opened(house, two.lobby), opened(house, two.arrival)
    assert public.inside is None
    assert closed.inside == (two.cas.account, two.dia.account)
    thread = private(house, two.arrival)
    for each in two.everybody:
        await each.presses("Answer privately", "Step 1 of")
        await each.fills({"words": f"What chafes {each.profile.name}."})
    assert all(f"What chafes {each.profile.name}." in says(house, thread) for each in two.everybody)
    assert "What chafes" not in two.says(two.lobby)
    assert "All answers are in. Read first, respond after." in two.says(two.lobby)
    await two.bo.presses("Read along")
    assert "What chafes Cas." in two.bo.sees

    for each in two.everybody:
        await each.presses("Vote", "Step 2 of")
        chosen = "Cas" if each is not two.cas else "Bo"
        await each.fills({"pick1": await one_that_says(two, f"What chafes {chosen}.")})
    assert "What chafes Cas." in next(each.says for each in stands_in(house, thread) if "The result" in each.says)
    assert "What they were about stays with those inside." in two.says(two.lobby)

    mine = await two.cas.writes("It went wrong twice.", thread)
    assert "It went wrong" not in two.says(two.lobby)
    await two.anna.presses("Read along")
    assert "It went wrong twice." in two.anna.sees
    await two.cas.edits(mine, "It went wrong three times.")
    await two.anna.presses("Read along")
    assert "It went wrong three times." in two.anna.sees
    await two.anna.writes("I ask in public.", two.thread(two.lobby))
    assert "Use this as my private answer" in two.anna.sees
    await two.bo.presses("Add something", "Step 4 of")
    await two.bo.fills({two.bo.form.fields[0].name: "What did you see?"})  # type: ignore[union-attr]
    assert "What did you see?" in says(house, thread)
    assert "What did you see?" not in two.says(two.lobby)


async def test_letters_go_to_those_whose_group_has_no_thread(house: House, two: Two) -> None:
    await start(two, "trio_consult")
    for each in two.everybody:
        await each.presses("Answer privately", "Step 1 of")
        await each.fills({"words": "A question."})
    for each in two.everybody:
        letters = [shown for shown in each.direct if "Your group in" in shown.says]
        assert bool(letters) == (each in {two.anna, two.bo})
    _, group = opened(house, two.arrival)
    assert set(group.inside or ()) == {two.cas.account, two.dia.account}
    place = private(house, two.arrival, 1)
    await two.anna.presses("Add something", "Your group in")
    await two.anna.fills({two.anna.form.fields[0].name: "From afar."})  # type: ignore[union-attr]
    assert "From afar." in says(house, place)
    assert "From afar." not in says(house, private(house, two.arrival))
    assert "From afar." not in two.says(two.lobby)

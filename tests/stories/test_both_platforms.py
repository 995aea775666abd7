"""One community over a Slack workspace and a Discord server: one round, one person with two accounts, one budget."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from tests.stories.both_house import both_talk
from tests.talk import Player, Talk

SECRETS = {"Ana": "I greet them at the door.", "Bo": "I wait.", "Cas": "A puzzle on the board.", "Dee": "They begin."}
WHERE = {"Ana": "schools", "Bo": "schools", "Cas": "college", "Dee": "college"}
CALLED = {"Ana": "De Regenboog", "Bo": "De Regenboog", "Cas": "College Zuid", "Dee": "College Zuid"}
REVEALED = "Here are all answers at once"


@pytest.fixture(params=["light", "full"])
async def talk(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Talk]:
    async with both_talk(sqlite_url, request.param) as made:
        yield made


@pytest.fixture
async def four(talk: Talk) -> list[Player]:
    """Ana and Bo in Slack, Cas and Dee in Discord; Ana and Cas are hosts and make it one community."""
    people = [await talk.joins(name, space) for name, space in WHERE.items()]
    ana, _, cas, _ = people
    await ana.calls("/kring setup")
    await ana.fills({"Name of the community": "De Werkplaats"})
    await ana.calls("/kring setup link")
    await cas.calls(f"/kring setup link {code_in(ana)}")
    assert "now belongs to De Werkplaats" in cas.saw.text
    await cas.calls("/kring setup")
    await cas.fills({})
    return people


def code_in(player: Player) -> str:
    found = re.search(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b", player.saw.text)
    assert found is not None, player.saw
    return found[1]


async def letters(person: Player) -> list[str]:
    return [each.text for each in await person.reads("dm") if each.author == "Kring" and not each.private]


async def answers(person: Player, everybody: list[Player]) -> None:
    """Before their own answer nobody has seen anybody else's."""
    await person.presses("Answer privately")
    for other in everybody:
        for name, secret in SECRETS.items():
            if name != other.name:
                await other.sees_nothing_of(secret)
    await person.fills({"Your words": SECRETS[person.name]})


async def responds(person: Player, to: str) -> None:
    await person.presses("Respond", within="Step 2 of 4")
    assert person.saw.form is not None
    choice = next(each for each in person.saw.form.choices["In answer to"] if to in each.partition(":")[0])
    await person.fills({"In answer to": choice, "Your response": f"{person.name} understood {to}."})


async def votes(person: Player, name: str) -> None:
    await person.presses("Vote")
    assert person.saw.form is not None
    choice = next(label for label in person.saw.form.choices["Dot 1"] if name in label)
    await person.fills({"Dot 1": choice})


async def test_one_round_whose_members_sit_in_both(talk: Talk, four: list[Player]) -> None:
    ana, bo, cas, dee = four
    await ana.calls('/kring round start reveal_together "the first lesson" where=everywhere')
    for person in four:
        await person.sees("the first lesson", "Ana", channel="general")
        await person.presses("I'll speak", within="the first lesson")
    await ana.calls("/kring round begin")
    for person in four:
        await answers(person, four)

    revealed = {(await person.sees(REVEALED)).text for person in four}
    assert len(revealed) == 1, "both places read the same"
    for name, secret in SECRETS.items():
        assert f"{name} ({CALLED[name]})\n{secret}" in "".join(revealed)

    for person, to in ((dee, "Ana"), (ana, "Cas"), (bo, "Dee"), (cas, "Bo")):
        await responds(person, to)
    for person in four:
        await person.sees("Dee (College Zuid)", "Dee understood Ana.")
        await person.sees("Ana (De Regenboog)", "Ana understood Cas.")
        await person.presses("Done", within="Step 2 of 4")
    for person in four:
        await person.presses("Done", within="Step 3 of 4")
    for person in four:
        await votes(person, "Cas")

    for person in four:
        await person.sees("The result", "4 dots", SECRETS["Cas"])
    asked = [text for text in await letters(cas) if "I would like to keep this as practice knowledge" in text]
    assert len(asked) == 1, "one harvest"
    await talk.days_pass(4)
    for person in four:
        await person.sees("This round is done", "4 spoke", "Answered each other", channel="general")


async def test_what_is_kept_in_one_place_is_found_in_the_other(talk: Talk, four: list[Player]) -> None:
    ana, _, _, dee = four
    await dee.calls("/kring knowhow add")
    await dee.fills(
        {
            "Title": "When pupils mix up tenths",
            "When and where does this come up?": "Year 6",
            "What do you do then?": "I take money.",
        }
    )
    assert "K-1" in (await ana.calls("/kring knowhow find tenths")).text
    await ana.calls("/kring knowhow show K-1")
    await ana.sees("I take money.", "Dee")


@pytest.fixture
async def twice(talk: Talk, four: list[Player]) -> tuple[Player, Player]:
    """Ana in Slack, and the same Ana in Discord, linked."""
    ana, also = four[0], await talk.joins("Ana", "college")
    await also.calls("/kring me role teacher educator")
    await ana.calls("/kring me link")
    await also.calls(f"/kring me link {code_in(ana)}")
    await also.presses("Yes, both are mine")
    return ana, also


async def test_preferences_count_in_both(twice: tuple[Player, Player]) -> None:
    ana, also = twice
    assert "teacher educator" in (await ana.calls("/kring me")).text
    await ana.calls("/kring me language nl")
    assert "Wat ik van je weet" in (await also.calls("/kring me")).text
    await also.calls("/kring me pause 7")
    assert "Pauze: tot" in (await ana.calls("/kring me")).text


async def test_the_budget_counts_once(talk: Talk, four: list[Player], twice: tuple[Player, Player]) -> None:
    """One message a day that nobody asked for, in whichever place."""
    (_, bo, cas, dee), (ana, also) = four, twice
    await ana.calls("/kring setup check")
    await ana.picks("Unasked messages to each person", "1")
    before = sum([len(await letters(each)) for each in twice])
    for starter, mine, topic in ((bo, ana, "the first lesson"), (cas, also, "the last lesson")):
        await starter.calls(f'/kring round start reveal_together "{topic}" where=everywhere')
        for person in (bo, cas, dee, mine):
            await person.presses("I'll speak", within=topic)
        await starter.presses("Begin now", within=topic)
    assert sum([len(await letters(each)) for each in twice]) == before + 1
    await talk.days_pass(1)
    assert sum([len(await letters(each)) for each in twice]) == before + 2


async def test_who_is_in_both_is_in_a_round_once(talk: Talk, four: list[Player], twice: tuple[Player, Player]) -> None:
    ana, also = twice
    await four[1].calls('/kring round start reveal_together "the first lesson" where=everywhere')
    for person in (*four, also):
        await person.presses("I'll speak", within="the first lesson")
    card = await ana.sees("the first lesson", "Taking part", channel="general")
    assert "4 speak" in card.text
    await four[1].calls("/kring round begin")
    await ana.presses("Answer privately")
    await ana.fills({"Your words": SECRETS["Ana"]})
    await also.presses("Answer privately")
    assert also.saw.form is not None
    assert also.saw.form.values["Your words"] == SECRETS["Ana"]


async def test_forgotten_in_one_is_forgotten_in_both(twice: tuple[Player, Player]) -> None:
    ana, also = twice
    await ana.calls("/kring me forget")
    assert ana.saw.message is not None
    await ana.presses(next(label for label in ana.saw.message.buttons if "emove" in label))
    assert "teacher educator" not in (await also.calls("/kring me")).text

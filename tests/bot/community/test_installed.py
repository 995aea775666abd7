"""The greeting for who lets Kring into a space."""

from __future__ import annotations

from tests.knock import House


async def test_who_installs_it_reads_once_what_to_do(house: House) -> None:
    hessel = house.person("Hessel", platform="slack", host=True, space_name="De Linde")
    await hessel.installs()
    [letter] = hessel.direct
    for words in (
        "Hello, I am Kring.",
        "Invite me with /invite @Kring to each channel where I should work.",
        "Call /kring setup in the channel where I should greet people",
        "[Set up Kring]",
        "/kring me shows everybody what I know of them.",
    ):
        assert words in letter.says
    assert "[Pause]" not in letter.says, "it answers what they did, so it needs no footer"
    await hessel.installs()
    assert len(hessel.direct) == 1


async def test_the_button_opens_the_form_and_the_home_comes_later(house: House) -> None:
    hessel = house.person("Hessel", platform="slack", host=True)
    await hessel.installs()
    hessel.place = hessel.dm
    await hessel.presses("Set up Kring")
    await hessel.fills({})
    assert "There is no home channel" in hessel.sees
    await hessel.calls("setup", house.channel("lobby", platform="slack"))
    await hessel.fills({})
    assert "Home channel: #lobby" in hessel.sees
    assert "I can greet people in #lobby when I am in it. Am I not? Invite me there with /invite @Kring." in hessel.sees


async def test_who_is_no_host_reads_whom_to_ask(house: House) -> None:
    anna, hessel = house.person("Anna", platform="slack"), house.person("Hessel", platform="slack", host=True)
    await anna.installs()
    await anna.presses("Set up Kring")
    assert anna.form is None
    assert "This is for whoever administers this space. Ask one of them to call /kring setup." in anna.sees
    await hessel.calls("help")
    await anna.presses("Set up Kring")
    assert "This is for whoever administers this space. Ask Hessel." in anna.sees


async def test_in_their_own_language_and_without_what_only_slack_has(house: House) -> None:
    hessel = house.person("Hessel", language="nl", host=True)
    await hessel.installs()
    assert "Hallo, ik ben Kring." in hessel.direct[-1].says
    assert "/invite" not in hessel.direct[-1].says

"""The ways to call Kring in Discord: a command with its lists, the menu of a message, words to Kring alone."""

from __future__ import annotations

import pytest

from tests.fakes.discord.command_checks import MESSAGE, USER
from tests.fakes.discord.people import ClientRefusal
from tests.stories.discord_house import DiscordDriver
from tests.talk import Player, Talk

FOUND = "I found nothing for «tenths»"
KEEP = "Keep as know-how"


@pytest.fixture
async def ana(talk: Talk, discord: DiscordDriver) -> Player:
    return await talk.joins("Ana")


async def offered(discord: DiscordDriver, who: Player, path: str, option: str, typed: str = "") -> dict[str, str]:
    """What the client lists while they type: values by what they are called."""
    here = discord.general["schools"]
    choices = await discord.discord.autocompletes(who.id, here, path, option, typed)
    return {each["name"]: each["value"] for each in choices}


# -- commands


async def test_formats_are_listed_while_somebody_types(talk: Talk, ana: Player, discord: DiscordDriver) -> None:
    bo = await talk.joins("Bo", language="nl")
    await bo.calls("/kring me role teacher of history")
    path = "/kring round start"
    assert "reveal_together" in (await offered(discord, ana, path, "format")).values()
    assert [*(await offered(discord, ana, path, "format", "reveal"))] == ["Reveal together"]
    assert "reveal_together" in (await offered(discord, bo, path, "format", "tegelijk")).values()


async def test_items_are_listed_by_name_and_by_words(talk: Talk, ana: Player, discord: DiscordDriver) -> None:
    elsewhere = await talk.joins("Eve", "college")
    for title, situation in (("When pupils mix up tenths", "Year 6"), ("When nobody says a word", "A first lesson")):
        await ana.calls("/kring knowhow add")
        await ana.fills(
            {"Title": title, "When and where does this come up?": situation, "What do you do then?": "I wait."}
        )
    assert [*(await offered(discord, ana, "/kring knowhow show", "item", "tenths")).values()] == ["K-1"]
    assert [*(await offered(discord, ana, "/kring knowhow show", "item", "k-2")).values()] == ["K-2"]
    assert {*(await offered(discord, ana, "/kring knowhow show", "item")).values()} == {"K-1", "K-2"}
    college = discord.general["college"]
    assert await discord.discord.autocompletes(elsewhere.id, college, "/kring knowhow show", "item") == []


async def test_the_client_offers_what_there_is_and_nothing_about_people(ana: Player, discord: DiscordDriver) -> None:
    here = discord.general["schools"]
    assert discord.discord.offered(ana.id, here) == ["kring"]
    assert discord.discord.offered(ana.id, here, MESSAGE) == [KEEP]
    assert discord.discord.offered(ana.id, here, USER) == []
    assert discord.discord.offered(ana.id, discord.discord.dm(ana.id)) == ["kring"]


async def test_a_command_in_a_thread_answers_in_the_thread(talk: Talk, ana: Player) -> None:
    bo = await talk.joins("Bo")
    question = await ana.writes("What about tenths?")
    await bo.writes("I take money.", thread=question.id)
    answer = await ana.calls("/kring knowhow find tenths", thread=question.id)
    assert FOUND in answer.text
    assert answer.message is not None
    assert (answer.message.private, answer.message.thread) == (True, question.id)
    await bo.sees_nothing_of(FOUND)


async def test_a_command_in_the_conversation_with_kring_stays_there(ana: Player) -> None:
    await ana.calls("/kring me role teacher of history")
    answer = await ana.calls("/kring me", channel="dm")
    assert "teacher of history" in answer.text
    assert answer.message is not None
    assert not answer.message.private  # nobody else is there


async def test_what_only_hosts_may_do_is_refused_to_others(talk: Talk, ana: Player) -> None:
    bo = await talk.joins("Bo")
    assert "is for whoever administers this space" in (await bo.calls("/kring setup")).text
    assert (await ana.calls("/kring setup")).form is not None


async def test_a_role_that_is_given_or_taken_counts_at_once(talk: Talk, ana: Player, discord: DiscordDriver) -> None:
    bo = await talk.joins("Bo")
    hosts = next(each for each in discord.servers["schools"].roles.values() if each.name == "Hosts")
    await discord.discord.gets_role(bo.id, hosts)
    assert (await bo.calls("/kring setup")).form is not None
    await discord.discord.loses_role(bo.id, hosts)
    assert "is for whoever administers this space" in (await bo.calls("/kring setup")).text


# -- the menu of a message


@pytest.mark.light_mode("Discord hands over the message itself, and nothing around it")
async def test_the_menu_keeps_one_message_in_light_mode(talk: Talk, ana: Player) -> None:
    bo = await talk.joins("Bo")
    question = await ana.writes("How do you keep the quiet pupils in a talk?")
    said = await bo.writes(
        "In my class we first let everybody write for two minutes, because then they have something to say.",
        thread=question.id,
    )
    await ana.keeps(said)
    await ana.presses("Look at the draft")
    assert ana.saw.form is not None
    await ana.fills(
        {"Title": "When the quiet pupils say nothing", "When and where does this come up?": "In a talk with the class"}
    )
    await bo.opens_what_waits()
    await bo.sees("May I?", "write for two minutes", channel="dm")
    await bo.presses("Yes, with my name")
    await ana.sees("K-1 is shared", channel="dm")
    await bo.calls("/kring knowhow show K-1")
    await bo.sees("write for two minutes", "Bo")


async def test_the_menu_of_a_message_of_kring_itself(ana: Player) -> None:
    await ana.calls("/kring setup")
    await ana.fills({"Name of the community": "De Werkplaats"})
    standing = await ana.sees("Are you new here?", channel="general")
    answer = await ana.keeps(standing)
    assert answer.kind == "tell"
    assert "went wrong" not in answer.text


# -- words


@pytest.mark.parametrize("text", ["/kring knowhow find tenths", "kring knowhow find tenths", "knowhow find tenths"])
async def test_a_command_can_be_written_to_kring_itself(ana: Player, text: str) -> None:
    await ana.calls("/kring me")
    await ana.writes(text, channel="dm")
    assert FOUND in ana.saw.text


async def test_a_form_opens_from_written_words_by_a_button(ana: Player) -> None:
    await ana.calls("/kring me")
    await ana.writes('knowhow add "When pupils mix up tenths"', channel="dm")
    assert "This needs a form, and here a form opens from a button only." in ana.saw.text
    await ana.presses("Open the form")
    assert ana.saw.form is not None
    assert ana.saw.form.values["Title"] == "When pupils mix up tenths"


async def test_who_writes_to_kring_is_known_by_the_server_they_are_in(
    talk: Talk, ana: Player, discord: DiscordDriver
) -> None:
    """In a direct conversation Discord does not say in which that is."""
    bo = await talk.joins("Bo")
    discord.expected |= {10007}  # nobody of that id in the other one
    await bo.writes("knowhow find tenths", channel="dm")
    assert FOUND in bo.saw.text


async def test_who_is_in_two_servers_is_asked_to_begin_in_one(talk: Talk, ana: Player, discord: DiscordDriver) -> None:
    bo = await talk.joins("Bo")
    await discord.discord.joins(discord.servers["college"], discord.discord.world.person(bo.id))
    await discord.deliver()
    await bo.writes("knowhow find tenths", channel="dm")
    assert bo.saw.text == "I do not know yet in which server you are. Call /kring menu there once, then come back."
    await bo.calls("/kring")
    await bo.writes("knowhow find tenths", channel="dm")
    assert FOUND in bo.saw.text


async def test_who_speaks_of_kring_does_not_call_it(ana: Player) -> None:
    await ana.writes("I asked @Kring about tenths")
    assert ana.saw.kind == "nothing"


async def test_an_option_is_taken_as_it_stands(ana: Player, discord: DiscordDriver) -> None:
    """Quotes and signs in it are no part of a command."""
    here = discord.general["schools"]
    words = 'the "quiet" ones: days=3 --for <@1> `x`'
    outcome = await discord.discord.calls(ana.id, here, "/kring knowhow find", options={"words": words})
    await discord.deliver()
    [answer] = discord.discord.told(outcome)
    assert words in answer.text


async def test_a_command_that_discord_does_not_know_cannot_be_sent(ana: Player, discord: DiscordDriver) -> None:
    with pytest.raises(ClientRefusal):
        await discord.discord.calls(ana.id, discord.general["schools"], "/kring knowhw find")

"""People in Discord: newcomers, those who take no messages, who leave or are banned, and who is in two servers."""

from __future__ import annotations

import pytest

from tests.stories.discord_house import DiscordDriver
from tests.talk import Player, Talk

NO_MEMBER = 10007
REVEALED = "Here are all answers at once"


@pytest.fixture
async def ana(talk: Talk, discord: DiscordDriver) -> Player:
    """A host, who has set the community up."""
    ana = await talk.joins("Ana")
    await ana.calls("/kring setup")
    await ana.fills({"Name of the community": "De Werkplaats"})
    return ana


async def letters(person: Player, discord: DiscordDriver) -> list[str]:
    """What Kring wrote to them directly."""
    dm = discord.discord.world.dm(person.id)
    return [] if dm is None else [each.text for each in discord.discord.sees(person.id, dm) if each.message.by_app]


async def answered(people: list[Player]) -> None:
    for person in people:
        await person.presses("Answer privately", within="Step 1 of 4")
        await person.fills({"Your words": f"{person.name} waits."})


async def begun(people: list[Player]) -> None:
    await people[0].calls('/kring round start reveal_together "the first lesson"')
    for person in people:
        await person.presses("I'll speak")
    await people[0].presses("Begin now")


# -- who comes


async def test_who_is_new_finds_a_button_and_is_written_to_only_after_a_yes(
    talk: Talk, ana: Player, discord: DiscordDriver
) -> None:
    dee = await talk.joins("Dee")
    await talk.days_pass(3)
    assert await letters(dee, discord) == []
    await dee.opens_what_waits()
    await dee.sees("Hi Dee, welcome to De Werkplaats")
    await talk.days_pass(3)
    assert await letters(dee, discord) == []
    await dee.presses("Yes")
    await talk.days_pass(4)
    assert await letters(dee, discord) != []


@pytest.mark.full_mode("only there is Kring told who joins")
async def test_a_crowd_is_greeted_on_one_card(talk: Talk, ana: Player, discord: DiscordDriver) -> None:
    for number in range(12):
        await discord.discord.joins(discord.servers["schools"], f"Newcomer {number}")
    await discord.deliver()
    await talk.hours_pass(1)
    here = [each for each in await ana.reads("general") if "Welcome, " in each.text]
    assert len(here) == 1
    assert "9 others! A word for each of you waits here" in here[0].text
    assert discord.discord.counters.dms_opened == 1  # with Ana, who set it up


async def test_who_must_agree_to_the_rules_first_is_greeted_then(
    talk: Talk, ana: Player, discord: DiscordDriver
) -> None:
    school = discord.servers["schools"]
    await talk.hours_pass(1)
    dee = await discord.discord.joins(school, "Dee", pending=True)
    await discord.deliver()
    assert "Dee" not in "\n".join(each.text for each in await ana.reads("general"))
    await discord.discord.passes_screening(school, dee)
    await discord.deliver()
    greeted = "Dee" in "\n".join(each.text for each in await ana.reads("general"))
    assert greeted == (discord.mode == "full")


# -- who takes no messages


async def test_who_takes_no_direct_messages_finds_a_button_in_public(
    talk: Talk, ana: Player, discord: DiscordDriver
) -> None:
    bo = await talk.joins("Bo")
    await bo.calls("/kring me role teacher of history")
    await bo.takes_no_direct_messages()
    said = await bo.writes("In my class we first let everybody write for two minutes, because then they speak.")
    await ana.keeps(said)
    await ana.presses("Look at the draft")
    await ana.fills({"Title": "When nobody speaks", "When and where does this come up?": "In a talk with the class"})
    discord.expected |= {10003}  # nobody had opened a thread there
    bell = await bo.sees("Somebody would like to ask you something")
    assert "two minutes" not in bell.text
    await bo.opens_what_waits()
    await bo.presses("Yes, with my name")
    await ana.sees("K-1 is shared", channel="dm")


async def test_nobody_else_opens_what_waits_for_somebody(talk: Talk, ana: Player, discord: DiscordDriver) -> None:
    bo, cas = await talk.joins("Bo"), await talk.joins("Cas")
    said = await bo.writes("In my class we first let everybody write for two minutes, because then they speak.")
    await ana.keeps(said)
    await ana.presses("Look at the draft")
    await ana.fills({"Title": "When nobody speaks", "When and where does this come up?": "In a talk with the class"})
    discord.expected |= {10003}  # nobody had opened a thread there
    await cas.presses("See")
    assert "May I?" not in cas.saw.text
    await cas.sees_nothing_of("May I?")


async def test_what_was_asked_for_does_not_come_and_is_told(talk: Talk, ana: Player, discord: DiscordDriver) -> None:
    """Their data cannot be sent; the answer says what to do."""
    await ana.takes_no_direct_messages()
    answer = await ana.calls("/kring me data")
    assert "Nothing there in a minute? Then direct messages are closed: open them and ask again." in answer.text


# -- who goes


@pytest.mark.parametrize("how", ["bans", "leaves"])
async def test_who_goes_hears_nothing_and_holds_nobody_up(
    talk: Talk, ana: Player, discord: DiscordDriver, how: str
) -> None:
    people = [ana, *[await talk.joins(name) for name in ("Bo", "Cas", "Dee")]]
    await begun(people)
    await answered(people[:3])
    before = await letters(people[3], discord)
    act = discord.discord.bans if how == "bans" else discord.discord.leaves
    await act(discord.servers["schools"], people[3].id)
    discord.expected |= {NO_MEMBER, 50278}
    await talk.days_pass(3)
    revealed = await ana.sees(REVEALED)
    assert "Bo waits." in revealed.text
    assert "Dee" not in revealed.text
    assert await letters(people[3], discord) == before


async def test_who_is_banned_is_gone_in_light_mode_too(talk: Talk, ana: Player, discord: DiscordDriver) -> None:
    dee = await talk.joins("Dee")
    await dee.opens_what_waits()
    await dee.presses("Yes")
    await discord.discord.bans(discord.servers["schools"], dee.id)
    discord.expected |= {NO_MEMBER}
    await talk.days_pass(40)
    assert await letters(dee, discord) == []


# -- who is in two servers


async def test_a_button_counts_where_its_message_came_from(talk: Talk, ana: Player, discord: DiscordDriver) -> None:
    """The same person in two communities, in the one conversation they have with Kring."""
    bo, cas, eve = await talk.joins("Bo"), await talk.joins("Cas"), await talk.joins("Eve", "college")
    school, college = discord.general["schools"].id, discord.general["college"].id
    await discord.discord.joins(discord.servers["college"], discord.discord.world.person(ana.id))
    await discord.deliver()
    await eve.calls("/kring setup")
    await eve.fills({"Name of the community": "De Leerfabriek"})
    await bo.calls('/kring round start reveal_together "the first lesson"', channel=school)
    for person in (ana, bo, cas):
        await person.presses("I'll speak", within="the first lesson")
    await bo.presses("Begin now")
    # what she does last is in the other server; the letter is of this one
    await ana.calls("/kring me role teacher educator", channel=college)
    letter = await ana.sees("the first lesson", "has begun", channel="dm")
    await ana.presses_on(letter, "Answer privately")
    await ana.fills({"Your words": "Ana waits."})
    await answered([bo, cas])
    await cas.sees(REVEALED, "Ana waits.")
    await eve.sees_nothing_of("Ana waits.")
    # a command there counts where she acted last
    for where, said in ((college, True), (school, False)):
        await ana.calls("/kring", channel=where)
        assert ("teacher educator" in (await ana.calls("/kring me", channel="dm")).text) == said

"""The person's own page: what stands on it, and that everything on it works when it is pressed there."""

from __future__ import annotations

import pytest

from bot.chat.answers import Nothing, OpenForm, Tell
from bot.chat.capabilities import PLAYGROUND, SLACK
from bot.chat.events import HomeOpened
from bot.chat.fit import fit
from bot.chat.messages import Controls
from bot.chat.names import Channel
from tests.bot.knowhow.scene import asked, shared
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House, Player, as_words


async def set_up(house: House, place: Channel | None = None) -> Player:
    """A host has been through the form, in that channel."""
    hessel = house.person("Hessel", host=True)
    await hessel.calls("setup", place or house.channel())
    await hessel.fills({"Name of the community": "De Linde"})
    return hessel


async def test_somebody_new_sees_what_they_can_do_and_what_is_known(house: House) -> None:
    anna = house.person("Anna")
    assert isinstance(await anna.opens_page(), Tell)
    for words in (
        "Good to see you, Anna. Only you see this page.",
        "Your rounds",
        "You are in no round now.",
        "[Start a round] [Help me choose]",
        "Your know-how",
        "[Find know-how] [Add know-how]",
        "What I know about you",
        "Language: English",
        "Quiet hours: 18:00–09:00",
        "[Give me my data] [Forget me]",
        "[Help]",
    ):
        assert words in anna.sees, words
    assert "Set up" not in anna.sees


async def test_looking_changes_nothing(house: House) -> None:
    anna = house.person("Anna")
    await anna.opens_page()
    event = HomeOpened("same", house.now, anna.account)
    first, second = await house.door.handle(event), await house.door.handle(event)
    assert isinstance(first, Tell)
    assert first == second, "a look is not noted, so it can be asked again"
    assert not house.requests


async def test_a_page_that_is_made_anew_meets_nobody(house: House) -> None:
    """After `me forget` the page is still open; making it anew must not write the person down again."""
    anna = house.person("Anna")
    await anna.opens_page()
    await anna.presses("Forget me")
    await anna.presses("Remove it")
    answer = await house.door.handle(HomeOpened("anew", house.now, anna.account))
    assert isinstance(answer, Tell)
    assert "I do not know you yet: I keep nothing about you." in as_words(answer.message)
    assert await house.store.look(lambda unit: unit.people.by_account(anna.account)) is None
    anna.saw = answer.message
    await anna.presses("What you can ask")
    assert "/kring me" in anna.sees
    await anna.opens_page()
    assert "Good to see you, Anna." in anna.sees


async def test_the_page_speaks_the_persons_language(house: House) -> None:
    anna = house.person("Anna", language="nl")
    await anna.opens_page()
    assert "Fijn dat je er bent, Anna. Alleen jij ziet deze pagina." in anna.sees
    assert "Jouw rondes\nJe doet nu aan geen ronde mee.\n[Start een ronde]" in anna.sees
    await anna.picks("Taal", "English")
    await anna.opens_page()
    assert "Good to see you, Anna." in anna.sees


async def test_my_rounds_with_where_each_is(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    thread = circle.thread
    await circle.anna.calls("round start harvest windows")
    for who in circle.people.values():
        await who.opens_page()
    assert "Reveal together: doors, step 1 of 4, until" in circle.anna.sees
    assert "Harvest: windows, begins" in circle.anna.sees
    bo = circle.people["Bo"]
    assert "windows" not in bo.sees, "Bo is not in it"
    await bo.presses("My part")
    assert "The question:" in bo.sees
    await circle.anna.calls("round pause", thread)
    await bo.opens_page()
    assert "Reveal together: doors, on hold" in bo.sees


async def test_a_round_one_left_is_not_on_it(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    bo = circle.people["Bo"]
    await bo.opens_page()
    await bo.presses("My part")
    await bo.presses("Leave the round")
    await bo.opens_page()
    assert "You are in no round now." in bo.sees


async def test_more_rounds_than_fit_are_counted(house: House) -> None:
    anna = house.person("Anna")
    for place in range(7):
        await anna.calls(f'round start harvest "topic {place}"', house.channel(f"channel-{place}"))
    await anna.opens_page()
    assert anna.sees.count("[My part]") == 5
    assert "And 2 more: /kring round status" in anna.sees


async def test_a_round_started_from_the_page_stands_in_the_home_channel(house: House) -> None:
    await set_up(house)
    anna = house.person("Anna")
    await anna.opens_page()
    await anna.presses("Start a round")
    assert anna.form is not None
    intro = "".join(getattr(span, "text", "") or f"#{span.channel.id}" for span in anna.form.intro)  # type: ignore[union-attr]
    assert "The invitation will stand in #general. For another channel, call /kring round start there." in intro
    await anna.fills({"format": "harvest", "topic": "doors"})
    assert anna.sees.startswith("Your invitation stands in #general.")
    assert "Anna invites you." in house.shown(house.channel())[-1].says


async def test_without_a_home_channel_it_says_where_to_start_a_round(house: House) -> None:
    anna = house.person("Anna")
    await anna.opens_page()
    await anna.presses("Start a round")
    assert anna.form is None
    assert "Call /kring round start in the channel where people are." in anna.sees


async def test_what_waits_for_my_yes_my_drafts_and_what_i_keep(house: House) -> None:
    told = await asked(house)
    await told.bo.opens_page()
    assert "Somebody would like to keep words of yours.\n[See]" in told.bo.sees
    await told.bo.presses("See")
    await told.bo.presses("Yes, with my name")
    await told.bo.opens_page()
    assert "[See]" not in told.bo.sees
    await told.kim.opens_page()
    assert "Draft:" not in told.kim.sees, "it is out of the keeper's hands while people are asked"
    for each in (told.ana, told.cas):
        await each.presses("Yes, with my name")
    await told.kim.opens_page()
    assert "K-1 · How do you get silent pupils to speak?" in told.kim.sees
    await told.kim.presses("Open K-1")
    assert "[History]" in told.kim.sees


async def test_a_draft_opens_from_the_page(house: House) -> None:
    ana, kim = house.person("Ana"), house.person("Kim")
    message = await ana.writes("We always begin with a question on paper. It calms the class.")
    await kim.uses("keep", message)
    await kim.opens_page()
    assert "[A draft without a title]" in kim.sees or "[Draft:" in kim.sees
    label = next(
        control.label
        for block in kim.saw.blocks  # type: ignore[union-attr]
        if isinstance(block, Controls)
        for control in block.controls
        if control.action.name == "knowhow.draft"  # type: ignore[union-attr]
    )
    assert isinstance(await kim.presses(label), OpenForm)


async def test_finding_from_the_page(house: House) -> None:
    told = await shared(house)
    await told.kim.opens_page()
    await told.kim.presses("Find know-how")
    await told.kim.fills({"words": "silent pupils"})
    assert "K-1" in told.kim.sees


async def test_a_pause_is_ended_where_it_is_seen(house: House) -> None:
    anna = house.person("Anna")
    await anna.opens_page()
    await anna.presses("Pause")
    await anna.presses("A week")
    await anna.opens_page()
    assert "Pause: until" in anna.sees
    await anna.presses("Resume")
    assert "Good to have you back." in anna.sees


async def test_a_newcomer_finds_their_check_ins(house: House) -> None:
    await set_up(house)
    anna = house.person("Anna")
    await anna.joins()
    await anna.opens_page()
    assert "I have a word of welcome for you.\n[Start]" in anna.sees
    await anna.presses("Start")
    await anna.presses("Yes")
    await anna.opens_page()
    assert "You are new here." in anna.sees
    await anna.presses("Stop these")
    assert "Done, no more check-ins." in anna.sees


async def test_a_host_begins_with_what_is_missing(house: House) -> None:
    hessel = house.person("Hessel", host=True, space_name="De Linde")
    await hessel.opens_page()
    assert hessel.sees.startswith("De Linde\n"), "the platform's name, until a host gives it one"
    assert hessel.sees.index("How De Linde is set up") < hessel.sees.index("Your rounds")
    assert "Nobody has filled in the setup form yet" in hessel.sees
    await hessel.presses("Set up")
    await hessel.fills({})
    assert "There is no home channel" in hessel.sees
    await hessel.opens_page()
    assert hessel.sees.index("How De Linde is set up") > hessel.sees.index("Your rounds")
    await hessel.presses("Who to turn to")
    assert hessel.form is not None


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_every_button_on_the_page_does_something(house: House, language: str) -> None:
    """Pressed where Slack says it was pressed: in the person's own conversation with Kring."""
    hessel = house.person("Hessel", host=True, language=language)
    await hessel.joins()
    await hessel.calls('round start harvest "doors"')
    await hessel.calls("knowhow add A question that begins a lesson")
    await hessel.opens_page()
    page = hessel.saw
    assert page is not None
    labels = [
        control.label
        for block in page.blocks
        if isinstance(block, Controls)
        for control in block.controls
        if control.kind == "button"
    ]
    assert len(labels) > 12
    for label in labels:
        hessel.saw, hessel.form = page, None
        answer = await hessel.presses(label)
        assert not isinstance(answer, Nothing), label
        if isinstance(answer, Tell):
            assert "This step is over" not in hessel.sees, label
            assert "Deze stap is voorbij" not in hessel.sees, label


async def test_the_fullest_page_fits_on_one(house: House) -> None:
    """Slack takes a hundred blocks there."""
    told = await shared(house)
    for place in range(7):
        await told.kim.calls(f'round start harvest "topic {place}"', house.channel(f"channel-{place}"))
        await told.ana.writes(f"What do you do about noise number {place}?", house.channel(f"channel-{place}"))
        await told.kim.uses("keep", house.messages[-1].ref)
    await told.kim.joins()
    await told.kim.becomes(host=True)
    await told.kim.opens_page()
    assert told.kim.saw is not None
    assert len(fit(told.kim.saw, PLAYGROUND)) == 1
    assert len(told.kim.saw.blocks) <= 100
    assert len(fit(told.kim.saw, SLACK)) <= 2

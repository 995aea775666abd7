"""Forms in Discord: several modals after each other, what was wrong filled in again, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Awaitable

import pytest

from adapters.discord import acting
from tests.fakes.discord.state import Outcome
from tests.stories.discord_house import DiscordDriver
from tests.stories.house import held
from tests.talk import Player, Talk

TITLE = "When pupils mix up tenths"
FILLED: dict[str, str | list[str]] = {
    "Title": TITLE,
    "When and where does this come up?": "Year 6",
    "What do you do then?": "I take money.",
}
NOTHING = "\u2800" * 20
"""Letters that nobody can see: Discord takes them."""


@pytest.fixture
async def ana(talk: Talk, discord: DiscordDriver) -> Player:
    return await talk.joins("Ana")


async def test_a_long_form_comes_in_steps(ana: Player, discord: DiscordDriver) -> None:
    await ana.calls("/kring knowhow add")
    steps = []
    while (modal := discord.discord.modal(ana.id)) is not None:
        labels = discord.discord.modal_fields(modal)
        steps.append(modal.title)
        outcome = await discord.discord.submits(
            ana.id, modal, {name: FILLED[name] for name in labels if name in FILLED}
        )
        await discord.deliver()
        [told] = discord.discord.told(outcome)
        assert told.private
        if "Next" in told.buttons:
            said = f"{len(steps)} of 3 parts are filled in. Nothing is sent before the last."
            assert told.text.startswith(said)
            await discord.discord.presses(ana.id, told, "Next")
    assert [title[-5:] for title in steps] == ["(1/3)", "(2/3)", "(3/3)"]
    # what stood between the steps made room for the answer
    [answer] = discord.discord.ephemerals(ana.id)
    assert "K-1" in answer.text


async def test_a_form_that_was_left_in_the_middle_is_there_again(ana: Player, discord: DiscordDriver) -> None:
    await ana.calls("/kring knowhow add")
    modal = discord.discord.modal(ana.id)
    assert modal is not None
    await discord.discord.submits(ana.id, modal, {"Title": TITLE, "What do you do then?": "I take money."})
    await discord.deliver()
    await ana.calls("/kring knowhow add")
    assert ana.saw.form is not None
    assert ana.saw.form.values["Title"] == TITLE
    assert "K-1" in (await ana.fills({"When and where does this come up?": "Year 6"})).text
    # what was sent is not kept as unsent
    await ana.calls("/kring knowhow add")
    assert ana.saw.form is not None
    assert ana.saw.form.values["Title"] == ""


async def test_try_again_opens_where_something_is_wrong_with_all_that_was_written(ana: Player) -> None:
    await ana.calls("/kring knowhow add")
    answer = await ana.fills({**FILLED, "Title": NOTHING, "Why does it work?": "They know money."})
    assert answer.kind == "form_errors"
    assert answer.errors == {"Title": "Please fill this in."}
    assert answer.form is not None
    assert answer.form.values["What do you do then?"] == "I take money."
    answer = await ana.fills({"Title": TITLE})
    assert "K-1" in answer.text
    await ana.calls("/kring knowhow show K-1")
    assert "They know money." in ana.saw.text


async def test_what_discord_itself_checks_never_comes_to_kring(ana: Player, discord: DiscordDriver) -> None:
    await ana.calls("/kring knowhow add")
    told = discord.discord.counters.events["INTERACTION_CREATE"]
    answer = await ana.fills({"Title": "x"})
    assert answer.kind == "form_errors"
    assert discord.discord.counters.events["INTERACTION_CREATE"] == told


async def test_a_form_out_of_a_form_opens_by_a_button(talk: Talk, ana: Player) -> None:
    """Discord opens no modal in answer to a modal."""
    for title in (TITLE, f"{TITLE} and hundredths"):
        await ana.calls("/kring knowhow add")
        await ana.fills({**FILLED, "Title": title})
    assert "Is it one of these?" in ana.saw.text
    await ana.presses("No, share mine")
    assert "K-2" in ana.saw.text


async def test_a_dutch_person_reads_dutch(talk: Talk, ana: Player, discord: DiscordDriver) -> None:
    bo = await talk.joins("Bo", language="nl")
    await bo.calls("/kring knowhow add")
    assert bo.saw.form is not None
    assert "Titel" in bo.saw.form.values
    modal = discord.discord.modal(bo.id)
    assert modal is not None
    outcome = await discord.discord.submits(bo.id, modal, {"Titel": "Als leerlingen tienden verwarren"})
    await discord.deliver()
    [between] = discord.discord.told(outcome)
    assert between.buttons == ("Verder",)
    kring, keep = discord.discord.commands.all("")
    assert keep["name_localizations"]["nl"] == "Bewaren als praktijkkennis"
    about = {each["name"]: each["description_localizations"]["nl"] for each in kring["options"]}
    assert about["round"] == "Dialoogrondes"


# -- when it takes long


async def late(discord: DiscordDriver, patch: pytest.MonkeyPatch, act: Awaitable[Outcome]) -> Outcome:
    """What became of the act while nothing could be written down for as long as people wait."""
    with patch.context() as soon:
        soon.setattr(acting, "SOON", 0.02)
        with held(discord.settings.database.url):
            outcome = await act
            assert outcome.answered in ("deferred", "deferred update")
        await discord.deliver()
    assert outcome.failed is None
    assert outcome.refused == []
    return outcome


async def test_a_late_answer_is_announced_and_comes(
    ana: Player, discord: DiscordDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = discord.general["schools"]
    act = discord.discord.calls(ana.id, here, "/kring me pause", options={"days": 7})
    outcome = await late(discord, monkeypatch, act)
    [answer] = discord.discord.told(outcome)
    assert not answer.loading
    assert answer.private
    assert "until" in answer.text


async def test_a_form_that_comes_too_late_opens_by_a_button(
    ana: Player, discord: DiscordDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = discord.general["schools"]
    act = discord.discord.calls(ana.id, here, "/kring knowhow add", options={"title": TITLE})
    outcome = await late(discord, monkeypatch, act)
    [answer] = discord.discord.told(outcome)
    assert "The form did not open in time. Press here, and it opens at once." in answer.text
    await ana.presses("Open the form")
    assert ana.saw.form is not None
    assert ana.saw.form.values["Title"] == TITLE


async def test_a_button_whose_form_comes_too_late_says_to_press_again(
    ana: Player, discord: DiscordDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ana.calls("/kring")
    menu = discord.discord.ephemerals(ana.id)[-1]
    await late(discord, monkeypatch, discord.discord.presses(ana.id, menu, "Add know-how"))
    await ana.sees("Please press once more.")
    await ana.presses("Add know-how")
    assert ana.saw.form is not None

"""The App Home: one's own page, which is never old and where everything can be done."""

from __future__ import annotations

import pytest

from tests.stories.slack_house import SlackDriver
from tests.talk import Player, Talk

pytestmark = pytest.mark.usefixtures("slack")


@pytest.fixture
async def ana(talk: Talk) -> Player:
    return await talk.joins("Ana")


async def test_it_shows_what_is_mine(ana: Player, slack: SlackDriver) -> None:
    page = await slack.open_home(ana.id)
    for said in ("You are in no round now.", "Time zone: Europe/Amsterdam", "Pause: no", "What I keep", "your name"):
        assert said in page.text
    assert {"Start a round", "Find know-how", "Pause", "Give me my data", "Forget me"} <= set(page.buttons)


async def test_it_is_in_the_language_of_who_looks(talk: Talk, ana: Player, slack: SlackDriver) -> None:
    bo = await talk.joins("Bo", language="nl")
    assert "Taal: Nederlands" in (await slack.open_home(bo.id)).text
    assert "Language: English" in (await slack.open_home(ana.id)).text


async def test_it_changes_when_something_changes(talk: Talk, ana: Player, slack: SlackDriver) -> None:
    bo = await talk.joins("Bo")
    await slack.open_home(ana.id)
    await slack.open_home(bo.id)
    await ana.calls('/kring round start reveal_together "the first lesson"')
    await bo.presses("I'll speak", within="the first lesson")
    await bo.calls("/kring me pause 7")
    await ana.calls("/kring knowhow add")
    await ana.fills(
        {
            "Title": "When pupils mix up tenths",
            "When and where does this come up?": "Year 6",
            "What do you do then?": "I take money.",
        }
    )
    [mine], [his] = await ana.reads("home"), await bo.reads("home")
    assert "the first lesson" in mine.text
    assert "the first lesson" in his.text
    assert "When pupils mix up tenths" in mine.text
    assert "Pause: no" in mine.text
    assert "Pause: until" in his.text


async def test_nobody_looks_after_a_page_for_ever(talk: Talk, ana: Player, slack: SlackDriver) -> None:
    """What was published stays as it is; opening it again makes it new."""
    await slack.open_home(ana.id)
    published = slack.slack.counters.calls["views.publish"]
    await ana.calls("/kring me")
    await ana.calls("/kring help")
    assert slack.slack.counters.calls["views.publish"] == published, "nothing had changed"
    await ana.calls("/kring me pause 7")
    assert slack.slack.counters.calls["views.publish"] == published + 1


async def test_its_buttons_work_there_and_answer_in_a_modal(ana: Player, slack: SlackDriver) -> None:
    page = await slack.open_home(ana.id)
    answer = await ana.presses_on(page, "Pause")
    assert (answer.kind, answer.message and answer.message.channel) == ("tell", "modal")
    await ana.presses("A week")
    assert "Pause: until" in (await ana.reads("home"))[0].text

    page = await slack.open_home(ana.id)
    await ana.presses_on(page, "What you do")
    answer = await ana.fills({"What you do": "teacher of history"})
    assert (answer.kind, answer.message and answer.message.channel) == ("tell", "modal")
    assert "What you do: teacher of history" in (await ana.reads("home"))[0].text


async def test_a_list_on_it_works(ana: Player, slack: SlackDriver) -> None:
    page = await slack.open_home(ana.id)
    assert "Language" in dict(page.lists)
    await slack.pick(ana.id, page, "Language", ["Nederlands"])
    await slack.deliver()
    assert "Taal: Nederlands" in (await ana.reads("home"))[0].text


async def test_a_form_opened_from_an_answer_in_a_modal_lies_over_it(ana: Player, slack: SlackDriver) -> None:
    page = await slack.open_home(ana.id)
    await ana.presses_on(page, "Add know-how")
    assert ana.saw.form is not None
    answer = await ana.fills(
        {
            "Title": "When pupils mix up tenths",
            "When and where does this come up?": "Year 6",
            "What do you do then?": "I take money.",
        }
    )
    assert answer.kind == "tell"
    assert "K-1" in answer.text
    assert "When pupils mix up tenths" in (await ana.reads("home"))[0].text


async def test_what_is_anothers_is_not_on_it(talk: Talk, ana: Player, slack: SlackDriver) -> None:
    bo = await talk.joins("Bo")
    await ana.calls("/kring me role teacher of history")
    page = await slack.open_home(bo.id)
    assert "teacher of history" not in page.text

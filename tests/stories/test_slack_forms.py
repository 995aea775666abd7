"""Forms in Slack: modals that lose nothing, whatever happens to them."""

from __future__ import annotations

import pytest

from tests.fakes.slack import responses
from tests.stories.slack_house import SlackDriver
from tests.talk import Player, Talk

pytestmark = pytest.mark.usefixtures("slack")

TITLE = "When pupils mix up tenths"
FILLED: dict[str, str | list[str]] = {
    "Title": TITLE,
    "When and where does this come up?": "Year 6",
    "What do you do then?": "I take money.",
}


@pytest.fixture
async def ana(talk: Talk) -> Player:
    return await talk.joins("Ana")


async def test_a_form_that_is_closed_and_opened_again_keeps_the_words(ana: Player, slack: SlackDriver) -> None:
    await ana.calls("/kring knowhow add")
    slack.slack.fills(ana.id, slack.slack.modals(ana.id)[-1], {"Title": TITLE, "What do you do then?": "I take money."})
    await slack.close(ana.id)
    await ana.calls("/kring knowhow add")
    assert ana.saw.form is not None
    assert ana.saw.form.values["Title"] == TITLE
    assert ana.saw.form.values["What do you do then?"] == "I take money."
    answer = await ana.fills({"When and where does this come up?": "Year 6"})
    assert "K-1" in answer.text
    # what was sent is not kept as unsent
    await ana.calls("/kring knowhow add")
    assert ana.saw.form is not None
    assert ana.saw.form.values["Title"] == ""


async def test_a_private_answer_that_is_closed_is_nobody_elses(talk: Talk, ana: Player, slack: SlackDriver) -> None:
    others = [await talk.joins(name) for name in ("Bo", "Cas")]
    await ana.calls('/kring round start reveal_together "the first lesson"')
    for person in (ana, *others):
        await person.presses("I'll speak")
    await ana.presses("Begin now")
    await ana.presses("Answer privately")
    slack.slack.fills(ana.id, slack.slack.modals(ana.id)[-1], {"Your words": "I greet them at the door."})
    await slack.close(ana.id)
    await others[0].presses("Answer privately")
    assert others[0].saw.form is not None
    assert others[0].saw.form.values["Your words"] == ""
    await ana.presses("Answer privately")
    assert ana.saw.form is not None
    assert ana.saw.form.values["Your words"] == "I greet them at the door."


async def test_errors_stand_beside_their_fields_and_the_rest_stays(ana: Player) -> None:
    await ana.calls("/kring knowhow add")
    nothing = "\u2800" * 20  # letters that nobody can see: Slack takes them
    answer = await ana.fills({**FILLED, "Title": nothing})
    assert answer.kind == "form_errors"
    assert list(answer.errors) == ["Title"]
    assert answer.form is not None
    assert answer.form.values["What do you do then?"] == "I take money."
    assert "K-1" in (await ana.fills({"Title": TITLE})).text


async def test_what_slack_itself_checks_never_comes_to_kring(ana: Player, slack: SlackDriver) -> None:
    await ana.calls("/kring knowhow add")
    sent = slack.slack.counters.acked
    answer = await ana.fills({"Title": "x"})
    assert answer.kind == "form_errors"
    assert slack.slack.counters.acked == sent


async def test_a_slow_moment_loses_a_form_but_not_what_was_asked(
    ana: Player, slack: SlackDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as slow:
        slow.setattr(responses, "TRIGGER_SECONDS", -1.0)  # the trigger is dead before it can be used
        answer = await ana.calls(f'/kring knowhow add "{TITLE}"')
    slack.expected |= {"expired_trigger_id"}
    assert answer.kind == "tell"
    assert "Press here, and it opens at once." in answer.text
    await ana.presses("Open the form")
    assert ana.saw.form is not None
    assert ana.saw.form.values["Title"] == TITLE


async def test_a_button_whose_trigger_died_says_to_press_again(
    ana: Player, slack: SlackDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ana.calls("/kring")
    with monkeypatch.context() as slow:
        slow.setattr(responses, "TRIGGER_SECONDS", -1.0)
        answer = await ana.presses("Add know-how")
    slack.expected |= {"expired_trigger_id"}
    assert "press once more" in answer.text
    await ana.presses("Add know-how")
    assert ana.saw.form is not None


async def test_who_takes_an_hour_over_a_form_is_answered_all_the_same(talk: Talk, ana: Player) -> None:
    """The address for answers is good for half an hour."""
    await ana.calls("/kring knowhow add")
    form = ana.saw
    await talk.hours_pass(1)
    ana.saw = form
    answer = await ana.fills(FILLED)
    assert answer.kind == "tell"
    assert "K-1" in answer.text
    assert answer.message is not None
    assert (answer.message.channel, answer.message.private) == ((await ana.reads("general"))[0].channel, True)


async def test_an_old_private_answer_still_has_buttons_that_work(talk: Talk, ana: Player) -> None:
    await ana.calls("/kring me")
    menu = ana.saw.message
    assert menu is not None
    await talk.hours_pass(1)
    answer = await ana.presses_on(menu, "Pause")
    assert "For how long?" in answer.text


async def test_a_long_answer_is_told_in_parts(ana: Player) -> None:
    before = len(await ana.reads("general"))
    answer = await ana.calls("/kring help")
    assert "What you can ask" in answer.text
    parts = (await ana.reads("general"))[before:]
    told = "\n".join(part.text for part in parts)
    assert "/kring round start" in told
    assert "/kring newcomers" in told

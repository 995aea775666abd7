"""Whatever people type: a clear sentence, nothing lost, nobody notified, no traceback."""

from __future__ import annotations

import pytest

from tests.talk import Refusal, Talk

HEBREW = "\u05d0\u05d9\u05da \u05e4\u05d5\u05ea\u05d7\u05d9\u05dd?"
RIGHT_TO_LEFT = f"{HEBREW} \u202e{HEBREW}\u202c \U0001f469\U0001f3fd\u200d\U0001f3eb"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/kring knowhw find x", "Did you mean /kring knowhow find?"),
        ("/kring blargh", "I do not know blargh."),
        ("/kring me pause soon", "days is a whole number, soon is not."),
        ("/kring me language fr", "language cannot be fr. Choose from: en, nl."),
        ("/kring setup", "is for whoever administers this space."),
        ('/kring knowhow show "K-1', ""),
        ("/kring knowhow show K-99", ""),
        ("/kring me timezone Mars", ""),
        ("/kring \x07\ufffd 👩🏽‍🏫", ""),
        ("/kring " + "x" * 39_000, "I do not know"),
        ("/kring knowhow find " + "word " * 7_000, ""),
        ("/kring knowhow find \"'; drop table items; --", ""),
        ("/kring knowhow find NEAR( * AND", ""),
        ("/kring me role <!channel> @everyone <script>", ""),
    ],
)
async def test_unknown_words_get_a_clear_sentence(talk: Talk, typed: str, said: str) -> None:
    await talk.joins("Ana")
    bo = await talk.joins("Bo")
    answer = await bo.calls(typed)
    assert answer.kind == "tell"
    assert said in answer.text
    assert answer.text.strip()
    assert "went wrong" not in answer.text
    assert "Traceback" not in answer.text


async def test_a_title_of_any_letters_stays_as_it_is(talk: Talk) -> None:
    ana, bo = await talk.joins("Ana"), await talk.joins("Bo")
    for title in ("<!channel> and @everyone and *stars*", RIGHT_TO_LEFT, "&lt;b&gt; {name} %s $HOME"):
        await ana.calls("/kring knowhow add")
        await ana.fills({"Title": title, "When and where does this come up?": title, "What do you do then?": title})
        if "No, share mine" in (ana.saw.message.buttons if ana.saw.message else ()):
            await ana.presses("No, share mine")
        shown = await bo.calls("/kring knowhow find " + title.split()[-1])
        assert title in shown.text or (await bo.calls("/kring knowhow find " + title.split()[0])).text


async def test_the_longest_message_there_is_is_kept(talk: Talk) -> None:
    ana, bo = await talk.joins("Ana"), await talk.joins("Bo")
    long = "First you wait. " * (talk.driver.longest // 16)
    message = await ana.writes(long)
    assert (await bo.reads("general"))[-1].text == long
    await bo.writes("How long do you wait?", thread=message.id)
    await ana.keeps(message)
    await ana.presses("Look at the draft")
    assert ana.saw.form is not None


async def test_an_old_button_says_so(talk: Talk) -> None:
    ana = await talk.joins("Ana")
    await ana.calls("/kring me")
    question = await ana.writes("How do you begin? Tell me.")
    await ana.keeps(question)
    draft = await ana.sees("Your draft", channel="dm")
    await ana.presses("Drop it")
    with_button = draft if "Look at the draft" in draft.buttons else None
    assert with_button is not None
    try:
        answer = await ana.presses_on(draft, "Look at the draft")
    except Refusal as gone:
        assert gone.status == 404  # noqa: PT017  # the button itself is gone, which is as clear
    else:
        assert answer.kind == "tell"


@pytest.mark.playground_only("these words are the playground's own")
async def test_forty_thousand_characters_and_one_are_too_many(talk: Talk) -> None:
    ana = await talk.joins("Ana")
    with pytest.raises(Refusal, match="at most 40000 characters"):
        await ana.writes("First you wait. " * 2_500 + "!")


@pytest.mark.playground_only("these words are the playground's own")
async def test_what_is_not_there_is_told_with_what_is(talk: Talk) -> None:
    ana = await talk.joins("Ana")
    message = await ana.writes("hello")
    for act, hint in (
        (ana.reacts(message, "no_such_emoji"), "There is no emoji"),
        (ana.presses_on(message, "I'm in"), "There is no button"),
        (ana.calls("/help"), "There is no command “/help”"),
        (ana.writes("x", channel="nowhere"), "There is no channel"),
        (ana.writes("   "), "There is no text"),
    ):
        with pytest.raises(Refusal, match=hint):
            await act

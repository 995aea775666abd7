"""A dialogue round of four people: all answer privately, everything is revealed at once, nobody stays unanswered."""

from __future__ import annotations

import pytest

from tests.talk import Player, Refusal, Seen, Talk

TOPIC = "the first lesson"
SECRETS = {"Ana": "I greet them at the door.", "Bo": "I wait.", "Cas": "A puzzle on the board.", "Dee": "They begin."}


@pytest.fixture
async def four(talk: Talk) -> list[Player]:
    return [await talk.joins(name) for name in SECRETS]


async def _invited(ana: Player, topic: str = TOPIC) -> Seen:
    answer = await ana.calls(f'/kring round start reveal_together "{topic}"')
    assert "invitation" in answer.text
    return await ana.sees("invites you", channel="general")


async def _begun(four: list[Player]) -> Seen:
    """All four are in, and the first step is open; the header with the thread under it."""
    await _invited(four[0])
    for person in four:
        await person.presses("I'll speak")
    await four[0].presses("Begin now")
    header = await four[0].sees("1 of 4", channel="general")
    assert header.replies
    return header


async def _answers(person: Player) -> None:
    await person.presses("Answer privately")
    await person.fills({"Your words": SECRETS[person.name]})


async def test_four_people_and_all_at_once(talk: Talk, four: list[Player]) -> None:
    header = await _begun(four)
    for person in four[:3]:
        await _answers(person)
        await person.sees("Nobody in the round sees this before", thread=header.id, channel="general")
        for other in four:
            if other is not person:
                await other.sees_nothing_of(SECRETS[person.name])

    await _answers(four[3])
    for person in four:
        revealed = await person.sees("Here are all answers at once", channel="general", thread=header.id)
        for name, secret in SECRETS.items():
            assert f"{name}\n{secret}" in revealed.text

    # who answers is offered those who got the fewest answers
    responded: set[str] = set()
    for person in four:
        await person.presses("Respond", within="Step 2 of 4")
        assert person.saw.form is not None
        first = person.saw.form.choices["In answer to"][0]
        responded.add(first.split(": ")[0].split()[-1])
        await person.fills({"Your response": f"{person.name} understood this."})
    assert responded == set(SECRETS)

    ana = four[0]
    await four[1].writes("Ana and Dee differ most.", thread=header.id)
    for person in four:
        await person.presses("Done", within="Step 2 of 4")
    await ana.writes("Bo, how long do you wait?", thread=header.id)
    for person in four:
        await person.presses("Done", within="Step 3 of 4")
    for person in four:
        await person.presses("Vote")
        assert person.saw.form is not None
        bo = next(label for label in person.saw.form.choices["Dot 1"] if "Bo" in label)
        await person.fills({"Dot 1": bo})
    await ana.sees("The result", "4 dots", SECRETS["Bo"], channel="general", thread=header.id)
    await four[1].sees("I would like to keep this as practice knowledge", SECRETS["Bo"], channel="dm")
    await talk.days_pass(4)
    await ana.sees("This round is done", "Answered each other", channel="general")


async def test_time_moves_it_on_and_reveals_what_is_there(talk: Talk, four: list[Player]) -> None:
    header = await _begun(four)
    for person in four[:3]:
        await _answers(person)
    await talk.days_pass(2)
    revealed = await four[3].sees("Here are all answers at once", channel="general", thread=header.id)
    assert SECRETS["Dee"] not in revealed.text
    for person in four[:3]:
        assert SECRETS[person.name] in revealed.text
    # who was silent is not shown
    assert "Dee" not in revealed.text


async def test_an_unrevealed_answer_is_nobody_elses(talk: Talk, four: list[Player]) -> None:
    await _begun(four)
    ana, bo = four[:2]
    await _answers(ana)
    await ana.presses("Change it")
    form = ana.saw.form
    assert form is not None
    assert form.values["Your words"] == SECRETS["Ana"]
    await bo.calls("/kring round status")
    await bo.calls("/kring me data")
    await bo.sees_nothing_of(SECRETS["Ana"])


@pytest.mark.playground_only("who may press and send what is the platform's own to guard; here that is us")
async def test_nobody_acts_for_another(talk: Talk, four: list[Player]) -> None:
    await _begun(four)
    ana, bo = four[:2]
    await _answers(ana)
    private = ana.saw.message
    await ana.presses("Change it")
    form = ana.saw.form
    assert private is not None
    assert form is not None
    driver = talk.driver
    for attempt in (
        driver.press(bo.id, private, "Change it"),
        driver.fill(bo.id, form.id, {"Your words": "mine now"}),
        driver.use(bo.id, private, "keep"),
    ):
        with pytest.raises(Refusal) as refusal:
            await attempt
        assert refusal.value.status == 403
    await bo.sees_nothing_of(SECRETS["Ana"])


async def test_old_buttons_and_double_sends_do_no_harm(talk: Talk, four: list[Player]) -> None:
    header = await _begun(four)
    ana = four[0]
    step = await ana.sees("Everybody answers privately", channel="general", thread=header.id)
    letter = await four[1].sees("has begun", channel="dm")
    await ana.presses("Answer privately")
    form = ana.saw.form
    assert form is not None
    await ana.fills({"Your words": SECRETS["Ana"]})
    await ana.fills_again(form, {"Your words": "again"})
    for person in four[1:]:
        await _answers(person)

    await ana.sees("Here are all answers at once", channel="general", thread=header.id)
    with pytest.raises(Refusal) as refusal:  # the message has no such button any more
        await talk.driver.press(ana.id, step, "Answer privately")
    assert refusal.value.status == 404
    answer = await four[1].presses_on(letter, "Answer privately")
    assert "This step is over." in answer.text
    late = await four[1].presses("I'll speak")
    assert late.kind == "tell"


@pytest.mark.parametrize("topic", ["@everyone and <!channel> *now*", "\u202eשלום\u202c 👩🏽‍🏫", "{name} %s &lt;"])
async def test_a_topic_is_only_words(four: list[Player], topic: str) -> None:
    await _invited(four[0], topic)
    shown = await four[1].sees("invites you", channel="general")
    assert topic in shown.text
    await four[0].sees_nothing_of("<@")


async def test_too_few_and_it_does_not_begin(talk: Talk, four: list[Player]) -> None:
    await _invited(four[0])
    for person in four[:2]:
        await person.presses("I'll speak")
    answer = await four[0].presses("Begin now")
    assert "So far: 2. This works from 3 people." in answer.text


async def test_unknown_formats_name_the_nearest(four: list[Player]) -> None:
    answer = await four[0].calls('/kring round start reveal_togethr "x"')
    assert "Reveal together" in answer.text


async def test_a_channel_that_vanishes_holds_the_round_and_its_holder_hears(talk: Talk, four: list[Player]) -> None:
    await _begun(four)
    await four[0].closes("general")
    await talk.days_pass(3)
    letters = "\n".join(message.text for message in await four[0].reads("dm"))
    assert "on hold" in letters


@pytest.mark.full_mode("nobody tells who leaves")
async def test_somebody_leaves_and_what_was_not_shown_goes_with_them(talk: Talk, four: list[Player]) -> None:
    header = await _begun(four)
    for person in four[:3]:
        await _answers(person)
    await four[2].leaves()
    await _answers(four[3])
    await talk.days_pass(2)
    revealed = await four[0].sees("Here are all answers at once", channel="general", thread=header.id)
    assert SECRETS["Cas"] not in revealed.text


async def test_what_everybody_reads_is_in_the_communitys_language_what_one_reads_in_theirs(talk: Talk) -> None:
    ana, bo, cas = [await talk.joins(name, language="nl") for name in ("Ana", "Bo", "Cas")]
    await ana.calls('/kring round start reveal_together "de eerste les"')
    for person in (ana, bo, cas):
        answer = await person.presses("I'll speak")
        assert "Je doet mee: je praat mee" in answer.text
    await ana.presses("Begin nu")
    await bo.sees("is begonnen", channel="dm")
    await bo.sees("1 of 4", channel="general")  # nobody has set the community up: it speaks English

"""What is said about a step is true for it: who it asks, who sees what, and how long it all takes."""

from __future__ import annotations

import pytest

from bot.chat.forms import ChoiceField, TextField
from bot.chat.messages import Button, Controls, Note, Words
from bot.chat.names import Account, Space
from bot.chat.people import Person
from bot.chat.text import Bold, Moment
from bot.chat.text import words as bare
from bot.rounds import cards, forms, holder_letters, letters, prompts, rules, shown
from bot.rounds.audience import in_short, visibility, way, who_reads
from bot.rounds.formats import shipped
from bot.rounds.script import Preset
from bot.rounds.speaking import LONGEST
from bot.rounds.wording import excerpt, in_all, prompt
from bot.texts.catalogue import words_in
from tests.bot.rounds.play import HOLDER, MONDAY, Play
from tests.bot.rounds.test_laps import BESIDE, lap
from tests.bot.rounds.test_roles import FIVE, sided

WORDS = words_in("en")
SECRET = "Votes are secret; only the result is shown."
INSIDE = "Only those who speak in this round read what is said in it."


def number(play: Play, key: str) -> int:
    return next(at for at, run in enumerate(play.round.steps) if run.script.key == key)


def asks(play: Play, key: str) -> tuple[str, str]:
    """How the step goes, and who sees what in it."""
    run = play.round.steps[number(play, key)]
    return bare(way(WORDS, play.round, run.script)), bare(visibility(WORDS, play.round, run))


def test_a_vote_of_one_person_is_no_secret() -> None:
    assert asks(Play("paraphrase_check"), "check") == (
        "This step is for one role: speaker.",
        "Everybody sees the answer.",
    )
    assert asks(Play("reveal_together"), "dots") == ("Everybody votes.", SECRET)


def test_what_one_person_chose_is_not_counted() -> None:
    play = Play("paraphrase_check").begun("ana", "bo", "cas")
    lap(play, "almost", "yes")
    blocks = shown.result(WORDS, play.round, number(play, "check"), {}).blocks
    assert blocks[1:] == (Words((Bold("Almost"),)),)


def test_in_a_private_round_nobody_else_is_said_to_see_the_answers() -> None:
    for id_ in ("place_of_difficulty", "intervision", "incident_method"):
        play = Play(id_)
        assert bare(who_reads(WORDS, play.round)) == INSIDE
        assert asks(play, play.round.steps[0].script.key)[1].startswith("Only those who speak in this round")
    assert "in a group" in bare(who_reads(WORDS, Play("trio_consult").round))


def test_an_invitation_says_that_steps_differ_where_they_do() -> None:
    assert "Each step tells" in bare(who_reads(WORDS, Play("reveal_together").round))
    assert "Each step tells" not in bare(who_reads(WORDS, Play("talking_circle").round))


def test_only_where_everybody_has_a_lap_it_takes_longer_with_more() -> None:
    longer = {id_ for id_ in shipped() if "the more of you" in in_all(WORDS, Play(id_).round)}
    assert longer == {"paraphrase_check"}


def test_the_card_speaks_of_no_button_that_it_has_not() -> None:
    play = Play("talking_circle")
    script = play.round.steps[0].script
    assert "button" in bare(way(WORDS, play.round, script))
    assert "button" not in bare(in_short(WORDS, play.round, script))


def test_marks_on_both_sides_of_zero_have_their_sign() -> None:
    play = Play("explore_exploit_retro")
    step = next(at for at, run in enumerate(play.round.steps) if run.script.vote and run.script.vote.kind == "scale")
    marks = [shown.option_label(WORDS, play.round, step, each, {}) for each in ("-2", "0", "2")]
    assert marks == ["-2", "0", "+2"]


def test_where_sides_answer_apart_a_reveal_says_who_stands_where() -> None:
    play = sided()
    for person in FIVE:
        play.says(person)
    answers = tuple(shown.visible(play.round, 0))
    spoken = shown.reveal(WORDS, play.round, 0, answers, {}, first=False)
    quotes = [bare(each.text) for each in spoken.blocks if isinstance(each, Words)]
    assert sorted("side A" in each for each in quotes) == [False, False, True, True, True]
    assert all("side" in each for each in quotes)


def test_what_each_field_asked_stands_out_in_the_answer() -> None:
    play = Play("explore_exploit_retro").begun("ana", "bo", "cas")
    asked = [bare(WORDS.pick(field.label)) for field in play.step.script.fields]
    body = f"{asked[0]} The circle.\nAnd its rhythm.\n{asked[1]} The minutes."
    filled = tuple(zip((field.key for field in play.step.script.fields), ("The circle.", "The minutes."), strict=False))
    play.does(rules.contribute, "ana", 0, "ana0", body, fields=filled)
    play.says("bo")
    play.says("cas")
    spoken = shown.reveal(WORDS, play.round, 0, ["ana0"], {}, first=False)
    [text] = [each.text for each in spoken.blocks if isinstance(each, Words)]
    assert [span.text for span in text if isinstance(span, Bold)] == asked[:2]
    assert bare(text).endswith(body)


def test_one_of_each_group_is_not_everybody() -> None:
    assert asks(Play("one_two_four_all"), "all")[0] == "One of each group has the word, the others listen."
    assert asks(Play("talking_circle"), "circle")[0].startswith("The word goes round")


@pytest.mark.parametrize(
    ("language", "called", "spoken_of"),
    [
        ("en", "Teller, take us along", "{}the teller noticed there"),
        ("nl", "Verteller, neem ons mee", "{}de verteller"),
    ],
)
def test_a_role_that_nobody_has_yet_is_spoken_to_as_people_do(language: str, called: str, spoken_of: str) -> None:
    play, words = Play("critical_incident"), words_in(language)
    assert bare(prompt(words, play.round, number(play, "tell"), {})).startswith(called)
    assert spoken_of.format("") in bare(prompt(words, play.round, number(play, "point"), {}))


def test_whoever_mirrored_instead_is_asked_about() -> None:
    play = Play("paraphrase_check").begun("ana", "bo", "cas")
    speaker, mirror, other = play.round.ring
    where = Account(Space("slack", "T1"), "U1")
    people = {one: Person(one, "c", f"Name of {one}", where, "School", "en", "UTC") for one in play.round.ring}
    play.says(speaker)
    play.wait(12)
    play.says(other)
    assert play.step.script.key == "check"
    assert bare(prompt(WORDS, play.round, play.round.current, people)).startswith(
        f"Name of {speaker}, has Name of {other} understood you?"
    )
    play.votes(speaker, "almost")
    assert bare(prompt(WORDS, play.round, play.round.current, people)).startswith(f"Name of {mirror}, say in your own")


@pytest.mark.parametrize(
    ("preset", "told"),
    [("live", "The time is over. What comes in now still counts."), ("async", "The time is over. What comes in until")],
)
def test_a_moment_that_is_over_within_the_minute_is_not_told(preset: Preset, told: str) -> None:
    play = Play("reveal_together", preset=preset).begun("ana", "bo", "cas", "dee")
    for person in ("ana", "bo", "cas"):
        play.says(person)
    while play.step.state != "grace":
        play.next()
    notes = [bare(each.text) for each in prompts.step(WORDS, play.round, 0, {}).blocks if isinstance(each, Note)]
    assert notes[-1].startswith(told)


def test_who_may_respond_sees_on_which_side_somebody_stands() -> None:
    play = sided()
    for person in FIVE:
        play.says(person)
    answers = tuple(shown.visible(play.round, 0, "ana").values())
    form = forms.respond(WORDS, play.round, play.round.current, answers, {}, "")
    [to] = [each for each in form.fields if isinstance(each, ChoiceField)]
    stands = {one.id: play.round.side_of(one.author or "") for one in answers}
    assert set(stands.values()) == {"A", "B"}
    for choice in to.choices:
        assert choice.hint == f"side {stands[choice.value]}, nobody responded yet"


def test_a_letter_says_once_who_is_in_the_group() -> None:
    play = Play("trio_consult", preset="live").begun("ana", "bo", "cas")
    where = Account(Space("slack", "T1"), "U1")
    people = {one: Person(one, "c", f"Name of {one}", where, "School", "en", "UTC") for one in ("ana", "bo", "cas")}
    for person in people:
        play.says(person)
    for key in ("form", "ask"):
        step = next(at for at, run in enumerate(play.round.steps) if run.script.key == key and run.group == 0)
        letter = letters.in_group(WORDS, play.round, step, MONDAY, people)
        assert sum(bare(each.text).count("Name of bo") for each in letter.blocks if isinstance(each, Words)) == 1
        play.does(rules.skip, HOLDER)


def test_one_answer_without_a_response_is_one() -> None:
    play = Play("reveal_together").begun("ana", "bo", "cas")
    for person in ("ana", "bo", "cas"):
        play.says(person)
    answers = play.round.contributions
    said = [bare(holder_letters.unanswered(WORDS, play.round, answers[:n], MONDAY).blocks[0].text) for n in (1, 2)]  # type: ignore[union-attr]
    assert ["this answer has" in each for each in said] == [True, False]
    assert ["these answers have" in each for each in said] == [False, True]


def test_the_turn_says_how_to_speak_before_how_to_pass() -> None:
    play = Play("talking_circle").begun("ana", "bo", "cas")
    at = number(play, "circle")
    spoken = prompts.turn(WORDS, play.round, at, "ana", MONDAY, {})
    assert any(isinstance(each, Note) and "in the thread" in bare(each.text) for each in spoken.blocks)
    [controls] = [each for each in spoken.blocks if isinstance(each, Controls)]
    first = controls.controls[0]
    assert isinstance(first, Button)
    assert (first.label, first.style) == ("Say it in a form", "primary")


def test_of_steps_that_are_open_together_each_closes_at_its_own_time() -> None:
    play = Play(BESIDE).begun(*FIVE)
    bowl, ears = (play.round.steps[at].due_at for at in (0, 1))
    assert bowl is not None
    assert ears is not None
    assert bowl < ears
    assert cards.closing(WORDS, play.round, {}) == (Moment(bowl),), "the step that the card shows"
    assert cards.closing(WORDS, play.round, {}, 1) == (Moment(ears),)


@pytest.mark.parametrize(
    ("format_", "key", "at_least"),
    [("place_of_difficulty", "tell", 2000), ("explore_exploit_retro", "four", 500), ("harvest", "shape", 400)],
)
def test_fields_share_the_room_of_one_answer(format_: str, key: str, at_least: int) -> None:
    """So a story is not cut to the length of one line of six."""
    play = Play(format_)
    fields = forms.answer_fields(WORDS, play.round, number(play, key))
    rooms = [field.most for field in fields if isinstance(field, TextField)]
    assert min(rooms) >= at_least
    assert sum(rooms) + sum(len(field.label) for field in fields) <= LONGEST


def test_words_are_not_cut_in_two() -> None:
    assert excerpt("He waits outside the door, and says nothing.", 30) == "He waits outside the door…"
    assert excerpt("It is enough.", 30) == "It is enough."
    assert excerpt("a" * 40, 30) == "a" * 29 + "…"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_an_invitation_says_what_the_format_is(language: str) -> None:
    words, play = words_in(language), Play("fishbowl")
    play.does(rules.invite)
    card = cards.header(words, play.round, {})
    assert Words(words.pick(play.round.format.blurb)) in card.blocks

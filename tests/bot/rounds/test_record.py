"""What stays of a round, and what of it each space may read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.messages import Words
from bot.chat.names import Channel, Place, Space, Thread
from bot.chat.text import Bold
from bot.chat.text import words as bare
from bot.errors import UserMistake
from bot.rounds import record, record_file, record_page, rules
from bot.rounds.crossing import CROSSINGS, Crossing
from bot.rounds.formats import shipped
from bot.rounds.model import Home, Round, Seat
from bot.rounds.said import Consent, Contribution
from bot.rounds.script import Format
from bot.rounds.step_run import StepRun
from bot.rounds.task import Task
from bot.rounds.wording import prompt
from bot.texts.catalogue import words_in
from tests.bot.rounds.play import ELSEWHERE, MONDAY, PLACE, Play, kinds, made_of, step
from tests.bot.rounds.test_views import NAME, people

SCHOOL, COLLEGE = PLACE.space, ELSEWHERE.space
FORMAT = made_of(step("write", "collect"), step("talk", "open"), step("end", "open"))
ANSWERS = ("yes", "unnamed", "no", "asked", None)


def said(id_: str, person: str, answer: str | None = "yes", **more: object) -> Contribution:
    consent = Consent(answer) if answer else None  # type: ignore[arg-type]
    one = Contribution(id_, 1, person, f"words of {id_}", revealed_at=MONDAY, consent=consent)
    return replace(one, **more)  # type: ignore[arg-type]


def done(*contributions: Contribution, homes: bool = False, tasks: tuple[Task, ...] = ()) -> Round:
    """Ana and Bo of the school, Cas and Dee of the college; the last step was skipped."""
    seats = tuple(
        Seat(person, "in", space=space)
        for person, space in (("ana", SCHOOL), ("bo", SCHOOL), ("cas", COLLEGE), ("dee", COLLEGE))
    )
    both = (Home(PLACE, "School"), Home(ELSEWHERE, "College"))
    states = ("closed", "closed", "skipped")
    steps = tuple(
        StepRun(one, state=state, opened_at=MONDAY)  # type: ignore[arg-type]
        for one, state in zip(FORMAT.steps, states, strict=True)
    )
    return replace(
        Play(FORMAT).round, state="done", seats=seats, homes=both if homes else (), steps=steps,
        contributions=contributions, tasks=tasks,
    )  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS)
def test_only_a_yes_is_kept(answer: str | None) -> None:
    found = record.record_of(done(said("a", "ana", answer)), SCHOOL, {})
    assert [one.id for one in found.kept] == (["a"] if answer in {"yes", "unnamed"} else [])
    assert [one.author for one in found.kept] == {"yes": ["ana"], "unnamed": [None]}.get(answer or "", [])


@pytest.mark.parametrize(
    "one",
    [said("a", "ana", removed=True, body=""), said("a", "ana", withdrawn=True)],
    ids=["taken back", "its author left"],
)
def test_what_is_gone_is_not_kept(one: Contribution) -> None:
    assert record.record_of(done(one), SCHOOL, {}).kept == ()


def test_it_is_kept_as_its_author_puts_it() -> None:
    one = said("a", "ana", fields=(("when", "Monday"),))
    reworded = replace(one, consent=Consent("yes", "In my own words."))
    kept = record.record_of(done(one, replace(reworded, id="b")), SCHOOL, {}).kept
    assert [(each.body, each.fields) for each in kept] == [
        ("words of a", (("when", "Monday"),)),
        ("In my own words.", ()),
    ]


def test_whom_one_may_ask_said_so_themselves() -> None:
    ask = Consent("yes", ask=True)
    round_ = done(
        said("a", "ana", consent=ask), said("b", "ana", consent=ask), said("c", "bo"),
        said("d", "cas", consent=Consent("unnamed", ask=True)), said("e", "", consent=ask),
    )  # fmt: skip
    assert record.record_of(round_, SCHOOL, {}).ask == ("ana",)


def test_steps_that_were_played_stand_there_once() -> None:
    round_ = done()
    again = replace(round_, steps=(*round_.steps[:2], round_.steps[1], round_.steps[2]))
    assert record.record_of(again, None, {}).steps == (0, 1)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("format_", shipped().values(), ids=lambda each: each.id)
def test_a_question_that_was_asked_stands_there_whole(format_: Format, language: str) -> None:
    steps = tuple(StepRun(one, state="closed", opened_at=MONDAY) for one in format_.steps)
    round_ = replace(Play(format_).round, state="done", steps=steps)
    words = words_in(language)
    page = record_page.page(words, round_, record.record_of(round_, SCHOOL, {}), people())
    read = "\n".join(bare(each.text) for each in page if isinstance(each, Words))
    for number in range(len(steps)):
        assert bare(prompt(words, round_, number, people(), in_all=True)) in read


def test_what_a_form_asked_stands_out_in_what_was_kept() -> None:
    play = Play("experiment_design").begun("ana", "bo", "cas")
    step_ = next(at for at, run in enumerate(play.round.steps) if run.script.fields)
    asked = [bare(words_in("en").pick(field.label)) for field in play.round.steps[step_].script.fields[:2]]
    body = f"{asked[0]} it is calmer.\n{asked[1]} begin later."
    one = replace(said("a", "ana"), step=step_, body=body, fields=(("we_expect", "it is calmer."),))
    round_ = replace(play.round, contributions=(one,), state="done")
    page = record_page.page(words_in("en"), round_, record.record_of(round_, SCHOOL, {}), people())
    [kept] = [each.text for each in page if isinstance(each, Words) and each.quote]
    assert [span.text for span in kept if isinstance(span, Bold)] == asked
    assert bare(kept).endswith(body)


def test_allowing_to_be_asked() -> None:
    round_ = done(said("a", "ana"), said("b", "ana", "unnamed"), said("c", "bo"))
    after, facts = rules.let_ask(round_, "ana", "a", True)
    assert kinds(facts) == ["AskAllowed"]
    assert record.record_of(after, None, {}).ask == ("ana",)
    assert rules.let_ask(after, "ana", "a", True) == (after, ())
    back, _ = rules.let_ask(after, "ana", "a", False)
    assert record.record_of(back, None, {}).ask == ()
    for contribution in ("b", "c", "gone"):
        with pytest.raises(UserMistake):
            rules.let_ask(round_, "ana", contribution, True)
    no, _ = rules.answer_keep(after, "ana", "a", "no", Play(FORMAT).now)
    assert record.record_of(no, None, {}) == record.record_of(
        done(said("b", "ana", "unnamed"), said("c", "bo")), None, {}
    )


# -- what crosses


FOUR = tuple(said(person, person) for person in ("ana", "bo", "cas", "dee"))


@pytest.mark.parametrize(
    ("crossings", "here", "kept", "elsewhere"),
    [
        ({}, SCHOOL, "ana bo cas dee", ()),
        ({SCHOOL: "all"}, COLLEGE, "ana bo cas dee", ()),
        ({SCHOOL: "round"}, SCHOOL, "ana bo cas dee", ()),
        ({SCHOOL: "round"}, COLLEGE, "cas dee", (("School", 2),)),
        ({SCHOOL: "nothing"}, COLLEGE, "cas dee", (("School", 2),)),
        ({SCHOOL: "round"}, None, "cas dee", (("School", 2),)),
        ({SCHOOL: "round", COLLEGE: "round"}, SCHOOL, "ana bo", (("College", 2),)),
        ({SCHOOL: "round", COLLEGE: "round"}, None, "", (("School", 2), ("College", 2))),
    ],
)
def test_what_each_space_reads(
    crossings: dict[Space, Crossing], here: Space | None, kept: str, elsewhere: tuple[tuple[str, int], ...]
) -> None:
    found = record.record_of(done(*FOUR, homes=True), here, crossings)
    assert [one.id for one in found.kept] == kept.split()
    assert found.elsewhere == elsewhere


@given(
    st.dictionaries(st.sampled_from([SCHOOL, COLLEGE]), st.sampled_from(CROSSINGS)),
    st.sampled_from([SCHOOL, COLLEGE, None]),
    st.lists(st.tuples(st.sampled_from(["ana", "bo", "cas", "dee", ""]), st.sampled_from(ANSWERS)), max_size=8),
)
def test_nothing_crosses_that_its_space_holds(
    crossings: dict[Space, Crossing], here: Space | None, given_: list[tuple[str, str | None]]
) -> None:
    words = [said(str(n), person, answer) for n, (person, answer) in enumerate(given_)]
    gifts = tuple(Task(f"t{n}", person, "words", "w", given_at=MONDAY) for n, (person, _) in enumerate(given_))
    round_ = done(*words, homes=True, tasks=gifts)
    found = record.record_of(round_, here, crossings)
    home = {"ana": SCHOOL, "bo": SCHOOL, "cas": COLLEGE, "dee": COLLEGE}
    by = {one.id: one.person for one in words}
    closed = {space for space, crossing in crossings.items() if crossing != "all"}
    for person in (*(by[one.id] for one in found.kept), *(gift.person for gift in found.gifts)):
        assert home.get(person) == here or not closed or (person and home[person] not in closed)
    agreed = [one for one in words if one.consent and one.consent.answer in {"yes", "unnamed"}]
    assert len(found.kept) + sum(n for _, n in found.elsewhere) <= len(agreed)


# -- who may see it


@pytest.mark.parametrize(
    ("person", "place", "private", "sees"),
    [
        ("ana", None, False, True),
        ("fay", None, False, True),
        ("fay", PLACE, True, False),
        ("left", None, True, False),
        ("lis", PLACE, True, False),
        ("left", None, False, True),
        ("declined", None, False, False),
        ("waiting", None, False, False),
        ("stef", None, False, False),
        ("stef", PLACE, False, True),
        ("stef", Thread(PLACE, "t1"), False, True),
        ("stef", PLACE, True, False),
        ("ana", PLACE, True, True),
        ("stef", Channel(SCHOOL, "other"), False, False),
        ("stef", ELSEWHERE, False, True),
    ],
)
def test_who_may_see_it(person: str, place: Place | None, private: bool, sees: bool) -> None:
    round_ = done(homes=True)
    others = (
        Seat("left", "left"),
        Seat("declined", "declined"),
        Seat("waiting", "waiting"),
        Seat("lis", "in", "listen"),
    )
    round_ = replace(round_, seats=(*round_.seats, *others))
    if private:
        round_ = replace(round_, format=replace(round_.format, place="private"))
    assert record.may_see(round_, person, place) is sees


def test_a_draft_is_its_holder_s_own() -> None:
    draft = Play(FORMAT).round
    assert record.may_see(draft, "fay", None)
    assert not record.may_see(draft, "stef", PLACE)


@pytest.mark.parametrize(("language", "asked"), [("en", "Mirror, say in your own words"), ("nl", "Spiegel, zeg in je")])
def test_what_went_round_is_not_told_of_those_alone_who_were_first(language: str, asked: str) -> None:
    play = Play("paraphrase_check").begun("ana", "bo")
    play.says(str(play.step.holder))
    found = record.Record(steps=(0, 1), kept=(), ask=(), gifts=())
    page = record_file.markdown(words_in(language), play.round, found, people())
    assert asked in page
    assert NAME not in page.partition("1. ")[2]

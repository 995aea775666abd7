"""Every view of every moment of every format, in both languages, with the longest words people can give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from bot.chat.actions import LONGEST as ACTION
from bot.chat.capabilities import DISCORD, SLACK
from bot.chat.events import Reason
from bot.chat.fit import fit
from bot.chat.forms import ChoiceField, Form
from bot.chat.messages import Button, Controls, Facts, Heading, Message, Note, Select, Words
from bot.chat.names import Account, Space
from bot.chat.people import Person
from bot.chat.text import words as bare
from bot.chat.wire import message_to_json
from bot.refusals import not_read
from bot.rounds import (
    cards,
    forms,
    holder_letters,
    letters,
    notes,
    objection_words,
    objections,
    own,
    prompts,
    record_page,
    rules,
    shown,
    task_page,
    views,
)
from bot.rounds.facts import RoundFinished
from bot.rounds.formats import shipped
from bot.rounds.model import LONGEST_TOPIC, Home, Round
from bot.rounds.record import record_of
from bot.rounds.script import Role, Size
from bot.rounds.seen import seen_by
from bot.rounds.wording import ANSWER
from bot.texts.catalogue import LANGUAGES, words_in
from bot.texts.catalogue import Words as Language
from tests.bot.rounds.play import HOLDER, MONDAY, PLACE, Play, made_of, step

NAME = "Wilhelmina-Alexandrine van der Hoeven-Oosterwijk"
PEOPLE = ("ana", "bo", "cas", "dee", HOLDER)
LONG = ("Een lesbegin dat werkt " * 200)[:ANSWER].strip()
TOPIC = ("de eerste vijf minuten van de les " * 20)[:LONGEST_TOPIC].strip()
UNTIL = MONDAY + timedelta(days=1)
NAMED = [
    pytest.param(id_, anonymous, id=f"{id_}-{'nameless' if anonymous else 'named'}")
    for id_, format_ in sorted(shipped().items())
    for anonymous in (False, True)
    if format_.can_be_anonymous or not anonymous
]
"""Every format, with names and without them where it can be played so."""


def people() -> dict[str, Person]:
    return {
        id_: Person(
            id_,
            "home",
            f"{NAME} {id_}",
            Account(Space("playground", "school"), id_),
            "A school",
            "en",
            "Europe/Amsterdam",
        )
        for id_ in PEOPLE
    }


def played(format_: str, *, anonymous: bool) -> Iterator[Round]:
    """The round at many moments, from the invitation to its end."""
    play = Play(format_, anonymous=anonymous and shipped()[format_].can_be_anonymous)
    play.round = replace(play.round, topic=TOPIC)
    play.does(rules.invite)
    yield play.round
    homes = tuple(Home(replace(PLACE, space=Space("discord", str(n))), NAME * 2) for n in range(4))
    yield replace(play.round, homes=homes)
    everybody = taking_part(play.round)
    for at, person in enumerate(everybody):
        play.does(rules.join, person, "speak")
        if play.round.format.sides:
            play.does(rules.take_side, person, "AB"[at % 2])
    yield play.round
    play.does(rules.begin, HOLDER)
    yield replace(play.round, homes=homes)
    while play.round.state == "running":
        yield play.round
        yield replace(play.round, steps=tuple(replace(run, prompt=LONG[:600]) for run in play.round.steps))
        before = play.round.at_work
        for person in everybody:
            if play.round.state == "running" and play.round.at_work == before:
                act(play, person)
                yield play.round
        if (waits := objections.waiting(play.round)) is not None:
            yield from taken_up(play, waits)
        if play.round.state == "running":
            yield rules.pause(play.round, HOLDER, play.now)[0]
            yield rules.cancel(play.round, HOLDER, play.now)[0]
        while play.round.state == "running" and play.round.at_work == before:
            assert play.round.due is not None
            play.at = play.round.due
            play.does(rules.move_on)
            yield play.round
    play.until(RoundFinished)
    yield play.round


def taken_up(play: Play, step: int) -> Iterator[Round]:
    """Some of the objections are somebody's now; and what it looks like when people vote once more."""
    yield rules.vote_again(play.round, HOLDER, step, play.now)[0]
    for at, one in enumerate(objections.open_ones(play.round, step)[1:]):
        until = play.at + timedelta(days=7)
        play.does(rules.take_up, PEOPLE[at % 2], step, {one.number}, f"t{at}", LONG, until)
        yield play.round


def distinct(rounds: Iterable[Round]) -> Iterator[Round]:
    """Each once, where nothing happened between two moments."""
    found: list[Round] = []
    for round_ in rounds:
        if round_ not in found:
            found.append(round_)
            yield round_


def act(play: Play, person: str) -> None:
    """Says or votes something, where this person may."""
    step = rules.own_step(play.round, person)
    run = play.round.steps[step]
    if not play.has_floor(person, step) or run.script.floor == "contributors":
        return
    if run.script.mode == "vote":
        if run.script.vote is not None and run.script.vote.proposals and not rules.options(play.round, step):
            play.does(rules.contribute, person, step, f"{person}{step}", LONG)
        free = [one for one in rules.may_pick(play.round, step, person) if play.room(step, one)]
        claims = run.script.vote is not None and run.script.vote.kind == "claim"
        play.does(rules.vote, person, step, tuple(free[:1] if claims else free[-1:]), words=LONG, named=True)
    elif run.script.mode != "turns" or run.holder == person:
        answers = rules.to_respond_to(play.round, person, 1, step)
        to = answers[0].id if answers else None
        play.does(rules.contribute, person, step, f"{person}{step}", LONG, to=to)


def taking_part(round_: Round) -> tuple[str, ...]:
    """Of rounds in which things go round, and there is much to see of each, a few are enough."""
    goes_round = any(step.repeat for step in round_.format.steps)
    return PEOPLE[: max(2, round_.format.size.min)] if goes_round else PEOPLE


def all_views(language: Language, round_: Round) -> Iterator[Message | Form]:
    known = people()
    other = shipped()["what_so_what_now_what"]
    yield cards.header(language, round_, known, other)
    yield cards.header(language, replace(round_, early_by=PEOPLE[0]), known, other)
    yield cards.explanation(language, round_, known)
    yield from (prompts.step(language, round_, number, known) for number in range(len(round_.steps)))
    yield record_page.in_thread(language, round_, record_of(round_, None, {}), known)
    for person in PEOPLE:
        if mine := task_page.mine(language, round_, person):
            yield Message(mine)
        seen = seen_by(round_, person)
        asked = [one for each in seen.steps for one in each.answers if one.mine][:2]
        yield own.mine(language, round_, seen, person, known, asked, lost="gone")
    yield from all_notes(language, round_, known)
    yield from all_letters(language, round_, known)
    yield from all_answers(language, round_, known)
    yield from all_forms(language, round_, known)


def now(round_: Round) -> tuple[int, ...]:
    """The steps that letters and forms can be about; where nothing is open the last one that was."""
    opened = [number for number, run in enumerate(round_.steps) if run.opened_at is not None]
    return round_.at_work or tuple(opened[-1:]) or (0,)


def all_notes(language: Language, round_: Round, known: dict[str, Person]) -> Iterator[Message]:
    yield notes.agreements(language)
    yield notes.quiet(language, round_, 0)
    yield notes.needs_people(language, round_, None)
    yield notes.needs_people(language, round_, shipped()["harvest"])
    yield notes.away(language, round_, "ana", known)
    yield notes.held_by(language, "ana", known)
    yield notes.role_given(language, round_, "scribe", "ana", known)
    yield notes.reworded(language, LONG[:600])
    yield objection_words.talk(language, round_)
    yield from (objection_words.taken(language, "ana", count, UNTIL, known) for count in (1, 5))
    yield notes.dropped(language, 2)
    yield notes.lapsed(language)
    yield prompts.turn(language, round_, 0, "ana", UNTIL, known)
    yield prompts.turn_passed_on(language, "ana", known)
    yield prompts.word_offered(language, round_, 0, UNTIL)


def all_letters(language: Language, round_: Round, known: dict[str, Person]) -> Iterator[Message]:
    for number in now(round_):
        yield letters.nudge(language, round_, number, UNTIL)
        yield letters.begun(language, round_, number, UNTIL, known)
        yield letters.your_turn(language, round_, number, "ana", UNTIL, known)
        yield letters.names_asked(language, round_, number, UNTIL)
        yield holder_letters.wished(language, round_, number, "stop")
        yield holder_letters.wished(language, round_, number, "another_question")
    for one in round_.contributions[:2]:
        yield letters.keep(language, round_, one)
        yield letters.only_answer(language, round_, one)
    yield holder_letters.unanswered(language, round_, round_.contributions[:5], UNTIL)
    yield holder_letters.decide(language, round_, "too_few", UNTIL, shipped()["harvest"])
    yield holder_letters.decide(language, round_, "quiet", UNTIL, None)
    for task in round_.tasks:
        yield objection_words.reminder(language, round_, task)
        yield objection_words.yours(language, round_, task)
    if (waits := objections.waiting(round_)) is not None:
        yield objection_words.decide(language, round_, waits, UNTIL)
    yield letters.seat_free(language, round_)
    yield holder_letters.offered(language, round_, known)
    for reason in get_args(Reason) if round_.state in {"inviting", "paused"} else ():
        yield holder_letters.place_lost(language, round_, reason)
        yield holder_letters.home_lost(language, round_, PLACE, NAME, reason, PLACE.space)
        yield holder_letters.not_invited(language, round_, reason)
        yield letters.not_taken_over(language, round_, 0, not_read(language, reason, PLACE))
    yield holder_letters.not_shown(language, round_)


def all_answers(language: Language, round_: Round, known: dict[str, Person]) -> Iterator[Message]:
    yield own.started(language, round_)
    yield own.sure_to_cancel(language, round_)
    yield own.chooser(language, (round_, round_), "extend.12")
    yield Message(own.menu(language, (round_, round_)))
    yield Message(own.page(language, (round_, round_), "ana", 7))
    if round_.state == "inviting":
        yield views.formats(language, shipped().values(), "x" * 3000, shipped()["harvest"])
    yield views.full(language, round_)
    yield views.left(language, round_, "ana", wrote=True)
    yield views.off_turn(language, "ana", known)
    yield views.answers_are_private(language, round_, 0, "m" * 30)
    for way in ("speak", "listen"):
        yield views.welcome(language, round_, NAME, way)
    for number, run in enumerate(round_.steps):
        yield views.saved(language, round_, number, "pptm5m7surab")
        answers = shown.visible(round_, number)
        for at, together in enumerate(shown.chunks(list(answers.values()))):
            yield shown.reveal(language, round_, number, together, known, first=at == 0)
        yield from (shown.spoken(language, round_, number, id_, known) for id_ in (*answers, "gone"))
        if run.script.vote is not None and run.counted:
            yield shown.result(language, round_, number, known)


def all_forms(language: Language, round_: Round, known: dict[str, Person]) -> Iterator[Form]:
    if round_.state == "inviting":
        yield forms.start(language, shipped().values(), {"topic": TOPIC}, round_.channel)
    yield forms.extend(language, round_)
    yield forms.pause(language, round_)
    yield forms.give(language, round_)
    if (waits := objections.waiting(round_)) is not None:
        free = objections.open_ones(round_, waits)
        yield objection_words.form(language, round_, waits, free)
        yield objection_words.form(language, round_, waits, free[:1])
    for number in now(round_):
        run = round_.steps[number]
        yield forms.answer(language, round_, number, known, round_.answer_of("ana", number))
        yield forms.reword(language, round_, number, known)
        answers = list(shown.visible(round_, number).values())
        yield forms.respond(language, round_, number, answers, known, "")
        if run.script.vote is not None:
            options = rules.options(round_, number)
            yield forms.vote(language, round_, number, run.script.vote, options, known, ())
            yield forms.objection(language, round_, number, "objection", known)
    yield from (forms.differently(language, round_, one) for one in round_.contributions[:2])
    yield from (forms.edit(language, round_, one, known) for one in round_.contributions[:2])


def fits(message: Message) -> None:
    for block in message.blocks:
        match block:
            case Heading(text=text):
                assert 0 < len(text) <= 150
            case Words(text=text) | Note(text=text):
                assert 0 < len(bare(text)) <= 3000
            case Facts(rows=rows):
                assert all(len(label) <= 40 and len(bare(value)) <= 1500 for label, value in rows)
            case Controls(controls=controls):
                assert controls
                for control in controls:
                    assert len(control.label) <= 75
                    if isinstance(control, Button | Select):
                        assert len(control.action.pack()) <= ACTION
                    if isinstance(control, Select):
                        assert all(len(choice.label) <= 75 for choice in control.choices)
            case _:
                pass
    assert len(message.summary) <= 200


def form_fits(form: Form) -> None:
    assert len(form.title) <= 24, form.title
    assert len(form.submit) <= 24, form.submit
    assert len(bare(form.intro)) <= 3000
    for field in form.fields:
        assert 0 < len(field.label) <= 45, field.label
        if isinstance(field, ChoiceField):
            assert all(0 < len(choice.label) <= 75 and len(choice.hint) <= 75 for choice in field.choices)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize(("format_", "anonymous"), NAMED)
def test_every_view_fits_at_every_moment(format_: str, anonymous: bool, language: str) -> None:
    states = set()
    for round_ in distinct(played(format_, anonymous=anonymous)):
        states.add(round_.state)
        for view in all_views(words_in(language), round_):
            if isinstance(view, Form):
                form_fits(view)
            else:
                fits(view)
    assert {"inviting", "running", "paused", "cancelled", "done"} <= states


@pytest.mark.parametrize("format_", sorted(shipped()))
def test_no_public_view_shows_what_is_private(format_: str) -> None:
    """Before the reveal nothing of an answer stands anywhere but before its author."""
    secret = "what nobody may read yet"
    language = words_in("en")
    for round_ in played(format_, anonymous=True):
        hidden = tuple(
            replace(one, body=secret) if one.revealed_at is None else one for one in round_.contributions
        )  # fmt: skip
        hiding = replace(round_, contributions=hidden)
        public = [cards.header(language, hiding, people()), *all_notes(language, hiding, people())]
        public += [prompts.step(language, hiding, number, people()) for number in range(len(hiding.steps))]
        public += [
            shown.spoken(language, hiding, one.step, one.id, people())
            for one in hidden
        ]  # fmt: skip
        for message in public:
            assert secret not in message_to_json(message)
        for person in PEOPLE:
            mine = message_to_json(own.mine(language, hiding, seen_by(hiding, person), person, people(), ()))
            owns = any(one.person == person and one.body == secret for one in hidden)
            assert owns or secret not in mine


def test_a_nameless_reveal_shows_no_name() -> None:
    for round_ in played("reveal_together", anonymous=True):
        answers = list(shown.visible(round_, 0).values())
        if not answers:
            continue
        for together in shown.chunks(answers):
            message = shown.reveal(words_in("en"), round_, 0, together, people(), first=True)
            assert NAME not in message_to_json(message)


def test_a_reveal_is_cut_between_answers() -> None:
    *_, round_ = (each for each in played("reveal_together", anonymous=False) if each.current == 1)
    answers = list(shown.visible(round_, 0).values())
    short = [replace(answer, body="x" * 700) for answer in answers]
    assert [len(each) for each in shown.chunks(short)] == [2, 2, 1]
    assert [len(each) for each in shown.chunks([replace(each, body="x") for each in short] * 2)] == [8, 2]
    assert [len(each) for each in shown.chunks(answers)] == [1, 1, 1, 1, 1]
    assert shown.chunks([]) == ()


def test_a_full_reveal_is_one_message_on_both_platforms() -> None:
    *_, round_ = (each for each in played("reveal_together", anonymous=False) if each.current == 1)
    words = words_in("nl")
    contributions = tuple(replace(one, body="x" * 220) for one in round_.contributions)
    round_ = replace(round_, contributions=contributions)
    (together,) = shown.chunks(list(shown.visible(round_, 0).values()))
    message = shown.reveal(words, round_, 0, together, people(), first=True)
    assert len(fit(message, SLACK)) == len(fit(message, DISCORD)) == 1


def test_a_reveal_to_a_role_is_seen_by_its_holder_only() -> None:
    scribe = Role("scribe", {"en": "scribe", "nl": "schrijver"})
    told = step("told", "collect", reveal="to:role:scribe")
    play = Play(made_of(told, step("talk", "open", floor="role:scribe"), roles=(scribe,))).begun("ana", "bo")
    for person in ("ana", "bo"):
        play.says(person)
    holder = next(seat.person for seat in play.round.seats if seat.role == "scribe")
    other = "bo" if holder == "ana" else "ana"
    assert set(shown.visible(play.round, 0, holder)) == {"ana0", "bo0"}
    assert set(shown.visible(play.round, 0, other)) == {f"{other}0"}
    assert not shown.visible(play.round, 0)
    words = words_in("en")
    message = shown.reveal(words, play.round, 0, ("ana0", "bo0"), people(), first=True, viewer=holder)
    assert f"words of {other}" in message_to_json(message)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_too_few_on_one_side_is_not_called_too_few_in_all(language: str) -> None:
    words = words_in(language)
    play = Play(replace(shipped()["boundary_object"], size=Size(4, (4, 9), 9, per_side_min=2)))
    play.does(rules.invite)
    for at, person in enumerate(PEOPLE[:5]):
        play.does(rules.join, person, "speak")
        play.does(rules.take_side, person, "A" if at else "B")
    play.next()
    assert play.round.state == "inviting"
    uneven = "Each side needs {need} people, and one of them has {have}. Ask people to choose their side."
    told = words.label(uneven, have=1, need=2)
    card = cards.header(words, play.round, people())
    for message in (card, holder_letters.decide(words, play.round, "too_few", play.at, None)):
        assert any(bare(block.text).startswith(told) for block in message.blocks if isinstance(block, Words))

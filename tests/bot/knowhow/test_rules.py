"""The rules of an item: what the form makes of a draft, what it needs, and whose words may ever be seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.chat.names import Channel, MessageRef, Space, Thread
from bot.errors import UserMistake
from bot.knowhow import consent, freshness, rules
from bot.knowhow.distil import distil
from bot.knowhow.model import FIELDS, KEEPER, Consent, Item
from bot.knowhow.reference import nearest, number_in
from bot.knowhow.rules import Shape
from bot.knowhow.signals import Said
from bot.knowhow.wording import alike, asked, drafted, shown

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHANNEL = Channel(Space("playground", "school"), "general")
REFS = [MessageRef(CHANNEL, "m1"), MessageRef(CHANNEL, "m2", "m1"), MessageRef(CHANNEL, "m3", "m1")]
SAID = (
    Said("a", "How do you start with a noisy class? In my class it takes ten minutes."),
    Said("b", "Try silence first. It works because they get curious."),
    Said("c", "You could also start with a question on paper."),
)
PEOPLE = {"a": "ana", "b": "bo", "c": "cas"}


def sensed() -> Item:
    item, _facts = rules.keep("i1", "c1", "kim", NOW, place=Thread(CHANNEL, "m1"), message=REFS[0])
    return rules.fill(item, distil(SAID), PEOPLE, REFS)


def shape(item: Item, ticked: set[int] | None = None, **texts: str) -> Shape:
    """The form as it was opened, with some fields changed."""
    proposed = {field: drafted(item, field) for field in FIELDS}
    everything = {quote.n for quote in item.quotes}
    return Shape(frozenset(everything if ticked is None else ticked), {**proposed, **texts})  # type: ignore[dict-item]


def shaped(**texts: str) -> Item:
    return rules.shape(sensed(), shape(sensed(), **texts))[0]


def test_a_thread_fills_in_the_draft_with_its_authors() -> None:
    item = sensed()
    assert [each.person for each in item.contributors] == ["kim", "ana", "bo", "cas"]
    assert drafted(item, "what_we_do") == "1. Try silence first.\n2. You could also start with a question on paper."
    assert drafted(item, "situation") == "In my class it takes ten minutes."
    assert {quote.source for quote in item.quotes} <= set(REFS)


def test_an_untouched_form_keeps_the_quotes() -> None:
    item = shaped()
    assert item.own == {}
    assert item.quotes == sensed().quotes
    assert item.stage == "drafted"


def test_spaces_and_line_ends_are_no_change() -> None:
    item = shaped(what_we_do="1. Try silence first.\r\n2. You could  also start with a question on paper. ")
    assert item.own == {}


def test_changed_words_replace_the_quotes_and_rest_on_the_ticked_ones() -> None:
    item = shaped(what_we_do="Be silent.")
    assert drafted(item, "what_we_do") == "Be silent."
    assert asked(item, 3) == "Be silent.\nIt works because they get curious."
    assert asked(item, 4) == "Be silent."


def test_a_title_and_situation_of_one_s_own_rest_on_nobody() -> None:
    item = shaped(title="Lessons that begin in chaos", situation="After the break, group six")
    assert asked(item, 2) == "", "Ana has no words in it any more"
    assert not consent.ask(item, NOW)[0].contributor_of("ana")
    item = shaped(title="How do you begin with a noisy class?")
    assert "How do you begin with a noisy class?" in asked(item, 2), "that is hers, but for a word"


def test_unticked_sentences_leave_what_is_left() -> None:
    before = sensed()
    [out] = [quote.n for quote in before.quotes if quote.text == "Try silence first."]
    item, _facts = rules.shape(before, shape(before, {quote.n for quote in before.quotes} - {out}))
    assert drafted(item, "what_we_do") == "You could also start with a question on paper."
    assert item.own == {}


def test_an_emptied_field_is_out() -> None:
    item = shaped(because="")
    assert drafted(item, "because") == ""
    assert "curious" not in asked(item, 3)


def test_changed_words_stay_when_the_form_comes_again() -> None:
    item = shaped(what_we_do="Be silent.")
    again, _facts = rules.shape(item, shape(item))
    assert again == item


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"title": "Short"}, {"title"}),
        ({"title": "x" * 91}, {"title"}),
        ({"situation": ""}, {"situation"}),
        ({"what_we_do": ""}, {"what_we_do"}),
        ({"title": "", "situation": "", "what_we_do": ""}, {"title", "situation", "what_we_do"}),
        ({}, set()),
    ],
)
def test_what_know_how_needs(change: dict[str, str], faults: set[str]) -> None:
    assert rules.missing(shaped(**change)).keys() == faults


@pytest.mark.parametrize("transfer", ["ask", "watch", "do_together"])
def test_some_know_how_needs_no_description(transfer: str) -> None:
    item = replace(shaped(what_we_do=""), transfer=transfer)  # type: ignore[arg-type]
    assert not rules.missing(item)


def test_what_know_what_needs() -> None:
    item = replace(shaped(situation="", what_we_do=""), kind="know_what")
    assert rules.missing(item).keys() == {"link"}
    assert not rules.missing(replace(item, link="https://example.org"))


def test_nothing_is_shared_before_everybody_agreed() -> None:
    item, waiting = consent.ask(shaped(), NOW + timedelta(hours=72))
    assert [each.person for each in waiting] == ["ana", "bo", "cas"]
    with pytest.raises(UserMistake):
        rules.share(item, 1, NOW)


def test_fewer_words_need_no_second_yes_and_others_do() -> None:
    item, waiting = consent.ask(shaped(), NOW + timedelta(hours=72))
    for each in waiting:
        item, _facts = consent.answer(item, each.n, each.version, "yes", NOW)
    item, _facts = consent.settle(item, NOW)
    item, _facts = rules.shape(item, shape(item, because=""))
    assert consent.ask(item, NOW)[1] == ()
    item, _facts = rules.shape(item, shape(item, what_we_do="Something else altogether."))
    assert [each.person for each in consent.ask(item, NOW)[1]] == ["bo", "cas"]


def test_an_answer_to_older_words_does_not_count() -> None:
    item, waiting = consent.ask(shaped(), NOW + timedelta(hours=72))
    touched = consent.edited(item, REFS[1], "Try silence for once. It works because they get curious.")
    assert [each.version for each in touched.again] == [2]
    with pytest.raises(UserMistake):
        consent.answer(touched.item, waiting[1].n, 1, "yes", NOW)


def test_one_s_own_words_stand_in_place_of_a_paraphrase() -> None:
    item, _waiting = consent.ask(shaped(what_we_do="Be silent."), NOW + timedelta(hours=72))
    item, _facts = consent.reword(item, 3, {"what_we_do": "I wait.", "because": ""}, named=True, now=NOW)
    assert drafted(item, "what_we_do") == "I wait."
    assert asked(item, 4) == "", "what rested on the other's words as well is out"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("K-1", 1),
        ("k1", 1),
        ("K 042", 42),
        ("#7", 7),
        ("12", 12),
        ("k–3", 3),
        ("retro", None),
        ("", None),
        ("K-x", None),
    ],
)
def test_what_people_call_an_item(typed: str, number: int | None) -> None:
    assert number_in(typed) == number


def test_the_nearest_number() -> None:
    assert nearest(9, [1, 4, 12]) == 12
    assert nearest(8, [4, 12]) == 4
    assert nearest(8, []) is None


def test_freshness_comes_from_facts_alone() -> None:
    item = replace(shaped(), stage="shared", shared_at=NOW, reviewed_at=NOW)
    day = timedelta(days=1)
    assert freshness.label(item, NOW + 200 * day) == "fresh"
    assert freshness.label(item, NOW + 300 * day) == "ageing"
    assert freshness.label(item, NOW + 365 * day) == "due"
    assert freshness.label(replace(item, kind="know_what"), NOW + 190 * day) == "due"
    tried, _facts = rules.has_tried(item, "cas", "did_not_work", "", "", "no", True, NOW + 300 * day)
    assert freshness.label(tried, NOW + 400 * day) == "fresh"
    assert freshness.review_at(tried) == NOW + 665 * day


def test_alike_needs_more_than_one_telling_word() -> None:
    assert alike("How do silent pupils speak up?", "Silent pupil in an online lesson")
    assert alike("Hoe krijg je stille leerlingen aan het woord?", "Een stille leerling aan het woord laten")
    assert not alike("How do you plan a school trip?", "Silent pupils at school")
    assert not alike(
        "When the first lesson is noisy in a new class", "Online lessons where a whole class stays on mute"
    )
    assert not alike("Lessons", "Lessons")
    assert not alike("", "Silent pupils")


AFTER = st.sampled_from(
    [
        "Gone.",
        "Try silence first. Then wait.",
        "Try some silence first. It works because they get so curious.",
        "You could also start with one question on paper.",
        "How would you start with a noisy class? In my class it takes twenty minutes.",
    ]
)
CHANGES: list[dict[str, str]] = [
    {},
    {"because": ""},
    {"what_we_do": "Be silent.", "title": "A title of mine", "situation": "A noisy class"},
    {"title": "A title of mine", "situation": "A noisy class"},
]
ANSWERS: list[Consent] = ["yes", "yes_anonymous", "declined"]


class Consenting(RuleBasedStateMachine):
    """Whatever people do in whatever order: nobody's words are seen by others unless they agreed to exactly those."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.item = sensed()
        self.said: dict[int, set[str]] = {}
        """Every line each contributor has said yes to, and not taken back since."""

    @initialize(how=st.sampled_from(["sensed", "asked", "shared"]))
    def begin(self, how: str) -> None:
        if how != "sensed":
            self.send({})
        if how == "shared":
            self.everybody_says_yes()

    def _try(self, change: Callable[[], tuple[Item, tuple[object, ...]]]) -> bool:
        try:
            self.item = change()[0]
        except UserMistake:
            return False
        return True

    @rule()
    def take_the_title_back(self) -> None:
        """What is shared goes back to its keeper, who has everybody's yes to the rest."""
        if self.item.stage == "shared":
            self.take_back(2)

    @precondition(lambda self: self.item.open)
    @rule(change=st.sampled_from(CHANGES))
    def send(self, change: dict[str, str]) -> None:
        self._try(lambda: rules.shape(self.item, shape(self.item, **change)))
        if rules.missing(self.item):
            return
        self.item, waiting = consent.ask(self.item, self.now + consent.ANSWER_WITHIN)
        if not waiting:
            self._try(lambda: rules.share(self.item, self.item.number or 1, self.now))

    @rule(n=st.integers(2, 4), answer=st.sampled_from(ANSWERS))
    def answer(self, n: int, answer: Consent) -> None:
        known = self.item.contributor(n)
        lines = set(asked(self.item, n).splitlines())
        if known and self._try(lambda: consent.answer(self.item, n, known.version, answer, self.now)):
            if answer != "declined":
                self.said.setdefault(n, set()).update(lines)
            self._settle()

    @rule()
    def everybody_says_yes(self) -> None:
        for n in (2, 3, 4):
            self.answer(n, "yes")

    @rule(n=st.integers(2, 4), named=st.booleans())
    def word_it(self, n: int, named: bool) -> None:
        fields = {quote.field for quote in self.item.quotes if quote.by == n}
        words = {field: f"{field} as {n} says it" for field in fields}
        if words and self._try(lambda: consent.reword(self.item, n, words, named, self.now)):
            self.said.setdefault(n, set()).update(asked(self.item, n).splitlines())
            self._settle()

    @rule(n=st.integers(1, 4))
    def take_back(self, n: int) -> None:
        if self._try(lambda: consent.withdraw(self.item, n, self.now)):
            self.said.pop(n, None)
            self._settle()

    @rule(place=st.integers(0, 2), text=AFTER)
    def edit(self, place: int, text: str) -> None:
        touched = consent.edited(self.item, REFS[place], text)
        self.item = touched.item
        if touched.again:
            self.item = replace(self.item, asked_until=self.now + consent.ANSWER_WITHIN)
        self._settle()
        self._stand()

    @rule(place=st.integers(0, 2))
    def delete(self, place: int) -> None:
        self.item = consent.deleted(self.item, REFS[place]).item
        self._settle()
        self._stand()

    @rule()
    def three_days(self) -> None:
        self.now += consent.ANSWER_WITHIN
        self._settle()

    @rule(n=st.integers(1, 4))
    def forget(self, n: int) -> None:
        known = self.item.contributor(n)
        if known is not None and known.agreed:
            self.item = consent.unname(self.item, n, forgotten=True)

    def _settle(self) -> None:
        if consent.complete(self.item, self.now):
            self.item, _facts = consent.settle(self.item, self.now)
            if not rules.missing(self.item) and self.item.stage != "shared":
                self._try(lambda: rules.share(self.item, self.item.number or 1, self.now))

    def _stand(self) -> None:
        self.item, _facts = consent.stands(self.item, self.now)

    @invariant()
    def only_agreed_words_are_seen(self) -> None:
        if self.item.stage != "shared":
            return
        for quote in self.item.quotes:
            if quote.by == KEEPER:
                continue
            known = self.item.contributor(quote.by)
            assert known is not None
            seen = shown(self.item, quote.field)
            if quote.paraphrased:
                own = self.item.own.get(quote.field, "")
                assert not own or own not in seen or own in self.said.get(quote.by, set())
            elif quote.text in seen:
                assert known.agreed
                assert quote.text in self.said[quote.by]

    @invariant()
    def refused_words_are_not_even_kept(self) -> None:
        if self.item.stage == "shared" and self.item.asked_until is None:
            assert all(self.item.agrees(quote.by) for quote in self.item.quotes if quote.by != KEEPER)

    @invariant()
    def nobody_is_in_it_without_words(self) -> None:
        speaking = {quote.by for quote in self.item.quotes}
        assert all(each.n in speaking or each.n == KEEPER for each in self.item.contributors if self.item.version)

    @invariant()
    def what_is_shared_has_a_number_and_stands(self) -> None:
        if self.item.stage == "shared":
            assert self.item.number == 1
            assert self.item.asked_until is not None or not rules.missing(self.item)


TestConsenting = Consenting.TestCase
TestConsenting.settings = settings(max_examples=250, stateful_step_count=12, deadline=None)

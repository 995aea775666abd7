"""Two people in an item turn out to be one, who linked their accounts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowhow import consent
from bot.knowhow.model import KEEPER, Consent, Contributor, Item, Quote, Tried
from tests.bot.knowhow.test_rules import NOW

TITLE = {"title": "Silence", "situation": "At the start", "what_we_do": "Wait"}
ITEM = Item(
    "i1",
    "c1",
    "kim",
    NOW,
    stage="shared",
    number=1,
    own=TITLE,  # type: ignore[arg-type]
    quotes=(Quote(1, "because", "They become curious.", 2), Quote(2, "except_when", "Not after a fight.", 3)),
    contributors=(
        Contributor(KEEPER, "kim", "yes"),
        Contributor(2, "ana", "yes", "They become curious.", 1, may_ask=True),
        Contributor(3, "bo", "yes_anonymous", "Not after a fight.", 1),
    ),
    tried=(Tried(1, "bo", "worked", "", "", "yes", named=True, at=NOW),),
)


def quoted(item: Item) -> dict[str, int]:
    return {quote.text: quote.by for quote in item.quotes}


def test_nobody_else_is_in_it() -> None:
    one = consent.unite(ITEM, "bo", "eva")
    assert one.contributors[2] == replace(ITEM.contributors[2], person="eva")
    assert one.tried[0].person == "eva"
    assert consent.unite(ITEM, "gus", "eva") == ITEM


def test_the_lesser_of_two_yeses_holds_for_the_words_of_both() -> None:
    one = consent.unite(ITEM, "ana", "bo")
    (known,) = [each for each in one.contributors if each.person == "bo"]
    assert (known.consent, known.may_ask) == ("yes_anonymous", False)
    assert quoted(one) == {"They become curious.": known.n, "Not after a fight.": known.n}
    assert known.text == "Not after a fight.\nThey become curious."
    assert "'ana'" not in repr(one)


@pytest.mark.parametrize(("person", "into"), [("ana", "kim"), ("kim", "ana")])
def test_what_the_keeper_chose_of_their_own_words_needs_no_asking(person: str, into: str) -> None:
    asked = replace(ITEM.contributors[1], consent="pending")
    item = replace(ITEM, contributors=(ITEM.contributors[0], asked, ITEM.contributors[2]), asked_until=NOW)
    one = consent.unite(item, person, into)
    assert (one.keeper, one.contributors[0].person, one.contributors[0].n) == (into, into, KEEPER)
    assert one.contributors[0].consent == "yes"
    assert quoted(one)["They become curious."] == KEEPER
    assert len(one.contributors) == 2


@pytest.mark.parametrize("said", ["declined", "withdrawn"])
@pytest.mark.parametrize(("person", "into"), [("ana", "bo"), ("bo", "ana")])
def test_words_that_were_refused_go_and_the_others_stay(said: Consent, person: str, into: str) -> None:
    no = replace(ITEM.contributors[1], consent=said)
    item = replace(ITEM, contributors=(ITEM.contributors[0], no, ITEM.contributors[2]))
    one = consent.unite(item, person, into)
    assert list(quoted(one)) == ["Not after a fight."]
    (known,) = [each for each in one.contributors if each.n != KEEPER]
    assert (known.person, known.consent) == (into, "yes_anonymous")


@pytest.mark.parametrize(("person", "into"), [("ana", "bo"), ("bo", "ana")])
def test_who_has_yet_to_answer_answers_for_both(person: str, into: str) -> None:
    asked = replace(ITEM.contributors[1], consent="pending")
    item = replace(ITEM, contributors=(ITEM.contributors[0], asked, ITEM.contributors[2]), asked_until=NOW)
    one = consent.unite(item, person, into)
    (known,) = [each for each in one.contributors if each.n != KEEPER]
    assert (known.n, known.person, known.consent, known.version) == (2, into, "pending", 1)
    refused, _ = consent.answer(one, 2, 1, "declined", NOW)
    settled, _ = consent.settle(refused, NOW)
    assert settled.quotes == ()

"""The forms and messages as both platforms show them: nothing of ours is cut, and people's words are no markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.chat.capabilities import DISCORD, SLACK, Capabilities
from bot.chat.fit import fit, fit_form
from bot.chat.forms import ChecksField, ChoiceField, Form, TextField
from bot.chat.messages import Heading, Message
from bot.chat.names import Account, Space
from bot.chat.people import Person
from bot.chat.text import Plain
from bot.chat.wire import message_from_json, message_to_json
from bot.knowhow import forms, letters, rules, views
from bot.knowhow.distil import distil
from bot.knowhow.model import Item, Tried
from bot.texts.catalogue import words_in
from tests.bot.knowhow.threads import THREADS
from tests.knock import as_words

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def person(id_: str) -> Person:
    account = Account(Space("playground", "school"), id_)
    return Person(id_, "c1", id_.title(), account, "De Werkplaats", "nl", "Europe/Amsterdam")


PEOPLE = {id_: person(id_) for id_ in ("kim", "a", "b", "c")}


def item() -> Item:
    kept, _facts = rules.keep("i" * 12, "c1", "kim", NOW)
    thread = THREADS[0].thread
    filled = rules.fill(kept, distil(thread), {key: key for key in "abc"}, [None] * len(thread))
    agreed = tuple(replace(each, consent="yes", may_ask=True) for each in filled.contributors)
    report = Tried(1, "c", "worked_changed", "groep 8", "korter", "yes", named=True, at=NOW)
    return replace(
        filled, stage="shared", number=1, shared_at=NOW, contributors=agreed, sensitive=True, tried=(report,)
    )


def all_forms(language: str) -> list[Form]:
    words, kept, bo = words_in(language), item(), person("bo")
    known = kept.contributors[1]
    return [
        forms.draft(words, kept, PEOPLE),
        forms.reword(words, kept, known),
        forms.tried(words, kept),
        forms.question_for(words, kept, 2, bo),
        forms.reply_to(words, kept, bo),
        forms.change(words, kept),
        forms.search(words),
        forms.question_for_all(words, here=True, home=True),
    ]


def all_messages(language: str) -> list[Message]:
    words, kept, bo = words_in(language), item(), person("bo")
    known = replace(kept.contributors[1], text="Bij mij blijft iedereen op mute.", version=1)
    return [
        views.card(words, kept, PEOPLE, NOW),
        views.private(words, kept, PEOPLE, NOW, PEOPLE["a"]),
        views.freshness_of(words, kept, NOW, may_review=True, keeps=True),
        letters.draft(words, kept, [(bo.shown(),)], [kept, kept, kept], PEOPLE),
        letters.consent(words, kept, known, bo),
        letters.agreed(words, kept, known),
        letters.introduction(words, kept, 2, bo, "Welk verhaal?"),
        letters.stays(words, kept),
        letters.is_it_new(words, kept, [kept], PEOPLE),
    ]


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("platform", [SLACK, DISCORD], ids=["slack", "discord"])
def test_forms_fit(language: str, platform: Capabilities) -> None:
    for form in all_forms(language):
        pages = fit_form(form, platform)
        shown = [field for page in pages for field in page.fields]
        assert pages[0].title == form.title
        assert [field.label for field in shown] == [field.label for field in form.fields]
        for field, whole in zip(shown, form.fields, strict=True):
            if isinstance(field, ChoiceField | ChecksField):
                assert field.choices == whole.choices
            if isinstance(whole, TextField):
                assert len(whole.value) <= whole.most <= 3000


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("platform", [SLACK, DISCORD], ids=["slack", "discord"])
def test_messages_fit_in_one(language: str, platform: Capabilities) -> None:
    for message in all_messages(language):
        assert "…" not in "".join(as_words(part) for part in fit(message, platform))
        assert message_from_json(message_to_json(message)) == message


def test_people_s_words_are_no_markup() -> None:
    wild = "*bold* <!channel> @everyone {name} [x](y) \u202egnirts 🙂"
    kept = item()
    kept = replace(kept, own={"situation": wild, "title": wild}, quotes=())
    card = views.card(words_in("en"), kept, PEOPLE, NOW)
    assert f"K-1 · {wild}" in [block.text for block in card.blocks if isinstance(block, Heading)]
    spans = [span for block in card.blocks for _label, text in getattr(block, "rows", ()) for span in text]
    assert Plain(wild) in spans
    letter = letters.consent(words_in("en"), kept, replace(kept.contributors[1], text=wild), None)
    assert f"\n{wild}\n" in as_words(letter)

"""The journey's words: all days, both languages, and nothing that a platform would have to cut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat.capabilities import DISCORD, SLACK, Capabilities
from bot.chat.fit import fit, fit_form
from bot.chat.forms import Form
from bot.chat.messages import Message
from bot.chat.names import Account, Channel, Space
from bot.chat.people import Community
from bot.newcomers import forms, letters, overview, views
from bot.newcomers.company import Company
from bot.newcomers.feature import FEATURE
from bot.newcomers.journey import CHECKINS
from bot.newcomers.model import DAYS, CheckinAnswer, Help, Pairing
from bot.texts.catalogue import Words, words_in
from tests.bot.newcomers.people import ANNA, MONDAY, SPACE, newcomer

BO = replace(ANNA, id="p2", name="Wilhelmina van den Boogaard-Oosterhuis")
AROUND = Company(ANNA, Community("c1", "De Werkplaats voor ontwikkeling"), BO, (BO,), Channel(SPACE, "home"))
ALONE = replace(AROUND, buddy=None, facilitators=(), place=None)
HELP = Help("h1", "n1", "p1", "chat", "x" * forms.LONGEST, with_name=True, asked=MONDAY)
QUESTION = CheckinAnswer("a1", "n1", "p1", "returned", "x" * forms.LONGEST, MONDAY)
ON_DISCORD = replace(ANNA, account=Account(Space("discord", "G1"), "anna"))
ID = "abcdefghijkm.90"


def all_forms(words: Words, around: Company) -> list[Form]:
    return [
        forms.line(words, ID),
        forms.question(words, ID, around),
        *(forms.help_wanted(words, ID, kind, choose=True) for kind in ("chat", "trio", "link", "task")),
        *(forms.share(words, ID, around, to) for to in ("buddy", "circle", "nobody")),
        forms.look_back(words, ID, around),
        forms.reply(words, ID, BO.name),
        forms.learned(words, ID),
    ]


def all_messages(words: Words, around: Company) -> list[Message]:
    new, pairing = newcomer(), Pairing("b1", "n1", "p1", "p2", MONDAY)
    return [
        *(views.checkin(words, new, day, around) for day in DAYS),
        views.start_button(words, new, ANNA),
        *(views.crowd(words, people, others) for people, others in (((ANNA,), 0), ((ANNA, BO, BO), 497), ((), 0))),
        views.standing(words),
        views.button_moved(words, around.place),
        Message(tuple(views.new_here(words))),
        Message(tuple(views.waits(words, new))),
        views.here_for_long(words, BO),
        views.checkin(words, new, 0, replace(around, person=ON_DISCORD)),
        Message(tuple(letters.came_back(words, QUESTION))),
        Message(tuple(views.stored(words, new, around))),
        Message(tuple(views.stopped(words, new))),
        *(
            Message(tuple(views.menu(words, replace(new, pace=pace), around)))
            for pace in ("unanswered", "regular", "fewer")
        ),
        Message(tuple(letters.stuck(words, ID, around))),
        *(letters.would_like(words, replace(HELP, kind=kind), ANNA) for kind in ("chat", "trio", "link", "task")),
        letters.would_like(words, HELP, ANNA, again=True),
        letters.not_reached(words, HELP, ANNA),
        letters.another(words, HELP, refused=True),
        letters.own_up(words, (BO,), (BO,)),
        letters.buddy_start(words, pairing, ANNA),
        letters.buddy_ten(words, ANNA),
        letters.buddy_end(words, pairing),
        overview.card(words, [(MONDAY.date(), 7)], {"listening": 5}, {}),
    ]


@pytest.mark.parametrize("capabilities", [SLACK, DISCORD])
@pytest.mark.parametrize("around", [AROUND, ALONE])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_nothing_is_cut(language: str, around: Company, capabilities: Capabilities) -> None:
    words = words_in(language)
    for form in all_forms(words, around):
        assert fit_form(form, capabilities) == (form,)
    for message in all_messages(words, around):
        assert len(fit(message, capabilities)) == 1
        assert [block for block in fit(message, capabilities)[0].blocks if block.kind != "controls"] == [
            block for block in message.blocks if block.kind != "controls"
        ]


def test_every_day_has_its_check_in_and_every_button_does_something() -> None:
    assert tuple(each.day for each in CHECKINS) == DAYS
    for each in CHECKINS:
        for _, name in each.buttons:
            assert name in FEATURE.buttons


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_button_and_form_that_is_shown_is_answered(language: str) -> None:
    words = words_in(language)
    for message in all_messages(words, AROUND):
        for block in message.blocks:
            for control in block.controls if block.kind == "controls" else ():
                assert control.kind == "button"
                assert control.action.name in FEATURE.buttons
    for form in all_forms(words, AROUND):
        assert form.action.name in FEATURE.forms

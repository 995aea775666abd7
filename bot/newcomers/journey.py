"""The journey as data: which text and which buttons come on which day. What the buttons do stands in `replying.py`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.newcomers.model import STAGES, Stage
from bot.texts.catalogue import _

Label = tuple[str, str]
"""A button's English text, and the name of what it does."""


@dataclass(frozen=True, slots=True)
class Checkin:
    day: int
    text: str
    buttons: tuple[Label, ...]


FINE: Label = (_("Fine"), "checkin.fine")
QUESTION: Label = (_("A question"), "checkin.question")
STUCK: Label = (_("Stuck"), "checkin.stuck")
FEWER: Label = (_("Fewer of these"), "checkin.fewer")
STOP: Label = (_("Stop these"), "checkin.stop")
YES: Label = (_("Yes"), "checkin.yes")
ASKED: Label = (_("Only when I ask"), "checkin.asked")
STORED: Label = (_("What do you store?"), "checkin.stored")
ON: Label = (_("Check-ins, please"), "checkin.on")

CHECKINS = (
    Checkin(
        0,
        _(
            "Hi {name}, welcome to {community}. I'm a bot; I keep time and memory here, people do the talking. "
            "You may read along as long as you like, that is a real way of taking part. "
            "{buddy} is happy to hear from you. May I drop by a few times in your first three months?"
        ),
        (YES, ASKED, STORED),
    ),
    Checkin(
        1,
        _(
            "Shall I introduce you in {hello_channel}? One line about yourself and one thing you are curious about "
            "is plenty. You see it before anyone else does."
        ),
        (
            (_("Write my line"), "checkin.line"),
            (_("I'll do it myself"), "checkin.myself"),
            (_("Not needed"), "checkin.unneeded"),
        ),
    ),
    Checkin(
        3,
        _(
            "Three days in. Is there a word, habit or channel here that makes no sense yet? No question is too small; "
            "I can pass it on without your name."
        ),
        (FINE, QUESTION, STUCK, FEWER, STOP),
    ),
    Checkin(
        7,
        _(
            "One week. {listening_seat} has room for someone who just wants to listen. "
            "Or shall I link you to somebody who does similar work?"
        ),
        (
            (_("Listen along"), "checkin.listen"),
            (_("Link me"), "checkin.link"),
            (_("Not now"), "checkin.not_now"),
        ),
    ),
    Checkin(
        14,
        _(
            "Two weeks. What struck you that we no longer notice ourselves? Fresh eyes fade fast. "
            "You decide whether it goes further."
        ),
        (
            (_("Share it with {buddy}"), "checkin.share_buddy"),
            (_("Share it in the circle"), "checkin.share_circle"),
            (_("Just between us"), "checkin.share_nobody"),
            (_("Nothing yet"), "checkin.nothing"),
        ),
    ),
    Checkin(
        30,
        _(
            "A month. How is it to be here? And what would be a nice next step: reading along, a trio, a small task, "
            "or just staying where you are?"
        ),
        (
            (_("Reading along"), "checkin.reading"),
            (_("A trio"), "checkin.trio"),
            (_("A small task"), "checkin.task"),
            (_("I'm fine here"), "checkin.staying"),
            STUCK,
        ),
    ),
    Checkin(
        60,
        _(
            "Two months. Have you tried something here that you picked up from someone? "
            "They would like to know, also if it did not work."
        ),
        (
            (_("I tried this"), "checkin.tried"),
            (_("Not yet"), "checkin.not_yet"),
            STOP,
        ),
    ),
    Checkin(
        90,
        _(
            "Three months, so this is my last check-in. What should we keep and what should we do differently "
            "for the next newcomer? And would you like to be a buddy one day?"
        ),
        (
            (_("Answer"), "checkin.look_back"),
            (_("I'd like to be a buddy"), "checkin.be_buddy"),
            (_("Thanks, bye"), "checkin.bye"),
        ),
    ),
)

BY_DAY = {each.day: each for each in CHECKINS}

STAGE_NAMES: dict[Stage, str] = dict(
    zip(
        STAGES,
        (
            _("arriving"),
            _("listening"),
            _("first contribution"),
            _("contributing"),
            _("core"),
            _("now and then"),
            _("alumnus"),
        ),
        strict=True,
    )
)

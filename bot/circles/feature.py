"""The circles' feature: its table of contents."""

from __future__ import annotations

from bot.chat.commands import Command, Option
from bot.circles import asking, declaring, holding, joining, keeping, own, proposing
from bot.context import Feature
from bot.texts.catalogue import _

_CIRCLE = Option("circle", _("the circle's number; without it I ask which"), kind="number")

FEATURE = Feature(
    name="circles",
    commands=(
        (
            Command(
                ("circle", "new"),
                _("Make a circle around a question of your own"),
                (Option("name", _("what it is called"), kind="text", rest=True),),
            ),
            holding.new,
        ),
        (
            Command(("circle", "form"), _("Form circles of who is on the list"), who="facilitator"),
            proposing.form,
        ),
        (Command(("circle", "home"), _("Your circles, and what you can do there"), looks=True), own.home),
        (
            Command(
                ("circle", "question"),
                _("The question of your circle"),
                (Option("text", _("the new question"), kind="text", rest=True),),
            ),
            holding.question,
        ),
        (Command(("circle", "join"), _("Join a circle, or the list for new ones"), (_CIRCLE,)), joining.join),
        (Command(("circle", "leave"), _("Leave a circle"), (_CIRCLE,), looks=True), joining.leave),
        (Command(("circle", "rest"), _("Let a circle rest for a while"), (_CIRCLE,)), holding.rest),
        (Command(("circle", "close"), _("Close a circle for good"), (_CIRCLE,), looks=True), holding.close),
    ),
    buttons={
        "circle.home": own.home_pressed,
        "circle.all": own.all_pressed,
        "circle.join": joining.join_pressed,
        "circle.leave": joining.leave_pressed,
        "circle.left": joining.left,
        "circle.stay": joining.stay,
        "circle.ask": holding.ask_pressed,
        "circle.hold": holding.hold,
        "circle.rest": holding.rest_pressed,
        "circle.open": holding.open_pressed,
        "circle.call": holding.call,
        "circle.close": holding.close_pressed,
        "circle.closed": holding.closed,
        "circle.fine": asking.fine,
        "circle.else": asking.something_else,
        "circle.ready": asking.stays_ready,
        "circle.about": declaring.about,
        "circle.wishes": declaring.wishes,
        "circle.wish": declaring.wish,
        "circle.unwish": declaring.unwish,
        "circle.eleven": proposing.form_eleven,
        "circle.agree": proposing.agree,
        "circle.more": proposing.more,
        "circle.drop": proposing.drop,
        "circle.anew": proposing.anew,
    },
    forms={
        "circle.new": holding.new_sent,
        "circle.question": holding.question_sent,
        "circle.form": proposing.sent,
        "circle.about": declaring.about_sent,
        "circle.wish": declaring.wish_sent,
    },
    deadlines={"circle": asking.came_due, "circle.forming": proposing.came_due},
    refused={"circle.letter": keeping.not_asked},
    left=(own.left,),
    menu=(own.menu,),
    home=(own.page,),
    exports=(own.exports,),
    forgets=(own.forget,),
    unites=(own.unite,),
)

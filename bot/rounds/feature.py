"""The rounds' table of contents."""

from __future__ import annotations

from bot.chat.commands import Command, Option
from bot.context import CommandHandler, Feature
from bot.refusals import file_not_sent
from bot.rounds import (
    answering,
    asking_help,
    belonging,
    consenting,
    following,
    handlers,
    joining,
    light_tasks,
    listening,
    objecting,
    own_formats,
    places,
    records,
    repeating,
    scheduling,
    second_circle,
    showing,
    starting,
    steering,
    suggesting,
    too_much,
    voting,
    weighing,
)
from bot.rounds.crossing import CROSSINGS
from bot.rounds.handlers import pressed, verb
from bot.texts.catalogue import _

START = Command(
    ("round", "start"),
    _("invite people to a dialogue round in this channel"),
    (
        Option("format", _("which one; without it a form opens"), source="round.formats"),
        Option("topic", _("what it is about, between quotes"), "text"),
        Option("preset", _("spread over days, or live in one sitting"), "choice", choices=("async", "live")),
        Option("hours", _("how long each step is open"), "number"),
        Option("anonymous", _("answers are shown without names"), "choice", choices=("yes", "no")),
        Option("where", _("here, or in every space of the community"), "choice", choices=("here", "everywhere")),
    ),
)
SCHEDULE = Command(
    ("round", "schedule"),
    _("a round that comes back by itself; without words the list of them"),
    (
        Option("when", _("such as every second Tuesday 10:00; or skip, or stop"), "text", rest=True),
        Option("format", _("which one; without it a form opens"), source="round.formats"),
        Option("topic", _("what it is about, between quotes"), "text"),
        Option("preset", _("spread over days, or live in one sitting"), "choice", choices=("async", "live")),
    ),
)
FORMAT = Command(
    ("round", "format"),
    _("formats of your own; new makes one"),
    (
        Option("what", _("make one, read one, or drop one of your own"), "choice", choices=("new", "show", "drop")),
        Option("format", _("which one"), source="round.formats", rest=True),
    ),
)
JOIN = Command(
    ("round", "join"),
    _("take part in the round here"),
    (Option("way", _("speak, or listen first"), "choice", choices=("speak", "listen")),),
)
EXTEND = Command(
    ("round", "extend"),
    _("this step takes longer"),
    (Option("hours", _("how many hours; in a live round minutes"), "number"),),
)
PAUSE = Command(
    ("round", "pause"),
    _("put the round on hold"),
    (Option("days", _("how many days; without it until you resume"), "number"),),
)
GIVE = Command(
    ("round", "give"),
    _("ask somebody else to hold the round"),
    (Option("member", _("who could hold it"), "person", required=True),),
)

BALANCE = Command(
    ("round", "balance"), _("how much you search and how much you hold on: two hands"), who="facilitator", looks=True
)
OF_CIRCLE = Command(
    ("circle", "balance"),
    _("how much your circle searches and how much it holds on"),
    (Option("circle", _("the circle's number; without it I ask which"), kind="number"),),
    looks=True,
)
SHOW = Command(
    ("round", "show"),
    _("the record of a round: what stays of it"),
    (Option("round", _("such as R-7; without it the one of this thread, or the last one here")),),
    looks=True,
)
EXPORT = Command(
    ("round", "export"),
    _("the record of a round, as files"),
    (Option("round", _("such as R-7; without it the one of this thread, or the last one here")),),
)
CROSSING = Command(
    ("round", "crossing"),
    _("what goes from this space to others in rounds that stand in several"),
    (Option("what", _("without it, what goes now"), "choice", choices=CROSSINGS),),
    who="host",
)

PASS = Command(("round", "pass"), _("pass, which is a full answer; nobody hears of it"), aliases=(("pass",),))

COMMANDS: tuple[tuple[Command, CommandHandler], ...] = (
    (START, starting.start),
    (Command(("round", "suggest"), _("three questions, and formats that fit")), suggesting.suggest),
    (SCHEDULE, scheduling.schedule),
    (FORMAT, own_formats.format_),
    (JOIN, verb("join", "way")),
    (Command(("round", "begin"), _("begin now, with whoever is in")), verb("begin")),
    (Command(("round", "status"), _("where the round is, and your part in it"), looks=True), verb("status")),
    (SHOW, showing.show),
    (EXPORT, showing.export),
    (CROSSING, showing.crossing),
    (BALANCE, weighing.show),
    (OF_CIRCLE, weighing.of_circle),
    (Command(("round", "skip"), _("go on without this step")), verb("skip")),
    (EXTEND, verb("extend", "hours")),
    (PAUSE, verb("pause", "days")),
    (Command(("round", "resume"), _("go on after a pause")), verb("resume")),
    (GIVE, verb("give", "member")),
    (Command(("round", "move"), _("let a round go on here whose channel is gone")), places.move),
    (Command(("round", "close"), _("end this step as usual and wrap up")), verb("close")),
    (Command(("round", "cancel"), _("stop the round for everybody")), verb("cancel")),
    (PASS, verb("pass")),
    (Command(("round", "later"), _("let the word come back to you at the end"), aliases=(("later",),)), verb("later")),
    (Command(("round", "time"), _("ask for more time")), verb("time")),
    (Command(("round", "done"), _("say that you are done with this step"), aliases=(("done",),)), verb("done")),
)

STANDING = (
    "header", "group", "step", "turn", "ready", "said", "reveal", "result", "quiet", "away", "voice", "closing", "gift",
    "record", "look",
)  # fmt: skip
"""What messages of a round in its channel and thread are about."""

FEATURE = Feature(
    name="rounds",
    commands=COMMANDS,
    lists={"round.formats": starting.names},
    buttons={
        "round.start": starting.open_form,
        "round.help": suggesting.help_me,
        "round.ofcircle": weighing.of_circle_pressed,
        "round.suggest": suggesting.answered,
        "round.propose": suggesting.start,
        **scheduling.BUTTONS,
        **places.BUTTONS,
        **second_circle.BUTTONS,
        **asking_help.BUTTONS,
        **too_much.BUTTONS,
        **belonging.BUTTONS,
        **objecting.BUTTONS,
        **following.BUTTONS,
        "round.dropformat": own_formats.dropped,
        "round.speak": joining.speak,
        "round.voice": joining.voice,
        "round.listen": joining.listen,
        "round.decline": joining.decline,
        "round.what": joining.what,
        "round.language": joining.language,
        "round.leave": joining.leave,
        "round.behind": joining.leave_behind,
        "round.mine": pressed("status"),
        "round.answer": answering.answer,
        "round.edit": answering.edit,
        "round.retract": answering.retract,
        "round.respond": answering.respond,
        "round.pass": answering.pass_by,
        "round.time": answering.need_time,
        "round.later": answering.later,
        "round.done": answering.done,
        "round.wish": answering.wish,
        "round.usethis": listening.use_this,
        "round.vote": voting.vote,
        "round.ballot": voting.ballot,
        "round.keep": consenting.keep,
        "round.consent": consenting.consent,
        "round.askme": consenting.ask_me,
        **showing.BUTTONS,
        **light_tasks.BUTTONS,
        "round.differently": consenting.differently,
        "round.names": consenting.names,
        "round.only": consenting.only,
        "round.begin": pressed("begin"),
        "round.skip": steering.skip_this,
        "round.resume": pressed("resume"),
        "round.close": pressed("close"),
        "round.cancel": pressed("cancel"),
        "round.cancelled": steering.cancelled,
        "round.extend": steering.ask_how_long,
        "round.pause": steering.ask_until_when,
        "round.give": steering.ask_who,
        "round.reword": steering.ask_question,
        "round.wait": steering.wait_a_day,
        "round.switch": steering.switch,
        "round.rest": steering.rest,
        "round.accept": steering.accept,
        "round.goon": steering.go_on,
        "round.letwait": steering.go_on,
        "round.rathernot": steering.go_on,
    },
    choices={"round.choose": handlers.chosen, "round.format": starting.format_chosen},
    forms={
        "round.start": starting.sent,
        "round.format": own_formats.sent,
        **scheduling.FORMS,
        **belonging.FORMS,
        "round.answer": answering.answered,
        "round.edit": answering.edited,
        "round.respond": answering.responded,
        "round.vote": voting.voted,
        "round.ballot": voting.objected,
        "round.differently": consenting.put_differently,
        **light_tasks.FORMS,
        **objecting.FORMS,
        **following.FORMS,
        "round.extend": steering.extended,
        "round.pause": steering.paused,
        "round.give": steering.given,
        "round.reword": steering.reworded,
    },
    deadlines={
        "round.smallstep": light_tasks.step_due,
        "round": listening.came_due,
        "round.look": following.look_day,
        "round.schedule": repeating.came_due,
    },
    refused={f"round.{name}": listening.refused for name in STANDING}
    | {"round.usethis": listening.unread, "round.file": file_not_sent},
    fetched={"round.usethis": listening.fetched},
    posted=(listening.posted,),
    edited=(listening.edited,),
    deleted=(listening.deleted,),
    left=(listening.member_left, repeating.member_left),
    menu=(records.menu,),
    home=(records.page,),
    exports=(records.export, repeating.export),
    forgets=(records.forget, repeating.forget),
    unites=(records.unite, repeating.unite),
    took_part=(records.took_part,),
)

"""The community's table of contents."""

from __future__ import annotations

from bot.chat.commands import Command, Option
from bot.community import handlers, installed, kept, leaving, linking, me, page, setup
from bot.context import Feature
from bot.refusals import file_not_sent
from bot.texts.catalogue import LANGUAGES, _

MENU = Command((), _("everything you can do here, with buttons"), looks=True)
HELP = Command(
    ("help",),
    _("all commands, or one of them in detail"),
    (Option("noun", _("such as round or knowhow"), source="community.nouns"),),
    looks=True,
    aliases=(("hulp",),),
)
ME = Command(("me",), _("what I know about you, and what you can change"), looks=True)
DATA = Command(("me", "data"), _("everything I keep about you, as a file"))
FORGET = Command(("me", "forget"), _("erase everything about you"), looks=True)
PAUSE = Command(
    ("me", "pause"),
    _("nothing that you did not ask for, for a while"),
    (Option("days", _("how many days; without it I ask"), "number"),),
)
RESUME = Command(("me", "resume"), _("end your pause"))
LANGUAGE = Command(
    ("me", "language"),
    _("the language I speak with you"),
    (Option("language", _("one of these"), "choice", choices=tuple(LANGUAGES)),),
)
TIMEZONE = Command(
    ("me", "timezone"),
    _("your time zone"),
    (Option("name", _("a city is enough, such as Amsterdam"), "text", rest=True),),
)
QUIET = Command(
    ("me", "quiet"),
    _("when I leave you alone"),
    (Option("hours", _("such as 18:00-9:00 mon-fri, or off"), "text", rest=True),),
)
ROLE = Command(
    ("me", "role"),
    _("what you do, in your own words"),
    (Option("text", _("such as teacher of history"), "text", rest=True),),
)
LINK_ACCOUNT = Command(
    ("me", "link"),
    _("link your account in another space: without a code you get one"),
    (Option("code", _("the code that your other account got"), "text", rest=True),),
)
UNLINK = Command(("me", "unlink"), _("take this account apart from your others again"))
SETUP = Command(("setup",), _("set up Kring for this community"), who="host")
CHECK = Command(("setup", "check"), _("what is set, and what is missing"), who="host")
FACILITATOR = Command(
    ("setup", "facilitator"),
    _("who holds rounds for others; without a name it lists them"),
    (
        Option("person", _("who it is about"), "person"),
        Option("off", _("no more: this person, or without a name everybody"), "choice", choices=("off",)),
    ),
    who="host",
)
LINK = Command(
    ("setup", "link"),
    _("one community over several spaces: without a code you get one for the other space"),
    (Option("code", _("the code from the community to join"), "text", rest=True),),
    who="host",
)

FEATURE = Feature(
    name="community",
    commands=(
        (MENU, handlers.menu),
        (HELP, handlers.help_),
        (ME, me.me),
        (PAUSE, me.pause),
        (RESUME, me.resume),
        (LANGUAGE, me.language),
        (TIMEZONE, me.timezone),
        (QUIET, me.quiet_hours),
        (ROLE, me.role),
        (LINK_ACCOUNT, linking.link),
        (UNLINK, linking.unlink),
        (DATA, leaving.data),
        (FORGET, leaving.forget),
        (SETUP, setup.setup),
        (CHECK, setup.check_setup),
        (FACILITATOR, setup.facilitator),
        (LINK, setup.link),
    ),
    lists={"community.nouns": handlers.nouns},
    buttons={
        "help.show": handlers.show_help,
        "me.show": me.show,
        "me.why": handlers.why,
        "me.speak": me.speak,
        "me.timezone": me.ask_timezone,
        "me.quiet": me.ask_quiet,
        "me.role": me.ask_role,
        "me.pause": me.pause_pressed,
        "me.resume": me.resume_pressed,
        "me.data": leaving.send_data,
        "me.link": linking.offer,
        "me.linked": linking.linked,
        "me.unlinked": linking.unlinked,
        "me.forget": leaving.ask_forget,
        "me.forgotten": leaving.forgotten,
        "me.stay": leaving.stay,
        "setup.open": setup.open_form,
        "setup.home": setup.home,
        "setup.contacts": setup.ask_contacts,
        "setup.space": setup.ask_space,
        "setup.daysoff": setup.ask_days_off,
    },
    choices={"me.language": me.language_chosen, "setup.budget": setup.budget, "setup.threads": setup.threads},
    forms={
        "me.timezone": me.timezone_sent,
        "me.quiet": me.quiet_sent,
        "me.role": me.role_sent,
        "setup.save": setup.sent,
        "setup.contacts": setup.contacts_sent,
        "setup.space": setup.space_sent,
        "setup.daysoff": setup.days_off_sent,
    },
    deadlines={"community.tidy": handlers.tidy},
    refused={"me.file": file_not_sent},
    left=(handlers.left,),
    installed=(installed.greet,),
    opened=(page.opened,),
    exports=(kept.export,),
)

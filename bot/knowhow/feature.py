"""What know-how offers: its commands, buttons, forms and deadlines, and what it listens to."""

from __future__ import annotations

from bot.chat.commands import Command, Option
from bot.context import Feature
from bot.knowhow import (
    consenting,
    drafting,
    finding,
    following,
    introducing,
    keeping,
    offering,
    privacy,
    trying,
    unshown,
)
from bot.refusals import file_not_sent
from bot.texts.catalogue import _

_ITEM = Option("item", _("its name, such as K-1"), kind="text", required=True, rest=True, source="knowhow.items")

ADD = Command(
    ("knowhow", "add"),
    _("Write down something you do, or a document worth knowing."),
    (
        Option("title", _("a question, or when … then …"), kind="text", rest=True),
        Option("what", _("the link, for a document"), kind="text"),
    ),
)
FIND = Command(
    ("knowhow", "find"),
    _("Find what was kept, by words."),
    (Option("words", _("what you are looking for"), kind="text", rest=True),),
    looks=True,
)
SHOW = Command(("knowhow", "show"), _("Show one item."), (_ITEM,), looks=True)
WHO = Command(
    ("knowhow", "who"),
    _("Find whom you can ask about something."),
    (Option("topic", _("what it is about"), kind="text", required=True, rest=True),),
    looks=True,
)
TRIED = Command(("knowhow", "tried"), _("Tell how it went when you tried it."), (_ITEM,))
REVIEW = Command(
    ("knowhow", "review"),
    _("See how fresh an item is, and say whether it still holds."),
    (Option("item", _("its name, such as K-1"), kind="text", rest=True, source="knowhow.items"),),
    looks=True,
)
KEEP = Command(("knowhow", "keep"), _("Keep the thread you type this in: you get a draft."), aliases=(("keep",),))
EXPORT = Command(("knowhow", "export"), _("Get everything that is shared as one file."))

FEATURE = Feature(
    name="knowhow",
    commands=(
        (ADD, drafting.add),
        (FIND, finding.find),
        (SHOW, finding.show),
        (WHO, finding.who),
        (TRIED, trying.tried),
        (REVIEW, finding.review),
        (EXPORT, finding.export),
        (KEEP, keeping.command),
    ),
    shortcuts={"keep": keeping.shortcut},
    lists={"knowhow.items": finding.names},
    buttons={
        "knowhow.keep": keeping.button,
        "knowhow.again": keeping.again,
        "knowhow.offer": offering.keep,
        "knowhow.leave": offering.leave,
        "knowhow.draft": drafting.look,
        "knowhow.drop": drafting.drop,
        "knowhow.share": drafting.share_anyway,
        "knowhow.add": drafting.add_button,
        "knowhow.see": consenting.see,
        "knowhow.yes": consenting.yes,
        "knowhow.unnamed": consenting.unnamed,
        "knowhow.no": consenting.no,
        "knowhow.reword": consenting.word_it,
        "knowhow.mayask": consenting.may_ask,
        "knowhow.noask": consenting.no_asking,
        "knowhow.unname": consenting.take_name_off,
        "knowhow.withdraw": consenting.withdraw,
        "knowhow.search": finding.search_form,
        "knowhow.open": finding.open_item,
        "knowhow.history": finding.history,
        "knowhow.here": finding.show_here,
        "knowhow.circle": finding.circle_form,
        "knowhow.try": trying.try_button,
        "knowhow.holds": trying.holds,
        "knowhow.change": trying.change_form,
        "knowhow.rest": trying.lay_to_rest,
        "knowhow.ask": introducing.ask,
        "knowhow.reply": introducing.reply,
    },
    forms={
        "knowhow.draft": drafting.sent,
        "knowhow.reword": consenting.worded,
        "knowhow.search": finding.searched,
        "knowhow.circle": finding.circle_asked,
        "knowhow.try": trying.told,
        "knowhow.change": trying.changed,
        "knowhow.ask": introducing.asked,
        "knowhow.reply": introducing.replied,
    },
    deadlines={"knowhow.item": drafting.came_due, "knowhow.news": trying.news_due, "knowhow.thread": offering.came_due},
    fetched={"knowhow.source": keeping.fetched, "knowhow.thread": offering.looked},
    refused={
        "knowhow.source": keeping.unread,
        "knowhow.draft": keeping.undelivered,
        "knowhow.thread": offering.not_seen,
        "knowhow.offer": offering.not_offered,
        "knowhow.consent": consenting.unreachable,
        "knowhow.card": unshown.card,
        "knowhow.question": unshown.question,
        "knowhow.passed": introducing.not_brought,
        "knowhow.file": file_not_sent,
    },
    edited=(following.source_edited,),
    deleted=(following.source_deleted,),
    reacted=(keeping.reaction,),
    left=(following.left,),
    threads=(offering.stand,),
    menu=(finding.menu,),
    home=(finding.page,),
    exports=(privacy.export,),
    forgets=(privacy.forget,),
    unites=(privacy.unite,),
    took_part=(privacy.took_part,),
)

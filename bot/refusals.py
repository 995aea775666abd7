"""Why a platform would not do something, in words that name the mend; a platform's own words are for the log."""

from __future__ import annotations

from typing import Any

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.customs import customs
from bot.chat.events import Reason, Refused
from bot.chat.messages import Words as Paragraph
from bot.chat.messages import message
from bot.chat.names import Channel
from bot.chat.requests import Post
from bot.chat.text import ChannelName, Code, Plain, Text
from bot.context import Context
from bot.texts.catalogue import Words, _

MAY_WRITE = _(
    "Give my role *View Channel*, *Send Messages* and *Send Messages in Threads* in the permissions of {channel}, or "
    "ask a host to. A thread that is locked has to be unlocked."
)
MAY_OPEN = _(
    "Give my role *View Channel*, *Send Messages*, *Create Private Threads* and *Send Messages in Threads* in the "
    "permissions of {channel}, or ask a host to. A thread that is locked has to be unlocked. Forums and announcement "
    "channels have no private threads: no private round can be held there."
)
MAY_READ = _(
    "Give my role *View Channel* and *Read Message History* in the permissions of {channel}, or ask a host to."
)
MAY_NOT_WRITE = _("I may not see {channel}, or may not write there.")
MAY_NOT_READ = _("I may not see {channel}, or may not read there.")
CHANNEL_DELETED = _("I do not find {channel}, or the thread in it: it was deleted.")
MESSAGE_DELETED = _("I do not find it in {channel}: it was deleted.")
HIDDEN = _(
    "In {channel} I do not get to read what people write. Choose {shortcut} in the menu of a message: that one I may "
    "read. A host can let me read threads too."
)
"""What is said there."""


def let_in(words: Words, channel: Channel, *, private: bool = False) -> Text:
    """How Kring gets into that channel, and may write there; with `private`, in a private thread."""
    if customs(channel.space).by_permissions:
        may = MAY_OPEN if private and customs(channel.space).private_threads else MAY_WRITE
        return words.say(may, channel=ChannelName(channel))
    invitation = customs(channel.space).invitation
    if not invitation:
        return words.say("Let me in there, or ask a host to.")
    return words.say("Invite me there with {command}.", command=Code(invitation))


def not_written(words: Words, reason: Reason, channel: Channel, *, private: bool = False) -> Text:
    """A message could not be posted there; with `private`, or a private thread not be opened."""
    there = ChannelName(channel)
    permissions = customs(channel.space).by_permissions
    match reason:
        case "forbidden" if permissions:
            why = words.say(MAY_NOT_WRITE, channel=there)
        case "forbidden":
            why = words.say("I am not in {channel}, or may not write there.", channel=there)
        case "gone" if permissions:  # no permission brings it back
            return words.say(CHANNEL_DELETED, channel=there)
        case "gone":
            why = words.say("I do not find {channel}: it is archived or deleted, or I am not in it.", channel=there)
        case "hidden" | "unreachable" | "rejected":
            return words.say("The message was not taken in {channel}: perhaps it is too long.", channel=there)
    return (*why, Plain(" "), *let_in(words, channel, private=private))


def not_read(words: Words, reason: Reason, channel: Channel) -> Text:
    """What stands there could not be read."""
    there = ChannelName(channel)
    permissions = customs(channel.space).by_permissions
    match reason:
        case "forbidden" if permissions:
            return (*words.say(MAY_NOT_READ, channel=there), Plain(" "), *words.say(MAY_READ, channel=there))
        case "forbidden":
            why = words.say("I am not in {channel}, or may not read there.", channel=there)
        case "gone" if permissions:
            return words.say(MESSAGE_DELETED, channel=there)
        case "gone":
            why = words.say("I do not find it in {channel}: it was deleted, or I am not in there.", channel=there)
        case "hidden":
            return words.say(HIDDEN, channel=there, shortcut=words.label("Keep as know-how"))
        case "unreachable" | "rejected":
            return words.say("It could not be read in {channel}.", channel=there)
    return (*why, Plain(" "), *let_in(words, channel))


def file_not_sent(ctx: Context[Any], event: Refused, about: Action) -> Answer:
    """A file that somebody asked for, whose id is the last one in `about`; what else belongs to it is not sent either.

    Who takes no direct messages was told so then.
    """
    person = ctx.unit.people.get(ctx.community.id, about.id.rpartition(".")[2])
    if person is None or ctx.request is None or event.reason == "unreachable":
        return Nothing()
    words = ctx.words_for(person)
    if event.reason == "forbidden":
        text = _("I may not send files here. Ask a host: {command}, where I run, says what is missing.")
    else:
        text = _("The file was not taken here: perhaps it is too large. Pass it on to a host: my log says more.")
    ctx.unit.outbox.drop(ctx.community.id, about)
    ctx.ask(Post(ctx.request.to, message(Paragraph(words.say(text, command=Code("kring doctor"))))))
    return Nothing()

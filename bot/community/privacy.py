"""Which feature needs each stored field, for what, and until when: every column of every table stands here.

A test walks the tables and fails on a column without a purpose, so nothing is stored that nobody can explain. The page
`docs/reference/stored.md` is made of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.community.housekeeping import HOUSE
from bot.community.model import Kept, Purpose
from bot.community.of_circles import OF_CIRCLES
from bot.community.rounds_kept import ROUNDS

_FORGOTTEN = "the person is forgotten, or 90 days after they left"
_COMMUNITY = "the community ends"
_ITEM = "the item is erased; an author's words at once when they withdraw"
_WISH = "120 days later; at once when the newcomer leaves or is forgotten"

_WHOSE = "whose data it is"
_ORDER = "the order"
_VERSION = "so that two people at once do not overwrite each other"

KEPT: Mapping[str, Kept] = {
    **HOUSE,
    **OF_CIRCLES,
    "communities": Kept(
        "community",
        _COMMUNITY,
        {
            "community": _WHOSE,
            "name": "what people call it",
            "language timezone": "what everybody reads, and when it is night",
            "starters": "who may start a round",
            "home_platform home_space home_channel homes_elsewhere": "where people are greeted",
            "keep_emoji": "the reaction that keeps know-how",
            "daily_messages": "how much may be sent unasked",
            "contacts": "who to turn to about how people treat each other",
            "quiet_days": "when no rounds come back",
            "offers_threads": "whether threads are offered to be kept before they close",
            "set_up": "whether a host has been through the form",
        },
    ),
    "spaces": Kept(
        "community",
        _COMMUNITY,
        {
            "platform space": "which space an event comes from",
            "community": _WHOSE,
            "number": _ORDER,
            "platform_name name": "the organisation shown beside a person",
            "crossing": "what goes from it to other spaces",
        },
    ),
    "people": Kept(
        "community",
        _FORGOTTEN,
        {
            "person": "who did something, without their name",
            "community": _WHOSE,
            "name": "shown beside what they say; stays on what they chose to leave with their name",
            "platform space account": "where Kring writes to them",
            "language platform_language": "to speak their language",
            "timezone platform_timezone": "to leave them alone at night",
            "role platform_role": "shown beside their name: whose know-how it is",
            "facilitator host": "what they may do",
            "quiet_start quiet_end working_days": "when to leave them alone",
            "paused_until": "their pause",
            "reachable": "not to try again where direct messages are closed",
            "gone_at": "when what they chose has to be erased",
        },
    ),
    "accounts": Kept(
        "community",
        _FORGOTTEN,
        {
            "platform space account": "to know who acts",
            "community": _WHOSE,
            "person": "to know who acts",
            "host": "what they may do in that space",
            "left_at": "to write to another account of theirs",
        },
    ),
    **ROUNDS,
    "items": Kept(
        "knowhow",
        _ITEM,
        {
            "community": _WHOSE,
            "item number": "what it is called",
            "version": _VERSION,
            "keeper": "who keeps it, and may change it",
            "kind stage scope circle": "what it is and who sees it",
            "own": "the keeper's own words",
            "link": "more about it",
            "transfer evidence language": "how it can be passed on",
            "sensitive": "words that need another look",
            "platform space channel thread message origin": "where it comes from; edits and deletions flow through",
            "cards": "which of its messages are out of date",
            "created_at asked_until open_since shared_at reviewed_at told_at": "its times",
        },
        closed="own",
    ),
    "quotes": Kept(
        "knowhow",
        _ITEM,
        {
            "community": _WHOSE,
            "item n field": _ORDER,
            "text": "chosen words of an author",
            "contributor": "whose words",
            "platform space channel thread message": "edits and deletions flow through",
            "paraphrased": "whether the keeper says it in other words, which rest on these",
        },
        closed="text",
    ),
    "consents": Kept(
        "knowhow",
        _ITEM,
        {
            "community person": _WHOSE,
            "item n": _ORDER,
            "consent answered_at": "what its author allows, and since when",
            "text version": "the exact text that was shown",
            "may_ask": "whether people may ask them",
            "name": "the name they chose to leave when they were forgotten",
        },
        closed="text",
    ),
    "tries": Kept(
        "knowhow",
        _ITEM,
        {
            "community person": _WHOSE,
            "item n": _ORDER,
            "outcome situation changed again": "what became of it elsewhere",
            "named at": "whether with their name, and when",
        },
    ),
    "closing_threads": Kept(
        "knowhow",
        "it closes before it had an offer, or is deleted",
        {
            "community": _WHOSE,
            "id platform space channel thread": "which thread is offered to be kept; nobody in it",
            "closes_at": "when it has to be looked at",
            "offered_at": "so that there is one offer to a thread, ever",
        },
    ),
    "search_scopes": Kept(
        "knowhow",
        _COMMUNITY,
        {
            "scope community kind": "a search never meets another community's words",
            "things length": "how rare a word is",
        },
    ),
    "words": Kept(
        "knowhow",
        _ITEM,
        {"seq scope thing": "what was found", "terms length": "shared items by the stems of their words"},
    ),
    "newcomers": Kept(
        "newcomers",
        _FORGOTTEN,
        {
            "community person": _WHOSE,
            "newcomer": "which journey",
            "joined start last": "which day it is for them",
            "platform space channel": "where they can be greeted",
            "pace": "how often they want to be asked",
            "done unanswered undelivered greeted_in_public introduced": "not to say something twice",
            "left_at": "not to welcome somebody twice",
            "version": _VERSION,
        },
    ),
    "checkin_answers": Kept(
        "newcomers",
        "120 days later, or when the person says so",
        {
            "community person": _WHOSE,
            "answer newcomer": _ORDER,
            "kind words": "what the newcomer wrote, and answers to it until they have them; theirs alone",
            "at": "when it is erased",
            "brought_to": "to whom they let it be brought; whose answer it is",
        },
        closed="words",
    ),
    "stages": Kept("newcomers", _FORGOTTEN, {"community person": _WHOSE, "stage": "the place the person chose"}),
    "buddies": Kept(
        "newcomers",
        "they stop being one",
        {"community person": _WHOSE, "since asked": "whose turn it is to be asked"},
    ),
    "buddy_pairings": Kept(
        "newcomers",
        _WISH,
        {
            "community": _WHOSE,
            "pairing newcomer person buddy": "who is whose buddy",
            "asked state told wanted": "how far it is",
            "version": _VERSION,
        },
    ),
    "help_requests": Kept(
        "newcomers",
        _WISH,
        {
            "community person": _WHOSE,
            "help newcomer": _ORDER,
            "kind words with_name": "what the person asks to be passed on",
            "asked tell_at own_up_at told state": "how far it is",
            "version": _VERSION,
        },
        closed="words",
    ),
    "help_helpers": Kept(
        "newcomers",
        _WISH,
        {
            "community person": _WHOSE,
            "help position": _ORDER,
            "remind_at state": "whether they have answered",
        },
    ),
    "newcomer_counts": Kept(
        "newcomers", _COMMUNITY, {"community": _WHOSE, "what times": "counts without anybody in them"}
    ),
}

PURPOSES: Mapping[str, Purpose] = {
    f"{table}.{column}": Purpose(kept.feature, why, kept.until, column in kept.closed.split())
    for table, kept in KEPT.items()
    for columns, why in kept.columns.items()
    for column in columns.split()
}
"""By `table.column`."""

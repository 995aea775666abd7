"""What the house itself keeps, beside its features: the tables that carry events in and messages out."""

from __future__ import annotations

from collections.abc import Mapping

from bot.community.model import Kept

HOUSE: Mapping[str, Kept] = {
    "facts": Kept(
        "house",
        "the community ends",
        {
            "community": "whose data it is",
            "seq name id": "what it is about",
            "at fact fields": "what happened, by ids and without anybody's words",
        },
    ),
    "posts": Kept(
        "house",
        "the person is forgotten, for direct messages",
        {
            "community": "whose data it is",
            "seq name id": "what a message of Kring is about",
            "conversation to direct": "where it was sent",
            "platform space channel message stands_in thread": "to edit it, and to know its thread",
            "more": "to edit the messages that follow it",
        },
    ),
    "outbox": Kept(
        "house",
        "it is delivered; without its words 30 days after it was refused",
        {
            "community": "whose data it is",
            "seq request conversation lane kind name id after_name after_id": "what is sent where, in order",
            "body": "the message",
            "ready_at queued_at free_at tries": "when it is tried",
            "risks": "whether it may have been sent, so that nothing is sent twice",
            "state reason ended_at": "why it was refused",
        },
        closed="body",
    ),
    "inbox": Kept("house", "7 days later", {"event at": "each event is handled once"}),
    "gaps": Kept(
        "house",
        "what was missed is made up for",
        {"platform since": "since when the platform may have told something that nobody heard"},
    ),
    "installations": Kept(
        "house",
        "Kring is removed from the space",
        {
            "platform space": "where Kring was installed",
            "body": "the tokens that let it act there, and who installed it",
            "updated_at rotating_until": "that two processes do not exchange the same tokens",
        },
        closed="body",
    ),
    "drafts": Kept(
        "house",
        "the form is opened again, the person is forgotten, or a day later",
        {
            "platform space account": "whose words they are; shown to nobody else",
            "action": "which form",
            "body": "what stood in a form that was closed before it was sent",
            "at": "when it is erased",
        },
        closed="body",
    ),
    "link_codes": Kept(
        "community",
        "an hour later",
        {
            "code": "lets another space join",
            "community": "whose data it is",
            "by": "who made it",
            "until": "when it ends",
        },
    ),
    "account_codes": Kept(
        "community",
        "the night after it ends, or when the accounts are linked",
        {
            "community person": "whose other account it links",
            "digest until": "to know the code again, which is not kept itself",
            "tries tries_until": "so that nobody guesses one",
        },
    ),
    "unasked": Kept(
        "community",
        "30 days later",
        {
            "community person": "whose data it is",
            "day kind count": "the budget of messages that a person did not ask for",
        },
    ),
    "due": Kept(
        "house",
        "the moment comes",
        {"community": "whose data it is", "seq name id": "what waits", "at free_at": "for when"},
    ),
    "series": Kept(
        "house",
        "the community ends",
        {"community": "whose data it is", "series last": "the next number that people say aloud"},
    ),
    "room": Kept("playground", "its database is thrown away", {"seq key body": "people and messages that are made up"}),
    "lease": Kept(
        "house",
        "the next process writes",
        {
            "one token": "one process writes, and only one",
            "holder host system pid born": "to say which process that is",
            "since renewed_at": "whether it is still alive",
        },
    ),
}

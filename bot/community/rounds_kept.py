"""For what each stored field of dialogue rounds is needed, and until when; see `privacy.py`."""

from __future__ import annotations

from collections.abc import Mapping

from bot.community.model import Kept

_ROUND = "the round goes; what was not revealed, and what was said in a private round and not kept, after 30 days"
_WHOSE = "whose data it is"
_ORDER = "the order"
_VERSION = "so that two people at once do not overwrite each other"

ROUNDS: Mapping[str, Kept] = {
    "rounds": Kept(
        "rounds",
        _ROUND,
        {
            "community": _WHOSE,
            "round number": "what the round is called",
            "version": _VERSION,
            "platform space channel": "where it stands",
            "format script preset language": "how it goes",
            "topic": "what it is about",
            "facilitator offered_to": "who holds it",
            "early_by": "who took a format that usually comes later",
            "state current waited": "how far it is",
            "anonymous": "whether names are shown",
            "ring": "in which order things go round",
            "sources review": "what it goes back to",
            "created_at begins_at began_at ended_at": "its times",
            "asked_about asked_until asked_missed": "a question to the facilitator",
            "paused_at paused_until paused_from paused_for": "its pause",
            "keep_until purge_at": "when answers are erased",
            "look_at went_on": "what comes after it",
        },
    ),
    "round_schedules": Kept(
        "rounds",
        "somebody stops it; its holder when they leave or are forgotten",
        {
            "community": _WHOSE,
            "schedule": "which one is meant",
            "version": _VERSION,
            "platform space channel": "where its rounds stand",
            "format topic other_topic preset": "what its rounds are",
            "every step nth weekday at timezone first": "when it comes back",
            "holder": "who is asked the day before, and holds its rounds",
            "created_at next_at asked missed_at": "its times",
            "resting": "why it stands still",
            "round": "not to go on where its last round could not be shown",
        },
    ),
    "own_formats": Kept(
        "rounds",
        "somebody drops it",
        {
            "community": _WHOSE,
            "format": "which one is meant",
            "text": "its questions, and how each is answered",
            "made_at": _ORDER,
        },
    ),
    "round_seats": Kept(
        "rounds",
        _ROUND,
        {
            "community person": _WHOSE,
            "round position": _ORDER,
            "state way role side joined_step": "who speaks, listens or holds a role, and from when",
            "choose_until": "until when they say what becomes of words that go with them otherwise",
            "platform space": "where they are written to",
        },
    ),
    "round_homes": Kept(
        "rounds",
        _ROUND,
        {"community": _WHOSE, "round position": _ORDER, "platform space channel name state": "where it stands"},
    ),
    "round_steps": Kept(
        "rounds",
        _ROUND,
        {
            "community": _WHOSE,
            "round position": _ORDER,
            "step_key script state prompt": "what is asked",
            "opened_at due_at nudge_at closed_at extended": "its times",
            "passed done more_time later hinted": "not to ask somebody twice; never shown by name",
            "queue holder held turn_due_at turn_nudge_at silent_turns word_offered": "whose turn it is",
            "asked_names": "who was asked whether their name may be shown",
            "run_of in_group lap attempt": "which group, and whose turn in a role, it is played for",
        },
    ),
    "round_groups": Kept(
        "rounds",
        _ROUND,
        {
            "community": _WHOSE,
            "round position formed": _ORDER,
            "members": "who talks with whom",
            "done over": "how far it is",
        },
    ),
    "round_contributions": Kept(
        "rounds",
        _ROUND,
        {
            "community person": _WHOSE,
            "round position contribution step": _ORDER,
            "body fields": "what the person says",
            "responds_to": "what it answers",
            "named": "whether with their name",
            "message_platform message_space message_channel message_thread message": "edits and deletions flow through",
            "revealed_at edited_at removed withdrawn": "what may be shown",
            "marked": "what its author wants to keep",
            "inside in_group": "who may read it",
            "consent consent_words consent_ask": "what its author allows",
        },
        closed="body fields consent_words",
    ),
    "round_votes": Kept(
        "rounds",
        _ROUND,
        {
            "community person": _WHOSE,
            "round position step": _ORDER,
            "picks words": "the vote and its reason",
            "named": "whether with their name",
            "taken_up": "by which task somebody took an objection up",
        },
        closed="picks words taken_up",
    ),
    "round_tasks": Kept(
        "rounds",
        _ROUND,
        {
            "community person": _WHOSE,
            "round position task": _ORDER,
            "kind words": "what a listener, or somebody for an objection, took upon themselves; one's own small step",
            "named": "whether with their name",
            "given_at remind_at": "its times",
        },
        closed="words",
    ),
}

"""Which field the circles need, for what, and until when; see `privacy.py`."""

from __future__ import annotations

from collections.abc import Mapping

from bot.community.model import Kept

_WHOSE = "whose data it is"
_VERSION = "so that two people at once do not overwrite each other"
_PERSON = "the person is forgotten"

OF_CIRCLES: Mapping[str, Kept] = {
    "circles": Kept(
        "circles",
        "the community ends",
        {
            "community": _WHOSE,
            "circle number name": "what it is called",
            "question": "what it is about",
            "state": "whether it meets",
            "facilitator": "who holds it; empty when they are forgotten",
            "platform space channel": "where it is at home",
            "formation": "how long ago its people met",
            "made ask_until small_since": "its times",
            "version": _VERSION,
        },
    ),
    "circle_seats": Kept(
        "circles",
        _PERSON,
        {
            "community person": _WHOSE,
            "circle position": "the order",
            "state since": "who is in with a yes of their own, and who met before, to mix people anew",
        },
    ),
    "circle_wanted": Kept(
        "circles",
        _PERSON,
        {
            "community person": _WHOSE,
            "ready": "whether they want to be in the next circles",
            "experience languages slots": "to mix circles, and to find a language and a time in common",
            "topics": "what they would like to talk about; read without their name by who forms circles",
        },
        closed="topics",
    ),
    "circle_wishes": Kept(
        "circles",
        "the person takes it back; either of the two is forgotten",
        {
            "community person": _WHOSE,
            "other kind": "with whom they would like to be in a circle, or not; shown to nobody else",
        },
        closed="kind",
    ),
    "circle_formations": Kept(
        "circles",
        "the community ends; who is forgotten is taken out",
        {
            "community": _WHOSE,
            "formation number": "which forming of circles",
            "asked_by": "the facilitator it is proposed to",
            "name question live": "what was asked for",
            "platform space channel": "where the circles are at home",
            "seating": "who is proposed with whom",
            "seed turns share": "to explain and to repeat it",
            "at state": "how far it is",
            "version": _VERSION,
        },
    ),
}

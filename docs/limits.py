"""What Kring itself limits, from the code that does so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from adapters.playground import acts, hosting, looking, server
from bot import gate
from bot.chat.people import Community
from bot.community import days_off
from bot.community import model as community_model
from bot.community import rules as community_rules
from bot.knowhow import closing, consent, finding, signals
from bot.knowhow import forms as knowhow_forms
from bot.knowhow import rules as knowhow_rules
from bot.newcomers import buddies, keeping, matching, overview, reaching
from bot.newcomers import model as newcomers_model
from bot.rounds import holding, inviting, own_formats, reveal, schedules, speaking, starting, timing
from bot.rounds.model import PAUSE_LIMIT


def own() -> Iterator[tuple[str, list[tuple[str, object]]]]:
    """Titles, each with rows of what is limited and how."""
    yield (
        "Messages that nobody asked for",
        [
            ("a day, to one person, over all features", f"{Community('', '').daily_messages}; a host can change it"),
            ("of these, reminders", 1),
            ("how long one waits for a good moment", f"{gate.LOOK_AHEAD.days} days, then it is not sent"),
        ],
    )
    yield (
        "Rounds",
        [
            ("rounds at once in a channel", inviting.BESIDE),
            ("repeating rounds in a channel", schedules.MOST_HERE),
            ("formats of a community's own", own_formats.MOST),
            ("topic", f"{inviting.LONGEST_TOPIC} characters"),
            ("one answer", f"{speaking.LONGEST:,} characters"),
            ("answers without names", f"from {reveal.CROWD} answers on"),
            ("how long a step can be set open", f"{starting.LONGEST_STEP} hours"),
            ("how often a step can be extended", f"{holding.EXTENSIONS} times, by {holding.LONGEST_EXTENSION} hours"),
            ("how long a round can be on hold", f"{PAUSE_LIMIT.days} days"),
            ("how long a round is put aside that nobody takes on", f"{timing.PARKED.days} days, once"),
            (
                "how long somebody who left what a round is about can say what becomes of their words",
                f"{_hours(timing.LEFT)} hours; no answer is: these go",
            ),
            ("how long a question *may this be kept?* waits", f"{_hours(timing.KEEP)} hours; no answer is no"),
            ("how long a round waits for too few people", f"{_hours(timing.WAIT_FOR_MORE)} hours, once"),
            (
                "answers that were never shown; of private rounds all that is not kept",
                f"erased after {timing.PURGE.days} days",
            ),
        ],
    )
    yield (
        "Know-how",
        [
            ("title", f"{knowhow_rules.SHORTEST_TITLE} to {knowhow_rules.LONGEST_TITLE} characters"),
            ("each other field", f"{knowhow_forms.LONG:,} characters"),
            ("link", f"{knowhow_forms.LONGEST_LINK} characters"),
            ("messages read of one thread", signals.MESSAGES),
            ("sentences to choose from", knowhow_forms.TICKS),
            ("how long authors have to answer", f"{_hours(consent.ANSWER_WITHIN)} hours; no answer is no"),
            ("a draft that is not finished", f"erased after {knowhow_rules.DRAFTS_KEPT.days} days"),
            ("found items shown at once", finding.SHOWN),
            ("offers to keep a thread before it closes", f"{closing.IN_A_CHANNEL} a day in a channel, one to a thread"),
            ("of these, to one person", f"one in {closing.OF_A_PERSON} days"),
        ],
    )
    yield (
        "Newcomers",
        [
            ("check-ins", "on days " + ", ".join(map(str, newcomers_model.DAYS))),
            ("fewer check-ins", "on days " + " and ".join(map(str, newcomers_model.FEW))),
            ("answers are kept", f"{keeping.KEPT.days} days"),
            ("newcomers that one buddy has", matching.AT_ONCE),
            ("how long a buddy has to say yes", f"{buddies.PATIENCE.days} days, then somebody else is asked"),
            ("buddies asked for one newcomer", buddies.MOST_TRIES),
            ("who was asked to help is reminded", f"after {reaching.REMIND_AFTER} of their waking hours"),
            ("then the facilitators hear of it", f"after {reaching.TELL_AFTER} of their waking hours"),
            ("then Kring tells the newcomer so", f"after {reaching.OWN_UP_AFTER} hours on working days"),
            ("numbers in `/kring newcomers`", f"shown from {overview.FEWEST} people on"),
        ],
    )
    yield (
        "Community",
        [
            ("pause of a person", f"{community_rules.LONGEST_PAUSE} days, or until they say so"),
            ("code that links a space", f"{_hours(community_model.CODE_LASTS)} hour, once"),
            ("days without rounds", days_off.MOST),
            ("what somebody chose, after they left", f"erased after {community_model.GONE_STAYS.days} days"),
        ],
    )
    yield (
        "The playground's API",
        [
            ("one message", f"{acts.LONGEST_TEXT:,} characters"),
            ("one request", f"{server.LARGEST // 1024:,} KiB"),
            ("messages at once", f"{looking.PAGE} unless asked otherwise"),
            ("the clock at once", f"{hosting.FARTHEST.days} days"),
        ],
    )


def _hours(span: timedelta) -> int:
    return span // timedelta(hours=1)

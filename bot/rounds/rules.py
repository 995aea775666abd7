"""The rules of a round: the one place from which they are called.

Each gives the round as it is now and what has happened. A community's "no" is a `UserMistake`. `step` is the number of
the step a button or form belonged to: when that step is over, the person hears so. Every rule looks at the moment
itself, so saying a thing twice changes nothing.
"""

from __future__ import annotations

from bot.rounds.acting import (
    answer_keep,
    answer_names,
    later,
    need_time,
    pass_by,
    say_done,
    settle_only,
    vote,
    wish,
)
from bot.rounds.asking_in import ask_in, come_in
from bot.rounds.ballots import may_pick, options, tally, winner
from bot.rounds.chairs import free_chairs, give_role, leave_chair, open_chair, take_chair, take_side
from bot.rounds.floor import hearing, own_step
from bot.rounds.holding import (
    accept,
    cancel,
    close,
    extend,
    give,
    lose_place,
    pause,
    resume,
    reword,
    skip,
    stop_for_good,
    too_much,
)
from bot.rounds.inviting import alternative, begin, draft, going_on, invite, rest, switch, wait_a_day
from bot.rounds.keeping import asked_to_keep, let_ask, mark
from bot.rounds.leading import choose_day, go_on_in, look, must_lead, must_own
from bot.rounds.left_behind import forget, leave_behind
from bot.rounds.moving_on import move_on
from bot.rounds.resettling import resettle
from bot.rounds.seats import decline, gone, join, leave
from bot.rounds.speaking import (
    contribute,
    edit,
    hear,
    message_deleted,
    message_edited,
    retract,
    to_respond_to,
)
from bot.rounds.taking_up import could_take_up, give_back, let_stand, settled, take_up, vote_again
from bot.rounds.uniting import unite

__all__ = [
    "accept",
    "alternative",
    "answer_keep",
    "answer_names",
    "ask_in",
    "asked_to_keep",
    "begin",
    "cancel",
    "choose_day",
    "close",
    "come_in",
    "contribute",
    "could_take_up",
    "decline",
    "draft",
    "edit",
    "extend",
    "forget",
    "free_chairs",
    "give",
    "give_back",
    "give_role",
    "go_on_in",
    "going_on",
    "gone",
    "hear",
    "hearing",
    "invite",
    "join",
    "later",
    "leave",
    "leave_behind",
    "leave_chair",
    "let_ask",
    "let_stand",
    "look",
    "lose_place",
    "mark",
    "may_pick",
    "message_deleted",
    "message_edited",
    "move_on",
    "must_lead",
    "must_own",
    "need_time",
    "open_chair",
    "options",
    "own_step",
    "pass_by",
    "pause",
    "resettle",
    "rest",
    "resume",
    "retract",
    "reword",
    "say_done",
    "settle_only",
    "settled",
    "skip",
    "stop_for_good",
    "switch",
    "take_chair",
    "take_side",
    "take_up",
    "tally",
    "to_respond_to",
    "too_much",
    "unite",
    "vote",
    "vote_again",
    "wait_a_day",
    "winner",
    "wish",
]

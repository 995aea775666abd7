"""A format: the script of a dialogue round, as `formats.py` reads it from its file.

A format file is TOML with these keys; what is in brackets may be left out. Texts stand in both languages.

    id = "our_trios"                        # the file's name
    version = 1
    purpose = "..."
    [place = "thread"]                      # thread, private, or private_trio: only those inside read what is said
    [sides = 2]                             # in how many sides the people stand; steps may then be `by = "side"`
    [late_join_until = "KEY"]               # the step from which on nobody joins
    [late_join_groups = true]               # after that still a group that is smaller than it was meant to be
    [instead = "ID"]                        # what is proposed when it came to nothing, see if_nothing
    size = { min = 3, best = [3, 9], max = 30 [, per_side_min = 2] [, below = "close"] [, below_side = "pause"] }
    emphasis = { explore = 1, exploit = 1, tacit = 2, explicit = 0 }
    effort = { async_minutes = 30, async_days = 5, live_minutes = 30 }
    [good_for = ["meet"]]                   # words of NEEDS; [unlock = { rounds = 2 }] says from when on
    [name]                                  # en and nl; so too [blurb]
    [good_for = ["chafes", "meet"]]         # words of NEEDS, what it was made for first; `round suggest` ranks by them
    [unlock = { rounds = 1 }]               # from when on it is proposed; see Unlock
    [notes]                                 # any texts, for readers of the file

    [roles.KEY]                             # en, nl, and:
    [count = 1]                             # 1, "0..2", "3..5", or "rest": everybody who has no other role
    [filled_by = "chance"]                  # chance, claim, vote, facilitator or lap; see Role
    [from_size = 5]                         # with fewer people nobody has it
    [essential = true]                      # the round is closed when the one who has it leaves
    [if_silent = "runner_up"]               # of a vote's role: who has it and says nothing gives way to who came next;
                                            # "hint": the facilitator alone hears that they say nothing;
                                            # "volunteer": the word is for whoever would say it instead;
                                            # "last": of the first role that goes round: their lap comes last;
                                            # "asks_in": in groups: whose lap it is may ask one more person in
    [drawn_at = "KEY"]                      # by chance: when that step opens, not when a step first needs it
    [if_none = "park"]                      # of a claimed role: when nobody took it the round is put aside, once
    [reaches_out = true]                    # is asked to reach the people of a side that says nothing
    [words_go = true]                       # what the one who has it said goes some days after they leave, unless they
                                            # say otherwise

    [[steps]]
    key = "ask"
    mode = "open"                           # collect, turns, open, vote, groups
    async_h = 8                             # turns: also turn_async_h and turn_sync_min
    sync_min = 2
    [floor = "all"]                         # all, holder, contributors, inner, role:KEY, not:role:KEY
    [order = "random"]                      # turns: random, fixed, newcomers_first
    [reveal = "together"]                   # collect: together, none, to:role:KEY
    [anonymous = "never"]                   # collect: never, optional
    [by = "side"]                           # collect with reveal together: only once each side has answers
    [harvest = "none"]                      # none, mark, draft
    [if_nothing = "close"]                  # when nobody says anything in it the round closes, with thanks; "next_lap":
                                            # of the first step of a lap, or of what is repeated until a yes in it:
                                            # the rest of this lap is not played
    [last_word = true]                      # the last step: it asks for the word to close with, so Kring does not
    [min_inputs = 3]
    [repeat = "each:member"]                # or "until:yes max:3"
    [runs_in = "group"]                     # once in every group that an earlier `groups` step formed
    [when = "help_wanted == ideas"]         # a choice field of an earlier step; or "role KEY filled"; or "size >= 5"
    [parallel_with = "bowl"]                # opens together with that step, which stands right before it
    [limit = { role = "consultant", max_inputs = 2 }]    # open; without `role` it counts for everybody
    [groups = { size = 2, odd = "larger", prefer = "not_recently_together", reporter = "random" }]
    [groups = { merge = 2, reporter = "random" }]        # merges so many groups of the last `groups` step into one;
                                            # `brings_notes = true`: with the notes of a group that said nothing
    [vote = { kind = "dots", per_person = 3 }]           # and more, see below
    [steps.prompt]                          # en and nl. Places in braces: topic, sources, review, period; a role's
                                            # key (in groups: who has it there); members and reporter in groups; the
                                            # key of an earlier choice, dots or proposals vote: what won it
    [[steps.input]]                         # fields of a form: key, en, nl; with [[steps.input.options]] (key, en, nl)
                                            # one is picked from a list
    [[steps.vote.options]]                  # key, en, nl; kind choice, dots, or claim of other things than roles.
                                            # On answers: own_excluded = true; gives = "ROLE" to the winner's author.
                                            # choice: proposals = true. scale: scale = [-2, 2]. claim: seats = ["ROLE"],
                                            # open_chair = 1. What people can go on with: of choice and dots
                                            # leads_to = { format = "ID", from = 2 }, of claim with the day on which
                                            # they look at it: leads_to = { format = "ID", days = 42 }

    [[variants]]                            # the same format played a little differently; started by its own id
    id = "our_trios_short"
    [variants.name], [variants.blurb]       # en and nl
    [purpose = "..."]
    [leave_out = ["KEY"]]                   # steps that are not played
    [[variants.steps]]                      # key = a step's key: its other keys take the place of the step's own,
                                            # and "" takes one away; a new key is a step of its own, `after = "KEY"`;
                                            # `after` moves a step too
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from bot.rounds.step_rules import Field, GroupRule, Guard, Limit, Texts, VoteRule

SIDES = ("A", "B")
"""What the sides are called where they are not spaces."""

Preset = Literal["async", "live"]
"""async: spread over days. live: a meeting in chat, of which Kring keeps the minutes."""

Mode = Literal["collect", "turns", "open", "vote", "groups"]
Harvest = Literal["none", "mark", "draft"]
Order = Literal["random", "fixed", "newcomers_first"]
Below = Literal["ask", "close"]
BelowSide = Literal["ask", "pause"]
Place = Literal["thread", "private", "private_trio"]
Filling = Literal["chance", "claim", "vote", "facilitator", "lap"]
IfSilent = Literal["", "runner_up", "hint", "volunteer", "last", "asks_in"]
IfNone = Literal["", "park"]
IfNothing = Literal["go_on", "close", "next_lap"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a format. Time boxes are upper bounds: a step closes early when everybody is done."""

    key: str
    mode: Mode
    prompt: Texts
    async_h: float
    sync_min: float
    floor: str = "all"
    """Who may speak: `all`, `holder`, `contributors`, `inner`, `role:x`, `not:role:x`."""
    order: Order = "random"
    turn_async_h: float = 0
    turn_sync_min: float = 0
    reveal: str = "none"
    """When a `collect` step closes: `together`, `to:role:x` or `none`."""
    anonymous: Literal["never", "optional"] = "never"
    vote: VoteRule | None = None
    harvest: Harvest = "none"
    min_inputs: int | None = None
    """Below this the step went quiet; None: three, or everybody where there are fewer, and one in an `open` step."""
    fields: tuple[Field, ...] = ()
    by_side: bool = False
    repeat: Literal["", "each", "until"] = ""
    """each: once for every member. until: until a vote says yes, at most `tries` times."""
    tries: int = 1
    in_groups: bool = False
    when: Guard | None = None
    parallel_with: str = ""
    limit: Limit | None = None
    groups: GroupRule | None = None
    if_nothing: IfNothing = "go_on"
    """When it is over and nobody has said anything the round goes on, or closes, or goes on with the next lap."""
    last_word: bool = False
    """It asks for the word to close with, so Kring itself does not."""

    def window(self, preset: Preset) -> timedelta:
        """The time box of the whole step."""
        return timedelta(hours=self.async_h) if preset == "async" else timedelta(minutes=self.sync_min)

    def turn(self, preset: Preset) -> timedelta:
        """The time box of one turn."""
        return timedelta(hours=self.turn_async_h) if preset == "async" else timedelta(minutes=self.turn_sync_min)

    @property
    def asks_to_keep(self) -> bool:
        """Whether the step asks contributors about their own words, so that their silence is a no."""
        return self.floor == "contributors" and self.mode == "collect" and self.reveal == "none"

    @property
    def for_oneself(self) -> bool:
        """Whether people note something in it for their own eyes."""
        return self.mode == "collect" and self.reveal == "none" and not self.asks_to_keep and not self.in_groups

    @property
    def asks_consent(self) -> bool:
        """Whether the step asks people to agree, so that nobody may skip it for them."""
        return self.asks_to_keep or (self.vote is not None and self.vote.kind == "consent")

    @property
    def open_floor(self) -> bool:
        """Whether people write as they like: in the thread, or in their group's."""
        return self.mode in {"open", "groups"}


def takes_notes(before: Sequence[Step]) -> int | None:
    """Which of these is the last one in which people note something for themselves before they are put into groups."""
    formed = next((at for at in reversed(range(len(before))) if (rule := before[at].groups) and rule.size), 0)
    return next((at for at in reversed(range(formed)) if before[at].for_oneself), None)


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is in a round: from `count` to `most` people; `rest`: everybody without another role.

    filled_by: by *chance* when a step first needs it; by a *claim* vote, and by chance up to `count` if too few did;
    by a *vote* that `gives` it; by the *facilitator*, else by nobody; by the *lap*: in steps with `repeat` the first
    role with this goes round, the next ones are the next in the ring.
    """

    key: str
    name: Texts
    count: int = 1
    most: int = 0
    """0: not more than `count`."""
    rest: bool = False
    filled_by: Filling = "chance"
    from_size: int = 0
    essential: bool = False
    """When the one who has it leaves, the round is closed; and they do not hold the round as well."""
    drawn_at: str = ""
    """The step at whose opening chance fills it, and not again; empty: whenever a step needs it."""
    if_silent: IfSilent = ""
    """What happens when the one who has the word for it says nothing for a whole turn. Usually people are asked what
    would help; *hint*: the facilitator alone hears of it; *volunteer*: the word is offered to the others, but not to
    whose lap it is; *asks_in*: whose lap it is may ask one more person in; *last*: their lap is played after everybody
    else's; *runner_up*: the author of what came next in the vote that gave the role gets it, also when they pass or
    have left.
    """
    if_none: IfNone = ""
    """What happens when the claim for it closes and nobody has it: nothing, or the round is put aside once (*park*) and
    asks again when it comes back.
    """
    reaches_out: bool = False
    """When a side says nothing, whoever has it is asked to reach them; the facilitator where nobody has such a role."""
    words_go: bool = False
    """When the one who has it leaves, what they said goes after a while, unless they say what becomes of it."""

    @property
    def room(self) -> int:
        """How many people can have it."""
        return max(self.count, self.most)


@dataclass(frozen=True, slots=True)
class Size:
    """`min` to begin, `best` from and to, `max` to join."""

    min: int
    best: tuple[int, int]
    max: int
    per_side_min: int = 0
    below: Below = "ask"
    """When people leave and too few are left: the step is finished and people are *asked* what to do; or the round is
    *closed* at once.
    """
    below_side: BelowSide = "ask"
    """When a side becomes too small while a step is open: the same; or the round is *paused*, and somebody is looked
    for on that side.
    """


@dataclass(frozen=True, slots=True)
class Emphasis:
    """How much a format does of each, 0 to 2."""

    explore: int = 0
    exploit: int = 0
    tacit: int = 0
    explicit: int = 0


@dataclass(frozen=True, slots=True)
class Effort:
    """What a round asks of a person: minutes of their time in each preset, and over how many days at most."""

    async_minutes: int
    async_days: int
    live_minutes: int


NEEDS = ("meet", "chafes", "idea", "back", "keep", "other", "newcomers")
"""What a round may be asked for: to get to know each other, something that chafes, an idea, to look back, to keep what
was learned, another organisation, newcomers."""


@dataclass(frozen=True, slots=True)
class Unlock:
    """From when on a format is proposed to a circle. A cycle is a round that searched and one that held on."""

    rounds: int = 0
    cycles: int = 0


@dataclass(frozen=True, slots=True)
class Format:
    id: str
    version: int
    name: Texts
    blurb: Texts
    purpose: str
    emphasis: Emphasis
    size: Size
    effort: Effort
    steps: tuple[Step, ...]
    roles: tuple[Role, ...] = ()
    late_join_until: str | None = None
    """The step from which on nobody joins any more; None: until the end."""
    late_join_groups: bool = False
    """After that people still join while a group is at work that has fewer than it was meant to have."""
    good_for: tuple[str, ...] = ()
    """Of NEEDS, what it was made for first."""
    unlock: Unlock = Unlock()
    notes: Mapping[str, str] = field(default_factory=dict)
    """What its author says about exit, silence and drop-out, for people who read the file."""
    place: Place = "thread"
    sides: int = 0
    instead: str = ""
    """The id of the format that is proposed when the round closes because nobody said anything in such a step."""
    variant_of: str = ""
    """The id of the format that this is a variant of."""

    @property
    def can_be_anonymous(self) -> bool:
        return any(step.anonymous == "optional" for step in self.steps)

    @property
    def private(self) -> bool:
        """Whether only those inside read what is said."""
        return self.place != "thread"

    @property
    def given(self) -> tuple[Role, ...]:
        """The roles that its facilitator can give."""
        return tuple(role for role in self.roles if not role.rest and role.filled_by != "lap")

    def role(self, key: str) -> Role | None:
        return next((role for role in self.roles if role.key == key), None)

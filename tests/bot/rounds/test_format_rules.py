from __future__ import annotations

import pytest

from bot.rounds.formats import load
from bot.rounds.step_rules import Guard, LeadsTo, Limit
from tests.bot.rounds.test_formats import faults

FILE = """\
id = "good"
version = 1
purpose = "To test."
place = "private"
sides = 2
instead = "talking_circle"
late_join_until = "end"
late_join_groups = true
emphasis = { explore = 1, exploit = 0, tacit = 2, explicit = 0 }
size = { min = 3, best = [5, 8], max = 10, per_side_min = 1, below = "close", below_side = "pause" }
effort = { async_minutes = 15, async_days = 4, live_minutes = 25 }
name = { en = "Good", nl = "Goed" }
blurb = { en = "A test.", nl = "Een test." }
[roles]
bringer = { en = "bringer", nl = "inbrenger", essential = true, words_go = true, if_silent = "runner_up" }
inner = { en = "inner", nl = "binnen", count = "2..3", if_none = "park" }
listener = { en = "listener", nl = "luisteraar", count = "rest" }
asker = { en = "asker", nl = "vrager" }
watcher = { en = "watcher", nl = "waarnemer", from_size = 5, filled_by = "facilitator" }
seer = { en = "seer", nl = "ziener", reaches_out = true, filled_by = "chance", drawn_at = "tell" }
"""
STEPS: dict[str, str] = {
    "offers": 'mode = "collect"\nif_nothing = "close"\nreveal = "together"\nby = "side"',
    "choose": 'mode = "vote"\nvote = { kind = "choice", own_excluded = true, gives = "bringer", LEAD }',
    "tell": (
        'mode = "turns"\nfloor = "role:bringer"\n'
        'input = [{ key = "help", en = "h", nl = "h", options = ['
        '{ key = "ideas", en = "i", nl = "i" }, { key = "none", en = "n", nl = "n" }] }]'
    ),
    "ideas": 'mode = "open"\nwhen = "help == ideas"\nlimit = { role = "listener", max_inputs = 2 }',
    "seats": 'mode = "vote"\nvote = { kind = "claim", seats = ["inner", "listener"], open_chair = 1, LOOK }',
    "bowl": 'mode = "open"\nfloor = "inner"',
    "ears": 'mode = "collect"\nreveal = "none"\nparallel_with = "bowl"\nwhen = "role watcher filled"',
    "form": 'mode = "groups"\ngroups = { size = 3, odd = "smaller", prefer = "different", reporter = "random" }',
    "ask": 'mode = "open"\nfloor = "role:asker"\nif_nothing = "next_lap"\nrepeat = "each:member"\nruns_in = "group"',
    "four": 'mode = "groups"\ngroups = { merge = 2, brings_notes = true }',
    "check": (
        'mode = "vote"\nrepeat = "until:yes max:3"\nvote = { kind = "choice", options = ['
        '{ key = "yes", en = "y", nl = "j" }, { key = "no", en = "n", nl = "n" }] }'
    ),
    "object": 'mode = "vote"\nvote = { kind = "choice", proposals = true }',
    "mark": 'mode = "vote"\nvote = { kind = "scale", scale = [-2, 2] }',
    "end": 'mode = "turns"\nfloor = "role:reporter"\norder = "newcomers_first"',
}
LOUD = {**STEPS, "four": 'mode = "groups"\ngroups = { merge = 2 }'}
"""Nobody's notes go anywhere."""
OPTIONS = 'options = [{ key = "a", en = "a", nl = "a" }, { key = "b", en = "b", nl = "b" }]'
PROMPTS = {"form": "{members}, {asker} begins", "end": "{object} by {reporter} in {period}"}
VARIANT = """
[[variants]]
id = "other"
name = { en = "Other", nl = "Ander" }
blurb = { en = "Another.", nl = "Een ander." }
leave_out = ["mark"]
steps = [{ key = "ideas", when = "" }, { key = "bowl", after = "ears", async_h = 7 }]
"""


def file(steps: dict[str, str] = STEPS, more: str = VARIANT) -> str:
    written = ""
    for key, step in steps.items():
        prompt = PROMPTS.get(key, "x")
        written += f'[[steps]]\nkey = "{key}"\nasync_h = 2\nsync_min = 1\n{step}\n'
        written += f'prompt = {{ en = "{prompt}", nl = "{prompt}" }}\n'
    written = written.replace("LEAD", 'leads_to = { format = "harvest", from = 2 }')
    return FILE + written.replace("LOOK", 'leads_to = { format = "harvest", days = 42 }') + more


def test_everything_that_a_step_can_say_is_read() -> None:
    format_ = load({"good.toml": file(more="")})["good"]
    steps = {step.key: step for step in format_.steps}

    assert {role.key: role.filled_by for role in format_.roles} == {
        "bringer": "vote", "inner": "claim", "listener": "claim", "asker": "lap", "watcher": "facilitator",
        "seer": "chance",
    }  # fmt: skip
    assert (format_.roles[1].count, format_.roles[1].room, format_.roles[2].rest) == (2, 3, True)
    assert (format_.place, format_.sides, format_.size.per_side_min) == ("private", 2, 1)
    assert format_.late_join_groups
    assert steps["four"].groups is not None
    assert steps["four"].groups.brings_notes
    assert format_.size.below_side == "pause"
    assert (format_.size.below, format_.instead, steps["offers"].if_nothing) == ("close", "talking_circle", "close")
    assert [role.key for role in format_.roles if role.reaches_out] == ["seer"]
    assert [role.key for role in format_.roles if role.drawn_at == "tell"] == ["seer"]
    assert [role.key for role in format_.roles if role.if_none == "park"] == ["inner"]
    assert [role.key for role in format_.roles if role.words_go and role.if_silent] == ["bringer"]
    assert steps["choose"].vote is not None
    assert steps["choose"].vote.leads_to == LeadsTo("harvest", least=2)
    assert steps["seats"].vote is not None
    assert steps["seats"].vote.leads_to == LeadsTo("harvest", days=42)
    assert steps["offers"].by_side
    assert steps["ideas"].when == Guard("field", "help", "ideas")
    assert steps["ideas"].limit == Limit(2, "listener")
    assert steps["ears"].parallel_with == "bowl"
    assert steps["form"].groups is not None
    assert (steps["form"].groups.size, steps["form"].groups.odd, steps["form"].groups.reporter) == (3, "smaller", True)
    assert (steps["ask"].repeat, steps["ask"].in_groups, steps["ask"].if_nothing) == ("each", True, "next_lap")
    assert (steps["check"].repeat, steps["check"].tries) == ("until", 3)
    assert steps["mark"].vote is not None
    assert steps["mark"].vote.scale == (-2, 2)
    assert (steps["end"].turn_async_h, steps["end"].order) == (2, "newcomers_first")


def test_a_variant_is_a_format_of_its_own() -> None:
    formats = load({"good.toml": file({key: step for key, step in LOUD.items() if key != "ears"}, """
[[variants]]
id = "other"
name = { en = "Other", nl = "Ander" }
blurb = { en = "Another.", nl = "Een ander." }
leave_out = ["mark"]
steps = [{ key = "ideas", when = "" }, { key = "bowl", after = "form", async_h = 7 }]
""")})  # fmt: skip
    other = formats["other"]
    keys = [step.key for step in other.steps]
    assert other.variant_of == "good"
    assert "mark" not in keys
    assert keys.index("bowl") == keys.index("form") + 1
    assert next(step for step in other.steps if step.key == "bowl").async_h == 7
    assert next(step for step in other.steps if step.key == "ideas").when is None


@pytest.mark.parametrize(
    ("step", "old", "new", "fault"),
    [
        ("offers", "by =", "revael = 1\nby =", "revael: nobody reads this key; did you mean reveal?"),
        ("offers", '"together"', '"none"', "by: only answers that are revealed together wait for both sides"),
        ("offers", '"close"', '"stop"', "if_nothing: 'stop' is not one of go_on, close, next_lap"),
        ("offers", '"close"', '"next_lap"', "if_nothing: no lap or loop begins here; say next_lap in the first"),
        ("check", 'mode = "vote"', 'mode = "vote"\nif_nothing = "next_lap"', "if_nothing: no lap or loop begins"),
        (
            "mark",
            "scale =",
            'leads_to = { format = "harvest" }, scale =',
            "vote.leads_to: only what was chosen or claimed",
        ),
        (
            "choose",
            "LEAD",
            'leads_to = { format = "harvest", days = 3 }',
            "leads_to.days: only a `claim` has people who",
        ),
        ("choose", "LEAD", 'leads_to = { format = "harvest", from = 0 }', "leads_to.from: 0 is out of range; use 1"),
        ("choose", "LEAD", "leads_to = { from = 2 }", "leads_to.format: missing; give a text in quotes"),
        ("seats", "LOOK", 'leads_to = { format = "harvest", from = 2 }', "leads_to.from: a claim says after how many"),
        ("seats", "LOOK", 'leads_to = { format = "harvest" }', "leads_to.days: missing; give a whole number"),
        (
            "seats",
            'seats = ["inner", "listener"], open_chair = 1',
            OPTIONS,
            "vote.leads_to: nobody gets a role here who",
        ),
        ("choose", '"bringer"', '"nobody"', "vote.gives: 'nobody' is no role; use bringer, inner"),
        ("offers", "by =", 'anonymous = "optional"\nby =', "vote.gives: step offers may be without names"),
        ("choose", '"choice"', '"consent"', "vote.own_excluded: only `choice` and `dots` can say this"),
        ("ideas", "help == ideas", "help == money", "when: 'money' cannot be picked for help; use one of ideas, none"),
        ("ideas", "help == ideas", "halp == ideas", "when: no step before this one asks 'halp' with options; use help"),
        ("ideas", "help == ideas", "if they like", "when: 'if they like' is no guard; use \"FIELD == OPTION\""),
        ("ideas", "help == ideas", "role king filled", "when: 'king' is no role"),
        ("ideas", "max_inputs = 2", "max_inputs = 0", "limit.max_inputs: 0 is out of range"),
        ("seats", '"inner", "listener"', '"inner", "king"', "vote.seats: 'king' is no role"),
        ("seats", 'seats = ["inner", "listener"], ', "", "vote.open_chair: name the roles in seats"),
        ("bowl", 'mode = "open"', 'mode = "open"\nlimit = { max = 1 }', "limit.max_inputs: missing"),
        ("ears", '"bowl"', '"tell"', "parallel_with: 'tell' does not stand right before this step"),
        ("form", "size = 3, ", "", "groups.size: missing"),
        ("form", "size = 3", "size = 3, merge = 2", "groups.merge: give size to form groups, or merge"),
        ("form", "size = 3", "size = 3, brings_notes = true", "groups.brings_notes: only groups that are merged"),
        ("ears", '"none"', '"together"', "groups.brings_notes: nobody notes anything before the groups are formed"),
        ("form", "size = 3", "size = 1", "groups.size: 1 is out of range; use 2 to 10"),
        ("form", '"smaller"', '"none"', "groups.odd: 'none' is not one of larger, smaller"),
        ("form", 'mode = "groups"', 'mode = "groups"\nrepeat = "each:member"', "repeat: groups are formed once"),
        ("ask", "each:member", "each:day", "repeat: 'each:day' is no way to repeat"),
        ("ask", '"group"', '"team"', "runs_in: 'team' is not one of group"),
        ("check", '"yes"', '"ja"', "repeat: nothing here can say yes; end these steps with a `choice`"),
        ("mark", "-2, 2", "-20, 2", "vote.scale: use two rising numbers from -10 to 10"),
        ("mark", '"scale", ', '"dots", proposals = true, ', "vote.proposals: only `choice` can say this"),
        (
            "mark",
            'mode = "vote"',
            'mode = "vote"\nlast_word = true',
            "last_word: only the last step asks for the last word",
        ),
        ("end", "role:reporter", "role:asker", "roles.asker: it goes round, so step 'end' cannot know who has it"),
    ],
)
def test_a_fault_names_the_step_the_field_and_the_mend(step: str, old: str, new: str, fault: str) -> None:
    assert old in STEPS[step]
    found = faults(file({**STEPS, step: STEPS[step].replace(old, new, 1)}, ""))
    assert [one for one in found if fault in one], found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("sides = 2\n", "", "size.per_side_min: the format has no sides"),
        ("sides = 2\n", "", "by: the format has no sides; say `sides = 2` above"),
        ('late_join_until = "end"\n', "", "late_join_groups: people can join until the end anyway"),
        ("sides = 2\n", "", "size.below_side: the format has no sides"),
        ('"runner_up"', '"asks_in"', "roles.bringer.if_silent: no `open` or `turns` step with floor"),
        ('"pause"', '"stop"', "size.below_side: 'stop' is not one of ask, pause"),
        ('"close"', '"stop"', "size.below: 'stop' is not one of ask, close"),
        ('"2..3"', '"3..2"', "roles.inner.count: '3..2' is no number of people"),
        ('"2..3"', '"rest"', 'roles.count: only one role can be for the "rest"'),
        ('"facilitator"', '"lot"', "roles.watcher.filled_by: 'lot' is not one of chance, claim"),
        ('"facilitator"', '"vote"', "roles.watcher: no vote gives this role"),
        ('"facilitator"', '"claim"', "roles.watcher: no claim vote has this role among its seats"),
        ('"facilitator"', '"chance", if_silent = "runner_up"', "roles.watcher.if_silent: no vote gives this role"),
        ('"facilitator"', '"chance", if_silent = "last"', "roles.watcher.if_silent: this role does not go round"),
        ('"facilitator"', '"chance", if_none = "park"', "roles.watcher.if_none: no claim vote has this role among"),
        ('"facilitator"', '"chance", if_silent = "other"', "roles.watcher.if_silent: 'other' is not one of"),
        ('drawn_at = "tell"', 'drawn_at = "nowhere"', "roles.seer.drawn_at: 'nowhere' is no step; use one of offers"),
        (
            '"chance", drawn',
            '"facilitator", drawn',
            "roles.seer.drawn_at: it is filled by facilitator, so nobody is drawn",
        ),
        ("asker = {", "members = {", "roles.members: prompts fill {members} with something else"),
    ],
)
def test_a_fault_of_the_whole_names_its_key(old: str, new: str, fault: str) -> None:
    assert old in FILE
    found = faults(file(more="").replace(old, new, 1))
    assert [one for one in found if fault in one], found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('["mark"]', '["nothing"]', "variants[1].leave_out: 'nothing' is no step"),
        ('id = "other"', 'id = "good"', "variants[1].id: a variant needs an id of its own"),
        ('after = "ears"', 'after = "mark"', "after: 'mark' is no step of this variant"),
        ('key = "bowl", after = "ears"', 'key = "bowls"', "after: 'bowls' is a new step; say after which"),
        ('when = ""', 'when = "x"', "variant other: "),
    ],
)
def test_a_fault_of_a_variant_says_so(old: str, new: str, fault: str) -> None:
    found = faults(file(more=VARIANT.replace(old, new, 1)))
    assert [one for one in found if fault in one], found

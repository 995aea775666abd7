from __future__ import annotations

import re
from dataclasses import fields
from importlib import resources

import pytest

from bot.errors import SettingsFault
from bot.rounds.formats import load, shipped
from bot.rounds.script import Format, Step

LIBRARY = [
    "appreciative",
    "boundary_object",
    "critical_incident",
    "experiment_design",
    "explore_exploit_retro",
    "fishbowl",
    "harvest",
    "one_two_four_all",
    "paraphrase_check",
    "place_of_difficulty",
    "reveal_together",
    "talking_circle",
    "trio_consult",
    "what_so_what_now_what",
]

GOOD = """\
id = "good"
version = 1
purpose = "To test."
emphasis = { explore = 1, exploit = 0, tacit = 2, explicit = 0 }
size = { min = 3, best = [5, 8], max = 10 }
effort = { async_minutes = 15, async_days = 4, live_minutes = 25 }

[name]
en = "Good"
nl = "Goed"

[blurb]
en = "A test."
nl = "Een test."

[roles.scribe]
en = "scribe"
nl = "schrijver"

[[steps]]
key = "write"
mode = "collect"
reveal = "together"
anonymous = "optional"
async_h = 24
sync_min = 4
[steps.prompt]
en = "What about {topic}?"
nl = "Wat met {topic}?"

[[steps]]
key = "choose"
mode = "vote"
vote = { kind = "dots", per_person = 2 }
async_h = 24
sync_min = 4
[steps.prompt]
en = "Choose, {scribe}."
nl = "Kies, {scribe}."
"""

TEXTS = """
[steps.prompt]
en = "x"
nl = "x"
"""


def faults(text: str, name: str = "good.toml") -> list[str]:
    with pytest.raises(SettingsFault) as caught:
        load({name: text})
    return list(caught.value.faults)


def test_the_library_is_whole() -> None:
    formats = shipped()

    assert sorted(each.id for each in formats.values() if not each.variant_of) == LIBRARY
    assert {each.id: each.variant_of for each in formats.values() if each.variant_of} == {
        "intervision": "place_of_difficulty",
        "incident_method": "place_of_difficulty",
    }
    assert [step.key for step in formats["reveal_together"].steps] == ["write", "notice", "ask", "dots"]
    assert formats["talking_circle"].steps[1].turn_async_h == 8
    assert formats["harvest"].roles[0].name == {"en": "scribe", "nl": "schrijver"}
    assert formats["harvest"].steps[2].fields[0].key == "when"
    assert formats["reveal_together"].can_be_anonymous
    assert not formats["talking_circle"].can_be_anonymous


@pytest.mark.parametrize("format_", shipped().values(), ids=lambda format_: format_.id)
def test_every_text_of_the_library_is_there_in_both_languages(format_: Format) -> None:
    texts = [format_.name, format_.blurb, *(step.prompt for step in format_.steps)]
    texts += [field.label for step in format_.steps for field in step.fields]

    assert all(set(text) == {"en", "nl"} and all(text.values()) for text in texts)


def test_a_good_file_is_read() -> None:
    good = load({"good.toml": GOOD})["good"]

    assert (good.size.min, good.size.best, good.size.max) == (3, (5, 8), 10)
    assert good.steps[1].vote is not None
    assert good.steps[1].vote.per_person == 2
    assert good.late_join_until is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "good"', 'id = "other"', "good.toml: id: 'other' is not the file's name"),
        ("version = 1\n", "", "good.toml: version: missing; give a whole number"),
        ("version = 1\n", 'version = "one"\n', "good.toml: version: 'one' is not a whole number; give a whole number"),
        ("version = 1\n", "version = true\n", "good.toml: version: True is not a whole number; give a whole number"),
        ("version = 1\n", "version = 0\n", "good.toml: version: 0 is out of range; use 1 to 9999"),
        ('nl = "Goed"\n', "", "good.toml: name.nl: missing; give a text in quotes"),
        ('nl = "Goed"', 'nl = ""', "good.toml: name.nl: empty; give a text in quotes"),
        ("explore = 1", "explore = 3", "good.toml: emphasis.explore: 3 is out of range; use 0 to 2"),
        ("best = [5, 8]", "best = [8, 5]", "good.toml: size.best: keep min, both numbers of best, and max in rising"),
        ("best = [5, 8]", "best = [5]", "good.toml: size.best: give two whole numbers in square brackets"),
        ("best = [5, 8]", "best = 5", "good.toml: size.best: 5 is not two whole numbers"),
        ("version = 1\n", "version = 1\nverison = 2\n", "verison: nobody reads this key; did you mean version?"),
        ("version = 1\n", 'version = 1\nplace = "secret"\n', "good.toml: place: 'secret' is not one of thread,"),
        ("version = 1\n", 'version = 1\nlate_join_until = "x"\n', "late_join_until: 'x' is no step; use one of"),
        ("[roles.scribe]", "[roles.topic]", "good.toml: roles.topic: prompts fill {topic} with something else"),
        ('key = "choose"', 'key = "write"', "good.toml: steps[2].key: 'write' stands above already"),
        ('key = "choose"', 'key = "Choose it"', "good.toml: steps[2].key: 'Choose it' is no name"),
        ('mode = "vote"', 'mode = "votes"', "good.toml: step choose: steps[2].mode: 'votes' is not one of"),
        ('mode = "collect"', 'mode = "groups"', "steps[1].groups: missing; give a table"),
        ('mode = "collect"', 'mode = "collect"\nrepeat = "each:a"', "steps[1].repeat: 'each:a' is no way to repeat"),
        ('mode = "collect"', 'mode = "collect"\nfloor = "inner"', "steps[1].floor: nobody is in the inner circle; add"),
        ('mode = "collect"', 'mode = "collect"\nfloor = "holder"', "steps[1].floor: only `turns` has a holder"),
        ('mode = "collect"', 'mode = "collect"\nfloor = "role:x"', "steps[1].floor: 'role:x' is not one of all,"),
        ('mode = "collect"', 'mode = "collect"\nfloor = "contributors"', "nobody has contributed before this step"),
        ('mode = "collect"', 'mode = "collect"\norder = "newcomers_first"', "steps[1].order: only `turns` has"),
        ('mode = "collect"', 'mode = "collect"\nturn_async_h = 2', "steps[1].turn_async_h: only `turns` has"),
        ('mode = "collect"', 'mode = "collect"\nmin_inputs = 0', "steps[1].min_inputs: 0 is out of range; use 1"),
        ('reveal = "together"', 'reveal = "none"', "steps[1].anonymous: only answers that are revealed together"),
        ('reveal = "together"', 'reveal = "none"', "steps[2].vote.options: no answers are revealed before this step"),
        ('reveal = "together"', 'reveal = "to:role:x"', "steps[1].reveal: 'to:role:x' is not one of"),
        ("async_h = 24", "async_h = 0", "steps[1].async_h: 0 is no time; use a number above 0"),
        ("What about {topic}", "What about {tpoic}", "steps[1].prompt.en: {tpoic} is filled by nothing; use {topic}"),
        ("Wat met {topic}?", "Wat?", "steps[1].prompt.nl: {topic} stands in en but not here; say it in both"),
        ("What about {topic}?", "What?", "steps[1].prompt.nl: {topic} stands here but not in en; say it in both"),
        ("What about {topic}?", "x" * 1001, "steps[1].prompt.en: 1001 characters; use at most 1000"),
        ('kind = "dots"', 'kind = "stars"', "steps[2].vote.kind: 'stars' is not one of choice, dots, scale"),
        ('kind = "dots"', 'kind = "choice"', "steps[2].vote.per_person: only `dots` gives more"),
        ("per_person = 2", "scale = [1, 5]", "steps[2].vote.scale: only a `scale` has marks; leave it out"),
        ('mode = "vote"', 'mode = "vote"\nharvest = "mark"', "steps[2].harvest: nobody writes in a vote"),
        ('mode = "vote"', 'mode = "vote"\nreveal = "together"', "steps[2].reveal: only `collect` reveals; leave"),
        ('mode = "vote"', 'mode = "vote"\nanonymous = "never"', "steps[2].anonymous: only `collect` can be anonymous"),
    ],
)  # fmt: skip
def test_a_fault_names_the_file_the_key_and_the_mend(old: str, new: str, fault: str) -> None:
    assert old in GOOD
    found = faults(GOOD.replace(old, new, 1))

    assert [one for one in found if fault in one], found
    assert all(one.startswith("good.toml: ") for one in found)


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        ('mode = "turns"\nasync_h = 2\nsync_min = 1', "steps[3].turn_async_h: missing; give a number"),
        (
            'mode = "turns"\nasync_h = 2\nsync_min = 1\nturn_async_h = 3\nturn_sync_min = 1',
            "steps[3].turn_async_h: a turn of 3 is longer than the step; use at most 2",
        ),
        (
            'mode = "turns"\nfloor = "all"\nasync_h = 2\nsync_min = 1\nturn_async_h = 1\nturn_sync_min = 1',
            "steps[3].floor: 'all' is not one of holder",
        ),
        ('mode = "open"\nasync_h = 2\nsync_min = 1\nvote = { kind = "scale" }', "steps[3].vote: only `vote` votes"),
        ('mode = "vote"\nasync_h = 2\nsync_min = 1', "steps[3].vote: missing; give a table"),
        (
            'mode = "vote"\nasync_h = 2\nsync_min = 1\nvote = { kind = "consent", options = ["fine", "ok"] }',
            "steps[3].vote.options: 'ok' is no way to consent; use fine, concern, objection",
        ),
        (
            'mode = "vote"\nasync_h = 2\nsync_min = 1\nvote = { kind = "scale", scale = [5, 1] }',
            "steps[3].vote.scale: use two rising numbers from -10 to 10",
        ),
        (
            'mode = "vote"\nasync_h = 2\nsync_min = 1\nvote = { kind = "choice", options = [ONE] }',
            "steps[3].vote.options: one option is no choice; give two or more",
        ),
        (
            'mode = "vote"\nasync_h = 2\nsync_min = 1\nvote = { kind = "claim", options = ["a", "b"] }',
            "steps[3].vote.options: write each as a table",
        ),
        (
            'mode = "vote"\nasync_h = 2\nsync_min = 1\ninput = []\nvote = { kind = "scale" }',
            "steps[3].input: a vote has options, no fields; leave it out",
        ),
    ],
)  # fmt: skip
def test_a_step_says_only_what_its_mode_can_do(step: str, fault: str) -> None:
    step = step.replace("ONE", '{ key = "a", en = "A", nl = "A" }')
    found = faults(f'{GOOD}\n[[steps]]\nkey = "more"\n{step}{TEXTS}')

    assert any(fault in one for one in found), found


def test_all_faults_of_all_files_are_told_at_once() -> None:
    with pytest.raises(SettingsFault) as caught:
        load({"b.toml": "id = ", "good.toml": GOOD.replace("version = 1", "version = 0"), "a.toml": ""})

    files = [fault.split(":")[0] for fault in caught.value.faults]
    assert set(files) == {"a.toml", "b.toml", "good.toml"}
    assert files.count("a.toml") >= 8
    assert "not TOML" in next(fault for fault in caught.value.faults if fault.startswith("b.toml"))


def test_no_format_is_known_to_the_engine() -> None:
    engine = [file for file in resources.files("bot.rounds").iterdir() if file.name.endswith(".py")]
    assert len(engine) > 20
    for file in engine:
        text = file.read_text("utf-8")
        for id_ in set(shipped()) - {field.name for field in fields(Step)}:
            assert f'"{id_}"' not in text, f"{file.name} knows {id_}"
        assert not re.search(r'format\w*\.id (==|!=|in) ["(\[{]', text), f"{file.name} asks for a format by its id"


def test_a_form_has_ten_fields_and_a_ballot_no_twins() -> None:
    field = '{ key = "a", en = "A", nl = "A" }'
    eleven = ", ".join(field.replace("a", f"a{n}", 1) for n in range(11))
    much = f'mode = "open"\nasync_h = 2\nsync_min = 1\ninput = [{eleven}]'
    twins = f'mode = "vote"\nasync_h = 2\nsync_min = 1\nvote = {{ kind = "choice", options = [{field}, {field}] }}'

    found = faults(f'{GOOD}\n[[steps]]\nkey = "much"\n{much}{TEXTS}\n[[steps]]\nkey = "twins"\n{twins}{TEXTS}')

    assert [one.split(": ")[1:3] for one in found] == [
        ["step much", "steps[3].input"],
        ["step twins", "steps[4].vote.options"],
    ]


@pytest.mark.parametrize("format_", shipped().values(), ids=lambda format_: format_.id)
def test_the_time_boxes_of_the_library_add_up(format_: Format) -> None:
    """What people are told it takes is what the steps take at most; beside each other they count once."""
    steps = [step for step in format_.steps if not step.parallel_with]
    laps = [step for step in steps if step.repeat]
    once = sum(step.sync_min for step in steps if not step.repeat)
    again = sum(step.sync_min for step in laps) * (3 if any(step.in_groups for step in laps) else 2)
    days = sum(step.async_h for step in steps) / 24

    assert once + again <= format_.effort.live_minutes * 1.15
    assert format_.size.min <= format_.size.best[0] <= format_.size.best[1] <= format_.size.max
    assert all(step.turn_async_h <= step.async_h and step.turn_sync_min <= step.sync_min for step in format_.steps)
    assert days <= format_.effort.async_days * 1.5

"""`kring formats`, as it is called in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.errors import SettingsFault
from bot.own_formats import own_formats
from bot.rounds.formats import shipped

MINE = """\
id = "mine"
version = 1
purpose = "To test."
emphasis = { explore = 1, exploit = 0, tacit = 2, explicit = 0 }
size = { min = 2, best = [3, 4], max = 8 }
effort = { async_minutes = 5, async_days = 1, live_minutes = 5 }

[name]
en = "Mine"
nl = "De mijne"

[blurb]
en = "A test."
nl = "Een test."

[[steps]]
key = "tell"
mode = "open"
async_h = 24
sync_min = 5
[steps.prompt]
en = "What about {topic}?"
nl = "Wat met {topic}?"
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a format of one's own, and settings that name it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "mine.toml").write_text(MINE, "utf-8")
    (tmp_path / "config.toml").write_text('[rounds]\nformats = "ours"\n', "utf-8")
    return tmp_path


def kring(*words: str) -> Result:
    return CliRunner().invoke(main, ["formats", *words])


def test_list_names_all_of_them_and_ones_own() -> None:
    done = kring("list", "--language", "nl")

    assert done.exit_code == 0
    listed = [line.split()[0] for line in done.output.splitlines()]
    assert listed == sorted([*shipped(), "mine"])
    assert "De mijne" in done.output


def test_show_tells_the_script_of_one() -> None:
    done = kring("show", "mine", "--preset", "live")

    assert done.exit_code == 0
    assert "STEP" not in done.output
    assert "Step 1 of 1 · tell · minute 0, at most 5 minutes\nWhat about the first lesson?" in done.output


def test_a_word_that_is_none_gets_the_nearest_one() -> None:
    done = kring("show", "talking_cirle")

    assert done.exit_code == 1
    assert done.stderr == "there is no format talking_cirle; did you mean talking_circle?\n"


def test_check_tells_everything_at_once(here: Path) -> None:
    bad = MINE.replace('"open"', '"opne"').replace("{topic}", "{tpoic}")
    (here / "bad.toml").write_text(bad, "utf-8")

    done = kring("check", "ours/mine.toml", "bad.toml", "none.toml")

    assert done.exit_code == 1
    fine = "Mine / De mijne, 1 step, 2 to 8 people, 5 minutes over 1 day, live 5 minutes"
    assert done.stdout == f"mine.toml: fine: {fine}\n"
    assert "bad.toml: id: 'mine' is not the file's name" in done.stderr
    assert "bad.toml: step tell: steps[1].mode: 'opne' is not one of" in done.stderr
    assert "did you mean open?" in done.stderr
    assert "bad.toml: step tell: steps[1].prompt.en: {tpoic} is filled by nothing" in done.stderr
    assert "none.toml: there is no such file" in done.stderr


def test_check_knows_which_formats_there_are(here: Path) -> None:
    """What a file names must be there: among those that come with Kring, or among the files that are checked."""
    vote = 'mode = "vote"\nvote = { kind = "choice", options = OPTIONS, leads_to = { format = "NEXT" } }'
    vote = vote.replace("OPTIONS", '[{ key = "a", en = "a", nl = "a" }, { key = "b", en = "b", nl = "b" }]')

    def leading(id_: str, next_: str) -> None:
        text = MINE.replace('id = "mine"', f'id = "{id_}"\ninstead = "harvest"').replace('mode = "open"', vote)
        (here / f"{id_}.toml").write_text(text.replace("NEXT", next_), "utf-8")

    leading("here", "there")
    leading("there", "harvest")
    leading("far", "harvets")

    assert kring("check", "here.toml", "there.toml").exit_code == 0
    done = kring("check", "here.toml", "far.toml")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "here.toml: step tell: vote.leads_to.format: there is no format 'there'; leave it out, or add its file",
        "far.toml: step tell: vote.leads_to.format: there is no format 'harvets'; did you mean harvest?",
    ]
    (here / "here.toml").rename(here / "ours" / "here.toml")
    with pytest.raises(SettingsFault, match="there is no format 'there'"):
        own_formats("ours")
    (here / "there.toml").rename(here / "ours" / "there.toml")
    assert set(own_formats("ours")) == {"mine", "here", "there"}


def test_a_file_can_be_played_before_it_is_in_its_folder(here: Path) -> None:
    (here / "draft.toml").write_text(MINE.replace('id = "mine"', 'id = "draft"'), "utf-8")

    done = kring("simulate", "draft.toml", "--people", "3", "--preset", "live", "--language", "nl")

    assert done.exit_code == 0, done.output
    assert "Anna calls /kring round start draft" in done.stdout
    assert "Wat met de eerste les?" in done.stdout
    assert done.stdout.endswith("The round ended: done.\n")


def test_a_folder_is_read_whole_and_its_faults_told_at_once(here: Path) -> None:
    (here / "ours" / "harvest.toml").write_text(MINE.replace('id = "mine"', 'id = "harvest"'), "utf-8")
    (here / "ours" / "odd.toml").write_bytes(b"\xff")
    (here / "ours" / "bad.toml").write_text("id = ", "utf-8")

    with pytest.raises(SettingsFault) as fault:
        own_formats("ours")

    assert [each.split(":")[0] for each in fault.value.faults] == ["odd.toml", "bad.toml"]
    (here / "ours" / "odd.toml").unlink()
    (here / "ours" / "bad.toml").unlink()
    with pytest.raises(SettingsFault, match="'harvest' comes with Kring; call yours otherwise"):
        own_formats("ours")


def test_a_folder_that_is_not_there_is_a_fault_of_the_settings() -> None:
    with pytest.raises(SettingsFault, match="there is no folder nowhere; make it, or leave this empty"):
        own_formats("nowhere")
    assert own_formats("") == {}
    assert list(own_formats("ours")) == ["mine"]


def test_doctor_looks_at_the_folder(here: Path) -> None:
    fine = CliRunner().invoke(main, ["doctor"])
    (here / "ours" / "bad.toml").write_text("id = ", "utf-8")
    wrong = CliRunner().invoke(main, ["doctor"])

    assert f"formats: fine: {len(shipped())} come with Kring, 1 are your own" in fine.output
    assert "formats: bad.toml: not TOML" in wrong.output
    assert wrong.exit_code == 1

"""`kill -9` while people are in the middle of something in Slack, and start again: it goes on where it was."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.slack.manifest import EVENTS_PATH
from bot.chat.names import Space
from bot.compose import store_of
from tests.adapters.stand_ins import MONDAY
from tests.process import free_port, started
from tests.stories.slack_house import FarSlackDriver, Mode, check, installed, new_slack, settings_for
from tests.stories.test_kill import after_the_kill, before_the_kill
from tests.talk import Talk


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_everything_is_there_after_kill_9(tmp_path: Path, mode: Mode) -> None:
    shift, log = MONDAY - datetime.now(UTC), tmp_path / "kring.log"
    async with new_slack(mode, lambda: datetime.now(UTC) + shift, retries=(0.0, 2.0, 5.0, 15.0)) as slack:
        school = slack.workspace("De Regenboog")
        general = slack.channel(school, "general", [school.owner])
        port = free_port() if mode == "http" else 0
        settings = settings_for(slack, mode, f"sqlite:///{tmp_path / 'kring.db'}", port=port)
        async with store_of(settings) as store:
            await store.keep_installation(Space("slack", school.id), installed(slack, school).pack())
        driver = FarSlackDriver(slack, settings, shift, {"schools": school}, {"schools": general})
        talk = Talk(driver)
        async with started(settings, shift, log) as process:
            if mode == "http":
                await slack.deliver_to(f"http://127.0.0.1:{port}{EVENTS_PATH}")
            ana, bo, form = await before_the_kill(talk)
            await process.kill()
        # while Kring is away people write on, and Slack keeps it for later
        await driver.slack.says(
            bo.id, general, "Make sure you wait. I count to ten.", thread=list(general.messages)[-1]
        )
        async with started(settings, shift, log):
            view = slack.modal(ana.id)
            assert view is not None
            assert view.id == form.id
            await after_the_kill(ana, bo)
        check(slack, set())

"""`kill -9` at any moment, and start again: everything that was accepted is there."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientConnectionError, ClientSession

from tests.stories.playground import PlaygroundDriver
from tests.talk import Blank, Player, Talk

ROOT = Path(__file__).parents[2]


class Process:
    """`kring demo` as somebody starts it."""

    def __init__(self, process: asyncio.subprocess.Process, address: str) -> None:
        self._process = process
        self.address = address

    async def kill(self) -> None:
        self._process.kill()
        await self._process.wait()


async def _into(output: asyncio.StreamReader, log: Path) -> None:
    """Keeps what the process says beside its database, for who looks why a test failed."""
    with log.open("ab") as file:
        while line := await output.readline():
            file.write(line)


@asynccontextmanager
async def started(database: Path, *, empty: bool = True) -> AsyncIterator[Process]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KRING_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", *(["--empty"] if empty else []), "--port", "0", "--db", str(database),
        cwd=ROOT, env=environment | {"PYTHONUNBUFFERED": "1"}, stdout=-1, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    told = b""
    while (found := re.search(rb"http://[\d.:]+/", told)) is None:
        line = await asyncio.wait_for(process.stdout.readline(), 30)
        assert line, f"it did not start: {told.decode()}"
        told += line
    drain = asyncio.create_task(_into(process.stdout, database.with_suffix(".log")))
    try:
        yield Process(process, found.group().decode())
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await drain


async def before_the_kill(talk: Talk) -> tuple[Player, Player, Blank]:
    """A thread is kept, and Ana has the form with the draft open."""
    ana, bo = await talk.joins("Ana"), await talk.joins("Bo")
    question = await ana.writes("How do you keep the quiet pupils in? Tell me.")
    await bo.writes("In my class we first let everybody write, because then it works.", thread=question.id)
    await ana.keeps(question)
    await ana.presses("Look at the draft")
    assert ana.saw.form is not None
    return ana, bo, ana.saw.form


async def after_the_kill(ana: Player, bo: Player) -> None:
    """The form that was open can still be sent, and what follows from it goes on."""
    await ana.fills({"When and where does this come up?": "In a talk with the whole class"})
    await bo.presses("Yes, with my name")
    await ana.sees("K-1 is shared", channel="dm")
    assert "K-1" in (await bo.calls("/kring knowhow find pupils")).text


async def test_everything_is_there_after_kill_9(tmp_path: Path) -> None:
    database = tmp_path / "kring.db"
    async with ClientSession() as client:
        async with started(database) as process:
            talk = Talk(PlaygroundDriver(client, process.address))
            await talk.monday_comes()
            ana, bo, _form = await before_the_kill(talk)
            before = [await person.everything() for person in (ana, bo)]
            now = await talk.driver.now()
            await process.kill()

        async with started(database) as process:
            driver = PlaygroundDriver(client, process.address)
            talk.driver = driver
            assert await driver.now() >= now
            assert [await person.everything() for person in (ana, bo)] == before
            await after_the_kill(ana, bo)


async def _acts(driver: PlaygroundDriver, people: list[str], text: str, accepted: list[str]) -> None:
    await driver.write(people[0], "general", None, text)
    accepted.append(text)
    await driver.call(people[0], "general", None, f'/kring knowhow add "{text} and why it works"')
    await driver.call(people[1], "dm", None, "/kring me data")


async def test_nothing_accepted_is_lost_and_nothing_is_shown_twice(tmp_path: Path) -> None:
    """Killed in the middle of many acts at once, three times."""
    database = tmp_path / "kring.db"
    accepted: list[str] = []
    people: list[str] = []
    async with ClientSession() as client:
        for turn in range(3):
            async with started(database) as process:
                driver = PlaygroundDriver(client, process.address)
                if not people:
                    people += [await driver.join(name, "schools", "en") for name in ("Ana", "Bo")]

                acts = [asyncio.create_task(_acts(driver, people, f"{turn}-{n}", accepted)) for n in range(20)]
                await asyncio.sleep(0.05 + 0.1 * turn)
                await process.kill()
                for result in await asyncio.gather(*acts, return_exceptions=True):
                    assert result is None or isinstance(result, ClientConnectionError), result

        async with started(database) as process:
            driver = PlaygroundDriver(client, process.address)
            await driver.deliver()
            said = [
                message.text for message in await driver.look(people[0], "general", None) if message.author == "Ana"
            ]
            assert set(accepted) <= set(said)
            assert len(said) == len(set(said))
            files = [message for message in await driver.look(people[1], "dm", None) if message.files]
            assert len({message.id for message in files}) == len(files)
            # nothing is stuck: what comes next is delivered
            before = len(files)
            await driver.call(people[1], "dm", None, "/kring me data")
            await driver.deliver()
            after = [message for message in await driver.look(people[1], "dm", None) if message.files]
            assert len(after) == before + 1

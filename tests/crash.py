"""Kills Kring at random moments of a running conversation and looks whether anything was lost, doubled or leaked.

    python -m tests.crash --times 200 --seed 7

Five people chatter and answer in one reveal round after another. `kill -9` comes in the middle of whatever happens.
After every start: what was accepted is there once; Kring's posts stand there once; nobody has seen an answer before all
were revealed. The suite runs a few kills of it; `.ci/run` runs all.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientError, ClientSession

from tests.stories.playground import PlaygroundDriver
from tests.stories.test_kill import started
from tests.talk import Player, Refusal, Seen, Talk

NAMES = ("Ana", "Bo", "Cas", "Dee", "Eli")
LAST = "Eli"
"""Answers only when the round shall be revealed."""
ANSWER = "Answer privately"


@dataclass
class Told:
    """What the people outside know: what was accepted, and what may have been when the process died."""

    round: int = 0
    begun: bool = False
    accepted: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    """The last accepted answer by person."""
    maybe: dict[str, str] = field(default_factory=dict)
    """The answer that was on its way by person."""
    kills: int = 0
    revealed: int = 0

    @property
    def topic(self) -> str:
        return f"topic {self.round}"

    @property
    def secret(self) -> str:
        return f"secret-{self.round}-"


class Crash:
    def __init__(self, database: Path, seed: int) -> None:
        self.database = database
        self.chance = random.Random(seed)
        self.told = Told()
        self.people: dict[str, Player] = {}
        self._count = 0

    async def run(self, times: int, *, chatter: bool = True) -> Told:
        async with ClientSession() as client:
            while self.told.kills < times:
                async with self._life(client):
                    await self._check()
                    if self.told.begun and self.chance.random() < 0.5:
                        await self._reveal()
                    acts = [asyncio.create_task(self._hold())]
                    if chatter:
                        acts += [asyncio.create_task(self._chatter(each)) for each in self.people.values()]
                    await asyncio.sleep(self.chance.uniform(0.05, 0.8))
                    await self._process.kill()
                    self.told.kills += 1
                    for result in await asyncio.gather(*acts, return_exceptions=True):
                        if not isinstance(result, ClientError | ConnectionError | asyncio.CancelledError | None):
                            raise result
            async with self._life(client):
                await self._check()
                await self._check_chats(self.people[NAMES[0]])
                if self.told.begun:
                    await self._reveal()
        return self.told

    @asynccontextmanager
    async def _life(self, client: ClientSession) -> AsyncIterator[None]:
        async with started(self.database) as process:
            self._process = process
            driver = PlaygroundDriver(client, process.address)
            if not self.people:
                self.talk = Talk(driver)
                await self.talk.monday_comes()
                self.people = {name: await self.talk.joins(name) for name in NAMES}
            self.talk.driver = driver
            await driver.deliver()
            yield

    # -- what they do

    def _mark(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}."

    async def _chatter(self, who: Player) -> None:
        while True:
            text = self._mark("chat-")
            driver = self.talk.driver
            await driver.write(who.id, await who._channel("practice"), None, text)
            self.told.accepted.add(text)
            await asyncio.sleep(0.03)  # or the round would hardly get its turn

    async def _hold(self) -> None:
        """Begins a round where there is none, then answers and changes answers until the end."""
        told = self.told
        first = self.people[NAMES[0]]
        while not told.begun:
            header = await self._header(first)
            if header is None:
                await first.calls(f'/kring round start reveal_together "{told.topic}"')
                continue
            if ANSWER in await self._buttons(first):
                told.begun = True
                break
            for person in self.people.values():
                await self.talk.driver.press(person.id, header, "I'll speak")
            with contextlib.suppress(Refusal):
                await first.calls("/kring round begin")
        while True:
            name = self.chance.choice(NAMES[:-1])
            await self._answer(name)

    async def _answer(self, name: str) -> None:
        person = self.people[name]
        [prompt] = [message for message in await self._in_thread(person) if ANSWER in message.buttons]
        await person.presses_on(prompt, ANSWER)
        assert person.saw.form is not None, person.saw
        label = next(iter(person.saw.form.values))
        text = self._mark(f"{self.told.secret}{name}-")
        self.told.maybe[name] = text
        reply = await person.fills({label: text})
        assert not reply.errors, reply
        self.told.answers[name] = self.told.maybe.pop(name)

    async def _reveal(self) -> None:
        """Who has not answered for sure does; then each one's last accepted answer stands in the thread once."""
        told = self.told
        for name in NAMES:
            if name not in told.answers:  # what was accepted before a kill must still be there
                await self._answer(name)
        seen = await self._in_thread(self.people[NAMES[0]])
        everything = "\n".join(message.text for message in seen)
        for name, answer in told.answers.items():
            count = everything.count(answer)
            assert count == 1, f"{answer} of {name} stands {count} times in the reveal:\n{everything}"
        await self.people[NAMES[0]].calls("/kring round cancel")
        with contextlib.suppress(AssertionError):
            await self.people[NAMES[0]].presses("Cancel the round", told.topic)
        self.told = Told(told.round + 1, accepted=told.accepted, kills=told.kills, revealed=told.revealed + 1)

    # -- what must hold

    async def _check(self) -> None:
        told = self.told
        for name in told.maybe:  # it may have been accepted, or not: a new one will tell
            told.answers.pop(name, None)
        told.maybe.clear()
        for person in self.people.values():
            await self._check_headers(person)
            await self._check_secret(person)
        await self._check_thread(self.people[NAMES[0]])
        if self.told.kills % 5 == 0:
            await self._check_chats(self.chance.choice(list(self.people.values())))

    async def _check_chats(self, person: Player) -> None:
        """Everything that was accepted up to now, and nothing of it twice."""
        chats: Counter[str] = Counter()
        query = {"as": person.id, "channel": await person._channel("practice")}
        while True:
            page = await self.talk.driver._ask("GET", "messages", query)
            chats.update(message["text"] for message in page["messages"] if message["text"].startswith("chat-"))
            if not page["more"]:
                break
            query["before"] = page["messages"][0]["id"]
        lost = self.told.accepted - set(chats)
        assert not lost, f"{person.name} does not see what was accepted: {sorted(lost)[:5]}"
        twice = [text for text, count in chats.items() if count > 1]
        assert not twice, f"{person.name} sees twice: {twice[:5]}"

    async def _check_headers(self, person: Player) -> None:
        seen = await person.reads("general")
        headers = Counter(
            message.text.partition("\n")[0] for message in seen if message.author == "Kring" and not message.private
        )
        assert all(count == 1 for count in headers.values()), f"posted twice: {headers}"

    async def _check_secret(self, person: Player) -> None:
        for message in await person.everything():
            for name in NAMES:
                if name != person.name and f"{self.told.secret}{name}-" in message.text:
                    raise AssertionError(f"{person.name} sees what {name} has not revealed yet: {message}")

    async def _check_thread(self, person: Player) -> None:
        posts = Counter(
            message.text
            for message in await self._in_thread(person)
            if message.author == "Kring" and not message.private
        )
        twice = [text for text, count in posts.items() if count > 1]
        assert not twice, f"posted twice in the thread: {twice}"

    # -- where it stands

    async def _header(self, person: Player) -> Seen | None:
        found = [each for each in await person.reads("general") if self._is_header(each)]
        return found[-1] if found else None

    def _is_header(self, message: Seen) -> bool:
        return message.author == "Kring" and not message.private and self.told.topic in message.text.partition("\n")[0]

    async def _in_thread(self, person: Player) -> list[Seen]:
        header = await self._header(person)
        if header is None or not header.replies:
            return []
        return list(await self.talk.driver.look(person.id, header.channel, header.id))[1:]

    async def _buttons(self, person: Player) -> set[str]:
        return {button for message in await self._in_thread(person) for button in message.buttons}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kring-crash-") as folder:
        try:
            told = asyncio.run(Crash(Path(folder) / "kring.db", options.seed).run(options.times))
        except BaseException:
            log = (Path(folder) / "kring.log").read_text("utf-8")
            print(log[log.rfind("Traceback") - 3_000 :][:9_000] if "Traceback" in log else log[-3_000:])
            raise
    print(f"{told.kills} kills, {len(told.accepted)} messages accepted, {told.revealed} rounds revealed:")
    print("nothing lost, nothing twice, nothing leaked")
    return 0


if __name__ == "__main__":
    sys.exit(main())

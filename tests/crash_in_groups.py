"""Kills Kring while people are let into groups, talk there and go on from group to circle.

What `tests/crash.py` does for answers that are revealed together: what was accepted stands there once, each group has
one place and one question, and the step after the groups opens once, whenever the process died.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Coroutine

from aiohttp import ClientError, ClientSession

from tests.crash import NAMES, Crash, Told
from tests.talk import Player, Refusal, Seen

DONE = "Done"
TWO_GROUPS = 2


class CrashInGroups(Crash):
    async def run(self, times: int, *, chatter: bool = True) -> Told:
        self.chatter = chatter
        async with ClientSession() as client:
            await self._doomed(client, self._talk())
            while self.told.kills < times:
                await self._doomed(client, self._talk(), begun=True)
            # everybody is done, and Kring dies while the last of them says so
            await self._doomed(client, self._all_done(), begun=True)
            async with self._life(client):
                await self._talk_until_begun()
                await self._all_done()
                await self._check_groups()
                steps = [each for each in await self._in_thread(self.first) if each.text.startswith("Step 2 of 4")]
                assert len(steps) == 1, steps
        return self.told

    @property
    def first(self) -> Player:
        return self.people[NAMES[0]]

    async def _doomed(
        self, client: ClientSession, act: Coroutine[object, object, None], *, begun: bool = False
    ) -> None:
        async with self._life(client):
            await self._check_groups()
            if begun:
                await self._talk_until_begun()
            doing = asyncio.create_task(act)
            await asyncio.sleep(self.chance.uniform(0.05, 0.8))
            await self._process.kill()
            self.told.kills += 1
            with contextlib.suppress(ClientError, ConnectionError):
                await doing

    # -- what they do

    async def _talk_until_begun(self) -> None:
        told = self.told
        while len(await self._groups()) < TWO_GROUPS:
            header = await self._header(self.first)
            if header is None:
                await self.first.calls(f'/kring round start appreciative "{told.topic}"')
                continue
            for person in self.people.values():
                with contextlib.suppress(Refusal):
                    await self.talk.driver.press(person.id, header, "I'll speak")
            await self.first.calls("/kring round begin")

    async def _talk(self) -> None:
        await self._talk_until_begun()
        while True:
            name = self.chance.choice(NAMES)
            [group] = [each for each in await self._groups() if name in each.text]
            text = self._mark("chat-")
            await self.talk.driver.write(self.people[name].id, group.channel, group.id, text)
            self.told.accepted.add(text)

    async def _all_done(self) -> None:
        for group in await self._groups():
            for name in (each for each in NAMES if each in group.text):
                for message in await self._within(group):
                    if DONE in message.buttons:
                        await self.people[name].presses_on(message, DONE)

    # -- what must hold

    async def _check_groups(self) -> None:
        groups = await self._groups()
        assert len({each.text for each in groups}) == len(groups) <= TWO_GROUPS, groups
        assert sum(each.text.count(name) for each in groups for name in NAMES) in (0, len(NAMES)), groups
        told: Counter[str] = Counter()
        for group in groups:
            within = await self._within(group)
            questions = [each.text for each in within if each.author == "Kring" and not each.private]
            assert len(set(questions)) == len(questions), f"posted twice in a group: {questions}"
            told.update(each.text for each in within if each.text.startswith("chat-"))
        assert self.told.accepted <= set(told), "what was accepted is not there"
        assert max(told.values(), default=1) == 1, told
        if await self._header(self.first):
            await self._check_thread(self.first)
            await self._check_headers(self.first)

    # -- where it stands

    async def _groups(self) -> list[Seen]:
        seen = await self.first.reads("general")
        return [each for each in seen if each.author == "Kring" and each.text.startswith("Group ")]

    async def _within(self, group: Seen) -> list[Seen]:
        return list(await self.talk.driver.look(self.first.id, group.channel, group.id))[1:] if group.replies else []

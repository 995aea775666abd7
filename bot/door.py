"""The one door: every event comes in here, once, and leaves as an answer, with all it changed made durable together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from bot.chat.answers import Answer
from bot.chat.events import ByPerson, Event
from bot.chat.names import Account
from bot.errors import FormMistake, Overtaken, StorageTrouble, UserMistake
from bot.features import Features
from bot.listed import listed
from bot.ports import Store
from bot.routing import Run, UnmetError
from bot.texts.catalogue import _

TRIES = 5
"""How often an event is run again when somebody else was first."""

NO_MEMORY = _("I cannot reach my memory right now, so nothing has changed. Please try again in a minute.")
MY_FAULT = _("Something went wrong on my side and nothing has changed. If it stays so, tell your host: {reference}.")

log = structlog.get_logger("kring.door")


class Door:
    """Handles events. `chance` gives a fresh number for each, `tick` counts seconds for the log."""

    def __init__(
        self,
        store: Store,
        features: Features,
        *,
        now: Callable[[], datetime],
        chance: Callable[[], int],
        tick: Callable[[], float],
        committed: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._features = features
        self._now = now
        self._chance = chance
        self._tick = tick
        self._committed = committed

    async def handle(self, event: Event) -> Answer:
        """The answer for the person who acted. Returns when everything the event changed is durable.

        An event that was handled before changes nothing and answers nothing. What goes wrong while a person waits
        becomes words for that person; else it is raised, so that the sender can try again.
        """
        started = self._tick()
        run = Run(self._features, event, self._now(), self._chance())
        try:
            answer = await self._run(run)
            result: str = answer.kind
        except FormMistake as mistake:
            answer, result = run.form_errors(mistake), "form_mistake"
        except UserMistake as mistake:
            answer, result = run.said(run.words.say(mistake.text, **mistake.values)), "mistake"
        except Exception as error:  # noqa: BLE001 - whatever it is: words for the person, a line in the log
            answer, result = self._failed(run, error), "failed"
        log.info(
            "event",
            id=event.id,
            kind=event.kind,
            feature=run.feature,
            handler=run.handler,
            ms=round((self._tick() - started) * 1000, 2),
            result=result,
        )
        return answer

    async def choices(self, account: Account, command: str, option: str, typed: str) -> Sequence[tuple[str, str]]:
        """What that option of that command can be chosen from, while somebody types it: values, each with what it is
        called. None for an option without a list.
        """
        asked = (account, command, option, typed, self._now())
        try:
            return await self._store.look(lambda unit: listed(self._features, unit, *asked, only_looks=True))
        except UnmetError:
            return await self._store.run(lambda unit: listed(self._features, unit, *asked, only_looks=False))

    async def _run(self, run: Run) -> Answer:
        if run.only_looks():
            try:
                return await self._store.look(run.look)
            except UnmetError:
                pass  # now with a unit that may write
        for _attempt in range(TRIES):
            try:
                answer = await self._store.run(run.work)
            except Overtaken:
                run.seed = self._chance()
                continue
            self._committed()
            return answer
        raise StorageTrouble(f"somebody else was first {TRIES} times in a row")

    def _failed(self, run: Run, error: Exception) -> Answer:
        reference = f"{self._chance() % 0x1000000:06x}"
        log.error("failed", id=run.event.id, reference=reference, handler=run.handler, exc_info=error)
        if not isinstance(run.event, ByPerson):
            raise error
        if isinstance(error, StorageTrouble):
            return run.said(run.words.say(NO_MEMORY))
        return run.said(run.words.say(MY_FAULT, reference=reference))

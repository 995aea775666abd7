"""What is on its way to the app: handed over, acknowledged within three seconds, or sent again.

Events are sent again up to three times: at once, a minute later, five minutes later
(https://docs.slack.dev/apis/events-api#retries). Commands and interactions are not; the person sees an error
(https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response). An attempt that finds no open
socket waits for one as long as an acknowledgement may take.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.signed import SignedRequests
from tests.fakes.slack.state import Json

if TYPE_CHECKING:
    from tests.fakes.slack.sockets import Link
    from tests.fakes.slack_server import SlackServer


@dataclass(eq=False)
class Answer:
    """How the app answered a command or an interaction."""

    failed: str | None = None
    body: Any = None


@dataclass(eq=False)
class Parcel:
    """One delivery. `kind` is the type of the envelope; `waiting` is set when a person waits for the answer."""

    kind: str
    payload: Json
    takes_answer: bool = False
    waiting: asyncio.Future[Answer] | None = None
    attempt: int = 0
    reason: str = ""
    id: str = ""
    link: Link | None = None
    timer: asyncio.TimerHandle | None = None
    sent: float = 0.0
    done: bool = False
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def name(self) -> str:
        event = self.payload.get("event") or {}
        return f"{self.kind} {event.get('type') or self.payload.get('type') or self.payload.get('command')}"

    def envelope(self) -> Json:
        """https://docs.slack.dev/apis/events-api/using-socket-mode#events"""
        shared: Json = {
            "envelope_id": self.id,
            "payload": self.payload,
            "type": self.kind,
            "accepts_response_payload": self.takes_answer,
        }
        return shared | ({"retry_attempt": self.attempt, "retry_reason": self.reason} if self.waiting is None else {})


class Delivery:
    def __init__(self, slack: SlackServer, *, patience: float, retries: Sequence[float]) -> None:
        self._slack = slack
        self._patience = patience
        self._retries = tuple(retries)
        self._open: dict[Parcel, None] = {}
        self._handed: dict[str, Parcel] = {}
        self._homeless: dict[Parcel, None] = {}
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._requests: SignedRequests | None = None
        self.stopped = True

    def start(self) -> None:
        self.stopped = False

    async def stop(self) -> None:
        self.stopped = True
        for parcel in list(self._open):
            self._end(parcel, Answer(failed="dispatch_failed"))
        if self._requests is not None:
            await self._requests.close()

    async def deliver_to(self, events: str, interactivity: str, commands: str) -> None:
        if self._requests is not None:
            await self._requests.close()
        self._requests = SignedRequests(self._slack.app, events, interactivity, commands, self._patience)
        await self._requests.verify()

    async def idle(self, seconds: float) -> None:
        async def quiet() -> None:
            while self._open or self._slack.web.under_way:
                await (self._quiet.wait() if self._open else asyncio.sleep(0.002))

        try:
            await asyncio.wait_for(quiet(), seconds)
        except TimeoutError:
            names = ", ".join(each.name for each in self._open)
            raise TimeoutError(f"Still on the way after {seconds} s: {names or 'calls of the app'}") from None

    @property
    def waiting(self) -> int:
        """How many are not acknowledged yet."""
        return len(self._open)

    # -- handing over

    def event(self, payload: Json) -> None:
        if self.stopped:
            return
        self._slack.counters.sent += 1
        self._begin(Parcel("events_api", payload))

    async def ask(self, kind: str, payload: Json, *, takes_answer: bool) -> Answer:
        """Hands over a command or an interaction and waits for the acknowledgement."""
        if self.stopped:
            return Answer(failed="dispatch_failed")
        parcel = Parcel(kind, payload, takes_answer, asyncio.get_running_loop().create_future())
        assert parcel.waiting is not None
        self._begin(parcel)
        return await parcel.waiting

    def socket_opened(self) -> None:
        for parcel in list(self._homeless):
            del self._homeless[parcel]
            self._hand_over(parcel)

    def link_closed(self, link: Link) -> None:
        for parcel in [each for each in self._handed.values() if each.link is link]:
            self._missed(parcel, "connection_failed")

    def acknowledged(self, envelope_id: str, body: Any) -> None:
        parcel = self._handed.get(envelope_id)
        if parcel is None:
            self._slack.counters.late += 1
            return
        if self._slack.mishaps.strikes("lost_ack"):
            return
        self._took(parcel, body)

    def _begin(self, parcel: Parcel) -> None:
        self._open[parcel] = None
        self._quiet.clear()
        self._hand_over(parcel)

    def _hand_over(self, parcel: Parcel) -> None:
        if parcel.done or self.stopped:
            return
        if parcel.timer is not None:
            parcel.timer.cancel()
        loop = asyncio.get_running_loop()
        parcel.id = str(uuid.UUID(int=self._slack.mishaps.random.getrandbits(128)))
        parcel.timer = loop.call_later(self._patience, self._missed, parcel, "timeout")
        parcel.sent = time.perf_counter()
        if self._requests is not None:
            self._count(parcel)
            task = loop.create_task(self._request(parcel))
            parcel.tasks.add(task)
            task.add_done_callback(parcel.tasks.discard)
            return
        link = self._slack.sockets.next()
        if link is None:
            self._homeless[parcel] = None
            return
        self._count(parcel)
        self._handed[parcel.id] = parcel
        parcel.link = link
        link.send(parcel.envelope(), twice=parcel.waiting is None and self._slack.mishaps.strikes("doubled"))
        if self._slack.mishaps.strikes("cut"):
            link.cut()

    def _count(self, parcel: Parcel) -> None:
        event_id = parcel.payload.get("event_id")
        if event_id is not None:
            self._slack.counters.deliveries.setdefault(event_id, []).append(time.time())
            self._slack.counters.redelivered += parcel.attempt > 0

    async def _request(self, parcel: Parcel) -> None:
        assert self._requests is not None
        twice = parcel.waiting is None and self._slack.mishaps.strikes("doubled")
        attempt = parcel.attempt
        if twice:
            await self._requests.send(parcel)
        answer = await self._requests.send(parcel)
        if self._slack.mishaps.strikes("lost_ack") or parcel.done:
            return
        if parcel.attempt != attempt:
            self._slack.counters.late += answer.failed is None
        elif answer.failed is None:
            self._took(parcel, answer.body)
        elif answer.failed == "no_retry":
            self._lost(parcel)
        else:
            self._missed(parcel, answer.failed)

    # -- what became of it

    def _took(self, parcel: Parcel, body: Any) -> None:
        self._slack.counters.acked += 1
        self._slack.counters.answered += parcel.waiting is not None
        self._slack.counters.ack_seconds.append(time.perf_counter() - parcel.sent)
        self._end(parcel, Answer(body=body))

    def _missed(self, parcel: Parcel, reason: str) -> None:
        self._handed.pop(parcel.id, None)
        self._homeless.pop(parcel, None)
        if parcel.timer is not None:
            parcel.timer.cancel()
        if parcel.done:
            return
        if parcel.waiting is not None:
            self._end(parcel, Answer(failed="operation_timeout" if reason == "timeout" else "dispatch_failed"))
        elif parcel.attempt >= len(self._retries):
            self._lost(parcel)
        else:
            pause = self._retries[parcel.attempt]
            parcel.attempt += 1
            parcel.reason = f"http_{reason}" if self._requests is not None and reason == "timeout" else reason
            loop = asyncio.get_running_loop()
            parcel.timer = loop.call_later(pause, self._hand_over, parcel)

    def _lost(self, parcel: Parcel) -> None:
        self._slack.counters.lost += 1
        self._slack.counters.given_up.append(parcel.payload)
        self._end(parcel, Answer(failed="lost"))

    def _end(self, parcel: Parcel, answer: Answer) -> None:
        parcel.done = True
        if parcel.timer is not None:
            parcel.timer.cancel()
        self._handed.pop(parcel.id, None)
        self._homeless.pop(parcel, None)
        self._open.pop(parcel, None)
        if parcel.waiting is not None and not parcel.waiting.done():
            parcel.waiting.set_result(answer)
        if not self._open:
            self._quiet.set()

"""Everything that goes wrong between Discord and Kring: see `life.py`.

Connections break before and after a call was carried out, Discord fails or says 429, answers slowly, sends events
twice, cuts sockets with what was on its way, and forgets sessions. Besides what all do, people keep messages from
their menu and, in full mode, with an emoji: that Discord tells once, so it may be lost when Kring is killed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.settings import Settings
from tests.adapters.discord.scene import Mode, settings_of
from tests.fakes.discord.mishaps import Chances
from tests.fakes.discord.people import ClientRefusal
from tests.fakes.discord.state import Channel, Outcome, Person
from tests.fakes.discord_server import DiscordServer
from tests.faults.life import PEOPLE, Act, Life, Told
from tests.process import TEMPO

CHANNELS = 6
JITTER = 4.0
"""Discord's limits are faster than Kring's pace: at such a tempo the machine's own stutter counts for seconds."""
KEEP = "Keep as know-how"
POST, EDIT = "POST /channels/{channel}/messages", "PATCH /channels/{channel}/messages/{message}"
CHANCES = Chances(
    dropped=0.03, refused=0.03, failing=0.03, failing_after=0.03, throttled=0.02, slow=0.03,
    doubled=0.06, cut=0.004, swallowed=0.004, invalid_session=0.15,
    only=frozenset({
        POST, EDIT, "GET /channels/{channel}/messages", "POST /users/@me/channels",
        "POST /interactions/{interaction}/{token}/callback", "POST /channels/{channel}/messages/{message}/threads",
        "INTERACTION_CREATE", "MESSAGE_CREATE", "MESSAGE_REACTION_ADD", "IDENTIFY", "RESUME",
    }),
)  # fmt: skip
"""All but what a start needs: there every failure costs seconds of waiting."""


class DiscordLife(Life):
    refusal = ClientRefusal

    def __init__(self, folder: Path, mode: Mode, seed: int) -> None:
        super().__init__(folder, seed)
        self.mode = mode
        allowed = ("members", "message_content") if mode == "full" else ()
        self.server = DiscordServer(
            intents_allowed=allowed, tempo=TEMPO * JITTER, wall=lambda: self.now().timestamp(), seed=seed
        )
        self.kept: dict[str, tuple[Person, Told]] = {}

    async def set_up(self) -> Settings:
        discord = self.server
        self.school = discord.server("De Regenboog")
        owner = discord.world.person(self.school.owner)
        self.people = [owner, *(discord.person(self.school, f"P{n}") for n in range(1, PEOPLE))]
        self.general = discord.channel(self.school, "general")
        self.channels = [discord.channel(self.school, f"room-{n}") for n in range(CHANNELS)]
        return settings_of(discord, f"sqlite:///{self.folder / 'kring.db'}", self.mode)

    async def begin(self, settings: Settings) -> None:
        owner, discord = self.people[0], self.server
        await discord.idle()
        await discord.calls(owner, self.general, "/kring setup wizard")
        modal = discord.modal(owner)
        assert modal is not None
        outcome = await discord.submits(owner, modal, {"Name of the community": "De Werkplaats"})
        while outcome.messages and "Next" in discord.told(outcome)[-1].buttons:
            await discord.presses(owner, discord.told(outcome)[-1], "Next")
            outcome = await discord.submits(owner, discord.modal(owner), {})
        await discord.idle()

    def mishaps_begin(self) -> None:
        self.server.mishaps.chances = CHANCES

    @property
    def own_acts(self) -> Sequence[Act]:
        return (self._keep, self._react) if self.mode == "full" else (self._keep,)

    def is_reachable(self) -> bool:
        return bool(self.server.connected)

    def new_channel(self, name: str) -> Channel:
        return self.server.channel(self.school, name)

    @property
    def home(self) -> Channel:
        return self.general

    async def calls(self, person: Person, channel: Channel, text: str) -> Outcome:
        path, given = _typed(text)
        return await self.server.calls(person, channel, path, options=given)

    async def form(self, person: Person) -> Any:
        outcome = await self.calls(person, self.general, "/kring knowhow add")
        for told in self.server.told(outcome):
            if "Open the form" in told.buttons:
                outcome = await self.server.presses(person, told, "Open the form")
        return outcome.modal if outcome.modal is not None and self.server.modal(person) is outcome.modal else None

    async def sends(self, person: Person, form: Any, values: dict[str, str]) -> Outcome:
        """One step after the other."""
        outcome = await self.server.submits(person, form, _of(self.server.modal_fields(form), values))
        while outcome.failed is None and (
            told := [each for each in self.server.told(outcome) if "Next" in each.buttons]
        ):
            opened = await self.server.presses(person, told[-1], "Next")
            if opened.modal is None or self.server.modal(person) is not opened.modal:
                return Outcome(failed="nothing opened")
            modal = opened.modal
            outcome = await self.server.submits(person, modal, _of(self.server.modal_fields(modal), values))
        return outcome

    def was_taken(self, outcome: Outcome, title: str) -> bool:
        """Of two that one person fills in at the same time the later one counts."""
        return any(f"· {title}" in each.text for each in self.server.told(outcome))

    def posts(self) -> dict[str, list[Any]]:
        return dict(self.server.posts_by_nonce())

    def in_channel(self, channel: Channel) -> Iterable[tuple[Any, str]]:
        return ((each, str(each.components)) for each in channel.messages.values() if each.by_app)

    def asked_by(self, person: Person, outcome: Outcome) -> tuple[Any, ...]:
        return (outcome,)

    def seen(self, message: Any) -> tuple[Any, ...]:
        return (message,)

    def given_up(self, about: str) -> bool:
        return False  # Discord tells everything once; what people do with Kring they see fail

    # -- what people do here besides

    async def _keep(self) -> None:
        """Something that somebody said is kept from its menu."""
        person, said, mark = await self._said()
        try:
            outcome = await self.server.uses(person, said, KEEP)
        except ClientRefusal:  # Kring gave Discord no commands yet
            return
        self.kept[mark] = person, Told(accepted=outcome.failed is None)

    async def _react(self) -> None:
        person, said, mark = await self._said()
        await self.server.reacts(person, said, "🔖")
        self.kept[mark] = person, Told()

    async def _said(self) -> tuple[Person, Any, str]:
        asks, channel, mark = self.chance.choice(self.people), self.chance.choice(self.channels), self.mark("thought")
        said = await self.server.says(asks, channel, f"With {mark} I first let everybody write for two minutes.")
        return asks, said, mark

    def check_own(self) -> None:
        for mark, (person, told) in self.kept.items():
            drafts = [each for each in self.letters(person) if mark in each.text and "draft" in each.text]
            assert told.fits(len(drafts)), f"{mark}: {len(drafts)} drafts, {told}"


def _typed(text: str) -> tuple[str, dict[str, str]]:
    """`/kring round start reveal_together "topic"` with the options by name, as Discord has them."""
    words, _, rest = text.partition(' "')
    given = rest.removesuffix('"')
    match words.split():
        case ["/kring", "round", "start", format_]:
            return "/kring round start", {"format": format_, "topic": given}
        case ["/kring", "knowhow", "find"]:
            return "/kring knowhow find", {"words": given}
        case _:
            return words, {}


def _of(fields: Any, values: dict[str, str]) -> dict[str, str]:
    """Those of the values that this step asks for."""
    return {label: value for label, value in values.items() if label in fields}

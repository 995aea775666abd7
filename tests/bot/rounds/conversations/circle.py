"""People who play a round by the door, in either language."""

from __future__ import annotations

from bot.chat.names import Channel, MessageRef, Thread
from bot.rounds.model import Round
from bot.texts.catalogue import words_in
from tests.knock import House, Player, Shown

NAMES = ("Anna", "Bo", "Cas", "Dia")


class Circle:
    """Some people in the school's #general who all read one language; the first of them starts the round.

    deep: Anna is a host, who may start what circles usually do not begin with.

    Labels are given in English and pressed as that language has them.
    """

    def __init__(
        self, house: House, language: str = "en", names: tuple[str, ...] = NAMES, *, deep: bool = False
    ) -> None:
        self.house = house
        self.words = words_in(language)
        self.language = language
        self.people = {name: house.person(name, language=language, host=deep and name == "Anna") for name in names}

    @property
    def anna(self) -> Player:
        return self.people["Anna"]

    def label(self, text: str, **values: object) -> str:
        return self.words.label(text, **values)

    async def speaks(self) -> None:
        """A host makes this the language that everybody reads."""
        hessel = self.house.person("Hessel", host=True)
        await hessel.calls("setup")
        chosen = {"en": "English", "nl": "Nederlands"}[self.language]
        await hessel.fills({"Language of what everybody reads": chosen})

    async def press(self, who: Player, label: str, within: str = "") -> None:
        await who.presses(self.label(label), within)

    async def all_press(self, label: str, within: str = "") -> None:
        for who in self.people.values():
            await self.press(who, label, within)

    async def begin(self, format_: str, topic: str = "the first lesson", more: str = "") -> None:
        """Starts a round, lets everybody in who speaks, and begins."""
        if self.language != "en":
            await self.speaks()
        await self.anna.calls(f'round start {format_} "{topic}" {more}')
        for at, who in enumerate(self.people.values()):
            await self.press(who, "I'll speak", topic)
            side = self.label("Side {side}", side="AB"[at % 2])
            if f"[{side}]" in who.sees:
                await who.presses(side)
        await self.anna.calls("round begin")

    async def answer(self, who: Player, words: str) -> None:
        await self.press(who, "Answer privately", self.step_heading)
        await who.fills({"words": words})

    async def all_answer(self, words: str = "How {name} does it.") -> None:
        for name, who in self.people.items():
            await self.answer(who, words.format(name=name))

    @property
    def channel(self) -> Channel:
        return self.house.channel()

    @property
    def thread(self) -> Thread:
        """The thread of the newest round; its groups have their own."""
        group, channel = self.label("Group {n}", n="").strip(), self.channel
        card = next(
            shown
            for shown in reversed(self.house.messages)
            if shown.message and shown.ref.thread is None and shown.ref.channel == channel
            if not shown.says.startswith(group)
        )
        return Thread(channel, card.ref.id)

    @property
    def card(self) -> str:
        return self.house.find(MessageRef(self.channel, self.thread.id)).says

    @property
    def said(self) -> list[Shown]:
        """What stands in the thread."""
        thread = self.thread.id
        return [shown for shown in self.house.messages if shown.ref.thread == thread]

    @property
    def thread_says(self) -> str:
        return "\n--\n".join(shown.says for shown in self.said)

    @property
    def step_heading(self) -> str:
        """The heading of the newest step, which names its message."""
        steps = [shown.says.splitlines()[0] for shown in self.said if shown.message]
        ways = {self.label("Step {i} of {n}", i=i, n=n) for n in range(1, 9) for i in range(1, n + 1)}
        return next(line for line in reversed(steps) if line in ways)

    async def write(self, who: Player, words: str) -> MessageRef:
        return await who.writes(words, self.thread)

    async def round(self) -> Round:
        """The newest round as it is stored."""
        community = (await self.house.store.look(lambda unit: unit.communities.of(self.anna.account.space))).id

        def newest(unit: object) -> Round:
            person = unit.people.by_account(self.anna.account)  # type: ignore[attr-defined]
            found: tuple[Round, ...] = unit.rounds.touching(community, person.id)  # type: ignore[attr-defined]
            return found[-1]

        found: Round = await self.house.store.look(newest)
        return found

    async def holder(self) -> str:
        """Who has the word."""
        round_ = await self.round()
        assert round_.step is not None
        holder = round_.step.holder
        person = await self.house.store.look(lambda unit: unit.people.get(round_.community, holder))
        name: str = person.name
        return name

    async def holder_in_group(self) -> Player:
        """Who has the word in the group that has got so far."""
        round_ = await self.round()
        [holder] = [run.holder for run in round_.steps if run.at_work and run.holder]
        person = await self.house.store.look(lambda unit: unit.people.get(round_.community, holder))
        return self.people[person.name]

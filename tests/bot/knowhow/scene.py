"""A thread with know-how in it, in either language, and the people in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from bot.chat.names import MessageRef, Thread
from bot.chat.requests import Post
from tests.knock import House, Player

QUESTION = {
    "nl": "Hoe krijgen jullie stille leerlingen aan het woord? Bij mij blijft in een online les iedereen op mute.",
    "en": "How do you get silent pupils to speak? In my class everybody stays on mute in an online lesson.",
}
ANSWER = {
    "nl": "Probeer eerst twee minuten iedereen te laten typen. Omdat ze dan al iets hebben om op terug te vallen.",
    "en": "Try two minutes of typing first. It works because they have something to fall back on.",
}
SECOND = {"nl": "Zorg dat je zelf stil blijft.", "en": "Make sure to stay silent yourself."}
THANKS = {"nl": "Dankjewel, dat werkte!", "en": "Thanks, that worked!"}


@dataclass
class Scene:
    """Ana asked, Bo and Cas answered, Kim keeps."""

    house: House
    ana: Player
    bo: Player
    cas: Player
    kim: Player
    question: MessageRef
    answer: MessageRef
    second: MessageRef

    @property
    def thread(self) -> str:
        return self.question.id

    def in_thread(self) -> str:
        """All that stands in the thread, as its readers see it."""
        return "\n".join(shown.says for shown in self.house.shown(self.question.channel, thread=self.thread))

    def direct(self, player: Player) -> str:
        return "\n".join(shown.says for shown in player.direct)


async def scene(house: House, language: str = "en", space: str = "school") -> Scene:
    ana, bo, cas, kim = (house.person(name, space, language) for name in ("Ana", "Bo", "Cas", "Kim"))
    for each in (ana, bo, cas, kim):  # they are known here, each with a language of their own
        await each.calls("help")
    await speaks(house, ana, language)
    question = await ana.writes(QUESTION[language])
    thread = Thread(question.channel, question.id)
    answer = await bo.writes(ANSWER[language], thread)
    second = await cas.writes(SECOND[language], thread)
    await ana.writes(THANKS[language], thread)
    return Scene(house, ana, bo, cas, kim, question, answer, second)


async def drafted(house: House, language: str = "en", space: str = "school") -> Scene:
    """Kim has the form of the draft open."""
    told = await scene(house, language, space)
    await told.kim.uses("keep", told.question)
    await told.kim.presses({"en": "Look at the draft", "nl": "Bekijk het concept"}[language])
    return told


async def asked(house: House, language: str = "en", space: str = "school") -> Scene:
    """Kim has sent the form as it was; Ana, Bo and Cas are asked."""
    told = await drafted(house, language, space)
    await told.kim.fills({})
    return told


async def shared(house: House, language: str = "en", space: str = "school") -> Scene:
    """Everybody has said yes, with their names; it is K-1."""
    told = await asked(house, language, space)
    for each in (told.ana, told.bo, told.cas):
        await each.presses({"en": "Yes, with my name", "nl": "Ja, met mijn naam"}[language])
    return told


async def speaks(house: House, player: Player, language: str) -> None:
    """The player's community speaks that language in public."""

    def arrange(unit: Any) -> None:
        known = unit.communities.of(player.account.space)
        unit.members.arrange(known.id, known, replace(known, language=language))

    await house.store.run(arrange)


def code_in(player: Player) -> str:
    """The code that somebody sees, to bring it to another space."""
    found = re.search(r"link ([A-Z0-9]{4}-[A-Z0-9]{4})", player.sees)
    assert found is not None, player.sees
    return found[1]


def posted_in(house: House, thread: str) -> list[Post]:
    return [each for each in house.requests if isinstance(each, Post) and each.thread and each.thread.id == thread]

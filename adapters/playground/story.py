"""Three weeks in the life of the playground's community, as its people live them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from adapters.playground.answers import Given
from adapters.playground.desk import Desk
from adapters.playground.model import Somebody
from adapters.playground.players import NotThereError, Players
from bot.chat.messages import Words
from bot.chat.text import Code

ZONE = "Europe/Amsterdam"
DOTS = (("anna", "bilal", "chantal"), ("bilal", "anna", "chantal"), ("chantal", "bilal", "anna"))
"""Who gives their two dots to whom."""


async def tell(desk: Desk, words: dict[str, Any], end: datetime) -> None:
    """From now to `end`, when a newcomer joins."""
    play = Players(desk)
    start = desk.room.now()

    def day(n: int, hours: float = 0) -> datetime:
        return start + timedelta(days=n, hours=hours)

    await _set_up(play, words)
    await _small_talk(play, words["small_talk"])
    await play.wait(day(1, 2))
    await _quiet_pupils(play, words["quiet"], day(2, 5))
    await play.wait(day(7))
    await _round(play, words)
    await play.wait(day(10))
    await _write_down(play, words)
    await play.wait(_workday_before(end, 2) + timedelta(hours=4))
    await play.write("chantal", "schools-general", words["small_talk"]["later"])
    await play.write("daan", "schools-general", words["small_talk"]["later_reply"])
    await _break_time(play, words["break_time"], _workday_before(end, 1) + timedelta(hours=5))
    await play.wait(end)
    await play.tidy()
    await play.join(somebody("hanna", "schools", words))


def _workday_before(end: datetime, count: int) -> datetime:
    """That many working days earlier."""
    while count:
        end -= timedelta(days=1)
        count -= end.weekday() < 5
    return end.replace(hour=8, minute=10)


def somebody(id_: str, space: str, words: dict[str, Any], *, since: int = 0, host: bool = False) -> Somebody:
    told = words["people"][id_]
    return Somebody(id_, told["name"], space, since, told["language"], ZONE, told["role"], host)


async def _set_up(play: Players, words: dict[str, Any]) -> None:
    for who in ("anna", "bilal", "chantal", "daan"):
        await play.call(who, "schools-general", "/kring me")
    for who in ("esra", "femke", "gijs"):
        await play.call(who, "college-general", "/kring me")
    await play.call("anna", "schools-general", "/kring setup")
    await play.fill("anna", name=words["community"], language=words["people"]["anna"]["language"])
    await play.press("anna", "setup.contacts")
    await play.fill("anna", contact1="chantal", contact2="bilal")
    await play.call("anna", "schools-general", "/kring setup facilitator @anna")
    code = _code(await play.call("anna", "schools-general", "/kring setup link"))
    await play.call("esra", "college-general", f"/kring setup link {code}")
    await play.call("chantal", "schools-general", "/kring buddy yes")


def _code(given: Given) -> str:
    """The code in what was told."""
    for entry in given.entries:
        for block in entry.message.blocks if entry.message else ():
            if isinstance(block, Words):
                for span in block.text:
                    if isinstance(span, Code):
                        return span.text.split()[-1]
    raise NotThereError("there is no code in the answer")


async def _small_talk(play: Players, words: dict[str, str]) -> None:
    welcome = await play.write("anna", "schools-general", words["welcome"])
    await play.write("chantal", "schools-general", words["reply"])
    await play.react("daan", welcome, "wave")
    await play.react("bilal", welcome, "wave")
    question = await play.write("gijs", "college-placement", words["placement"])
    await play.write("esra", "college-placement", words["placement_reply"], under=question)


async def _quiet_pupils(play: Players, words: dict[str, str], next_day: datetime) -> None:
    """A thread is kept, its authors agree: the first item."""
    question = await play.write("anna", "schools-practice", words["question"])
    await play.write("bilal", "schools-practice", words["step"], under=question)
    await play.write("chantal", "schools-practice", words["wait"], under=question)
    await play.wait(next_day)
    thanks = await play.write("anna", "schools-practice", words["thanks"], under=question)
    await play.react("bilal", thanks, "tada")
    await play.keep("anna", question)
    await play.press("anna", "knowhow.draft")
    await play.fill("anna", title=words["title"], situation=words["situation"])
    await play.press("bilal", "knowhow.yes")
    await play.press("chantal", "knowhow.yes")


async def _round(play: Players, words: dict[str, Any]) -> None:
    """Four people answer for themselves, see everything at once, and answer each other."""
    said, names = words["round"], {who: told["name"] for who, told in words["people"].items()}
    everybody = ("anna", "bilal", "chantal", "daan")
    await play.call("anna", "schools-practice", f'/kring round start reveal_together "{said["topic"]}"')
    for who in everybody:
        await play.press(who, "round.speak")
    await play.press("anna", "round.begin")
    for who in everybody:
        await play.press(who, "round.answer")
        await play.fill(who, words=said[who])
    for who, to in (("anna", "bilal"), ("bilal", "daan"), ("daan", "chantal"), ("chantal", "anna")):
        await play.press(who, "round.respond")
        await play.fill(who, to=play.choice(who, "to", names[to]), words=said[f"to_{to}"])
    thread = play.newest("schools-practice")
    await play.write("daan", "schools-practice", said["noticed"], under=thread)
    for who in everybody:
        await play.press(who, "round.done")
    await play.write("bilal", "schools-practice", said["asked"], under=thread)
    await play.write("chantal", "schools-practice", said["answered"], under=thread)
    for who in everybody:
        await play.press(who, "round.done")
    for who, first, second in DOTS:
        await play.press(who, "round.vote")
        picks = (play.choice(who, "pick1", names[first]), play.choice(who, "pick2", names[second]))
        await play.fill(who, pick1=picks[0], pick2=picks[1])
    await play.press("daan", "round.pass")
    await play.write("anna", "schools-practice", said["closing"], under=thread)


async def _write_down(play: Players, words: dict[str, Any]) -> None:
    """Two items from scratch: something somebody does, and a document."""
    await play.call("daan", "schools-maths", "/kring knowhow add")
    await play.fill("daan", **words["fractions"], name="ask")
    await play.call("femke", "college-placement", "/kring knowhow add")
    await play.fill("femke", **words["observing"], kind="know_what", name="name")
    await play.press_if_there("femke", "knowhow.share")  # none of those that look like it


async def _break_time(play: Players, words: dict[str, str], next_day: datetime) -> None:
    """A thread that nobody has kept yet."""
    question = await play.write("daan", "schools-practice", words["question"])
    await play.write("bilal", "schools-practice", words["step"], under=question)
    experience = await play.write("chantal", "schools-practice", words["experience"], under=question)
    await play.react("daan", experience, "heart")
    await play.wait(next_day)
    await play.write("daan", "schools-practice", words["thanks"], under=question)

"""People who play a round whole, in either language: what is common to the stories of all formats.

Labels are given in English and pressed as the language has them. Buttons are pressed and forms are filled in; nobody
has to write in a thread, which Kring does not read everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.rounds.formats import shipped
from bot.rounds.script import Format
from bot.rounds.step_rules import Field
from bot.texts.catalogue import words_in
from tests.talk import Player, Seen, Talk, Values

WORDS = "Your words"


class Sitting:
    """`ana` is the first who came, a host: she starts the round and holds it."""

    def __init__(self, language: str, format_: Format, people: list[Player]) -> None:
        self.words = words_in(language)
        self.language = language
        self.format = format_
        self.people = people
        self.ana = people[0]

    def label(self, text: str, **values: object) -> str:
        return self.words.label(text, **values)

    def name(self, role: str) -> str:
        """What the role is called."""
        return next(each.name[self.language] for each in self.format.roles if each.key == role)

    def label_of(self, step: str, field: str) -> str:
        """What a field of that step's form is called."""
        return self._field(step, field).label[self.language]

    def option(self, step: str, field: str, key: str) -> str:
        return next(each.label[self.language] for each in self._field(step, field).options if each.key == key)

    def _field(self, step: str, field: str) -> Field:
        script = next(each for each in self.format.steps if each.key == step)
        return next(each for each in script.fields if each.key == field)

    def step(self, number: int, group: int = 0) -> str:
        """How the heading of that step begins, of that group's where it has one."""
        n = len(self.format.steps)
        if not group:
            return self.label("Step {i} of {n}", i=number, n=n)
        return self.label("Step {i} of {n}, group {group}", i=number, n=n, group=group)

    async def settles_in(self) -> None:
        """From here on everybody reads their language."""
        if self.language != "en":
            await self.ana.calls("/kring setup")
            await self.ana.fills({self.label("Language of what everybody reads"): "Nederlands"})

    async def begins(self, topic: str, *, live: bool) -> None:
        await self.settles_in()
        await self.ana.calls(f'/kring round start {self.format.id} "{topic}"{" live" if live else ""}')
        for person in self.people:
            await person.presses(self.label("I'll speak"), within=topic)
        await self.ana.presses(self.label("Begin now"))

    # -- what they do

    async def press(self, person: Player, label: str, within: str) -> None:
        await person.presses(self.label(label), within=within)

    async def fill(self, person: Player, values: Values) -> None:
        await person.fills({self.label(label): value for label, value in values.items()})

    async def says(self, person: Player, words: str, *, by: str, within: str) -> None:
        """By the button of that label."""
        await self.press(person, by, within)
        await self.fill(person, {WORDS: words})

    async def all_answer(self, words: str, number: int, people: Iterable[Player] | None = None) -> None:
        """Privately; `{name}` stands for each one's."""
        for person in self.people if people is None else people:
            await self.says(person, words.format(name=person.name), by="Answer privately", within=self.step(number))

    async def all_done(self, number: int, people: Iterable[Player] | None = None, group: int = 0) -> None:
        for person in self.people if people is None else people:
            await self.press(person, "Done", self.step(number, group))

    async def votes(self, person: Player, number: int, *wanted: str) -> None:
        """For what has these words in it, in one field after the other."""
        await self.press(person, "Vote", self.step(number))
        form = person.saw.form
        assert form is not None
        fields = list(form.choices)[: len(wanted)]
        picked = [
            next(each for each in form.choices[field] if words in each)
            for field, words in zip(fields, wanted, strict=True)
        ]
        await person.fills(dict(zip(fields, picked, strict=True)))

    async def holder(self) -> Player:
        """Who has the word now, as everybody in the round sees it."""
        told = "The word is yours, {name}, until {deadline}. Short is fine, and so is passing."
        for message in reversed(await self.ana.everything()):
            for person in self.people if self.label("Pause") not in message.buttons else ():
                if self.label(told, name=person.name, deadline="|").partition("|")[0] in message.text.replace("@", ""):
                    return person
        raise AssertionError("nobody has the word")

    async def holder_says(self, words: str, **more: str) -> Player:
        """Whoever has the word says this, `{name}` with their name; `more`: other fields of the form."""
        person = await self.holder()
        await self.press(person, "Say it in a form", "")
        field = next(iter(person.saw.form.values)) if person.saw.form is not None else ""
        await person.fills({field: words.format(name=person.name), **more})
        return person

    # -- what they see

    async def header(self) -> Seen:
        """The round's card, with its thread under it."""
        return await self.ana.sees(self.format.name[self.language], channel="general")

    async def learns(self, person: Player, words: str) -> None:
        """They read it where it was said; or, where it stands nowhere, under *Read along*."""
        if not any(words in message.text for message in await person.everything()):
            await self.press(person, "Read along", "")
            while words not in person.saw.text and (read := person.saw.message) is not None:
                if self.label("Earlier") not in read.buttons:
                    break
                await person.presses_on(read, self.label("Earlier"))
            assert words in person.saw.text, f"{person.name} reads {person.saw.text!r}"

    async def wraps_up(self, talk: Talk, *kept: str) -> Seen:
        """Nobody has anything to add; what is done is done. The record, with what was kept in it."""
        await talk.days_pass(4)
        await self.ana.sees(self.label("This round is done. Thank you for thinking along."), channel="general")
        return await self.ana.sees(self.label("Until the next one"), *kept)

    async def group(self, number: int) -> list[Player]:
        """Who is in the newest group of that number."""
        heading = self.label("Group {n}", n=number)
        message: Seen = await self.ana.sees(heading, channel="general")
        return [person for person in self.people if person.name in message.text.partition(heading)[2]]


async def sitting(talk: Talk, language: str, format_: str, *names: str) -> Sitting:
    return Sitting(language, shipped()[format_], [await talk.joins(name, language=language) for name in names])

"""Formats with groups, roles, chairs and doors, played to their record: on every platform, in both languages."""

from __future__ import annotations

from dataclasses import replace

from bot.rounds.composing import How
from bot.rounds.format_forms import WAYS
from bot.rounds.formats import shipped
from tests.stories.sitting import Sitting, sitting
from tests.talk import Player, Talk

QUESTIONS: dict[str, How] = {
    "What went well with {topic}?": "private",
    "Which one would you like to see?": "dots",
    "And next week?": "turns",
}


async def _consents(talk: Talk, it: Sitting, person: Player, words: str) -> None:
    """The next day: who got three letters already gets no more today."""
    await talk.days_pass(1)
    await person.sees(words, channel="dm")
    await it.press(person, "Yes, with my name", words)


async def test_one_two_four_all(talk: Talk, language: str, live: bool) -> None:
    """Six people: three pairs, of which two become a table of four and one stays a table of two."""
    it = await sitting(talk, language, "one_two_four_all", "Ana", "Bo", "Cas", "Dee", "Eli", "Fay")
    await it.begins("the doors", live=live)
    await it.all_answer("Only {name} thought this.", 1)
    for person in it.people:
        for other in it.people:
            if other is not person:
                await other.sees_nothing_of(f"Only {person.name} thought this.")

    pairs = [await it.group(number) for number in (1, 2, 3)]
    assert [len(pair) for pair in pairs] == [2, 2, 2]
    for number, pair in enumerate(pairs, start=1):
        await it.says(pair[0], f"Idea of {pair[0].name}.", by="Add something", within=it.step(2, number))
        await pair[1].sees(f"Idea of {pair[0].name}.", channel="")
        await it.all_done(2, pair, group=number)

    tables = [await it.group(number) for number in (1, 2)]
    assert sorted(len(table) for table in tables) == [2, 4]
    assert all(set(pair) <= set(table) or not set(pair) & set(table) for pair in pairs for table in tables)
    for number, table in enumerate(tables, start=1):
        await it.all_done(3, table, group=number)

    reporters = [await it.holder_says("Idea of the table of {name}.") for _ in tables]
    assert all(len(set(reporters) & set(table)) == 1 for table in tables)
    best = f"Idea of the table of {reporters[0].name}."
    for person in it.people:
        await it.votes(person, 5, best, best)
    await it.ana.sees(it.label("The result"), best, it.words.counted("{n} dot", "{n} dots", 12))
    await _consents(talk, it, reporters[0], best)
    record = await it.wraps_up(talk, best)
    assert "Only" not in record.text

    await it.press(it.people[1], "Go on with it", best.rstrip("."))
    await it.fill(it.people[1], {})
    await it.ana.sees(it.label("It goes on in R-{number}.", number=2))
    card = await it.ana.sees(shipped()["experiment_design"].name[language], best.rstrip("."), channel="general")
    assert it.label("I'll speak") in card.buttons


async def test_fishbowl(talk: Talk, language: str, live: bool) -> None:
    """Four talk, two listen; one of them comes in for a moment, and both ask what nobody explained."""
    it = await sitting(talk, language, "fishbowl", "Ana", "Bo", "Cas", "Dee", "Eli", "Fay")
    await it.begins("the doors", live=live)
    bowl, (eli, fay) = it.people[:4], it.people[4:]
    for person in it.people:
        await it.press(person, "Choose", it.step(1))
        await it.fill(person, {"Your choice": it.name("inner" if person in bowl else "listener")})

    await it.says(it.ana, "I leave them open.", by="Add something", within=it.step(2))
    for person in it.people:
        await person.sees("I leave them open.", channel="general", thread=(await it.header()).id)
    await it.press(fay, "Add something", it.step(2))
    assert fay.saw.form is None, "who listens does not talk in the bowl"
    await it.press(fay, "Take the free chair", it.step(2))
    await it.says(fay, "Mine squeaks.", by="Add something", within=it.step(2))
    await it.ana.sees("Mine squeaks.")
    await it.press(fay, "Leave my chair", it.step(2))
    await it.all_answer("{name}: what is a hinge?", 3, (eli, fay))
    await it.all_done(2, bowl)

    await it.ana.sees("Eli: what is a hinge?", "Fay: what is a hinge?")
    asked = {await it.holder_says("{name} asks again.") for _ in range(2)}
    assert asked == {eli, fay}
    await it.says(bowl[1], "It turns.", by="Add something", within=it.step(5))
    await it.all_done(5, bowl)
    await it.all_answer("{name} takes oil along.", 6)
    taken = await it.ana.sees("Bo takes oil along.", "Fay takes oil along.")
    assert "Ana takes oil along." in taken.text
    await _consents(talk, it, bowl[1], "It turns.")
    await it.wraps_up(talk, "It turns.")


async def test_place_of_difficulty(talk: Talk, language: str, live: bool) -> None:
    """Behind a door: what is said there is read by those inside, by nobody else, and anybody can stop for a while."""
    it = await sitting(talk, language, "place_of_difficulty", "Ana", "Bo", "Cas", "Dee", "Eli")
    outsider = await talk.joins("Otto", language=language)
    await it.begins("the parents", live=live)
    await outsider.sees(it.label("{name} chose this format, though it usually comes later here.", name="Ana"))
    await it.all_answer("{name} SECRET offer.", 1)
    for person in it.people:
        await it.learns(person, "Bo SECRET offer.")
        await it.votes(person, 2, "Bo" if person.name != "Bo" else "Cas")

    bo = it.people[1]
    wanted = {it.label_of("tell", "help_wanted"): it.option("tell", "help_wanted", "ideas")}
    assert await it.holder_says("SECRET story of {name}.", **wanted) is bo
    for person in it.people:
        await it.learns(person, "SECRET story of Bo.")
    read = [message.text.replace("@", "") for message in await it.ana.everything()]
    role = {"en": "observer", "nl": "waarnemer"}[language]
    [observer] = [
        person
        for person in it.people
        if it.label("{name} has this role in the round: {role}.", name=person.name, role=role) in read
    ]
    consultants = [person for person in it.people if person not in (bo, observer)]
    cas, dee = consultants[-2:]
    for words in ("SECRET question?", "SECRET second question?"):
        await it.says(cas, words, by="Add something", within=it.step(4))
    await it.says(cas, "SECRET third question?", by="Add something", within=it.step(4))
    await bo.sees_nothing_of("SECRET third")
    await it.learns(bo, "SECRET second question?")
    await it.says(bo, "SECRET answer.", by="Add something", within=it.step(4))

    await it.press(dee, "This is too much", it.step(4))
    assert it.label("Paused. Nobody is told why.") in dee.saw.text
    held = await outsider.sees(it.label("This round is on hold. Everything is kept."), channel="general")
    assert dee.name not in held.text
    await it.press(dee, "No, just a break", "")
    await it.ana.calls("/kring round resume")
    await it.all_done(4)

    told = [await it.holder_says("SECRET of {name} too.") for _ in consultants]
    assert {person.name for person in told} == {person.name for person in consultants}
    await it.all_answer("SECRET idea of {name}.", 6, consultants)
    await it.learns(bo, f"SECRET idea of {dee.name}.")
    assert await it.holder_says("SECRET step of {name}.") is bo
    await bo.calls("/kring round status", thread=(await it.header()).id)
    assert bo.saw.message is not None
    await bo.presses_on(bo.saw.message, it.label("Keep this"))
    assert await it.holder_says("SECRET look of {name}.") is observer
    await it.learns(bo, f"SECRET look of {observer.name}.")
    await _consents(talk, it, bo, "SECRET step of Bo.")
    if any(it.label("Read along") in message.buttons for message in await outsider.everything()):
        await it.press(outsider, "Read along", "")

    await it.wraps_up(talk)
    record = await it.ana.calls("/kring round show R-1")
    assert "SECRET step of Bo." in record.text
    assert "SECRET story" not in record.text
    await outsider.calls("/kring round show R-1")
    await outsider.calls("/kring round status")
    await outsider.sees_nothing_of("SECRET")


async def test_a_format_of_ones_own(talk: Talk, language: str, live: bool) -> None:
    """Made by a form, read before it is played, played, and dropped while a round goes on with it."""
    name = "Three good things"
    like = shipped()["reveal_together"]
    made = replace(like, id="three_good_things", name=dict.fromkeys(like.name, name), steps=like.steps[:3])
    it = Sitting(language, made, [await talk.joins(each, language=language) for each in ("Ana", "Bo", "Cas")])
    await it.settles_in()
    form = {it.label("What people call it"): name, it.label("What it is good for"): "To end the week with."}
    for number, (question, how) in enumerate(QUESTIONS.items(), start=1):
        form[it.label("Question {n}", n=number)] = question
        form[it.label("How question {n} is answered", n=number)] = it.label(WAYS[how])
    first = it.label("Question {n}", n=1)

    await it.ana.calls("/kring round format new")
    await it.ana.fills({**form, first: "What of {tpoic}?"})
    assert (
        it.label("I fill in nothing but {topic}; leave out other braces.", topic="{topic}") in it.ana.saw.errors[first]
    )
    await it.ana.fills({first: form[first]})
    assert name in it.ana.saw.text
    cas = it.people[2]
    shown = await cas.calls(f'/kring round format show "{name}"')
    assert "And next week?" in shown.text
    assert name in (await cas.calls("/kring round format")).text

    await it.begins("the doors", live=live)
    await it.ana.sees("What went well with the doors?", channel="general", thread=(await it.header()).id)
    await it.all_answer("{name} oiled one.", 1)
    for person in it.people:
        await it.votes(person, 2, "Ana oiled one.", "Bo oiled one.")
    await it.ana.sees(it.label("The result"), "Bo oiled one.", it.words.counted("{n} dot", "{n} dots", 3))

    dropped = await it.ana.calls(f'/kring round format drop "{name}"')
    told = it.label("*{format}* is not offered any more. Rounds that run with it go on.", format=name)
    assert told.replace("*", "") in dropped.text.replace("*", "")
    assert name not in (await cas.calls("/kring round format")).text
    for _ in it.people:
        await it.holder_says("{name} will open it.")
    await it.wraps_up(talk)
    await it.ana.calls('/kring round start three_good_things "the windows"')
    await it.ana.sees_nothing_of("the windows")

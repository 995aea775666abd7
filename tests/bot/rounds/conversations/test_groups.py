"""Groups, laps, chairs, sides and private rounds by the door."""

from __future__ import annotations

import pytest

from bot.chat.names import Thread
from bot.chat.requests import OpenThread
from bot.texts.catalogue import LANGUAGES
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House, Player, Shown

both = pytest.mark.parametrize("language", sorted(LANGUAGES))
SIX = ("Anna", "Bo", "Cas", "Dia", "Eva", "Fien")


def groups(circle: Circle) -> list[Shown]:
    """The messages that name a group."""
    label = circle.label("Group {n}", n="").strip()
    top = (shown for shown in circle.house.messages if shown.message and shown.ref.thread is None)
    return [shown for shown in top if shown.says.startswith(label)]


def in_group(circle: Circle, group: Shown) -> str:
    """What stands in a group's thread."""
    return "\n--\n".join(shown.says for shown in circle.house.messages if shown.ref.thread == group.ref.id)


def members(circle: Circle, group: Shown) -> list[Player]:
    return [who for name, who in circle.people.items() if name in group.says.splitlines()[1]]


@both
async def test_each_group_has_a_thread_of_its_own(house: House, language: str) -> None:
    circle = Circle(house, language)
    await circle.begin("appreciative")
    pairs = groups(circle)
    assert [len(members(circle, pair)) for pair in pairs] == [2, 2]
    assert "[" + circle.label("Done") + "]" in in_group(circle, pairs[0])
    assert circle.label("Group {n}", n=1) in circle.thread_says

    first, other = members(circle, pairs[0])[0], members(circle, pairs[1])[0]
    await first.writes("It went well on Monday.", Thread(circle.channel, pairs[0].ref.id))
    await other.writes("I am not in this one.", Thread(circle.channel, pairs[0].ref.id))
    round_ = await circle.round()
    assert [one.body for one in round_.contributions] == ["It went well on Monday."]

    for pair in pairs:
        for who in members(circle, pair):
            await who.presses(circle.label("Done"), within=str(in_group(circle, pair).splitlines()[0]))
    assert (await circle.round()).step is not None
    assert (await circle.round()).step.script.key == "retell"  # type: ignore[union-attr]


@both
async def test_the_thread_of_a_group_says_which_it_is_and_for_which_step(house: House, language: str) -> None:
    circle = Circle(house, language, SIX, deep=True)

    def called() -> list[str]:
        return [each.title for each in house.requests if isinstance(each, OpenThread)][-2:]

    topic = "What nobody here had foreseen when it all began, not even we who made the plan."
    await circle.begin("one_two_four_all", topic)
    await circle.all_answer()
    await circle.anna.calls("round skip")
    there = [circle.label("Group {n}, step {i}: {topic}", n=n, i=3, topic=topic) for n in (1, 2)]
    assert [name[:70] for name in called()] == [each[:70] for each in there]


async def test_somebody_who_stays_alone_joins_the_other_group(house: House) -> None:
    circle = Circle(house)
    await circle.begin("appreciative")
    pairs = groups(circle)
    leaving, staying = members(circle, pairs[0])
    await leaving.presses("My part")
    await leaving.presses("Leave the round")
    assert len(members(circle, pairs[1])) == 3
    assert f"{staying.profile.name} joins this group." in in_group(circle, pairs[1])
    assert len((await circle.round()).at_work) == 1


@both
async def test_what_was_noted_for_ones_own_eyes_is_found_again_and_nobody_else_sees_it(
    house: House, language: str
) -> None:
    circle = Circle(house, language, names=SIX[:5])
    await circle.begin("one_two_four_all")
    await circle.all_answer("Note of {name}.")
    assert sorted(len(members(circle, group)) for group in groups(circle)) == [2, 3]
    for name, who in circle.people.items():
        await who.calls("round status", circle.thread)
        assert [other for other in circle.people if f"Note of {other}." in who.sees] == [name]
    assert "Note of" not in "".join(shown.says for shown in house.messages)
    await circle.press(circle.anna, "Take it back")
    await circle.anna.calls("round status", circle.thread)
    assert "Note of" not in circle.anna.sees


@both
async def test_somebody_goes_on_when_they_were_understood(house: House, language: str) -> None:
    circle = Circle(house, language, names=("Anna", "Bo"))
    await circle.begin("paraphrase_check")

    async def whose() -> Player:
        return circle.people[await circle.holder()]

    speaker = await whose()
    about = circle.label("Now it is about {name}.", name=speaker.profile.name)
    assert about in circle.thread_says
    await circle.write(speaker, "I see it so.")
    mirror = await whose()
    assert mirror is not speaker
    await circle.write(mirror, "You mean this?")
    await circle.press(speaker, "Choose", circle.step_heading)
    await speaker.fills({"pick1": "almost"})
    assert await whose() is mirror, "they try again"
    await circle.write(mirror, "Or that?")
    await circle.press(speaker, "Choose", circle.step_heading)
    await speaker.fills({"pick1": "yes"})
    assert await whose() is mirror
    assert (await circle.round()).step.script.key == "respond"  # type: ignore[union-attr]
    await circle.write(mirror, "And this is how I see it.")
    assert await whose() is mirror, "now it is their lap"
    assert circle.label("Now it is about {name}.", name=mirror.profile.name) in circle.thread_says


async def test_a_chair_is_free_for_whoever_wants_in(house: House) -> None:
    circle = Circle(house, names=SIX)
    await circle.begin("fishbowl")
    listener = circle.people["Fien"]
    for name, who in circle.people.items():
        await circle.press(who, "Choose", circle.step_heading)
        await who.fills({"pick1": "inner" if name in ("Anna", "Bo", "Cas") else "listener"})
    assert (await circle.round()).step.script.key == "bowl"  # type: ignore[union-attr]
    await circle.write(listener, "I am not in the bowl.")
    assert not [one for one in (await circle.round()).contributions if "bowl" in one.body]
    await listener.presses("Take the free chair")
    await circle.write(listener, "Now I am.")
    await circle.write(circle.anna, "So am I.")
    assert [one.body for one in (await circle.round()).contributions] == ["Now I am.", "So am I."]
    await listener.presses("Leave my chair")
    assert "there is a free chair" in circle.thread_says
    await circle.press(listener, "Answer privately")
    await listener.fills({"words": "Which word did nobody explain?"})
    assert "Nobody in the round sees this" in listener.sees


@pytest.mark.parametrize("language", sorted(LANGUAGES))
async def test_who_chose_no_chair_reads_that_they_listen(house: House, language: str) -> None:
    circle = Circle(house, language, names=SIX)
    await circle.begin("fishbowl")
    for name in ("Anna", "Bo", "Cas", "Dia"):
        await circle.press(circle.people[name], "Choose", circle.step_heading)
        await circle.people[name].fills({"pick1": "listener" if name == "Dia" else "inner"})
    await house.passes(hours=16)
    listener = {"en": "listener", "nl": "luisteraar"}[language]
    others = circle.words.names(("Dia", circle.label("everybody else")))
    assert f"{listener}: {others}" in circle.thread_says
    silent = circle.people["Fien"]
    await silent.calls("round status", circle.thread)
    assert circle.label("Your role now: {role}.", role=listener) in silent.sees
    await circle.anna.calls("round status", circle.thread)
    assert circle.label("Your role now: {role}.", role=listener) not in circle.anna.sees


async def test_who_joins_a_side_hears_who_says_which_is_which(house: House) -> None:
    circle = Circle(house, deep=True)
    await circle.anna.calls("round start boundary_object doors")
    await circle.people["Bo"].presses("I'll speak")
    assert "whoever holds the round says which is A and which is B" in circle.people["Bo"].sees
    await circle.anna.presses("I'll speak", "doors")
    assert "say here in the channel which is A and which is B" in circle.anna.sees
    assert "[Side A] [Side B]" in circle.people["Bo"].sees


async def test_both_sides_have_to_be_there(house: House) -> None:
    circle = Circle(house, deep=True)
    await circle.anna.calls('round start boundary_object "the first lesson"')
    for at, who in enumerate(circle.people.values()):
        await who.presses("I'll speak")
        if at:
            await who.presses(f"Side {'AB'[at % 2]}")
            assert f"you are on side {'AB'[at % 2]}" in who.sees
    await circle.anna.calls("round begin")
    assert circle.anna.sees.startswith("Each side needs 2 people, and one of them has 1.")
    assert "side A: 1, side B: 2" in circle.card
    await circle.anna.presses("I'll listen")
    await circle.anna.presses("I'll speak")
    await circle.anna.presses("Side A")
    await circle.anna.calls("round begin")
    assert (await circle.round()).state == "running"


@both
async def test_in_a_private_round_only_those_inside_read(house: House, language: str) -> None:
    circle = Circle(house, language, deep=True)
    await circle.begin("place_of_difficulty")
    outsider = house.person("Otto", language=language)
    await circle.all_answer("What chafes {name}.")
    assert "What chafes" not in "".join(shown.says for shown in house.messages)
    await circle.press(circle.people["Bo"], "Read along")
    for name in circle.people:
        assert f"What chafes {name}." in circle.people["Bo"].sees
    await circle.press(outsider, "Read along")
    assert "What chafes" not in outsider.sees
    await circle.write(circle.anna, "Everybody can read this.")
    assert circle.label("Use this as my private answer") not in circle.anna.sees, "a vote asks for no words"
    for name, who in circle.people.items():
        await circle.press(who, "Vote", circle.step_heading)
        other = "Anna" if name != "Anna" else "Bo"
        round_ = await circle.round()
        theirs = next(one.id for one in round_.contributions if one.body == f"What chafes {other}.")
        if name == "Dia":
            await house.passes(hours=13)
            said = circle.words.counted("{n} person has voted.", "{n} people have voted.", 3)
            assert said in circle.thread_says
        await who.fills({"pick1": theirs})
    assert await circle.holder() == "Anna"
    assert (await circle.round()).seat((await circle.round()).step.holder).role == "case_bringer"  # type: ignore[union-attr, arg-type]
    await circle.press(circle.anna, "Say it in a form")
    assert circle.anna.form is not None
    await circle.anna.fills({circle.anna.form.fields[0].name: "It went wrong twice.", "help_wanted": "ideas"})
    assert "It went wrong" not in "".join(shown.says for shown in house.messages)
    await circle.press(circle.people["Cas"], "Read along")
    assert "It went wrong twice." in circle.people["Cas"].sees


@both
async def test_what_nobody_takes_on_is_put_aside_and_comes_back(house: House, language: str) -> None:
    circle = Circle(house, language, ("Anna", "Bo"))
    for who in circle.people.values():
        await who.calls("me quiet off")
    await circle.begin("experiment_design", "doors")
    for _ in range(5):
        await circle.anna.calls("round skip")
        if (await circle.round()).step.script.key == "agree":  # type: ignore[union-attr]
            break
    for who in circle.people.values():
        await circle.press(who, "Fine", circle.step_heading)
    await circle.all_press("Pass", circle.step_heading)

    aside = circle.label(
        "Nobody can take this on now, and that is fine. It is put aside until {date}; then I ask once more. "
        "Everything is kept.",
        date="#",
    ).partition("#")[0]
    assert aside in circle.thread_says
    assert aside in circle.card
    for topic in ("windows", "floors"):
        await circle.anna.calls(f"round start harvest {topic}")
        assert topic in house.shown(house.channel())[-1].says, "it takes no other round's place"

    await house.passes(days=90, hours=20)  # that day is a Sunday
    back = circle.label(
        "Some time ago nobody could take on «{topic}», so it was put aside. How is that now? Open until {deadline}:",
        topic="doors",
        deadline="#",
    ).partition("#")[0]
    for who in circle.people.values():
        assert sum(back in shown.says for shown in who.direct) == 1
        await circle.press(who, "Choose", back)
        await who.fills({"pick1": "owner"})
    thread = circle.label(
        "We have come full circle. Thank you for thinking along. One word to close with? Write it here."
    )
    assert thread in "".join(shown.says for shown in house.messages)


@both
async def test_somebody_else_says_it_back_where_the_mirror_is_silent(house: House, language: str) -> None:
    circle = Circle(house, language, ("Anna", "Bo", "Cas"))
    for who in circle.people.values():
        await who.calls("me quiet off")
    await circle.begin("paraphrase_check", "doors")
    speaker = circle.people[str(await circle.holder())]
    await circle.press(speaker, "Say it in a form")
    await speaker.fills({"words": "I knock twice."})
    mirror = circle.people[str(await circle.holder())]
    [other] = [who for who in circle.people.values() if who not in (speaker, mirror)]
    await house.passes(hours=13)

    ready = circle.label("The word is for whoever is ready, until {deadline}.", deadline="#").partition("#")[0]
    await circle.press(other, "Say it in a form", ready)
    await other.fills({"words": "You mean that you wait."})
    assert "You mean that you wait." in circle.thread_says
    assert (await circle.round()).step.script.key == "check"  # type: ignore[union-attr]


@both
async def test_who_says_nothing_gives_way_to_the_next_in_the_vote(house: House, language: str) -> None:
    circle = Circle(house, language, deep=True)
    for who in circle.people.values():
        await who.calls("me quiet off")
    await circle.begin("critical_incident")
    await circle.all_answer()
    moments = {one.body: one.id for one in (await circle.round()).contributions}
    for name, pick in {"Anna": "Bo", "Bo": "Cas", "Cas": "Bo", "Dia": "Bo"}.items():
        await circle.press(circle.people[name], "Vote", circle.step_heading)
        await circle.people[name].fills({"pick1": moments[f"How {pick} does it."]})
    assert await circle.holder() == "Bo"
    await house.passes(hours=25)

    assert await circle.holder() == "Cas"
    given = circle.label(
        "{name} has this role in the round: {role}.", name="Cas", role={"en": "teller", "nl": "verteller"}[language]
    )
    assert given in circle.thread_says
    assert (
        circle.label("It is quiet here. Busy days, or not the right question? What would help?")
        not in circle.thread_says
    )
    await circle.press(circle.people["Cas"], "Say it in a form")
    await circle.people["Cas"].fills({"words": "I saw the door open."})
    assert (await circle.round()).step.script.key == "point"  # type: ignore[union-attr]


@both
async def test_what_somebody_brought_in_goes_when_they_do_and_say_nothing(house: House, language: str) -> None:
    circle = Circle(house, language, deep=True)
    await circle.begin("critical_incident")
    await circle.all_answer()
    teller, others = circle.people["Bo"], [who for name, who in circle.people.items() if name != "Bo"]
    [bos] = [one.id for one in (await circle.round()).contributions if one.body == "How Bo does it."]
    for who in others:
        await circle.press(who, "Vote", circle.step_heading)
        await who.fills({"pick1": bos})
    await circle.press(teller, "Pass", circle.step_heading)
    await circle.press(teller, "Say it in a form")
    await teller.fills({"words": "I saw the door open."})
    assert "I saw the door open." in circle.thread_says

    await circle.press(teller, "My part")
    await circle.press(teller, "Leave the round")
    goes = circle.label("If you say nothing, I remove it {moment}.", moment="#").partition("#")
    assert goes[0] in teller.sees
    assert f"[{circle.label('Keep it without my name')}]" in teller.sees
    await house.passes(hours=71)
    assert "I saw the door open." in circle.thread_says
    await house.passes(hours=2)
    assert "I saw the door open." not in circle.thread_says
    assert "How Bo does it." not in circle.thread_says
    assert "How Anna does it." in circle.thread_says


async def test_what_a_group_is_asked_reaches_its_members_however_much_it_is_for_one_day(house: House) -> None:
    circle = Circle(house, names=("Anna", "Bo", "Cas"), deep=True)
    await circle.begin("trio_consult", more="live")
    await circle.all_answer("Where {name} works.")

    async def asked() -> list[str]:
        """What stands last in each one's conversation with Kring that is about the group."""
        last = [
            [shown.says for shown in who.direct if "Your group in" in shown.says][-1:] for who in circle.people.values()
        ]
        return [says for each in last for says in each]

    await circle.all_press("Done", circle.step_heading)
    for _ in circle.people:
        assert sum("your question in a few sentences" in says for says in await asked()) == 3
        await circle.all_press("Done", "Your group in")
        thinkers = [who for who in circle.people.values() if "talk to each other" in who.direct[-1].says]
        assert len(thinkers) == 2
        for who in thinkers:
            await circle.press(who, "Done", "talk to each other")
        [asker] = [who for who in circle.people.values() if who not in thinkers]
        assert "what was most useful" in asker.direct[-1].says
        assert "what was most useful" not in asker.direct[-2].says, "once is enough"
        await circle.press(asker, "Say it in a form", "what was most useful")
        await asker.fills({"words": "I will ask."})
    assert (await circle.round()).state == "wrapping"


@both
async def test_groups_that_are_only_formed_stand_there_and_no_step_is_said_to_be_over(
    house: House, language: str
) -> None:
    circle = Circle(house, language, ("Anna", "Bo", "Cas"), deep=True)
    await circle.begin("trio_consult")
    await circle.all_answer("Where {name} works.")
    [formed] = [shown.says for shown in circle.said if shown.says.startswith(circle.label("Step {i} of {n}", i=2, n=5))]
    _, asked, trio = formed.splitlines()
    assert circle.label("see below") in asked
    assert trio.startswith(circle.label("Group {n}", n=1))
    assert all(name in trio for name in circle.people)


@both
async def test_who_was_with_whom_stands_there_afterwards(house: House, language: str) -> None:
    circle = Circle(house, language)
    await circle.begin("appreciative")
    heading = circle.step_heading
    [was] = [shown.says for shown in circle.said if shown.says.startswith(heading)]
    for pair in groups(circle):
        for who in members(circle, pair):
            await who.presses(circle.label("Done"), within=str(in_group(circle, pair).splitlines()[0]))
    [now] = [shown.says for shown in circle.said if shown.says.startswith(heading)]
    listed = [line for line in was.splitlines() if line.startswith(circle.label("Group {n}", n="").strip())]
    assert len(listed) == 2
    assert now.splitlines()[-3:] == [*listed, circle.label("This step is over.")]


async def test_a_group_over_days_hears_once_what_is_asked(house: House) -> None:
    """Not that they are together and then who they are again, nor twice that the word is theirs."""
    circle = Circle(house, names=("Anna", "Bo", "Cas"), deep=True)
    await circle.begin("trio_consult")
    before = {name: len(who.direct) for name, who in circle.people.items()}
    await circle.all_answer("Where {name} works.")

    def since(name: str) -> list[str]:
        return [shown.says for shown in circle.people[name].direct[before[name] :]]

    for name in circle.people:
        assert [("Your group in" in says, "your question in a few" in says) for says in since(name)] == [(True, True)]
    await circle.all_press("Done", "Your group in")
    thinkers = [who for who in circle.people.values() if "talk to each other" in who.direct[-1].says]
    for who in thinkers:
        await circle.press(who, "Done", "talk to each other")
    told = [says for name in circle.people for says in since(name) if "what was most useful" in says]
    assert ["The word is yours" in says for says in told] == [True]


async def test_who_takes_no_letters_takes_part_in_a_group_from_the_rounds_thread(house: House) -> None:
    circle = Circle(house, names=("Anna", "Bo", "Cas"), deep=True)
    house.unreachable |= {who.account for who in circle.people.values()}
    await circle.begin("trio_consult", more="live")
    await circle.all_answer("Where {name} works.")
    await circle.all_press("Done", circle.step_heading)
    for lap in range(3):
        await circle.press(circle.anna, "Add something", circle.step_heading)
        await circle.anna.fills({"words": f"Said in lap {lap}."})
        await circle.press(circle.people["Bo"], "Read along", circle.step_heading)
        assert f"Said in lap {lap}." in circle.people["Bo"].sees
        for _ in range(2):
            await circle.all_press("Done", circle.step_heading)
        asker = await circle.holder_in_group()
        await circle.press(asker, "Say it in a form", f"The word is yours, {asker.profile.name}")
        await asker.fills({"words": "I will ask."})
    assert (await circle.round()).state == "wrapping"
    assert not any(who.direct for who in circle.people.values())


@pytest.mark.parametrize("tied", [True, False])
async def test_why_it_is_somebody_when_others_had_as_many_votes(house: House, tied: bool) -> None:
    circle = Circle(house, deep=True)
    await circle.begin("critical_incident")
    await circle.all_answer()
    heading, names = circle.step_heading, list(circle.people)
    for at, who in enumerate(circle.people.values()):
        await circle.press(who, "Vote", heading)
        assert who.form is not None
        wanted = names[(at + 1) % 4] if tied or at % 2 else names[1 - at // 2]
        [pick] = [choice.value for choice in who.form.fields[0].choices if f"How {wanted} does" in choice.label]  # type: ignore[union-attr]
        await who.fills({"pick1": pick})
    [told] = [shown.says for shown in circle.said if "has this role in the round: teller." in shown.says]
    assert ("Others had as many votes; it goes to the answer that was shown first." in told) is tied


async def test_a_vote_on_ones_own_answer_is_not_offered(house: House) -> None:
    circle = Circle(house, deep=True)
    await circle.begin("critical_incident")
    await circle.all_answer()
    await circle.press(circle.anna, "Vote", circle.step_heading)
    assert circle.anna.form is not None
    assert "How Anna does it." not in str(circle.anna.form)
    assert "How Bo does it." in str(circle.anna.form)


@pytest.mark.parametrize(
    ("language", "told", "brought"),
    [
        (
            "en",
            "Noted. Only you see this. Only if your group says nothing, it goes along into the larger one, with your ",
            "As was said, these notes come along as they are.",
        ),
        (
            "nl",
            "Genoteerd. Alleen jij ziet dit. Alleen als je groepje niets zegt, gaat het mee naar de grotere groep",
            "Zoals gezegd: deze notities komen mee zoals ze zijn.",
        ),
    ],
)
async def test_the_notes_of_a_silent_pair_stand_in_the_thread_of_its_table(
    house: House, language: str, told: str, brought: str
) -> None:
    circle = Circle(house, language, (*SIX, "Gus", "Hal"), deep=True)
    await circle.begin("one_two_four_all")
    await circle.all_answer("Note of {name}.")
    assert circle.people["Hal"].sees.startswith(told)
    pairs = groups(circle)
    silent, *talking = pairs
    for pair in talking:
        await members(circle, pair)[0].writes("We have an idea.", Thread(circle.channel, pair.ref.id))
    first, second = members(circle, silent)
    await first.calls("round status", circle.thread)
    await circle.press(first, "Change it", f"Note of {first.profile.name}.")
    await first.fills({"words": "Said better."})
    assert "Note of" not in circle.thread_says

    await house.passes(hours=60)

    tables = groups(circle)[len(pairs) :]
    here = next(table for table in tables if second.profile.name in table.says)
    (elsewhere,) = [table for table in tables if table is not here]
    says = in_group(circle, here)
    assert brought in says
    assert f"{first.profile.name}\nSaid better." in says
    assert f"{second.profile.name}\nNote of {second.profile.name}." in says
    assert says.count("Note of") == 1
    assert "Note of" not in in_group(circle, elsewhere) + circle.thread_says
    await second.calls("round status", circle.thread)
    await circle.press(second, "Take it back", f"Note of {second.profile.name}.")
    assert "Note of" not in in_group(circle, here)


@pytest.mark.parametrize(
    ("language", "quiet", "asked"),
    [
        (
            "en",
            "In «the first lesson» it is about you now, and it is quiet. There is room for one more thinker: would",
            "would like you to come into a small group in «the first lesson», as a thinker. A no is fine, and nobody",
        ),
        (
            "nl",
            "In «the first lesson» gaat het nu om jou, en het is stil. Er is plaats voor nog een meedenker: wil je",
            "wil je graag in een groepje bij «the first lesson», als meedenker. Nee zeggen is prima, en niemand hoort",
        ),
    ],
)
async def test_an_asker_asks_one_more_person_in(house: House, language: str, quiet: str, asked: str) -> None:
    circle = Circle(house, language, ("Anna", "Bo", "Cas"), deep=True)
    zoe = house.person("Zoe", language=language)
    for who in (*circle.people.values(), zoe):
        await who.calls("me quiet off")
    await circle.begin("trio_consult")
    await circle.all_answer("Where {name} works.")
    await circle.all_press("Done", circle.step_heading)
    await house.passes(hours=10)

    heard = [who for who in circle.people.values() if any(quiet in shown.says for shown in who.direct)]
    assert len(heard) == 1
    assert quiet not in circle.thread_says
    (asker,) = heard
    await circle.press(asker, "Ask somebody in", quiet)
    await asker.fills({circle.label("Whom would you like to ask?"): zoe.account.id})
    assert zoe.profile.name in asker.sees
    assert asked in zoe.direct[-1].says
    assert f"{asker.profile.name} {asked}" in zoe.direct[-1].says
    assert "Zoe" not in circle.thread_says + circle.card
    await circle.press(zoe, "I'll come in", asked)
    round_ = await circle.round()
    assert len(round_.speakers) == 4
    assert len(next(group for group in round_.groups if not group.over).members) == 4

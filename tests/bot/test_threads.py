"""Words to Kring in a thread do there what the buttons do: a mention arrives as a command whose place is the thread."""

from __future__ import annotations

import pytest

from bot.chat.answers import Tell
from bot.chat.commands import parse
from bot.chat.names import Thread
from bot.features import gather
from tests.bot.knowhow.scene import QUESTION, scene
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("pass", "round pass"),
        ("done", "round done"),
        ("later", "round later"),
        ("keep", "knowhow keep"),
        ("Pass", "round pass"),
    ],
)
def test_what_people_say_in_a_thread_is_short(typed: str, means: str) -> None:
    parsed = parse(typed, {}, gather().offered.commands)
    assert isinstance(parsed, tuple)
    assert parsed[0].name == means


async def test_pass_in_a_rounds_thread_passes_there(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    thread = circle.thread
    await circle.begin("reveal_together", "windows")
    bo = circle.people["Bo"]
    assert isinstance(await bo.calls("pass", thread), Tell)
    assert bo.sees == "That is fine: passing is a full answer, and nobody hears of it."
    await bo.calls("round status", thread)
    assert "You passed in this step." in bo.sees
    await bo.calls("round status", circle.thread)
    assert "You passed" not in bo.sees


async def test_pass_counts_only_for_who_has_the_word(house: House) -> None:
    circle = Circle(house)
    await circle.begin("talking_circle")
    await circle.all_press("Done", "Step 1 of 4")
    holder = circle.people[await circle.holder()]
    other = next(who for who in circle.people.values() if who is not holder)
    await other.calls("pass", circle.thread)
    assert other.sees == "It is not your turn now. You are asked when it is."
    await other.calls("round time", circle.thread)
    assert other.sees == "It is not your turn now. You are asked when it is."
    await holder.calls("round time", circle.thread)
    assert holder.sees == "You have it: there is more time now."
    await holder.calls("later", circle.thread)
    assert holder.sees == "The word goes on, and comes back to you at the end."
    second = circle.people[await circle.holder()]
    assert second is not holder
    await second.calls("pass", circle.thread)
    assert circle.people[await circle.holder()] is not second


async def test_done_in_an_open_step(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.anna.calls("done", circle.thread)
    assert circle.anna.sees.startswith("This step closes by itself when everybody has answered.")
    await circle.all_answer()
    await circle.anna.calls("done", circle.thread)
    assert circle.anna.sees.startswith("Noted.")


async def test_in_the_channel_it_means_the_round_one_takes_part_in(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    eva = house.person("Eva")
    await eva.calls('round start reveal_together "windows"')
    for name in ("Eva", "Fen", "Gus"):
        await house.person(name).presses("I'll speak", "windows")
    await eva.calls("round begin")
    await circle.people["Bo"].calls("pass")
    assert circle.people["Bo"].sees.startswith("That is fine: passing is a full answer")
    zoe = house.person("Zoe")
    await zoe.calls("pass")
    assert "Which round do you mean?" in zoe.sees


async def test_who_takes_no_part_reads_how_to(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    eva = house.person("Eva")
    await eva.calls("done", circle.thread)
    assert "You are not in this round yet." in eva.sees
    await eva.calls("pass", eva.dm)
    assert "There is no round here, and you are in none." in eva.sees


async def test_keep_keeps_the_thread_around_it(house: House) -> None:
    told = await scene(house)
    thread = Thread(told.question.channel, told.thread)
    await told.kim.writes("@Kring keep this is really worth keeping", thread)
    await told.kim.calls("keep", thread)
    assert "I am reading the thread." in told.kim.sees
    assert "I chose" in told.kim.direct[-1].says
    await told.kim.presses("Look at the draft")
    assert told.kim.form is not None
    values = " ".join(str(field.value) for field in told.kim.form.fields)
    assert QUESTION["en"].partition("?")[0] in values
    assert "worth keeping" not in values
    await told.kim.calls("knowhow keep", thread)
    assert "You have a draft from this thread already." in told.kim.sees


@pytest.mark.parametrize("direct", [False, True])
async def test_keep_elsewhere_says_where(house: House, *, direct: bool) -> None:
    kim = house.person("Kim")
    await kim.calls("keep", kim.dm if direct else house.channel())
    assert "Call this in the thread you want to keep, or choose Keep as know-how in the menu of a message." in kim.sees


async def test_every_command_can_be_called_in_a_thread(house: House) -> None:
    """None of them fails there; each answers something that names a next step or shows something."""
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    hessel = house.person("Hessel", host=True)
    for command in gather().offered.commands:
        options = " ".join(
            each.choices[0] if each.choices else {"person": "<@bo>", "number": "2"}.get(each.kind, "doors")
            for each in command.options
            if each.required
        )
        await hessel.calls(f"{command.name} {options}".strip(), circle.thread)
        assert hessel.form is not None or hessel.sees, command.name
        assert "Something went wrong" not in hessel.sees, command.name
        hessel.saw, hessel.form = None, None

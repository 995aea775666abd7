"""The door with a small feature of its own and a real store: once only, all or nothing, errors to words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.chat.actions import Action
from bot.chat.answers import Answer, FormErrors, Nothing, Tell
from bot.chat.commands import Command, Given, Option
from bot.chat.events import (
    ButtonPressed,
    CameDue,
    CommandCalled,
    Delivered,
    MessagePosted,
    Refused,
)
from bot.chat.forms import Fault
from bot.chat.messages import Words, message
from bot.chat.names import Account, Channel, MessageRef, Space
from bot.chat.requests import Edit, Post
from bot.chat.text import plain
from bot.context import Context, Feature
from bot.errors import FormMistake, Overtaken, UserMistake
from bot.features import gather
from storage.store import open_store
from tests.knock import House, Player, as_words

SPACE = Space("playground", "school")
GENERAL = Channel(SPACE, "general")
SAID = message(Words(plain("hello")))
THING = Action("test.thing", "1")


class Bell:
    """A feature that does what it is told, and counts."""

    def __init__(self) -> None:
        self.rung: list[str] = []
        self.overtaken = 0

    @property
    def people(self) -> list[str]:
        return [each for each in self.rung if not each.startswith("arrived")]

    def ring(self, ctx: Context[Any], event: CommandCalled, given: Given) -> Answer:
        self.rung.append(ctx.actor.name)
        ctx.ask(Post(GENERAL, SAID, about=THING))
        ctx.wait(THING, ctx.now)
        match given.text("how"):
            case "wrong":
                raise UserMistake("This step is over.")
            case "badly":
                raise RuntimeError("the secret word is swordfish")
            case "form":
                raise FormMistake([Fault("name", "required")], words={"topic": UserMistake("This step is over.")})
            case "late" if self.overtaken < 2:
                self.overtaken += 1
                raise Overtaken
        return Tell(message(Words(ctx.words.say("This step is over."))))

    def press(self, ctx: Context[Any], event: ButtonPressed) -> Answer:
        self.rung.append(event.action.id)
        return Nothing()

    def hear(self, ctx: Context[Any], event: MessagePosted) -> Answer:
        self.rung.append(ctx.person.name if ctx.person else "somebody")
        if event.text == "meet":
            self.rung.append(ctx.actor.name)
        return Nothing()

    def due(self, ctx: Context[Any], event: CameDue) -> Answer:
        self.rung.append("due")
        if len(self.rung) > 5:
            raise RuntimeError("no more")
        return Nothing()

    def arrived(self, ctx: Context[Any], event: Delivered, about: Action) -> Answer:
        self.rung.append(f"arrived {about.id}")
        return Nothing()

    def lost(self, ctx: Context[Any], event: Refused, about: Action) -> Answer:
        self.rung.append(f"{event.reason} {about.id}")
        return Nothing()

    @property
    def feature(self) -> Feature:
        look = Command(("look",), "Look.", looks=True)
        ring = Command(("ring",), "Ring.", (Option("how", "How."),))
        return Feature(
            "bell",
            commands=(
                (ring, self.ring),
                (look, lambda ctx, _event, _given: Tell(message(Words(plain(ctx.actor.name))))),
                (Command(("hosts",), "For hosts.", who="host"), self.ring),
                (Command(("lead",), "For facilitators.", who="facilitator"), self.ring),
            ),
            buttons={"bell.press": self.press},
            deadlines={"test.thing": self.due},
            delivered={"test.thing": self.arrived},
            refused={"test.thing": self.lost},
            posted=(self.hear,),
        )


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
async def small(sqlite_url: str, bell: Bell) -> AsyncIterator[House]:
    async with open_store(sqlite_url, holder="test", lasting=False) as store:
        yield House(store, gather((bell.feature,), {}))


@pytest.fixture
def anna(small: House) -> Player:
    return small.person("Anna")


async def test_an_event_is_handled_once(small: House, anna: Player, bell: Bell) -> None:
    event = CommandCalled("same", small.now, anna.account, GENERAL, "ring", profile=anna.profile)
    first, second = await small.door.handle(event), await small.door.handle(event)
    assert isinstance(first, Tell)
    assert second == Nothing()
    assert bell.rung == ["Anna"]


@pytest.mark.parametrize("how", ["wrong", "badly", "form"])
async def test_what_goes_wrong_leaves_nothing_behind(small: House, anna: Player, how: str) -> None:
    await anna.calls(f"ring {how}")
    assert small.messages == []
    assert await small.store.next_due() is None
    assert await small.store.next_request_at() is None


async def test_a_mistake_is_told_in_the_persons_language(small: House) -> None:
    await (bo := small.person("Bo", language="nl")).calls("ring wrong")
    assert bo.sees == "Deze stap is voorbij."


async def test_a_form_mistake_stands_beside_its_fields(small: House, anna: Player) -> None:
    answer = await anna.calls("ring form")
    assert answer == FormErrors((("name", "Please fill this in."), ("topic", "This step is over.")))


async def test_what_nobody_expected_gets_a_reference_and_no_traceback(small: House, anna: Player) -> None:
    with capture_logs() as lines:
        await anna.calls("ring badly")
    assert "Something went wrong on my side" in anna.sees
    assert "swordfish" not in anna.sees
    [failed] = [line for line in lines if line["event"] == "failed"]
    assert failed["reference"] in anna.sees


async def test_the_log_has_one_line_for_an_event_and_none_of_its_words(small: House, anna: Player) -> None:
    with capture_logs() as lines:
        await anna.writes("nobody may read this")
    [line] = [line for line in lines if line["event"] == "event"]
    assert {"id", "kind", "feature", "handler", "ms", "result"} <= line.keys()
    assert "nobody may read this" not in str(lines)


async def test_who_was_second_starts_again(small: House, anna: Player, bell: Bell) -> None:
    await anna.calls("ring late")
    assert bell.rung == ["Anna", "Anna", "Anna", "arrived 1"]
    assert len(small.messages) == 1


async def test_unknown_words_get_the_nearest_command(small: House, anna: Player) -> None:
    await anna.calls("rng")
    assert "Did you mean /kring ring?" in anna.sees
    await anna.calls("ring how much is that")
    assert "I do not know what to do with" in anna.sees


async def test_rights(small: House, bell: Bell) -> None:
    anna, host = small.person("Anna"), small.person("Host", host=True)
    await anna.calls("hosts")
    assert "is for whoever administers this space" in anna.sees
    await anna.calls("lead")
    assert "is for facilitators" in anna.sees
    assert bell.rung == []
    await host.calls("hosts")
    await host.calls("lead")  # nobody is a facilitator yet
    assert bell.people == ["Host", "Host"]


async def test_a_look_meets_somebody_new_too(small: House, anna: Player) -> None:
    for _ in range(2):
        await anna.calls("look")
        assert anna.sees == "Anna"


async def test_an_old_button_says_so(small: House, anna: Player) -> None:
    event = ButtonPressed("p", small.now, anna.account, GENERAL, Action("gone.button", "1"), profile=anna.profile)
    answer = await small.door.handle(event)
    assert isinstance(answer, Tell)
    assert as_words(answer.message) == "This step is over."


async def test_who_only_writes_is_not_noted_down_until_they_matter(small: House, anna: Player, bell: Bell) -> None:
    await anna.writes("good morning")
    await anna.writes("meet")
    await anna.writes("again")
    assert bell.rung == ["somebody", "somebody", "Anna", "Anna"]


async def test_a_direct_message_may_be_a_command(small: House, anna: Player, bell: Bell) -> None:
    for text in ("ring", "/kring ring", "Kring ring"):
        await anna.writes(text, anna.dm)
    assert bell.people == ["Anna"] * 3
    await anna.writes("ringing in my ears", anna.dm)
    assert "I keep time and memory here" in anna.sees
    assert bell.people == ["Anna"] * 4  # heard as talk, by somebody who is known


async def test_what_is_posted_is_found_again_by_what_it_is_about(small: House, anna: Player, bell: Bell) -> None:
    await anna.calls("ring")
    assert bell.rung == ["Anna", "arrived 1"]
    posted = await small.store.look(lambda unit: unit.posts.find(unit.communities.of(SPACE).id, THING))
    assert posted.message == small.messages[0].ref


async def test_a_report_about_nothing_we_sent_changes_nothing(small: House) -> None:
    assert await small.door.handle(Delivered("d", small.now, "no-such-request")) == Nothing()


async def test_a_refusal_is_told_to_the_feature(small: House, anna: Player, bell: Bell) -> None:
    small.gone.add(GENERAL)
    await anna.calls("ring")
    assert bell.rung == ["Anna", "gone 1"]


async def test_a_moment_that_came_is_over(small: House, anna: Player, bell: Bell) -> None:
    await anna.calls("ring")
    await small.passes(minutes=1)
    assert bell.rung == ["Anna", "arrived 1", "due"]
    assert await small.store.next_due() is None


async def test_a_moment_whose_handling_fails_is_raised_and_stays(small: House, anna: Player, bell: Bell) -> None:
    await anna.calls("ring")
    bell.rung += ["x"] * 4
    due = await small.store.next_due()
    [claimed] = await small.store.claim_due(due, 10, timedelta(minutes=1))
    with pytest.raises(RuntimeError, match="no more"):
        await small.door.handle(CameDue("due", due, claimed.about, claimed.community))
    small.now = due + timedelta(minutes=2)
    assert await small.store.claim_due(small.now, 10, timedelta(minutes=1)) == [claimed]


async def test_an_edit_may_be_asked_before_its_post_is_delivered(small: House, anna: Player) -> None:
    edited = message(Words(plain("changed")))

    def both(unit: Any) -> None:
        community = unit.communities.of(SPACE).id
        unit.outbox.put(community, Post(GENERAL, SAID, about=THING), now=small.now)
        unit.outbox.put(community, Edit(GENERAL, THING, SAID), now=small.now)
        unit.outbox.put(community, Edit(GENERAL, THING, edited), now=small.now)

    await small.store.run(both)
    await small.deliver()
    assert [shown.message for shown in small.messages] == [edited]
    assert len(small.requests) == 2, "the first edit was overtaken by the second"


def test_two_features_cannot_claim_one_name(bell: Bell) -> None:
    with pytest.raises(ValueError, match="claimed twice"):
        gather((bell.feature, bell.feature), {})


async def test_an_account_is_known_by_its_space(small: House, bell: Bell) -> None:
    here, there = small.person("Anna"), small.person("Anna", space="college")
    assert here.account != there.account
    await here.calls("ring")
    await there.calls("ring")
    people = await small.store.look(
        lambda unit: {unit.people.by_account(Account(Space("playground", s), "anna")).id for s in ("school", "college")}
    )
    assert len(people) == 2


def test_a_reference_points_at_its_place() -> None:
    assert MessageRef(GENERAL, "m2", "m1").place.id == "m1"
    assert MessageRef(GENERAL, "m2").place == GENERAL


async def test_news_of_a_profile_is_kept_of_whom_kring_knows(small: House, anna: Player) -> None:
    async def person() -> Any:
        return await small.store.look(lambda unit: unit.people.by_account(anna.account))

    assert await anna.becomes(name="Anna B.") == Nothing()
    assert await person() is None
    await anna.calls("look")
    await anna.becomes(name="Anna C.", timezone="Europe/Lisbon", host=True)
    known = await person()
    assert (known.name, known.timezone, known.host) == ("Anna C.", "Europe/Lisbon", True)


async def test_who_joins_a_space_is_not_noted_down_until_they_matter(small: House, anna: Player) -> None:
    await anna.joins()
    assert await small.store.look(lambda unit: unit.people.by_account(anna.account)) is None

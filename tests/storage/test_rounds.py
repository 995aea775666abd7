"""Rounds as they are stored: the same round comes back, only what changed is written, and nobody overtakes."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, event, select

from bot.chat.names import Channel, MessageRef, Space
from bot.errors import Overtaken
from bot.rounds.group import Group
from bot.rounds.model import Asked, Home, Round, Seat, Settings
from bot.rounds.said import Consent, Contribution, Vote
from bot.rounds.script import Effort, Emphasis, Format, Role, Size, Step
from bot.rounds.step_rules import Field, Option, VoteRule
from bot.rounds.step_run import StepRun
from bot.rounds.task import Task
from storage.engine import connect, parse
from storage.remembered import begin, forget, take_back
from storage.round_tables import contributions, votes
from storage.rounds import Rounds

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GENERAL = Channel(Space("playground", "school"), "general")
TEXTS = {"en": "What do you do when «{topic}»?", "nl": "Wat doe je als «{topic}»?"}
FORMAT = Format(
    id="reveal_together",
    version=1,
    name={"en": "Reveal together", "nl": "Tegelijk onthullen"},
    blurb=TEXTS,
    purpose="Show variety.",
    emphasis=Emphasis(1, 1, 1, 1),
    size=Size(3, (5, 10), 15),
    effort=Effort(15, 4, 25),
    roles=(Role("scribe", {"en": "scribe", "nl": "schrijver"}),),
    steps=(
        Step("write", "collect", TEXTS, 24, 4, reveal="together", anonymous="optional", harvest="mark"),
        Step("shape", "open", TEXTS, 24, 8, fields=(Field("when", TEXTS),)),
        Step("dots", "vote", TEXTS, 12, 3, vote=VoteRule("choice", options=(Option("a", TEXTS),))),
    ),
)


class Backwards:
    """A cipher that anybody can break, but not by reading."""

    def close(self, text: str) -> str:
        return b64encode(text.encode()).decode()[::-1]

    def open(self, closed: str) -> str:
        return b64decode(closed[::-1]).decode()


def a_round(id_: str = "r1", community: str = "c1") -> Round:
    write, shape, dots = FORMAT.steps
    return Round(
        id=id_,
        community=community,
        number=7,
        channel=GENERAL,
        format=FORMAT,
        topic="the first lesson <!channel>",
        preset="async",
        language="nl",
        facilitator="anna",
        state="running",
        created_at=NOW,
        settings=Settings(anonymous=True, sources="R-3", review="half a year"),
        homes=(Home(GENERAL, "De Linde"), Home(Channel(Space("discord", "G1"), "42"), "De Beuk", "lost")),
        seats=(
            Seat("anna", "in", space=Space("discord", "G1")),
            Seat("bo", "in", role="scribe", joined_step=0, side="B"),
            Seat("cas", "left", way="listen", choose_until=NOW),
            Seat("dia", "waiting"),
        ),
        steps=(
            StepRun(
                write,
                state="closed",
                opened_at=NOW,
                closed_at=NOW + timedelta(hours=3),
                extended=("people", "quiet"),
                passed=("cas",),
                more_time=("bo", "cas"),
            ),
            StepRun(
                shape,
                state="open",
                prompt="In other words?",
                opened_at=NOW,
                due_at=NOW + timedelta(hours=9),
                queue=("anna",),
                holder="bo",
                held=("cas", "bo"),
                turn_due_at=NOW + timedelta(hours=4),
                turn_nudge_at=NOW + timedelta(hours=2),
                silent_turns=1,
                word_offered=True,
                asked_names=("bo",),
            ),
            StepRun(dots),
            StepRun(shape, state="grace", of=1, group=1, lap="bo", attempt=2, due_at=NOW),
        ),
        groups=(Group(0, ("bo",), over=True), Group(1, ("bo", "anna"), done=True)),
        ring=("bo", "anna"),
        current=1,
        contributions=(
            Contribution("k1", 0, "anna", "I wait. ünïcode 🙂", revealed_at=NOW, named=False, marked=True),
            Contribution(
                "k2",
                1,
                "bo",
                "Nobody may read this yet.",
                fields=(("when", "on Monday"),),
                to="k1",
                message=MessageRef(GENERAL, "m1", "t1"),
                consent=Consent("yes", "rather so", ask=True),
            ),
            Contribution("k9", 3, "bo", "For those inside.", revealed_at=NOW, inside=True),
            Contribution("k3", 1, "", "gone", removed=True, withdrawn=True, edited_at=NOW),
        ),
        votes=(
            Vote(2, "bo", ("a", "a"), "because of Tuesday", named=True),
            Vote(2, "cas", ("objection",), taken_up="t4"),
        ),
        tasks=(
            Task("t1", "cas", "harvest", "What was found.", named=True, given_at=NOW),
            Task("t2", "anna", "step", "Wait on Monday.", given_at=NOW, remind_at=NOW + timedelta(days=7)),
            Task("t3", "bo", "question"),
            Task("t4", "bo", "objection", "Ask.", named=True, given_at=NOW, remind_at=NOW + timedelta(days=7)),
        ),
        begins_at=NOW,
        waited=True,
        began_at=NOW,
        offered_to="bo",
        early_by="anna",
        asked=Asked("quiet", NOW + timedelta(hours=48), missed=True),
        paused_at=NOW,
        paused_until=NOW + timedelta(days=2),
        paused_from="running",
        keep_until=NOW + timedelta(days=3),
        purge_at=NOW + timedelta(days=30),
    )


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    with connect(parse(database_url), "write").connect() as connection, connection.begin():
        yield connection


@pytest.fixture
def statements(connection: Connection) -> Iterator[list[str]]:
    """What is sent to the database."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(connection.engine, "before_cursor_execute", note)
    yield sent
    event.remove(connection.engine, "before_cursor_execute", note)


def store(connection: Connection) -> Rounds:
    forget(connection)
    return Rounds(connection, Backwards())


def test_a_round_comes_back_as_it_was(connection: Connection) -> None:
    store(connection).add(a_round())
    assert store(connection).get("c1", "r1") == a_round()


def test_what_is_not_there(connection: Connection) -> None:
    store(connection).add(a_round())
    assert store(connection).get("c1", "r2") is None
    assert store(connection).get("c2", "r1") is None


def test_a_round_is_read_in_one_statement(connection: Connection, statements: list[str]) -> None:
    store(connection).add(a_round())
    statements.clear()
    store(connection).get("c1", "r1")
    assert len(statements) == 1


def test_only_what_changed_is_written(connection: Connection, statements: list[str]) -> None:
    store(connection).add(a_round())
    rounds_ = store(connection)
    before = rounds_.get("c1", "r1")
    assert before is not None
    after = before.with_contribution(Contribution("k4", 1, "anna", "One more."))
    statements.clear()
    rounds_.save(after)
    assert [each.split("(")[0].split(" SET")[0].strip() for each in statements] == [
        "UPDATE rounds",
        "INSERT INTO round_contributions",
    ]
    assert store(connection).get("c1", "r1") == replace(after, version=1)


def test_nothing_changed_nothing_written(connection: Connection, statements: list[str]) -> None:
    rounds_ = store(connection)
    rounds_.add(a_round())
    statements.clear()
    rounds_.save(a_round())
    assert statements == []


def test_everything_can_change(connection: Connection) -> None:
    rounds_ = store(connection)
    rounds_.add(a_round())
    before = a_round()
    after = replace(
        before,
        state="done",
        seats=before.seats[1:],
        steps=before.steps[:1],
        contributions=before.contributions[::-1][:2],
        votes=(),
        asked=None,
        ended_at=NOW,
        format=replace(FORMAT, id="harvest"),
        facilitator=None,
        settings=Settings(),
    )
    rounds_.save(after)
    assert store(connection).get("c1", "r1") == replace(after, version=1)


def test_one_unit_may_save_twice(connection: Connection) -> None:
    rounds_ = store(connection)
    rounds_.add(a_round())
    rounds_.save(replace(a_round(), current=2))
    rounds_.save(replace(a_round(), current=3))
    saved = store(connection).get("c1", "r1")
    assert saved is not None
    assert (saved.current, saved.version) == (3, 2)


def test_who_comes_second_is_overtaken(connection: Connection) -> None:
    store(connection).add(a_round())
    first, second = store(connection), store(connection)
    ours, theirs = first.get("c1", "r1"), second.get("c1", "r1")
    assert ours is not None
    assert theirs is not None
    second.save(replace(theirs, current=2))
    with pytest.raises(Overtaken):
        first.save(replace(ours, current=3))
    with pytest.raises(Overtaken):
        store(connection).save(replace(ours, current=3))


def test_what_is_private_cannot_be_read(connection: Connection) -> None:
    rounds_ = store(connection)
    rounds_.add(a_round())
    stored = {row.contribution: row for row in connection.execute(select(contributions))}
    assert stored["k1"].body == "I wait. ünïcode 🙂"
    for secret in ("Nobody", "Monday", "rather"):
        assert secret not in str(tuple(stored["k2"]))
    assert "inside" not in stored["k9"].body, "however long it has been there"
    assert "t4" not in str(tuple(connection.execute(select(votes).where(votes.c.person == "cas")).one())), (
        "it tells whose"
    )
    ballot = connection.execute(select(votes).where(votes.c.person == "bo")).one()
    assert "Tuesday" not in str(tuple(ballot))
    assert '"a"' not in ballot.picks


def test_an_answer_is_readable_once_everybody_may_read_it(connection: Connection) -> None:
    rounds_ = store(connection)
    rounds_.add(a_round())
    rounds_.save(a_round().with_contribution(replace(a_round().contributions[1], revealed_at=NOW)))
    stored = {row.contribution: row.body for row in connection.execute(select(contributions))}
    assert stored["k2"] == "Nobody may read this yet."
    again = store(connection).get("c1", "r1")
    assert again is not None
    assert again.contributions[1].body == "Nobody may read this yet."


def test_rounds_of_a_channel(connection: Connection) -> None:
    rounds_ = store(connection)
    rounds_.add(a_round())
    rounds_.add(replace(a_round("r2"), created_at=NOW - timedelta(days=1)))
    rounds_.add(replace(a_round("r3"), ended_at=NOW))
    rounds_.add(replace(a_round("r4"), channel=replace(GENERAL, id="random"), homes=()))
    rounds_.add(a_round("r5", community="c2"))
    assert [each.id for each in rounds_.in_channel("c1", GENERAL)] == ["r2", "r1"]
    elsewhere = a_round().homes[1].channel
    assert [each.id for each in rounds_.in_channel("c1", elsewhere)] == ["r2", "r1"], "each of its homes counts"
    alone = replace(a_round("r6"), homes=())
    rounds_.add(alone)
    assert "r6" not in [each.id for each in rounds_.in_channel("c1", elsewhere)]
    rounds_.save(replace(alone, homes=a_round().homes[1:]))
    assert "r6" in [each.id for each in rounds_.in_channel("c1", elsewhere)]


def test_rounds_of_a_person(connection: Connection) -> None:
    rounds_ = store(connection)
    empty = replace(a_round(), facilitator="else", offered_to=None, seats=(), contributions=(), votes=())
    rounds_.add(replace(empty, id="held", facilitator="bo"))
    rounds_.add(replace(empty, id="asked", offered_to="bo"))
    rounds_.add(replace(empty, id="sat", seats=(Seat("bo", "in"),)))
    rounds_.add(replace(empty, id="wrote", contributions=(Contribution("k", 0, "bo", "x"),), ended_at=NOW))
    rounds_.add(replace(empty, id="voted", votes=(Vote(2, "bo", ("a",)),)))
    rounds_.add(replace(empty, id="nothing"))
    rounds_.add(replace(a_round(), community="c2"))
    assert {each.id for each in rounds_.touching("c1", "bo")} == {"held", "asked", "sat", "wrote", "voted"}
    assert {each.id for each in rounds_.open_for("c1", "bo")} == {"held", "asked", "sat", "voted"}
    assert rounds_.touching("c3", "bo") == ()


def test_what_one_unit_takes_back_is_forgotten_and_nothing_else(connection: Connection, statements: list[str]) -> None:
    """Somebody's mistake must not make every round be read anew; nor may what was never kept be remembered."""
    for id_ in ("r1", "r2"):
        rounds = store(connection)
        rounds.add(replace(a_round(), id=id_))
    for id_ in ("r1", "r2"):
        begin(connection)
        rounds = Rounds(connection, Backwards())
        found = rounds.get("c1", id_)
        assert found is not None
        with connection.begin_nested() as savepoint:
            rounds.save(replace(found, topic="never" if id_ == "r2" else "kept"))
            if id_ == "r2":
                savepoint.rollback()
                take_back(connection)
    statements.clear()
    kept, taken_back = (Rounds(connection, Backwards()).get("c1", id_) for id_ in ("r1", "r2"))
    assert [kept and kept.topic, taken_back and taken_back.topic] == ["kept", a_round().topic]
    asked = ["round_contributions" in statement for statement in statements]
    assert asked == [False, True]  # the version of the one, the whole of the other

"""Accounts that become one person's, on both databases; beside them stands a second community."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from bot.chat.actions import Action
from bot.chat.names import Account, Profile, Space
from bot.community.model import AccountLinked, LinkCode, OwnCode
from bot.errors import Overtaken
from bot.newcomers.model import Called
from storage.cipher import Cipher
from storage.engine import connect, parse
from storage.facts import Facts
from storage.links import Links, account_codes
from storage.members import Members
from storage.newcomers import Newcomers
from storage.people import People
from storage.schema import metadata
from storage.unasked import Unasked
from tests.storage.test_newcomers import ANNA, ANSWER, HELP, PAIRING

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WORKSPACE, SERVER, OTHER = Space("slack", "T1"), Space("discord", "G1"), Space("slack", "T9")
ANNA_THERE, ANNA_HERE, STRANGER = Account(WORKSPACE, "U1"), Account(SERVER, "42"), Account(OTHER, "U1")


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    engine = connect(parse(database_url), "write")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def met(connection: Connection) -> tuple[str, str, str]:
    """A community over two spaces, Anna who is two people in it, the one in the workspace first."""
    people = People(connection)
    there = people.seen(ANNA_THERE, Profile("Anna", "nl"), NOW)
    here = people.seen(ANNA_HERE, Profile("Anna B.", "en", host=True), NOW)
    Members(connection).join(here.community, there.community)
    people.seen(STRANGER, Profile("Anna"), NOW)
    return there.community, there.id, here.id


def test_a_code_is_found_by_its_digest_until_its_time(connection: Connection) -> None:
    community, anna, _ = met(connection)
    links = Links(connection)
    code = OwnCode(community, anna, "d1", NOW + MINUTE)
    links.offer(community, code)
    assert links.find("d1", NOW) == code
    assert links.find("d1", NOW + MINUTE) is None
    newer = replace(code, digest="d2")
    links.offer(community, newer)
    assert (links.find("d1", NOW), links.find("d2", NOW)) == (None, newer)


def test_wrong_codes_are_counted_for_a_while(connection: Connection) -> None:
    community, anna, other = met(connection)
    links = Links(connection)
    links.offer(community, OwnCode(community, anna, "d1", NOW + MINUTE))
    for passed in (0, 1, 2):
        links.tried(community, anna, NOW + passed * MINUTE, NOW + (passed + 5) * MINUTE)
    assert links.tries(community, anna, NOW + 4 * MINUTE) == 3
    assert links.tries(community, anna, NOW + 5 * MINUTE) == 0
    assert links.tries(community, other, NOW) == 0
    links.tried(community, anna, NOW + 6 * MINUTE, NOW + 9 * MINUTE)
    assert links.tries(community, anna, NOW + 6 * MINUTE) == 1


def test_what_is_over_is_tidied_away(connection: Connection) -> None:
    community, anna, other = met(connection)
    links = Links(connection)
    links.offer(community, OwnCode(community, anna, "d1", NOW + MINUTE))
    links.tried(community, anna, NOW, NOW + 2 * MINUTE)
    links.tried(community, other, NOW, NOW + MINUTE)
    links.tidy("another", NOW + 9 * MINUTE)
    links.tidy(community, NOW + MINUTE)
    assert connection.execute(select(account_codes.c.person)).scalars().all() == [anna]
    links.tidy(community, NOW + 2 * MINUTE)
    assert connection.execute(select(account_codes.c.person)).all() == []


def test_two_people_become_one(connection: Connection) -> None:
    community, anna, other = met(connection)
    people, unasked, about = People(connection), Unasked(connection), Action("community", community)
    day, next_day = NOW.date(), NOW.date() + timedelta(days=1)
    for person, at, kind in ((anna, day, "nudge"), (other, day, "nudge"), (other, next_day, "turn")):
        unasked.add(community, person, at, kind)
    Facts(connection).add(community, about, [AccountLinked(other, "slack", "T1")], NOW)
    Links(connection).offer(community, OwnCode(community, anna, "d1", NOW + MINUTE))
    Members(connection).add_code(community, LinkCode("AAAA", other, NOW))
    Links(connection).unite(community, other, anna)
    assert Members(connection).record(community, anna)["link_codes_until"] == [NOW]
    one = people.by_account(ANNA_HERE)
    assert one == people.by_account(ANNA_THERE)
    assert one is not None
    assert (one.id, one.name, one.language, one.account, one.host) == (anna, "Anna", "nl", ANNA_THERE, True)
    assert people.get(community, other) is None
    assert people.account_in(community, anna, SERVER) == ANNA_HERE
    assert unasked.since(community, anna, day) == {day: {"nudge": 2}, next_day: {"turn": 1}}
    assert Facts(connection).of(community, about)[0][2]["person"] == anna
    assert Links(connection).find("d1", NOW) is None


def test_nothing_of_another_community_is_touched(connection: Connection) -> None:
    community, _, other = met(connection)
    stranger = People(connection).by_account(STRANGER)
    assert stranger is not None
    Links(connection).unite(stranger.community, other, stranger.id)
    Links(connection).part(stranger.community, ANNA_HERE)
    assert People(connection).get(community, other) is not None
    assert People(connection).by_account(ANNA_HERE) == People(connection).get(community, other)
    assert People(connection).by_account(STRANGER) == stranger


@pytest.mark.parametrize(("parted", "left"), [(ANNA_HERE, ANNA_THERE), (ANNA_THERE, ANNA_HERE)])
def test_an_account_parts_and_kring_writes_to_the_other(connection: Connection, parted: Account, left: Account) -> None:
    community, anna, other = met(connection)
    Links(connection).unite(community, other, anna)
    Links(connection).part(community, parted)
    one = People(connection).get(community, anna)
    assert one is not None
    assert (one.account, one.host) == (left, left == ANNA_HERE)
    assert People(connection).by_account(parted) is None
    assert People(connection).seen(parted, None, NOW).id != anna


def test_what_newcomers_and_buddies_have_is_put_together(connection: Connection) -> None:
    store = Newcomers(connection, Cipher())
    again = replace(ANNA, id="n2", person="ann", joined=NOW + timedelta(days=1))
    for newcomer in (ANNA, again):
        store.save("c1", newcomer)
    store.save("c2", replace(again, id="n9"))
    store.keep("c1", ANSWER)
    store.keep("c1", replace(ANSWER, id="a2", newcomer="n2", person="ann", to=("bo", "ann")))
    store.save_pairing("c1", PAIRING)
    store.save_pairing("c1", replace(PAIRING, id="b2", newcomer="n3", person="cas", buddy="ann"))
    store.save_help("c1", replace(HELP, helpers=(Called("cas", NOW), Called("ann", None))))
    store.save_help("c1", replace(HELP, id="h2", newcomer="n3", person="cas", helpers=(Called("ann", NOW),)))
    store.set_stage("c1", "anna", "core")
    store.set_stage("c1", "ann", "arriving")
    store.volunteer("c1", "ann", NOW)

    store.unite("c1", "ann", "anna", journey="n1", ended="n2")

    assert store.of("c1", "anna") == ANNA
    assert (store.get("c1", "n2"), store.of("c1", "ann")) == (None, None)
    assert [(one.id, one.person, one.to) for one in store.answers("c1", "n1")] == [
        ("a1", "anna", ("bo",)), ("a2", "anna", ("bo", "anna")),
    ]  # fmt: skip
    assert [(one.id, one.person, one.buddy) for one in store.pairings("c1", "anna")] == [
        ("b1", "anna", "bo"), ("b2", "cas", "anna"),
    ]  # fmt: skip
    own, others = store.help("c1", "h1"), store.help("c1", "h2")
    assert own is not None
    assert others is not None
    assert [each.person for each in own.helpers] == ["cas"], "nobody is called to their own help"
    assert [each.person for each in others.helpers] == ["anna"]
    assert store.stage("c1", "anna") == "core"
    assert [each.person for each in store.volunteers("c1")] == ["anna"]
    assert store.of("c2", "ann") is not None


def test_a_version_that_was_read_before_is_too_old_after(connection: Connection) -> None:
    one, other = Newcomers(connection, Cipher()), Newcomers(connection, Cipher())
    one.save("c1", ANNA)
    assert other.of("c1", "anna") is not None
    one.unite("c1", "anna", "ann", "", "")
    with pytest.raises(Overtaken):
        other.save("c1", replace(ANNA, done=3))


PERSON = re.compile(
    "person|buddy|keeper|facilitator|offered_to|holder|^by$|_by$|contacts|brought_to|told$|other|seating|members|^ring"
)
"""What a column is called that holds somebody's id, or several."""
NAMING = {
    "account_codes.person", "accounts.person", "people.person", "unasked.person", "communities.contacts",
    "newcomers.person", "checkin_answers.person", "checkin_answers.brought_to", "stages.person", "buddies.person",
    "buddy_pairings.person", "buddy_pairings.buddy", "help_requests.person", "help_requests.told",
    "help_helpers.person",
    "rounds.facilitator", "rounds.offered_to", "rounds.early_by", "round_seats.person", "round_contributions.person",
    "round_votes.person", "round_steps.holder", "round_schedules.holder",
    "round_tasks.person", "round_groups.members", "rounds.ring",
    "items.keeper", "consents.person", "tries.person",
    "link_codes.by",
    "circles.facilitator", "circle_seats.person", "circle_wanted.person", "circle_wishes.person", "circle_wishes.other",
    "circle_formations.asked_by", "circle_formations.seating",
}  # fmt: skip
OTHER = {
    "people.facilitator": "a right", "lease.holder": "a process", "buddy_pairings.told": "a number",
    "round_schedules.other_topic": "words",
}  # fmt: skip


def test_every_column_that_names_a_person_is_thought_of_when_two_become_one() -> None:
    """A new one belongs into `unite` of its store, and into the life in tests/bot/test_one_person.py."""
    found = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.c
        if PERSON.search(column.name)
    }
    assert found == NAMING | OTHER.keys()

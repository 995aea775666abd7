"""Communities, spaces, people and what they chose, as they are stored; beside each stands a second community."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import Connection, event, func, select

from bot.chat.actions import Action
from bot.chat.messages import Words, message
from bot.chat.names import Account, Channel, Profile, Space
from bot.chat.people import Quiet
from bot.chat.requests import Post
from bot.chat.text import plain
from bot.community.model import LinkCode, Preferences
from storage.cipher import Cipher
from storage.community import Communities, Members, People
from storage.engine import connect, parse
from storage.outbox import Outbox, outbox
from storage.people_tables import accounts, people
from storage.unasked import Unasked

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SCHOOL, COLLEGE = Space("playground", "school"), Space("slack", "T1")
ANNA, BO, CARLA = Account(SCHOOL, "anna"), Account(SCHOOL, "bo"), Account(COLLEGE, "carla")


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    engine = connect(parse(database_url), "write")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


class Counted:
    def __init__(self, connection: Connection) -> None:
        self.statements: list[str] = []
        event.listen(connection, "before_cursor_execute", self._note)

    def _note(self, _: object, __: object, statement: str, *___: object) -> None:
        self.statements.append(statement)


# -- meeting people


def test_a_new_account_makes_a_person_in_the_community_of_its_space(connection: Connection) -> None:
    profile = Profile("Anna", "nl", "europe/amsterdam", host=True, role="teacher", space_name="De Linde")
    anna = People(connection).seen(ANNA, profile, NOW)
    community = Communities(connection).of(SCHOOL)
    assert (anna.community, community.name, community.set_up) == (community.id, "De Linde", False)
    assert (anna.name, anna.language, anna.timezone, anna.role) == ("Anna", "nl", "Europe/Amsterdam", "teacher")
    assert (anna.organisation, anna.host, anna.facilitator, anna.gone) == ("De Linde", True, False, False)
    assert People(connection).by_account(ANNA) == People(connection).get(community.id, anna.id) == anna
    assert Communities(connection).spaces(community.id) == {SCHOOL: "De Linde"}


def test_meeting_somebody_again_takes_one_select(connection: Connection) -> None:
    profile = Profile("Anna", "nl", "europe/amsterdam", host=True, space_name="De Linde")
    known = People(connection).seen(ANNA, profile, NOW)
    counted = Counted(connection)
    assert People(connection).seen(ANNA, profile, NOW) == known
    assert People(connection).seen(ANNA, None, NOW) == known
    assert len(counted.statements) == 2
    assert all(statement.startswith("SELECT") for statement in counted.statements)


def test_news_of_the_profile_is_kept_and_what_it_does_not_say_is_not_forgotten(connection: Connection) -> None:
    store = People(connection)
    store.seen(ANNA, Profile("Anna", "nl", "Europe/Brussels", host=True, role="teacher"), NOW)
    anna = store.seen(ANNA, Profile("Anna B."), NOW)
    assert (anna.name, anna.language, anna.timezone, anna.role, anna.host) == (
        "Anna B.",
        "nl",
        "Europe/Brussels",
        "teacher",
        False,
    )
    assert store.seen(ANNA, Profile("Anna B.", timezone="Mars/Olympus"), NOW).timezone == "Europe/Brussels"


def test_own_choice_wins_over_the_platform_and_that_over_the_community(connection: Connection) -> None:
    store, members = People(connection), Members(connection)
    anna = store.seen(ANNA, Profile("Anna"), NOW)
    assert (anna.language, anna.timezone) == ("en", "Europe/Amsterdam")
    community = Communities(connection).get(anna.community)
    members.arrange(community.id, community, replace(community, language="nl", timezone="Europe/Lisbon"))
    anna = store.seen(ANNA, Profile("Anna", "xx"), NOW)
    assert (anna.language, anna.timezone) == ("nl", "Europe/Lisbon")
    anna = store.seen(ANNA, Profile("Anna", "en", "Europe/Paris"), NOW)
    assert (anna.language, anna.timezone) == ("en", "Europe/Paris")
    members.choose(anna.community, anna.id, Preferences(), Preferences(language="nl", timezone="Asia/Tokyo"))
    anna = store.seen(ANNA, Profile("Anna", "en", "Europe/Paris"), NOW)
    assert (anna.language, anna.timezone) == ("nl", "Asia/Tokyo")


def test_acting_makes_reachable_and_present_again(connection: Connection) -> None:
    store = People(connection)
    anna = store.seen(ANNA, Profile("Anna"), NOW)
    store.unreachable(ANNA)
    Members(connection).left(anna.community, ANNA, NOW)
    gone = store.get(anna.community, anna.id)
    assert gone is not None
    assert (gone.reachable, gone.gone) == (False, True)
    assert store.account_in(anna.community, anna.id, SCHOOL) is None
    assert store.seen(ANNA, None, NOW) == anna
    assert store.account_in(anna.community, anna.id, SCHOOL) == ANNA


def test_a_changed_profile_is_no_act_of_the_person(connection: Connection) -> None:
    store = People(connection)
    store.changed(ANNA, Profile("Anna"))
    assert store.by_account(ANNA) is None, "who is not known stays unknown"
    anna = store.seen(ANNA, Profile("Anna", "en", "Europe/Lisbon", role="teacher"), NOW)
    store.unreachable(ANNA)
    Members(connection).left(anna.community, ANNA, NOW)
    store.changed(ANNA, Profile("Anna B.", "nl", "Europe/Brussels", host=True))
    now = store.get(anna.community, anna.id)
    assert now is not None
    assert (now.name, now.language, now.timezone, now.role) == ("Anna B.", "nl", "Europe/Brussels", "teacher")
    assert (now.host, now.gone, now.reachable) == (False, True, False), "nobody is host of a space they left"
    assert store.account_in(anna.community, anna.id, SCHOOL) is None, "they are not back"
    store.changed(ANNA, Profile("Anna B."))
    now = store.get(anna.community, anna.id)
    assert now is not None
    assert (now.host, now.gone, now.timezone) == (False, True, "Europe/Brussels")


def test_own_choice_wins_over_a_changed_profile(connection: Connection) -> None:
    store, members = People(connection), Members(connection)
    anna = store.seen(ANNA, Profile("Anna", "en", "Europe/Paris", role="teacher"), NOW)
    chosen = Preferences(language="nl", timezone="Asia/Tokyo", role="")
    members.choose(anna.community, anna.id, Preferences(), chosen)
    store.changed(ANNA, Profile("Anna", "en", "Europe/Lisbon", role="head of history"))
    now = store.get(anna.community, anna.id)
    assert now is not None
    assert (now.language, now.timezone, now.role) == ("nl", "Asia/Tokyo", "")


def test_a_profile_changed_where_kring_does_not_write_to_them_changes_rights_only(connection: Connection) -> None:
    store, members = People(connection), Members(connection)
    anna = store.seen(ANNA, Profile("Anna"), NOW)
    carla = store.seen(CARLA, Profile("Carla"), NOW)
    members.join(carla.community, anna.community)
    moved = (accounts.c.person == carla.id, {"person": anna.id})
    connection.execute(accounts.update().where(moved[0]).values(**moved[1]))
    store.changed(CARLA, Profile("Somebody else", "nl", host=True))
    now = store.get(anna.community, anna.id)
    assert now is not None
    assert (now.name, now.language, now.host) == ("Anna", "en", True)


def test_a_community_is_called_as_its_space_until_a_host_names_it(connection: Connection) -> None:
    store, communities = People(connection), Communities(connection)
    carla = store.seen(CARLA, None, NOW)
    assert communities.get(carla.community).name == "T1"
    store.seen(CARLA, Profile("Carla", space_name="De Linde"), NOW)
    assert communities.get(carla.community).name == "De Linde"
    store.changed(CARLA, Profile("Carla", space_name="De Nieuwe Linde"))
    community = communities.get(carla.community)
    assert community.name == "De Nieuwe Linde"
    Members(connection).arrange(community.id, community, replace(community, name="Our circle", set_up=True))
    store.changed(CARLA, Profile("Carla", space_name="De Beuk"))
    assert communities.get(carla.community).name == "Our circle"
    assert communities.spaces(carla.community) == {COLLEGE: "De Beuk"}


def test_rights_are_by_community_and_the_gone_have_none(connection: Connection) -> None:
    store = People(connection)
    anna = store.seen(ANNA, Profile("Anna", host=True), NOW)
    bo = store.seen(BO, Profile("Bo", host=True), NOW)
    carla = store.seen(CARLA, Profile("Carla", host=True), NOW)
    Members(connection).make_facilitator(anna.community, bo.id, yes=True)
    Members(connection).make_facilitator(anna.community, carla.id, yes=True)
    assert store.with_right(anna.community, "host") == (anna, store.get(anna.community, bo.id))
    assert [each.id for each in store.with_right(anna.community, "facilitator")] == [bo.id]
    assert store.with_right(carla.community, "facilitator") == ()
    Members(connection).left(anna.community, BO, NOW)
    assert store.with_right(anna.community, "facilitator") == ()


def test_nobody_of_another_community_is_found(connection: Connection) -> None:
    store, members = People(connection), Members(connection)
    anna, carla = store.seen(ANNA, Profile("Anna"), NOW), store.seen(CARLA, Profile("Carla"), NOW)
    here, there = anna.community, carla.community
    assert store.get(there, anna.id) is None
    assert store.many(there, [anna.id, carla.id]) == {carla.id: carla}
    assert store.many(here, []) == {}
    assert store.account_in(there, anna.id, SCHOOL) is None
    members.choose(there, anna.id, Preferences(), Preferences(role="spy"))
    members.left(there, ANNA, NOW)
    members.erase(there, anna.id, "", NOW)
    members.name_space(there, SCHOOL, "Ours now")
    assert members.accounts(there, anna.id) == ()
    assert members.gone_before(there, NOW + timedelta(days=900)) == ()
    assert store.get(here, anna.id) == anna


# -- settings


def test_settings_come_back_as_they_were_set(connection: Connection) -> None:
    store = Communities(connection)
    before = store.of(SCHOOL)
    after = replace(
        before,
        name="De Werkplaats",
        language="nl",
        starters="facilitators",
        home=Channel(SCHOOL, "lobby"),
        homes_elsewhere=(Channel(COLLEGE, "C1"), Channel(Space("discord", "G1"), "42")),
        keep_emoji="seedling",
        daily_messages=1,
        contacts=("p1", "p2"),
        set_up=True,
    )
    Members(connection).arrange(before.id, before, after)
    assert store.of(SCHOOL) == store.get(before.id) == after
    Members(connection).arrange(before.id, after, replace(after, home=None))
    assert store.get(before.id).home is None
    assert store.of(COLLEGE).name == "T1"


def test_two_hosts_who_set_different_things_do_not_undo_each_other(connection: Connection) -> None:
    store, members = Communities(connection), Members(connection)
    before = store.of(SCHOOL)
    members.arrange(before.id, before, replace(before, name="De Werkplaats"))
    members.arrange(before.id, before, replace(before, daily_messages=1))
    assert (store.get(before.id).name, store.get(before.id).daily_messages) == ("De Werkplaats", 1)


def test_a_community_that_is_not_there(connection: Connection) -> None:
    with pytest.raises(LookupError):
        Communities(connection).get("nowhere")


def test_choices_come_back_as_they_were_made(connection: Connection) -> None:
    anna = People(connection).seen(ANNA, Profile("Anna"), NOW)
    members = Members(connection)
    before = members.preferences(anna.community, anna.id)
    assert before == Preferences()
    after = Preferences("nl", "Asia/Tokyo", "teacher", Quiet(time(20, 30), time(7, 15), (0, 6)), NOW)
    members.choose(anna.community, anna.id, before, after)
    assert members.preferences(anna.community, anna.id) == after
    found = People(connection).by_account(ANNA)
    assert found is not None
    assert (found.quiet, found.paused_until) == (after.quiet, NOW)


# -- leaving


def test_erasing_leaves_an_id_and_a_name(connection: Connection) -> None:
    store, members = People(connection), Members(connection)
    anna, bo = store.seen(ANNA, Profile("Anna", host=True), NOW), store.seen(BO, Profile("Bo"), NOW)
    community = Communities(connection).get(anna.community)
    members.arrange(community.id, community, replace(community, contacts=(anna.id, bo.id)))
    Unasked(connection).add(community.id, anna.id, NOW.date(), "nudge")
    for person in (anna, bo):
        said = Post(person.account, message(Words(plain("Hello."))), about=Action("x", person.id))
        Outbox(connection, Cipher()).put(community.id, said, now=NOW)
    members.erase(community.id, anna.id, "somebody", NOW)
    assert store.by_account(ANNA) is None
    assert store.by_account(BO) == bo
    assert Communities(connection).get(community.id).contacts == (bo.id,)
    assert Unasked(connection).since(community.id, anna.id, NOW.date()) == {}
    assert connection.execute(select(func.count()).select_from(outbox)).scalar() == 1
    row = connection.execute(select(people).where(people.c.person == anna.id)).mappings().one()
    kept = {key for key, value in row.items() if value not in (None, False)}
    assert kept == {"person", "community", "name", "quiet_start", "quiet_end", "working_days", "gone_at"}
    assert members.gone_before(community.id, NOW + timedelta(days=900)) == ()
    assert store.seen(ANNA, Profile("Anna"), NOW).id != anna.id


def test_somebody_with_two_accounts_is_written_to_where_they_still_are(connection: Connection) -> None:
    store, members = People(connection), Members(connection)
    anna = store.seen(ANNA, Profile("Anna"), NOW)
    other = Account(SCHOOL, "anna-2")
    connection.execute(
        accounts.insert().values(
            platform=SCHOOL.platform, space=SCHOOL.id, account=other.id, community=anna.community, person=anna.id,
            host=False,
        )
    )  # fmt: skip
    assert store.seen(other, Profile("A.", host=True), NOW) == replace(anna, host=True)
    members.left(anna.community, ANNA, NOW)
    found = store.get(anna.community, anna.id)
    assert found is not None
    assert (found.account, found.gone) == (other, False)
    members.left(anna.community, other, NOW)
    found = store.get(anna.community, anna.id)
    assert found is not None
    assert found.gone


def test_who_leaves_elsewhere_is_written_to_where_they_were(connection: Connection) -> None:
    """And who took no direct messages there takes none now."""
    store, members = People(connection), Members(connection)
    anna = store.seen(ANNA, Profile("Anna"), NOW)
    for space, id_ in ((Space("discord", "G1"), "1"), (Space("discord", "G2"), "2")):
        values = {"community": anna.community, "person": anna.id, "host": False}
        connection.execute(accounts.insert().values(platform=space.platform, space=space.id, account=id_, **values))
    store.unreachable(ANNA)
    members.left(anna.community, Account(Space("discord", "G1"), "1"), NOW)
    assert store.get(anna.community, anna.id) == replace(anna, reachable=False)


def test_who_leaves_the_space_they_administer_is_no_host_any_more(connection: Connection) -> None:
    store, members = People(connection), Members(connection)
    anna = store.seen(ANNA, Profile("Anna"), NOW)
    there = Account(Space("discord", "G1"), "1")
    values = {"community": anna.community, "person": anna.id, "host": False}
    connection.execute(accounts.insert().values(platform="discord", space="G1", account=there.id, **values))
    assert store.seen(there, Profile("Anna", host=True), NOW).host
    members.left(anna.community, there, NOW)
    found = store.get(anna.community, anna.id)
    assert found is not None
    assert (found.host, found.gone) == (False, False)
    assert store.seen(ANNA, None, NOW).host is False
    assert store.seen(there, Profile("Anna", host=True), NOW).host, "back again"


def test_the_record_has_all_of_one_person_and_nothing_of_another(connection: Connection) -> None:
    store, members = People(connection), Members(connection)
    anna, bo = store.seen(ANNA, Profile("Anna"), NOW), store.seen(BO, Profile("Bo"), NOW)
    members.add_code(anna.community, LinkCode("CODE", anna.id, NOW))
    record = members.record(anna.community, anna.id)
    assert record["settings"]["name"] == "Anna"
    assert record["link_codes_until"] == [NOW]
    assert bo.id not in repr(record)


# -- one community over several spaces


def test_a_code_leads_to_its_community_once_and_in_time(connection: Connection) -> None:
    members = Members(connection)
    here, there = Communities(connection).of(SCHOOL).id, Communities(connection).of(COLLEGE).id
    members.add_code(here, LinkCode("AAAA", "p1", NOW + timedelta(hours=1)))
    members.add_code(here, LinkCode("BBBB", "p1", NOW))
    assert members.use_code(there, "BBBB", NOW) is None
    members.tidy(there, NOW)
    assert members.use_code(there, "AAAA", NOW) == here
    assert members.use_code(there, "AAAA", NOW) is None
    members.tidy(here, NOW)
    assert members.use_code(there, "BBBB", NOW - timedelta(hours=1)) is None


def test_joining_brings_people_and_what_waits_for_them(connection: Connection) -> None:
    store, members = People(connection), Members(connection)
    anna, carla = store.seen(ANNA, Profile("Anna"), NOW), store.seen(CARLA, Profile("Carla"), NOW)
    Unasked(connection).add(carla.community, carla.id, NOW.date(), "checkin")
    assert members.is_new(carla.community)
    members.join(carla.community, anna.community)
    assert store.get(anna.community, carla.id) == replace(carla, community=anna.community)
    assert Unasked(connection).since(anna.community, carla.id, NOW.date()) == {NOW.date(): {"checkin": 1}}
    assert list(Communities(connection).spaces(anna.community)) == [SCHOOL, COLLEGE]
    with pytest.raises(LookupError):
        Communities(connection).get(carla.community)


def test_what_waits_is_sent_at_another_moment(connection: Connection) -> None:
    anna = People(connection).seen(ANNA, Profile("Anna"), NOW)
    box = Outbox(connection, Cipher())
    said = Post(ANNA, message(Words(plain("Hello."))))
    hour = timedelta(hours=1)
    now, soon, late = (box.put(anna.community, said, now=NOW, not_before=NOW + hour * n) for n in (0, 2, 9))
    other = box.put(anna.community, replace(said, to=BO), now=NOW, not_before=NOW + hour * 2)
    members = Members(connection)
    assert members.waiting(anna.community, ANNA, NOW, NOW + hour * 8) == (soon,)
    assert members.waiting(anna.community, ANNA, NOW, NOW + hour * 10) == (soon, late)
    members.send_at(anna.community, soon, NOW + hour * 8)
    ready = {row.request: row.ready_at for row in connection.execute(select(outbox))}
    assert ready == {now: NOW, soon: NOW + hour * 8, late: NOW + hour * 9, other: NOW + hour * 2}

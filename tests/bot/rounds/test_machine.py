"""No sequence of happenings brings a round into an impossible state."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from bot.chat.names import Channel
from bot.rounds import rules
from bot.rounds.floor import waited_for
from bot.rounds.script import Format
from bot.rounds.seats import too_late
from bot.rounds.step_rules import CONSENT
from bot.rounds.wording import joinable
from tests.bot.rounds.checks import check_kept, check_private, check_reporters, check_sides, check_timers
from tests.bot.rounds.happenings import Happenings, people
from tests.bot.rounds.play import ELSEWHERE, PLACE
from tests.bot.rounds.scripts import PEOPLE, asking_of, formats, hours_of, noted_of, objecting_of, sided_of, together_of

ATTIC = Channel(PLACE.space, "attic")


class Rounds(Happenings):
    """Facilitators who do anything too, and a clock that knocks early, late and twice."""

    apart = 9
    """So often of ten two people do not turn out to be one."""

    # What the facilitator does

    @rule(kind=st.sampled_from(("extend", "skip", "pause", "resume", "resume", "close", "reword", "wait", "rest")))
    def holds(self, kind: str) -> None:
        holder = self.round.facilitator or "nobody"
        match kind:
            case "extend":
                self.do(rules.extend, holder, 5)
            case "skip":
                self.do(rules.skip, holder)
            case "pause":
                until = self.at + timedelta(days=3) if self.count % 2 else None
                self.do(rules.pause, holder, until=until)
            case "resume":
                self.do(rules.resume, holder)
            case "close" if self.count % 4 == 0:
                self.do(rules.close, holder)
            case "reword":
                self.do(rules.reword, holder, "another question")
            case "wait":
                self.do(rules.wait_a_day, holder)
            case "rest" if self.count % 2:
                self.do(rules.rest, holder)
            case _:
                self.do(rules.begin, holder)

    @rule(person=people, to=people)
    def gives(self, person: str, to: str) -> None:
        self.do(rules.give, person, to, timeless=True)

    @rule(person=people)
    def accepts(self, person: str) -> None:
        self.do(rules.accept, person)

    @precondition(lambda self: self.round.state == "inviting" or (self.round.asked and self.round.step is None))
    @rule(format_=formats)
    def switches(self, format_: Format) -> None:
        self.do(rules.switch, self.round.facilitator or "nobody", format_)

    @rule(sure=st.integers(0, 19))
    def cancels_or_loses_its_place(self, sure: int) -> None:
        if sure == 19:
            self.do(rules.cancel, self.round.facilitator or "nobody")
        if sure in (17, 18):
            self.do(rules.lose_place, "gone", channel=(PLACE, ELSEWHERE)[sure - 17])

    @precondition(lambda self: self.round.state == "paused" or any(h.state == "lost" for h in self.round.homes))
    @rule(to=st.sampled_from((ATTIC, PLACE, ELSEWHERE)), lost=st.booleans())
    def moves(self, to: Channel, lost: bool) -> None:
        self.do(rules.resettle, self.round.facilitator or "nobody", to, space_name="school", lost=lost)

    @rule(person=people, into=people, sure=st.integers(0, 9))
    def turn_out_to_be_one(self, person: str, into: str, sure: int) -> None:
        """They linked their accounts: one seat, one answer that waits, one ballot, and nothing shown is gone."""
        if sure < self.apart or person == into:
            return
        before = self.round
        shown = {one.id for one in before.contributions if one.visible}
        counted = {step: rules.tally(before, step) for step, run in enumerate(before.steps) if run.counted}
        self.do(rules.unite, person, into)
        self.nudged = Counter({key: count for key, count in self.nudged.items() if key[1] not in (person, into)})
        assert f"'{person}'" not in repr(replace(self.round, id=""))
        assert shown <= {one.id for one in self.round.contributions if one.visible}
        assert counted.items() <= {step: rules.tally(self.round, step) for step in counted}.items()
        for step, run in enumerate(self.round.steps):
            waiting = [one for one in self.round.answers(step) if one.person == into and one.revealed_at is None]
            assert run.over or run.script.mode != "collect" or len(waiting) <= 1
            assert sum(vote.person == into for vote in self.round.votes if vote.step == step) <= 1

    @rule(person=people, number=st.integers(0, 999))
    def lives_by_another_clock(self, person: str, number: int) -> None:
        """They move to another zone, or have other quiet hours."""
        self.zones = {**self.zones, person: replace(hours_of(number), off=self.zones[person].off)}

    # Time

    @rule(times=st.integers(1, 3))
    def comes_due(self, times: int) -> None:
        self.comes_due_now(times)

    def comes_due_now(self, times: int) -> None:
        for _ in range(times):
            if self.round.due is not None:
                self.at = max(self.at, self.round.due)
                self.knock()

    @rule(minutes=st.sampled_from((1, 10, 90, 60 * 7, 60 * 7, 60 * 50)))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)
        self.knock()

    def knock(self) -> None:
        self.do(rules.move_on)
        assert rules.move_on(self.round, self.now) == (self.round, ())
        assert self.round.due is None or self.round.due > self.at

    def teardown(self) -> None:
        """Left alone, every round comes to an end by itself."""
        for _ in range(1000):
            if not hasattr(self, "round") or self.round.due is None:
                break
            self.at = max(self.at, self.round.due)
            self.knock()
            check_timers(self.round)
            check_kept(self.round, self.agreed)
        else:
            raise AssertionError(f"it never ends: {self.round.timers}")

    # What holds at any moment

    @invariant()
    def private_stays_private(self) -> None:
        check_private(self.round, PEOPLE)

    @invariant()
    def everything_waits_for_one_moment(self) -> None:
        check_timers(self.round)

    @invariant()
    def nothing_goes_on_one_sided(self) -> None:
        check_sides(self.round)

    @invariant()
    def each_group_has_one_reporter(self) -> None:
        check_reporters(self.round)

    @invariant()
    def nothing_is_kept_without_a_yes(self) -> None:
        check_kept(self.round, self.agreed)

    @invariant()
    def nobody_is_chased(self) -> None:
        for (step, person), count in self.nudged.items():
            run = self.round.steps[step]
            if run.script.mode == "turns":
                assert count <= run.held.count(person), "once for each time that they had the word"
            else:
                assert count <= (2 if "parked" in run.extended else 1)  # after being put aside it asks anew

    @invariant()
    def the_word_goes_round(self) -> None:
        for run in self.round.steps:
            assert max(Counter(run.held).values(), default=0) <= 2
            assert run.holder is None or (run.state == "open" and run.holder not in run.queue)
            assert run.holder is None or run.group is None or self._in_group(run.holder, run.group)
            assert run.holder is None or run.holder in self.round.speakers
            assert len(set(run.queue)) == len(run.queue)
        for step in self.round.at_work:
            run = self.round.steps[step]
            assert {run.holder, *run.queue} - {None} <= {*waited_for(self.round, step)}

    def _in_group(self, person: str, group: int) -> bool:
        """Of a group that ended while the round waits, nothing is over before it goes on."""
        return self.round.groups[group].over or person in self.round.groups[group].members

    @invariant()
    def it_stands_somewhere_unless_it_waits(self) -> None:
        assert self.round.channels or self.round.state not in ("inviting", "running", "wrapping")

    @invariant()
    def everybody_is_in_one_group(self) -> None:
        there = [group.members for group in self.round.groups if not group.over]
        members = [person for group in there for person in group]
        assert len(set(members)) == len(members)
        if self.round.step is not None and self.round.step.state == "split" and self.round.state == "running":
            assert set(members) == set(self.round.speakers)
            assert len(there) == 1 or min(map(len, there)) > 1

    @invariant()
    def nothing_is_played_twice(self) -> None:
        runs = [
            (step if run.of is None else run.of, run.group, run.lap, run.attempt)
            for step, run in enumerate(self.round.steps)
            if run.opened_at is not None and run.state != "split" and (run.lap in self.round.speakers or not run.lap)
        ]
        assert len(set(runs)) == len(runs)

    @invariant()
    def nobody_has_two_answers(self) -> None:
        for step in self.round.at_work:
            if self.round.steps[step].script.mode == "collect":
                authors = [one.person for one in self.round.answers(step)]
                assert len(set(authors)) == len(authors)

    @invariant()
    def nobody_waits_for_a_seat_that_is_free(self) -> None:
        full = len(self.round.speakers) >= self.round.format.size.max
        waiting = any(seat.state == "waiting" for seat in self.round.seats)
        assert full or not waiting or not joinable(self.round) or too_late(self.round)

    @invariant()
    def one_at_most_is_asked_into_a_group(self) -> None:
        for run in self.round.steps:
            assert run.extended.count("asked_in") <= 1
            assert "asked_in" not in run.extended or (run.group is not None and run.lap)
        assert len(self.round.speakers) <= self.round.format.size.max

    @invariant()
    def seats_are_numbered(self) -> None:
        seats = [seat.person for seat in self.round.seats]
        assert len(set(seats)) == len(seats)


class Together(Rounds):
    """The same where people go round and sit in groups, and come, go and turn out to be one all the time."""

    made = staticmethod(together_of)
    apart = 1

    @rule()
    def it_goes_on(self) -> None:
        self.all_take_part()


class Objecting(Rounds):
    """The same where people are asked for their consent, and do not always give it."""

    made = staticmethod(objecting_of)
    apart = 8

    @rule(some=st.sets(people), ballot=st.sampled_from((CONSENT[0], CONSENT[2], CONSENT[2])))
    def they_vote(self, some: set[str], ballot: str) -> None:
        for person in sorted(some):
            self.do_vote(person, (ballot,))


TestObjecting = Objecting.TestCase
TestObjecting.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


class Sided(Rounds):
    """The same where people stand on sides, which become too small and are filled up again all the time."""

    made = staticmethod(sided_of)

    @rule(person=people)
    def somebody_leaves(self, person: str) -> None:
        self.do(rules.leave, person)

    @rule(person=people, side=st.sampled_from("AB"), at=st.sampled_from((PLACE, ELSEWHERE)))
    def somebody_comes_in(self, person: str, side: str, at: Channel) -> None:
        self.do(rules.join, person, "speak", space=at.space, side=side)

    @rule()
    def it_goes_on(self) -> None:
        self.all_take_part()


class Noted(Rounds):
    """The same where people note something for themselves and then say little in their groups."""

    made = staticmethod(noted_of)
    apart = 8

    @rule()
    def all_note(self) -> None:
        for person in PEOPLE if len(self.round.contributions) < 2 else ():
            self.do(rules.join, person, "speak")
        for person in self.round.speakers:
            number = self.mine(person)
            if number < len(self.round.steps) and self.round.steps[number].script.mode == "collect":
                self.say(person, None)

    @rule(times=st.integers(1, 4))
    def nobody_says_anything(self, times: int) -> None:
        self.comes_due_now(times)


class Asking(Rounds):
    """The same where people are asked into groups by those whom it is about."""

    made = staticmethod(asking_of)

    @rule()
    def each_is_asked_in(self) -> None:
        for person in PEOPLE:
            self.asked_in(person)

    @rule(person=people)
    def somebody_leaves(self, person: str) -> None:
        self.do(rules.leave, person)


TestRounds = Rounds.TestCase
TestRounds.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
TestTogether = Together.TestCase
TestTogether.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
TestSided = Sided.TestCase
TestSided.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestNoted = Noted.TestCase
TestNoted.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestAsking = Asking.TestCase
TestAsking.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)

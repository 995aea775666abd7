"""What people do in a round, at any time and in any order: the first half of the property test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.facts import ContributionKept, KeepWithdrawn
from bot.rounds.floor import heard, waited_for
from bot.rounds.group_facts import NotesBrought
from bot.rounds.model import Changed, Home, Round, Settings
from bot.rounds.now import Hours, Now
from bot.rounds.objections import open_ones, waiting
from bot.rounds.reveal import CROWD, anonymous
from bot.rounds.seen import seen_by
from bot.rounds.step_facts import Fact, NudgeDue, Passed, Revealed, StepOpened
from bot.rounds.step_rules import Field
from bot.rounds.timing import FAIR_LIMIT
from tests.bot.rounds.checks import check_bringing, check_told, fair_enough
from tests.bot.rounds.play import ELSEWHERE, MONDAY, PLACE, message
from tests.bot.rounds.scripts import PEOPLE, everybodys_hours, format_of

people = st.sampled_from(PEOPLE)
picks = st.integers(0, 20)


class Happenings(RuleBasedStateMachine):
    """People who do anything at any time."""

    round: Round
    at: datetime
    zones: dict[str, Hours]
    made = staticmethod(format_of)

    @initialize(
        number=st.integers(0, 9999),
        preset=st.sampled_from(("async", "async", "live")),
        nameless=st.booleans(),
        zones=everybodys_hours,
        start=st.integers(0, 24 * 7),
        first=st.integers(0, 6),
        many=st.integers(2, 6),
    )
    def sets_up(
        self,
        number: int,
        preset: Any,
        nameless: bool,
        zones: dict[str, Hours],
        start: int,
        first: int,
        many: int,
    ) -> None:
        format_ = self.made(number)
        self.at, self.zones, self.count = MONDAY + timedelta(hours=start), zones, 0
        self.facts: list[Fact] = []
        self.nudged: Counter[tuple[int, str]] = Counter()
        self.agreed: set[str] = set()
        chosen = Settings(anonymous=nameless and format_.can_be_anonymous)
        self.round = rules.draft(
            "r1", PLACE, format_, "a topic", "fay", self.now, community="home", preset=preset, settings=chosen
        )
        if many % 2:
            self.round = replace(self.round, homes=(Home(PLACE, "school"), Home(ELSEWHERE, "college")))
        self.do(rules.invite)
        for at, person in enumerate((PEOPLE * 2)[first : first + many]):
            self.do(rules.join, person, "speak", space=(PLACE, ELSEWHERE)[at % 2].space)
            self.do(rules.take_side, person, "AB"[at % 2])
        self.do(rules.begin, "fay")

    @property
    def now(self) -> Now:
        return Now(self.at, self.count, self.zones)

    def do(self, rule_: Callable[..., Changed], *given: Any, timeless: bool = False, **named: Any) -> None:
        """Applies a rule twice to the same round: the same happening gives the same state and the same facts."""
        self.count += 1
        moment = () if timeless else (self.now,)
        with suppress(UserMistake):
            before = self.round
            changed = rule_(before, *given, *moment, **named)
            assert changed == rule_(before, *given, *moment, **named)
            self.take(before, *changed)

    def take(self, before: Round, after: Round, facts: tuple[Fact, ...]) -> None:
        self.round = after
        self.facts += facts
        check_told(facts)
        for fact in facts:
            match fact:
                case Revealed() if anonymous(after, after.steps[fact.step]):
                    shown = [after.contribution(id_) for id_ in fact.contributions]
                    unnamed = [one for one in shown if one is not None and not one.named]
                    assert not unnamed or len(shown) >= CROWD
                case StepOpened() if after.preset == "async":
                    longest = self.at + after.steps[fact.step].script.window("async") + FAIR_LIMIT
                    waking = [self.zones[person] for person in fact.floor if self.zones[person].quiet.days]
                    assert all(fair_enough(one, self.at, fact.due_at, longest) for one in waking)
                case NudgeDue():
                    self.nudged.update((fact.step, person) for person in fact.people)
                case NotesBrought():
                    check_bringing(before, after, fact)
                case ContributionKept():
                    self.agreed.add(fact.contribution)
                case KeepWithdrawn():
                    self.agreed.discard(fact.contribution)
                case _:
                    pass
        for was, run in zip(before.steps, after.steps, strict=False):
            assert not was.over or run.state == was.state

    # What people do

    @rule(person=people, way=st.sampled_from(("speak", "listen")))
    def joins(self, person: str, way: str) -> None:
        self.do(rules.join, person, way)

    @rule(person=people)
    def declines(self, person: str) -> None:
        self.do(rules.decline, person)

    @rule()
    def all_take_part(self) -> None:
        for person in self.round.speakers:
            self.take_part(person)

    @rule(some=st.sets(people))
    def some_take_part(self, some: set[str]) -> None:
        for person in sorted(some):
            self.take_part(person)

    def take_part(self, person: str) -> None:
        """Does what the step that is open for them asks for."""
        number = self.mine(person)
        run = self.round.steps[number] if number in self.round.at_work else None
        if run is None:
            return
        for one in rules.asked_to_keep(self.round, person):
            self.do(rules.answer_keep, person, one.id, ("yes", "unnamed", "no")[self.count % 3])
        if run.state == "revealing":
            self.do(rules.answer_names, person, number, bool(self.count % 3))
        elif run.script.mode == "vote":
            known = rules.may_pick(self.round, number, person)
            self.do_vote(person, known[self.count % len(known) :][:1] if known else ("none",))
        elif run.script.open_floor and self.count % 2:
            self.do(rules.say_done, person, number)
        elif run.script.mode != "collect" and self.count % 3:
            self.writes(person)
        else:
            self.say(person, self.count)

    def mine(self, person: str) -> int:
        return rules.own_step(self.round, person)

    @rule(person=people, to=st.one_of(st.none(), picks))
    def says(self, person: str, to: int | None) -> None:
        self.say(person, to)

    def say(self, person: str, to: int | None) -> None:
        answers = rules.to_respond_to(self.round, person, self.count)
        assert all(one.person != person for one in answers)
        target = answers[to % len(answers)].id if to is not None and answers else None
        step = self.mine(person)
        fields = tuple((field.key, "left") for field in self.asked(step)) if self.count % 2 else ()
        self.do(rules.contribute, person, step, f"c{self.count}", f"secret {self.count}", to=target, fields=fields)

    def asked(self, step: int) -> tuple[Field, ...]:
        return self.round.steps[step].script.fields if step < len(self.round.steps) else ()

    @rule(person=people)
    def writes_in_the_thread(self, person: str) -> None:
        self.writes(person)

    def writes(self, person: str) -> None:
        group = self.round.group_of(person) if self.count % 2 else None
        self.do(rules.hear, person, f"c{self.count}", f"secret {self.count}", message(f"m{self.count}"), group=group)

    @rule(person=people)
    def passes(self, person: str) -> None:
        before, known = self.round, len(self.facts)
        others = [one for one in PEOPLE if one != person]
        seen_before = [seen_by(before, one) for one in others]
        number = self.mine(person)
        self.do(rules.pass_by, person, number)
        if self.round == before or number not in before.at_work or self.round.at_work != before.at_work:
            return  # nothing happened, or it was the last answer that was waited for
        run = before.steps[number]
        if self.round.steps[number].state != run.state or run.holder == person:
            return
        if all(one == person or heard(before, number, one) for one in waited_for(before, number)):
            return  # the last one: its role goes on to another, or the round is put aside
        if before.answer_of(person, number) is None and before.vote_of(person, number) is None:
            # nobody else can tell it from silence
            assert [type(fact) for fact in self.facts[known:]] == [Passed]
            assert seen_before == [seen_by(self.round, one) for one in others]

    @rule(person=people, rule_=st.sampled_from((rules.later, rules.need_time, rules.say_done)))
    def acts(self, person: str, rule_: Callable[..., Changed]) -> None:
        self.do(rule_, person, self.mine(person))

    @rule(person=people, side=st.sampled_from("AB"))
    def takes_a_side(self, person: str, side: str) -> None:
        self.do(rules.take_side, person, side)

    @rule(person=people, rule_=st.sampled_from((rules.take_chair, rules.leave_chair)))
    def takes_a_chair(self, person: str, rule_: Callable[..., Changed]) -> None:
        for step in self.round.at_work:
            self.do(rule_, person, step)

    @rule(to=people)
    def is_asked_in(self, to: str) -> None:
        self.asked_in(to)

    def asked_in(self, to: str) -> None:
        """By whoever it is about; and perhaps they come."""
        for step in self.round.at_work:
            before = self.round
            self.do(rules.ask_in, before.steps[step].lap, step, to, timeless=True)
            if self.round != before and self.count % 3:
                self.do(rules.come_in, to, step)
                group = before.steps[step].group
                assert to not in self.round.speakers or self.round.group_of(to) == group or group is None

    @rule(person=people, role=st.sampled_from(("scribe", "bringer", "inner", "asker")))
    def is_given_a_role(self, person: str, role: str) -> None:
        if self.count % 3 == 0:
            self.do(rules.give_role, self.round.facilitator or "nobody", role, person)

    @rule(person=people, wanted=st.sampled_from(("more_time", "more_time", "another_question", "stop")))
    def wishes(self, person: str, wanted: str) -> None:
        if wanted != "stop" or self.count % 4 == 0:
            self.do(rules.wish, person, self.mine(person), wanted)

    @rule(person=people, chosen=st.lists(picks, min_size=1, max_size=3))
    def votes(self, person: str, chosen: list[int]) -> None:
        number = self.mine(person)
        run = self.round.steps[number] if number in self.round.at_work else None
        known = rules.may_pick(self.round, number, person) if run is not None else ()
        if run is not None and run.script.vote is not None and known:
            cut = run.script.vote.per_person
            ballot = tuple(known[one % len(known)] for one in chosen[:cut])
            self.do_vote(person, ballot)

    def do_vote(self, person: str, ballot: tuple[str, ...]) -> None:
        step = self.mine(person)
        self.do(lambda it, now: rules.vote(it, person, step, ballot, now, words=f"secret ballot {self.count}"))

    @precondition(lambda self: waiting(self.round) is not None)
    @rule(person=people, kind=st.sampled_from(("again", "take", "take", "settle", "settle", "stand")), which=picks)
    def deals_with_an_objection(self, person: str, kind: str, which: int) -> None:
        step = waiting(self.round)
        assert step is not None
        match kind:
            case "again":
                self.do(rules.vote_again, self.round.facilitator or person, step)
            case "take":
                free = open_ones(self.round, step)
                numbers = {free[which % len(free)].number} if free else {which}
                until = self.at + timedelta(days=which)
                self.do(rules.take_up, person, step, numbers, f"t{self.count}", f"secret {self.count}", until)
            case "settle":
                self.do(rules.settled, person, step)
            case _ if which % 4 == 0:
                self.do(rules.let_stand, self.round.facilitator or person, step)

    @precondition(lambda self: self.round.tasks)
    @rule(which=picks, sure=st.integers(0, 4))
    def gives_back(self, which: int, sure: int) -> None:
        one = self.round.tasks[which % len(self.round.tasks)]
        if not sure:
            self.do(rules.give_back, one.person, one.id, timeless=True)

    @precondition(lambda self: self.round.contributions)
    @rule(which=picks, kind=st.sampled_from(("edit", "retract", "message_edited", "message_deleted", "only")))
    def changes(self, which: int, kind: str) -> None:
        one = self.round.contributions[which % len(self.round.contributions)]
        self.count += 1
        match kind:
            case "edit":
                self.do(rules.edit, one.person, one.id, f"secret {self.count}")
            case "retract":
                self.do(rules.retract, one.person, one.id)
            case "message_edited" if one.message is not None:
                self.do(rules.message_edited, one.message, f"secret {self.count}")
            case "message_deleted" if one.message is not None:
                self.do(rules.message_deleted, one.message)
            case "only":
                self.do(rules.settle_only, one.person, one.id, ("keep", "post", "drop")[which % 3])

    @precondition(lambda self: self.round.contributions)
    @rule(
        which=picks, person=people, answer=st.sampled_from(("yes", "unnamed", "no")), words=st.sampled_from(("", "x"))
    )
    def answers_keeping(self, which: int, person: str, answer: str, words: str) -> None:
        one = self.round.contributions[which % len(self.round.contributions)]
        self.do(rules.answer_keep, one.person or person, one.id, answer, words=words)

    @rule(person=people, yes=st.booleans())
    def answers_names(self, person: str, yes: bool) -> None:
        for step in self.round.at_work:
            self.do(rules.answer_names, person, step, yes)

    @rule(person=people, choice=st.sampled_from(("keep", "unname", "remove")))
    def leaves(self, person: str, choice: str) -> None:
        self.do(rules.leave, person)
        self.do(rules.leave_behind, person, choice)

    @rule(person=people, choice=st.sampled_from(("keep", "unname", "remove")), which=st.sampled_from("gggf"))
    def vanishes(self, person: str, choice: str, which: str) -> None:
        if which == "g":
            self.do(rules.gone, person)
            return
        self.do(rules.forget, person, choice)
        self.nudged = Counter({key: count for key, count in self.nudged.items() if key[1] != person})
        assert f"'{person}'" not in repr(replace(self.round, id=""))

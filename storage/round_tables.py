"""The tables of dialogue rounds: one row for a round, a seat, a step, a contribution and a vote."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text

from storage.schema import Json, Utc, metadata

rounds = Table(
    "rounds",
    metadata,
    Column("community", String, primary_key=True),
    Column("round", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("platform", String, nullable=False),
    Column("space", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("format", String, nullable=False),
    # the whole format as the round began with it, so that a new release changes no running round
    Column("script", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("preset", String, nullable=False),
    Column("language", String, nullable=False),
    Column("facilitator", String),
    Column("state", String, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("sources", Text, nullable=False),
    Column("review", Text, nullable=False),
    Column("current", Integer, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("begins_at", Utc),
    Column("waited", Boolean, nullable=False),
    Column("began_at", Utc),
    Column("offered_to", String),
    Column("early_by", String),
    Column("asked_about", String),
    Column("asked_until", Utc),
    Column("asked_missed", Boolean),
    Column("paused_at", Utc),
    Column("paused_until", Utc),
    Column("paused_from", String),
    # what it waits for, where it goes on by itself
    Column("paused_for", String),
    Column("keep_until", Utc),
    Column("ended_at", Utc),
    Column("purge_at", Utc),
    # when people look at what somebody took on, and the number of the round in which they go on with it
    Column("look_at", Utc),
    Column("went_on", Integer),
    # in which order things go round among everybody; empty in rounds of an older release, as the next ones here
    Column("ring", Json),
    Index("ix_rounds_channel", "community", "platform", "space", "channel", "ended_at"),
    Index("ix_rounds_facilitator", "community", "facilitator"),
    Index("ix_rounds_number", "community", "number"),
)
for rare in (rounds.c.offered_to, rounds.c.early_by, rounds.c.ended_at):
    there = rare.is_not(None)
    Index(f"ix_rounds_{rare.name}", rounds.c.community, rare, sqlite_where=there, postgresql_where=there)


def _part(name: str, *columns: Column[object]) -> Table:
    """A table of what stands in a round, in an order of its own."""
    return Table(
        name,
        metadata,
        Column("community", String, primary_key=True),
        Column("round", String, primary_key=True),
        Column("position", Integer, primary_key=True),
        *columns,
    )


seats = _part(
    "round_seats",
    Column("person", String, nullable=False),
    Column("state", String, nullable=False),
    Column("way", String, nullable=False),
    Column("role", String, nullable=False),
    Column("joined_step", Integer),
    # where they joined
    Column("platform", String),
    Column("space", String),
    Column("side", String),
    # until when they say what becomes of their words, where these go otherwise
    Column("choose_until", Utc),
)
Index("ix_round_seats_person", seats.c.community, seats.c.person)

homes = _part(
    "round_homes",
    Column("platform", String, nullable=False),
    Column("space", String, nullable=False),
    Column("channel", String, nullable=False),
    # what the space is called
    Column("name", String, nullable=False),
    Column("state", String, nullable=False),
)
Index("ix_round_homes_channel", homes.c.community, homes.c.platform, homes.c.space, homes.c.channel)

steps = _part(
    "round_steps",
    Column("step_key", String, nullable=False),
    Column("script", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("opened_at", Utc),
    Column("due_at", Utc),
    Column("nudge_at", Utc),
    Column("closed_at", Utc),
    Column("extended", Json, nullable=False),
    Column("passed", Json, nullable=False),
    Column("done", Json, nullable=False),
    Column("more_time", Json, nullable=False),
    Column("later", Json, nullable=False),
    Column("hinted", Json, nullable=False),
    Column("queue", Json, nullable=False),
    Column("holder", String),
    Column("held", Json, nullable=False),
    Column("turn_due_at", Utc),
    Column("turn_nudge_at", Utc),
    Column("silent_turns", Integer, nullable=False),
    Column("word_offered", Boolean, nullable=False),
    Column("asked_names", Json, nullable=False),
    # another run of a step: of which, in which group, in whose lap, at which attempt
    Column("run_of", Integer),
    Column("in_group", Integer),
    Column("lap", String),
    Column("attempt", Integer),
)

groups = _part(
    "round_groups",
    Column("formed", Integer, nullable=False),
    Column("members", Json, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("over", Boolean, nullable=False),
)

contributions = _part(
    "round_contributions",
    Column("contribution", String, nullable=False),
    Column("step", Integer, nullable=False),
    Column("person", String, nullable=False),
    # closed by the cipher until everybody may read it
    Column("body", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("responds_to", String),
    Column("named", Boolean, nullable=False),
    Column("message_platform", String),
    Column("message_space", String),
    Column("message_channel", String),
    Column("message_thread", String),
    Column("message", String),
    Column("revealed_at", Utc),
    Column("edited_at", Utc),
    Column("removed", Boolean, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("marked", Boolean, nullable=False),
    Column("consent", String),
    Column("consent_words", Text),
    # whether others may ask them about it
    Column("consent_ask", Boolean),
    # closed by the cipher for good: only those inside read it
    Column("inside", Boolean),
    # which group reads what was for its author's own eyes before
    Column("in_group", Integer),
)
Index("ix_round_contributions_person", contributions.c.community, contributions.c.person)

votes = _part(
    "round_votes",
    Column("step", Integer, nullable=False),
    Column("person", String, nullable=False),
    # a ballot is secret: closed by the cipher
    Column("picks", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("named", Boolean, nullable=False),
    # the task by which somebody took up an objection; closed too, or it would tell whose that was
    Column("taken_up", Text),
)
Index("ix_round_votes_person", votes.c.community, votes.c.person)

tasks = _part(
    "round_tasks",
    Column("task", String, nullable=False),
    Column("person", String, nullable=False),
    Column("kind", String, nullable=False),
    # a small step is its owner's only: closed by the cipher
    Column("words", Text, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("given_at", Utc),
    Column("remind_at", Utc),
)

PARTS = (seats, homes, steps, groups, contributions, votes, tasks)

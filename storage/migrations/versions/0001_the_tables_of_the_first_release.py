"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("space", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("host", sa.Boolean(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("platform", "space", "account", name=op.f("pk_accounts")),
    )
    op.create_index("ix_accounts_person", "accounts", ["community", "person"], unique=False)
    op.create_table(
        "buddies",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("community", "person", name=op.f("pk_buddies")),
    )
    op.create_table(
        "buddy_pairings",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("pairing", sa.String(), nullable=False),
        sa.Column("newcomer", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("buddy", sa.String(), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community", "pairing", name=op.f("pk_buddy_pairings")),
    )
    op.create_index("ix_buddy_pairings_buddy", "buddy_pairings", ["community", "buddy"], unique=False)
    op.create_index("ix_buddy_pairings_person", "buddy_pairings", ["community", "person"], unique=False)
    op.create_table(
        "checkin_answers",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("newcomer", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("brought_to", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("community", "answer", name=op.f("pk_checkin_answers")),
    )
    op.create_index("ix_checkin_answers_newcomer", "checkin_answers", ["community", "newcomer", "at"], unique=False)
    op.create_table(
        "communities",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("starters", sa.String(), nullable=False),
        sa.Column("home_platform", sa.String(), nullable=True),
        sa.Column("home_space", sa.String(), nullable=True),
        sa.Column("home_channel", sa.String(), nullable=True),
        sa.Column("keep_emoji", sa.String(), nullable=False),
        sa.Column("daily_messages", sa.Integer(), nullable=False),
        sa.Column("contacts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("set_up", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community", name=op.f("pk_communities")),
    )
    op.create_table(
        "consents",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("may_ask", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("community", "item", "n", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_community_person"), "consents", ["community", "person"], unique=False)
    op.create_table(
        "due",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_due")),
        sa.UniqueConstraint("community", "name", "id", name=op.f("uq_due_community_name_id")),
    )
    op.create_index(op.f("ix_due_free_at"), "due", ["free_at"], unique=False)
    op.create_table(
        "facts",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_facts")),
    )
    op.create_index(op.f("ix_facts_community_name_id_seq"), "facts", ["community", "name", "id", "seq"], unique=False)
    op.create_table(
        "help_helpers",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("help", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("community", "help", "person", name=op.f("pk_help_helpers")),
    )
    op.create_index("ix_help_helpers_person", "help_helpers", ["community", "person"], unique=False)
    op.create_table(
        "help_requests",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("help", sa.String(), nullable=False),
        sa.Column("newcomer", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("with_name", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tell_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("own_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community", "help", name=op.f("pk_help_requests")),
    )
    op.create_index("ix_help_requests_person", "help_requests", ["community", "person"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_inbox")),
    )
    op.create_index(op.f("ix_inbox_at"), "inbox", ["at"], unique=False)
    op.create_table(
        "items",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("keeper", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("circle", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("own", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("transfer", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("space", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("cards", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("community", "item", name=op.f("pk_items")),
        sa.UniqueConstraint("community", "number", name=op.f("uq_items_community_number")),
    )
    op.create_index(op.f("ix_items_community_keeper_stage"), "items", ["community", "keeper", "stage"], unique=False)
    op.create_index(op.f("ix_items_community_origin"), "items", ["community", "origin"], unique=False)
    op.create_index(
        op.f("ix_items_community_platform_space_channel_thread"),
        "items",
        ["community", "platform", "space", "channel", "thread"],
        unique=False,
    )
    op.create_index(op.f("ix_items_community_shared_at"), "items", ["community", "shared_at"], unique=False)
    op.create_table(
        "lease",
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("born", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_lease")),
    )
    op.create_table(
        "link_codes",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_link_codes")),
    )
    op.create_index("ix_link_codes_community", "link_codes", ["community"], unique=False)
    op.create_table(
        "newcomer_counts",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community", "what", name=op.f("pk_newcomer_counts")),
    )
    op.create_table(
        "newcomers",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("newcomer", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("joined", sa.DateTime(timezone=True), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("platform", sa.String(), nullable=True),
        sa.Column("space", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("pace", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("unanswered", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("undelivered", sa.Integer(), nullable=True),
        sa.Column("greeted_in_public", sa.Boolean(), nullable=False),
        sa.Column("introduced", sa.Boolean(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community", "newcomer", name=op.f("pk_newcomers")),
    )
    op.create_index("ix_newcomers_joined", "newcomers", ["community", "joined"], unique=False)
    op.create_index("ix_newcomers_person", "newcomers", ["community", "person"], unique=True)
    op.create_table(
        "outbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("id", sa.String(), nullable=True),
        sa.Column("after_name", sa.String(), nullable=True),
        sa.Column("after_id", sa.String(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint("request", name=op.f("uq_outbox_request")),
    )
    op.create_index(
        "ix_outbox_about",
        "outbox",
        ["community", "name", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "ix_outbox_free",
        "outbox",
        ["free_at", "seq"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "ix_outbox_order",
        "outbox",
        ["conversation", "ready_at", "seq"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "people",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=True),
        sa.Column("space", sa.String(), nullable=True),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("platform_language", sa.String(), nullable=True),
        sa.Column("timezone", sa.String(), nullable=True),
        sa.Column("platform_timezone", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("platform_role", sa.String(), nullable=True),
        sa.Column("facilitator", sa.Boolean(), nullable=False),
        sa.Column("host", sa.Boolean(), nullable=False),
        sa.Column("quiet_start", sa.Time(), nullable=False),
        sa.Column("quiet_end", sa.Time(), nullable=False),
        sa.Column("working_days", sa.String(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_people")),
    )
    op.create_index(op.f("ix_people_community"), "people", ["community"], unique=False)
    op.create_table(
        "posts",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("space", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("stands_in", sa.String(), nullable=True),
        sa.Column("thread", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_posts")),
    )
    op.create_index(op.f("ix_posts_community_name_id"), "posts", ["community", "name", "id"], unique=False)
    op.create_index(
        op.f("ix_posts_platform_space_channel_message"),
        "posts",
        ["platform", "space", "channel", "message"],
        unique=False,
    )
    op.create_index(
        "ix_posts_thread",
        "posts",
        ["platform", "space", "channel", "thread"],
        unique=False,
        sqlite_where=sa.text("thread IS NOT NULL"),
        postgresql_where=sa.text("thread IS NOT NULL"),
    )
    op.create_table(
        "quotes",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contributor", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("space", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("paraphrased", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community", "item", "n", name=op.f("pk_quotes")),
    )
    op.create_index(
        op.f("ix_quotes_community_platform_space_channel_message"),
        "quotes",
        ["community", "platform", "space", "channel", "message"],
        unique=False,
    )
    op.create_table(
        "room",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_room")),
        sa.UniqueConstraint("key", name=op.f("uq_room_key")),
    )
    op.create_table(
        "round_contributions",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("contribution", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("responds_to", sa.String(), nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("message_platform", sa.String(), nullable=True),
        sa.Column("message_space", sa.String(), nullable=True),
        sa.Column("message_channel", sa.String(), nullable=True),
        sa.Column("message_thread", sa.String(), nullable=True),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("marked", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.String(), nullable=True),
        sa.Column("consent_words", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("community", "round", "position", name=op.f("pk_round_contributions")),
    )
    op.create_index("ix_round_contributions_person", "round_contributions", ["community", "person"], unique=False)
    op.create_table(
        "round_seats",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("joined_step", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("community", "round", "position", name=op.f("pk_round_seats")),
    )
    op.create_index("ix_round_seats_person", "round_seats", ["community", "person"], unique=False)
    op.create_table(
        "round_steps",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("script", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nudge_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extended", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("passed", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("done", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("more_time", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("later", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("hinted", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("queue", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("held", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("turn_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("turn_nudge_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("silent_turns", sa.Integer(), nullable=False),
        sa.Column("word_offered", sa.Boolean(), nullable=False),
        sa.Column("asked_names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("community", "round", "position", name=op.f("pk_round_steps")),
    )
    op.create_table(
        "round_votes",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("picks", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community", "round", "position", name=op.f("pk_round_votes")),
    )
    op.create_index("ix_round_votes_person", "round_votes", ["community", "person"], unique=False)
    op.create_table(
        "rounds",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("space", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("script", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("preset", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("facilitator", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("current", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waited", sa.Boolean(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offered_to", sa.String(), nullable=True),
        sa.Column("asked_about", sa.String(), nullable=True),
        sa.Column("asked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_missed", sa.Boolean(), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_from", sa.String(), nullable=True),
        sa.Column("keep_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("purge_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("community", "round", name=op.f("pk_rounds")),
    )
    op.create_index(
        "ix_rounds_channel", "rounds", ["community", "platform", "space", "channel", "ended_at"], unique=False
    )
    op.create_index("ix_rounds_facilitator", "rounds", ["community", "facilitator"], unique=False)
    op.create_table(
        "search_scopes",
        sa.Column("scope", sa.Integer(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("things", sa.Integer(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_search_scopes")),
        sa.UniqueConstraint("community", "kind", name=op.f("uq_search_scopes_community_kind")),
    )
    op.create_table(
        "series",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community", "series", name=op.f("pk_series")),
    )
    op.create_table(
        "spaces",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("space", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("platform_name", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("platform", "space", name=op.f("pk_spaces")),
    )
    op.create_index(op.f("ix_spaces_community"), "spaces", ["community"], unique=False)
    op.create_table(
        "stages",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("community", "person", name=op.f("pk_stages")),
    )
    op.create_table(
        "tries",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("again", sa.String(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("community", "item", "n", name=op.f("pk_tries")),
    )
    op.create_index(op.f("ix_tries_community_person"), "tries", ["community", "person"], unique=False)
    op.create_table(
        "unasked",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community", "person", "day", "kind", name=op.f("pk_unasked")),
    )
    op.create_table(
        "words",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scope", sa.Integer(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_words")),
        sa.UniqueConstraint("scope", "thing", name=op.f("uq_words_scope_thing")),
    )
    for statement in FULL_TEXT[op.get_bind().dialect.name]:
        op.execute(statement)


FULL_TEXT = {
    "sqlite": (
        "CREATE VIRTUAL TABLE words_fts USING fts5(terms, content='words', content_rowid='seq', tokenize='ascii')",
        "CREATE VIRTUAL TABLE words_fts_terms USING fts5vocab('words_fts', 'row')",
        "CREATE TRIGGER words_put AFTER INSERT ON words BEGIN UPDATE search_scopes SET things = things + "
        "1, length = length + new.length WHERE scope = new.scope; INSERT INTO words_fts(rowid, terms) "
        "VALUES (new.seq, new.terms); END",
        "CREATE TRIGGER words_drop AFTER DELETE ON words BEGIN UPDATE search_scopes SET things = things "
        "- 1, length = length - old.length WHERE scope = old.scope; INSERT INTO words_fts(words_fts, "
        "rowid, terms) VALUES ('delete', old.seq, old.terms); END",
        "CREATE TRIGGER words_change AFTER UPDATE ON words BEGIN UPDATE search_scopes SET things = "
        "things - 1, length = length - old.length WHERE scope = old.scope; INSERT INTO "
        "words_fts(words_fts, rowid, terms) VALUES ('delete', old.seq, old.terms); UPDATE search_scopes "
        "SET things = things + 1, length = length + new.length WHERE scope = new.scope; INSERT INTO "
        "words_fts(rowid, terms) VALUES (new.seq, new.terms); END",
    ),
    "postgresql": (
        "ALTER TABLE words ADD COLUMN found tsvector\n"
        "  GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED",
        "CREATE INDEX ix_words_found ON words USING gin (found)",
        "CREATE FUNCTION words_count() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        "BEGIN\n"
        "  IF TG_OP <> 'INSERT' THEN UPDATE search_scopes SET things = things - 1, length = length - "
        "old.length WHERE scope = old.scope; END IF;\n"
        "  IF TG_OP <> 'DELETE' THEN UPDATE search_scopes SET things = things + 1, length = length + "
        "new.length WHERE scope = new.scope; END IF;\n"
        "  RETURN NULL;\n"
        "END $$",
        "CREATE TRIGGER words_count AFTER INSERT OR UPDATE OR DELETE ON words FOR EACH ROW EXECUTE "
        "FUNCTION words_count()",
    ),
}

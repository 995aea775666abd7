"""What can be searched, and how SQLite and PostgreSQL find terms in it.

A term is a stem with the number of its scope before it (`3qfiets`), so that a search never meets what is another
community's, and how common a word is depends on nobody else.
"""

from __future__ import annotations

from sqlalchemy import DDL, BigInteger, Column, Integer, String, Table, Text, UniqueConstraint, event

from storage.schema import metadata

# A community and a kind of things in it; how many things and terms there are is kept by triggers.
search_scopes = Table(
    "search_scopes",
    metadata,
    Column("scope", Integer, primary_key=True),
    Column("community", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("things", Integer, nullable=False),
    Column("length", BigInteger, nullable=False),
    UniqueConstraint("community", "kind"),
)

words = Table(
    "words",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("scope", Integer, nullable=False),
    Column("thing", String, nullable=False),
    # with spaces between
    Column("terms", Text, nullable=False),
    # how many terms
    Column("length", Integer, nullable=False),
    UniqueConstraint("scope", "thing"),
)

_COUNT_NEW = "UPDATE search_scopes SET things = things + 1, length = length + new.length WHERE scope = new.scope;"
_COUNT_OLD = "UPDATE search_scopes SET things = things - 1, length = length - old.length WHERE scope = old.scope;"
_INDEX_NEW = "INSERT INTO words_fts(rowid, terms) VALUES (new.seq, new.terms);"
_INDEX_OLD = "INSERT INTO words_fts(words_fts, rowid, terms) VALUES ('delete', old.seq, old.terms);"

SQLITE = (
    "CREATE VIRTUAL TABLE words_fts USING fts5(terms, content='words', content_rowid='seq', tokenize='ascii')",
    "CREATE VIRTUAL TABLE words_fts_terms USING fts5vocab('words_fts', 'row')",
    f"CREATE TRIGGER words_put AFTER INSERT ON words BEGIN {_COUNT_NEW} {_INDEX_NEW} END",
    f"CREATE TRIGGER words_drop AFTER DELETE ON words BEGIN {_COUNT_OLD} {_INDEX_OLD} END",
    f"CREATE TRIGGER words_change AFTER UPDATE ON words BEGIN {_COUNT_OLD} {_INDEX_OLD} {_COUNT_NEW} {_INDEX_NEW} END",
)
POSTGRESQL = (
    """ALTER TABLE words ADD COLUMN found tsvector
  GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED""",
    "CREATE INDEX ix_words_found ON words USING gin (found)",
    f"""CREATE FUNCTION words_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN {_COUNT_OLD} END IF;
  IF TG_OP <> 'DELETE' THEN {_COUNT_NEW} END IF;
  RETURN NULL;
END $$""",
    "CREATE TRIGGER words_count AFTER INSERT OR UPDATE OR DELETE ON words FOR EACH ROW EXECUTE FUNCTION words_count()",
)

for _name, _statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
    for _statement in _statements:
        event.listen(words, "after_create", DDL(_statement).execute_if(dialect=_name))  # type: ignore[no-untyped-call]

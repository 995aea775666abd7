"""`python -m storage.migrations.new "what changed"`: writes the next migration from the tables in the code.

With `--start` all of them are thrown away and one is written for an empty database; only before a first release.
"""

from __future__ import annotations

import argparse
import pprint
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.engine import parse
from storage.migrate import config, known, upgrade
from storage.opening import opened
from storage.search_tables import POSTGRESQL, SQLITE

VERSIONS = Path(__file__).parent / "versions"


def write(message: str, *, start: bool = False) -> Path:
    """The path of the migration that was written."""
    from alembic import command
    from alembic.script import Script

    if start:
        for old in VERSIONS.glob("[0-9]*.py"):
            old.unlink()
        known.cache_clear()
    number = f"{int(known()[-1]) + 1 if known() else 1:04}"
    with TemporaryDirectory() as folder, opened(parse(f"sqlite:///{folder}/new.db"), "migrate") as connection:
        if known():
            upgrade(connection)
        settings = config(connection)
        settings.attributes["start"] = start
        made = command.revision(settings, message, autogenerate=True, rev_id=number, version_path=str(VERSIONS))
    if not isinstance(made, Script):
        raise TypeError("alembic wrote no single file")
    path = Path(made.path)
    lines = [line for line in path.read_text("utf-8").splitlines() if "###" not in line]
    path.write_text("\n".join(lines).rstrip() + (_full_text() if start else "\n"), "utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(path)], check=False)
    return path


def _full_text() -> str:
    """What Alembic cannot see: the full text index of the table of words, as it is today."""
    statements = pprint.pformat({"sqlite": SQLITE, "postgresql": POSTGRESQL}, width=110, sort_dicts=False)
    return (
        "\n    for statement in FULL_TEXT[op.get_bind().dialect.name]:\n        op.execute(statement)\n\n\n"
        f"FULL_TEXT = {statements}\n"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("message")
    parser.add_argument("--start", action="store_true")
    given = parser.parse_args()
    sys.stdout.write(f"{write(given.message, start=given.start)}\n")

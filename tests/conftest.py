"""What all tests share: databases (tests/databases.py) and the house without adapters (tests/knock.py)."""

from __future__ import annotations

pytest_plugins = ["tests.databases", "tests.knock"]

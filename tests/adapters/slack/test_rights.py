"""Who may set Kring up: who runs this workspace, and nobody who runs another one."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack.profiles import profile_of

HERE, THERE = "T024BE7LH", "T0ELSEWHERE"


@pytest.mark.parametrize(
    ("user", "host"),
    [
        ({"team_id": HERE, "is_admin": True}, True),
        ({"team_id": HERE, "is_owner": True}, True),
        ({"team_id": HERE}, False),
        ({"team_id": THERE, "is_admin": True, "is_stranger": True}, False),
        ({"team_id": THERE, "is_owner": True}, False),
        # one of an Enterprise organisation, who is in several of its workspaces
        ({"team_id": THERE, "is_admin": True, "enterprise_user": {"teams": [THERE, HERE]}}, True),
        ({"team_id": THERE, "is_admin": True, "enterprise_user": {"teams": [THERE]}}, False),
    ],
)
def test_who_is_a_host(user: dict[str, Any], host: bool) -> None:
    assert profile_of({"id": "U1", "name": "ana", **user}, HERE).host is host

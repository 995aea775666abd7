"""What people write, and what readers see: https://docs.slack.dev/messaging/formatting-message-text (2026-11-25)."""

from __future__ import annotations

import pytest

from tests.fakes.slack.people import ClientRefusal
from tests.fakes.slack.state import Channel, Person
from tests.fakes.slack_server import SlackServer


async def test_people_write_where_they_are(slack: SlackServer, anna: Person, general: Channel) -> None:
    elsewhere = slack.channel(anna.team, "elsewhere")
    with pytest.raises(ClientRefusal, match="not_in_channel"):
        await slack.says(anna, elsewhere, "Hi")
    general.archived = True
    with pytest.raises(ClientRefusal, match="is_archived"):
        await slack.says(anna, general, "Hi")


async def test_what_people_type_is_escaped(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/messaging/formatting-message-text"""
    said = await slack.says(anna, general, "@Kring: is 1 < 2 & <@U123> in #general? https://example.com")
    bot = slack.world.bot(slack.world.space(anna.team))
    assert said.text == (f"<@{bot.id}>: is 1 &lt; 2 &amp; &lt;@U123&gt; in <#{general.id}|>? <https://example.com>")
    assert slack.sees(anna, general)[0].text == "Kring: is 1 < 2 & <@U123> in #general? https://example.com"


def test_what_a_reader_sees(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/messaging/formatting-message-text"""
    mrkdwn = f"*Bold* and _it_ by <@{anna.id}> in <#{general.id}|> <!date^1735689600^{{date}}|1 January> 2 &gt; 1 <https://x.y|here>"
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "user", "user_id": anna.id}]},
                    {"type": "rich_text_section", "elements": [{"type": "date", "timestamp": 0, "format": "{date}"}]},
                ],
            }
        ],
    }
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn}}, rich]
    assert slack.visible_text(blocks) == (
        "Bold and it by Anna in #general 1 January 2 > 1 here\n1. Anna\n2. 1970-01-01T00:00:00+00:00"
    )

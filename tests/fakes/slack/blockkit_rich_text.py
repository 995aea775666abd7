"""The rich_text block and its parts, as tables.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block and the pages of its elements, as of 2026-11-25.
No part may be empty, nor a text of no length, although the SDK lets it through (https://github.com/slackapi/
python-slack-sdk/pull/1576): Slack answers `invalid_blocks` (https://github.com/NousResearch/hermes-agent/pull/59621).
"""

from __future__ import annotations

from tests.fakes.slack.blockkit_checks import Check, Shape, boolean, integer, like, many, one_of, string, typed, url

_MARKS = ("bold", "italic", "strike", "highlight", "client_highlight", "unlink", "underline")
_MENTION_STYLE = Shape({}, dict.fromkeys(_MARKS, boolean)).check
_STYLE = Shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight"), boolean)).check


def _mention(id_: str, letters: str) -> Shape:
    return Shape(
        {id_: like(f"[{letters}][A-Z0-9]{{2,}}", f"an id such as {letters[0]}123ABC456")}, {"style": _MENTION_STYLE}
    )


PARTS: dict[str, Shape] = {
    "text": Shape({"text": string()}, {"style": _STYLE}),
    # https://docs.slack.dev/reference/block-kit/block-elements/link-element
    # an empty text is refused: https://github.com/slack-go/slack/pull/1412
    "link": Shape({"url": url}, {"text": string(), "unsafe": boolean, "style": _STYLE}),
    # https://docs.slack.dev/reference/block-kit/block-elements/user-element
    "user": _mention("user_id", "UW"),
    # https://docs.slack.dev/reference/block-kit/block-elements/usergroup-element
    "usergroup": _mention("usergroup_id", "SG"),
    # https://docs.slack.dev/reference/block-kit/block-elements/channel-element
    "channel": _mention("channel_id", "CDG"),
    "team": _mention("team_id", "TE"),
    # https://docs.slack.dev/reference/block-kit/block-elements/emoji-element
    "emoji": Shape({"name": string()}, {"unicode": string(), "skin_tone": integer(2, 6), "style": _STYLE}),
    # https://docs.slack.dev/reference/block-kit/block-elements/date-element
    "date": Shape(
        {"timestamp": integer(), "format": like(r".*\{[a-z_]+\}.*", "a format with a token such as {date}")},
        {"timezone": string(), "url": url, "fallback": string(), "style": _STYLE},
    ),
    # https://docs.slack.dev/reference/block-kit/block-elements/broadcast-element
    "broadcast": Shape({"range": one_of("here", "channel", "everyone")}),
    # https://docs.slack.dev/reference/block-kit/block-elements/color-element
    "color": Shape({"value": string()}),
}

_BORDER: dict[str, Check] = {"border": one_of(0, 1)}
_SECTION = Shape({"elements": many(typed(PARTS))})

OBJECTS: dict[str, Shape] = {
    "rich_text_section": _SECTION,
    # https://docs.slack.dev/reference/block-kit/block-elements/rich-text-list-element
    "rich_text_list": Shape(
        {"style": one_of("bullet", "ordered"), "elements": many(typed({"rich_text_section": _SECTION}))},
        {"indent": integer(0, 8), "offset": integer(0), **_BORDER},
    ),
    # https://docs.slack.dev/reference/block-kit/block-elements/rich-text-preformatted-element
    "rich_text_preformatted": Shape(
        {"elements": many(typed(PARTS, frozenset({"text", "link"})))}, {"language": string(), **_BORDER}
    ),
    # https://docs.slack.dev/reference/block-kit/block-elements/rich-text-quote-element
    "rich_text_quote": Shape({"elements": many(typed(PARTS))}, _BORDER),
}

RICH_TEXT = Shape({"elements": many(typed(OBJECTS))}, {"block_id": string(255)})

"""How much Slack shows and takes, in characters and pieces. One table; what a message may be is `SLACK` in bot.chat.

Checked against Slack's documentation on 2026-11-25.
"""

from __future__ import annotations

# Messages. https://docs.slack.dev/reference/block-kit/blocks
MESSAGE_BLOCKS = 50
TEXT = 4000
"""Of a message beside its blocks. Slack shortens it at 40,000 when posting, but refuses more than 4,000 when editing
(`msg_too_long`). https://docs.slack.dev/reference/methods/chat.postMessage and …/chat.update"""
MESSAGE_LETTERS = 12_000
BLOCK_LETTERS = 100
MESSAGE_JSON = 15_500
"""All texts of a message together, what each block adds to them, and the bytes of its blocks as JSON.

More is refused with `msg_blocks_too_long`; no page says when. "12,000 text characters with a buffer for block
containers", says https://github.com/slackapi/bolt-js/issues/2509, where 13,297 letters were too many. In …/2867
15,561 bytes with 9,597 letters were taken, 17,694 with 11,341 were not. `&` counts as `&amp;`. We stay below all."""

# Blocks
HEADER = 150  # https://docs.slack.dev/reference/block-kit/blocks/header-block
SECTION = 3000  # https://docs.slack.dev/reference/block-kit/blocks/section-block
CONTEXT = 3000  # a text object: https://docs.slack.dev/reference/block-kit/composition-objects/text-object
CONTEXT_ELEMENTS = 10  # https://docs.slack.dev/reference/block-kit/blocks/context-block
ACTIONS = 25  # https://docs.slack.dev/reference/block-kit/blocks/actions-block
ALT = 2000  # https://docs.slack.dev/reference/block-kit/blocks/image-block
BLOCK_ID = 255
ACTION_ID = 255

# Buttons and their question. https://docs.slack.dev/reference/block-kit/block-elements/button-element
BUTTON = 75
BUTTON_VALUE = 2000
URL = 3000
CONFIRM_TITLE = 100  # https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30

# Choices. https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element and …/option-object
OPTIONS = 100
GROUPS = 100
OPTION = 75
OPTION_VALUE = 150
OPTION_HINT = 75
GROUP = 75
BUTTONS_TO_CHOOSE = 10  # …/radio-button-group-element, …/checkboxes-element

# Views. https://docs.slack.dev/reference/views/modal-views and …/home-tab-views
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
"""`view_too_large`. https://docs.slack.dev/reference/methods/views.open"""
TITLE = 24
SUBMIT = 24
CLOSE = 24
METADATA = 3000
CALLBACK_ID = 255
LABEL = 2000  # https://docs.slack.dev/reference/block-kit/blocks/input-block
HINT = 2000
INPUT = 3000  # https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element

"""How much Discord shows and takes, in characters and pieces; what a message may be is `DISCORD` in bot.chat.

Checked against Discord's documentation on 2026-11-26.
"""

from __future__ import annotations

# Messages of components. https://docs.discord.com/developers/components/reference
COMPONENTS = 40
"""All components of a message, those inside rows too. https://github.com/discord/discord-api-docs/pull/7534"""
TEXT = 4000
"""All text displays of a message together, as they are written: what is escaped counts with its backslashes.
https://github.com/discord/discord-api-docs/pull/8562"""
FILES = 10  # https://docs.discord.com/developers/resources/message#create-message
MENTIONS = 100  # https://docs.discord.com/developers/resources/message#allowed-mentions-object
ALT = 1024  # …/components/reference#media-gallery
CUSTOM_ID = 100  # …/components/reference#anatomy-of-a-component-custom-id

# Buttons and selects. …/components/reference#button and …#string-select
BUTTON = 80
URL = 512
OPTIONS = 25
OPTION = 100
"""Of an option its label, its value and its description."""
PLACEHOLDER = 150

# Modals. https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal
TITLE = 45
MODAL_COMPONENTS = 5
"""Labels with their fields, and text displays."""
LABEL = 45  # …/components/reference#label
HINT = 100
INPUT = 4000  # …/components/reference#text-input
RADIO = (2, 10)  # …/components/reference#radio-group
CHECKS = (1, 10)  # …/components/reference#checkbox-group

# Commands. https://docs.discord.com/developers/interactions/application-commands#application-command-object
COMMAND_OPTIONS = 25
"""Subcommands of a command or a group, options of a subcommand, choices of an option."""
COMMAND_NAME = 32
COMMAND_ABOUT = 100
CHOICE = 100
COMMAND_LETTERS = 8000
"""Of a command with all that is in it: names, descriptions and values, of the longest language each."""

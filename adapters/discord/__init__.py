"""Kring in Discord: what happens there becomes events, answers and requests become messages and forms."""

PLATFORM = "discord"
"""The platform of the spaces, accounts and channels that this adapter names. A space is a server (a guild)."""

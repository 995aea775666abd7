"""Kring in Slack: what happens there becomes events, answers and requests become messages, forms and pages."""

PLATFORM = "slack"
"""The platform of the spaces, accounts and channels that this adapter names."""

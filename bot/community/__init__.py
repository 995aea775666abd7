"""Spaces, people, preferences, rights, and everybody's say over what is kept of them."""

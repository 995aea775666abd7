"""Circles: six to ten people with a question of their own, and how they are formed."""

"""Dialogue rounds: one state machine that plays every format."""

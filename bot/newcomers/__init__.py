"""The newcomer's way in: a welcome, a few check-ins in ninety days, a buddy, and help that reaches a person."""

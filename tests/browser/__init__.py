"""The page of the playground, in a real browser against the real demo."""

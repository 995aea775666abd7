"""Know-how: kept from threads with its person and its situation, with everybody's consent, and found again."""

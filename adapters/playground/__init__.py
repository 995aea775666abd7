"""A third platform, in the browser: one page on which you play several people, with threads, forms and time travel."""

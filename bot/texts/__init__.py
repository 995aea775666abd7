"""The words: English texts stand in the code, other languages in `<language>/<feature>.po` beside this file."""

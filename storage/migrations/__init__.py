"""How the tables became what they are, one file each in `versions/`, numbered.

After a change of the tables: `python -m storage.migrations.new "what changed"` writes the next one; read it before you
keep it. A file that is released is never changed again.
"""

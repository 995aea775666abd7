"""What is remembered: SQLAlchemy Core on SQLite or PostgreSQL, behind the ports of `bot`."""

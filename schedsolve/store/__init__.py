"""The store: weeks that are kept, in SQLite or PostgreSQL. Needs the extra `store` (and `postgres` for the latter)."""

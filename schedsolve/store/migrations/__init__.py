"""Alembic migrations of the store. Each file under `versions/` is frozen: it holds what it made, for good."""

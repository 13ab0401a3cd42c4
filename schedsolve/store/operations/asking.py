"""Asking the store for rows as plain data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from ..engine import Store
from ..errors import CreatorNotFoundError
from ..resilience import READ
from ..tables import creators

Document = dict[str, Any]


def told(value: Any) -> Any:
    """Moments and dates as ISO 8601 text, everything else as it is."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def documents(store: Store, query: Select[Any], name: str) -> list[Document]:
    """The rows of a query, each as a map."""
    rows = store.read(lambda connection: connection.execute(query).mappings().all(), READ, name)
    return [{column: told(value) for column, value in row.items()} for row in rows]


def one(store: Store, query: Select[Any], name: str) -> Document | None:
    """The first row of a query."""
    return next(iter(documents(store, query.limit(1), name)), None)


def require_creator(store: Store, creator_id: str, name: str) -> Document:
    """The creator's row. Raises CreatorNotFoundError."""
    found = one(store, select(creators).where(creators.c.creator_id == creator_id), name)
    if found is None:
        raise CreatorNotFoundError(creator_id)
    return found

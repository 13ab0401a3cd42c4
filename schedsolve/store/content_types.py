"""Contents by name and number; a name that is new gets the next number."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from .engine import exclusively
from .tables import content_types


def content_type_ids(connection: Connection) -> dict[str, int]:
    """The numbers of all contents by name."""
    return {row.name: row.content_type_id for row in connection.execute(select(content_types))}


def add_content_types(connection: Connection, names: Iterable[str | None]) -> tuple[dict[str, int], list[str]]:
    """The numbers of all contents, those of new names among them; and the new names, sorted."""
    exclusively(connection, "content_types")
    known = content_type_ids(connection)
    new = sorted({name for name in names if name is not None} - set(known))
    first = max(known.values(), default=0) + 1
    added = {name: number for number, name in enumerate(new, first)}
    if added:
        rows = [{"content_type_id": number, "name": name} for name, number in added.items()]
        connection.execute(insert(content_types), rows)
    return known | added, new

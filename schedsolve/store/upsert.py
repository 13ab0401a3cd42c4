"""Rows that are added, or changed where their key is known: one statement for many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func
from sqlalchemy.dialects import postgresql, sqlite

CHUNK = 5_000
"""Rows handed to the driver at once."""


def upsert(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], keep_if_null: Collection[str] = ()
) -> None:
    """Write rows by their primary key; all rows name the same columns. Later rows win.

    Columns of `keep_if_null` stay as they are where the new row has null.
    """
    if not rows:
        return
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = make(table)
    key = [column.name for column in table.primary_key.columns]
    changed = {
        name: func.coalesce(statement.excluded[name], table.c[name])
        if name in keep_if_null
        else statement.excluded[name]
        for name in rows[0]
        if name not in key
    }
    if changed:
        statement = statement.on_conflict_do_update(index_elements=key, set_=changed)
    else:
        statement = statement.on_conflict_do_nothing()
    for start in range(0, len(rows), CHUNK):
        connection.execute(statement, list(rows[start : start + CHUNK]))

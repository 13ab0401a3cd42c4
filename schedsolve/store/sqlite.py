"""SQLite as a store: write-ahead log, foreign keys, full synchronisation, and one writer at a time by waiting."""

from __future__ import annotations

import sqlite3
from math import sqrt
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from ..errors import StoreError

BUSY_SECONDS = 60.0
"""How long a writer waits for its turn."""


def writing_engine(url: URL, *, migrating: bool = False) -> Engine:
    """Connections whose transactions hold the right to write from their first statement (BEGIN IMMEDIATE).

    `migrating` makes the file where there is none, and lets tables be rebuilt without regard to foreign keys.

    Raises
    ------
    StoreError
        When the file's folder does not exist.
    """
    path = path_of(url)
    if not path.parent.is_dir():
        raise StoreError(f"the folder of {path} does not exist; make it first")

    def connect() -> sqlite3.Connection:
        connection = _connect(path, "rwc" if migrating else "rw")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA foreign_keys = {'OFF' if migrating else 'ON'}")
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=16, max_overflow=112, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading_engine(url: URL) -> Engine:
    """Connections that cannot change anything."""
    path = path_of(url)

    def connect() -> sqlite3.Connection:
        connection = _connect(path, "ro")
        connection.execute("PRAGMA query_only = ON")
        connection.create_function("sqrt", 1, lambda x: None if x is None else sqrt(x), deterministic=True)
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def path_of(url: URL) -> Path:
    """Where the file is."""
    return Path(url.database or "").expanduser()


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """Transactions are begun by hand; connections go from thread to thread, as the pool lends them."""
    return sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )

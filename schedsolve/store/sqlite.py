"""SQLite as a store: write-ahead log, foreign keys, full synchronisation, and one writer at a time by waiting."""

from __future__ import annotations

import sqlite3
from math import sqrt
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import NullPool

from ..errors import StoreError

BUSY_SECONDS = 60.0
"""How long a writer waits for its turn."""


def writing_engine(url: URL, *, foreign_keys: bool = True) -> Engine:
    """Connections whose transactions hold the right to write from their first statement (BEGIN IMMEDIATE).

    Raises
    ------
    StoreError
        When the file's folder does not exist.
    """
    path = _path(url)
    if not path.parent.is_dir():
        raise StoreError(f"the folder of {path} does not exist; make it first")
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
        hide_parameters=True,
        pool_size=16,
        max_overflow=112,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading_engine(url: URL) -> Engine:
    """Connections that cannot change anything."""
    path = _path(url)

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode=ro",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA query_only = ON")
        connection.create_function("sqrt", 1, lambda x: None if x is None else sqrt(x), deterministic=True)
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _path(url: URL) -> Path:
    return Path(url.database or "").expanduser()

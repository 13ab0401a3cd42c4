"""Databases of their own for tests: an SQLite file, or a database on a server, dropped at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from sqlalchemy import URL, make_url

SERVER = "postgresql://postgres@127.0.0.1:5432/test"
VARIABLE = "SCHEDSOLVE_TEST_POSTGRES"


def server() -> URL:
    """The server that tests may use."""
    return make_url(os.environ.get(VARIABLE, SERVER))


def answers() -> bool:
    """Whether the server is there."""
    try:
        psycopg.connect(_plain(server()), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def database() -> Iterator[URL]:
    """A database with a random name, dropped at the end."""
    name = f"schedsolve_test_{uuid4().hex}"
    with psycopg.connect(_plain(server()), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield server().set(database=name)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def clean(url: str) -> None:
    """Take all rows but the catalog's out of a database, and count from 1 again."""
    kept = {"alembic_version", "channels", "targets", "target_channels", "send_types", "send_type_caption_types"}
    with psycopg.connect(_plain(make_url(url))) as connection:
        connection.execute("SET session_replication_role = replica")  # else the audit trail would not go
        names = [row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        for name in names:
            if name not in kept:
                connection.execute(f"DELETE FROM {name}")
        counting = connection.execute("SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL").fetchall()
        for (name,) in counting:
            connection.execute(f"ALTER SEQUENCE {name} RESTART")


def text_of(url: URL) -> str:
    """The whole URL, for `open_store`."""
    return url.render_as_string(hide_password=False)


def _plain(url: URL) -> str:
    return text_of(url.set(drivername="postgresql"))

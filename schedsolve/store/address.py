"""Where the store is: a URL, and how to speak of it without its secrets."""

from __future__ import annotations

import os
import re

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from ..errors import StoreError

VARIABLE = "SCHEDSOLVE_DB"
_POSTGRES = {"postgresql", "postgres", "postgresql+psycopg"}
_USER = re.compile(r"(?<=://)[^/@\s]*:[^/\s]*@")
_SETTING = re.compile(r"((?:ssl)?password\s*=\s*)(?:'[^']*'|[^&\s]+)", re.IGNORECASE)


def address_of(text: str | None = None) -> URL:
    """The URL of a store: as given, else of SCHEDSOLVE_DB; a bare path is an SQLite file.

    Raises
    ------
    StoreError
        When there is none, or it names another kind of database. The message holds no password.
    """
    stated = text or os.environ.get(VARIABLE)
    if not stated:
        raise StoreError(f"no store is named: give --db or set {VARIABLE}, such as sqlite:///schedules.db")
    if "://" not in stated:
        return URL.create("sqlite", database=stated)
    try:
        url = make_url(stated)
    except (ArgumentError, ValueError):
        raise StoreError("the store's address is not a URL such as sqlite:///schedules.db") from None
    if url.drivername in _POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "sqlite+pysqlite"):
        raise StoreError(f"the store cannot be {url.drivername}; sqlite:/// and postgresql:// are known")
    if not url.database or url.database == ":memory:":
        raise StoreError("an SQLite store needs a file: sqlite:///schedules.db")
    return url


def told(url: URL) -> str:
    """The URL as it may be shown."""
    return redacted(url.render_as_string(hide_password=True))


def redacted(text: str) -> str:
    """Text with `***` for passwords in URLs and connection settings."""
    return _SETTING.sub(r"\1***", _USER.sub("***@", text))

"""Free questions to the store: one SELECT with bound parameters, on a connection that cannot write, for 30 s."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from .engine import Store
from .errors import QueryRefusedError
from .resilience import Retries

SECONDS = 30.0
MOST_ROWS = 10_000
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_LITERAL = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\$(\w*)\$.*?\$\1\$", re.DOTALL)
_READS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
_MISTAKES = ("syntax error", "no such", "ambiguous", "misuse", "wrong number of arguments", "incomplete input")
_STEPS = 10_000
"""Virtual machine steps between two looks at the clock."""


@dataclass(frozen=True)
class Answer:
    """Names of columns and rows; `more` when there were more rows than asked for."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool

    def records(self) -> list[dict[str, Any]]:
        """The rows as maps."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def query(
    store: Store,
    sql: str,
    params: Mapping[str, Any] | None = None,
    *,
    seconds: float = SECONDS,
    most: int = MOST_ROWS,
) -> Answer:
    """The rows of one SELECT; `:name` stands for a parameter.

    Raises
    ------
    QueryRefusedError
        When the text is not one SELECT, or would change something.
    OperationTimeoutError
        When it takes longer than `seconds`.
    """
    _require_one_select(sql)

    def ask(connection: Connection) -> Answer:
        try:
            if connection.dialect.name == "sqlite":
                return _guarded(connection, sql, params, seconds, most)
            connection.execute(text(f"SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}"))
            return _rows(connection, sql, params, most)
        except DBAPIError as error:
            _refuse(error)
            raise

    return store.read(ask, Retries(0), "execute_query")


def _require_one_select(sql: str) -> None:
    bare = _COMMENT.sub(" ", _LITERAL.sub("''", sql)).strip().rstrip(";").strip()
    if ";" in bare:
        raise QueryRefusedError("the query holds more than one statement; ask one SELECT")
    if not re.match(r"(select|with)\b", bare, re.IGNORECASE):
        raise QueryRefusedError("the query is not a SELECT; nothing else may be asked")


def _refuse(error: DBAPIError) -> None:
    """Raise QueryRefusedError for a fault of the query itself."""
    told = str(error.orig).splitlines()[0]
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if "not authorized" in told or "readonly" in told or state == "25006":
        raise QueryRefusedError(f"the query would do more than read: {told}") from error
    if state[:2] in ("42", "22") or (not state and any(words in told for words in _MISTAKES)):
        raise QueryRefusedError(f"the query cannot be answered: {told}") from error


def _rows(connection: Connection, sql: str, params: Mapping[str, Any] | None, most: int) -> Answer:
    result = connection.execute(text(sql), dict(params or {}))
    rows = result.fetchmany(most + 1)
    result.close()
    return Answer(tuple(result.keys()), tuple(tuple(row) for row in rows[:most]), len(rows) > most)


def _guarded(connection: Connection, sql: str, params: Mapping[str, Any] | None, seconds: float, most: int) -> Answer:
    """SQLite has no time limit of its own: its steps are counted, and every action but reading is denied."""
    driver: Any = connection.connection.driver_connection
    deadline = time.monotonic() + seconds
    driver.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    driver.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY)
    try:
        return _rows(connection, sql, params, most)
    finally:
        driver.set_authorizer(None)
        driver.set_progress_handler(None, 0)

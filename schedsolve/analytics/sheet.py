"""A table before it is typed: its columns, and its records one by one with the line on which each begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..errors import Problem, TableError

Record: TypeAlias = tuple[int, Mapping[str, Any] | Problem]
"""The line (from 1) on which a row begins, and its cells by column; or why it has none."""


@dataclass(frozen=True)
class Sheet:
    """The columns, None where each record names its own, and the records in the order of the file.

    Going through the records raises TableError where the text cannot be read any further.
    """

    columns: tuple[str, ...] | None
    records: Iterator[Record]


def refused(
    source: str, message: str, hint: str = "", line: int | None = None, column: int | None = None
) -> TableError:
    """One fault of a table, ready to raise."""
    return TableError(source, [Problem(message, line=line, column=column, hint=hint)])

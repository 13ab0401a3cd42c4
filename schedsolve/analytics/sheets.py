"""A table as text -> its columns, and its records one by one with the line on which each begins: CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

from ..errors import Problem, TableError
from ..model.document import found
from ..model.text_file import line_column

Record: TypeAlias = tuple[int, Mapping[str, Any] | Problem]
"""The line (from 1) on which a row begins, and its cells by column; or why it has none."""

_SPACE = re.compile(r"[ \t\n\r]*+")
_HALVES = re.compile(r"\\u[dD][89a-fA-F]")
"""JSON's way to write characters in two halves; a lone half can be neither stored nor printed."""


@dataclass(frozen=True)
class Sheet:
    """The columns, and the records in the order of the file; TableError where it cannot be read any further."""

    columns: tuple[str, ...]
    records: Iterator[Record]


def refused(
    source: str, message: str, hint: str = "", line: int | None = None, column: int | None = None
) -> TableError:
    """One fault of a table, ready to raise."""
    return TableError(source, [Problem(message, line=line, column=column, hint=hint)])


def csv_sheet(text: str, source: str) -> Sheet:
    """RFC 4180 with commas and a line of names first; lines without a single filled cell are skipped."""
    lines = _csv_lines(text, source)
    line, names = next(lines, (1, []))
    columns = tuple(name.strip() for name in names)
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise refused(source, f"{', '.join(map(found, twice))} names more than one column", "rename one", line)
    return Sheet(columns, _csv_records(columns, lines))


def _csv_records(columns: Sequence[str], lines: Iterator[tuple[int, list[str]]]) -> Iterator[Record]:
    for line, cells in lines:
        if len(cells) != len(columns):
            told = f"this row has {len(cells)} cell{'s' * (len(cells) != 1)}, the first line names {len(columns)}"
            yield line, Problem(told, line=line, hint="text that holds a comma stands in double quotes")
        else:
            yield line, dict(zip(columns, cells, strict=True))


def _csv_lines(text: str, source: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with anything in them, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        begun = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            hint = "a double quote inside quoted text is written twice"
            raise refused(source, f"this row is not CSV: {error}", hint, begun) from None
        if any(map(str.strip, cells)):
            yield begun, cells


def json_sheet(text: str, source: str) -> Sheet:
    """A list of objects; the first object names the columns."""
    records = _json_records(text, source)
    first = next(records, None)
    if first is None:
        return Sheet((), iter(()))
    columns = () if isinstance(first[1], Problem) else tuple(first[1])
    return Sheet(columns, chain([first], records))


def _json_records(text: str, source: str) -> Iterator[Record]:
    decoder = json.JSONDecoder(object_pairs_hook=_once)
    at = _after(text, 0, "[", source)
    at, more = _skipped(text, at), True
    if text[at : at + 1] == "]":
        at, more = at + 1, False
    line, counted = 1, 0
    halves = _HALVES.search(text) is not None
    while more:
        line += text.count("\n", counted, at)
        counted = at
        try:
            record, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise refused(source, f"this is not JSON: {error.msg}", "", error.lineno, error.colno) from None
        except (ValueError, RecursionError) as error:  # a key twice, thousands of digits, thousands of brackets
            told = str(error) if isinstance(error, ValueError) else "nested too deep"
            raise refused(source, f"this row cannot be read: {told}", "", line) from None
        if not isinstance(record, dict):
            yield line, Problem(f"found {found(record)} as a row, must be an object of columns", line=line)
        elif broken := halves and _half(record):
            yield line, Problem("holds half a character", str(broken), line)
        else:
            yield line, record
        at = _skipped(text, at)
        more = text[at : at + 1] == ","
        at = _skipped(text, at + 1) if more else _after(text, at, "]", source)
    if _skipped(text, at) < len(text):
        place = line_column(text, _skipped(text, at))
        raise refused(source, "this is not JSON: there is more after the list", "", *place)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    cells = dict(pairs)
    if len(cells) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {found(next(name for name in names if names.count(name) > 1))} is there twice")
    return cells


def _half(record: Mapping[str, Any]) -> str | None:
    """The first column that holds a lone half of a character."""
    for name, cell in record.items():
        try:
            f"{name}{cell if isinstance(cell, str) else ''}".encode()
        except UnicodeEncodeError:
            return found(name)[1:-1]
    return None


def _skipped(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _after(text: str, at: int, sign: str, source: str) -> int:
    at = _skipped(text, at)
    if not text.startswith(sign, at):
        what = "the table is a list of objects" if sign == "[" else "the list goes on with a comma or ends with ]"
        raise refused(source, f"must be {sign} here: {what}", "", *line_column(text, at))
    return at + 1

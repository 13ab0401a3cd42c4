"""CSV text (RFC 4180 with commas) -> a sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from ..errors import Problem
from ..model.document import found
from .sheet import Record, Sheet, refused


def csv_sheet(text: str, source: str) -> Sheet:
    """A line of names first, then rows; lines without a single filled cell are skipped. Raises TableError."""
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

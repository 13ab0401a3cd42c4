"""Tables from outside: a CSV file or a JSON list of objects -> typed rows, or every fault with its row and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ..errors import Problem, TableError
from ..model.document import found
from ..model.text_file import MAX_PROBLEMS, TextKind, read_text
from ..model.validation_errors import problems_of
from .cells import Convert, converter
from .sheets import Sheet, csv_sheet, json_sheet, refused

MAX_ROWS = 1_000_000
TABLE = TextKind(
    50 << 20, "name a CSV or JSON file", "a table has a first line with the names of its columns", TableError
)
_LISTED_COLUMNS = 30


class Row(BaseModel):
    """Base of every row: one field a column, values not coerced, numbers finite, immutable.

    A field without a default is a column that must be there. An empty cell (null in JSON) is the field's default,
    or None where it has none; so `price: float | None` asks for the column but not for every cell.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, allow_inf_nan=False)


R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class _Column:
    name: str
    required: bool
    convert: Convert


def read_rows(path: str | Path, row_type: type[R]) -> tuple[R, ...]:
    """The rows of a UTF-8 file, in its order: `.json` (or a text that begins with `[`) a list of objects, else CSV.

    Columns that `row_type` does not know are ignored. Raises TableError with every fault found, up to MAX_PROBLEMS:
    a missing column once, and each bad cell by the line on which its row begins and by its column.
    """
    return parse_rows(read_text(Path(path), TABLE), str(path), row_type)


def parse_rows(text: str, source: str, row_type: type[R]) -> tuple[R, ...]:
    """The same of a text; `source` is how messages call it."""
    as_json = source.lower().endswith(".json") or (not source.lower().endswith(".csv") and text.lstrip()[:1] == "[")
    sheet = (json_sheet if as_json else csv_sheet)(text, source)
    columns = [
        _Column(field.alias or name, field.is_required(), converter(field.annotation))
        for name, field in row_type.model_fields.items()
    ]
    if sheet.columns:
        _check_columns(sheet.columns, columns, source)
    return _rows(sheet, columns, source, row_type)


def _check_columns(names: tuple[str, ...], columns: list[_Column], source: str) -> None:
    absent = [column.name for column in columns if column.required and column.name not in names]
    if not absent:
        return
    more = f" and {len(names) - _LISTED_COLUMNS} more" if len(names) > _LISTED_COLUMNS else ""
    there = ", ".join(found(name)[1:-1] for name in names[:_LISTED_COLUMNS]) + more
    told = f"the column{'s' * (len(absent) > 1)} {', '.join(absent)} {'are' if len(absent) > 1 else 'is'} missing"
    hint = "separate columns with commas" if len(names) == 1 and {";", "\t"} & set(names[0]) else ""
    raise refused(source, f"{told}; found {there}", hint, 1)


def _rows(sheet: Sheet, columns: list[_Column], source: str, row_type: type[R]) -> tuple[R, ...]:
    rows: list[R] = []
    problems: list[Problem] = []
    try:
        for line, record in sheet.records:
            if len(rows) == MAX_ROWS:
                raise refused(source, f"the table has more than {MAX_ROWS:,} rows", "split it", line)
            if len(problems) >= MAX_PROBLEMS:
                raise refused(source, "rows from here on were not checked", "", line)
            if isinstance(record, Problem):
                problems.append(record)
                continue
            try:
                rows.append(row_type.model_validate(_values(record, columns)))
            except ValidationError as error:
                problems += [replace(one, line=line) for one in problems_of(error, None, row_type)]
    except TableError as end:
        problems += end.problems
    if problems:
        raise TableError(source, problems)
    return tuple(rows)


def _values(record: Mapping[str, Any], columns: list[_Column]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in columns:
        cell = record.get(column.name)
        if isinstance(cell, str):
            cell = column.convert(cell) if cell.strip() else None
        if cell is not None or column.required:
            values[column.name] = cell
    return values

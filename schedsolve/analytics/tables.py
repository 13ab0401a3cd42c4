"""Tables from outside: a CSV file or a JSON list of objects -> typed rows, or every fault with its row and column."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo

from ..errors import Problem, TableError
from ..model.document import found
from ..model.text_file import MAX_PROBLEMS, TextKind, read_text
from ..model.validation_errors import problems_of
from .cells import Convert, converter
from .csv_sheet import csv_sheet
from .json_sheet import json_sheet
from .sheet import Sheet, refused

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
    """A field and the names under which its column may stand, the first of them the one to ask for."""

    names: tuple[str, ...]
    required: bool
    convert: Convert

    def missing_in(self, names: Collection[str]) -> bool:
        return self.required and not any(name in names for name in self.names)


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
        _Column(_names(name, field), field.is_required(), converter(field.annotation))
        for name, field in row_type.model_fields.items()
    ]
    if sheet.columns is not None:
        _require(columns, sheet.columns, source)
    return _rows(sheet, columns, source, row_type)


def _names(name: str, field: FieldInfo) -> tuple[str, ...]:
    """The field's own name, or those of its alias."""
    match field.validation_alias:
        case AliasChoices(choices=choices):
            return tuple(str(choice) for choice in choices)
        case str(alias):
            return (alias,)
    return (name,)


def _require(columns: Iterable[_Column], names: Collection[str], source: str) -> None:
    """Raise TableError, once for all rows, when a column that must be there is not."""
    absent = [column.names[0] for column in columns if column.missing_in(names)]
    if not absent:
        return
    shown = [found(name)[1:-1] for name in islice(names, _LISTED_COLUMNS)]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    told = f"the column{'s' * (len(absent) > 1)} {', '.join(absent)} {'are' if len(absent) > 1 else 'is'} missing"
    hint = "separate columns with commas" if len(names) == 1 and {";", "\t"} & set(*names) else ""
    raise refused(source, f"{told}; found {', '.join(shown) or 'none'}{more}", hint, 1)


def _rows(sheet: Sheet, columns: Sequence[_Column], source: str, row_type: type[R]) -> tuple[R, ...]:
    rows: list[R] = []
    problems: list[Problem] = []
    seen: dict[str, None] = dict.fromkeys(sheet.columns or ())
    absent = [column for column in columns if column.missing_in(seen)]
    try:
        for line, record in sheet.records:
            if len(rows) == MAX_ROWS:
                raise refused(source, f"the table has more than {MAX_ROWS:,} rows", "split it", line)
            if len(problems) >= MAX_PROBLEMS:
                raise refused(source, "rows from here on were not checked", "", line)
            if isinstance(record, Problem):
                problems.append(record)
                continue
            if absent:
                seen.update(dict.fromkeys(record))
                absent = [column for column in absent if column.missing_in(seen)]
            try:
                rows.append(row_type.model_validate(_values(record, columns)))
            except ValidationError as error:
                problems += [replace(one, line=line) for one in problems_of(error, None, row_type)]
    except TableError as end:
        problems += end.problems
    if seen:
        _require(absent, seen, source)
    if problems:
        raise TableError(source, problems)
    return tuple(rows)


def _values(record: Mapping[str, Any], columns: Sequence[_Column]) -> dict[str, Any]:
    """What is filled in; None for an empty cell of a column that must be there."""
    values: dict[str, Any] = {}
    for column in columns:
        name = column.names[0]
        if len(column.names) > 1:
            name = next((other for other in column.names if other in record), name)
        cell = record.get(name)
        if isinstance(cell, str):
            cell = column.convert(cell) if cell.strip() else None
        if cell is not None or column.required:
            values[name] = cell
    return values

"""JSON text, a list of objects -> a sheet. Every object is read by itself, so that its line is known."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import Problem
from ..model.document import found
from ..model.text_file import line_column
from .sheet import Record, Sheet, refused

_SPACE = re.compile(r"[ \t\n\r]*+")
_HALVES = re.compile(r"\\u[dD][89a-fA-F]")
"""JSON's way to write characters in two halves; a lone half can be neither stored nor printed."""


def json_sheet(text: str, source: str) -> Sheet:
    """The objects' keys are the columns; an object may leave some out."""
    return Sheet(None, _json_records(text, source))


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

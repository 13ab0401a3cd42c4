"""One cell of a table: text -> the number, date or truth value that a column asks for.

Text that does not fit stays as it is, so that the column's own check refuses it and can show what was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin

from ..model.text_file import MAX_DIGITS

Convert: TypeAlias = Callable[[str], object]

_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_INTEGER = re.compile(rf"[-+]?[0-9]{{1,{MAX_DIGITS}}}")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*")


def converter(annotation: object) -> Convert:
    """How text becomes a value of this annotation; of a union, the first kind that the text fits."""
    attempts = [_attempt(kind) for kind in _kinds(annotation) if kind is not type(None)]

    def convert(text: str) -> object:
        for attempt in attempts:
            value = attempt(text.strip())
            if value is not None:
                return value
        return text

    return (lambda text: text) if str in _kinds(annotation) else convert


def _attempt(kind: Any) -> Convert:
    """Text -> a value of one kind, or None where it is none."""
    if kind is bool:
        return lambda text: _TRUTH.get(text.lower())
    if kind is int:
        return lambda text: int(text) if _INTEGER.fullmatch(text) else None
    if kind is float:
        return lambda text: float(text) if _NUMBER.fullmatch(text) else None
    if kind is datetime:
        return lambda text: _parsed(datetime, text) if _MOMENT.fullmatch(text) else None
    if kind is date:
        return lambda text: _parsed(date, text) if _DATE.fullmatch(text) else None
    if isinstance(kind, type) and issubclass(kind, Enum):
        members = {str(member.value): member for member in kind}
        return members.get
    return lambda _: None


def _parsed(kind: type[date], text: str) -> date | None:
    try:
        return kind.fromisoformat(text)
    except ValueError:  # 2025-02-30
        return None


def _kinds(annotation: object) -> Iterator[Any]:
    """The plain types behind Optional, unions and Annotated."""
    if get_origin(annotation) is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif get_origin(annotation) in {Union, UnionType}:
        for member in get_args(annotation):
            yield from _kinds(member)
    else:
        yield annotation

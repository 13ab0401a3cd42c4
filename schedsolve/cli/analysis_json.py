"""The result of an analysis as one JSON document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def as_document(kind: str, result: DataclassInstance) -> bytes:
    """`{"schedsolve": 1, "kind": kind, ...}` with the fields of the result."""
    return document(kind, asdict(result))


def document(kind: str, fields: Mapping[str, Any]) -> bytes:
    """The same of plain fields."""
    told = {"schedsolve": 1, "kind": kind, **fields}
    return (json.dumps(told, indent=2, ensure_ascii=False, default=_plain) + "\n").encode()


def _plain(value: Any) -> str | float:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no place in a document")

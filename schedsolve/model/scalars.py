"""Plain scalars of YAML's core schema and JSON: numbers are bounded and finite, text is whole."""

from __future__ import annotations

import math
import re
from typing import TypeAlias

from ruamel.yaml.events import (
    ScalarEvent,
)

from .document import found
from .text_file import MAX_DIGITS

Scalar: TypeAlias = str | int | float | bool | None

_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|nan)", re.IGNORECASE)


def scalar_of(event: ScalarEvent) -> Scalar:
    """YAML 1.2 core schema, section 10.3.2. Raises ValueError for a value that is not allowed."""
    text = whole_text(event.value)
    if event.style is not None or event.tag is not None:
        return text
    if text in _NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if INTEGER.fullmatch(text):
        return integer_of(text)
    if _FLOAT.fullmatch(text):
        return finite_of(text)
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(f"found {text}, must be a finite number")
    return text


def integer_of(text: str) -> int:
    """Decimal, 0o octal or 0x hex text -> int; raises ValueError beyond MAX_DIGITS digits."""
    number = int(text, {"0o": 8, "0x": 16}.get(text[:2], 10)) if len(text) <= 2 * MAX_DIGITS else None
    if number is None or abs(number) >= 10**MAX_DIGITS:
        raise ValueError(f"found {found(text)[1:-1]}, whole numbers have at most {MAX_DIGITS} digits")
    return number


def finite_of(text: str) -> float:
    """Text -> float; raises ValueError when it overflows."""
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"found {found(text)[1:-1]}, must be a finite number")
    return number


def whole_text(text: str) -> str:
    r"""Joins the halves of `"\ud83d\ude00"`; a lone half can be neither stored nor printed: ValueError."""
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise ValueError(f"found {found(text)}, which holds half a character") from None

"""A document read from text: plain data, where each value stands, and how messages show a value or a place."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

Place: TypeAlias = tuple[str | int, ...]
"""Keys and list indices from the top of a document to one value."""
Position: TypeAlias = tuple[int, int]
"""Line and column in the text, both from 1."""
Scalar: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True)
class Document:
    """Plain data (dict, list, str, int, float, bool, None), and where in the text each value is."""

    data: Any
    source: str
    values: Mapping[Place, Position] = field(default_factory=dict, repr=False)
    keys: Mapping[Place, Position] = field(default_factory=dict, repr=False)

    def position(self, path: Place) -> Position | None:
        """Where the value at `path` starts, else the nearest value around it; None without any position."""
        return next(
            (self.values[path[:length]] for length in range(len(path), -1, -1) if path[:length] in self.values),
            None,
        )

    def key_position(self, path: Place) -> Position | None:
        """Where the key that leads to `path` stands; a list item has no key and gives its own `position`."""
        return self.keys.get(path) or self.position(path)


def dotted(path: Place) -> str:
    """`locks[2].at`: how a place is written in messages; keys that are no plain words are quoted."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{_word(step)}" for step in path)
    return "".join(parts).removeprefix(".")


def _word(key: str) -> str:
    return key if re.fullmatch(r"[\w@-]{1,60}", key) else found(key)


def found(value: object) -> str:
    """A value as messages show it, in at most about 60 characters whatever its size."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case int() if value.bit_length() > 128:
            return f"a number of about {int(value.bit_length() * math.log10(2)) + 1:,} digits"
        case str():
            shown = repr(value[:120])
            return shown if len(shown) <= 60 else f"{shown[:56]}...{shown[-1]}"
        case int() | float() | date():
            return str(value)
        case dict():
            return "a mapping" if value else "an empty mapping"
        case list() | tuple():
            return f"a list of {len(value)} item{'s' * (len(value) > 1)}" if value else "an empty list"
    return f"a {type(value).__name__}"

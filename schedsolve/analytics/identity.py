"""Ids of rows: text, or whole numbers as databases give them, in the order a person expects."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Id = Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=200)]
"""Text of an id; a whole number is taken as its digits."""

Order: TypeAlias = tuple[int, int, str]


def id_order(text: str) -> Order:
    """A sort key: whole numbers by size before all others by their characters."""
    whole = text.isascii() and text.isdigit()
    return (0, int(text), text) if whole else (1, 0, text)

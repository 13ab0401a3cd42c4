"""What cells of imported tables may hold."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from ..model.fields import WEEKDAYS


def _split(value: Any) -> Any:
    """`a; b; c`, a JSON list as text, or a list."""
    if isinstance(value, str):
        value = json.loads(value) if value.lstrip().startswith("[") else re.split(r"\s*[;|]\s*", value.strip())
    return tuple(value) if isinstance(value, list) else value


def _split_numbers(value: Any) -> Any:
    parts = _split(value)
    if not isinstance(parts, tuple):
        return parts
    return tuple(int(part) if isinstance(part, str) and part.isdigit() else part for part in parts)


def _map(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            raise ValueError(f"found {value[:40]!r}, expected a JSON object") from None
    return value


def _truth(value: Any) -> Any:
    return bool(value) if isinstance(value, int) and value in (0, 1) else value


def _utc(value: datetime | date) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), UTC)
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def _weekday(value: tuple[str, ...]) -> tuple[str, ...]:
    for day in value:
        if day not in WEEKDAYS:
            raise ValueError(f"found {day[:20]!r}, expected one of {', '.join(WEEKDAYS)}")
    return value


def _plain_keys(value: dict[str, Any]) -> dict[str, Any]:
    return {str(name): part for name, part in value.items()}


def _iso(value: Any) -> Any:
    """JSON has no dates: their text is read."""
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value) if len(value) > len("2025-01-20") else date.fromisoformat(value)
        except ValueError:
            return value
    return value


Key = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Listed = Annotated[tuple[Key, ...], BeforeValidator(_split), Field(max_length=200)]
Hours = Annotated[tuple[Annotated[int, Field(ge=0, le=23)], ...], BeforeValidator(_split_numbers), Field(max_length=24)]
Weekdays = Annotated[Listed, AfterValidator(_weekday)]
JsonMap = Annotated[dict[str, Any], BeforeValidator(_map), AfterValidator(_plain_keys)]
Truth = Annotated[bool, BeforeValidator(_truth)]
Count = Annotated[int, Field(ge=0, le=10**9)]
Id = Annotated[int, Field(ge=0, lt=2**63)]
Dollars = Annotated[float, Field(ge=0, le=1e12)]
Score = Annotated[float, Field(ge=0, le=100)]
Moment = Annotated[datetime | date, BeforeValidator(_iso), AfterValidator(_utc)]

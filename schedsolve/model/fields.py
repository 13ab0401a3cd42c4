"""What fields of a scenario may hold: dates, local times, scores, keys; and the base of every section."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from .catalog import CATALOG, DEPRECATED
from .strategies import STRATEGIES

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:00)?(Z|[+-]\d{2}:\d{2})?")


def _parse_date(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"found {value!r}: {error}") from None
    raise ValueError(f"found {str(value)[:40]!r}, expected a date in the form 2025-01-20")


def _parse_instant(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"found {value!r}: {error}") from None
    raise ValueError(f"found {str(value)[:40]!r}, expected a local time to the minute in the form 2025-01-22T20:07")


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError(f"found {value[:60]!r}, expected an IANA time zone such as America/New_York or Europe/Berlin")
    ZoneInfo(value)
    return value


def _known_type(value: str) -> str:
    if value not in CATALOG and value not in DEPRECATED:
        raise ValueError(f"found {value[:60]!r}, expected one of {', '.join(CATALOG)}")
    return value


def _known_strategy(value: str) -> str:
    if value not in STRATEGIES:
        raise ValueError(f"found {value[:60]!r}, expected one of {', '.join(STRATEGIES)}")
    return value


def as_tuple(value: Any) -> Any:
    """A list as a tuple; anything else as it is, for the field to judge."""
    return tuple(value) if isinstance(value, list) else value


Day = Annotated[
    date,
    BeforeValidator(_parse_date, json_schema_input_type=str),
    Field(ge=date(1990, 1, 1), le=date(2100, 1, 1)),
]
LocalTime = Annotated[datetime, BeforeValidator(_parse_instant, json_schema_input_type=str)]
Zone = Annotated[str, Field(max_length=64), AfterValidator(_known_zone)]
StrategyKey = Annotated[str, Field(max_length=64), AfterValidator(_known_strategy)]
TypeKey = Annotated[str, Field(max_length=64), AfterValidator(_known_type)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Identifier = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.@-]*$")]
Hour = Annotated[int, Field(strict=True, ge=0, le=23)]
Score = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Fraction = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Points = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
DayTotal = Annotated[int, Field(strict=True, ge=0, le=60)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LatePolicy = Literal["within_day", "cross_midnight", "next_morning"]


class Part(BaseModel):
    """Base of every section: unknown keys refused, values not coerced, immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

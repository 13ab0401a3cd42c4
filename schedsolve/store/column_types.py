"""Column types that mean the same on SQLite (STRICT tables) and on PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import REAL, BigInteger, Boolean, Date, DateTime, Double, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

_INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"

Number = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 64 bits; as a primary key SQLite counts it up."""
Real: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")
Words = Text()


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and without blanks: equal values give equal text. Refuses NaN and infinity."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class Instant(TypeDecorator[datetime]):
    """A moment. Python: aware, in UTC; SQLite: text of fixed width, which sorts by time; PostgreSQL: timestamptz."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text where there is no type for it."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Raises ValueError for a moment without a zone, which could be any."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no zone; moments are stored in UTC")
        moment = value.astimezone(UTC)
        return moment.strftime(_INSTANT) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Always in UTC, whatever the zone of the server."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return datetime.strptime(value, _INSTANT).replace(tzinfo=UTC)
        moment: datetime = value
        return moment.astimezone(UTC)


class LocalDate(TypeDecorator[date]):
    """A date on the creator's wall clock. SQLite: text `2025-01-20`."""

    impl = Date()
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text where there is no type for it."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        """Date -> text on SQLite."""
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:  # noqa: ARG002
        """Text -> date."""
        return date.fromisoformat(value) if isinstance(value, str) else value


class Flag(TypeDecorator[bool]):
    """True or false. SQLite: 1 or 0."""

    impl = Boolean(create_constraint=False)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """A whole number where there is no type for it."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else Boolean())

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> Any:
        """Bool -> number on SQLite."""
        return int(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:  # noqa: ARG002
        """Number -> bool."""
        return None if value is None else bool(value)


class Json(TypeDecorator[Any]):
    """A list or map. SQLite: canonical JSON text; PostgreSQL: jsonb. None is SQL's null."""

    impl = Text()
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """`jsonb` where there is one."""
        return dialect.type_descriptor(JSONB(none_as_null=True) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Value -> text on SQLite; refuses NaN and infinity on both."""
        if value is None:
            return None
        text = canonical_json(value)
        return json.loads(text) if dialect.name == "postgresql" else text

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Text -> value."""
        return json.loads(value) if isinstance(value, str) and dialect.name == "sqlite" else value

"""A request by what it asks: equal requests have equal hashes, in any order of their parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

from .column_types import canonical_json


@dataclass(frozen=True)
class Request:
    """An operation with all its parameters, as sent."""

    operation: str
    parameters: Mapping[str, Any]

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the operation's name and the canonical JSON of the parameters; also the default key."""
        told = {"operation": self.operation, "parameters": plain(self.parameters)}
        return sha256(canonical_json(told).encode()).hexdigest()


def plain(value: Any) -> Any:
    """A value as JSON has it: datetimes in UTC, enums by value, models as maps.

    Raises
    ------
    TypeError
        For a value without one plain form, such as a set.
    """
    match value:
        case Enum():
            return plain(value.value)
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            if value.tzinfo is None:
                raise TypeError(f"{value.isoformat()} has no zone")
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case BaseModel():
            return plain(value.model_dump(mode="json"))
        case Mapping():
            return {str(plain(name)): plain(part) for name, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
    raise TypeError(f"{type(value).__name__} has no canonical JSON")

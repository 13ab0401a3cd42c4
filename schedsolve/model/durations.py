"""Durations in scenarios: whole minutes, or text such as `45m`, `5h`, `1h30m`, `2d`."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

_FORM = re.compile(r"(?:(?P<d>\d{1,3})d)?(?:(?P<h>\d{1,4})h)?(?:(?P<m>\d{1,5})m(?:in)?)?", re.ASCII)


def parse_minutes(value: Any) -> Any:
    """Text -> whole minutes; anything that is not text is passed on for pydantic to judge."""
    if not isinstance(value, str):
        return value
    match = _FORM.fullmatch(value.strip())
    if not value.strip() or match is None:
        raise ValueError(f"found {value[:40]!r}, expected minutes or a duration such as 45m, 5h or 1h30m")
    days, hours, minutes = (int(match[part] or 0) for part in "dhm")
    return (days * 24 + hours) * 60 + minutes


Minutes = Annotated[
    int,
    BeforeValidator(parse_minutes, json_schema_input_type=int | str),
    Field(strict=True, ge=0, le=28 * 24 * 60),
]
"""A whole number of minutes, 0 to 28 days; scenarios may write `5h`."""

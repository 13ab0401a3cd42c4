"""What columns of the KPI tables may hold, and the check that no row is there twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, StringConstraints

from ...errors import Problem, TableError
from ..identity import Id

LEAST_AMOUNT = 1e-6


def _not_negligible(value: float) -> float:
    if 0 < value < LEAST_AMOUNT:
        raise ValueError(f"found {value}, must be 0 or at least {LEAST_AMOUNT:f}")
    return value


def _truth(value: Any) -> Any:
    """SQLite and JSON exports write 1 and 0."""
    return bool(value) if isinstance(value, int) and value in (0, 1) else value


Account = Annotated[Id, StringConstraints(strip_whitespace=True)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
CreatorId = Annotated[Account | None, Field(validation_alias=AliasChoices("creator_id", "creator"))]
CampaignType = Annotated[Key, Field(validation_alias=AliasChoices("campaign_type", "family"))]
GameType = Annotated[Key, Field(validation_alias=AliasChoices("game_type", "game"))]
Count = Annotated[int, Field(ge=0, le=10**9)]
Dollars = Annotated[float, Field(ge=0, le=1e12), AfterValidator(_not_negligible)]
"""An amount of money; a quotient of two of them is finite."""
Ratio = Annotated[float, Field(ge=0, le=1e9)]
Truth = Annotated[bool, BeforeValidator(_truth)]

R = TypeVar("R")


def once(rows: Iterable[R], key: Callable[[R], tuple[Hashable, ...]], table: str) -> tuple[R, ...]:
    """The rows, each with a key of its own.

    Raises
    ------
    TableError
        When two rows share a key; `table` is how the message calls the table.
    """
    held: dict[tuple[Hashable, ...], R] = {}
    for row in rows:
        if key(row) in held:
            told = " ".join(str(part) for part in key(row) if part is not None)
            raise TableError(
                table, [Problem(f"{told} is there twice", hint="keep one; rows of several creators need a creator_id")]
            )
        held[key(row)] = row
    return tuple(held.values())

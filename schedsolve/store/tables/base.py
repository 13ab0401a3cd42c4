"""What all tables share: names of their constraints, and how columns of a kind are written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, MetaData, Table
from sqlalchemy.schema import SchemaItem

from ..column_types import Flag, Instant, Json, LocalDate, Number, Real, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *parts: SchemaItem) -> Table:
    """A table; on SQLite its columns hold their types (STRICT)."""
    return Table(name, metadata, *checked(parts), sqlite_strict=True)


def checked(parts: Iterable[SchemaItem]) -> list[SchemaItem]:
    """The parts of a table, with a check on SQLite that its flags hold 1 or 0."""
    listed = list(parts)
    flags = [part.name for part in listed if isinstance(part, Column) and isinstance(part.type, Flag)]
    return [*listed, *(CheckConstraint(f"{name} IN (0, 1)", f"{name}_flag").ddl_if(dialect="sqlite") for name in flags)]


def words(name: str, *rest: Any, **options: Any) -> Column[str]:
    """Text; not null unless said otherwise."""
    return Column(name, Words, *rest, **{"nullable": False, **options})


def number(name: str, *rest: Any, **options: Any) -> Column[int]:
    """A whole number: a count, a score, cents."""
    return Column(name, Number, *rest, **{"nullable": False, **options})


def real(name: str, *rest: Any, **options: Any) -> Column[float]:
    """A number with a fraction."""
    return Column(name, Real, *rest, **{"nullable": False, **options})


def flag(name: str, *rest: Any, **options: Any) -> Column[bool]:
    """True or false."""
    return Column(name, Flag(), *rest, **{"nullable": False, **options})


def moment(name: str, *rest: Any, **options: Any) -> Column[Any]:
    """A moment in UTC."""
    return Column(name, Instant(), *rest, **{"nullable": False, **options})


def day(name: str, *rest: Any, **options: Any) -> Column[Any]:
    """A date on the creator's wall clock."""
    return Column(name, LocalDate(), *rest, **{"nullable": False, **options})


def json(name: str, *rest: Any, **options: Any) -> Column[Any]:
    """A list or a map."""
    return Column(name, Json(), *rest, **{"nullable": False, **options})


def one_of(column: str, choices: Iterable[str]) -> CheckConstraint:
    """The column holds one of the words."""
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return CheckConstraint(f"{column} IN ({listed})", f"{column}_known")


def within(column: str, low: float, high: float | None = None) -> CheckConstraint:
    """The column is at least `low`, and at most `high` where that is given."""
    bounds = f"{column} >= {low}" if high is None else f"{column} BETWEEN {low} AND {high}"
    return CheckConstraint(bounds, f"{column}_range")


def creator(**options: Any) -> Column[str]:
    """Whose row it is."""
    return words("creator_id", ForeignKey("creators.creator_id"), **options)

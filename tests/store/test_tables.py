"""Columns hold what they say, and the same on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text, update

from schedsolve.errors import StoreError
from schedsolve.store.column_types import canonical_json
from schedsolve.store.engine import Store
from schedsolve.store.errors import StateConflictError
from schedsolve.store.moments import cents, money
from schedsolve.store.tables import caption_usage, creators, metadata

from .weeks import MONDAY, add_creator, at

TABLES = 29


def test_every_table_is_there() -> None:
    assert len(metadata.tables) == TABLES


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2025, 1, 20, 9, 7, tzinfo=timezone(timedelta(hours=-5))),
        datetime(2025, 1, 20, 14, 7, 0, 123456, tzinfo=UTC),
        datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
def test_moments_come_back_in_utc(store: Store, moment: datetime) -> None:
    add_creator(store)
    with store.writing() as connection:
        connection.execute(update(creators).values(updated_at=moment))
    with store.reading() as connection:
        kept = connection.scalar(select(creators.c.updated_at))
    assert kept == moment
    assert kept.tzinfo is UTC or kept.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    add_creator(store)
    with pytest.raises(Exception, match="has no zone"), store.writing() as connection:
        connection.execute(update(creators).values(updated_at=datetime(2025, 1, 20)))


def test_moments_are_compared_as_moments(store: Store) -> None:
    add_creator(store)
    with store.reading() as connection:
        for hours, expected in ((-1, 1), (0, 0), (1, 0)):
            later = select(creators).where(creators.c.updated_at > at(hours)())
            assert len(connection.execute(later).all()) == expected


@pytest.mark.parametrize("value", [{"b": [1, 2.5, None, True], "a": {"ü": "🙂"}}, [], {}, ["x"]])
def test_lists_and_maps_come_back(store: Store, value: Any) -> None:
    add_creator(store)
    with store.writing() as connection:
        connection.execute(update(creators).values(analytics_summary=value))
    with store.reading() as connection:
        assert connection.scalar(select(creators.c.analytics_summary)) == value


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("page_type", "gratis"),
        ("performance_tier", 6),
        ("fan_count", -1),
        ("volume_level", "extreme"),
        ("content_style", "abstract"),
        ("timezone", None),
    ],
)
def test_values_out_of_range_are_refused(store: Store, column: str, value: Any) -> None:
    add_creator(store)
    with pytest.raises(StateConflictError), store.writing() as connection:
        connection.execute(update(creators).values({column: value}))


@pytest.mark.parametrize(
    "change", ["fan_count = 'many'", "is_active = 7", "avg_revenue_per_message_cents = 'x'", "analytics_summary = NULL"]
)
def test_values_of_another_type_are_refused_even_from_outside(store: Store, change: str) -> None:
    add_creator(store)
    with pytest.raises(Exception, match=r"(?i)type|syntax|check|null|convert|boolean"), store.writing() as connection:
        connection.execute(text(f"UPDATE creators SET {change}"))


def test_rows_that_refer_to_nothing_are_refused(store: Store) -> None:
    row = {
        "caption_id": 1,
        "creator_id": "nobody",
        "schedule_item_id": "none",
        "week_start": MONDAY,
        "used_at": at()(),
        "state": "planned",
    }
    with pytest.raises(StateConflictError, match=r"(?i)foreign key"), store.writing() as connection:
        connection.execute(insert(caption_usage).values(row))


def test_reading_connections_cannot_write(store: Store) -> None:
    add_creator(store)
    with pytest.raises((StoreError, Exception), match=r"(?i)read-?only"), store.reading() as connection:
        connection.execute(update(creators).values(fan_count=1))


def test_an_sqlite_store_is_set_up_to_last(store: Store) -> None:
    if store.kind != "sqlite":
        pytest.skip("settings of SQLite")
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}
    with store.writing() as connection:
        for name, value in wanted.items():
            assert connection.scalar(text(f"PRAGMA {name}")) == value
        loose = connection.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%STRICT%'")
        ).all()
    assert set(loose) <= {"alembic_version", "sqlite_sequence"}


@pytest.mark.parametrize(
    ("amount", "expected"), [(None, None), (0.0, 0), (14.99, 1499), (14.995, 1500), (0.1 + 0.2, 30), (1e9, 10**11)]
)
def test_money_is_whole_cents(amount: float | None, expected: int | None) -> None:
    assert cents(amount) == expected


@given(st.integers(0, 10**12))
def test_cents_survive_the_way_to_money_and_back(amount: int) -> None:
    assert cents(money(amount)) == amount


def test_canonical_json_is_one_text_for_equal_values() -> None:
    assert canonical_json({"b": 1, "a": [1, "ü"]}) == '{"a":[1,"ü"],"b":1}'

"""Migrations go up and down with rows in the tables, and end where the tables say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from schedsolve.model.catalog import CATALOG, DEPRECATED
from schedsolve.store.engine import Store, open_store
from schedsolve.store.errors import StoreOutdatedError, StoreUnavailableError
from schedsolve.store.migrate import VIEWS, current, downgrade, drift, newest, upgrade
from schedsolve.store.saving import save_schedule
from schedsolve.store.schedules import standing_schedule
from schedsolve.store.sqlite import path_of
from schedsolve.store.tables import metadata, send_types

from .databases import VARIABLE, answers, database, text_of
from .weeks import MONDAY, add_creator, at, counts, week


@pytest.fixture
def empty(kind: str, tmp_path: Path) -> Iterator[Store]:
    """A store without any table."""
    if kind == "sqlite":
        with open_store(str(tmp_path / "empty.db")) as store:
            yield store
        return
    if not answers():
        pytest.skip(f"no PostgreSQL server answers; set {VARIABLE} to the URL of one")
    with database() as url, open_store(text_of(url)) as store:
        yield store


def test_an_empty_database_gets_all_tables_and_views(empty: Store) -> None:
    assert current(empty) is None
    assert upgrade(empty) == (None, newest())
    assert drift(empty) == ()
    with empty.writing() as connection:
        found = inspect(connection)
        assert set(found.get_table_names()) == {*metadata.tables, "alembic_version"}
        assert set(found.get_view_names()) == set(VIEWS)
        assert set(connection.scalars(send_types.select().with_only_columns(send_types.c.send_type_key))) == {
            *CATALOG,
            *DEPRECATED,
        }


def test_a_second_upgrade_changes_nothing(empty: Store) -> None:
    upgrade(empty)
    before = counts(empty)
    assert upgrade(empty) == (newest(), newest())
    assert counts(empty) == before


def test_rows_survive_the_way_down_and_up_again(empty: Store) -> None:
    upgrade(empty)
    add_creator(empty, captions=3)
    saved = save_schedule(empty, week(captions=(1, 2)), clock=at())
    before = counts(empty)
    assert downgrade(empty, "0003") == (newest(), "0003")
    assert drift(empty) != ()
    upgrade(empty)
    assert counts(empty) == before
    standing = standing_schedule(empty, "alexia", MONDAY)
    assert standing is not None
    assert standing.schedule_id == saved.schedule_id
    assert drift(empty) == ()


def test_all_the_way_down_leaves_nothing_and_up_works_again(empty: Store) -> None:
    upgrade(empty)
    add_creator(empty, captions=3)
    save_schedule(empty, week(captions=(1, 2)), clock=at())
    assert downgrade(empty, "base") == (newest(), None)
    with empty.writing() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
        assert inspect(connection).get_view_names() == []
    upgrade(empty)
    assert drift(empty) == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("ALTER TABLE creators ADD COLUMN shoe_size TEXT", "remove column: creators shoe_size"),
        ("DROP INDEX ix_pins_schedule_id", "add index: ix_pins_schedule_id"),
        ("DROP VIEW v_trait_lift", "add view: v_trait_lift"),
        ("CREATE TABLE notes (id INTEGER)", "remove table: notes"),
    ],
)
def test_drift_is_told(empty: Store, change: str, told: str) -> None:
    upgrade(empty)
    with empty.writing() as connection:
        connection.execute(text(change))
    assert drift(empty) == (told,)


def test_a_missing_check_is_drift_on_a_server(empty: Store) -> None:
    if empty.kind == "sqlite":
        pytest.skip("SQLite cannot drop a check")
    upgrade(empty)
    with empty.writing() as connection:
        connection.execute(text("ALTER TABLE schedules DROP CONSTRAINT ck_schedules_score_range"))
    assert drift(empty) == ("add check: ck_schedules_score_range",)


def test_a_store_without_tables_says_what_to_do(empty: Store) -> None:
    if empty.kind == "sqlite":
        path_of(empty.url).touch()
    with pytest.raises(StoreOutdatedError, match="schedsolve db upgrade"):
        standing_schedule(empty, "alexia", MONDAY)


def test_asking_makes_no_file(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "none.db")) as store:
        assert current(store) is None
        assert drift(store) == ("there is no such file; `schedsolve db init` makes it",)
        for ask in (store.read, store.write):
            with pytest.raises(StoreUnavailableError, match="schedsolve db init"):
                ask(lambda connection: connection.scalar(text("SELECT 1")))
    assert list(tmp_path.iterdir()) == []

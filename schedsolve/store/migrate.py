"""Bringing a database up to date and back, and telling where it differs from what this version expects."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, inspect, text

from ..errors import StoreError
from .catalog_rows import write_catalog
from .engine import Store, exclusively
from .sqlite import path_of, writing_engine
from .tables import metadata

HEAD = "head"
VIEWS = (
    "volume_predictions",
    "v_campaign_frequency_adherence",
    "v_volume_prediction_accuracy",
    "v_bump_ratio_compliance",
    "v_trait_lift",
    "v_followup_utilization",
    "v_weekly_limit_violations",
    "v_game_revenue_variance",
    "v_bayesian_accuracy",
)
_TABLES = {"alembic_version"}


def upgrade(store: Store, revision: str = HEAD) -> tuple[str | None, str | None]:
    """Bring the database to a revision (all of it in one transaction); gives the revision before and after.

    At the newest one, send types, audiences and channels are written as the catalog has them now.
    """
    with _migrating(store) as connection:
        before = _current(connection)
        command.upgrade(_config(connection), revision)
        after = _current(connection)
        if after == newest():
            write_catalog(connection)
    return before, after


def downgrade(store: Store, revision: str) -> tuple[str | None, str | None]:
    """Take the database back to a revision, or to `base`, which drops everything."""
    with _migrating(store) as connection:
        before = _current(connection)
        command.downgrade(_config(connection), revision)
        return before, _current(connection)


def current(store: Store) -> str | None:
    """The database's revision; None for an empty one, or where no file is yet."""
    if _unmade(store):
        return None
    with store.writing() as connection:
        return _current(connection)


def newest() -> str:
    """The revision this version works with."""
    head = ScriptDirectory.from_config(_config(None)).get_current_head()
    assert head is not None
    return head


def drift(store: Store) -> tuple[str, ...]:
    """Where the database differs from what this version expects, in words; empty when it does not."""
    if _unmade(store):
        return ("there is no such file; `schedsolve db init` makes it",)
    with store.writing() as connection:
        at = _current(connection)
        if at != newest():
            return (f"the database is at revision {at or 'none'}, this version works with {newest()}",)
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": _own, "target_metadata": metadata}
        )
        told = [_worded(difference) for difference in compare_metadata(context, metadata)]
        return (*told, *_checks(connection), *_views(connection))


def _unmade(store: Store) -> bool:
    return store.kind == "sqlite" and not path_of(store.url).exists()


def _own(name: str | None, kind: str, _parents: Any) -> bool:
    return kind != "table" or name not in _TABLES


def _worded(difference: Any) -> str:
    """One difference, as Alembic tells it."""
    if isinstance(difference, list):
        return "; ".join(_worded(part) for part in difference)
    verb, *parts = difference
    named = [str(getattr(part, "name", part)) for part in parts if part is not None and not isinstance(part, dict)]
    return f"{verb.replace('_', ' ')}: {' '.join(named)}"


def _checks(connection: Connection) -> Iterator[str]:
    """Checks that are missing or unknown; Alembic does not look at them."""
    inspector = inspect(connection)
    for table in metadata.sorted_tables:
        wanted = {
            str(rule.name)
            for rule in table.constraints
            if isinstance(rule, CheckConstraint)
            and (connection.dialect.name == "sqlite" or not str(rule.name).endswith("_flag"))
        }
        found = {str(rule["name"]) for rule in inspector.get_check_constraints(table.name)}
        yield from (f"add check: {name}" for name in sorted(wanted - found))
        yield from (f"remove check: {name}" for name in sorted(found - wanted))


def _views(connection: Connection) -> Iterator[str]:
    found = set(inspect(connection).get_view_names())
    yield from (f"add view: {name}" for name in VIEWS if name not in found)


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", "schedsolve.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _migrating(store: Store) -> Iterator[Connection]:
    """One transaction that may rebuild tables: SQLite's foreign keys are checked at its end instead."""
    if store.kind != "sqlite":
        with store.writing() as connection:
            exclusively(connection, "schedsolve", "migration")
            yield connection
        return
    engine = writing_engine(store.url, migrating=True)
    try:
        with engine.begin() as connection:
            yield connection
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise StoreError(
                    f"the migration would leave {len(broken)} rows that refer to nothing; nothing was done"
                )
    finally:
        engine.dispose()

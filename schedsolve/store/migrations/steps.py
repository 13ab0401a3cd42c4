"""Steps of migrations that work on both databases."""

from __future__ import annotations

from alembic import op
from sqlalchemy.schema import SchemaItem

from ..tables.base import checked


def create(name: str, *parts: SchemaItem) -> None:
    """Make a table with its indexes."""
    op.create_table(name, *checked(parts), sqlite_strict=True)


def drop(*names: str) -> None:
    """Drop tables, in this order."""
    for name in names:
        op.drop_table(name)


def only_grows(table: str) -> None:
    """Refuse to change or delete rows of a table."""
    message = f"{table} only grows: rows are neither changed nor deleted"
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    for verb in ("UPDATE", "DELETE", "TRUNCATE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        )


def may_change(table: str) -> None:
    """Take `only_grows` back."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")
        return
    for verb in ("update", "delete", "truncate"):
        op.execute(f"DROP TRIGGER {table}_no_{verb} ON {table}")
    op.execute(f"DROP FUNCTION {table}_refuse()")


def create_view(name: str, select: str) -> None:
    """Make a view."""
    op.execute(f"CREATE VIEW {name} AS {select}")


def drop_view(name: str) -> None:
    """Drop a view."""
    op.execute(f"DROP VIEW {name}")

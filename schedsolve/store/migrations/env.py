"""How Alembic meets the database: on the connection that it is handed, in one transaction."""

from __future__ import annotations

from alembic import context

from schedsolve.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
    compare_type=True,
)
context.run_migrations()

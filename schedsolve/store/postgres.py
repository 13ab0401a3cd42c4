"""PostgreSQL as a store, through psycopg 3; opening a connection goes through a breaker."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine.interfaces import Dialect

from ..errors import MissingExtraError
from .resilience import Breaker

CONNECT_SECONDS = 10
STATEMENT_SECONDS = 20


def server_engine(url: URL, breaker: Breaker) -> Engine:
    """Connections to a server; a statement may take 20 s.

    Raises
    ------
    MissingExtraError
        When psycopg is not installed.
    """
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise MissingExtraError("PostgreSQL needs psycopg: pip install 'schedsolve[postgres]'") from None
    engine = create_engine(
        url,
        connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "schedsolve"},
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=8,
        max_overflow=24,
    )

    @event.listens_for(engine, "do_connect")
    def _connect(dialect: Dialect, _record: object, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
        return breaker.call(lambda: dialect.connect(*arguments, **options))

    @event.listens_for(engine, "connect")
    def _limit(connection: Any, _record: object) -> None:
        connection.execute(f"SET statement_timeout = {STATEMENT_SECONDS * 1000}")
        connection.commit()

    return engine

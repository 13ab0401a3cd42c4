"""Free questions, for diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..engine import Store
from ..query import query as ask
from .asking import Document, told


def execute_query(store: Store, query: str, params: Mapping[str, Any] | None = None) -> list[Document]:
    """The rows of one SELECT. Raises QueryRefusedError and OperationTimeoutError."""
    return [{name: told(value) for name, value in row.items()} for row in ask(store, query, params).records()]

"""What commands that use the store share: its option, and a clear word where its libraries are missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..errors import MissingExtraError

if TYPE_CHECKING:
    from ..store.engine import Store

F = TypeVar("F", bound=Callable[..., Any])
VARIABLE = "SCHEDSOLVE_DB"


def db_option(command: F) -> F:
    """`--db URL`, by default of SCHEDSOLVE_DB."""
    option = click.option(
        "--db",
        metavar="URL",
        help=f"The store: sqlite:///FILE, postgresql://..., or a file's name. Without it, {VARIABLE} names the store.",
    )
    return option(command)


def from_store(module: str) -> ModuleType:
    """A module of the store, by its name there.

    Raises
    ------
    MissingExtraError
        When the libraries of the store are not installed.
    """
    try:
        return import_module(f"{__package__.rpartition('.')[0]}.store.{module}")
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.startswith("schedsolve"):
            raise
        raise MissingExtraError(f"the store needs {error.name}: pip install 'schedsolve[store]'") from None


@contextmanager
def opened(url: str | None) -> Iterator[Store]:
    """The store of a command, closed at its end. Raises MissingExtraError as `from_store` does."""
    open_store = from_store("engine").open_store
    from stamina.instrumentation import set_on_retry_hooks

    set_on_retry_hooks([])  # they would print; the store tells of retries itself
    with open_store(url) as store:
        yield store

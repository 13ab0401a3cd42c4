"""Tables from outside into the store: all rows or none, and a trial that leaves nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from ..errors import Problem, TableError
from ..model.text_file import MAX_PROBLEMS
from .engine import Store
from .resilience import SAVE

R = TypeVar("R")


@dataclass(frozen=True)
class Imported:
    """Rows of a file: those that were new, those that changed what was there, and what else to know."""

    added: int
    changed: int
    notes: tuple[str, ...] = ()


class _UndoneError(Exception):
    def __init__(self, imported: Imported) -> None:
        self.imported = imported


def import_rows(store: Store, work: Callable[[Connection], Imported], dry_run: bool = False) -> Imported:
    """Write rows in one transaction; with `dry_run` it is undone, and only what it would have done is told."""

    def once(connection: Connection) -> Imported:
        imported = work(connection)
        if dry_run:
            raise _UndoneError(imported)
        return imported

    try:
        return store.write(once, SAVE, "import")
    except _UndoneError as undone:
        return undone.imported


def require_all(source: str, rows: Sequence[R], faults: Callable[[R], Iterable[str]], hint: str = "") -> None:
    """Raise TableError with every row at fault, by its number from 1."""
    problems = [
        Problem(f"row {number}: {fault}", hint=hint) for number, row in enumerate(rows, 1) for fault in faults(row)
    ]
    if problems:
        raise TableError(source, problems[:MAX_PROBLEMS])


def require_once(source: str, keys: Sequence[object]) -> None:
    """Raise TableError when a key is there twice."""
    seen: dict[object, int] = {}
    problems = []
    for number, key in enumerate(keys, 1):
        if key in seen:
            told = " ".join(map(str, key)) if isinstance(key, tuple) else key
            problems.append(Problem(f"row {number}: {told} is there already, in row {seen[key]}", hint="keep one"))
        seen.setdefault(key, number)
    if problems:
        raise TableError(source, problems[:MAX_PROBLEMS])


def counted(held: Collection[object], keys: Iterable[object], notes: Sequence[str] = ()) -> Imported:
    """How many keys are new, and how many were held."""
    wanted = list(keys)
    changed = sum(key in held for key in wanted)
    return Imported(len(wanted) - changed, changed, tuple(notes))

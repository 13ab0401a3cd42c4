"""Long work at the command line: progress on stderr, and a first Ctrl-C that asks it to end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from .interruption import Interruptible
from .progress import ProgressLine

if TYPE_CHECKING:
    from ..solver.progress import Cancellation, Progress

    Watch = Callable[[Progress], None] | None

T = TypeVar("T")


def watched(work: Callable[[Watch, Cancellation], T], quiet: bool, so_far: str = "the best plan so far") -> T:
    """The result of the work, which is given what it tells its progress to and what may cancel it.

    `so_far` says what a first Ctrl-C leaves the user with.

    Raises what the work raised.
    """
    from ..solver.progress import Cancellation

    cancellation = Cancellation()
    if quiet:
        return Interruptible(lambda: work(None, cancellation), cancellation).run()
    line = ProgressLine()
    try:
        return Interruptible(
            lambda: work(line.told, cancellation), cancellation, line.tick, lambda: line.stopping(so_far)
        ).run()
    finally:
        line.close()

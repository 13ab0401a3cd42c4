"""The error tree: every failure a caller may meet, each with the exit code of the command line.

SchedsolveError                     70
+-- InputError                       3   a file cannot be used
|   +-- ScenarioError                3   the scenario or plan file cannot be used
|   +-- TableError                   3   the table of results cannot be used
+-- VolumeError                      3   the figures of a creator make no volume
+-- MissingExtraError                2   the function needs an optional dependency that is not installed
+-- InfeasibleError                  4   no plan can hold the rules
+-- NoPlanError                      5   no plan was found within the limits
+-- AuditError                      70   a plan of our own broke a rule: a bug, nothing is returned
+-- InvalidTransitionError          70   the rotation state machine was asked for a change it does not know
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault in an input file: where it is, what was found, and what to do.

    `line` and `column` count from 1 and are None where the fault has no place in a text (an unreadable file,
    a scenario built in Python). `path` is the dotted path in the document, such as `rules.min-spacing.minutes`.
    """

    message: str
    path: str = ""
    line: int | None = None
    column: int | None = None
    hint: str = ""

    def render(self, source: str) -> str:
        """`source:line:column: path: message (hint)`, leaving out what is not known."""
        place = source
        if self.line is not None:
            place += f":{self.line}"
            if self.column is not None:
                place += f":{self.column}"
        parts = [place]
        if self.path:
            parts.append(self.path)
        text = ": ".join([*parts, self.message])
        return f"{text} ({self.hint})" if self.hint else text


class SchedsolveError(Exception):
    """Base of every error this package raises on purpose."""

    exit_code = 70


class InputError(SchedsolveError):
    """A file that cannot be used; `problems` holds every fault found, not the first only."""

    exit_code = 3

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.render(source) for problem in self.problems))


class ScenarioError(InputError):
    """A scenario or plan file that cannot be used."""


class TableError(InputError):
    """A table (CSV or JSON rows) that cannot be used."""


class MissingExtraError(SchedsolveError):
    """A function needs a library of an optional extra; the message says how to install it."""

    exit_code = 2


class VolumeError(SchedsolveError):
    """Figures of a creator from which no volume can be made; `faults` says what is wrong with them."""

    exit_code = 3

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("no volume can be made: " + "; ".join(faults))


class InfeasibleError(SchedsolveError):
    """The rules leave no plan at all; `reasons` names what is known of the conflict."""

    exit_code = 4

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(self.reasons) or "the rules leave no plan")


class NoPlanError(SchedsolveError):
    """The limits ran out, or the caller cancelled, before a first plan was found."""

    exit_code = 5


class AuditError(SchedsolveError):
    """A plan made by this engine failed its own audit: a bug, to be reported with the seed."""

    exit_code = 70


class InvalidTransitionError(SchedsolveError):
    """A rotation state change that the state machine does not allow."""

"""Errors -> exit codes and messages: readable on stderr, and with --json one document on stdout.

0 ok                                 5 no plan within the limits
1 differs (replay)                   6 shortfall under --strict
2 usage                              7 the audit found violations, or validation rejects
3 invalid scenario, plan or table   70 internal error
4 infeasible
"""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Any

import click

from ..errors import AuditError, InputError, Problem, SchedsolveError
from .terminal import emit, say

DEBUG = "SCHEDSOLVE_DEBUG"


class ExitCode(IntEnum):
    """What the command ends with."""

    OK = 0
    DIFFERS = 1
    USAGE = 2
    INVALID = 3
    INFEASIBLE = 4
    NO_PLAN = 5
    SHORTFALL = 6
    VIOLATIONS = 7
    INTERNAL = 70
    INTERRUPTED = 130


@dataclass(frozen=True)
class Failure:
    """How a command failed: its exit code, what to say, and the faults of a file one by one."""

    exit_code: int
    message: str
    problems: tuple[Problem, ...] = ()
    source: str = ""

    def to_json(self) -> str:
        """The failure as one JSON document."""
        error: dict[str, Any] = {"exit_code": int(self.exit_code), "message": self.message}
        if self.source:
            error["source"] = self.source
        error["problems"] = [
            {key: asdict(problem)[key] for key in ("path", "line", "column", "message", "hint")}
            for problem in self.problems
        ]
        return json.dumps({"error": error}, indent=2, ensure_ascii=False) + "\n"


def failure_of(error: Exception) -> Failure:
    """What to tell of an exception."""
    if isinstance(error, InputError):
        return Failure(error.exit_code, str(error), error.problems, error.source)
    if isinstance(error, click.ClickException):
        return Failure(ExitCode.USAGE, error.format_message())
    if isinstance(error, SchedsolveError) and error.exit_code != ExitCode.INTERNAL:
        return Failure(error.exit_code, str(error) or type(error).__name__)
    return Failure(ExitCode.INTERNAL, _report_please(error))


def _report_please(error: Exception) -> str:
    what = "the plan failed its own audit" if isinstance(error, AuditError) else "internal error"
    notes = getattr(error, "__notes__", [])
    return "\n".join(
        [
            f"{what}: {type(error).__name__}: {error}",
            "This is a defect of schedsolve, not of your file; nothing was saved.",
            "Please report it with the scenario file, this message and the versions below.",
            *notes,
            _versions(),
            f"Set {DEBUG}=1 to see where it happened.",
        ]
    )


def _versions() -> str:
    import platform
    from importlib.metadata import PackageNotFoundError, version

    told = []
    for package in ("schedsolve", "ortools"):
        try:
            told.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            told.append(f"{package} (not installed as a package)")
    return ", ".join([*told, f"Python {platform.python_version()}", platform.platform(terse=True)])


def report(error: Exception, as_json: bool) -> int:
    """Tell of an exception and return the exit code."""
    failure = failure_of(error)
    if failure.exit_code == ExitCode.INTERNAL and os.environ.get(DEBUG) == "1":
        say("".join(traceback.format_exception(error)))
    if isinstance(error, click.UsageError) and error.ctx is not None:
        say(error.ctx.get_usage())
        say(f"Try '{error.ctx.command_path} --help' for help.\n")
    say("\n".join(_messages(failure)))
    if as_json:
        emit(failure.to_json().encode())
    return failure.exit_code


def _messages(failure: Failure) -> Sequence[str]:
    if not failure.problems:
        return [f"Error: {failure.message}"]
    lines = [f"Error: {problem.render(failure.source)}" for problem in failure.problems]
    count = len(failure.problems)
    return lines if count == 1 else [*lines, f"{count} problems."]


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether the command line asks for JSON, as far as one can tell before (or without) parsing it."""
    options = list(arguments)
    if "--" in options:
        options = options[: options.index("--")]
    pairs = pairwise(options)
    return "--json" in options or "--format=json" in options or ("--format", "json") in pairs

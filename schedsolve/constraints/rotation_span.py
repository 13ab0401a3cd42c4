"""Rule `rotation-span`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ..model.catalog import Style
from ..model.timetable import Timetable
from .rule import Rule, Violation
from .wording import date_of


@dataclass(frozen=True)
class _Run:
    """Days [first, end) on which one pattern holds; None where the plan tells none."""

    pattern: tuple[Style, ...] | None
    first: int
    end: int


@dataclass(frozen=True)
class RotationSpan(Rule):
    """A rotation pattern is kept `shortest` to `longest` days, days before the plan counted as history tells.

    The pattern at the end of the plan may still be young; one that history kept too long must change on the
    first day. Without history the first pattern starts with the plan.
    """

    id = "rotation-span"
    severity = "high"
    needs = ("days",)

    shortest: int
    longest: int

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Patterns dropped too early or kept too long."""
        runs = _runs(plan)
        for place, run in enumerate(runs):
            if run.pattern is None:
                continue
            opened = place == 0 or runs[place - 1].pattern is not None
            closed = place + 1 < len(runs) and runs[place + 1].pattern is not None
            kept = run.end - run.first
            too_long = kept > self.longest and run.end > 0
            if too_long or (opened and closed and kept < self.shortest):
                yield self.broken(
                    date_of(plan.week, max(run.first, 0)),
                    kept - self.longest if too_long else self.shortest - kept,
                    f"{'-'.join(run.pattern)} is kept {kept} days from {date_of(plan.week, run.first)}; "
                    f"{self.shortest} to {self.longest} are allowed",
                )


def _runs(plan: Timetable) -> list[_Run]:
    """The runs of equal patterns; the first reaches back as far as history knows its pattern."""
    week = plan.week
    runs: list[_Run] = []
    for pattern, records in groupby(plan.days[: week.horizon.days], key=lambda record: record.pattern):
        first = runs[-1].end if runs else 0
        runs.append(_Run(pattern, first, first + len(list(records))))
    handed = week.scenario.history.rotation
    if handed is None or not runs:
        return runs
    started = min(0, (handed.started - week.horizon.first).days)
    if runs[0].pattern == handed.pattern:
        return [_Run(handed.pattern, started, runs[0].end), *runs[1:]]
    return [_Run(handed.pattern, started, 0), *runs]

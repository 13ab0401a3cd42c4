"""The ratio check: whether bumps and pay-per-view sends stand in the ratio that their ranges allow.

With p pay-per-view sends and b bumps, b/p is to lie between the fewest bumps over the most pay-per-view sends and the
most bumps over the fewest, a fifth further off allowed. All comparisons are between fractions, ends included.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from ..model.fields import Day
from ..model.week import CountRange
from .kpis.columns import Count, once
from .tables import Row

TOLERANCE = Fraction(1, 5)
Outcome = Literal["nothing_planned", "bumps_without_ppv", "bumps_missing", "too_low", "too_high", "in_range"]
Severity = Literal["error", "warning", "none"]
SEVERITIES: dict[Outcome, Severity] = {
    "nothing_planned": "warning",
    "bumps_without_ppv": "error",
    "bumps_missing": "error",
    "too_low": "error",
    "too_high": "warning",
    "in_range": "none",
}
VALID: tuple[Outcome, ...] = ("nothing_planned", "in_range")


class CountedDay(Row):
    """A day of a schedule: its pay-per-view sends and its bumps."""

    date: Day
    ppv_count: Count
    bump_count: Count


@dataclass(frozen=True)
class RatioRange:
    """Bumps for one pay-per-view send: the least and the greatest that the ranges of both allow."""

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, ppv: CountRange, bumps: CountRange) -> RatioRange:
        """The range of the ratio; raises ValueError unless 1 <= low <= high for the one and 0 <= low <= high."""
        for name, least, counts in (("pay-per-view", 1, ppv), ("bump", 0, bumps)):
            if not least <= counts.low <= counts.high:
                stated = f"{name} range {counts.low}-{counts.high}"
                raise ValueError(f"{stated}: it must begin at {least} or above, low end first")
        return cls(Fraction(bumps.low, ppv.high), Fraction(bumps.high, ppv.low))

    @property
    def band(self) -> tuple[Fraction, Fraction]:
        """The ends with the tolerance, both allowed."""
        return self.low * (1 - TOLERANCE), self.high * (1 + TOLERANCE)


@dataclass(frozen=True)
class RatioFinding:
    """What was found of one day, or of the whole schedule (`scope` tells which).

    `ratio` is None without pay-per-view sends. `to_add` is the number of bumps that bring a low ratio up to the range.
    """

    scope: str
    outcome: Outcome
    ppv: int
    bumps: int
    ratio: Fraction | None
    expected: RatioRange
    to_add: int
    text: str

    @property
    def is_valid(self) -> bool:
        """Whether it is no fault."""
        return self.outcome in VALID

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return SEVERITIES[self.outcome]


@dataclass(frozen=True)
class RatioCheck:
    """Findings by date, and that of the whole schedule, which alone decides."""

    days: tuple[RatioFinding, ...]
    whole: RatioFinding

    @property
    def is_valid(self) -> bool:
        """Whether the whole schedule is."""
        return self.whole.is_valid


def check_ratio(days: Iterable[CountedDay], ppv: CountRange, bumps: CountRange) -> RatioCheck:
    """Check every day and the whole schedule against the ranges of a day. The order of days is irrelevant.

    Raises
    ------
    TableError
        When a date is there twice.
    ValueError
        When a range is none, or allows no pay-per-view send.
    """
    expected = RatioRange.of(ppv, bumps)
    held = sorted(once(days, lambda day: (day.date,), "days"), key=lambda day: day.date)
    return RatioCheck(
        tuple(ratio_finding(day.date.isoformat(), day.ppv_count, day.bump_count, expected) for day in held),
        ratio_finding("schedule", sum(day.ppv_count for day in held), sum(day.bump_count for day in held), expected),
    )


def ratio_finding(scope: str, ppv: int, bumps: int, expected: RatioRange) -> RatioFinding:
    """The finding of some counts; raises ValueError when one is negative."""
    if ppv < 0 or bumps < 0:
        raise ValueError(f"{scope}: found {ppv} pay-per-view sends and {bumps} bumps, counts are 0 or more")
    outcome = _outcome(ppv, bumps, expected)
    ratio = Fraction(bumps, ppv) if ppv else None
    to_add = ceil(expected.low * ppv - bumps) if outcome == "too_low" else 0
    told = _text(outcome, ppv, bumps, expected, to_add)
    return RatioFinding(scope, outcome, ppv, bumps, ratio, expected, to_add, f"{scope}: {told}")


def _outcome(ppv: int, bumps: int, expected: RatioRange) -> Outcome:
    if ppv == 0:
        return "bumps_without_ppv" if bumps else "nothing_planned"
    if bumps == 0:
        return "bumps_missing"
    least, most = expected.band
    if Fraction(bumps, ppv) < least:
        return "too_low"
    return "too_high" if Fraction(bumps, ppv) > most else "in_range"


def _text(outcome: Outcome, ppv: int, bumps: int, expected: RatioRange, to_add: int) -> str:
    counts = f"{bumps} bump{'s' * (bumps != 1)} for {ppv} pay-per-view send{'s' * (ppv != 1)}"
    wanted = f"expected {float(expected.low):.2f} to {float(expected.high):.2f}"
    ratio = f"a ratio of {bumps / ppv:.2f}, {wanted}" if ppv else ""
    return {
        "nothing_planned": "neither pay-per-view sends nor bumps are planned",
        "bumps_without_ppv": f"{counts}: there is nothing that they could lead to",
        "bumps_missing": f"{counts}: engagement content is missing",
        "too_low": f"{counts}, {ratio}: too low, {to_add} more bump{'s' * (to_add != 1)} would do",
        "too_high": f"{counts}, {ratio}: too high, inboxes tire",
        "in_range": f"{counts}, {ratio}",
    }[outcome]

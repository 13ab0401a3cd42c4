"""A test's design: how many observations it needs, and how long they take."""

from __future__ import annotations

from dataclasses import dataclass

from .collecting import ASSUMED_RATE, days_to_collect, rate_to_be_done
from .power import required_sample
from .record import ABTest


@dataclass(frozen=True)
class Design:
    """What a test asks for.

    Attributes
    ----------
    per_group, total
        Observations needed in each group, and in both.
    stated
        Whether the test itself states the number, instead of leaving it to the power calculation.
    cv
        Coefficient of variation of the metric; None: the effect is in standard deviations.
    rate, days
        Observations a day and group, and the days that they take.
    needed_rate
        Observations a day and group that the test's own duration asks for.
    """

    test: ABTest
    per_group: int
    total: int
    stated: bool
    cv: float | None
    rate: float
    days: int
    needed_rate: int

    @property
    def in_time(self) -> bool:
        """Whether the observations are there within the test's duration."""
        return self.days <= self.test.duration_days


def design(test: ABTest, *, cv: float | None = None, rate: float = ASSUMED_RATE) -> Design:
    """What a test asks for, at `rate` observations a day and group.

    Raises
    ------
    ValueError
        When `cv` or `rate` is out of range.
    """
    needed = required_sample(test, cv)
    return Design(
        test=test,
        per_group=needed,
        total=2 * needed,
        stated=bool(test.min_sample_size),
        cv=cv,
        rate=rate,
        days=days_to_collect(needed, rate),
        needed_rate=rate_to_be_done(needed, test.duration_days),
    )

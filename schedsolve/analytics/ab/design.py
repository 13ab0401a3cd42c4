"""A test's design: how many observations it needs, and how long they take."""

from __future__ import annotations

from dataclasses import dataclass

from .collecting import ASSUMED_RATE, check_rate, days_to_collect, rate_to_be_done
from .power import required_sample
from .record import ABTest


@dataclass(frozen=True)
class Design:
    """Observations needed in each group, `rate` of them a day and group, within a test of `duration_days`."""

    per_group: int
    duration_days: int
    rate: float = ASSUMED_RATE

    def __post_init__(self) -> None:
        check_rate(self.rate)

    @property
    def total(self) -> int:
        """Observations of both groups."""
        return 2 * self.per_group

    @property
    def days(self) -> int:
        """Days until both groups are complete."""
        return days_to_collect(self.per_group, self.rate)

    @property
    def in_time(self) -> bool:
        """Whether that is within the test's duration."""
        return self.days <= self.duration_days

    @property
    def needed_rate(self) -> int:
        """Observations a day and group that the duration asks for."""
        return rate_to_be_done(self.per_group, self.duration_days)


def design(test: ABTest, *, cv: float | None = None, rate: float = ASSUMED_RATE) -> Design:
    """What a test asks for; `cv` is the primary metric's coefficient of variation where it is known.

    Raises
    ------
    ValueError
        When `cv` or `rate` is out of range.
    """
    return Design(required_sample(test, cv), test.duration_days, rate)

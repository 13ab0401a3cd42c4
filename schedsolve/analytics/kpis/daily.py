"""A day of a schedule in counts: what went out, and the bumps for every PPV that were expected."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import model_validator

from ...model.fields import Day
from ..tables import Row
from .columns import Count, CreatorId, Ratio, once


class ScheduleDay(Row):
    """One creator's day. `expected_min` and `expected_max` bound the ratio; both are empty where none is expected."""

    creator_id: CreatorId = None
    date: Day
    ppv_count: Count
    bump_count: Count
    expected_min: Ratio | None = None
    expected_max: Ratio | None = None
    followup_count: Count | None = None

    @model_validator(mode="after")
    def _range_in_order(self) -> ScheduleDay:
        if (self.expected_min is None) != (self.expected_max is None):
            raise ValueError("give both expected_min and expected_max, or neither")
        if self.expected_min is not None and self.expected_max is not None and self.expected_min > self.expected_max:
            raise ValueError(f"expected_min {self.expected_min} is more than expected_max {self.expected_max}")
        return self

    @property
    def ratio(self) -> float | None:
        """Bumps for every PPV; None without PPV."""
        return self.bump_count / self.ppv_count if self.ppv_count else None


def each_day_once(days: Iterable[ScheduleDay]) -> tuple[ScheduleDay, ...]:
    """The days; raises TableError when a creator's day is there twice."""
    return once(days, lambda day: (day.creator_id, day.date), "days")

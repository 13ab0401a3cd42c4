"""Figures by which schedules are accepted, measured on one schedule; they cost no points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ...model.validation_report import Gate
from .captions import used_twice
from .followups import COVERAGE_ABOVE, coverage
from .schedule import Schedule

FRESHNESS_ABOVE = 60
"""Average freshness 0-100 of the captions in use."""
TWICE_BELOW = 5
"""Percent of the items whose caption was used before in the week."""


def gates(schedule: Schedule) -> tuple[Gate, ...]:
    """Average caption freshness, captions used twice, and followups of the parents that may have one."""
    return tuple(_gates(schedule))


def _gates(schedule: Schedule) -> Iterator[Gate]:
    scores = [item.freshness for item in schedule.items if item.freshness is not None]
    average = sum(scores) / len(scores) if scores else None
    yield _gate("acc-quality", "average caption freshness", average, "above", FRESHNESS_ABOVE)
    twice = used_twice(schedule)
    share = 100 * twice.affected / twice.examined if twice.examined else None
    yield _gate("acc-quality", "percent of items with a caption used before", share, "below", TWICE_BELOW)
    followed, counted = coverage(schedule)
    rate = 100 * followed / counted if counted else None
    yield _gate("acc-followup-rate", "percent of parents with a followup", rate, "above", float(100 * COVERAGE_ABOVE))


def _gate(name: str, figure: str, value: float | None, bound: Literal["above", "below"], limit: float) -> Gate:
    passed = None if value is None else value > limit if bound == "above" else value < limit
    rounded = None if value is None else round(value, 2)
    return Gate(id=name, figure=figure, value=rounded, limit=limit, bound=bound, passed=passed)

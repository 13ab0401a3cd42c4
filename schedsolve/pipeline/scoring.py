"""A plan's value, told rule by rule, from the plan alone."""

from __future__ import annotations

from ..constraints.preference import POINT
from ..constraints.preferences import preferences_of
from ..model.timetable import Timetable


def score_units(plan: Timetable) -> dict[str, int]:
    """Units (thousandths of a point) earned under each preference; their sum is the objective."""
    return {preference.id: preference.score(plan) for preference in preferences_of(plan.week)}


def points(units: int) -> float:
    """Units -> points."""
    return units / POINT

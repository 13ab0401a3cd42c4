"""KPI `volume_prediction_mape`: how far the predicted revenue is from the actual one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Annotated

from pydantic import Field

from ...model.fields import Day
from ..tables import Row
from .columns import CreatorId, Dollars, Truth, once
from .kpi import Interval, Kpi, Reading, Unit

MAPE = Kpi(
    "volume_prediction_mape",
    "mean error of the predicted revenue per day",
    Unit.PERCENT,
    target=Interval(high=15, ends=False),
    alert=Interval(low=25, ends=False),
)
PredictionId = Annotated[int, Field(ge=0, lt=2**63)]


class Prediction(Row):
    """What a week was expected to earn a day."""

    prediction_id: PredictionId
    creator_id: CreatorId = None
    week_start: Day | None = None
    predicted_revenue_per_day: Dollars


class WeeklyActual(Row):
    """What it did earn; only complete weeks count."""

    prediction_id: PredictionId
    actual_revenue_per_day: Dollars | None
    is_complete: Truth


@dataclass(frozen=True)
class PredictedWeek:
    """A complete week with both figures; `percentage_error` is None where it earned nothing."""

    prediction_id: int
    creator_id: str | None
    week_start: date | None
    predicted_revenue_per_day: float
    actual_revenue_per_day: float
    percentage_error: float | None


def predicted_weeks(predictions: Iterable[Prediction], actuals: Iterable[WeeklyActual]) -> tuple[PredictedWeek, ...]:
    """Predictions joined to actuals on `prediction_id`, in the order of the predictions.

    Raises
    ------
    TableError
        When a prediction_id is there twice in one of the tables.
    """
    held = {actual.prediction_id: actual for actual in once(actuals, lambda actual: (actual.prediction_id,), "actuals")}
    weeks = []
    for one in once(predictions, lambda prediction: (prediction.prediction_id,), "predictions"):
        actual = held.get(one.prediction_id)
        if actual is not None and actual.is_complete and actual.actual_revenue_per_day is not None:
            predicted, earned = one.predicted_revenue_per_day, actual.actual_revenue_per_day
            error = 100 * abs(predicted - earned) / earned if earned else None
            weeks.append(PredictedWeek(one.prediction_id, one.creator_id, one.week_start, predicted, earned, error))
    return tuple(weeks)


def volume_prediction_mape(predictions: Iterable[Prediction], actuals: Iterable[WeeklyActual]) -> Reading:
    """Mean of |predicted - actual| / actual x 100 over the complete weeks that earned anything."""
    errors = [
        week.percentage_error for week in predicted_weeks(predictions, actuals) if week.percentage_error is not None
    ]
    return MAPE.reading(fsum(errors) / len(errors) if errors else None, len(errors))

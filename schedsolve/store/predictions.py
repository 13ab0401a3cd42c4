"""What weeks were expected to bring, and what they brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from ..errors import StoreError
from ..model.volume import Prediction
from .engine import Store
from .errors import UnknownReferenceError
from .moments import Clock, cents
from .moments import now as _now
from .tables import predictions, weekly_actuals
from .upsert import upsert


@dataclass(frozen=True)
class StoredPredictions:
    """Keeps predictions of the volume stage under numbers from 1."""

    store: Store
    clock: Clock = _now

    def record(self, prediction: Prediction) -> int:
        """Keep a prediction and give its number. Raises OSError where the store cannot keep it."""
        try:
            return self.store.write(
                lambda connection: put_prediction(connection, prediction, self.clock()), name="record_prediction"
            )
        except StoreError as error:
            raise OSError(str(error)) from error


def put_prediction(connection: Connection, prediction: Prediction, now: datetime) -> int:
    """Keep a prediction and give its number."""
    row = {
        "creator_id": prediction.creator_id,
        "week_start": date.fromisoformat(prediction.week_start),
        "made_at": now,
        "predicted": prediction.model_dump(mode="json"),
        "predicted_revenue_per_day_cents": cents(prediction.predicted_revenue_per_day),
    }
    number = connection.execute(insert(predictions).values(row).returning(predictions.c.prediction_id)).scalar_one()
    return int(number)


def put_actual(connection: Connection, prediction_id: int, revenue_per_day: float | None, is_complete: bool) -> None:
    """Set what a predicted week brought a day, and how far the prediction was off.

    Raises
    ------
    UnknownReferenceError
        When there is no such prediction.
    """
    mine = predictions.c.prediction_id == prediction_id
    expected = connection.scalar(select(predictions.c.predicted_revenue_per_day_cents).where(mine))
    if expected is None:
        raise UnknownReferenceError([f"no prediction {prediction_id} is known"])
    observed = cents(revenue_per_day)
    known = is_complete and bool(observed)
    error = 100 * abs(expected - observed) / observed if known and observed else None
    connection.execute(update(predictions).where(mine).values(observed_revenue_per_day_cents=observed, error=error))
    actual = {"prediction_id": prediction_id, "actual_revenue_per_day_cents": observed, "is_complete": is_complete}
    upsert(connection, weekly_actuals, [actual])

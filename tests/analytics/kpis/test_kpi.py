from __future__ import annotations

import pytest

from schedsolve.analytics.kpis.bump_compliance import COMPLIANCE
from schedsolve.analytics.kpis.campaign_adherence import ADHERENCE
from schedsolve.analytics.kpis.estimate_accuracy import ACCURACY
from schedsolve.analytics.kpis.followup_utilization import UTILIZATION
from schedsolve.analytics.kpis.game_variance import VARIANCE
from schedsolve.analytics.kpis.kpi import Kpi, State
from schedsolve.analytics.kpis.limit_violations import VIOLATIONS
from schedsolve.analytics.kpis.prediction_error import MAPE
from schedsolve.analytics.kpis.trait_lift import LIFT

TARGET, WATCH, ALERT = State


@pytest.mark.parametrize(
    ("kpi", "target", "alert"),
    [
        (ADHERENCE, ">= 90%", "< 75%"),
        (COMPLIANCE, ">= 85%", "< 70%"),
        (MAPE, "< 15%", "> 25%"),
        (LIFT, "> 20%", "< 5%"),
        (UTILIZATION, "75%-100%", "< 50%"),
        (VIOLATIONS, "0", "> 0"),
        (VARIANCE, "< 0.5", "> 0.75"),
        (ACCURACY, "> 85%", "< 70%"),
    ],
)
def test_targets_and_alerts_are_as_specified(kpi: Kpi, target: str, alert: str) -> None:
    assert kpi.target.words(kpi.unit) == target
    assert kpi.alert.words(kpi.unit) == alert


@pytest.mark.parametrize(
    ("kpi", "value", "state"),
    [
        (ADHERENCE, 90.0, TARGET),
        (ADHERENCE, 89.99, WATCH),
        (ADHERENCE, 75.0, WATCH),
        (ADHERENCE, 74.99, ALERT),
        (COMPLIANCE, 85.0, TARGET),
        (COMPLIANCE, 70.0, WATCH),
        (COMPLIANCE, 69.9, ALERT),
        (MAPE, 14.99, TARGET),
        (MAPE, 15.0, WATCH),
        (MAPE, 25.0, WATCH),
        (MAPE, 25.01, ALERT),
        (LIFT, 20.01, TARGET),
        (LIFT, 20.0, WATCH),
        (LIFT, 5.0, WATCH),
        (LIFT, 4.99, ALERT),
        (LIFT, -30.0, ALERT),
        (UTILIZATION, 75.0, TARGET),
        (UTILIZATION, 100.0, TARGET),
        (UTILIZATION, 100.1, WATCH),
        (UTILIZATION, 50.0, WATCH),
        (UTILIZATION, 49.9, ALERT),
        (VIOLATIONS, 0.0, TARGET),
        (VIOLATIONS, 1.0, ALERT),
        (VARIANCE, 0.49, TARGET),
        (VARIANCE, 0.50, WATCH),
        (VARIANCE, 0.75, WATCH),
        (VARIANCE, 0.751, ALERT),
        (ACCURACY, 0.851, TARGET),
        (ACCURACY, 0.85, WATCH),
        (ACCURACY, 0.70, WATCH),
        (ACCURACY, 0.699, ALERT),
    ],
)
def test_between_target_and_alert_a_value_is_to_be_watched(kpi: Kpi, value: float, state: State) -> None:
    assert kpi.reading(value, 1).state is state


@pytest.mark.parametrize("kpi", [ADHERENCE, COMPLIANCE, MAPE, LIFT, UTILIZATION, VIOLATIONS, VARIANCE, ACCURACY])
def test_without_data_there_is_neither_value_nor_state(kpi: Kpi) -> None:
    assert (kpi.reading(None, 0).value, kpi.reading(None, 0).state) == (None, None)


def test_a_value_is_judged_without_its_binary_noise() -> None:
    """100 x (1.15 - 1) is 14.999999999999991, and stands for the 15 that is no longer on target."""
    assert MAPE.reading(100 * (1.15 - 1), 1).state is WATCH


def test_values_are_told_as_a_person_reads_them() -> None:
    assert [kpi.unit.words(0.8765) for kpi in (MAPE, ACCURACY, VARIANCE, VIOLATIONS)] == [
        "0.88%",
        "87.65%",
        "0.88",
        "1",
    ]

"""Properties of all KPIs together: order, emptiness, extremes."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from math import isfinite
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from schedsolve.analytics.kpis.campaign_adherence import AuditedCampaign
from schedsolve.analytics.kpis.daily import ScheduleDay
from schedsolve.analytics.kpis.dashboard import Results, dashboard
from schedsolve.analytics.kpis.estimate_accuracy import StoredEstimate
from schedsolve.analytics.kpis.game_variance import GamePlay
from schedsolve.analytics.kpis.limit_violations import WeekOfType
from schedsolve.analytics.kpis.prediction_error import Prediction, WeeklyActual
from schedsolve.analytics.kpis.trait_lift import TraitResult

NAMES = [
    "campaign_frequency_adherence",
    "bump_ratio_compliance",
    "volume_prediction_mape",
    "trait_recommendation_lift",
    "followup_limit_utilization",
    "weekly_limit_violations",
    "game_type_revenue_variance",
    "bayesian_estimate_accuracy",
]
COUNT = st.integers(0, 12) | st.just(10**9)
MONEY = st.floats(0.01, 10**9) | st.sampled_from([0.0, 10.0**9, 10.0**12, 1e-6])
CREATOR = st.sampled_from(["alexia", "bella", None])
DAY = st.dates(date(2025, 1, 1), date(2025, 12, 31))
GAME = st.sampled_from(["spin_the_wheel", "card_game"])


@st.composite
def results(draw: st.DrawFn) -> Results:
    def rows(one: st.SearchStrategy, unique: object = None) -> tuple:  # type: ignore[type-arg]
        return tuple(draw(st.lists(one, max_size=8, unique_by=unique)))  # type: ignore[arg-type]

    return Results(
        campaigns=rows(st.builds(AuditedCampaign, campaign_type=GAME, date=DAY, is_compliant=st.booleans())),
        days=rows(
            st.builds(
                ScheduleDay,
                creator_id=CREATOR,
                date=DAY,
                ppv_count=COUNT,
                bump_count=COUNT,
                expected_min=st.just(0.5),
                expected_max=st.floats(0.5, 4),
                followup_count=COUNT,
            ),
            lambda row: (row.creator_id, row.date),
        ),
        weeks=rows(
            st.builds(
                WeekOfType, week_start=DAY, send_type_key=st.sampled_from(["vip_program", "bundle"]), actual=COUNT
            ),
            lambda row: (row.week_start, row.send_type_key),
        ),
        predictions=rows(
            st.builds(Prediction, prediction_id=st.integers(0, 9), predicted_revenue_per_day=MONEY),
            lambda row: row.prediction_id,
        ),
        actuals=rows(
            st.builds(
                WeeklyActual, prediction_id=st.integers(0, 9), actual_revenue_per_day=MONEY, is_complete=st.booleans()
            ),
            lambda row: row.prediction_id,
        ),
        traits=rows(st.builds(TraitResult, trait=GAME, revenue_with_trait=MONEY, baseline=MONEY)),
        games=rows(st.builds(GamePlay, creator_id=CREATOR, game_type=GAME, earnings=MONEY)),
        estimates=rows(
            st.builds(StoredEstimate, creator_id=CREATOR, game_type=GAME, estimate=MONEY),
            lambda row: (row.creator_id, row.game_type),
        ),
    )


@given(results(), st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(held: Results, random: Random) -> None:
    mixed = {table.name: getattr(held, table.name) for table in fields(held)}
    shuffled = replace(held, **{name: tuple(random.sample(rows, len(rows))) for name, rows in mixed.items()})
    assert dashboard(shuffled) == dashboard(held)


@given(results())
def test_every_value_is_a_finite_number_or_absent_for_want_of_rows(held: Results) -> None:
    for reading in dashboard(held):
        if reading.value is None:
            assert reading.counted == 0
            assert reading.state is None
        else:
            assert isfinite(reading.value)
            assert reading.counted > 0
            assert reading.state is not None


@given(results())
def test_shares_of_a_whole_stay_within_it(held: Results) -> None:
    for reading in dashboard(held)[:2]:
        assert reading.value is None or 0 <= reading.value <= 100


@given(results(), DAY)
def test_campaigns_count_on_30_days(held: Results, as_of: date) -> None:
    window = [as_of - timedelta(days=back) for back in range(30)]
    assert dashboard(held, as_of)[0].counted == sum(row.date in window for row in held.campaigns)


def test_the_eight_readings_come_in_the_dashboards_order() -> None:
    readings = dashboard(Results())
    assert [reading.kpi.name for reading in readings] == NAMES
    assert {reading.value for reading in readings} == {None}

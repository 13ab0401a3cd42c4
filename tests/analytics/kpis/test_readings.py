from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from schedsolve.analytics.kpis.bump_compliance import bump_ratio_compliance, is_compliant
from schedsolve.analytics.kpis.campaign_adherence import AuditedCampaign, campaign_frequency_adherence
from schedsolve.analytics.kpis.daily import ScheduleDay
from schedsolve.analytics.kpis.estimate_accuracy import StoredEstimate, bayesian_estimate_accuracy, estimated_games
from schedsolve.analytics.kpis.followup_utilization import followup_limit_utilization
from schedsolve.analytics.kpis.game_variance import (
    GamePlay,
    GameResult,
    game_results,
    game_type_revenue_variance,
    variance_within,
)
from schedsolve.analytics.kpis.kpi import State
from schedsolve.analytics.kpis.limit_violations import WeekOfType, weekly_limit_violations
from schedsolve.analytics.kpis.prediction_error import (
    Prediction,
    WeeklyActual,
    predicted_weeks,
    volume_prediction_mape,
)
from schedsolve.analytics.kpis.trait_lift import TraitResult, trait_recommendation_lift
from schedsolve.errors import TableError

MONDAY = date(2025, 1, 20)
RANGE = {"expected_min": 0.5, "expected_max": 2.0}


def days(*counts: tuple[int, int], **fields: Any) -> list[ScheduleDay]:
    """Days with these PPV and bump counts, one after the other."""
    return [
        ScheduleDay(date=MONDAY + timedelta(days=number), ppv_count=ppv, bump_count=bumps, **(RANGE | fields))
        for number, (ppv, bumps) in enumerate(counts)
    ]


def campaign(compliant: bool, day: date | None = None) -> AuditedCampaign:
    return AuditedCampaign(campaign_type="game_other", date=day, is_compliant=compliant)


def week(key: str, actual: int, **fields: Any) -> WeekOfType:
    return WeekOfType(**({"week_start": MONDAY, "send_type_key": key, "actual": actual} | fields))


def predicted(number: int, amount: float) -> Prediction:
    return Prediction(prediction_id=number, predicted_revenue_per_day=amount)


def earned(number: int, amount: float | None, complete: bool = True) -> WeeklyActual:
    return WeeklyActual(prediction_id=number, actual_revenue_per_day=amount, is_complete=complete)


def plays(game: str, *earnings: float, creator: str | None = None) -> list[GamePlay]:
    return [GamePlay(creator_id=creator, game_type=game, earnings=amount) for amount in earnings]


def test_adherence_is_the_share_of_compliant_campaigns() -> None:
    found = campaign_frequency_adherence([campaign(True)] * 9 + [campaign(False)])
    assert (found.value, found.counted, found.state) == (90.0, 10, State.TARGET)


def test_adherence_can_look_at_the_last_30_days_only() -> None:
    """The 30 days that end on 18 February begin on 20 January."""
    rows = [campaign(False, date(2025, 1, 19)), campaign(True, MONDAY), campaign(True, date(2025, 2, 18))]
    rows += [campaign(False, date(2025, 2, 19)), campaign(False)]
    found = campaign_frequency_adherence(rows, as_of=date(2025, 2, 18))
    assert (found.value, found.counted) == (100.0, 2)


@pytest.mark.parametrize(
    ("ppv", "bumps", "verdict"),
    [
        (4, 2, True),
        (4, 8, True),
        (4, 1, False),
        (4, 9, False),
        (4, 0, False),
        (0, 3, False),
        (0, 0, None),
        (10**9, 10**9, True),
    ],
)
def test_a_ratio_is_held_against_its_range_ends_included(ppv: int, bumps: int, verdict: bool | None) -> None:
    assert is_compliant(days((ppv, bumps))[0]) is verdict


def test_a_range_of_quotients_includes_its_ends() -> None:
    """5 to 8 bumps for 2 to 3 PPVs: 5/3 and 8/3 are no decimals."""
    ends = {"expected_min": 5 / 3, "expected_max": 8 / 3}
    assert [is_compliant(day) for day in days((3, 5), (3, 8), (6, 16), (3, 4), (3, 9), **ends)] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_day_without_a_range_is_judged_only_where_no_range_could_help() -> None:
    none = {"expected_min": None, "expected_max": None}
    assert [is_compliant(day) for day in days((3, 4), (0, 4), (0, 0), **none)] == [None, False, None]


def test_compliance_leaves_out_a_day_without_ppv_and_bumps() -> None:
    found = bump_ratio_compliance(days((2, 2), (0, 0), (2, 2), (0, 1), (2, 3)))
    assert (found.value, found.counted, found.state) == (75.0, 4, State.WATCH)


def test_the_prediction_error_is_the_mean_of_the_relative_ones() -> None:
    """|110 - 100| / 100 and |150 - 200| / 200 are 10% and 25%."""
    found = volume_prediction_mape([predicted(1, 110), predicted(2, 150)], [earned(2, 200), earned(1, 100)])
    assert (found.value, found.counted, found.state) == (17.5, 2, State.WATCH)


def test_the_prediction_error_leaves_out_what_has_no_actual() -> None:
    """Week 2 earned nothing, week 3 is not over, week 4 is not told, week 5 is unknown, and 6 was never predicted."""
    predictions = [predicted(number, 120) for number in range(1, 6)]
    actuals = [earned(1, 100), earned(2, 0), earned(3, 1, complete=False), earned(4, None), earned(6, 100)]
    found = volume_prediction_mape(predictions, actuals)
    assert (found.value, found.counted) == (20.0, 1)
    assert [(one.prediction_id, one.percentage_error) for one in predicted_weeks(predictions, actuals)] == [
        (1, 20.0),
        (2, None),
    ]


def test_a_huge_error_swallows_no_small_one_whatever_the_order() -> None:
    """10^20 percent and four times 8,000: a running sum that begins with the large one loses the others."""
    small = [(predicted(number, 81), earned(number, 1)) for number in range(4)]
    rows = [(predicted(9, 1e12), earned(9, 1e-6)), *small]
    readings = [
        volume_prediction_mape([one for one, _ in order], [other for _, other in order]) for order in (rows, rows[::-1])
    ]
    assert readings[0] == readings[1]


def test_the_lift_is_that_of_the_totals() -> None:
    """1,300 + 500 against 1,000 + 500; what has no baseline is left out."""
    rows = [
        TraitResult(trait="length", revenue_with_trait=1300, baseline=1000),
        TraitResult(trait="tone", revenue_with_trait=500, baseline=500),
        TraitResult(trait="price", revenue_with_trait=900, baseline=0),
    ]
    found = trait_recommendation_lift(rows)
    assert (found.value, found.counted, found.state) == (20.0, 2, State.WATCH)
    assert [row.lift for row in rows] == [30.0, 0.0, None]


@pytest.mark.parametrize(
    ("counts", "value", "state"),
    [
        ([4, 4, 4], 100.0, State.TARGET),
        ([4, 2], 75.0, State.TARGET),
        ([2, 2], 50.0, State.WATCH),
        ([1, 0], 12.5, State.ALERT),
        ([0], 0.0, State.ALERT),
        ([5, 5], 125.0, State.WATCH),
        ([None, 4], 100.0, State.TARGET),
    ],
)
def test_utilization_is_the_mean_of_the_days_against_four(counts: list[int | None], value: float, state: State) -> None:
    some = days(*[(1, 1)] * len(counts))
    rows = [day.model_copy(update={"followup_count": count}) for day, count in zip(some, counts, strict=True)]
    found = followup_limit_utilization(rows)
    assert (found.value, found.state) == (value, state)


def test_violations_are_weeks_of_vip_and_snapchat_over_their_limit() -> None:
    rows = [
        week("vip_program", 1),
        week("snapchat_bundle", 3),
        week("vip_program", 2, week_start=MONDAY + timedelta(days=7)),
        week("tip_goal", 9),
    ]
    found = weekly_limit_violations(rows)
    assert (found.value, found.counted, found.state) == (2.0, 3, State.ALERT)
    assert [(part.subject, part.value) for part in found.parts] == [
        ("2025-01-20 snapchat_bundle", 2),
        ("2025-01-27 vip_program", 1),
    ]


def test_a_limit_of_the_row_goes_before_the_catalogs() -> None:
    assert weekly_limit_violations([week("vip_program", 2, limit=2)]).value == 0.0
    assert weekly_limit_violations([week("vip_program", 1, limit=0)]).value == 1.0


BENCHMARK = [
    GameResult(None, "card_game", 22, 500, 300),
    GameResult(None, "mystery_box", 32, 3000, 1400),
    GameResult(None, "prize_wheel", 38, 2500, 1200),
    GameResult(None, "scratch_off", 28, 1200, 600),
    GameResult(None, "spin_the_wheel", 45, 5178.5, 2500),
]


def test_the_benchmarks_vary_by_what_is_specified_within_each_type() -> None:
    found = variance_within(BENCHMARK)
    assert {part.subject: round(part.value, 2) for part in found.parts} == {
        "spin_the_wheel": 0.48,
        "prize_wheel": 0.48,
        "mystery_box": 0.47,
        "scratch_off": 0.50,
        "card_game": 0.60,
    }
    assert (found.value, found.state) == (0.6, State.WATCH)


def test_variance_is_taken_within_each_game_type_and_creator() -> None:
    """Two steady games of very different earnings do not vary; mean 100 and squares 100 + 100 give 14.14 / 100."""
    rows = [*plays("spin", 5000, 5000), *plays("card", 90, 110), *plays("card", 900, 900, creator="bella")]
    found = game_type_revenue_variance(rows)
    assert [(part.subject, round(part.value, 4)) for part in found.parts] == [
        ("card", 0.1414),
        ("spin", 0.0),
        ("bella card", 0.0),
    ]
    assert (found.value, found.counted) == (pytest.approx(0.141421356), 6)


def test_a_single_play_and_a_game_without_earnings_have_no_variance() -> None:
    found = game_type_revenue_variance([*plays("spin", 5000), *plays("card", 0, 0)])
    assert (found.value, found.counted, found.parts) == (None, 0, ())


def test_a_result_is_count_mean_and_sample_deviation() -> None:
    assert game_results(plays("spin", 1, 2, 3, 4)) == (
        GameResult(None, "spin", 4, 2.5, pytest.approx((5 / 3) ** 0.5)),  # type: ignore[arg-type]
    )


def test_accuracy_is_one_less_the_mean_error_of_the_estimates() -> None:
    """Spin is 10% off, card 20%; dice was never played, bingo earned nothing."""
    rows = [*plays("spin", 900, 1100), *plays("card", 500), *plays("bingo", 0, 0), *plays("other", 7)]
    estimates = [
        StoredEstimate(game_type="spin", estimate=1100),
        StoredEstimate(game_type="card", estimate=400),
        StoredEstimate(game_type="dice", estimate=100),
        StoredEstimate(game_type="bingo", estimate=100),
    ]
    found = bayesian_estimate_accuracy(estimates, rows)
    assert (found.value, found.counted, found.state) == (0.85, 2, State.WATCH)
    assert [game.relative_error for game in estimated_games(estimates, rows)] == [0.1, 0.2, None]


def test_an_estimate_belongs_to_its_creator() -> None:
    estimate = StoredEstimate(creator_id="alexia", game_type="spin", estimate=100)
    assert bayesian_estimate_accuracy([estimate], plays("spin", 100, creator="bella")).value is None
    assert bayesian_estimate_accuracy([estimate], plays("spin", 100, creator="alexia")).value == 1.0


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda: bump_ratio_compliance(days((1, 1)) * 2), "days: 2025-01-20 is there twice"),
        (lambda: followup_limit_utilization(days((1, 1)) * 2), "days: 2025-01-20 is there twice"),
        (lambda: volume_prediction_mape([predicted(7, 1)] * 2, []), "predictions: 7 is there twice"),
        (lambda: volume_prediction_mape([], [earned(7, 1)] * 2), "actuals: 7 is there twice"),
        (
            lambda: weekly_limit_violations([week("vip_program", 1)] * 2),
            "limits: 2025-01-20 vip_program is there twice",
        ),
    ],
)
def test_a_row_that_is_there_twice_is_an_error(read: Any, message: str) -> None:
    with pytest.raises(TableError, match=message):
        read()


@pytest.mark.parametrize(
    ("row_type", "fields"),
    [
        (ScheduleDay, {"date": MONDAY, "ppv_count": -1, "bump_count": 0}),
        (ScheduleDay, {"date": MONDAY, "ppv_count": 1, "bump_count": -1}),
        (ScheduleDay, {"date": MONDAY, "ppv_count": 1, "bump_count": 1, "followup_count": -1}),
        (ScheduleDay, {"date": MONDAY, "ppv_count": 1, "bump_count": 1, "expected_min": 1.0}),
        (ScheduleDay, {"date": MONDAY, "ppv_count": 1, "bump_count": 1, "expected_min": 2.0, "expected_max": 1.0}),
        (WeekOfType, {"week_start": MONDAY, "send_type_key": "vip_program", "actual": -1}),
        (Prediction, {"prediction_id": 1, "predicted_revenue_per_day": -0.01}),
        (WeeklyActual, {"prediction_id": 1, "actual_revenue_per_day": float("nan"), "is_complete": True}),
        (WeeklyActual, {"prediction_id": 1, "actual_revenue_per_day": 1e-300, "is_complete": True}),
        (WeeklyActual, {"prediction_id": 1, "actual_revenue_per_day": 1.0, "is_complete": 2}),
        (TraitResult, {"trait": "tone", "revenue_with_trait": -1.0, "baseline": 1.0}),
        (GamePlay, {"game_type": "spin", "earnings": -1.0}),
        (StoredEstimate, {"game_type": "spin", "estimate": float("inf")}),
    ],
)
def test_negative_and_impossible_figures_are_refused(row_type: Any, fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        row_type(**fields)


def test_truth_may_be_written_as_1_and_0() -> None:
    rows = [AuditedCampaign(campaign_type="x", is_compliant=value) for value in (1, 0, True, False)]  # type: ignore[arg-type]
    assert [row.is_compliant for row in rows] == [True, False, True, False]

"""The dashboard's views, against rows whose values are known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from statistics import stdev
from typing import Any

import pytest

from schedsolve.model.volume import Prediction
from schedsolve.store.engine import Store
from schedsolve.store.errors import UnknownReferenceError
from schedsolve.store.predictions import StoredPredictions
from schedsolve.store.query import query
from schedsolve.store.results import Kind, add_results

from .weeks import MONDAY, add_creator, at

Rows = list[dict[str, Any]]


@pytest.fixture
def known(store: Store) -> Store:
    add_creator(store, "alexia")
    add_creator(store, "mia")
    return store


def add(store: Store, kind: Kind, *rows: dict[str, Any]) -> None:
    with store.writing() as connection:
        assert add_results(connection, kind, [{"creator_id": "alexia", **row} for row in rows]) == len(rows)


def view(store: Store, name: str) -> Rows:
    return query(store, f"SELECT * FROM {name} ORDER BY 1, 2, 3").records()


def test_campaigns_of_the_last_thirty_days(known: Store) -> None:
    today = datetime.now(UTC).date()
    rows = [(0, True), (1, True), (29, False), (30, False), (-1, False)]
    add(
        known,
        "campaigns",
        *(
            {"campaign_type": "game_other", "date": today - timedelta(days=ago), "is_compliant": kept}
            for ago, kept in rows
        ),
    )
    assert view(known, "v_campaign_frequency_adherence") == [
        {"creator_id": "alexia", "campaign_type": "game_other", "total": 3, "compliant": 2, "adherence_percent": 66.67}
    ]


def test_predictions_against_complete_weeks(known: Store) -> None:
    record = StoredPredictions(known, at()).record
    expected = {
        "creator_id": "alexia",
        "week_start": "2025-01-20",
        "tier": "high",
        "revenue_per_day": 6,
        "engagement_per_day": 5,
        "retention_per_day": 2,
        "weekly_distribution": {0: 13},
    }
    numbers = [record(Prediction(**expected, predicted_revenue_per_day=amount)) for amount in (220.5, 100, 90, 80)]
    assert numbers == [1, 2, 3, 4]
    add(
        known,
        "actuals",
        {"prediction_id": 1, "actual_revenue_per_day": 210.0, "is_complete": True},
        {"prediction_id": 2, "actual_revenue_per_day": 0.0, "is_complete": True},
        {"prediction_id": 3, "actual_revenue_per_day": 100.0, "is_complete": False},
        {"prediction_id": 4, "actual_revenue_per_day": None, "is_complete": True},
    )
    first, second = view(known, "v_volume_prediction_accuracy")
    assert str(first.pop("week_start")) == "2025-01-20"
    assert first == {
        "creator_id": "alexia",
        "prediction_id": 1,
        "predicted_revenue_per_day": 220.5,
        "actual_revenue_per_day": 210.0,
        "percentage_error": pytest.approx(5.0),
    }
    assert second["percentage_error"] is None
    with pytest.raises(UnknownReferenceError, match="no prediction 9"):
        add(known, "actuals", {"prediction_id": 9, "actual_revenue_per_day": 1.0, "is_complete": True})


@pytest.mark.parametrize(
    ("ppv", "bumps", "low", "high", "ratio", "compliant"),
    [
        (3, 6, 1.5, 2.0, 2.0, 1),
        (2, 3, 1.5, 2.0, 1.5, 1),
        (3, 7, 1.5, 2.0, 7 / 3, 0),
        (0, 2, 1.5, 2.0, None, 0),
        (2, 0, 1.5, 2.0, 0.0, 0),
        (2, 3, None, None, 1.5, None),
    ],
)
def test_bumps_for_every_ppv(
    known: Store,
    ppv: int,
    bumps: int,
    low: float | None,
    high: float | None,
    ratio: float | None,
    compliant: int | None,
) -> None:
    add(
        known,
        "days",
        {"date": MONDAY, "ppv_count": ppv, "bump_count": bumps, "expected_min": low, "expected_max": high},
        {"date": date(2025, 1, 21), "ppv_count": 0, "bump_count": 0, "expected_min": 1.5, "expected_max": 2.0},
    )
    (row,) = view(known, "v_bump_ratio_compliance")
    assert (row["ratio"], row["is_compliant"]) == (pytest.approx(ratio), compliant)


def test_followups_against_the_four_of_a_day(known: Store) -> None:
    days = [(20, 3), (21, None), (22, 0)]
    add(
        known,
        "days",
        *({"date": date(2025, 1, day), "ppv_count": 1, "bump_count": 1, "followup_count": n} for day, n in days),
    )
    rows = view(known, "v_followup_utilization")
    assert [(row["followup_count"], row["utilization_percent"]) for row in rows] == [(3, 75.0), (0, 0.0)]


def test_weeks_with_too_many_exclusive_sends(known: Store) -> None:
    add(
        known,
        "weeks",
        {"week_start": MONDAY, "send_type_key": "vip_program", "actual": 3, "limit": None},
        {"week_start": MONDAY, "send_type_key": "snapchat_bundle", "actual": 2, "limit": 2},
        {"week_start": MONDAY, "send_type_key": "tip_goal", "actual": 9, "limit": None},
        {"week_start": date(2025, 1, 27), "send_type_key": "vip_program", "actual": 1, "limit": None},
    )
    (row,) = view(known, "v_weekly_limit_violations")
    assert (row["send_type_key"], row["actual"], row["limit"], row["excess"]) == ("vip_program", 3, 1, 2)


def test_what_traits_earned_over_the_baseline(known: Store) -> None:
    add(
        known,
        "traits",
        {"trait": "video", "revenue_with_trait": 120.0, "baseline": 100.0},
        {"trait": "video", "revenue_with_trait": 130.0, "baseline": 100.0},
        {"trait": "short", "revenue_with_trait": 50.0, "baseline": 0.0},
    )
    short, video = view(known, "v_trait_lift")
    assert short["lift"] is None
    assert video == {
        "creator_id": "alexia",
        "trait": "video",
        "revenue_with_trait": 250.0,
        "baseline": 200.0,
        "lift": 25.0,
    }


EARNINGS = [5178.5, 7678.5, 2678.5, 4999.99, 6001.01]


def test_how_much_a_games_earnings_vary(known: Store) -> None:
    add(known, "games", *({"game_type": "spin_the_wheel", "earnings": amount} for amount in EARNINGS))
    add(known, "games", {"game_type": "card_game", "earnings": 500.0})
    card, spin = view(known, "v_game_revenue_variance")
    mean = sum(EARNINGS) / len(EARNINGS)
    assert (card["plays"], card["mean"], card["std_dev"], card["variation"]) == (1, 500.0, None, None)
    assert spin["plays"] == len(EARNINGS)
    assert spin["mean"] == pytest.approx(mean)
    assert spin["std_dev"] == pytest.approx(stdev(EARNINGS), rel=1e-12)
    assert spin["variation"] == pytest.approx(stdev(EARNINGS) / mean, rel=1e-12)


def test_equal_earnings_do_not_vary_at_all(known: Store) -> None:
    add(known, "games", *({"game_type": "spin_the_wheel", "earnings": 1234567.89} for _ in range(7)))
    (row,) = view(known, "v_game_revenue_variance")
    assert row["std_dev"] == pytest.approx(0, abs=1e-9)


def test_how_near_estimates_are(known: Store) -> None:
    add(
        known, "games", {"game_type": "spin_the_wheel", "earnings": 4000.0}, {"game_type": "card_game", "earnings": 0.0}
    )
    estimates = (("spin_the_wheel", 4960.65), ("card_game", 777.78), ("mystery_box", 3000.0))
    add(known, "estimates", *({"game_type": game, "estimate": amount} for game, amount in estimates))
    card, spin = view(known, "v_bayesian_accuracy")
    assert card["relative_error"] is None
    assert (spin["estimate"], spin["actual"]) == (4960.65, 4000.0)
    assert spin["relative_error"] == pytest.approx(960.65 / 4000)


def test_each_creator_has_rows_of_its_own(known: Store) -> None:
    for creator in ("alexia", "mia"):
        add(known, "games", {"creator_id": creator, "game_type": "spin_the_wheel", "earnings": 100.0})
    assert [row["creator_id"] for row in view(known, "v_game_revenue_variance")] == ["alexia", "mia"]


def test_the_views_agree_with_the_analyses(known: Store) -> None:
    """The same rows through the views and through `analyze kpis`."""
    games = pytest.importorskip("schedsolve.analytics.kpis.game_variance")
    compliance = pytest.importorskip("schedsolve.analytics.kpis.bump_compliance")
    daily = pytest.importorskip("schedsolve.analytics.kpis.daily")
    accuracy = pytest.importorskip("schedsolve.analytics.kpis.estimate_accuracy")
    limits = pytest.importorskip("schedsolve.analytics.kpis.limit_violations")

    plays = [games.GamePlay(creator_id="alexia", game_type="spin_the_wheel", earnings=amount) for amount in EARNINGS]
    add(known, "games", *(play.model_dump() for play in plays))
    assert view(known, "v_game_revenue_variance")[0]["variation"] == pytest.approx(
        games.game_results(plays)[0].variation, rel=1e-12
    )
    days = [
        daily.ScheduleDay(
            creator_id="alexia",
            date=MONDAY + timedelta(days=n),
            ppv_count=n % 3,
            bump_count=n,
            expected_min=1.0,
            expected_max=2.5,
            followup_count=n % 5,
        )
        for n in range(12)
    ]
    add(known, "days", *(day.model_dump() for day in days))
    judged = [row["is_compliant"] for row in view(known, "v_bump_ratio_compliance")]
    assert judged == [int(verdict) for day in days if (verdict := compliance.is_compliant(day)) is not None]
    weeks = [limits.WeekOfType(creator_id="alexia", week_start=MONDAY, send_type_key="vip_program", actual=3)]
    add(known, "weeks", *(one.model_dump() for one in weeks))
    assert [row["excess"] for row in view(known, "v_weekly_limit_violations")] == [one.excess for one in weeks]
    estimates = [accuracy.StoredEstimate(creator_id="alexia", game_type="spin_the_wheel", estimate=4960.65)]
    add(known, "estimates", *(one.model_dump() for one in estimates))
    assert view(known, "v_bayesian_accuracy")[0]["relative_error"] == pytest.approx(
        accuracy.estimated_games(estimates, plays)[0].relative_error
    )

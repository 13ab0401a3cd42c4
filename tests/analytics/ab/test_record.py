from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from schedsolve.analytics.ab.examples import EXAMPLES
from schedsolve.analytics.ab.record import ABTest, load_ab_test
from schedsolve.errors import ScenarioError

LEAST: dict[str, Any] = {
    "test_id": "night_bumps",
    "hypothesis": "Bumps after 22:00 sell more.",
    "control_config": {"latest_bump": "22:00"},
    "treatment_config": {"latest_bump": "23:30"},
    "primary_metric": "daily_revenue",
}


def test_what_is_not_stated_has_its_default() -> None:
    told = ABTest.model_validate(LEAST)
    assert (told.secondary_metrics, told.min_sample_size, told.duration_days) == ((), 0, 14)
    assert (told.confidence_level, told.statistical_power, told.minimum_detectable_effect) == (0.95, 0.80, 0.10)
    assert (told.start_date, told.end_date, told.status) == (None, None, "draft")


@pytest.mark.parametrize("field", LEAST)
def test_a_field_without_a_default_must_be_stated(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        ABTest.model_validate({key: value for key, value in LEAST.items() if key != field})


@pytest.mark.parametrize("status", ["draft", "running", "completed", "paused"])
def test_every_status_is_accepted(status: str) -> None:
    assert ABTest.model_validate(LEAST | {"status": status}).status == status


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "stopped"),
        ("test_id", ""),
        ("test_id", "two words"),
        ("hypothesis", ""),
        ("control_config", {}),
        ("control_config", {"ratio": float("nan")}),
        ("min_sample_size", -1),
        ("min_sample_size", 1.5),
        ("min_sample_size", True),
        ("duration_days", 0),
        ("confidence_level", 1.0),
        ("confidence_level", 95),
        ("statistical_power", 0.0),
        ("minimum_detectable_effect", 0.0),
        ("minimum_detectable_effect", -0.1),
        ("minimum_detectable_effect", float("inf")),
        ("start_date", "20.01.2025"),
        ("secondary_metrics", ["view_rate", "view_rate"]),
        ("secondary_metrics", ["daily_revenue"]),
        ("winner", "treatment"),
    ],
)
def test_what_a_test_cannot_be_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        ABTest.model_validate(LEAST | {field: value})


def test_a_test_may_end_on_the_day_it_starts_but_not_before() -> None:
    monday, sunday = date(2025, 1, 20), date(2025, 1, 19)
    assert ABTest.model_validate(LEAST | {"start_date": monday, "end_date": monday}).end_date == monday
    with pytest.raises(ValidationError, match="end_date 2025-01-19 is before start_date 2025-01-20"):
        ABTest.model_validate(LEAST | {"start_date": monday, "end_date": sunday})


@pytest.mark.parametrize(
    ("name", "control", "treatment", "primary", "secondary", "days", "effect"),
    [
        (
            "bump_ratio_2x_vs_3x",
            {"bump_to_ppv_ratio": 2.0},
            {"bump_to_ppv_ratio": 3.0},
            "daily_revenue",
            ("view_rate", "unsubscribe_rate", "engagement_rate"),
            14,
            0.10,
        ),
        (
            "dow_distribution_uniform_vs_weighted",
            {"dow_distribution": "uniform"},
            {"dow_distribution": "performance_based"},
            "weekly_revenue",
            ("message_fatigue_score", "weekend_engagement"),
            21,
            0.15,
        ),
        (
            "campaign_frequency_high_vs_standard",
            {"campaigns_per_month": 5},
            {"campaigns_per_month": 15},
            "monthly_revenue",
            ("campaign_fatigue", "unsubscribe_rate"),
            30,
            0.25,
        ),
    ],
)
def test_the_three_examples_are_as_specified(
    name: str,
    control: dict[str, Any],
    treatment: dict[str, Any],
    primary: str,
    secondary: tuple[str, ...],
    days: int,
    effect: float,
) -> None:
    test = EXAMPLES[name]
    assert (test.control_config, test.treatment_config) == (control, treatment)
    assert (test.primary_metric, test.secondary_metrics) == (primary, secondary)
    assert (test.duration_days, test.minimum_detectable_effect, test.min_sample_size) == (days, effect, 0)
    assert len(EXAMPLES) == 3


def test_a_file_holds_one_test(tmp_path: Path) -> None:
    path = tmp_path / "test.yaml"
    path.write_text(
        "test_id: night_bumps\nhypothesis: Late bumps sell more.\ncontrol_config: {latest_bump: 22:00}\n"
        "treatment_config: {latest_bump: 23:30, days: [friday, saturday]}\nprimary_metric: daily_revenue\n"
        "secondary_metrics: [view_rate]\nstart_date: 2025-01-20\nend_date: 2025-02-02\nstatus: running\n"
    )
    test = load_ab_test(path)
    assert test.treatment_config == {"latest_bump": "23:30", "days": ("friday", "saturday")}
    assert (test.secondary_metrics, test.start_date) == (("view_rate",), date(2025, 1, 20))


def test_every_example_reads_back_from_its_own_json(tmp_path: Path) -> None:
    for test in EXAMPLES.values():
        path = tmp_path / f"{test.test_id}.json"
        path.write_text(test.model_dump_json())
        assert load_ab_test(path) == test


def test_the_faults_of_a_file_are_all_told_with_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "test.yaml"
    path.write_text("test_id: night_bumps\nhypothesis: x\ncontrol_config: {a: 1}\nduration_days: -3\nstatsu: draft\n")
    with pytest.raises(ScenarioError) as caught:
        load_ab_test(path)
    told = {(problem.path, problem.line) for problem in caught.value.problems}
    assert {("duration_days", 4), ("statsu", 5), ("primary_metric", 1), ("treatment_config", 1)} <= told

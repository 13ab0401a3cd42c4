"""The ready-made scenarios whose volume is computed: what their comments promise."""

from __future__ import annotations

from pathlib import Path

import pytest

from schedsolve import load_scenario, volume
from schedsolve.model.volume import VolumeReport

SCENARIOS = Path(__file__).parents[3] / "scenarios"


def told(number: int) -> VolumeReport:
    (path,) = SCENARIOS.glob(f"{number:02d}-*.yaml")
    return volume(load_scenario(path))


def days(report: VolumeReport) -> set[tuple[int, int, int]]:
    return {(day.revenue, day.engagement, day.retention) for day in report.days}


def codes(report: VolumeReport) -> set[str]:
    return {warning.code for warning in report.warnings}


@pytest.mark.parametrize(
    ("number", "quotas", "ppv", "bumps"),
    [
        (19, (4, 6, 1), (2, 3), (4, 6)),
        (20, (4, 7, 1), (2, 3), (5, 6)),
        (21, (4, 6, 0), (2, 3), (4, 6)),
        (22, (6, 6, 2), (4, 6), (4, 6)),
        (23, (4, 7, 1), (2, 3), (5, 7)),
        (24, (9, 9, 2), (7, 9), (7, 9)),
    ],
)
def test_each_style_has_its_quotas_and_ranges(
    number: int, quotas: tuple[int, int, int], ppv: tuple[int, int], bumps: tuple[int, int]
) -> None:
    report = told(number)
    final = report.result.final_config
    assert (final.ppv_range, final.bump_range) == (ppv, bumps)
    assert days(report) == {quotas}
    assert codes(report) == {"volume-computed"}
    assert "style_matrix" in report.result.adjustments_applied


def test_the_over_saturated_creator_gets_fewer_revenue_sends() -> None:
    report = told(25)
    assert days(report) == {(4, 6, 2)}
    assert report.result.priority_shift == "engagement"
    assert report.type_weights["bump_text_only"] > 1


def test_twelve_messages_bear_little() -> None:
    report = told(26)
    assert {day.revenue for day in report.days} == {8}
    assert codes(report) == {"volume-computed", "low-confidence"}
    assert "confidence_dampening" in report.result.adjustments_applied


def test_the_elastic_creator_is_held_at_the_base() -> None:
    report = told(27)
    assert report.result.elasticity_capped
    assert report.result.revenue_per_day == 6
    assert {sum(day) for day in days(report)} == {12, 13, 14}


def test_fans_alone_make_the_row_of_their_level() -> None:
    report = told(28)
    assert days(report) == {(4, 4, 0)}
    assert codes(report) == {"volume-guessed", "low-confidence"}
    assert report.result.data_source == "fan_count"

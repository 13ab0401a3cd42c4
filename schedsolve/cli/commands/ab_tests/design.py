"""`schedsolve ab design`: how many observations a test needs, and how long they take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ...analysis_json import document
from ...stated_ab import AskedTest, asking_for_a_test, stated_ab
from ...terminal import drawn, emit

if TYPE_CHECKING:
    from ....analytics.ab.design import Design


@click.command(
    epilog="""\b
Examples:
  schedsolve ab design test.yaml                          the sample of a test of your own
  schedsolve ab design --example bump_ratio_2x_vs_3x      one of the three built-in tests
  schedsolve ab design --example bump_ratio_2x_vs_3x --json | jq .test > test.json
  schedsolve ab design --effect 0.25 --power 0.9          figures alone
  schedsolve ab design test.yaml --cv 0.8 --rate 40       what is known of the metric and of the traffic

\b
TEST is a YAML or JSON file with test_id, hypothesis, control_config, treatment_config and primary_metric;
further keys: secondary_metrics, min_sample_size (0: computed), duration_days, confidence_level, statistical_power,
minimum_detectable_effect, start_date, end_date, status. Built-in tests: bump_ratio_2x_vs_3x,
dow_distribution_uniform_vs_weighted, campaign_frequency_high_vs_standard.
A min_sample_size goes before the calculation, unless figures are given here.
Exit codes: 0 ok, 2 a figure is out of range, 3 the file cannot be used."""
)
@asking_for_a_test
@click.option("--rate", type=float, help="Observations a day and group.  [default: 10]")
@click.option("--json", "as_json", is_flag=True, help="Test and sample as one JSON document.")
def command(test: str | None, example: str | None, rate: float | None, as_json: bool, **figures: float | None) -> None:
    """Tell how many observations each group of TEST needs: two-sided, two-sample, normal."""
    from ....analytics.ab.collecting import ASSUMED_RATE
    from ....analytics.ab.design import Design

    asked = stated_ab(test, example, figures)
    try:
        found = Design(asked.per_group, asked.duration_days, ASSUMED_RATE if rate is None else rate)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        emit(document("ab-design", _told(asked, found, rate is None)))
    else:
        from ...ab_view import DesignView

        emit(drawn(DesignView(asked, found, rate is None)))


def _told(asked: AskedTest, found: Design, assumed: bool) -> dict[str, Any]:
    return {
        "test": None if asked.test is None else asked.test.model_dump(mode="json"),
        "effect": asked.effect,
        "cv": asked.cv,
        "confidence": asked.confidence,
        "power": asked.power,
        "stated": asked.stated,
        "per_group": found.per_group,
        "total": found.total,
        "rate": found.rate,
        "rate_assumed": assumed,
        "days": found.days,
        "duration_days": found.duration_days,
        "in_time": found.in_time,
        "needed_rate": found.needed_rate,
    }

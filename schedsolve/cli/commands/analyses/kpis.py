"""`schedsolve analyze kpis`: the dashboard's eight figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import isinf
from typing import TYPE_CHECKING, Any

import click

from ...analysis_json import document
from ...parameters import EXISTING
from ...terminal import drawn, emit

if TYPE_CHECKING:
    from ....analytics.kpis.dashboard import Results
    from ....analytics.kpis.kpi import Interval, Reading


@dataclass(frozen=True)
class Files:
    """The files that were named; None where a table was not."""

    plan: tuple[str, ...]
    days: str | None
    limits: str | None
    campaigns: str | None
    predictions: str | None
    actuals: str | None
    traits: str | None
    games: str | None
    estimates: str | None


@click.command(
    epilog="""\b
Examples:
  schedsolve analyze kpis --plan week3.json --plan week4.json --expected-ratio 0.5 1.8
  schedsolve analyze kpis --days days.csv --limits limits.csv
  schedsolve analyze kpis --predictions predictions.csv --actuals actuals.csv
  schedsolve analyze kpis --games games.csv --estimates estimates.csv
  schedsolve analyze kpis --campaigns campaigns.csv --as-of 2025-02-18 --json | jq '.kpis[0]'

\b
Tables are CSV or JSON; a KPI whose table is not given has no value. Columns (those in brackets may be absent):
  --campaigns    campaign_type, is_compliant, [date, creator_id]
  --days         date, ppv_count, bump_count, [expected_min, expected_max, followup_count, creator_id]
  --limits       week_start, send_type_key, actual, [limit, creator_id]
  --predictions  prediction_id, predicted_revenue_per_day, [week_start, creator_id]
  --actuals      prediction_id, actual_revenue_per_day, is_complete
  --traits       trait, revenue_with_trait, baseline, [creator_id]
  --games        game_type, earnings, [creator_id]: one row a play
  --estimates    game_type, estimate, [creator_id]
Of plans, days and weeks are counted; what is given by table too must not be in them.
Exit codes: 0 ok whatever the states, 2 usage, 3 a file cannot be used."""
)
@click.option("--plan", multiple=True, type=EXISTING, help="A plan (JSON); may be repeated.")
@click.option(
    "--expected-ratio",
    type=(float, float),
    metavar="LOW HIGH",
    help="Bumps for every PPV expected on the days of the plans.",
)
@click.option("--days", type=EXISTING, help="Counts a day.")
@click.option("--limits", type=EXISTING, help="Counts a week of the limited types.")
@click.option("--campaigns", type=EXISTING, help="Campaigns, and whether they kept their rules.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only campaigns of the 30 days that end on this one.",
)
@click.option("--predictions", type=EXISTING, help="Predicted revenue of weeks.")
@click.option("--actuals", type=EXISTING, help="Actual revenue of the same weeks.")
@click.option("--traits", type=EXISTING, help="Revenue with recommended traits, and without.")
@click.option("--games", type=EXISTING, help="Games played, and what they earned.")
@click.option("--estimates", type=EXISTING, help="What games were reckoned to earn.")
@click.option("--json", "as_json", is_flag=True, help="The KPIs as one JSON document.")
def command(expected_ratio: tuple[float, float] | None, as_of: datetime | None, as_json: bool, **named: Any) -> None:
    """Reckon the dashboard's KPIs from plans and tables: value, target, alert, and which of them holds."""
    from ....analytics.kpis.dashboard import dashboard

    files = Files(**named)
    _check(files, expected_ratio)
    readings = dashboard(_results(files, expected_ratio), as_of.date() if as_of else None)
    if as_json:
        emit(document("kpis", {"kpis": [_told(reading) for reading in readings]}))
    else:
        from ...kpi_view import KpiView

        emit(drawn(KpiView(readings)))


def _check(files: Files, expected_ratio: tuple[float, float] | None) -> None:
    if not any(vars(files).values()):
        raise click.UsageError("name at least one plan or table")
    for one, other in (("predictions", "actuals"), ("actuals", "predictions"), ("estimates", "games")):
        if getattr(files, one) and not getattr(files, other):
            raise click.UsageError(f"--{one} says nothing without --{other}")
    if expected_ratio is not None and not 0 <= expected_ratio[0] <= expected_ratio[1] <= 1e9:
        found = f"found {expected_ratio[0]:g} {expected_ratio[1]:g}"
        raise click.BadParameter(
            f"{found}, must be two numbers from 0, the lower one first", param_hint="--expected-ratio"
        )
    if expected_ratio is not None and not files.plan:
        raise click.UsageError("--expected-ratio is for days of a --plan; tables of days carry their own range")


def _results(files: Files, expected_ratio: tuple[float, float] | None) -> Results:
    """Everything read; a fault raises ScenarioError or TableError."""
    from ....analytics.kpis import (
        campaign_adherence,
        daily,
        estimate_accuracy,
        game_variance,
        limit_violations,
        prediction_error,
        trait_lift,
    )
    from ....analytics.kpis.dashboard import Results
    from ....analytics.kpis.finished_plan import read_finished_plan
    from ....analytics.kpis.from_plans import schedule_days, weeks_of_types
    from ....analytics.tables import R, read_rows

    def rows(path: str | None, row_type: type[R]) -> tuple[R, ...]:
        return () if path is None else read_rows(path, row_type)

    plans = [read_finished_plan(path) for path in files.plan]
    return Results(
        campaigns=rows(files.campaigns, campaign_adherence.AuditedCampaign),
        days=rows(files.days, daily.ScheduleDay) + schedule_days(plans, expected_ratio),
        weeks=rows(files.limits, limit_violations.WeekOfType) + weeks_of_types(plans),
        predictions=rows(files.predictions, prediction_error.Prediction),
        actuals=rows(files.actuals, prediction_error.WeeklyActual),
        traits=rows(files.traits, trait_lift.TraitResult),
        games=rows(files.games, game_variance.GamePlay),
        estimates=rows(files.estimates, estimate_accuracy.StoredEstimate),
    )


def _told(reading: Reading) -> dict[str, Any]:
    kpi = reading.kpi
    return {
        "kpi": kpi.name,
        "meaning": kpi.meaning,
        "unit": kpi.unit,
        "value": reading.value,
        "target": _interval(kpi.target),
        "alert": _interval(kpi.alert),
        "state": reading.state,
        "counted": reading.counted,
        "parts": [vars(part) for part in reading.parts],
    }


def _interval(interval: Interval) -> dict[str, Any]:
    return {
        "low": None if isinf(interval.low) else interval.low,
        "high": None if isinf(interval.high) else interval.high,
        "ends_included": interval.ends,
    }

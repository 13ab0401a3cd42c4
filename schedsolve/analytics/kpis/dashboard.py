"""All KPIs at once, from whatever tables there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .bump_compliance import bump_ratio_compliance
from .campaign_adherence import AuditedCampaign, campaign_frequency_adherence
from .daily import ScheduleDay
from .estimate_accuracy import StoredEstimate, bayesian_estimate_accuracy
from .followup_utilization import followup_limit_utilization
from .game_variance import GamePlay, game_type_revenue_variance
from .kpi import Reading
from .limit_violations import WeekOfType, weekly_limit_violations
from .prediction_error import Prediction, WeeklyActual, volume_prediction_mape
from .trait_lift import TraitResult, trait_recommendation_lift


@dataclass(frozen=True)
class Results:
    """The tables that KPIs are read off; without rows a KPI has no value."""

    campaigns: tuple[AuditedCampaign, ...] = ()
    days: tuple[ScheduleDay, ...] = ()
    weeks: tuple[WeekOfType, ...] = ()
    predictions: tuple[Prediction, ...] = ()
    actuals: tuple[WeeklyActual, ...] = ()
    traits: tuple[TraitResult, ...] = ()
    games: tuple[GamePlay, ...] = ()
    estimates: tuple[StoredEstimate, ...] = ()


def dashboard(results: Results, as_of: date | None = None) -> tuple[Reading, ...]:
    """The eight readings, in the dashboard's order; with `as_of` campaigns count for the 30 days that end then.

    Raises
    ------
    TableError
        When a table holds a row twice.
    """
    return (
        campaign_frequency_adherence(results.campaigns, as_of),
        bump_ratio_compliance(results.days),
        volume_prediction_mape(results.predictions, results.actuals),
        trait_recommendation_lift(results.traits),
        followup_limit_utilization(results.days),
        weekly_limit_violations(results.weeks),
        game_type_revenue_variance(results.games),
        bayesian_estimate_accuracy(results.estimates, results.games),
    )

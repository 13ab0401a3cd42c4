"""How many sends a scenario's week should carry, and why, without planning it."""

from __future__ import annotations

from ...analytics.trait_report import TraitReport
from ...model.plan_part import PlanWarning
from ...model.scenario import Scenario
from ...model.volume import DayVolume, VolumeReport
from ...model.week import CountRange
from ..fingerprint import fingerprint
from ..prepare import prepare
from .base_tier import kinds_of
from .daily_quotas import plan_volume
from .favouring import favouring
from .prediction import Recorder
from .type_weights import type_weights


def volume(scenario: Scenario, record: Recorder | None = None, traits: TraitReport | None = None) -> VolumeReport:
    """Compute the volume of a creator's week.

    Parameters
    ----------
    scenario
        What `volume` does not state is computed from `creator`, `performance`, `content` and `captions`.
    record
        Keeps the prediction when `volume.track_prediction` is set, and gives it a number.
    traits
        What top performers share: the contents that it recommends weigh more.

    Raises
    ------
    ScenarioError
        When the scenario contradicts itself, or its confidence is too low to plan.
    VolumeError
        When its figures make no volume.
    """
    if traits is not None:
        scenario = favouring(scenario, traits)
    week = prepare(scenario)
    planned = plan_volume(scenario, week.horizon, week.catalog, record)
    return VolumeReport(
        scenario=scenario.name,
        sha256=fingerprint(scenario),
        result=planned.result,
        days=tuple(
            DayVolume(
                date=week.date(day).isoformat(),
                revenue=quota.revenue,
                engagement=quota.engagement,
                retention=quota.retention,
                ppv=_kinds(quota.revenue, planned.ppv_range),
                bumps=_kinds(quota.engagement, planned.bump_range),
            )
            for day, quota in enumerate(planned.quotas)
        ),
        type_weights=type_weights(planned.audience),
        warnings=tuple(PlanWarning(code=notice.code, message=notice.message) for notice in planned.notices),
    )


def _kinds(quota: int, allowed: CountRange | None) -> int:
    return min(quota, kinds_of(quota, allowed))

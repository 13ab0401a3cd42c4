"""The validation of a schedule: every check, the score, the status, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ...constraints import RULES
from ...errors import Problem, ScenarioError
from ...model.catalog import Category
from ...model.plan import Plan
from ...model.scenario import Scenario
from ...model.validation_report import (
    Breakdown,
    Counts,
    Finding,
    Loss,
    Unchecked,
    ValidationReport,
    VolumeMetadata,
)
from ...model.volume import VolumeResult
from ..load import as_plan
from ..prepare import prepare
from .acceptance import gates
from .balance import category_shares
from .check import Check, Found
from .checks import CHECKS
from .reading import schedule_of
from .recommendations import recommendations
from .schedule import KnownCaption, Schedule
from .score import loss_of, score_of, status_of


def validation_report(
    scenario: Scenario,
    plan: Plan | Mapping[str, Any] | Sequence[Mapping[str, Any]],
    *,
    captions: Mapping[int, KnownCaption] | None = None,
    vault: Collection[int] | None = None,
    override_confidence: bool = False,
) -> ValidationReport:
    """Validate a schedule: the engine's own plan, its plain data, or a bare list of items.

    Parameters
    ----------
    scenario
        What the schedule answers.
    plan
        The schedule. Content fields of the items (captions, contents) are read where they are.
    captions
        The caption pool by id, for the types of captions and for scores that the items do not tell.
    vault
        Ids of the content types that the vault holds.
    override_confidence
        Whether a person accepts figures of too low a confidence; the scenario may say so itself.

    Raises
    ------
    ScenarioError
        When the scenario contradicts itself, or the plan cannot be read.
    """
    data = plan.to_dict() if isinstance(plan, Plan) else as_plan(plan if isinstance(plan, dict) else list(plan))
    override = override_confidence or scenario.volume.accept_low_confidence
    week = prepare(_accepting(scenario))
    try:
        schedule = schedule_of(week, data, captions, vault, override)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ScenarioError("plan", [Problem(f"cannot be read: {error}")]) from None
    return report_of(schedule)


def _accepting(scenario: Scenario) -> Scenario:
    """The scenario without its own refusal of a low confidence: here a check has the word."""
    volume = scenario.volume.model_copy(update={"accept_low_confidence": True})
    return scenario.model_copy(update={"volume": volume})


def report_of(schedule: Schedule) -> ValidationReport:
    """Apply every check to a schedule that has been read."""
    found = {check.id: (check, check.find(schedule)) for check in CHECKS}
    losses = {name: loss_of(*result) for name, result in found.items()}
    unchecked = tuple(
        Unchecked(type=name, reason=result.unchecked) for name, (_, result) in found.items() if result.unchecked
    )
    review = any(result.review for _, result in found.values())
    score = score_of(losses.values(), review or bool(unchecked))
    findings = {severity: _findings(found, severity) for severity in ("error", "warning", "info")}
    shares = category_shares(schedule)
    return ValidationReport(
        status=status_of(score),
        score=score,
        requires_caption_review=review,
        summary=Counts(
            total_items=len(schedule.items),
            errors=len(findings["error"]),
            warnings=len(findings["warning"]),
            infos=len(findings["info"]),
        ),
        breakdown=_breakdown(schedule),
        category_balance=shares,
        volume_metadata=None if schedule.volume is None else _metadata(schedule.volume),
        acceptance=gates(schedule),
        errors=findings["error"],
        warnings=findings["warning"],
        infos=findings["info"],
        losses=tuple(_loss(*found[name], float(points)) for name, points in losses.items() if points),
        unchecked=unchecked,
        switched_off=tuple(rule.id for rule in RULES if not schedule.week.scenario.rules.of(rule.id).enabled),
        recommendations=recommendations(schedule, found, shares),
    )


def _findings(found: Mapping[str, tuple[Check, Found]], severity: str) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            type=check.id,
            stage=check.stage,
            severity=check.severity,
            items=flaw.items,
            date=flaw.date,
            caption_id=flaw.caption_id,
            value=flaw.value,
            limit=flaw.limit,
            origin=flaw.origin,
            message=flaw.message,
        )
        for check, result in found.values()
        if check.severity == severity
        for flaw in result.flaws
    )


def _loss(check: Check, found: Found, points: float) -> Loss:
    return Loss(
        type=check.id,
        weight=check.weight if found.weight is None else found.weight,
        affected=found.affected,
        examined=found.examined,
        points=points,
    )


def _breakdown(schedule: Schedule) -> Breakdown:
    """Counts of all items, followups included."""
    categories = Counter(item.send.category for item in schedule.items)
    days = Counter(item.send.day for item in schedule.items)
    week = schedule.week
    dates = {day: week.date(day).isoformat() for day in sorted({*week.days, *days})}
    return Breakdown(
        by_category={category.value: categories[category] for category in Category},
        by_day={date: days[day] for day, date in dates.items()},
    )


def _metadata(volume: VolumeResult) -> VolumeMetadata:
    return VolumeMetadata(**{name: getattr(volume, name) for name in VolumeMetadata.model_fields})

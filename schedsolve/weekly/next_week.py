"""The next week of a creator: read, planned, filled, validated and kept, once for each request."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from ..errors import StoreError
from ..model.content import Library
from ..model.failure import ErrorCode, ErrorResponse, Recovery, Severity
from ..model.plan import Plan
from ..model.scenario import Scenario
from ..model.stage import Stage
from ..model.validation_report import ValidationReport
from ..model.volume import Prediction
from ..pipeline.content.filling import Terms
from ..pipeline.content.prices import Prices
from ..pipeline.prepare import prepare
from ..pipeline.validation.rejection import rejection
from ..pipeline.volume.inputs import inputs_of
from ..pipeline.volume.prediction import prediction_of
from ..store.audit_trail import record
from ..store.engine import Store
from ..store.errors import ValidationRejectedError
from ..store.idempotency import Answer, Claim, claim, complete, release
from ..store.library import library_of
from ..store.saving import Saved, Week
from ..store.schedules import items_of, schedule_of_request
from ..store.verdict import Verdict
from ..store.week_events import validation_result
from .contents import with_content
from .errors import RunFailedError
from .facts import Facts, read_facts
from .kept_week import kept_week
from .plan_events import tell_plan
from .planning import planned
from .run import Run
from .saving_step import kept
from .scenario_of import local_day, scenario_of
from .tools import Tools
from .wanted import Wanted, engine_version
from .week_made import REJECTED, WeekMade

LEASE = timedelta(minutes=15)
"""How long a run may take before another one may take its request over."""


def next_week(store: Store, wanted: Wanted, tools: Tools | None = None) -> WeekMade:
    """Make a creator's week and keep it, unless validation rejects it.

    The same request, by creator, week, moment, seed, effort and engine, gives the kept week again, marked as replayed;
    for another one of the same week send another moment.

    Raises
    ------
    RunFailedError
        When a stage fails for good. Nothing is kept but the audit trail; the error holds what was made so far.
    IdempotencyConflictError, OperationTimeoutError
        When the same request is being worked on, and does not end.
    StoreError
        When the database cannot be used at all.
    """
    tools = tools or Tools()
    held = claim(store, wanted.request(), lease=LEASE, clock=tools.clock)
    if isinstance(held, Answer):
        return kept_week(store, held.result["schedule_id"])
    try:
        before = schedule_of_request(store, held.key)
        if before is not None:
            count = len(items_of(store, before.schedule_id))
            answer = Saved(before.schedule_id, before.version, before.status, count)
            store.write(lambda connection: complete(connection, held, asdict(answer), tools.clock()))
            return kept_week(store, before.schedule_id)
        made = _made(store, wanted, held, tools)
    except BaseException:
        _let_go(store, held)
        raise
    if made.status == REJECTED:
        _let_go(store, held)
    return made


def _let_go(store: Store, held: Claim) -> None:
    with suppress(StoreError):  # its lease ends in any case
        release(store, held)


def _made(store: Store, wanted: Wanted, held: Claim, tools: Tools) -> WeekMade:
    run = Run(wanted.creator_id, tools.clock)
    told = store.telling(run.journal)
    try:
        return _through_all_stages(told, wanted, held, tools, run)
    except RunFailedError:
        with suppress(StoreError):  # the journal has it in any case
            records = [*run.journal.records, run.record(engine_version(), "failed")]
            record(store, run.generation_id, wanted.creator_id, records, clock=tools.clock)
        raise


def _through_all_stages(store: Store, wanted: Wanted, held: Claim, tools: Tools, run: Run) -> WeekMade:
    with run.stage(Stage.INITIALIZATION) as stage:
        facts = read_facts(store, wanted, stage)
        scenario = scenario_of(facts, wanted)
        prediction = _prediction(scenario)
        stage.metrics |= {"captions": len(facts.library.captions), "history": len(facts.handed.history.sends)}
    with run.stage(Stage.ALLOCATION) as stage:
        run.plan = planned(scenario, lambda one: _solved(one, wanted, tools), stage)
        tell_plan(run.journal, run.plan, facts.handed.history.rotation)
    with run.stage(Stage.CONTENT_MATCHING) as stage:
        run.plan, library = with_content(
            run.plan,
            facts.library,
            lambda plan, library: _filled(plan, library, facts, wanted, tools),
            lambda: library_of(store, wanted.creator_id, facts.week_start),
            stage,
        )
    with run.stage(Stage.ASSEMBLY) as stage:
        report = _validated(scenario, run.plan, library, tools)
        validation_result(
            run.journal, "schedule", report.status != REJECTED, report.score, [one.message for one in report.errors]
        )
        stage.metrics |= {"status": report.status, "score": report.score}
    return _finished(store, run, report, prediction, held, tools)


def _prediction(scenario: Scenario) -> Prediction | None:
    """What the week is expected to bring. Raises when the scenario contradicts itself or makes no volume."""
    volume = prepare(scenario).volume
    if volume is None:
        return None
    return prediction_of(inputs_of(scenario), volume.final_config, volume.weekly_distribution)


def _solved(scenario: Scenario, wanted: Wanted, tools: Tools) -> Plan:
    return tools.steps.solve(
        scenario,
        effort=wanted.effort,
        time_limit=wanted.time_limit,
        progress=tools.progress,
        cancellation=tools.cancellation,
    )


def _filled(plan: Plan, library: Library, facts: Facts, wanted: Wanted, tools: Tools) -> Any:
    earned = facts.creator["avg_revenue_per_message_cents"]
    prices = Prices(revenue_per_send=None if earned is None else earned / 100)
    return tools.steps.fill(plan, library, local_day(facts, wanted), Terms(prices=prices))


def _validated(scenario: Scenario, plan: Plan, library: Library, tools: Tools) -> ValidationReport:
    stocked = None
    if library.vault is not None:
        stocked = {entry.content_type_id for entry in library.vault if entry.stocked}
    known = {caption.caption_id: caption for caption in library.captions}
    return tools.steps.validate(scenario, plan, captions=known, vault=stocked)


def _finished(
    store: Store, run: Run, report: ValidationReport, prediction: Prediction | None, held: Claim, tools: Tools
) -> WeekMade:
    """The week, kept unless it is rejected."""
    assert run.plan is not None
    week = Week(
        plan=run.plan,
        verdict=Verdict.of(report),
        generation_id=run.generation_id,
        prediction=prediction,
        volume=run.plan.volume,
        degraded_mode=run.degraded,
        records=(*run.journal.records, run.record(engine_version(), "degraded" if run.degraded else "success")),
    )
    degradations = [str(one.payload["message"]) for one in run.journal.records if one.kind == "degradation"]
    response: ErrorResponse | None
    try:
        saved: Saved | None = kept(store, week, held, tools, run)
        response = _told_of_shortage(run, report)
    except ValidationRejectedError:
        saved = None
        response = rejection(
            report, generation_id=run.generation_id, creator_id=run.creator_id, timestamp=run.timestamp()
        )
    return WeekMade(
        plan=run.plan,
        report=report,
        generation_id=run.generation_id,
        status=report.status,
        schedule_id=saved.schedule_id if saved else None,
        version=saved.version if saved else None,
        degraded=run.degraded,
        degradations=tuple(dict.fromkeys(degradations)),
        response=response,
    )


def _told_of_shortage(run: Run, report: ValidationReport) -> ErrorResponse | None:
    """What is wrong with the captions of a week that was made all the same."""
    items = run.plan.items if run.plan else ()
    without = [item.slot_id for item in items if item.needs_caption]
    low = [item.slot_id for item in items if item.caption_status == "degraded"]
    if not without and not low:
        return None
    code = ErrorCode.MANUAL_CAPTION_NEEDED if without else ErrorCode.CAPTION_SHORTAGE_DEGRADED
    count, what = (len(without), "need a caption") if without else (len(low), "have captions of a lower level")
    return run.response(
        Stage.CONTENT_MATCHING,
        code,
        Severity.HIGH if without else Severity.MEDIUM,
        f"{count} of {len(items)} sends {what}",
        "write new captions",
        success=True,
        recovery=Recovery(attempted=True, action="lower the standard level by level", success=not without),
        recommendations=tuple(advice.message for advice in report.recommendations),
        details={"items_without_caption": len(without), "items_with_degraded_captions": len(low)},
    )

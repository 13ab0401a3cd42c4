"""Making a plan again from its own receipt: identical, or what differs and why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from ...errors import Problem, ScenarioError
from ...model.difference import difference
from ...model.plan import Plan
from ...model.replay import FieldChange, ReplayReport
from ...model.scenario import Scenario
from ...solver.progress import Cancellation, Progress
from ...solver.search import BUDGETS, Effort
from ..fingerprint import content_of, fingerprint
from ..planner import solve

MOST_FAULTS = 5
"""Faults of a plan's form that are told."""
_ASIDE = ("items", "versions")
"""Fields that are compared in their own way."""


def replay(
    plan: Plan | Mapping[str, Any],
    scenario: Scenario | None = None,
    *,
    progress: Callable[[Progress], None] | None = None,
    cancellation: Cancellation | None = None,
) -> ReplayReport:
    """Solve again what a plan was made from, and compare.

    Parameters
    ----------
    plan
        A plan of this program, or its plain data.
    scenario
        Instead of the one that the plan carries. The plan's seed takes the place of its own.
    progress, cancellation
        As for `solve`.

    Raises
    ------
    ScenarioError
        When the plan cannot be read, carries no scenario while none is given, or was made in a way that its file does
        not tell in full.
    """
    old = plan if isinstance(plan, Plan) else read_plan(plan)
    effort = _effort(old)
    scenario = carried(old) if scenario is None else scenario
    scenario = scenario.model_copy(update={"seed": old.seed})
    receipt = old.receipt
    cut = receipt is not None and not old.reproducible  # a limit that did not cut had no say in the outcome
    made = solve(
        scenario,
        effort=effort,
        gap=receipt.gap if receipt else 0.0,
        time_limit=receipt.time_limit if receipt and cut else None,
        progress=progress,
        cancellation=cancellation,
    )
    return _compared(old, made.model_copy(update={"receipt": receipt}), scenario)


def read_plan(data: Mapping[str, Any], source: str = "plan") -> Plan:
    """Plain data -> the plan. Raises ScenarioError where it is not a plan of this program."""
    try:
        return Plan.model_validate(dict(data))
    except ValidationError as error:
        problems = [
            Problem(fault["msg"].lower(), ".".join(map(str, fault["loc"])), hint="only whole plans can be made again")
            for fault in error.errors()[:MOST_FAULTS]
        ]
        raise ScenarioError(source, problems) from None


def carried(plan: Plan, source: str = "plan") -> Scenario:
    """The scenario that a plan carries. Raises ScenarioError when there is none, or none that can be read."""
    if plan.scenario.content is None:
        raise ScenarioError(
            source, [Problem("carries no scenario", "scenario.content", hint="give it with --scenario FILE")]
        )
    try:
        return Scenario.model_validate_json(json.dumps(plan.scenario.content))
    except ValidationError as error:
        fault = error.errors()[0]
        path = ".".join(["scenario.content", *map(str, fault["loc"])])
        raise ScenarioError(source, [Problem(fault["msg"], path, hint="give it with --scenario FILE")]) from None


def _effort(plan: Plan) -> Effort:
    """The plan's effort, where its file tells all that it hangs on."""
    if plan.receipt is not None and plan.receipt.made_by != "solve":
        way = plan.receipt.made_by
        problem = Problem(
            f"was made by {way}, which starts from more than the plan's file holds",
            "receipt.made_by",
            hint=f"run {way} again",
        )
        raise ScenarioError("plan", [problem])
    found = next((effort for effort in BUDGETS if effort == plan.effort), None)
    if found is None:
        raise ScenarioError("plan", [Problem(f"found {plan.effort!r}, expected one of {', '.join(BUDGETS)}", "effort")])
    return found


def _compared(old: Plan, new: Plan, scenario: Scenario) -> ReplayReport:
    if old.scenario.content is None:
        new = new.model_copy(update={"scenario": new.scenario.model_copy(update={"content": None})})
    if old.receipt is None:  # a plan from before receipts states fewer versions
        new = new.model_copy(update={"versions": {name: new.versions.get(name) for name in old.versions}})
    identical = old.to_json() == new.to_json()
    before, after = old.to_dict(timings=False), new.to_dict(timings=False)
    versions = tuple(_changes("", before["versions"], after["versions"]))
    keys = _other_keys(old, scenario)
    same = fingerprint(scenario) == old.scenario.sha256
    for data in (before, after):
        data["scenario"].pop("content")
    sends = difference(old.items, new.items)
    apart = sum(sends.counts.values()) - sends.counts["kept"]
    changes = [change for name in after if name not in _ASIDE for change in _changes(name, before[name], after[name])]
    changes += () if apart else _changes("items", before["items"], after["items"])
    return ReplayReport(
        identical=identical,
        promised=old.reproducible,
        same_scenario=same,
        scenario_keys=keys,
        versions=versions,
        changes=tuple(changes),
        sends=sends if apart else None,
        reasons=() if identical else tuple(_reasons(old, new, same, keys, versions)),
    )


def _other_keys(old: Plan, scenario: Scenario) -> tuple[str, ...]:
    """Top-level keys in which the scenario differs from the one that the plan carries."""
    was, now = old.scenario.content, content_of(scenario)
    if was is None:
        return ()
    return tuple(key for key in dict.fromkeys([*now, *was]) if was.get(key) != now.get(key))


def _reasons(
    old: Plan, new: Plan, same: bool, keys: tuple[str, ...], versions: tuple[FieldChange, ...]
) -> Iterator[str]:
    if not same:
        what = f"differs in {', '.join(keys)}" if keys else "has another SHA-256 than the plan's stamp"
        yield f"another scenario: it {what}"
    if versions:
        told = ", ".join(f"{change.field} {change.old or 'unknown'} then, {change.new} now" for change in versions)
        yield f"other versions: {told}"
    if not old.reproducible:
        yield "the plan's search was cut short (reproducible: false): it never promised to repeat"
    if not new.reproducible:
        yield "this search was cut short as well, or instead"
    if old.receipt is None:
        yield "the plan does not tell the gap that it was asked for: 0 was taken"
    if same and not versions and old.reproducible and new.reproducible and old.receipt is not None:
        yield (
            "scenario, seed, effort and versions are the same: the file was changed after it was made, or the search "
            "does not repeat, which would be a defect to report"
        )


def _changes(path: str, old: Any, new: Any) -> Iterator[FieldChange]:
    """Where two pieces of plain data differ, as deep as they are alike in form."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*new, *old]):
            yield from _changes(f"{path}.{key}" if path else key, old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _changes(f"{path}[{place}]", one, other)
    else:
        yield FieldChange(field=path, old=old, new=new)

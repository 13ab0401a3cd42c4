"""schedsolve: plan a creator's week to the minute, with a proven bound and an independent audit.

    >>> from schedsolve import load_scenario, solve, check
    >>> scenario = load_scenario("scenarios/01-gentle-low.yaml")
    >>> plan = solve(scenario)
    >>> check(scenario, plan).clean
    True

Importing this package loads nothing heavy: the solver comes in with the first call.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .analytics.ab.arms import arms_of as arms_of
    from .analytics.ab.record import ABTest as ABTest
    from .analytics.campaign_audit import audit_campaigns as audit_campaigns
    from .analytics.games import advise_games as advise_games
    from .analytics.kpis.dashboard import dashboard as dashboard
    from .analytics.tables import read_rows as read_rows
    from .analytics.traits import detect_traits as detect_traits
    from .analytics.winners import find_winners as find_winners
    from .errors import AuditError as AuditError
    from .errors import InfeasibleError as InfeasibleError
    from .errors import InputError as InputError
    from .errors import InvalidTransitionError as InvalidTransitionError
    from .errors import MissingExtraError as MissingExtraError
    from .errors import NoPlanError as NoPlanError
    from .errors import Problem as Problem
    from .errors import ScenarioError as ScenarioError
    from .errors import SchedsolveError as SchedsolveError
    from .errors import StoreError as StoreError
    from .errors import TableError as TableError
    from .errors import VolumeError as VolumeError
    from .model.alternatives import Alternatives as Alternatives
    from .model.changes import Changes as Changes
    from .model.content import Library as Library
    from .model.explanation import Explanation as Explanation
    from .model.filled import Filled as Filled
    from .model.placement import WhyNot as WhyNot
    from .model.plan import CheckReport as CheckReport
    from .model.plan import Plan as Plan
    from .model.price import PriceList as PriceList
    from .model.replanned import Replanned as Replanned
    from .model.replay import ReplayReport as ReplayReport
    from .model.scenario import Scenario as Scenario
    from .model.validation_report import ValidationReport as ValidationReport
    from .model.volume import VolumeReport as VolumeReport
    from .pipeline.asking.alternatives import alternatives as alternatives
    from .pipeline.asking.replay import replay as replay
    from .pipeline.asking.why_not import why_not as why_not
    from .pipeline.checker import check as check
    from .pipeline.content.filling import filled as filled
    from .pipeline.explaining.explainer import explain as explain
    from .pipeline.load import load_plan as load_plan
    from .pipeline.load import load_scenario as load_scenario
    from .pipeline.load import parse_scenario as parse_scenario
    from .pipeline.planner import solve as solve
    from .pipeline.pricing.pricer import price as price
    from .pipeline.replanning.changed import load_changes as load_changes
    from .pipeline.replanning.replanner import replan as replan
    from .pipeline.validation.report import validation_report as validation_report
    from .pipeline.volume.report import volume as volume
    from .solver.progress import Cancellation as Cancellation
    from .solver.progress import Progress as Progress
    from .store.engine import Store as Store
    from .store.engine import open_store as open_store
    from .weekly.next_week import next_week as next_week
    from .weekly.wanted import Wanted as Wanted

_HOME = {
    "ABTest": "analytics.ab.record",
    "Alternatives": "model.alternatives",
    "AuditError": "errors",
    "Cancellation": "solver.progress",
    "Changes": "model.changes",
    "CheckReport": "model.plan",
    "Explanation": "model.explanation",
    "Filled": "model.filled",
    "InfeasibleError": "errors",
    "InputError": "errors",
    "InvalidTransitionError": "errors",
    "Library": "model.content",
    "MissingExtraError": "errors",
    "NoPlanError": "errors",
    "Plan": "model.plan",
    "PriceList": "model.price",
    "Problem": "errors",
    "Progress": "solver.progress",
    "Replanned": "model.replanned",
    "ReplayReport": "model.replay",
    "Scenario": "model.scenario",
    "ScenarioError": "errors",
    "SchedsolveError": "errors",
    "Store": "store.engine",
    "StoreError": "errors",
    "TableError": "errors",
    "ValidationReport": "model.validation_report",
    "VolumeError": "errors",
    "VolumeReport": "model.volume",
    "Wanted": "weekly.wanted",
    "WhyNot": "model.placement",
    "advise_games": "analytics.games",
    "alternatives": "pipeline.asking.alternatives",
    "arms_of": "analytics.ab.arms",
    "audit_campaigns": "analytics.campaign_audit",
    "check": "pipeline.checker",
    "dashboard": "analytics.kpis.dashboard",
    "detect_traits": "analytics.traits",
    "explain": "pipeline.explaining.explainer",
    "filled": "pipeline.content.filling",
    "find_winners": "analytics.winners",
    "load_changes": "pipeline.replanning.changed",
    "load_plan": "pipeline.load",
    "load_scenario": "pipeline.load",
    "next_week": "weekly.next_week",
    "open_store": "store.engine",
    "parse_scenario": "pipeline.load",
    "price": "pipeline.pricing.pricer",
    "read_rows": "analytics.tables",
    "replan": "pipeline.replanning.replanner",
    "replay": "pipeline.asking.replay",
    "solve": "pipeline.planner",
    "validation_report": "pipeline.validation.report",
    "volume": "pipeline.volume.report",
    "why_not": "pipeline.asking.why_not",
}

__all__ = [
    "ABTest",
    "Alternatives",
    "AuditError",
    "Cancellation",
    "Changes",
    "CheckReport",
    "Explanation",
    "Filled",
    "InfeasibleError",
    "InputError",
    "InvalidTransitionError",
    "Library",
    "MissingExtraError",
    "NoPlanError",
    "Plan",
    "PriceList",
    "Problem",
    "Progress",
    "Replanned",
    "ReplayReport",
    "Scenario",
    "ScenarioError",
    "SchedsolveError",
    "Store",
    "StoreError",
    "TableError",
    "ValidationReport",
    "VolumeError",
    "VolumeReport",
    "Wanted",
    "WhyNot",
    "__version__",
    "advise_games",
    "alternatives",
    "arms_of",
    "audit_campaigns",
    "check",
    "dashboard",
    "detect_traits",
    "explain",
    "filled",
    "find_winners",
    "load_changes",
    "load_plan",
    "load_scenario",
    "next_week",
    "open_store",
    "parse_scenario",
    "price",
    "read_rows",
    "replan",
    "replay",
    "solve",
    "validation_report",
    "volume",
    "why_not",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("schedsolve")
    if name not in _HOME:
        raise AttributeError(f"module 'schedsolve' has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)


def __dir__() -> list[str]:
    return __all__

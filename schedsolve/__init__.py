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
    from .errors import AuditError as AuditError
    from .errors import InfeasibleError as InfeasibleError
    from .errors import InvalidTransitionError as InvalidTransitionError
    from .errors import NoPlanError as NoPlanError
    from .errors import Problem as Problem
    from .errors import ScenarioError as ScenarioError
    from .errors import SchedsolveError as SchedsolveError
    from .errors import VolumeError as VolumeError
    from .model.alternatives import Alternatives as Alternatives
    from .model.changes import Changes as Changes
    from .model.explanation import Explanation as Explanation
    from .model.placement import WhyNot as WhyNot
    from .model.plan import CheckReport as CheckReport
    from .model.plan import Plan as Plan
    from .model.price import PriceList as PriceList
    from .model.replanned import Replanned as Replanned
    from .model.replay import ReplayReport as ReplayReport
    from .model.scenario import Scenario as Scenario
    from .model.volume import VolumeReport as VolumeReport
    from .pipeline.asking.alternatives import alternatives as alternatives
    from .pipeline.asking.replay import replay as replay
    from .pipeline.asking.why_not import why_not as why_not
    from .pipeline.checker import check as check
    from .pipeline.explaining.explainer import explain as explain
    from .pipeline.load import load_plan as load_plan
    from .pipeline.load import load_scenario as load_scenario
    from .pipeline.load import parse_scenario as parse_scenario
    from .pipeline.planner import solve as solve
    from .pipeline.pricing.pricer import price as price
    from .pipeline.replanning.changed import load_changes as load_changes
    from .pipeline.replanning.replanner import replan as replan
    from .pipeline.volume.report import volume as volume
    from .solver.progress import Cancellation as Cancellation
    from .solver.progress import Progress as Progress

_HOME = {
    "Alternatives": "model.alternatives",
    "AuditError": "errors",
    "Cancellation": "solver.progress",
    "Changes": "model.changes",
    "CheckReport": "model.plan",
    "Explanation": "model.explanation",
    "InfeasibleError": "errors",
    "InvalidTransitionError": "errors",
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
    "VolumeError": "errors",
    "VolumeReport": "model.volume",
    "WhyNot": "model.placement",
    "alternatives": "pipeline.asking.alternatives",
    "check": "pipeline.checker",
    "explain": "pipeline.explaining.explainer",
    "load_plan": "pipeline.load",
    "load_scenario": "pipeline.load",
    "parse_scenario": "pipeline.load",
    "price": "pipeline.pricing.pricer",
    "load_changes": "pipeline.replanning.changed",
    "replan": "pipeline.replanning.replanner",
    "replay": "pipeline.asking.replay",
    "solve": "pipeline.planner",
    "volume": "pipeline.volume.report",
    "why_not": "pipeline.asking.why_not",
}

__all__ = [
    "Alternatives",
    "AuditError",
    "Cancellation",
    "Changes",
    "CheckReport",
    "Explanation",
    "InfeasibleError",
    "InvalidTransitionError",
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
    "VolumeError",
    "VolumeReport",
    "WhyNot",
    "__version__",
    "alternatives",
    "check",
    "explain",
    "load_changes",
    "load_plan",
    "load_scenario",
    "parse_scenario",
    "price",
    "replan",
    "replay",
    "solve",
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

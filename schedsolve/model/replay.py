"""What became of a plan that was made again from its own receipt."""

from __future__ import annotations

from typing import Any, Literal

from .difference import Difference
from .plan import PlanPart


class FieldChange(PlanPart):
    """One value of a plan that is another one now: where it stands, such as `days[2].strategy`, and both values."""

    field: str
    old: Any
    new: Any


class ReplayReport(PlanPart):
    """Whether solving again gave the same plan, and if not, what differs and why.

    Attributes
    ----------
    identical
        The same bytes, wall-clock figures left aside.
    promised
        Whether the plan claims to be reproducible.
    same_scenario
        Whether the scenario that was solved has the stamped SHA-256.
    scenario_keys
        Where it has not: the top-level keys that differ, as far as the plan carries its scenario.
    versions
        Packages, Python and machine that differ.
    changes
        Fields that differ; sends have `sends`, where they differ in place, type or style.
    reasons
        Sentences: why the outcome may differ, the likeliest first.
    """

    schedsolve: Literal[1] = 1
    kind: Literal["replay"] = "replay"
    identical: bool
    promised: bool
    same_scenario: bool
    scenario_keys: tuple[str, ...] = ()
    versions: tuple[FieldChange, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    sends: Difference | None = None
    reasons: tuple[str, ...] = ()

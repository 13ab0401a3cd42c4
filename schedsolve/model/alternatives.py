"""Different good plans of one week, and how far apart they are."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import Field, computed_field

from .plan import Plan, PlanPart


class Alternative(PlanPart):
    """Another good plan.

    `loss` is what it is worth less than the best one, in points and as a share of the best's |value|. Distances count
    regular sends that differ in type or by more than 30 minutes: to the best plan, and to the nearest other plan of the
    set.
    """

    number: int
    value: float
    loss: float
    loss_share: float
    from_best: int
    nearest: int
    plan: Plan


class Alternatives(PlanPart):
    """The best plan known and others within a share of its value, the most different first.

    For every k the first k alternatives were chosen one by one, each the farthest from the best and those before it.

    Attributes
    ----------
    asked, within
        How many were wanted, and the share of |value| that may be lost.
    distances
        Of every plan to every other; row and column 0 are the best plan's, n is alternative number n.
    tried
        Plans in the pool from which these were chosen.
    message
        What to know, in a sentence; empty when all that was asked for is there.
    """

    schedsolve: Literal[1] = 1
    kind: Literal["alternatives"] = "alternatives"
    asked: int
    within: float
    best: Plan
    alternatives: tuple[Alternative, ...]
    distances: tuple[tuple[int, ...], ...]
    tried: int
    reproducible: bool = Field(description="whether the same call gives the same set")
    message: str = ""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def complete(self) -> bool:
        """Whether there are as many as asked for."""
        return len(self.alternatives) >= self.asked

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The best plan, then the others."""
        return (self.best, *(other.plan for other in self.alternatives))

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON: the same for the same call, so without wall-clock figures."""
        data = self.model_dump(mode="json", exclude={"best", "alternatives"})
        data["best"] = self.best.to_dict(timings=False)
        data["alternatives"] = [
            {**other.model_dump(mode="json", exclude={"plan"}), "plan": other.plan.to_dict(timings=False)}
            for other in self.alternatives
        ]
        return data

    def to_json(self) -> str:
        """JSON text: the same bytes for the same call."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False) + "\n"

"""What replanning gives back: the new plan, how it differs from the old one, and what that cost."""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field

from .difference import Difference
from .plan import Plan, PlanPart
from .scenario import Scenario


class MadeUp(PlanPart):
    """A failed send and the day whose quota of its category was raised by one for it; None where no day had room."""

    slot_id: str
    date: str | None


class Replanned(PlanPart):
    """A plan worked over.

    Attributes
    ----------
    plan
        The new plan; it answers `scenario`.
    difference
        Every send of both plans, kept, moved, added or dropped.
    now
        The moment before which nothing changed, in UTC.
    before
        Value of the old plan in its own scenario, in points.
    churn
        Sends still to come in the old plan, followups included, that are not in the new one exactly as they were; those
        that the changes made `impossible` are not counted. A followup counts when its parent does.
    net, bound, gap
        Value of the plan less `move_cost` points for each of the churn; what no plan within `max_moves` can exceed in
        that; and their distance as a share of |net|.
    made_up
        What became of the failed sends.
    scenario
        The scenario with the changes.
    """

    plan: Plan
    difference: Difference
    now: str
    before: float
    churn: int
    max_moves: int | None
    move_cost: float
    net: float
    bound: float
    gap: float
    impossible: tuple[str, ...]
    made_up: tuple[MadeUp, ...]
    scenario: Scenario = Field(exclude=True)

    def to_dict(self) -> dict[str, Any]:
        """Everything but the scenario as plain data, ready for JSON."""
        return {**self.model_dump(mode="json"), "plan": json.loads(self.plan.to_json())}

    def to_json(self) -> str:
        """The result as JSON text: the same bytes for the same input and versions."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False) + "\n"

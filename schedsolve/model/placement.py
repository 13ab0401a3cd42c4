"""Why a send is not (or is) at a place: what the other way would cost, what would move, or what forbids it."""

from __future__ import annotations

import json
from typing import Any, Literal

from .catalog import Style
from .difference import Difference
from .plan import Plan, PlanPart


class Placement(PlanPart):
    """A send that is asked about. `ppv_style` is None where any style will do."""

    scheduled_date: str
    scheduled_time: str
    scheduled_at_utc: str
    send_type_key: str
    ppv_style: Style | None = None


class Conflict(PlanPart):
    """Why no plan can hold the placement: one sentence, and the ids of the rules it speaks of."""

    rules: tuple[str, ...]
    message: str


class ScoreLine(PlanPart):
    """What one preference earns in the plan and in the other one, in points."""

    rule: str
    before: float
    after: float
    change: float


class Otherwise(PlanPart):
    """The best plan found the other way: with the send there, or (where the plan has it) without it.

    Attributes
    ----------
    value, bound
        Of that plan, in points; no plan of that kind is worth more than the bound.
    price
        The plan's value less this one's: what the other way costs, negative where it is even worth more.
    least, most
        What the other way costs the best possible plan lies between these, for all that both bounds leave open.
    score
        The preferences that change, those that lose most first: the reason of the price.
    difference
        From the plan to this one.
    """

    value: float
    bound: float
    price: float
    least: float
    most: float
    score: tuple[ScoreLine, ...]
    difference: Difference
    plan: Plan


class Nearby(PlanPart):
    """The same question for the nearest minute at which the send may stand; `minutes` later, negative for earlier."""

    placement: Placement
    minutes: int
    otherwise: Otherwise


class WhyNot(PlanPart):
    """The answer.

    Attributes
    ----------
    present
        Whether the plan has that send there. Then `otherwise` is the best plan found with no send of that type within
        30 minutes of the place; else the best one found with the send there.
    value, bound
        Of the plan, recomputed, and what no plan of the scenario can exceed, in points; None where that is not known
        and nothing hangs on it.
    conflicts
        Why there is no other way; empty where there is one.
    nearest
        With a conflict: the nearest minute without one, when there is one within 30 minutes.
    notes
        What to know of the plan that was asked about.
    """

    schedsolve: Literal[1] = 1
    kind: Literal["why-not"] = "why-not"
    placement: Placement
    present: bool
    effort: str
    seed: int
    value: float
    bound: float | None
    otherwise: Otherwise | None
    conflicts: tuple[Conflict, ...] = ()
    nearest: Nearby | None = None
    reproducible: bool = True
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON: the same for the same question, so without wall-clock figures."""
        data = self.model_dump(mode="json")
        for answer, told in ((self.otherwise, data["otherwise"]), (self.nearest, data["nearest"])):
            if isinstance(answer, Otherwise):
                told["plan"] = answer.plan.to_dict(timings=False)
            elif answer is not None:
                told["otherwise"]["plan"] = answer.otherwise.plan.to_dict(timings=False)
        return data

    def to_json(self) -> str:
        """JSON text: the same bytes for the same question."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False) + "\n"

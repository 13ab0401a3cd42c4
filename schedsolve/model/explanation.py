"""Why a scenario has no plan, or none without missing sends, and what would change that."""

from __future__ import annotations

from typing import Literal

from pydantic import computed_field

from .catalog import Category
from .notch import Edit, Notch
from .plan import PlanPart, PlanWarning, ScenarioStamp

Outlook = Literal["infeasible", "short", "complete", "unknown"]


class Member(PlanPart):
    """A rule, for what it stands in a conflict, and both in words."""

    rule: str
    subject: str
    text: str


class Conflict(PlanPart):
    """Rules that cannot all hold, while without any one of them the others can."""

    members: tuple[Member, ...]
    message: str


class Fix(PlanPart):
    """Changes after which a plan exists; `verified` by a solve of the changed scenario.

    `size` adds up how much is given up: 1 for a smallest step of one rule. `patch` makes all changes at once.
    """

    changes: tuple[Notch, ...]
    size: float
    verified: Literal[True]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text(self) -> str:
        """All changes in words."""
        return "; ".join(change.text for change in self.changes)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def patch(self) -> tuple[Edit, ...]:
        """All edits, in the order in which they apply."""
        return tuple(edit for change in self.changes for edit in change.patch)


class Lack(PlanPart):
    """Sends that a day must do without, and the rules that bind.

    `rule` asks for them: `daily-quota`, or the range that counts some of the category's sends.
    """

    date: str
    category: Category
    wanted: int
    missing: int
    binding: tuple[str, ...]
    message: str
    rule: str = "daily-quota"


class Purchase(PlanPart):
    """What one notch of a binding rule buys: `sends` fewer are missing, in a plan that was found.

    `most` is the greatest number it could be; None where no proof came in time.
    """

    change: Notch
    sends: int
    most: int | None


class Explanation(PlanPart):
    """The answer of `explain`.

    `outlook`: infeasible (see `conflicts`, `fixes`), short (see `lacks`, `purchases`), complete (nothing need be
    missing), unknown (the budget ran out). `missing` counts the sends that are missing at least, or where
    `missing_proven` is false, the fewest that were found. `lacking` counts what ranges lack of their low ends, in the
    plan that was found.
    """

    schedsolve: Literal[1] = 1
    kind: Literal["explanation"] = "explanation"
    scenario: ScenarioStamp
    outlook: Outlook
    conflicts: tuple[Conflict, ...] = ()
    fixes: tuple[Fix, ...] = ()
    missing: int | None = None
    missing_proven: bool = False
    lacking: int = 0
    lacks: tuple[Lack, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    warnings: tuple[PlanWarning, ...] = ()

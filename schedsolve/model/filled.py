"""A plan with content: what the content and targeting stages return."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .plan import Item
from .plan_part import PlanPart

Stage = Literal["content_matching", "targeting"]
Severity = Literal["critical", "high", "medium", "low"]
LogLevel = Literal["critical", "error", "warning", "info"]


class StageFinding(PlanPart):
    """Something a stage met.

    Attributes
    ----------
    type
        A stable name, such as `caption_missing`.
    severity
        What it means for the run: `high` and worse are failures at the stage's end.
    log
        The level at which it belongs in a log.
    items
        Slot ids that it concerns.
    value, limit
        What was found, and what it is held against.
    """

    type: str
    stage: Stage = "content_matching"
    severity: Severity
    log: LogLevel
    message: str
    items: tuple[str, ...] = ()
    caption_id: int | None = None
    value: float | None = None
    limit: float | None = None


class CaptionStock(PlanPart):
    """Captions that a send type could use: all of them, and those fresh and good enough."""

    captions: int
    usable: int


class NextRun(PlanPart):
    """What the next plan of this creator should know.

    `caption_freshness` is the mean of the usable captions (None without any) and belongs into the scenario's
    `performance`, where the volume stage turns it into `type_weights`: factors on the worth of send types.
    """

    caption_freshness: float | None
    stale: bool
    type_weights: dict[str, float]
    captions_wanted: tuple[str, ...] = Field(description="send types for which new captions should be written")


class Filled(PlanPart):
    """The items of a plan with captions, contents and prices, and what came up.

    `vault_check_disabled` tells that the vault could not be read; `proven` that no better choice of captions exists;
    `confidence_score` is what prices would follow if they followed confidence: it is recorded and moves none.
    """

    items: tuple[Item, ...]
    findings: tuple[StageFinding, ...]
    recommendations: tuple[str, ...]
    next_run: NextRun
    stock: dict[str, CaptionStock]
    vault_check_disabled: bool
    confidence_score: float | None
    proven: bool

    @property
    def failed(self) -> bool:
        """Whether the vault held nothing at all of what the week shows, which fails the stage."""
        return any(finding.type == "vault_content_missing" for finding in self.findings)

    @property
    def degraded(self) -> bool:
        """Whether a fallback of medium severity or worse was used."""
        return any(finding.severity != "low" for finding in self.findings)

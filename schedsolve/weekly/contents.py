"""The content stage of a run: its findings as failures, and the one recovery where the vault has nothing to show."""

from __future__ import annotations

from collections.abc import Callable

from ..model.content import Library
from ..model.failure import Severity
from ..model.filled import Filled, StageFinding
from ..model.plan import Plan, PlanWarning
from .run import StageRun

NOTHING_TO_SHOW = "vault_content_missing"
_USED = {
    "caption_missing": "a person writes them",
    "followup_caption_missing": "a person writes them",
    "caption_shortage_degraded": "captions of a lower level",
    "caption_floor_lowered": "captions of a lower level",
    "low_freshness": "performance first",
    "vault_unchecked": "all media are taken to be there",
}
_GO_ON = "the week goes on"


def with_content(
    plan: Plan,
    library: Library,
    fill: Callable[[Plan, Library], Filled],
    reread: Callable[[], Library],
    stage: StageRun,
) -> tuple[Plan, Library]:
    """The plan with captions and contents, and the library they are from.

    A vault that holds nothing of what the week shows is read once more: it may just have been in change.
    """
    found = fill(plan, library)
    if found.failed:
        library = reread()
        found = fill(plan, library)
        stage.recovering(
            "vault_missing", "the vault held nothing of what the week shows", not found.failed, "read the vault again"
        )
        if found.failed:
            stage.severities.append(Severity.HIGH)
    for finding in found.findings:
        if finding.type != NOTHING_TO_SHOW:
            _note(stage, finding)
    stage.metrics |= {
        "items": len(found.items),
        "without_caption": sum(bool(item.needs_caption) for item in found.items),
        "proven": found.proven,
        "pool_freshness": found.next_run.caption_freshness,
    }
    told = [*plan.warnings, *_warnings(found)]
    return plan.model_copy(update={"items": found.items, "warnings": tuple(told)}), library


def _note(stage: StageRun, finding: StageFinding) -> None:
    severity = Severity(finding.severity)
    stage.noted(finding.type, finding.message, _USED.get(finding.type, _GO_ON), severity)


def _warnings(found: Filled) -> list[PlanWarning]:
    """What the reader of the plan should know: findings of more than passing interest."""
    return [
        PlanWarning(code=finding.type.replace("_", "-"), message=finding.message)
        for finding in found.findings
        if finding.log != "info"
    ]

"""Events of one week: its rotation, followups, jitter, validation, and its publishing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .events import Events, Level

WINDOW = (15.0, 45.0)
OPTIMAL = (20.0, 40.0)
ROUND = 15


def rotation_change(
    events: Events, old: Sequence[str], new: Sequence[str], method: str, days_on_previous_pattern: int
) -> None:
    """A pattern took the place of another; the score is the share of positions that differ, 1.0 if one is empty."""
    same = sum(a == b for a, b in zip(old, new, strict=False))
    score = 1 - same / max(len(old), len(new)) if old and new else 1.0
    events.tell(
        "rotation_change",
        f"the pattern changed by {method} after {days_on_previous_pattern} days",
        stage="timing",
        old_pattern=list(old),
        new_pattern=list(new),
        rotation_method=method,
        days_on_previous_pattern=days_on_previous_pattern,
        pattern_diversity_score=round(score, 4),
    )


def followup_scheduled(events: Events, parent: datetime, followup: datetime, ppv_style: str | None) -> None:
    """A followup has its time; outside of the window that is a warning as well."""
    gap = (followup - parent).total_seconds() / 60
    position = "early" if gap < OPTIMAL[0] else "late" if gap > OPTIMAL[1] else "optimal"
    levels: tuple[Level, ...] = ("info",) if WINDOW[0] <= gap <= WINDOW[1] else ("info", "warning")
    for level in levels:
        events.tell(
            "followup_scheduled",
            f"a followup goes out {gap:.1f} minutes after its parent",
            level=level,
            stage="followups",
            parent_time=parent.isoformat(),
            followup_time=followup.isoformat(),
            gap_minutes=round(gap, 1),
            ppv_style=ppv_style,
            is_optimal_window=position == "optimal",
            window_position=position,
        )


def jitter_applied(events: Events, original: datetime, jittered: datetime, send_type_key: str) -> None:
    """A send was moved off its preferred minute; a round minute is an error as well."""
    round_minute = jittered.minute % ROUND == 0
    levels: tuple[Level, ...] = ("info", "error") if round_minute else ("info",)
    for level in levels:
        events.tell(
            "jitter_applied",
            f"{send_type_key} moved to {jittered:%H:%M}",
            level=level,
            stage="timing",
            original_time=original.isoformat(),
            jittered_time=jittered.isoformat(),
            offset_minutes=round((jittered - original).total_seconds() / 60, 1),
            send_type_key=send_type_key,
            final_minute=jittered.minute,
            avoided_round_minute=not round_minute,
        )


def validation_result(
    events: Events, validation_type: str, is_valid: bool, score: int, errors: Sequence[str], repairs: Sequence[str] = ()
) -> None:
    """A week was validated; the first five errors are told."""
    events.tell(
        "validation_result",
        f"{validation_type}: score {score}, {len(errors)} errors",
        level="info" if is_valid else "warning",
        stage="assembly",
        validation_type=validation_type,
        is_valid=is_valid,
        score=score,
        error_count=len(errors),
        errors=list(errors[:5]),
        repairs_applied=list(repairs),
        repair_count=len(repairs),
    )


def saga_execution(
    events: Events,
    status: str,
    completed_steps: Sequence[str],
    failed_step: str | None,
    error: str | None,
    compensation_errors: Sequence[str],
    item_count: int,
    duration_ms: float,
) -> None:
    """A saga ended."""
    events.tell(
        "saga_execution",
        f"the saga ended {status}",
        level="info" if status == "completed" else "error",
        stage="assembly",
        duration_ms=duration_ms,
        status=status,
        completed_steps=list(completed_steps),
        failed_step=failed_step,
        error=error,
        compensation_errors=list(compensation_errors),
        item_count=item_count,
    )

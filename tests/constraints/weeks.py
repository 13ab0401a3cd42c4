"""Weeks for tests: a low-volume paid week from Monday 2025-01-20 in New York, and what a test changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from schedsolve.model.catalog import Style
from schedsolve.model.scenario import Scenario
from schedsolve.model.week import CountRange, FixedSend, Quota, Week
from schedsolve.pipeline.prepare import prepare

Split = tuple[int, int, int]


def week(
    *,
    start: str = "2025-01-20",
    days: int = 7,
    page: str = "paid",
    zone: str = "America/New_York",
    quota: Split | Sequence[Split] = (3, 3, 1),
    confidence: float = 0.9,
    rules: Mapping[str, Mapping[str, Any]] | None = None,
    timing: Mapping[str, Any] | None = None,
    variation: Mapping[str, Any] | None = None,
    send_types: Mapping[str, Mapping[str, Any]] | None = None,
    history: Sequence[str] = (),
    last_strategy: str | None = None,
    rotation: Mapping[str, Any] | None = None,
    locks: Sequence[str] = (),
    blackouts: Sequence[tuple[str, str]] = (),
    ppv_range: tuple[int, int] | None = None,
    bump_range: tuple[int, int] | None = None,
    campaigns: Mapping[str, Any] | None = None,
) -> Week:
    """A prepared week.

    `quota` is revenue, engagement, retention: of every day, or day by day. `history` and `locks` hold lines
    such as `2025-01-19T21:07 ppv_unlock winner`; `awaits` marks a past parent whose followup is to come.
    """
    past: dict[str, Any] = {"sends": [_fixed(line) for line in history]}
    if last_strategy is not None:
        past["last_strategy"] = last_strategy
    if rotation is not None:
        past["rotation"] = rotation
    scenario = Scenario.model_validate(
        {
            "schedsolve": 1,
            "kind": "creator-week",
            "week_start": start,
            "days": days,
            "creator": {"id": "alexia", "page_type": page, "timezone": zone},
            "volume": {
                "revenue_per_day": 3,
                "engagement_per_day": 3,
                "retention_per_day": 1,
                "confidence_score": confidence,
                "accept_low_confidence": True,
            },
            "timing": dict(timing or {}),
            "variation": dict(variation or {}),
            "send_types": dict(send_types or {}),
            "rules": dict(rules or {}),
            "history": past,
            "blackouts": [{"from": first, "to": end} for first, end in blackouts],
            "campaigns": campaigns,
        }
    )
    made = prepare(scenario)
    return replace(
        made,
        quotas=_quotas(quota, days),
        locks=_locks(made, locks),
        ppv_range=CountRange(*ppv_range) if ppv_range else None,
        bump_range=CountRange(*bump_range) if bump_range else None,
    )


def _locks(week: Week, lines: Sequence[str]) -> tuple[FixedSend, ...]:
    """Locks as they stand in a week, even where `prepare` would refuse them for contradicting each other."""
    locks = []
    for index, line in enumerate(lines):
        at, key, *style = line.split()
        row = week.catalog[key]
        minute = week.horizon.minute_of_local(datetime.fromisoformat(at))
        locks.append(FixedSend(minute, row, Style(style[0]) if style else row.fixed_style, index))
    return tuple(locks)


def _quotas(quota: Split | Sequence[Split], days: int) -> tuple[Quota, ...]:
    splits = [part for part in quota if not isinstance(part, int)]
    if splits:
        return tuple(Quota(*split) for split in splits)
    every = [part for part in quota if isinstance(part, int)]
    return (Quota(*every),) * days


def _fixed(line: str) -> dict[str, Any]:
    at, key, *words = line.split()
    fixed: dict[str, Any] = {"at": at, "send_type_key": key}
    for word in words:
        if word == "awaits":
            fixed["awaits_followup"] = True
        else:
            fixed["ppv_style"] = word
    return fixed

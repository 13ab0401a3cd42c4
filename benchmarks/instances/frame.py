"""The scenario before any send is known: creator, volume, timing, rules and closed time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from schedsolve.model.calendar import MINUTES_PER_DAY
from schedsolve.model.catalog import CATALOG, FOLLOWUP, Category, PageType
from schedsolve.model.scenario import Scenario
from schedsolve.model.week import Week
from schedsolve.pipeline.prepare import prepare
from schedsolve.pipeline.volume.figures import LEVELS

from .dice import Dice
from .ground import Ground
from .knobs import Knobs

CREATORS = (
    "ada", "bianca", "carla", "dalia", "elena", "fiona", "greta", "hanna", "iris", "juno", "kira", "lena",
    "mara", "nora", "olive", "petra", "quinn", "rosa", "sofia", "talia", "uma", "vera", "willa", "yara",
)  # fmt: skip
FANS = {"low": (200, 999), "mid": (1_000, 4_999), "high": (5_000, 14_999), "ultra": (15_000, 60_000)}
PEAKS = ([20, 21, 22], [19, 20, 21], [21, 22, 23], [12, 20, 21], [9, 19, 20], [18, 19, 22])
REASONS = (
    ("travel", 240, 540),
    ("shooting", 120, 300),
    ("family", 120, 360),
    ("appointment", 60, 120),
    ("rest", 60, 180),
)
"""Why time is closed, and for how many minutes at least and at most."""
QUARTER = 15
"""Minutes: drawn closed time begins and ends on quarter hours."""
MOST_OF_A_DAY = 0.75
"""Share of a day's active time that drawn closed time may take; a day keeps places."""
KEPT_TYPES = {Category.REVENUE: 6, Category.ENGAGEMENT: 6, Category.RETENTION: 2}
"""Types of a category that stay on whatever is switched off."""


def frame_of(knobs: Knobs, seed: int, closed: float) -> dict[str, Any]:
    """The scenario without history, locks and caps, as plain data; `closed` is the share of closed active time."""
    dice = Dice(seed, "frame")
    ratio = LEVELS[knobs.level]
    creator = dice.pick(CREATORS)
    raw: dict[str, Any] = {
        "schedsolve": 1,
        "kind": "creator-week",
        "name": f"{creator}, {knobs.days} days from {knobs.start}",
        "seed": seed,
        "week_start": knobs.start,
        "days": knobs.days,
        "creator": {
            "id": creator,
            "page_type": knobs.page,
            "timezone": knobs.timezone,
            "fan_count": dice.between(*FANS[knobs.level]),
        },
        "volume": {
            "revenue_per_day": ratio.revenue,
            "engagement_per_day": ratio.engagement,
            "retention_per_day": ratio.retention if knobs.page == "paid" else 0,
            "confidence_score": knobs.confidence,
        },
        "performance": {
            "saturation": dice.between(15, 85),
            "opportunity": dice.between(15, 85),
            "revenue_trend": dice.pick(("up", "stable", "down")),
        },
        "timing": {
            "peak_hours": dice.pick(PEAKS),
            "late_followups": knobs.late_followups,
            "variation": knobs.jitter,
        },
        "variation": {"temperature": knobs.temperature},
        "send_types": _changed_types(knobs, Dice(seed, "types")),
        "rules": {
            "min-spacing": {"minutes": knobs.spacing},
            "block-limit": {
                "max": knobs.block_max,
                "hours": knobs.block_hours,
                "window": "rolling" if knobs.rolling else "fixed",
            },
            "active-window": {"start": knobs.opens, "end": knobs.closes},
            "followup-daily-limit": {"max": knobs.followup_max},
        },
    }
    if knobs.response is not None:
        raw["timing"]["avg_response_minutes"] = knobs.response
    if closed:
        raw["blackouts"] = _closed_time(week_of(raw), closed, Dice(seed, "blackouts"))
    raw["volume"]["weekly_distribution"] = _totals(week_of(raw), knobs, Dice(seed, "totals"))
    return raw


def week_of(raw: dict[str, Any]) -> Week:
    """The week of a scenario given as plain data."""
    return prepare(Scenario.model_validate(raw))


def eve_of(raw: dict[str, Any], days: int) -> dict[str, Any]:
    """The frame of the days before: the same creator under the same rules, nothing closed, plain totals."""
    volume = {name: value for name, value in raw["volume"].items() if name != "weekly_distribution"}
    first = date.fromisoformat(raw["week_start"]) - timedelta(days=days)
    kept = {name: value for name, value in raw.items() if name != "blackouts"}
    return {**kept, "week_start": first.isoformat(), "days": days, "volume": volume}


def local_text(week: Week, minute: int) -> str:
    """Absolute minute -> local time as scenarios write it, with its offset where the clock shows that time twice."""
    local = week.horizon.local(minute)
    plain = local.replace(tzinfo=None, fold=0)
    twice = week.horizon.minute_of_local(plain) != minute
    return (local if twice else plain).isoformat(timespec="minutes")


def _changed_types(knobs: Knobs, dice: Dice) -> dict[str, Any]:
    """Scaled gaps, and types switched off."""
    changes: dict[str, Any] = {}
    for key, row in CATALOG.items():
        if knobs.gap_scale != 1 and row.gap_minutes < MINUTES_PER_DAY and key != FOLLOWUP:
            gap = min(MINUTES_PER_DAY, round(row.gap_minutes * knobs.gap_scale / 5) * 5)
            changes[key] = {"min_gap": gap}
    rows = [row for row in CATALOG.values() if PageType(knobs.page) in row.pages and row.key != FOLLOWUP]
    spare = [row for category in Category for row in _spare([row for row in rows if row.category is category], dice)]
    for row in dice.sample(spare, knobs.types_off):
        changes[row.key] = {"enabled": False}
    return {key: change for key, change in changes.items() if PageType(knobs.page) in CATALOG[key].pages}


def _spare(rows: list[Any], dice: Dice) -> list[Any]:
    """The rows of a category that may be switched off."""
    return dice.sample(rows, max(0, len(rows) - KEPT_TYPES[rows[0].category])) if rows else []


def _closed_time(week: Week, share: float, dice: Dice) -> list[dict[str, str]]:
    """Appointments on quarter hours, until about `share` of the active time is closed."""
    days = Ground(week).days
    left = [list(minutes) for minutes in days]
    wanted = share * sum(map(len, days))
    spans: list[tuple[int, int, str]] = []
    while sum(map(len, days)) - sum(map(len, left)) < wanted:
        day = dice.between(0, len(days) - 1)
        reason, shortest, longest = dice.pick(REASONS)
        start = dice.pick(left[day]) // QUARTER * QUARTER
        end = start + dice.between(shortest // QUARTER, longest // QUARTER) * QUARTER
        end = min(end, -(-days[day][-1] // QUARTER) * QUARTER, *(span[0] for span in spans if span[0] > start))
        kept = [minute for minute in left[day] if not start <= minute < end]
        if end - start >= shortest and len(kept) >= (1 - MOST_OF_A_DAY) * len(days[day]):
            left[day] = kept
            spans.append((start, end, reason))
    return [
        {"from": local_text(week, start), "to": local_text(week, end), "reason": reason}
        for start, end, reason in sorted(spans)
    ]


def _totals(week: Week, knobs: Knobs, dice: Dice) -> list[int]:
    """The day's totals: a share of its places, or the level's total give or take one; 0 on a day without places."""
    base = LEVELS[knobs.level]
    plain = base.total if knobs.page == "paid" else base.revenue + base.engagement
    ground, totals = Ground(week), []
    for day in week.days:
        places = ground.places(day)
        wobble = dice.pick((-1, 0, 0, 1))
        wanted = plain + wobble if knobs.fill is None else max(1, round(knobs.fill * places))
        totals.append(wanted if places else 0)
    return totals

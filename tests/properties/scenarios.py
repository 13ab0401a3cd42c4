"""Hypothesis strategies for scenarios: small horizons, every switch."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from schedsolve.model.catalog import CATALOG, FOLLOWUP, PageType
from schedsolve.model.rule_settings import Rules

PLACES = [
    ("America/New_York", "2025-01-20"),
    ("America/New_York", "2025-03-08"),
    ("Europe/Berlin", "2025-10-25"),
    ("Asia/Kolkata", "2025-06-04"),
    ("Australia/Lord_Howe", "2025-04-05"),
    ("America/Santiago", "2025-09-06"),
]
SWITCHES = sorted(str(field.alias) for field in Rules.model_fields.values())
VARIANTS: dict[str, list[dict[str, Any]]] = {
    "block-limit": [{"window": "rolling"}, {"max": 5}, {"hours": 8, "max": 5}, {"hours": 2, "max": 2}],
    "min-spacing": [{"minutes": 20}, {"minutes": 60}],
    "active-window": [{"start": "00:00", "end": "23:59"}, {"start": "00:10", "end": "06:30"}],
    "followup-window": [{"earliest": 20, "latest": 25}],
    "followup-daily-limit": [{"max": 1}],
    "clock-repeat": [{"max": 1}],
}


def _of_page(page: str) -> list[str]:
    return [key for key, row in CATALOG.items() if PageType(page) in row.pages and key != FOLLOWUP]


@st.composite
def scenarios(draw: st.DrawFn, days: st.SearchStrategy[int]) -> dict[str, Any]:
    """A scenario as plain data: mostly solvable, sometimes contradictory."""
    zone, start = draw(st.sampled_from(PLACES))
    page = draw(st.sampled_from(["paid", "free"]))
    length = draw(days)
    first = date.fromisoformat(start)

    def moment(low: int, high: int) -> st.SearchStrategy[str]:
        return st.builds(
            lambda day, hour, minute: f"{first + timedelta(days=day)}T{hour:02d}:{minute:02d}",
            st.integers(low, high),
            st.integers(8, 22),
            st.sampled_from([1, 7, 22, 34, 52]),
        )

    keys = st.sampled_from(_of_page(page))
    rules: dict[str, dict[str, Any]] = {
        name: draw(st.sampled_from(VARIANTS[name]))
        for name in draw(st.lists(st.sampled_from(sorted(VARIANTS)), max_size=2, unique=True))
    }
    for name in draw(st.lists(st.sampled_from(SWITCHES), max_size=2, unique=True)):
        rules[name] = {"enabled": False}
    blackouts = draw(st.lists(st.tuples(moment(0, length - 1), st.integers(1, 6)), max_size=2))
    return {
        "schedsolve": 1,
        "kind": "creator-week",
        "seed": draw(st.integers(0, 99)),
        "week_start": start,
        "days": length,
        "creator": {"id": draw(st.sampled_from(["mia", "alexia"])), "page_type": page, "timezone": zone},
        "volume": {
            "revenue_per_day": draw(st.integers(1, 6)),
            "engagement_per_day": draw(st.integers(1, 5)),
            "retention_per_day": draw(st.integers(0, 2)),
            "confidence_score": draw(st.sampled_from([0.4, 0.7, 0.9])),
        },
        "timing": {
            "peak_hours": draw(st.sampled_from([[], [20, 21, 22], [9, 23], [14, 15]])),
            "late_followups": draw(st.sampled_from(["within_day", "cross_midnight", "next_morning"])),
            "variation": draw(st.sampled_from(["low", "medium", "high"])),
        },
        "variation": {"temperature": draw(st.sampled_from([0.0, 1.0]))},
        "rules": rules,
        "locks": [
            {"at": at, "send_type_key": key}
            for at, key in draw(st.lists(st.tuples(moment(0, length - 1), keys), max_size=3))
        ],
        "blackouts": [
            {"from": at, "to": f"{at[:11]}{min(23, int(at[11:13]) + hours):02d}:55"} for at, hours in blackouts
        ],
        "history": {
            "sends": [
                {"at": at, "send_type_key": key}
                for at, key in draw(st.lists(st.tuples(moment(-1, -1), keys), max_size=3))
            ]
        },
    }

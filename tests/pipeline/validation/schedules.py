"""A schedule of 48 items that every check passes, as plain data, and the ways in which tests spoil it.

Six regular sends a day and a followup on every day but Saturday, from Monday 2025-01-20 in New York. Slot ids are
`<date>_<n>` in time order; pay-per-view sends stand at 19 and 21 o'clock, the followup 20 minutes after the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from schedsolve.model.catalog import CATALOG, FOLLOWUP
from schedsolve.model.scenario import Scenario
from schedsolve.model.strategies import STRATEGIES
from schedsolve.model.validation_report import ValidationReport
from schedsolve.pipeline.prepare import prepare
from schedsolve.pipeline.validation.report import validation_report

MONDAY = date(2025, 1, 20)
ZONE = ZoneInfo("America/New_York")
VAULT = frozenset({11, 12, 13})
HOURS = (9, 11, 13, 17, 19, 21)
REVENUE = (
    ("game_post", "ppv_unlock solo", "first_to_tip"),
    ("first_to_tip", "ppv_unlock winner", "vip_program"),
    ("game_post", "ppv_unlock sextape", "bundle"),
    ("first_to_tip", "ppv_unlock solo", "flash_bundle"),
    ("game_post", "ppv_unlock winner", "first_to_tip"),
    ("game_post", "snapchat_bundle", "first_to_tip"),
    ("game_post", "ppv_unlock solo", "first_to_tip"),
)
ENGAGEMENT = tuple(key for key, row in CATALOG.items() if row.category == "engagement")
RETENTION = ("renew_on_post", "renew_on_message", "expired_winback")


@dataclass(frozen=True)
class Caption:
    """A caption of the pool, as far as checks look at it."""

    caption_type: str
    performance_score: float | None = 80.0


def slot(day: int, place: int) -> str:
    """Slot id of a regular send: days from 0, places from 1."""
    return f"{MONDAY + timedelta(days=day)}_{place}"


def followup(day: int) -> str:
    """Slot id of a day's followup."""
    return f"{slot(day, 5)}_followup"


def scenario(**changes: Any) -> Scenario:
    """The scenario that the schedule answers; `changes` replace its sections."""
    sections: dict[str, Any] = {
        "schedsolve": 1,
        "kind": "creator-week",
        "week_start": MONDAY.isoformat(),
        "creator": {"id": "alexia", "page_type": "paid", "timezone": ZONE.key},
        "volume": {"quotas": [{"revenue": 3, "engagement": 2, "retention": 1}] * 7, "confidence_score": 0.9},
        "timing": {"peak_hours": [20, 21, 22]},
        "performance": {"saturation": 45, "opportunity": 62, "message_count": 200},
    }
    return Scenario.model_validate(sections | changes)


def schedule() -> dict[str, Any]:
    """The schedule, a fresh copy each time."""
    return deepcopy(_schedule())


@cache
def _schedule() -> dict[str, Any]:
    week = prepare(scenario())
    items = [item for day in range(7) for item in _day(day)]
    for number, item in enumerate(items):
        item["caption_id"] = 1000 + number
        item["caption_text"] = f"text {number}"
    strategies = list(STRATEGIES)
    return {
        "days": [
            {
                "date": (MONDAY + timedelta(days=day)).isoformat(),
                "strategy": strategies[day % 5],
                "rotation_pattern": [str(style) for style in week.pattern(day)],
            }
            for day in range(7)
        ],
        "items": items,
        "pins": [
            {
                "item": item["slot_id"],
                "send_type_key": "game_post",
                "starts_at_utc": item["scheduled_at_utc"],
                "ends_at_utc": item["expires_at_utc"],
                "priority": 22.0,
            }
            for item in items
            if item["send_type_key"] == "game_post"
        ],
        "shortfalls": [],
        "relaxations": [],
        "warnings": [],
    }


def pool(data: Mapping[str, Any]) -> dict[int, Caption]:
    """Captions of a type that fits, for every item that names one."""
    return {
        item["caption_id"]: Caption(CATALOG[item["send_type_key"]].captions[0])
        for item in data["items"]
        if item["caption_id"] is not None
    }


def report_on(data: Mapping[str, Any], week: Scenario | None = None, **options: Any) -> ValidationReport:
    """The schedule's report, with pool and vault at hand unless the test says otherwise."""
    known = {"captions": pool(schedule()), "vault": VAULT}
    return validation_report(week or scenario(), dict(data), **(known | options))


def spoilt(*changes: tuple[str, dict[str, Any]], **sections: Any) -> dict[str, Any]:
    """The schedule with other fields for some items, and other sections; an expiry moves with its item."""
    data = schedule() | sections
    for name, fields in changes:
        (item,) = [item for item in data["items"] if item["slot_id"] == name]
        item.update(fields)
        if "scheduled_at_utc" in fields and item["expires_at_utc"]:
            item["expires_at_utc"] = _utc(datetime.fromisoformat(item["scheduled_at_utc"]) + timedelta(hours=24))
    return data


def without(*names: str) -> dict[str, Any]:
    """The schedule without some items."""
    data = schedule()
    data["items"] = [item for item in data["items"] if item["slot_id"] not in names]
    return data


def at(day: int, clock: str, **fields: Any) -> dict[str, Any]:
    """The fields of another moment, with metadata that tells it."""
    hour, minute = int(clock[:2]), int(clock[3:])
    told = {"base_hour": hour, "base_minute": 0, "time_shift": 0, "jitter": 0, "prime_hours_used": [20, 21]}
    adjusted = {
        "adjustment_minutes": minute,
        "time_adjusted": minute != 0,
        "adjustment_reason": "moved" * (minute != 0),
    }
    return _moment(day, hour, minute) | {"variation_metadata": told | adjusted} | fields


def _day(day: int) -> list[dict[str, Any]]:
    first, second, third = REVENUE[day]
    kinds = (ENGAGEMENT[2 * day % 9], ENGAGEMENT[(2 * day + 1) % 9], first, RETENTION[day % 3], second, third)
    items = []
    for place, (hour, kind) in enumerate(zip(HOURS, kinds, strict=True), start=1):
        key, *style = kind.split()
        items.append(_item(day, hour, day + 1, key, slot(day, place), style))
        if key == "ppv_unlock":
            after = {"is_follow_up": True, "parent_item_id": slot(day, 5), "followup_delay_minutes": 20}
            items.append(_item(day, hour, day + 21, FOLLOWUP, followup(day), []) | after)
    return items


def _moment(day: int, hour: int, minute: int) -> dict[str, Any]:
    local = datetime(2025, 1, 20, hour, minute, tzinfo=ZONE) + timedelta(days=day)
    return {
        "scheduled_at_utc": _utc(local),
        "scheduled_date": f"{local:%Y-%m-%d}",
        "scheduled_time": f"{local:%H:%M:%S}",
    }


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _item(day: int, hour: int, minute: int, key: str, name: str, style: list[str]) -> dict[str, Any]:
    row, strategy = CATALOG[key], list(STRATEGIES)[day % 5]
    moment = _moment(day, hour, minute)
    sent = datetime.fromisoformat(moment["scheduled_at_utc"])
    expires = None if row.expiry_hours is None else sent + timedelta(hours=row.expiry_hours)
    return moment | {
        "slot_id": name,
        "timezone": ZONE.key,
        "send_type_key": key,
        "category": str(row.category),
        "ppv_style": style[0] if style else row.fixed_style and str(row.fixed_style),
        "channel_key": str(row.channel),
        "target_key": row.default_target,
        "is_follow_up": False,
        "expires_at_utc": expires and _utc(expires),
        "strategy_used": strategy,
        "variation_metadata": {
            "base_hour": hour,
            "base_minute": 0,
            "time_shift": 0,
            "jitter": minute,
            "prime_hours_used": [20, 21],
        },
        "caption_status": "assigned",
        "caption_scores": {"freshness_score": 90.0, "performance_score": 80.0, "persona_score": 50.0},
        "content_type_id": 12 if row.ppv else None,
        "vault_warning": None,
        "warnings": [],
    }

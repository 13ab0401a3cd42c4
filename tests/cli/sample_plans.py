"""Plans built by hand, so that rendering and exports are tested without a solve."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from schedsolve.model.catalog import CATALOG, FOLLOWUP, Category, Style
from schedsolve.model.plan import (
    Audit,
    DayPlan,
    Followups,
    Item,
    Pin,
    Plan,
    PlanWarning,
    Quotas,
    Relaxation,
    ScenarioStamp,
    Shortfall,
    Summary,
    Timings,
    VariationMetadata,
)

ZONE = "America/New_York"
MONDAY = date(2025, 1, 20)
STRATEGIES = {
    "revenue_focus": "bundle_flash_vip",
    "engagement_burst": "farm_bump",
    "balanced_standard": "even_mix",
    "variety_max": "all_types",
    "storytelling": "story_bump_wall",
}
PRIME = ((19, 20, 21), (20, 21, 22), (21, 22, 23))
STYLES = (Style.SOLO, Style.BUNDLE, Style.WINNER, Style.SEXTAPE)
TYPES = {
    Category.REVENUE: (
        "ppv_unlock",
        "game_post",
        "bundle",
        "tip_goal",
        "ppv_unlock",
        "first_to_tip",
        "flash_bundle",
        "vip_program",
        "snapchat_bundle",
    ),
    Category.ENGAGEMENT: (
        "bump_normal",
        "link_drop",
        "dm_farm",
        "bump_flyer",
        "wall_link_drop",
        "bump_descriptive",
        "live_promo",
        "like_farm",
        "bump_text_only",
    ),
    Category.RETENTION: ("renew_on_post", "renew_on_message", "expired_winback"),
}
PLACES = (
    (8, Category.ENGAGEMENT),
    (9, Category.REVENUE),
    (11, Category.ENGAGEMENT),
    (12, Category.REVENUE),
    (14, Category.ENGAGEMENT),
    (15, Category.ENGAGEMENT),
    (16, Category.RETENTION),
    (17, Category.RETENTION),
    (18, Category.REVENUE),
    (20, Category.REVENUE),
    (21, Category.REVENUE),
    (22, Category.REVENUE),
)


def item(at: str, key: str, **changes: Any) -> Item:
    """A send at a local time such as `2025-01-20 20:22`, with the catalog's defaults."""
    row = CATALOG[key]
    local = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(changes.get("timezone", ZONE)))
    utc = local.astimezone(ZoneInfo("UTC"))
    expires = utc + timedelta(hours=row.expiry_hours) if row.expiry_hours else None
    fields: dict[str, Any] = {
        "slot_id": f"{local:%Y-%m-%d}_1",
        "scheduled_date": f"{local:%Y-%m-%d}",
        "scheduled_time": f"{local:%H:%M}:00",
        "scheduled_at_utc": f"{utc:%Y-%m-%dT%H:%M:%SZ}",
        "timezone": ZONE,
        "send_type_key": key,
        "category": row.category,
        "ppv_style": row.fixed_style,
        "channel_key": row.channel,
        "target_key": row.default_target,
        "is_follow_up": key == FOLLOWUP,
        "parent_item_id": None,
        "followup_delay_minutes": None,
        "timing_adjusted": False,
        "expires_at_utc": f"{expires:%Y-%m-%dT%H:%M:%SZ}" if expires else None,
        "priority": 1,
        "strategy_used": "revenue_focus",
        "flavor_emphasis": "bundle_flash_vip",
        "expected_value": row.value,
        "locked": False,
        "variation_metadata": VariationMetadata(
            base_hour=local.hour, base_minute=0, time_shift=0, jitter=3, daily_strategy="revenue_focus"
        ),
    }
    return Item(**(fields | changes))


def week_items(days: int = 7, first: date = MONDAY) -> list[Item]:
    """Twelve sends a day, with followups for most unlocks and tip goals; the third day's 20:xx unlock is locked."""
    random = Random(7)
    turn = dict.fromkeys(Category, 0)
    styles = 0
    items = []
    for number in range(days):
        day = (first + timedelta(days=number)).isoformat()
        for place, (hour, category) in enumerate(PLACES, start=1):
            kinds = TYPES[category]
            key = kinds[turn[category] % len(kinds)]
            turn[category] += 1
            minute = random.choice([m for m in range(2, 29) if m % 15])
            changes: dict[str, Any] = {"slot_id": f"{day}_{place}", "priority": place}
            if CATALOG[key].rotated:
                changes["ppv_style"] = STYLES[styles % 4]
                changes["locked"] = number == 2 and hour >= 12
                styles += 1
            send = item(f"{day} {hour:02d}:{minute:02d}", key, **changes)
            items.append(send)
            if CATALOG[key].followup:
                delay = next(d for d in (29, 27, 24) if (minute + d) % 15)
                after = datetime(2025, 1, 1, hour, minute) + timedelta(minutes=delay)
                items.append(
                    item(
                        f"{day} {after:%H:%M}",
                        FOLLOWUP,
                        slot_id=f"{send.slot_id}_followup",
                        parent_item_id=send.slot_id,
                        followup_delay_minutes=delay,
                        variation_metadata=VariationMetadata(drawn_offset=delay),
                    )
                )
    return sorted(items, key=lambda one: (one.scheduled_at_utc, one.slot_id))


def plan(days: int = 7, first: date = MONDAY, **changes: Any) -> Plan:
    """A feasible plan of twelve sends a day where thirteen were wanted, with a warning and a relaxation."""
    items = week_items(days, first)
    regular = [one for one in items if not one.is_follow_up]
    names = list(STRATEGIES)
    dates = [(first + timedelta(days=number)).isoformat() for number in range(days)]
    fields: dict[str, Any] = {
        "scenario": ScenarioStamp(name="alexia, late January", sha256="5f" * 32),
        "creator_id": "alexia",
        "seed": 7,
        "effort": "standard",
        "status": "feasible",
        "objective": 2187.4,
        "bound": 2201.9,
        "gap": 0.0066,
        "reproducible": True,
        "versions": {"schedsolve": "0.1.0", "ortools": "9.15.6755", "python": "3.11.2"},
        "timings": Timings(deterministic_time=7.9, solves=84, variables=21044, constraints=40113, wall_seconds=9.4),
        "days": tuple(
            DayPlan(
                date=day,
                strategy=names[number % 5],
                flavor=STRATEGIES[names[number % 5]],
                prime_hours=PRIME[number % 3],
                quotas=Quotas(revenue=6 + (number == 4), engagement=5, retention=2),
                rotation_pattern=STYLES,
                rotation_state="pattern_active",
            )
            for number, day in enumerate(dates)
        ),
        "items": tuple(items),
        "pins": (
            Pin(
                item=regular[3].slot_id,
                send_type_key="game_post",
                starts_at_utc="2025-01-20T17:09:00Z",
                ends_at_utc="2025-01-23T17:09:00Z",
                priority=22.0,
            ),
        ),
        "shortfalls": tuple(
            Shortfall(
                rule="daily-quota",
                date=day,
                category=Category.ENGAGEMENT,
                wanted=5,
                placed=4,
                binding=("block-limit", "active-window"),
            )
            for day in dates
        ),
        "relaxations": (
            Relaxation(
                step=2, rule="min-spacing", days=dates[1:2], sends=(f"{dates[-1][:8]}21_4",), severity="warning"
            ),
        ),
        "warnings": (
            PlanWarning(code="volume-guessed", message="retention per day taken from: 8500 fans (level high)"),
        ),
        "summary": Summary(
            sends=len(items),
            by_category={str(c): sum(one.category is c for one in regular) for c in Category},
            by_day={day: sum(one.scheduled_date == day for one in items) for day in dates},
            distinct_types=len({one.send_type_key for one in regular}),
            strategies=dict.fromkeys(names, 1),
            distinct_times=90,
            highest_repeat=2,
            jittered=80,
            prime_share=0.61,
            rotation_adherence=0.93,
            shares={"revenue": 0.5, "engagement": 0.33, "retention": 0.17},
            followups=Followups(
                eligible=len(items) - len(regular) + 2,
                generated=len(items) - len(regular),
                skipped_limit=1,
                skipped_timing=1,
                early=0,
                optimal=len(items) - len(regular),
                late=0,
                without=(),
            ),
        ),
        "audit": Audit(verdict="passed", violations=(), checked=tuple(f"rule-{n}" for n in range(44))),
        "score": {
            "full-quota": -70.0,
            "category-balance": 0.0,
            "type-value": 1641.3,
            "type-variety": 118.0,
            "send-timing": 301.25,
            "followup-value": 150.0,
            "followup-offset": -4.1,
            "rotation-adherence": 26.0,
            "strategy-choice": 20.3,
            "strategy-mix": 5.0,
            "interleaving": 0.0,
            "half-day": 0.0,
        },
    }
    return Plan(**(fields | changes))


def without_a_plan(status: str, code: str, message: str) -> Plan:
    """What a solve returns when there is no plan."""
    return plan(
        status=status,
        objective=None,
        bound=None,
        gap=None,
        items=(),
        pins=(),
        shortfalls=(),
        relaxations=(),
        warnings=(PlanWarning(code=code, message=message),),
        summary=None,
        audit=None,
        score={},
    )

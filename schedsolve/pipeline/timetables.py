"""Plans and bare lists of items, read into the timetable that the audit works on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ..constraints.daily_quota import DailyQuota
from ..model.calendar import LocalTimeError
from ..model.catalog import DEPRECATED, FOLLOWUP, Category, Style
from ..model.timetable import DayRecord, Metadata, Missing, PinRecord, Send, Timetable
from ..model.week import Week
from .relaxing import relaxed

ALIASES = {"send_type_key": "item_type", "channel_key": "channel"}
REQUIRED = ("send_type_key", "channel_key", "target_key")
GREATEST = 10**9
"""Whole numbers in plans are minutes and counts; anything greater is a mistake."""
METADATA = ("base_hour", "base_minute", "time_shift", "jitter")


def timetable_of(week: Week, plan: Mapping[str, Any]) -> Timetable:
    """A plan's plain data -> timetable. Items alone (no `days`) make a bare one.

    Raises
    ------
    ValueError
        With the item's number when a date or number cannot be read.
    """
    week = relaxed(week, plan.get("relaxations") or ())
    notes: list[str] = []
    sends = []
    for number, item in enumerate(plan["items"]):
        try:
            sends.append(_send(week, item, number, notes))
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise ValueError(f"items[{number}]: {error}") from None
    sends.sort(key=lambda send: (send.minute, send.followup, send.id))
    bare = "days" not in plan
    try:
        return Timetable(
            week,
            tuple(sends),
            () if bare else _days(week, plan["days"]),
            tuple(_missing(week, entry) for entry in plan.get("shortfalls") or ()),
            None if plan.get("pins") is None else tuple(_pin(week, entry) for entry in plan["pins"]),
            bare,
            tuple(dict.fromkeys(notes)),
        )
    except OverflowError as error:
        raise ValueError(str(error)) from None


def _given(item: Mapping[str, Any], name: str) -> Any:
    """A field under its name or its old one; empty text counts as absent."""
    value = item.get(name, item.get(ALIASES.get(name, name)))
    return None if value == "" else value


def _text(item: Mapping[str, Any], name: str) -> str | None:
    """A field of words, or an id written as a number; the rules compare and collect such values."""
    value = _given(item, name)
    if value is None or isinstance(value, str | int | float):
        return None if value is None else str(value)
    raise ValueError(f"{name} is not text")


def _send(week: Week, item: Mapping[str, Any], number: int, notes: list[str]) -> Send:
    stated = _text(item, "send_type_key")
    key = "" if stated is None else DEPRECATED.get(stated, stated)
    if stated in DEPRECATED:
        notes.append(f"deprecated-type: {stated} is read as {key}")
    missing = [name for name in REQUIRED if _given(item, name) is None]
    minute = _minute(week, item, missing)
    row = week.catalog.get(key)
    style_text = _text(item, "ppv_style")
    followup = _flag(_given(item, "is_follow_up"), key == FOLLOWUP)
    metadata = item.get("variation_metadata")
    expires = _given(item, "expires_at_utc")
    return Send(
        id=_text(item, "slot_id") or f"item_{number + 1}",
        minute=minute,
        day=week.horizon.day_of(minute),
        clock=week.horizon.clock(minute),
        type_key=key,
        send_type=row,
        style=Style(style_text) if style_text in set(Style) else None,
        style_text=style_text,
        channel=_text(item, "channel_key"),
        target=_text(item, "target_key"),
        followup=followup,
        parent=_text(item, "parent_item_id"),
        delay=_whole(_given(item, "followup_delay_minutes")),
        expires=None if expires is None else week.horizon.minute_of_instant(_instant(str(expires))),
        expiry_known="expires_at_utc" in item,
        strategy=_text(item, "strategy_used"),
        flavor=_text(item, "flavor_emphasis"),
        locked=_flag(_given(item, "locked"), False),
        timing_adjusted=_flag(_given(item, "timing_adjusted"), False),
        value=None if _given(item, "expected_value") is None else float(_given(item, "expected_value")),
        metadata=_metadata(metadata) if isinstance(metadata, Mapping) and not followup else None,
        metadata_known="variation_metadata" in item,
        missing=tuple(missing),
        campaign_type=_text(item, "campaign_type"),
        game_type=_text(item, "game_type"),
        campaign_known="campaign_type" in item,
    )


def _minute(week: Week, item: Mapping[str, Any], missing: list[str]) -> int:
    """The absolute minute of an item: from UTC where given, else from local date and time; both must agree."""
    instant = _given(item, "scheduled_at_utc")
    day, clock = _given(item, "scheduled_date"), _given(item, "scheduled_time")
    for name, value in (("scheduled_date", day), ("scheduled_time", clock)):
        if value is None and instant is None:
            missing.append(name)
    if instant is not None:
        minute = week.horizon.minute_of_instant(_instant(str(instant)))
        if day is not None and clock is not None:
            local = week.horizon.local(minute)
            if f"{local:%Y-%m-%d %H:%M}" != f"{day} {str(clock)[:5]}":
                missing.append(f"one time: {instant} is {local:%Y-%m-%d %H:%M} locally, not {day} {clock}")
        return minute
    if day is None or clock is None:
        raise ValueError("neither scheduled_at_utc nor scheduled_date and scheduled_time are given")
    try:
        return week.horizon.minute_of_local(datetime.fromisoformat(f"{day}T{clock}"))
    except LocalTimeError as error:
        raise ValueError(str(error)) from None


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _flag(value: Any, default: bool) -> bool:
    if value is None:
        return default
    if isinstance(value, str):
        return value.strip().lower() in ("1", "true", "yes")
    return bool(value)


def _whole(value: Any) -> int | None:
    return None if value is None else _number(value)


def _number(value: Any) -> int:
    number = int(value)
    if abs(number) > GREATEST:
        raise ValueError(f"a number beyond {GREATEST}")
    return number


def _metadata(told: Mapping[str, Any]) -> Metadata | None:
    if any(told.get(name) is None for name in METADATA):
        return None
    hours = told.get("prime_hours_used")
    return Metadata(
        base_hour=_number(told["base_hour"]),
        base_minute=_number(told["base_minute"]),
        time_shift=_number(told["time_shift"]),
        jitter=_number(told["jitter"]),
        adjustment_minutes=_number(told.get("adjustment_minutes") or 0),
        daily_strategy=_text(told, "daily_strategy"),
        prime_hours_used=None if hours is None else tuple(hours),
        time_adjusted=bool(told.get("time_adjusted")),
        adjustment_reason=_text(told, "adjustment_reason"),
        fallback_used=bool(told.get("fallback_used")),
        reason=_text(told, "reason"),
    )


def _days(week: Week, days: Sequence[Mapping[str, Any]]) -> tuple[DayRecord, ...]:
    stated = {entry.get("date"): entry for entry in days}
    records = []
    for day in week.days:
        entry = stated.get(week.date(day).isoformat(), {})
        pattern = entry.get("rotation_pattern")
        quotas = entry.get("quotas")
        records.append(
            DayRecord(
                _text(entry, "strategy"),
                None if pattern is None else tuple(Style(style) for style in pattern),
                None if quotas is None else {Category(name): _number(count) for name, count in quotas.items()},
            )
        )
    return tuple(records)


def _missing(week: Week, entry: Mapping[str, Any]) -> Missing:
    day = (datetime.fromisoformat(str(entry["date"])).date() - week.horizon.first).days
    count = _number(entry["wanted"]) - _number(entry["placed"])
    binding = tuple(map(str, entry.get("binding") or ()))
    rule, family = str(entry.get("rule") or DailyQuota.id), _text(entry, "campaign_type")
    return Missing(day, Category(entry["category"]), count, binding, rule, family)


def _pin(week: Week, entry: Mapping[str, Any]) -> PinRecord:
    return PinRecord(
        str(entry["item"]),
        str(entry["send_type_key"]),
        week.horizon.minute_of_instant(_instant(str(entry["starts_at_utc"]))),
        week.horizon.minute_of_instant(_instant(str(entry["ends_at_utc"]))),
        float(entry.get("priority") or 0.0),
    )

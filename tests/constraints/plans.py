"""A small language for plans, so that a test's table can be read by a person.

A line is `<day> <HH:MM> <send type> <words>`. The day is the first such weekday of the plan (`Mon`), or of a
week after or before it (`Mon+1`, `Sun-1`). Words:

    winner                a style; `style=weird` states one that does not exist
    after Mon 20:22       a followup's parent: the send of the plan or of history at that local time
    parent=ghost          a parent by id
    followup / regular    mark as a followup or not, whatever the type (`ppv_followup` is one by default)
    again                 the second of two equal local times, when the clock is set back
    locked, adjusted      the send's flags
    delay=30              the stated delay; `target=`, `channel=`, `id=` and `lacks=` likewise
    campaign=game_other   the campaign family that it carries
    expires=+1440         expiry in minutes after the send, or `expires=none`; by default as the catalog says

Ids are `<date>_<n>` in time order, and `<parent>_followup`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from schedsolve.constraints import Rule
from schedsolve.model.catalog import FOLLOWUP, Category, Style
from schedsolve.model.timetable import DayRecord, Metadata, Missing, PinRecord, Send, Timetable
from schedsolve.model.week import Week

from .weeks import week as week_of

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_STRATEGIES = ("revenue_focus", "engagement_burst", "balanced_standard", "variety_max", "storytelling")


def plan_of(
    week: Week,
    *lines: str,
    days: Sequence[DayRecord] = (),
    shortfalls: Sequence[Missing] = (),
    pins: Sequence[PinRecord] | None = None,
    bare: bool = False,
) -> Timetable:
    """The plan that holds the sends of the lines, and what the arguments say of its days."""
    sends = _numbered(week, sorted((_read(week, line) for line in lines), key=lambda send: send.minute))
    linked = tuple(_linked(week, send, sends) for send in sends)
    return Timetable(week, linked, tuple(days), tuple(shortfalls), None if pins is None else tuple(pins), bare=bare)


def broken(rule: Rule, plan: Timetable) -> list[str]:
    """Subjects of the rule's violations, in the order found."""
    return [violation.subject for violation in rule.violations(plan)]


def amounts(rule: Rule, plan: Timetable) -> list[float]:
    """Amounts of the rule's violations, in the order found."""
    return [violation.amount for violation in rule.violations(plan)]


def minute_at(week: Week, day_word: str, clock: str, again: bool = False) -> int:
    """Absolute minute of `Mon`, `20:22`."""
    weekday, shift = day_word[:3], int(day_word[3:] or 0)
    day = (_WEEKDAYS.index(weekday) - week.horizon.weekday(0)) % 7 + 7 * shift
    local = datetime.combine(week.date(day), time.fromisoformat(clock))
    if again:
        return week.horizon.minute_of_instant(local.replace(tzinfo=week.horizon.zone, fold=1))
    return week.horizon.minute_of_local(local)


def with_days(plan: Timetable, strategies: str = "", patterns: str = "") -> Timetable:
    """The plan with a strategy and a pattern per day, in words; `-` says nothing of that day.

    A pattern is the first letters of its styles, such as `sbwx` (x for sextape).
    """
    said = strategies.split() or ["-"] * len(patterns.split())
    drawn = patterns.split() or ["-"] * len(said)
    records = (
        DayRecord(None if strategy == "-" else strategy, None if pattern == "-" else pattern_of(pattern))
        for strategy, pattern in zip(said, drawn, strict=True)
    )
    return replace(plan, days=tuple(records))


def pattern_of(letters: str) -> tuple[Style, ...]:
    """`sbwx` -> solo, bundle, winner, sextape."""
    styles = {"s": Style.SOLO, "b": Style.BUNDLE, "w": Style.WINNER, "x": Style.SEXTAPE}
    return tuple(styles[letter] for letter in letters)


def told(send: Send, **changes: Any) -> Send:
    """The send with metadata that adds up to its minute: the full hour, the rest jitter or adjustment."""
    rest = send.clock % 60
    jitter = rest if rest <= 8 else 0
    adjustment = rest - jitter
    metadata = Metadata(
        base_hour=send.clock // 60,
        base_minute=0,
        time_shift=0,
        jitter=jitter,
        adjustment_minutes=adjustment,
        daily_strategy=send.strategy,
        prime_hours_used=(20, 21) if send.category is Category.REVENUE else None,
        time_adjusted=adjustment != 0,
        adjustment_reason="moved" if adjustment else None,
        fallback_used=False,
        reason=None,
    )
    return replace(send, metadata=replace(metadata, **changes))


def good_week(**changes: Any) -> Timetable:
    """A week of the low level, with five followups, that keeps every rule; `changes` go to the week."""
    week = week_of(**changes)
    lines: list[str] = []
    engagement = tuple(row.key for row in week.types_in(Category.ENGAGEMENT))
    revenue = (
        ("game_post", "ppv_unlock solo", "first_to_tip"),
        ("tip_goal", "ppv_unlock winner", "vip_program"),
        ("game_post", "bundle", "first_to_tip"),
        ("tip_goal", "ppv_unlock sextape", "flash_bundle"),
        ("game_post", "ppv_unlock winner", "first_to_tip"),
        ("tip_goal", "snapchat_bundle", "game_post"),
        ("game_post", "ppv_unlock solo", "first_to_tip"),
    )
    retention = ("renew_on_post", "renew_on_message", "expired_winback")
    for day, (word, (r1, r2, r3)) in enumerate(zip(_WEEKDAYS, revenue, strict=True)):
        minute = f"0{day + 1}"
        e1, e2, e3 = (engagement[(3 * day + n) % 9] for n in range(3))
        kinds = {9: e1, 11: e2, 13: r1, 15: e3, 17: retention[day % 3], 19: r2, 21: r3}
        lines += [f"{word} {hour:02d}:{minute} {kind}" for hour, kind in kinds.items()]
        if "ppv_unlock" in r2:
            lines.append(f"{word} 19:{20 + day + 1} {FOLLOWUP} after {word} 19:{minute}")
    plan = plan_of(week, *lines)
    days = tuple(
        DayRecord(_STRATEGIES[day % 5], week.rotations[day].pattern, {c: week.quotas[day].of(c) for c in Category})
        for day in week.days
    )
    sends = tuple(
        replace(send, delay=20) if send.followup else told(replace(send, strategy=days[send.day].strategy))
        for send in plan.sends
    )
    pins = tuple(
        PinRecord(send.id, send.type_key, send.minute, send.minute + 1440, 22.0)
        for send in sends
        if send.type_key == "game_post"
    )
    return replace(plan, sends=sends, days=days, pins=pins)


def _read(week: Week, line: str) -> Send:
    """A send without its final id; its parent stands as a minute in text until all sends are known."""
    day_word, clock, key, *words = line.split()
    minute = minute_at(week, day_word, clock, "again" in words)
    row = week.catalog.get(key)
    fields: dict[str, Any] = {
        "id": "",
        "minute": minute,
        "day": week.horizon.day_of(minute),
        "clock": week.horizon.clock(minute),
        "type_key": key,
        "send_type": row,
        "style": row.fixed_style if row else None,
        "channel": str(row.channel) if row else None,
        "target": row.default_target if row else None,
        "followup": key == FOLLOWUP,
        "expires": minute + 60 * row.expiry_hours if row and row.expiry_hours else None,
    }
    while words:
        fields |= _said(week, minute, words)
    return Send(**fields)


def _said(week: Week, minute: int, words: list[str]) -> dict[str, Any]:
    """What the next word, or words, say of a send."""
    word = words.pop(0)
    if word == "after":
        return {"parent": f"@{minute_at(week, words.pop(0), words.pop(0))}"}
    flags = {"locked": "locked", "adjusted": "timing_adjusted", "followup": "followup"}
    if word in flags:
        return {flags[word]: True}
    if word == "regular":
        return {"followup": False}
    if word == "again":
        return {}
    name, _, value = word.partition("=")
    if name == "style":
        return {"style": None, "style_text": None if value == "none" else value}
    if name == "delay":
        return {"delay": int(value)}
    if name == "campaign":
        return {"campaign_type": value}
    if name == "expires":
        return {"expires": None if value == "none" else minute + int(value)}
    if name == "lacks":
        return {"missing": tuple(value.split(","))}
    if name in ("id", "target", "channel", "parent"):
        return {name: None if value == "none" else value}
    return {"style": Style(word)}


def _numbered(week: Week, sends: list[Send]) -> list[Send]:
    """Regular sends get their ids; a followup keeps an empty one for now."""
    counts: dict[int, int] = {}
    numbered = []
    for send in sends:
        if not send.id and not send.followup:
            counts[send.day] = counts.get(send.day, 0) + 1
            send = replace(send, id=f"{week.date(send.day).isoformat()}_{counts[send.day]}")
        numbered.append(send)
    return numbered


def _linked(week: Week, send: Send, sends: Sequence[Send]) -> Send:
    """A parent given by its minute becomes its id, and a followup is named after it."""
    if send.parent is not None and send.parent.startswith("@"):
        minute = int(send.parent[1:])
        ids = [other.id for other in sends if other.minute == minute and other is not send]
        ids += [f"history_{past.index}" for past in week.past if past.minute == minute]
        send = replace(send, parent=ids[0])
    if not send.id:
        send = replace(send, id=f"{send.parent or 'nobody'}_followup")
    return send

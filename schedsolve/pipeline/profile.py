"""The creator's timing profile: prime hours, hourly weights, jitter amplitude and followup window."""

from __future__ import annotations

from typing import Literal

from ..constraints.jitter_range import HIGHEST, LOWEST
from ..model.calendar import Horizon
from ..model.fields import WEEKDAYS, LatePolicy
from ..model.rule_settings import FollowupWindowSettings
from ..model.scenario import Timing
from ..model.week import FollowupWindow

GENERIC_PEAKS = (19, 20, 21, 22)
FIRST_PRIME_HOUR, LAST_PRIME_HOUR = 8, 23
NOON = 12


def peak_hours(timing: Timing) -> tuple[int, ...]:
    """Base prime hours, sorted; the generic ones when the creator's are unknown."""
    return tuple(sorted(set(timing.peak_hours))) or GENERIC_PEAKS


def prime_hours(timing: Timing, horizon: Horizon) -> tuple[tuple[int, ...], ...]:
    """Each day's prime hours: the base rotated by -1, 0, +1 in turn from the anchor day, kept within 8..23.

    When every rotated hour drops out, the base hours hold unrotated.
    """
    base = peak_hours(timing)
    rotated = []
    for day in range(horizon.days):
        offset = (horizon.date(day) - timing.prime_anchor).days % 3 - 1
        moved = tuple(h + offset for h in base if FIRST_PRIME_HOUR <= h + offset <= LAST_PRIME_HOUR)
        rotated.append(moved or base)
    return tuple(rotated)


def hourly_weights(timing: Timing) -> tuple[float, ...]:
    """Weight 0..1 of each local hour: as stated, else falling by 0.08 an hour from the nearest peak, at least 0.2."""
    peaks = peak_hours(timing)
    return tuple(
        timing.hourly_performance.get(hour, max(0.2, 1 - 0.08 * min(abs(hour - peak) for peak in peaks)))
        for hour in range(24)
    )


def half_day(timing: Timing) -> Literal["am", "pm"] | None:
    """The half-day that takes the odd one of a same-style pair; None without preferred hours.

    The peak is the stated hour that performs best, the first of equals.
    """
    if not timing.peak_hours:
        return None
    peak = max(timing.peak_hours, key=lambda hour: timing.hourly_performance.get(hour, 0.0))
    return "am" if peak < NOON else "pm"


def jitter_amplitude(timing: Timing) -> tuple[int, int]:
    """Lowest and highest jitter in minutes: -min(7, A)..+min(8, A)."""
    base = timing.jitter_base
    amplitude = {"low": max(1, base // 2), "medium": base, "high": min(HIGHEST, 2 * base)}[timing.variation]
    return -min(-LOWEST, amplitude), min(HIGHEST, amplitude)


def followup_window(timing: Timing, rule: FollowupWindowSettings) -> FollowupWindow:
    """The rule's window narrowed to 0.6..1.5 times the average response, both ends clamped to the rule's."""
    response = timing.avg_response_minutes
    if response is None:
        return FollowupWindow(rule.earliest, rule.latest)
    earliest = min(max(rule.earliest, response * 6 // 10), rule.latest)
    latest = max(min(rule.latest, response * 15 // 10), rule.earliest)
    return FollowupWindow(earliest, latest)


def late_policy(timing: Timing) -> LatePolicy:
    """The stated policy; else `cross_midnight` for an audience in several zones, else `within_day`."""
    if timing.late_followups is not None:
        return timing.late_followups
    return "cross_midnight" if timing.multi_zone_audience else "within_day"


def best_days(timing: Timing) -> frozenset[int]:
    """Weekday numbers (0 = Monday) on which extra sends go first."""
    return frozenset(WEEKDAYS.index(name) for name in timing.best_days)

"""Rule `weekly-cap`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.notch import Notch
from ..model.timetable import Send, Timetable
from ..model.week import Week
from .draft import Draft
from .overrides import override
from .rule import Rule, Violation
from .wording import span_of

NO_CAP = 1000
"""The highest cap a scenario may state: more than any week holds."""


@dataclass(frozen=True)
class WeeklyCap(Rule):
    """No more sends of a capped type than its cap, in any calendar week and in any week of the plan.

    A calendar week runs from Monday to Monday and includes what history sent in it; a week of the plan is
    seven days from its first day. A send too many is reported once, with the first week that it overfills.
    """

    id = "weekly-cap"
    severity = "medium"
    monotone = True

    def post(self, draft: Draft) -> None:
        """A sum over each week's slots, history deducted."""
        horizon = draft.week.horizon
        for key, row in draft.week.types.items():
            if row.weekly_cap is None:
                continue
            past = [horizon.day_of(send.minute) for send in draft.week.past if send.send_type.key == key]
            for days in dict.fromkeys((*horizon.calendar_weeks, *horizon.plan_weeks)):
                inside = [slot.kinds[key] for slot in draft.slots if slot.day in days and key in slot.kinds]
                left = max(0, row.weekly_cap - sum(day in days for day in past))
                if len(inside) > left:
                    draft.add(self.id, key, sum(inside) <= left)

    def notches(self, week: Week) -> Iterator[Notch]:
        """For each capped type one more send a week; then no cap."""
        capped = {key: row.weekly_cap for key, row in week.types.items() if row.weekly_cap is not None}
        for key, cap in capped.items():
            if cap < NO_CAP:
                edit = override(week, key, "weekly_cap", cap + 1)
                yield self.notch(f"{cap} a week", f"{cap + 1} a week", edit, subject=key)
        for key, cap in capped.items():
            if cap < NO_CAP - 1:
                edit = override(week, key, "weekly_cap", NO_CAP)
                yield self.notch(f"{cap} a week", "off", edit, subject=key, size=4)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Weeks with sends above the cap."""
        horizon = plan.week.horizon
        for key, sends in _capped(plan).items():
            cap = plan.week.catalog[key].weekly_cap
            assert cap is not None
            reported: set[str] = set()
            for days in (*horizon.calendar_weeks, *horizon.plan_weeks):
                held = [send for send in sends if send.day in days]
                excess = {send.id for send in held[cap:] if send.id in plan.by_id} - reported
                if excess:
                    reported |= excess
                    week = span_of(plan.week, days)
                    yield self.broken(
                        week, len(excess), f"{week} holds {len(held)} sends of {key}; its weekly cap is {cap}"
                    )


def _capped(plan: Timetable) -> dict[str, list[Send]]:
    """Sends of capped types by type, history first, each part in time order."""
    sends: dict[str, list[Send]] = {}
    for send in (*plan.past, *plan.sends):
        if send.send_type and plan.week.catalog[send.send_type.key].weekly_cap is not None:
            sends.setdefault(send.send_type.key, []).append(send)
    return sends

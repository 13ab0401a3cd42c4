"""The possible followups of a week: after a slot within its window, on the next morning, or of a parent in history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import IntVar

from ..constraints.draft import FollowupVar, Slot
from ..model.catalog import SendType
from ..model.week import FixedSend, Week
from .grid import Grid


class FollowupVars:
    """Builds the variables of followups for one model."""

    def __init__(self, week: Week, grid: Grid, types: Mapping[str, SendType], model: cp_model.CpModel) -> None:
        self._week = week
        self._grid = grid
        self._types = types
        self._model = model

    def build(self, slots: Sequence[Slot]) -> tuple[FollowupVar, ...]:
        """One possible followup per slot, plus those of the next morning and of history's open parents."""
        built = [self._followup(slot) for slot in slots]
        if self._week.late_policy == "next_morning":
            built += [self._late_followup(slot) for slot in slots]
        built += [self._past_followup(past) for past in self._week.past]
        return tuple(followup for followup in built if followup is not None)

    def _followup(self, slot: Slot) -> FollowupVar | None:
        window = self._week.followup_window
        low, high = slot.earliest + window.earliest, slot.latest + window.latest
        if self._week.late_policy != "cross_midnight":
            high = min(high, self._week.horizon.day_starts[slot.day + 1] - 1)
        minutes = self._open_for_followup(low, high)
        by_type = {key: self._model.new_bool_var(f"{key} followup") for key, row in self._types.items() if row.followup}
        if not minutes or not by_type:
            return None
        present = self._model.new_bool_var("followup")
        resting = np.flatnonzero(self._grid.regular[slot.segment.start : slot.segment.end]) + slot.segment.start
        start = self._model.new_int_var_from_domain(
            cp_model.Domain.from_values([*minutes, *resting.tolist()]), "followup start"
        )
        self._bind_types(present, by_type, slot)
        self._model.add(start >= slot.start + window.earliest * present)
        self._model.add(start <= slot.start + window.latest * present)
        if not self._grid.followup[resting].all():  # a followup may not use every minute a regular send may
            self._model.add_linear_expression_in_domain(start, cp_model.Domain.from_values(minutes)).only_enforce_if(
                present
            )
        return FollowupVar(present, start, minutes[0], minutes[-1], slot, by_type=by_type)

    def _bind_types(self, present: IntVar, by_type: Mapping[str, IntVar], slot: Slot) -> None:
        self._model.add(sum(by_type.values()) == present)
        for key, literal in by_type.items():
            self._model.add_implication(literal, slot.kinds[key])

    def _late_followup(self, slot: Slot) -> FollowupVar | None:
        """A followup that waits for the next morning, because its normal window does not fit before the night."""
        midnight = self._midnight(slot.day)
        threshold = midnight + self._last_evening_minute - self._week.followup_window.earliest + 1
        minutes = self._open_for_followup(*self._next_morning(slot.day))
        if slot.latest < threshold or not minutes:
            return None
        by_type = {key: self._model.new_bool_var(f"{key} late") for key, row in self._types.items() if row.followup}
        present = self._model.new_bool_var("late followup")
        self._bind_types(present, by_type, slot)
        self._model.add(slot.start >= threshold).only_enforce_if(present)
        start = self._model.new_int_var_from_domain(cp_model.Domain.from_values(minutes), "late start")
        return FollowupVar(present, start, minutes[0], minutes[-1], slot, late=True, by_type=by_type)

    def _past_followup(self, past: FixedSend) -> FollowupVar | None:
        if not past.awaits_followup:
            return None
        window, policy = self._week.followup_window, self._week.late_policy
        low, high = past.minute + window.earliest, past.minute + window.latest
        late = False
        if policy == "next_morning":
            too_early = self._week.horizon.clock(past.minute) + window.earliest <= self._last_evening_minute
            if too_early or self._week.horizon.day_of(past.minute) != -1:  # an older parent's morning is over
                return None
            late = True
            low, high = self._next_morning(-1)
        elif policy == "within_day":
            return None
        minutes = self._open_for_followup(max(low, 0), high)
        if not minutes:
            return None
        start = self._model.new_int_var_from_domain(cp_model.Domain.from_values(minutes), "past start")
        return FollowupVar(self._model.new_bool_var("past"), start, minutes[0], minutes[-1], None, past, late)

    @cached_property
    def _last_evening_minute(self) -> int:
        """Last local minute of the day at which a followup may stand: the active window's end, off round minutes."""
        rules = self._week.scenario.rules
        hours, minutes = rules.active_window.end.split(":") if rules.active_window.enabled else ("23", "59")
        last = int(hours) * 60 + int(minutes)
        while rules.round_minute.enabled and last % 60 % rules.round_minute.step == 0:
            last -= 1
        return last

    def _midnight(self, day: int) -> int:
        """Absolute minute of the day's local midnight, as its evening counts it."""
        return next(piece.midnight for piece in reversed(self._grid.pieces) if piece.day == day)

    def _next_morning(self, day: int) -> tuple[int, int]:
        """First and last minute inside 08:00-09:00 on the day after `day`, both hours excluded."""
        midnight = self._midnight(day + 1)
        return midnight + 8 * 60 + 1, midnight + 9 * 60 - 1

    def _open_for_followup(self, low: int, high: int) -> list[int]:
        high = min(high, self._grid.length - 1)
        if high < low:
            return []
        minutes: list[int] = (np.flatnonzero(self._grid.followup[low : high + 1]) + low).tolist()
        return minutes

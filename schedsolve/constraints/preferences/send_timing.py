"""`send-timing`: the right hour for the send, dearest first, at its seeded minute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from ...model.catalog import Category
from ...model.timetable import Send, Timetable
from ...model.timing import Stretch, perches
from ...model.week import Week
from ..draft import Draft, IntVar, Segment, Slot
from ..preference import POINT, Preference

PPV_IMPORTANCE = 10 * POINT
LEAST_PPV_IMPORTANCE = 8 * POINT
IMPORTANCE = {Category.REVENUE: 6 * POINT, Category.ENGAGEMENT: 3 * POINT, Category.RETENTION: 2 * POINT}
PER_MINUTE = POINT // 10
"""Units lost per minute away from the seeded minute."""


@dataclass(frozen=True)
class _Stand:
    """A slot with its wishes (absolute minute and literal) and the minutes it misses the chosen one by."""

    slot: Slot
    wanted: tuple[tuple[int, IntVar], ...]
    missed: IntVar


@dataclass(frozen=True)
class SendTiming(Preference):
    """A send earns by the hour it stands at and loses by its distance from that hour's seeded minute.

    `importance[type]` in units: pay-per-view sends and bundles matter most (the dearest at the top), then other
    revenue, engagement, retention. Of all perches whose reach holds the minute, the best one counts.
    """

    id = "send-timing"
    importance: Mapping[str, int]

    @classmethod
    def of(cls, week: Week) -> SendTiming:
        prices = sorted({week.worth[key] for key, row in week.types.items() if row.ppv})
        middle = prices[len(prices) // 2] if prices else 0
        return cls(
            {
                key: (PPV_IMPORTANCE if week.worth[key] >= middle else LEAST_PPV_IMPORTANCE)
                if row.ppv
                else IMPORTANCE[row.category]
                for key, row in week.types.items()
            }
        )

    def post(self, draft: Draft) -> None:
        week = draft.week
        groups: dict[tuple[Category, int], list[str]] = {}
        for key, row in week.types.items():
            groups.setdefault((row.category, self.importance[key]), []).append(key)
        stands = [self._post_slot(draft, slot, groups) for slot in draft.slots]
        by_segment: dict[Segment, list[_Stand]] = {}
        for stand in stands:
            by_segment.setdefault(stand.slot.segment, []).append(stand)
        for together in by_segment.values():
            draft.tighten(partial(self._post_crowding, together))

    def _post_slot(self, draft: Draft, slot: Slot, groups: Mapping[tuple[Category, int], list[str]]) -> _Stand:
        """One literal per group and perch; the chosen perch bounds the start and sets the wished minute."""
        first, last = slot.segment.start, slot.segment.end - 1
        low, high, target, forced = [], [], [], []
        wishes = {
            category: list(perches(draft.week, category, _stretch(slot.segment), slot.position))
            for category in Category
        }
        wanted: list[tuple[int, IntVar]] = []
        for (category, importance), keys in groups.items():
            members = [slot.kinds[key] for key in keys if key in slot.kinds]
            chosen = []
            for perch in wishes[category]:
                literal = draft.literal("perch", slot.day)
                chosen.append(literal)
                low.append((perch.low - first) * literal)
                high.append((perch.high - last) * literal)
                target.append((perch.target - first) * literal)
                out_of_reach = max(0, slot.earliest - perch.target, perch.target - slot.latest)
                if out_of_reach:
                    forced.append(out_of_reach * literal)
                wanted.append((perch.target, literal))
                draft.reward(self.id, importance * perch.weight // 1000, literal)
            draft.add(self.id, "perch", sum(chosen) == sum(members))
        missed = draft.integer(0, last - first, "missed minutes", slot.day)
        draft.add(self.id, "low", slot.start >= first + sum(low))
        draft.add(self.id, "high", slot.start <= last + sum(high))
        rest = (last - first) * (1 - slot.used)
        draft.add(self.id, "late", missed >= slot.start - first - sum(target) - rest)
        draft.add(self.id, "early", missed >= sum(target) + first - slot.start)
        if forced:
            draft.add(self.id, "out of reach", missed >= sum(forced))
        draft.reward(self.id, -PER_MINUTE, missed)
        return _Stand(slot, tuple(wanted), missed)

    def _post_crowding(self, row: Sequence[_Stand], draft: Draft) -> None:
        """What the sends of a segment miss between them when they wish to stand closer than they may.

        Implied by the starts, but not in the linear relaxation, where a mixture of wishes keeps its distance on
        average. What one send moves ahead, the next cannot move back, so neighbours' losses add up over the segment.
        The relaxation of a week falls by 0.8 %, of a crowded one by 1.5 %.
        """
        chain: list[IntVar] = []
        for at, first in enumerate(row):
            for second in row[at + 1 :]:
                crowded = self._crowded(draft, first, second)
                if crowded:
                    draft.add(self.id, "crowded", first.missed + second.missed >= sum(crowded))
                if second is row[at + 1]:
                    chain += crowded
        if len(row) > 2 and chain:
            draft.add(self.id, "crowded", sum(stand.missed for stand in row) >= sum(chain))

    def _crowded(self, draft: Draft, first: _Stand, second: _Stand) -> list[IntVar]:
        """Parts of what two sends miss between them, by thresholds between wished minutes.

        For wishes p of the first and q of the second the loss is max(0, p + spacing - q). Its convex hull over two
        distributions of wishes is a sum over thresholds: optimal transport on a line with a convex cost.
        """
        spacing = draft.least_distance(first.slot, second.slot)
        late = [(target - spacing, literal) for target, literal in second.wanted]
        edges = sorted({target for target, _ in (*first.wanted, *late)})
        crowded = []
        for low, high in pairwise(edges):
            width = high - low
            before = [(min(max(p - low, 0), width), literal) for p, literal in first.wanted]
            after = [(min(max(q - low, 0), width), literal) for q, literal in late]
            if not any(part for part, _ in before) or all(part == width for part, _ in after):
                continue
            amount = draft.integer(0, width, "crowded", first.slot.day)
            wished = sum(part * literal for part, literal in before if part)
            reached = sum(part * literal for part, literal in after if part)
            draft.add(self.id, "crowded", amount >= wished - reached - width * (1 - second.slot.used))
            crowded.append(amount)
        return crowded

    def score(self, plan: Timetable) -> int:
        return sum(
            max(
                (
                    self.importance[send.type_key] * perch.weight // 1000 - PER_MINUTE * abs(send.minute - perch.target)
                    for perch in perches(plan.week, row.category, stretch, position)
                    if perch.low <= send.minute <= perch.high
                ),
                default=0,
            )
            for send, stretch, position in placed(plan)
            if (row := plan.week.types.get(send.type_key)) is not None
        )


def _stretch(segment: Segment) -> Stretch:
    return Stretch(segment.day, segment.block, segment.start, segment.end, segment.midnight)


def placed(plan: Timetable) -> list[tuple[Send, Stretch, int]]:
    """Every regular send of the horizon with its stretch and its position there, counted from the plan alone."""
    week = plan.week
    limit = week.measure.scenario.rules.block_limit
    width = limit.hours * 60 if limit.enabled else 240
    seen: dict[Stretch, int] = {}
    found = []
    for day in week.days:
        pieces = list(week.horizon.pieces(week.horizon.day_start(day), week.horizon.day_start(day + 1)))
        for send in plan.on_day(day):
            piece = next(piece for piece in pieces if piece.start <= send.minute < piece.end)
            low, high = send.clock // width * width, send.clock // width * width + width
            low, high = (low, min(high, 720)) if send.clock < 720 else (max(low, 720), high)
            stretch = Stretch(
                day,
                send.clock // width,
                max(piece.start, piece.midnight + low),
                min(piece.end, piece.midnight + high),
                piece.midnight,
            )
            position = seen.get(stretch, 0)
            seen[stretch] = position + 1
            found.append((send, stretch, position))
    return found

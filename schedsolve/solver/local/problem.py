"""A week as whole numbers: types, rule parameters and units in lists, so that a plan is scored without objects.

Types, styles, strategies and categories are numbers, in the order of `week.types`, `Style`, `week.strategies` and
`Category`. A send is a tuple (minute, type, style, followup): absolute minutes, style -1 for none, followup 0 for none.
On the eve's day, in whose sends only followups change, the type is a place in `followups.open_parents` instead.
Where a scenario switches a rule off, its parameter is one that never binds; two sends never share a minute, and the
rules of a followup's own minute always hold.
"""

from __future__ import annotations

from ...constraints.preferences.balanced_week import BalancedWeek
from ...constraints.preferences.full_quota import FullQuota
from ...constraints.preferences.full_range import FullBumpRange, FullPpvRange
from ...constraints.preferences.half_day import BETTER_HALF, HalfDay
from ...constraints.preferences.rotation_adherence import RotationAdherence
from ...constraints.preferences.strategy_choice import StrategyChoice
from ...constraints.preferences.strategy_mix import DISTINCT, StrategyMix
from ...constraints.preferences.type_value import TypeValue
from ...constraints.preferences.type_variety import TypeVariety
from ...model.capacity import day_capacity
from ...model.catalog import FOLLOWUP, GUARDED_STYLES, Category, Style
from ...model.strategies import STRATEGIES
from ...model.week import Week
from .campaigns import CampaignBook
from .clock import Clock, binding_locks
from .count_ranges import count_ranges
from .followups import Followups
from .timing import Timing

Send = tuple[int, int, int, int]
"""Minute, type, style, followup."""
NO_STYLE = -1
NEVER = 10**6
"""A limit that nothing reaches."""
CATEGORIES = tuple(Category)
RETENTION = CATEGORIES.index(Category.RETENTION)
STYLES = tuple(Style)
STYLE_NUMBER = {style: number for number, style in enumerate(STYLES)}
GUARDED = tuple(style in GUARDED_STYLES for style in STYLES)


class Problem:
    """Everything a method asks of a week, day by day and type by type."""

    def __init__(self, week: Week) -> None:
        self.week = week
        self.days = len(week.days)
        self.clock = Clock(week)
        self.timing = Timing(week, self.clock)
        self.followups = Followups(week, self.clock)
        self._read_types(week)
        self._read_clock_rules(week)
        self._read_counts(week)
        self._read_units(week)
        self._read_styles(week)
        self._read_locks(week)
        self.campaigns = None if week.scenario.campaigns is None else CampaignBook(week, self.number)
        self.banned = self._banned(week)

    def _read_types(self, week: Week) -> None:
        rows = list(week.types.values())
        gaps = week.scenario.rules.same_type_gap.enabled
        self.rows = rows
        self.types = range(len(rows))
        self.number = {row.key: place for place, row in enumerate(rows)}
        self.category = [CATEGORIES.index(row.category) for row in rows]
        self.types_in = [[t for t in self.types if self.category[t] == c] for c in range(len(CATEGORIES))]
        self.gap = [row.gap_minutes if gaps else 0 for row in rows]
        self.ppv = [row.ppv for row in rows]
        self.rotated = [row.rotated for row in rows]
        self.fixed = [NO_STYLE if row.fixed_style is None else STYLE_NUMBER[row.fixed_style] for row in rows]
        self.takes_followup = [row.followup for row in rows]
        self.worth = [week.worth[row.key] for row in rows]

    def _read_clock_rules(self, week: Week) -> None:
        rules = week.scenario.rules
        self.spacing = rules.min_spacing.minutes if rules.min_spacing.enabled else 1
        self.spacing_on = [week.spacing(day) for day in week.days]
        self.spacing_at = [self.spacing_on[day] for day in self.clock.day_of[: self.clock.length]]
        self.clearance = rules.followup_clearance.minutes if rules.followup_clearance.enabled else 1
        gap = week.catalog[FOLLOWUP].gap_minutes if rules.same_type_gap.enabled else 1
        self.followup_gap = max(gap, self.clearance)
        limit = rules.block_limit
        fixed = limit.enabled and limit.window == "fixed"
        self.block_max = limit.max if fixed else NEVER
        self.block_max_on = [week.block_max(day) if fixed else NEVER for day in week.days]
        self.rolling_max = limit.max if limit.enabled and not fixed else 0
        self.rolling_minutes = limit.hours * 60
        self.clock_max = rules.clock_repeat.max if rules.clock_repeat.enabled else NEVER
        self.followups_a_day = rules.followup_daily_limit.max if rules.followup_daily_limit.enabled else NEVER
        self.no_repeat = rules.no_repeat_type.enabled

    def _read_counts(self, week: Week) -> None:
        rules, horizon = week.scenario.rules, week.horizon
        self.quotas_bind = rules.daily_quota.enabled
        self.quota = [[week.quotas[day].of(category) for category in Category] for day in week.days]
        self.capacity = [day_capacity(week, day).most for day in week.days]
        self.ranges = count_ranges(week)
        self.nonempty = [rules.day_nonempty.enabled and week.quotas[day].total > 0 for day in week.days]
        self.week_of = [day // 7 for day in week.days]
        self.weeks = list(horizon.plan_weeks)
        caps = rules.weekly_cap.enabled
        self.cap = [NEVER if row.weekly_cap is None or not caps else row.weekly_cap for row in self.rows]
        self.spans = list(dict.fromkeys((*horizon.calendar_weeks, *horizon.plan_weeks)))
        self.spans_of = [[at for at, days in enumerate(self.spans) if day in days] for day in week.days]
        self.floors = [self._floors(week, days) for days in self.weeks]
        offered = len(week.strategies)
        self.may_repeat = not rules.strategy_repeat.enabled or offered < 2
        wanted = rules.strategy_variety.strategies if rules.strategy_variety.enabled else 0
        self.strategies_wanted = [min(wanted, offered, len(days)) for days in self.weeks]

    def _floors(self, week: Week, days: range) -> list[int]:
        """Distinct types asked for: of all categories, of revenue, of engagement; sends placed may lower them."""
        rule = week.scenario.rules.type_diversity
        floors = []
        for stated, kind in ((rule.types, None), (rule.revenue, 0), (rule.engagement, 1)):
            scaled = stated if len(days) >= 7 else max(1, stated * len(days) // 7)
            offered = len(self.rows) if kind is None else len(self.types_in[kind])
            quota = week.week_quota(days, None if kind is None else CATEGORIES[kind])
            floors.append(min(scaled, offered, quota) if stated and rule.enabled else 0)
        return floors

    def _read_units(self, week: Week) -> None:
        value, mix = TypeValue.of(week).units, StrategyMix.of(week).boost
        keys = [row.key for row in self.rows]
        self.strategies = range(len(week.strategies))
        self.gain = [
            [
                [value[day][key] + (mix[key] if key in STRATEGIES[name].boosts else 0) for key in keys]
                for name in week.strategies
            ]
            for day in week.days
        ]
        self.distinct = [DISTINCT if STRATEGIES[name].spreads else 0 for name in week.strategies]
        choice = StrategyChoice.of(week)
        self.choice = [[units[name] for name in week.strategies] for units in choice.units]
        quota = FullQuota.of(week)
        ranges = sum(full.of(week).zero for full in (FullPpvRange, FullBumpRange) if full.concerns(week))
        self.constant = quota.zero + ranges - choice.zero
        self.missing = [[_losses(quota.steps.get((day, c), ())) for c in CATEGORIES] for day in week.days]
        self.variety = [[_sums(steps.get(key, ())) for key in keys] for steps in TypeVariety.of(week).steps]
        self.followup_units = [self.followups.units.get(key, 0) for key in keys]
        balance = BalancedWeek.of(week)
        self.balanced = [days in balance.weeks for days in self.weeks]
        self.bounds = [(CATEGORIES.index(category), share, sign) for category, share, sign in balance.bounds]
        rule = week.scenario.rules.category_balance
        self.hard_balance = rule.enabled and not self.quotas_bind
        self.shares = (rule.revenue_min, rule.engagement_min, rule.retention_max)

    def _read_styles(self, week: Week) -> None:
        rules = week.scenario.rules
        self.am_pm_max = rules.style_am_pm.max if rules.style_am_pm.enabled else NEVER
        self.back_to_back = rules.style_back_to_back.enabled
        half = HalfDay.of(week).half
        self.half_bonus = [BETTER_HALF if half == "pm" else 0, BETTER_HALF if half == "am" else 0]
        past = [send.style for send in week.past if send.send_type.ppv]
        self.style_before = STYLE_NUMBER[past[-1]] if past and past[-1] is not None else NO_STYLE
        self.pattern = [[STYLE_NUMBER[style] for style in rotation.pattern] for rotation in week.rotations]
        self.first_position = RotationAdherence.of(week).first
        self.periods: list[list[int]] = []
        for day in week.days:
            if day and week.rotations[day].started == week.rotations[day - 1].started:
                self.periods[-1].append(day)
            else:
                self.periods.append([day])
        self.period_of = [at for at, days in enumerate(self.periods) for _ in days]

    def _banned(self, week: Week) -> dict[int, frozenset[int]]:
        """By type the minutes at which a send of it is a fault: where the week's bans keep it out."""
        spans = [(self.number[ban.send_type_key], range(ban.start, ban.end)) for ban in week.bans]
        return {kind: frozenset(m for other, span in spans if other == kind for m in span) for kind, _ in spans}

    def _read_locks(self, week: Week) -> None:
        names = week.strategies
        self.strategy_before = names.index(week.last_strategy) if week.last_strategy in names else -1
        self.locks: list[list[Send]] = [[] for _ in week.days]
        self.locked: dict[tuple[int, int], bool] = {}
        for lock in binding_locks(week):
            kind, style = self.number[lock.send_type.key], lock.style or lock.send_type.fixed_style
            send = (lock.minute, kind, NO_STYLE if style is None else STYLE_NUMBER[style], 0)
            self.locks[self.clock.day_of[lock.minute]].append(send)
            self.locked[lock.minute, kind] = style is not None or not self.rotated[kind]


def _losses(steps: tuple[int, ...]) -> list[int]:
    """Units lost by the number of sends placed, up to the quota."""
    return [sum(steps[: len(steps) - placed]) for placed in range(len(steps) + 1)]


def _sums(steps: tuple[int, ...]) -> list[int]:
    """Units earned by the number of uses; more uses than listed earn no more."""
    return [sum(steps[:uses]) for uses in range(len(steps) + 1)]

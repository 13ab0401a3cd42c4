"""The hard rules of a week, one file each: a rule posts itself on a draft and finds its violations in a plan.

`RULES` names them all in the order of the specification; adding a rule means adding a file and a line here.
"""

from __future__ import annotations

from ..model.week import Week
from .active_window import ActiveWindow
from .avoid_hours import AvoidHours
from .blackout import Blackout
from .block_limit import BlockLimit
from .bump_range import BumpRange
from .campaign_spacing import CampaignSpacing
from .campaign_target import CampaignTarget
from .category_balance import CategoryBalance
from .clock_repeat import ClockRepeat
from .daily_quota import DailyQuota
from .day_nonempty import DayNonempty
from .expiry_set import ExpirySet
from .followup_clearance import FollowupClearance
from .followup_daily_limit import FollowupDailyLimit
from .followup_eligible import FollowupEligible
from .followup_late import FollowupLate
from .followup_linked import FollowupLinked
from .followup_target import FollowupTarget
from .followup_window import FollowupWindow
from .jitter_range import JitterRange
from .known_type import KnownType
from .lock import Lock
from .min_spacing import MinSpacing
from .no_repeat_type import NoRepeatType
from .page_type import PageTypeRule
from .pin_duration import PinDuration
from .pin_limit import PinLimit
from .pin_type import PinType
from .ppv_range import PpvRange
from .required_fields import RequiredFields
from .rotation_span import RotationSpan
from .rotation_transition import RotationTransition
from .round_minute import RoundMinute
from .rule import Rule, Violation
from .same_type_gap import SameTypeGap
from .strategy_repeat import StrategyRepeat
from .strategy_variety import StrategyVariety
from .style_am_pm import StyleAmPm
from .style_back_to_back import StyleBackToBack
from .style_fixed import StyleFixed
from .style_known import StyleKnown
from .target_page import TargetPage
from .target_required import TargetRequired
from .time_conflict import TimeConflict
from .type_diversity import TypeDiversity
from .valid_input import ValidInput
from .variation_metadata import VariationMetadata
from .weekly_cap import WeeklyCap

__all__ = ["RULES", "Rule", "Violation", "rules_of"]

RULES: tuple[type[Rule], ...] = (
    KnownType,
    ValidInput,
    RequiredFields,
    PageTypeRule,
    TargetRequired,
    TargetPage,
    DayNonempty,
    DailyQuota,
    PpvRange,
    BumpRange,
    WeeklyCap,
    TypeDiversity,
    CategoryBalance,
    NoRepeatType,
    StrategyVariety,
    StrategyRepeat,
    MinSpacing,
    TimeConflict,
    SameTypeGap,
    BlockLimit,
    RoundMinute,
    ClockRepeat,
    ActiveWindow,
    AvoidHours,
    Blackout,
    Lock,
    StyleKnown,
    StyleFixed,
    StyleBackToBack,
    StyleAmPm,
    FollowupEligible,
    FollowupWindow,
    FollowupClearance,
    FollowupDailyLimit,
    FollowupLinked,
    FollowupTarget,
    FollowupLate,
    JitterRange,
    VariationMetadata,
    RotationSpan,
    RotationTransition,
    ExpirySet,
    PinLimit,
    PinDuration,
    PinType,
    CampaignSpacing,
    CampaignTarget,
)
"""Every hard rule, in the order of the specification's tables."""


def rules_of(week: Week) -> tuple[Rule, ...]:
    """The rules that the week asks for and its scenario leaves on, with its parameters."""
    return tuple(rule.of(week) for rule in RULES if rule.concerns(week) and week.scenario.rules.of(rule.id).enabled)

"""The soft rules, one per file, in the order in which a score is told."""

from __future__ import annotations

from ...model.week import Week
from ..preference import Preference
from .balanced_week import BalancedWeek
from .followup_offset import FollowupOffset
from .followup_value import FollowupValue
from .full_campaigns import FullCampaigns
from .full_quota import FullQuota
from .full_range import FullBumpRange, FullPpvRange
from .half_day import HalfDay
from .interleaving import Interleaving
from .rotation_adherence import RotationAdherence
from .send_timing import SendTiming
from .strategy_choice import StrategyChoice
from .strategy_mix import StrategyMix
from .type_value import TypeValue
from .type_variety import TypeVariety

PREFERENCES: tuple[type[Preference], ...] = (
    FullQuota,
    FullPpvRange,
    FullBumpRange,
    FullCampaigns,
    BalancedWeek,
    TypeValue,
    TypeVariety,
    SendTiming,
    FollowupValue,
    FollowupOffset,
    RotationAdherence,
    StrategyChoice,
    StrategyMix,
    Interleaving,
    HalfDay,
)

__all__ = ["PREFERENCES", "preferences_of"]


def preferences_of(week: Week) -> tuple[Preference, ...]:
    """Every preference that the week asks for, with what it needs of the week."""
    return tuple(preference.of(week) for preference in PREFERENCES if preference.concerns(week))

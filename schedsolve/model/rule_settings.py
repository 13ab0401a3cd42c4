"""The scenario's `rules:` section: one class per adjustable rule, with its parameters, bounds and defaults.

Field names are the parameter names of the rule's dataclass in `schedsolve.constraints`. Every rule can be switched off
with `enabled: false`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Count = Annotated[int, Field(strict=True, ge=0, le=1000)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
RuleMinutes = Annotated[int, Field(strict=True, ge=1, le=1440)]


class RuleSettings(BaseModel):
    """A rule that has no parameter but its switch."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    enabled: bool = Field(default=True, description="false switches the rule off")

    def parameters(self) -> dict[str, Any]:
        """The rule's parameters by name, without the switch."""
        return {name: getattr(self, name) for name in type(self).model_fields if name != "enabled"}


class MinSpacingSettings(RuleSettings):
    """`min-spacing`."""

    minutes: RuleMinutes = Field(default=45, description="least minutes between any two regular sends")


class BlockLimitSettings(RuleSettings):
    """`block-limit`."""

    max: Annotated[int, Field(strict=True, ge=1, le=24)] = Field(default=3, description="most regular sends")
    hours: Literal[1, 2, 3, 4, 6, 8, 12, 24] = Field(default=4, description="length of a block in hours")
    window: Literal["fixed", "rolling"] = Field(default="fixed", description="fixed blocks, or any such window")


class ClockRepeatSettings(RuleSettings):
    """`clock-repeat`."""

    max: Annotated[int, Field(strict=True, ge=1, le=1000)] = Field(default=2, description="uses of one HH:MM a week")


class TypeDiversitySettings(RuleSettings):
    """`type-diversity`."""

    types: Count = Field(default=10, description="distinct regular send types a week")
    revenue: Count = Field(default=5, description="distinct revenue types a week")
    engagement: Count = Field(default=5, description="distinct engagement types a week")


class CategoryBalanceSettings(RuleSettings):
    """`category-balance`."""

    revenue_min: Share = Field(default=0.30, description="least share of revenue sends in a week")
    engagement_min: Share = Field(default=0.25, description="least share of engagement sends in a week")
    retention_max: Share = Field(default=0.20, description="greatest share of retention sends in a week")


class StrategyVarietySettings(RuleSettings):
    """`strategy-variety`."""

    strategies: Annotated[int, Field(strict=True, ge=1, le=5)] = Field(
        default=3, description="different strategies a week"
    )


class RoundMinuteSettings(RuleSettings):
    """`round-minute`."""

    step: Annotated[int, Field(strict=True, ge=2, le=60)] = Field(
        default=15, description="minutes divisible by this are round"
    )


class ActiveWindowSettings(RuleSettings):
    """`active-window`."""

    start: str = Field(
        default="08:00", pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="first local time, HH:MM"
    )
    end: str = Field(default="23:30", pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="last local time, HH:MM")

    @model_validator(mode="after")
    def _in_order(self) -> ActiveWindowSettings:
        if self.start >= self.end:
            raise ValueError(f"the window must open before it closes, found {self.start}-{self.end}")
        return self


class AvoidHoursSettings(RuleSettings):
    """`avoid-hours`."""

    hours: tuple[Annotated[int, Field(strict=True, ge=0, le=23)], ...] = Field(
        default=(3, 4, 5, 6), max_length=24, strict=False, description="local hours in which nothing goes out"
    )


class StyleHalfDaySettings(RuleSettings):
    """`style-am-pm`."""

    max: Annotated[int, Field(strict=True, ge=1, le=24)] = Field(
        default=1, description="sends of one guarded style before noon, and again from noon"
    )


class FollowupWindowSettings(RuleSettings):
    """`followup-window`."""

    earliest: Annotated[int, Field(strict=True, ge=1, le=720)] = Field(default=15, description="minutes after parent")
    latest: Annotated[int, Field(strict=True, ge=1, le=720)] = Field(default=45, description="minutes after parent")

    @model_validator(mode="after")
    def _in_order(self) -> FollowupWindowSettings:
        if self.earliest > self.latest:
            raise ValueError(f"earliest must not exceed latest, found {self.earliest} and {self.latest}")
        return self


class FollowupClearanceSettings(RuleSettings):
    """`followup-clearance`."""

    minutes: RuleMinutes = Field(default=5, description="least minutes to every send other than the parent")


class FollowupDailyLimitSettings(RuleSettings):
    """`followup-daily-limit`."""

    max: Count = Field(default=4, description="followups on one local day")


class RotationSpanSettings(RuleSettings):
    """`rotation-span`."""

    shortest: Annotated[int, Field(strict=True, ge=1, le=28)] = Field(default=3, description="days a pattern is kept")
    longest: Annotated[int, Field(strict=True, ge=1, le=28)] = Field(default=4, description="days a pattern is kept")

    @model_validator(mode="after")
    def _in_order(self) -> RotationSpanSettings:
        if self.shortest > self.longest:
            raise ValueError(f"shortest must not exceed longest, found {self.shortest} and {self.longest}")
        return self


class PinLimitSettings(RuleSettings):
    """`pin-limit`."""

    max: Annotated[int, Field(strict=True, ge=3, le=5)] = Field(default=5, description="pins active at any minute")


class PinDurationSettings(RuleSettings):
    """`pin-duration`."""

    hours: Annotated[int, Field(strict=True, ge=1, le=168)] = Field(default=72, description="longest pin")


def _rule(name: str, settings: type[RuleSettings] = RuleSettings) -> Any:
    return Field(default_factory=settings, alias=name, description=f"settings of rule `{name}`")


class Rules(BaseModel):
    """Every hard rule by id. The keys of the YAML are the ids; the attributes are the same with underscores."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    known_type: RuleSettings = _rule("known-type")
    valid_input: RuleSettings = _rule("valid-input")
    required_fields: RuleSettings = _rule("required-fields")
    page_type: RuleSettings = _rule("page-type")
    target_required: RuleSettings = _rule("target-required")
    target_page: RuleSettings = _rule("target-page")
    day_nonempty: RuleSettings = _rule("day-nonempty")
    daily_quota: RuleSettings = _rule("daily-quota")
    ppv_range: RuleSettings = _rule("ppv-range")
    bump_range: RuleSettings = _rule("bump-range")
    weekly_cap: RuleSettings = _rule("weekly-cap")
    type_diversity: TypeDiversitySettings = _rule("type-diversity", TypeDiversitySettings)
    category_balance: CategoryBalanceSettings = _rule("category-balance", CategoryBalanceSettings)
    no_repeat_type: RuleSettings = _rule("no-repeat-type")
    strategy_variety: StrategyVarietySettings = _rule("strategy-variety", StrategyVarietySettings)
    strategy_repeat: RuleSettings = _rule("strategy-repeat")
    min_spacing: MinSpacingSettings = _rule("min-spacing", MinSpacingSettings)
    time_conflict: RuleSettings = _rule("time-conflict")
    same_type_gap: RuleSettings = _rule("same-type-gap")
    block_limit: BlockLimitSettings = _rule("block-limit", BlockLimitSettings)
    round_minute: RoundMinuteSettings = _rule("round-minute", RoundMinuteSettings)
    clock_repeat: ClockRepeatSettings = _rule("clock-repeat", ClockRepeatSettings)
    active_window: ActiveWindowSettings = _rule("active-window", ActiveWindowSettings)
    avoid_hours: AvoidHoursSettings = _rule("avoid-hours", AvoidHoursSettings)
    blackout: RuleSettings = _rule("blackout")
    lock: RuleSettings = _rule("lock")
    style_known: RuleSettings = _rule("style-known")
    style_fixed: RuleSettings = _rule("style-fixed")
    style_back_to_back: RuleSettings = _rule("style-back-to-back")
    style_am_pm: StyleHalfDaySettings = _rule("style-am-pm", StyleHalfDaySettings)
    followup_eligible: RuleSettings = _rule("followup-eligible")
    followup_window: FollowupWindowSettings = _rule("followup-window", FollowupWindowSettings)
    followup_clearance: FollowupClearanceSettings = _rule("followup-clearance", FollowupClearanceSettings)
    followup_daily_limit: FollowupDailyLimitSettings = _rule("followup-daily-limit", FollowupDailyLimitSettings)
    followup_linked: RuleSettings = _rule("followup-linked")
    followup_target: RuleSettings = _rule("followup-target")
    followup_late: RuleSettings = _rule("followup-late")
    jitter_range: RuleSettings = _rule("jitter-range")
    variation_metadata: RuleSettings = _rule("variation-metadata")
    rotation_span: RotationSpanSettings = _rule("rotation-span", RotationSpanSettings)
    rotation_transition: RuleSettings = _rule("rotation-transition")
    expiry_set: RuleSettings = _rule("expiry-set")
    pin_limit: PinLimitSettings = _rule("pin-limit", PinLimitSettings)
    pin_duration: PinDurationSettings = _rule("pin-duration", PinDurationSettings)
    pin_type: RuleSettings = _rule("pin-type")
    campaign_spacing: RuleSettings = _rule("campaign-spacing")
    campaign_target: RuleSettings = _rule("campaign-target")

    def of(self, rule_id: str) -> RuleSettings:
        """The settings of the rule with that id."""
        settings = getattr(self, rule_id.replace("-", "_"))
        assert isinstance(settings, RuleSettings)
        return settings

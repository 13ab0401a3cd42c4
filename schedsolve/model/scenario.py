"""The scenario of kind `creator-week`: what a person writes, read strictly.

Unknown keys, numbers out of range, NaN and misspelt names are refused with a sentence that says what is allowed.
Field names and meanings are fixed; the YAML keys are the field names.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from .audience import Captions, Content, Performance
from .campaign_settings import Campaigns, FamilyKey
from .catalog import CATALOG, DEPRECATED, FOLLOWUP, Channel, PageType, Style
from .durations import Minutes
from .fields import (
    Day,
    DayTotal,
    Fraction,
    Hour,
    Identifier,
    LatePolicy,
    LocalTime,
    Name,
    Part,
    Points,
    StrategyKey,
    TypeKey,
    Weekday,
    Zone,
    as_tuple,
)
from .rotation import Pattern, RotationState, parse_pattern
from .rule_settings import RuleMinutes, Rules
from .strategies import STRATEGIES


class Creator(Part):
    """Whose week it is."""

    id: Identifier = Field(description="stable id; part of every random draw's key")
    page_type: PageType = Field(strict=False, description="paid or free")
    timezone: Zone = Field(description="IANA zone of the creator's wall clock")
    fan_count: Annotated[int, Field(strict=True, ge=0, le=10**9)] | None = Field(default=None, description="fans")
    content_style: Literal["nude", "non_nude", "porno"] | None = None
    sub_type: Literal["gfe", "commercial", "personalized"] | None = None


class DayQuota(Part):
    """Regular sends wanted on one day, by category."""

    revenue: DayTotal
    engagement: DayTotal
    retention: DayTotal


class Volume(Part):
    """How many sends a day; what is missing is computed."""

    revenue_per_day: Annotated[int, Field(strict=True, ge=1, le=10)] | None = None
    engagement_per_day: Annotated[int, Field(strict=True, ge=1, le=8)] | None = None
    retention_per_day: Annotated[int, Field(strict=True, ge=0, le=4)] | None = None
    level: Literal["low", "mid", "high", "ultra"] | None = Field(default=None, description="instead of quotas")
    weekly_distribution: (
        Annotated[tuple[DayTotal, ...], BeforeValidator(as_tuple), Field(max_length=28)]
        | Annotated[dict[Annotated[int, Field(strict=True, ge=0, le=6)], DayTotal], Field(max_length=7)]
        | None
    ) = Field(default=None, description="daily totals: a list, first day first, or a mapping by weekday, 0 = Monday")
    confidence_score: Fraction | None = Field(default=None, description="trust in the figures, 0..1")
    accept_low_confidence: bool = Field(default=False, description="plan even when confidence is below 0.3")
    track_prediction: bool = Field(default=False, description="keep a prediction of the week's revenue per day")
    quotas: Annotated[tuple[DayQuota, ...], BeforeValidator(as_tuple), Field(max_length=28)] | None = Field(
        default=None, description="exact quotas, one entry a day, first day first: instead of all the figures above"
    )

    @model_serializer(mode="wrap")
    def _without_absent_quotas(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Left out where not stated, so that the fingerprint of other scenarios stays what it was before the key."""
        told: dict[str, Any] = serialise(self)
        if self.quotas is None:
            told.pop("quotas", None)
        return told


Hours = Annotated[tuple[Hour, ...], BeforeValidator(as_tuple), Field(max_length=24)]


class Timing(Part):
    """When the audience answers, and how much minutes may vary."""

    peak_hours: Hours = Field(default=(), description="base prime hours; 19-22 when empty")
    avoid_hours: Hours = Field(default=(), description="hours without sends, on top of rule avoid-hours")
    best_days: Annotated[tuple[Weekday, ...], BeforeValidator(as_tuple), Field(max_length=7)] = (
        "friday",
        "saturday",
        "sunday",
    )
    hourly_performance: dict[Hour, Fraction] = Field(default_factory=dict, max_length=24)
    avg_response_minutes: Annotated[int, Field(strict=True, ge=0, le=1440)] | None = Field(
        default=None, description="narrows the followup window to 0.6..1.5 times this"
    )
    late_followups: LatePolicy | None = Field(default=None, description="within_day when not given")
    multi_zone_audience: bool = Field(default=False, description="audience in several zones: cross_midnight")
    variation: Literal["low", "medium", "high"] = "medium"
    jitter_base: Annotated[int, Field(strict=True, ge=1, le=8)] = Field(default=8, description="base amplitude")
    prime_anchor: Day = Field(default=date(2025, 1, 20), description="day on which the prime rotation stands at -1")


class Variation(Part):
    """Randomness."""

    temperature: Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)] = Field(
        default=1.0, description="scale of all seeded noise; 0 = none"
    )
    boost_factor: Annotated[float, Field(ge=1, le=5, allow_inf_nan=False)] = Field(
        default=1.5, description="value factor of the types a day's strategy stresses"
    )
    strategies: Annotated[tuple[StrategyKey, ...], BeforeValidator(as_tuple), Field(min_length=1, max_length=5)] = (
        Field(default=tuple(STRATEGIES), description="strategies on offer")
    )

    @model_validator(mode="after")
    def _strategies_differ(self) -> Variation:
        if len(set(self.strategies)) < len(self.strategies):
            raise ValueError("strategies: each may be named once")
        return self


class TypeOverride(Part):
    """Changes to one row of the catalog."""

    enabled: bool = True
    min_gap: Minutes | None = Field(default=None, description="minutes, or 5h")
    weekly_cap: Annotated[int, Field(strict=True, ge=0, le=1000)] | None = None
    value: Points | None = Field(default=None, description="estimated revenue of one send, in points")
    expiry_hours: Annotated[int, Field(strict=True, ge=1, le=24 * 28)] | None = None
    target: Annotated[str, Field(max_length=64)] | None = None
    channel: Channel | None = Field(default=None, strict=False)
    family: FamilyKey | Literal["none"] | None = Field(
        default=None, description="campaign family that sends of the type may carry; none for no family"
    )


class PastSend(Part):
    """A send that went out before the first day (or, late followups, in its first minutes)."""

    at: LocalTime
    send_type_key: TypeKey
    ppv_style: Style | None = Field(default=None, strict=False)
    awaits_followup: bool = Field(default=False, description="its followup was left to this plan")


class PastRotation(Part):
    """Where the rotation stood."""

    state: RotationState = Field(default=RotationState.PATTERN_ACTIVE, strict=False)
    pattern: Annotated[Pattern, BeforeValidator(parse_pattern, json_schema_input_type=list[Style])]
    started: Day
    position: Annotated[int, Field(strict=True, ge=0, le=10_000)] = Field(
        default=0, description="rotated sends since the pattern started"
    )
    recent: Annotated[
        tuple[Annotated[Pattern, BeforeValidator(parse_pattern, json_schema_input_type=list[Style])], ...],
        BeforeValidator(as_tuple),
        Field(max_length=20),
    ] = Field(default=(), description="patterns before this one, oldest first")


class PastPin(Part):
    """A pin still active when the plan starts."""

    send_type_key: TypeKey
    ends: LocalTime
    estimated_revenue: Points = 0.0


class History(Part):
    """What earlier weeks hand over. Missing history is no error; the border then does not bind."""

    sends: Annotated[tuple[PastSend, ...], BeforeValidator(as_tuple), Field(max_length=2000)] = ()
    rotation: PastRotation | None = None
    last_strategy: StrategyKey | None = None
    pins: Annotated[tuple[PastPin, ...], BeforeValidator(as_tuple), Field(max_length=50)] = ()


class Lock(Part):
    """A send that must go out exactly so. It counts in quotas, caps and every rule."""

    at: LocalTime
    send_type_key: TypeKey
    ppv_style: Style | None = Field(default=None, strict=False, description="for pay-per-view types; free when absent")

    @model_validator(mode="after")
    def _fits_its_type(self) -> Lock:
        key = DEPRECATED.get(self.send_type_key, self.send_type_key)
        if key == FOLLOWUP:
            raise ValueError(f"send_type_key: {FOLLOWUP} cannot be locked; lock its parent")
        if self.ppv_style is not None and self.ppv_style not in CATALOG[key].styles:
            allowed = ", ".join(CATALOG[key].styles) or "none: it is not pay-per-view"
            raise ValueError(f"ppv_style: {self.ppv_style} does not go with {key} (allowed: {allowed})")
        return self


class Blackout(Part):
    """A span of local time, `from` included and `to` not, in which nothing goes out."""

    start: LocalTime = Field(alias="from")
    end: LocalTime = Field(alias="to")
    reason: Annotated[str, Field(max_length=200)] = ""


class DayException(Part):
    """One rule with another parameter on one day: that of the rule, and no other."""

    date: Day
    rule: Literal["block-limit", "min-spacing", "avoid-hours"]
    max: Annotated[int, Field(strict=True, ge=1, le=24)] | None = Field(default=None, description="of block-limit")
    minutes: RuleMinutes | None = Field(default=None, description="of min-spacing")
    hours: Hours | None = Field(default=None, description="of avoid-hours, instead of the rule's own")

    @model_validator(mode="after")
    def _states_its_parameter(self) -> DayException:
        own = {"block-limit": "max", "min-spacing": "minutes", "avoid-hours": "hours"}[self.rule]
        stated = [name for name in ("max", "minutes", "hours") if getattr(self, name) is not None]
        if stated != [own]:
            raise ValueError(
                f"an exception of {self.rule} states `{own}` and nothing else, found {stated or 'nothing'}"
            )
        return self


class Scenario(Part):
    """A creator's week, as read from YAML."""

    schedsolve: Literal[1] = Field(description="version of this format")
    kind: Literal["creator-week"]
    name: Name = "unnamed"
    seed: Annotated[int, Field(strict=True, ge=0, le=2**63 - 1)] = 0
    week_start: Day = Field(description="first day on the creator's wall clock, any weekday")
    days: Annotated[int, Field(strict=True, ge=1, le=28)] = 7
    creator: Creator
    volume: Volume = Field(default_factory=Volume)
    performance: Performance = Field(default_factory=Performance)
    content: Content = Field(default_factory=Content)
    captions: Captions = Field(default_factory=Captions)
    timing: Timing = Field(default_factory=Timing)
    variation: Variation = Field(default_factory=Variation)
    send_types: dict[TypeKey, TypeOverride] = Field(default_factory=dict, max_length=64)
    campaigns: Campaigns | None = Field(default=None, description="campaign families, when the plan is to run them")
    rules: Rules = Field(default_factory=Rules)
    exceptions: Annotated[tuple[DayException, ...], BeforeValidator(as_tuple), Field(max_length=84)] = Field(
        default=(), description="rules with another parameter on single days"
    )
    on_conflict: Literal["fail", "ladder"] = Field(
        default="fail", description="ladder: where sends do not fit, loosen spacing and avoid hours step by step"
    )
    history: History = Field(default_factory=History)
    locks: Annotated[tuple[Lock, ...], BeforeValidator(as_tuple), Field(max_length=500)] = ()
    blackouts: Annotated[tuple[Blackout, ...], BeforeValidator(as_tuple), Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _past_campaigns_are_past(self) -> Scenario:
        for past in self.campaigns.history if self.campaigns else ():
            if past.date >= self.week_start:
                raise ValueError(
                    f"campaigns.history: the {past.campaign_type} of {past.date} "
                    f"is not before the first day {self.week_start}"
                )
        return self

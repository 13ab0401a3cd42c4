"""The plan: what the engine returns, saves and reads back. Field names are fixed; fields are only ever added."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from ..errors import InfeasibleError, NoPlanError
from .catalog import Category, Channel, Style
from .plan_part import PlanPart as PlanPart
from .plan_part import PlanWarning as PlanWarning
from .volume import VolumeResult

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
CaptionStatus = Literal["assigned", "degraded", "manual_required"]
Verdict = Literal["passed", "passed_with_warnings", "failed"]


class VariationMetadata(PlanPart):
    """How a send's minute came about.

    Base + shift + jitter + adjustment is the local time of a regular unlocked send. A followup has `drawn_offset`, the
    seeded delay it was given, instead of base, shift and jitter.
    """

    base_hour: int | None = None
    base_minute: int | None = None
    time_shift: int | None = None
    jitter: int | None = None
    adjustment_minutes: int = 0
    daily_strategy: str | None = None
    prime_hours_used: tuple[int, ...] | None = None
    time_adjusted: bool = False
    adjustment_reason: str | None = None
    fallback_used: bool = False
    reason: str | None = None
    drawn_offset: int | None = None


class CaptionScores(PlanPart):
    """What speaks for a send's caption, 0 to 100 each, and the weighted whole."""

    freshness_score: float
    performance_score: float
    type_priority_score: float
    diversity_score: float
    persona_score: float
    composite_score: float


class Item(PlanPart):
    """One send. Caption and content fields are null until the content stage fills them."""

    slot_id: str
    scheduled_date: str
    scheduled_time: str
    scheduled_at_utc: str
    timezone: str
    send_type_key: str
    category: Category
    ppv_style: Style | None
    channel_key: Channel
    target_key: str
    is_follow_up: bool
    parent_item_id: str | None
    followup_delay_minutes: int | None
    timing_adjusted: bool
    expires_at_utc: str | None
    priority: int
    strategy_used: str
    flavor_emphasis: str
    expected_value: float
    locked: bool
    variation_metadata: VariationMetadata
    caption_id: int | None = None
    caption_text: str | None = None
    content_type_id: int | None = None
    media_type: str | None = None
    flyer_required: bool | None = None
    suggested_price: float | None = None
    caption_status: CaptionStatus | None = None
    caption_level: int | None = None
    caption_scores: CaptionScores | None = None
    needs_caption: bool | None = None
    vault_warning: str | None = None
    campaign_goal: float | None = None
    estimated_revenue: float | None = None
    warnings: tuple[str, ...] = ()
    campaign_type: str | None = None
    game_type: str | None = None


class Quotas(PlanPart):
    """Regular sends wanted on a day."""

    revenue: int
    engagement: int
    retention: int


class DayPlan(PlanPart):
    """One day's character."""

    date: str
    strategy: str
    flavor: str
    prime_hours: tuple[int, ...]
    quotas: Quotas
    rotation_pattern: tuple[Style, ...]
    rotation_state: str


class Shortfall(PlanPart):
    """Sends that a day could not take, and the rules that bind.

    Missing campaigns stand under the plan's first day; `campaign_type` is their family, or left out where it is
    campaigns of all families together that are missing.
    """

    rule: str
    date: str
    category: Category
    wanted: int
    placed: int
    binding: tuple[str, ...]
    campaign_type: str | None = None

    @model_serializer(mode="wrap")
    def _without_absent_family(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        told: dict[str, Any] = serialise(self)
        if self.campaign_type is None:
            told.pop("campaign_type", None)
        return told


class Relaxation(PlanPart):
    """A step of the ladder that was taken: the rule it loosens, on which days, and the sends that need it.

    `moved` counts, by category, what the day after takes over from the day (step 5).
    """

    step: int
    rule: str
    days: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()
    severity: str
    moved: dict[str, int] = Field(default_factory=dict)


class Pin(PlanPart):
    """A post held at the top of the wall; `item` is a slot id, or `history_pin_<n>` for one handed over."""

    item: str
    send_type_key: str
    starts_at_utc: str
    ends_at_utc: str
    priority: float
    replaced_by: str | None = None


class AuditViolation(PlanPart):
    """One place where a plan breaks a rule."""

    rule: str
    subject: str
    amount: float
    message: str
    severity: Literal["high", "medium", "low"]


class SkippedRule(PlanPart):
    """A rule the audit could not or should not check, and why."""

    rule: str
    reason: str


class Audit(PlanPart):
    """What the independent audit found. `duration_ms` is null in stored plans, which are the same bytes each run."""

    verdict: Verdict
    violations: tuple[AuditViolation, ...]
    checked: tuple[str, ...]
    skipped: tuple[SkippedRule, ...] = ()
    duration_ms: float | None = None


class ScenarioStamp(PlanPart):
    """Which scenario a plan answers: its name, its content and the SHA-256 of that, seed included.

    `content` has every default filled in, so that the plan can be made again from its own file; None in plans that do
    not carry it.
    """

    name: str
    sha256: str
    content: dict[str, Any] | None = None


class Receipt(PlanPart):
    """What a plan hangs on beside scenario, seed, effort and versions.

    `made_by` names the way it was made, `gap` is the share of |value| at which it was good enough, `time_limit` the
    wall-clock limit in seconds.
    """

    made_by: str = "solve"
    gap: float = 0.0
    time_limit: float | None = None


class Timings(PlanPart):
    """Work done. Deterministic figures repeat; the wall-clock ones are null unless asked for."""

    deterministic_time: float
    solves: int
    variables: int
    constraints: int
    wall_seconds: float | None = None
    first_plan_seconds: float | None = None


class Followups(PlanPart):
    """Followups of the plan: how many parents could have one, and what became of them.

    `early`, `optimal` and `late` count positions in the window: below 20 minutes, 20 to 40, above 40. `without` names
    the parents that got none, those on days with a full followup limit first.
    """

    eligible: int
    generated: int
    skipped_limit: int
    skipped_timing: int
    early: int
    optimal: int
    late: int
    without: tuple[str, ...]


class Summary(PlanPart):
    """The plan in figures."""

    sends: int
    by_category: dict[str, int]
    by_day: dict[str, int]
    distinct_types: int
    strategies: dict[str, int]
    distinct_times: int
    highest_repeat: int
    jittered: int
    prime_share: float | None = Field(description="share of pay-per-view and bundle sends in 19-22 or prime hours")
    rotation_adherence: float | None = Field(description="share of rotation-styled sends that follow the pattern")
    shares: dict[str, float]
    followups: Followups


class CheckReport(PlanPart):
    """What `check` found about a plan, whoever made it.

    `score` and `objective` (points) are recomputed from the plan alone; `stated_objective` is what the plan claims;
    `score_agrees` is None where the plan claims nothing. `notes` tells what was assumed in reading it.
    """

    items: int
    audit: Audit
    score: dict[str, float]
    objective: float
    stated_objective: float | None
    score_agrees: bool | None
    notes: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """No violation found, and no false claim about the score."""
        return not self.audit.violations and self.score_agrees is not False


class Plan(PlanPart):
    """A creator's week: status, value, bound, items, and the audit that checked them.

    `objective` and `bound` are points; `gap` is (bound - objective) / |objective|. The zero point of the value leaves
    out what all plans earn alike (see `schedsolve.constraints.preferences`).
    """

    schedsolve: Literal[1] = 1
    kind: Literal["creator-week"] = "creator-week"
    scenario: ScenarioStamp
    creator_id: str
    seed: int
    effort: str
    receipt: Receipt | None = None
    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    reproducible: bool
    versions: dict[str, str]
    timings: Timings
    days: tuple[DayPlan, ...]
    items: tuple[Item, ...]
    pins: tuple[Pin, ...]
    shortfalls: tuple[Shortfall, ...]
    relaxations: tuple[Relaxation, ...]
    warnings: tuple[PlanWarning, ...]
    summary: Summary | None
    volume: VolumeResult | None = None
    audit: Audit | None
    score: dict[str, float]

    def raise_for_status(self) -> Plan:
        """The plan itself, if there is one.

        Raises
        ------
        InfeasibleError
            When the rules leave no plan; the reasons are those of the warnings.
        NoPlanError
            When none was found within the limits.
        """
        if self.status == "infeasible":
            raise InfeasibleError([warning.message for warning in self.warnings if warning.code == "infeasible"])
        if self.status == "unknown":
            raise NoPlanError("; ".join(warning.message for warning in self.warnings if warning.code == "no-plan"))
        return self

    def to_dict(self, timings: bool = True) -> dict[str, Any]:
        """The plan as plain data, ready for JSON; without `timings`, wall-clock figures are null."""
        data = self.model_dump(mode="json")
        if not timings:
            if data["audit"]:
                data["audit"]["duration_ms"] = None
            data["timings"]["wall_seconds"] = None
            data["timings"]["first_plan_seconds"] = None
        return data

    def to_json(self, timings: bool = False) -> str:
        """The plan as JSON text: the same bytes for the same scenario, seed and versions.

        With `timings`, wall-clock figures are kept, and the bytes differ from run to run.
        """
        return json.dumps(self.to_dict(timings), indent=2, ensure_ascii=False) + "\n"

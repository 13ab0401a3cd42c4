"""What can fail in each stage, how grave it is, what mends it, and what is done where nothing does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .failure import Severity
from .stage import Stage


@dataclass(frozen=True)
class Failure:
    """A way to fail. `recovery` is tried first, `fallback` is what remains; `seconds` is how long that may take."""

    condition: str
    stage: Stage
    severity: Severity
    recovery: str
    fallback: str
    seconds: float = 1


_L, _M, _H, _C = Severity
_INIT, _ALLOC, _CONTENT, _TARGET, _TIMING, _FOLLOW, _ASSEMBLY = Stage

# fmt: off
_ROWS = (
    Failure("creator_not_found", _INIT, _C, "check the id, look for the creator's row", "abort", 0),
    Failure("volume_config_missing", _INIT, _C, "check the id, look for the creator's row", "abort", 0),
    Failure("trends_missing", _INIT, _M, "saturation 50, opportunity 50, stable, confidence 0.5", "go on"),
    Failure("send_types_empty", _INIT, _H, "check page type and catalog", "abort", 0),
    Failure("vault_unreadable", _INIT, _M, "assume that all media are there", "vault checks off, warn"),
    Failure("timing_missing", _INIT, _L, "peak 19-22, avoid 3-6, Friday to Sunday best", "go on"),
    Failure("quotas_failed", _ALLOC, _H, "the tier's least", "the tier's row", 2),
    Failure("distribution_malformed", _ALLOC, _H, "a uniform week, multipliers 1.0", "the tier's daily total", 2),
    Failure("confidence_invalid", _ALLOC, _M, "clamp to 0..1", "0.7"),
    Failure("no_strategy", _ALLOC, _M, "balanced_standard", "balanced_standard is always allowed"),
    Failure("diversity_floor", _ALLOC, _H, "allocate again as variety_max with the floors 10, 5 and 5",
            "force variety", 5),
    Failure("weekly_cap_exceeded", _ALLOC, _M, "remove the lowest priority", "truncate"),
    Failure("no_captions", _CONTENT, _H, "lower the standard level by level", "a person writes them", 5),
    Failure("low_freshness", _CONTENT, _M, "weigh performance above freshness", "performance first"),
    Failure("low_performance", _CONTENT, _M, "accept lower performance", "freshness first"),
    Failure("duplicate_caption", _CONTENT, _M, "pick again without the captions in use", "a person decides", 2),
    Failure("vault_missing", _CONTENT, _M, "clear the content type", "go on"),
    Failure("persona_missing", _CONTENT, _L, "the default persona", "go on"),
    Failure("target_unknown", _TARGET, _M, "all_active", "mass_message"),
    Failure("channel_incompatible", _TARGET, _M, "a channel that carries the target", "mass_message"),
    Failure("page_mismatch", _TARGET, _H, "filter the targets", "targets of the page only"),
    Failure("required_target_missing", _TARGET, _H, "the closest allowed target", "skip the item, warn", 2),
    Failure("no_free_slot", _TIMING, _H, "loosen spacing and avoid hours step by step", "the next day", 4),
    Failure("spacing", _TIMING, _M, "the later item moves 5 minutes on, and what follows with it", "adjust times", 2),
    Failure("avoid_hours", _TIMING, _M, "hour 8 before 07:00, else hour 23", "the nearest valid time"),
    Failure("time_repeated", _TIMING, _L, "jitter", "warn"),
    Failure("time_invalid", _TIMING, _H, "compute it again", "about noon"),
    Failure("followup_limit", _FOLLOW, _L, "skip the parent of lowest priority", "go on"),
    Failure("followup_late", _FOLLOW, _L, "the policy for late followups", "adjust"),
    Failure("followup_caption_missing", _FOLLOW, _M, "flag it for a person", "go on"),
    Failure("followup_delay_failed", _FOLLOW, _M, "20 minutes", "go on"),
    Failure("followup_parent_invalid", _FOLLOW, _H, "skip the followup", "log the error"),
    Failure("score_rejected", _ASSEMBLY, _C, "none", "rejected, with the report", 0),
    Failure("score_needs_review", _ASSEMBLY, _H, "return it for review", "a person decides", 0),
    Failure("balance_off", _ASSEMBLY, _M, "flag it and advise", "go on"),
    Failure("orphan_followup", _ASSEMBLY, _M, "remove and count it", "go on"),
    Failure("required_field_missing", _ASSEMBLY, _H, "fill in a safe default", "abort", 2),
    Failure("save_failed", _ASSEMBLY, _C, "save once more", "abort", 5),
)
# fmt: on

FAILURES: Mapping[str, Failure] = MappingProxyType({row.condition: row for row in _ROWS})
"""Every failure that is foreseen, by condition, in the order of the stages."""


def unforeseen(stage: Stage) -> Failure:
    """What a failure comes to that no row describes."""
    fallbacks = {_TARGET: "all_active", _TIMING: "about noon", _FOLLOW: "skip the followup"}
    if stage in fallbacks:
        return Failure("unforeseen", stage, _M, "none", fallbacks[stage])
    return Failure("unforeseen", stage, _C, "none", "abort", 0)

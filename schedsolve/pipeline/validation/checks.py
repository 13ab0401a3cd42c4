"""Every check, the errors first, each with what to do where it is not clean."""

from __future__ import annotations

from collections.abc import Callable

from ...model.stage import Stage
from . import (
    balance,
    caption_pool,
    caption_scores,
    captions,
    followups,
    quotas,
    relaxations,
    targets,
    trust,
    variation,
    vault,
)
from .broken_rules import ANY_RULE, told_by_rules
from .check import Check, Found, Scope
from .diversity import too_few_types
from .references import unknown_references
from .schedule import Schedule

ERROR_WEIGHT = 31
"""Points of an error, whatever is affected: one leaves too few for any approval."""

_INIT, _ALLOC, _CONTENT, _TARGET, _TIMING, _FOLLOW, _ASSEMBLY = Stage
_Find = Callable[[Schedule], Found]


def _error(name: str, stage: Stage, action: str, find: _Find | None = None) -> Check:
    return Check(name, stage, "error", "schedule", ERROR_WEIGHT, find or told_by_rules(name), action)


def _warning(name: str, stage: Stage, scope: Scope, weight: int, find: _Find, action: str = "") -> Check:
    return Check(name, stage, "warning", scope, weight, find, action)


def _info(name: str, stage: Stage, scope: Scope, find: _Find, action: str = "") -> Check:
    return Check(name, stage, "info", scope, 0, find, action)


CHECKS: tuple[Check, ...] = (
    _error("required_field_missing", _ASSEMBLY, "state date, time, send type, channel and target of every item"),
    _error("unknown_reference", _ALLOC, "use names of the catalog, and each slot id once", unknown_references),
    _error("page_type_mismatch", _ALLOC, "take out what the page type does not have"),
    _error("required_target_violated", _TARGET, "send to the audience that the type requires, or leave the send out"),
    _error("channel_target_mismatch", _TARGET, "send by a channel that carries the target"),
    _error(
        "vault_missing",
        _CONTENT,
        "leave these items out, or create their content",
        vault.names_what_is_not_there,
    ),
    _error("timing_conflict", _TIMING, "move the later item by a few minutes"),
    _error("spacing_violated", _TIMING, "move the later item on until the spacing holds"),
    _error("same_type_gap_violated", _TIMING, "move the later item on, or change its type"),
    _error("avoid_hours_violated", _TIMING, "move these items into open hours"),
    _error("diversity_floor", _ALLOC, "allocate again with the variety strategy", too_few_types),
    _error("weekly_cap_exceeded", _ALLOC, "take out the surplus, lowest priority first"),
    _error("empty_day", _ALLOC, "allocate again so that every day has items"),
    _error("consecutive_same_type", _ALLOC, "swap one of the neighbours with an item of another type"),
    _error(
        "same_style_repeat",
        _TIMING,
        "swap positions; or put another item between; or move one to the other half day, about 10:00 or 14:00; "
        "or let a person decide",
    ),
    _error("followup_parent_invalid", _FOLLOW, "take out followups without a parent that may have one"),
    _error("followup_window", _FOLLOW, "send the followup 15 to 45 minutes after its parent"),
    _error("followup_daily_limit", _FOLLOW, "take out the followups of the parents with the lowest revenue"),
    _error("expiry_wrong", _ASSEMBLY, "let the item expire as its type does"),
    _error("pin_limit", _ASSEMBLY, "unpin the post of lowest priority, and let no pin last too long"),
    _error("round_minute", _TIMING, "move the item by a minute"),
    _error("confidence_too_low", _INIT, "gather more data, or let a person accept the week", trust.refused),
    _error(ANY_RULE, _TIMING, "mend the rules named, or solve the week again"),
    _warning("caption_missing", _CONTENT, "item", 30, captions.missing),
    _warning("category_balance", _ALLOC, "schedule", 5, balance.off_balance),
    _warning("duplicate_caption", _CONTENT, "item", 10, captions.used_twice, "give every item a caption of its own"),
    _warning(
        "low_freshness",
        _CONTENT,
        "item",
        10,
        caption_scores.stale,
        "use captions that have rested, or flag the creator for new ones",
    ),
    _warning("low_performance", _CONTENT, "item", 10, caption_scores.weak, "prefer captions that earned more"),
    _warning("caption_pool_warning", _INIT, "schedule", 5, caption_pool.short_pools),
    _warning("vault_warning", _CONTENT, "item", 10, vault.warned),
    _warning("vault_unchecked", _CONTENT, "schedule", 10, vault.unreadable, "check the contents against the vault"),
    _warning(
        "daily_volume_exceeded", _ALLOC, "day", 10, quotas.exceeded, "take out the surplus, lowest priority first"
    ),
    _warning("daily_quota_missed", _ALLOC, "day", 10, quotas.missed, "loosen a rule that binds, or lower the quotas"),
    _warning("strategy_variation", _ALLOC, "schedule", 10, variation.strategies, "vary the strategies from day to day"),
    _warning("type_mismatch", _CONTENT, "item", 5, captions.of_another_type, "choose captions of a type that fits"),
    _warning("target_fallback", _TARGET, "item", 5, targets.replaced, "check whom these items reach"),
    _warning("persona_mismatch", _CONTENT, "item", 5, captions.out_of_voice, "choose captions in the persona's voice"),
    _warning("time_repeated", _TIMING, "item", 5, variation.repeated_times, "move the later ones by 10 or 15 minutes"),
    _warning("variation_incomplete", _TIMING, "item", 5, variation.incomplete, "tell how each minute came about"),
    _warning("revenue_off_peak", _TIMING, "item", 5, variation.off_peak),
    _warning("block_density", _TIMING, "day", 5, variation.dense_blocks, "spread the items over the day"),
    _warning("spacing_relaxed", _TIMING, "schedule", 5, relaxations.needed),
    _warning("followup_coverage", _FOLLOW, "schedule", 5, followups.too_few, "place parents where followups fit"),
    _warning("orphan_removed", _ASSEMBLY, "schedule", 5, followups.orphans),
    _info("low_confidence", _INIT, "schedule", trust.low, "keep volumes conservative until more messages are known"),
    _info("divergence_detected", _INIT, "schedule", trust.diverging),
    _info("elasticity_capped", _INIT, "schedule", trust.capped),
    _info("defaults_used", _INIT, "schedule", trust.defaults),
    _info("followup_skipped", _FOLLOW, "schedule", followups.skipped),
    _info("followup_moved", _FOLLOW, "item", followups.moved),
)

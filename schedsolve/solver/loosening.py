"""A week with one rule loosened: what the solver asks when it looks for the rule that stands in the way."""

from __future__ import annotations

from dataclasses import replace

from ..model.week import Week


def loosened(week: Week, rule: str) -> Week:
    """The week with one rule switched off, or one notch looser where the number of positions hangs on it."""
    rules = week.scenario.rules
    notches: dict[str, dict[str, object]] = {
        "block-limit": {"max": rules.block_limit.max + 1},
        "min-spacing": {"minutes": max(1, rules.min_spacing.minutes * 2 // 3)},
    }
    settings = rules.of(rule).model_copy(update=notches.get(rule, {"enabled": False}))
    changed = rules.model_copy(update={rule.replace("-", "_"): settings})
    return replace(week, scenario=week.scenario.model_copy(update={"rules": changed}))

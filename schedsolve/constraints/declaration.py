"""What makes a declared shortfall honest: a day of the plan, a count, and a rule that binds."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.rule_settings import Rules
from ..model.timetable import Missing, Timetable
from .rule import Rule, Violation
from .wording import date_of

_RULE_IDS = frozenset(field.alias for field in Rules.model_fields.values())


def declaration_faults(rule: Rule, plan: Timetable, shortfall: Missing) -> Iterator[Violation]:
    """What is wrong with a shortfall that the plan declares under a rule."""
    subject = f"{date_of(plan.week, shortfall.day)} {shortfall.category}"
    if shortfall.count < 1 or shortfall.day not in plan.week.days:
        yield rule.broken(
            subject,
            1,
            f"{subject}: a shortfall of {shortfall.count} is declared; at least 1 on a day of the plan",
        )
    if not _RULE_IDS.intersection(shortfall.binding):
        yield rule.broken(
            subject,
            shortfall.count,
            f"{subject}: the shortfall of {shortfall.count} names no rule that binds",
        )

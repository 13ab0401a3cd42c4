"""What sends are missing where the rules leave no room for all, and what one notch of each binding rule would buy."""

from __future__ import annotations

from collections.abc import Callable

from ...constraints import rules_of
from ...constraints.daily_quota import DailyQuota
from ...constraints.wording import day_words
from ...errors import ScenarioError
from ...model.capacity import unplaceable
from ...model.climb import loosest
from ...model.explanation import Lack, Purchase
from ...model.notch import Notch
from ...model.scenario import Scenario
from ...model.week import Week
from ...solver.binding import binding_rules
from ...solver.lacking import asked, together
from ...solver.runner import Runner
from ...solver.shortage import Shortage, shortage
from ..prepare import prepare

DAYS_TRIED = 120
"""Days of all changed scenarios together: of a week seventeen are tried, which takes some seconds."""


def lacks_of(week: Week, short: Shortage) -> tuple[Lack, ...]:
    """The missing sends day by day, with the rules that bind each; then what ranges lack."""
    counts = together(short.missing, short.lacking)
    lacks = []
    for key, rules in binding_rules(week, counts).items():
        (day, what), ask, missing = key, asked(week, key), counts[key]
        message = (
            f"{day_words(week, day)}: {missing} of {ask.wanted} {what} send{'s' * (ask.wanted != 1)} "
            f"find{'s' * (missing == 1)} no room by {' and '.join(rules)}"
        )
        lacks.append(
            Lack(
                date=week.date(day).isoformat(),
                category=ask.category,
                wanted=ask.wanted,
                missing=missing,
                binding=rules,
                message=message,
                rule=ask.rule,
            )
        )
    return tuple(lacks)


def purchases_of(
    scenario: Scenario,
    week: Week,
    lacks: tuple[Lack, ...],
    short: Shortage,
    runner: Runner,
    tell: Callable[[], None],
) -> tuple[tuple[Purchase, ...], int]:
    """The notches of binding rules that buy a send, or more than a smaller one: most sends first, then the smallest.

    And how many notches there was no time to try.
    """
    binding = {rule for lack in lacks if lack.rule == DailyQuota.id for rule in lack.binding}
    short_days = {day_words(week, day) for day, _ in short.missing}
    rules = [rule for rule in rules_of(week) if rule.id in binding]
    notches = [notch for rule in rules for notch in rule.notches(week)]
    notches += [notch for rule in rules for notch in rule.day_notches(week) if notch.subject in short_days]
    missing_on = {
        subject: sum(count for (day, _), count in short.missing.items() if day_words(week, day) == subject)
        for subject in short_days
    }
    bought: list[Purchase] = []
    tried = 0
    for number, notch in enumerate(notches):
        if runner.stopped or (tried + 1) * len(week.days) > DAYS_TRIED:
            return _ranked(bought), len(notches) - number
        enough = max((other.sends for other in bought if _kin(other, notch)), default=0)
        if enough >= missing_on.get(notch.subject, short.total):
            continue
        tell()
        tried += 1
        purchase = _bought(scenario, notch, short, runner)
        if purchase is not None and purchase.sends > enough:
            bought.append(purchase)
    return _ranked(bought), 0


def _ranked(bought: list[Purchase]) -> tuple[Purchase, ...]:
    return tuple(sorted(bought, key=lambda purchase: (-purchase.sends, purchase.change.size, purchase.change.text)))


def _kin(other: Purchase, notch: Notch) -> bool:
    """Whether a purchase is a smaller change of the same thing."""
    return (other.change.rule, other.change.subject) == (notch.rule, notch.subject)


def _bought(scenario: Scenario, notch: Notch, short: Shortage, runner: Runner) -> Purchase | None:
    changed = notch.applied(scenario)
    if changed is None:
        return None
    try:
        week = loosest(prepare(changed))
    except ScenarioError:
        return None
    if sum(unplaceable(week)) >= short.total:
        return None
    after = shortage(week, runner)
    if after is None:
        return None
    return Purchase(change=notch, sends=short.total - after.total, most=short.total - after.least)

"""Which rules keep a missing campaign out: what arithmetic tells, else the week is asked with one rule loosened."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from ortools.sat.python.cp_model import IntVar

from ..model.campaign_families import GAMES, Family
from ..model.campaign_week import CampaignWeek, FamilyWeek, campaign_week, family_of
from ..model.week import Week
from .binding import EFFORT
from .compose import draft_rules
from .decode import Decision
from .draft import WeekDraft
from .loosening import loosened
from .progress import Cancellation
from .runner import Runner

SPACING = "campaign-spacing"
SUSPECTS = (
    SPACING,
    "daily-quota",
    "weekly-cap",
    "same-type-gap",
    "no-repeat-type",
    "style-am-pm",
    "style-back-to-back",
    "type-diversity",
    "min-spacing",
    "block-limit",
    "blackout",
    "lock",
)
"""Rules that can leave a family without a carrier, most specific first."""

MOST_DAYS = 14
"""Days of a plan up to which rules are loosened one by one: of a longer one, each question takes seconds."""

Wanting = Family | None
"""A family, or all of them together."""


def wanting(week: Week, decision: Decision) -> Mapping[Wanting, tuple[int, int]]:
    """Families that run too seldom, and None where all together do, each with the number wanted and that placed."""
    campaigns = campaign_week(week)
    if campaigns is None or not campaigns.targets:
        return {}
    placed = _placed(decision)
    wanted: dict[Wanting, tuple[int, int]] = {
        plan.family: (plan.wanted, placed[plan.family]) for plan in campaigns.families.values()
    }
    wanted[None] = (campaigns.wanted, placed.total())
    return {family: counts for family, counts in wanted.items() if counts[1] < counts[0]}


def known_binding(week: Week, decision: Decision) -> dict[Wanting, tuple[str, ...]]:
    """What arithmetic tells of families that run too seldom; for the others all rules that might bind."""
    campaigns = campaign_week(week)
    if campaigns is None:
        return {}
    return {
        family: _by_arithmetic(week, campaigns, family, placed) or _suspects(week)
        for family, (_, placed) in wanting(week, decision).items()
    }


def campaign_binding(
    week: Week, decision: Decision, amend: Callable[[WeekDraft], None] = lambda _: None
) -> dict[Wanting, tuple[str, ...]]:
    """For every family that runs too seldom the rules that bind it; `amend` adds what holds besides the rules.

    Where arithmetic does not tell, each suspect is loosened in turn: it binds the families that then find room for one
    more campaign, while nothing else is missing that was not. Where no single rule helps, and in long plans, all that
    stand together are named.
    """
    campaigns, found, short = campaign_week(week), known_binding(week, decision), wanting(week, decision)
    open_ = [
        family
        for family, (_, placed) in short.items()
        if campaigns is not None and not _by_arithmetic(week, campaigns, family, placed)
    ]
    if not open_ or len(week.days) > MOST_DAYS:
        return found
    eased = {rule: _eased_without(week, decision, open_, rule, amend) for rule in _suspects(week)}
    for family in open_:
        found[family] = tuple(rule for rule, families in eased.items() if family in families) or found[family]
    return found


def _suspects(week: Week) -> tuple[str, ...]:
    return tuple(rule for rule in SUSPECTS if week.scenario.rules.of(rule).enabled)


def _placed(decision: Decision) -> Counter[Family]:
    """Days by family."""
    return Counter(family for _, family in {(decision.sends[at].day, each) for at, each in decision.campaigns.items()})


def _by_arithmetic(week: Week, campaigns: CampaignWeek, family: Wanting, placed: int) -> tuple[str, ...]:
    """The rule that a family's types or its distances leave no room by; none where there is room as far as is known."""
    if family is not None:
        return _of_family(week, campaigns.families[family], placed)
    if placed < campaigns.reachable:
        return ()
    each = (_of_family(week, plan, plan.most) for plan in campaigns.families.values())
    return tuple(dict.fromkeys(rule for rules in each for rule in rules))


def _of_family(week: Week, plan: FamilyWeek, placed: int) -> tuple[str, ...]:
    if not plan.carriers:
        page, kin = week.scenario.creator.page_type, GAMES if plan.family in GAMES else (plan.family,)
        elsewhere = any(family_of(week, key) in kin and page not in row.pages for key, row in week.catalog.items())
        return ("page-type",) if elsewhere else ("known-type",)
    return (SPACING,) if placed >= plan.most and plan.nearest > 1 else ()


def _eased_without(
    week: Week, decision: Decision, open_: Sequence[Wanting], rule: str, amend: Callable[[WeekDraft], None]
) -> set[Wanting]:
    """Which of these families run more often in some week with a rule loosened in which none runs less often."""
    draft = draft_rules(loosened(week, rule))
    amend(draft)
    placed = _placed(decision)
    for key, amount in draft.shortfalls.items():
        draft.model.add(amount <= decision.missing.get(key, 0))
    runs: defaultdict[Family, list[IntVar]] = defaultdict(list)
    for (_, family), literal in draft.campaigns.items():
        runs[family].append(literal)
    for family, literals in runs.items():
        draft.model.add(sum(literals) >= placed[family])
    more = [family for family in runs if family in open_] or list(runs)
    draft.model.add(sum(sum(runs[family]) for family in more) >= sum(placed[family] for family in more) + 1)
    with Runner(None, Cancellation()) as runner:
        solution = runner.solve(draft.model, EFFORT, "satisfy").solution
    if not solution:
        return set()
    held = {family: sum(solution[literal.index] for literal in literals) for family, literals in runs.items()}
    eased: set[Wanting] = {family for family, count in held.items() if count > placed[family]}
    return (eased | {None} if sum(held.values()) > placed.total() else eased).intersection(open_)

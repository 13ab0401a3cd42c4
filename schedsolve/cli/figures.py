"""The lines under a calendar: counts and legend, value and bound, audit, what fell short, what was loosened, score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from ..model.catalog import CATALOG, Category, Style
from ..model.plan import Audit, Plan, Shortfall, Summary
from .labels import (
    CAMPAIGN,
    CATEGORY_COLOURS,
    FOLLOWUP_COLOUR,
    STYLE_LETTERS,
    family_label,
    shortfall_day,
    shortfall_label,
    shows_style,
    type_label,
)
from .lines import Parts, named_each, named_lines
from .plain import printable

_DOT = " · "
_LISTED_DAYS = 3
VERDICT_COLOURS = {"passed": "green", "passed_with_warnings": "yellow", "failed": "bold red"}
_STATUS_COLOURS = {"optimal": "green", "feasible": "green", "infeasible": "bold red", "unknown": "bold red"}


class Figures:
    """The figures of a plan, as lines of `name  text`."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        blocks = [named_lines(block) for block in (list(_sends(self.plan)), list(_outcome(self.plan))) if block]
        yield Group(*[part for block in blocks for part in ("", block)][1:])


def days_text(dates: Sequence[str], of_all: int) -> str:
    """Dates as `Mon 20 Jan, Wed 22 Jan`, or how many they are where that would be long."""
    if len(dates) > _LISTED_DAYS:
        return "every day" if len(dates) == of_all else f"{len(dates)} days"
    return ", ".join(f"{date.fromisoformat(day):%a %d %b}" for day in dates)


def _sends(plan: Plan) -> Iterator[tuple[str, RenderableType]]:
    """Counts by category and type: the legend of the calendar's colours and names."""
    if not plan.items:
        return
    regular = [item for item in plan.items if not item.is_follow_up]
    for category in Category:
        kinds = Counter(item.send_type_key for item in regular if item.category is category)
        if kinds:
            order = sorted(kinds, key=lambda key: (-kinds[key], list(CATALOG).index(key)))
            parts = [f"{type_label(key).long} {kinds[key]}" for key in order]
            yield category.value, Parts(parts, f"{kinds.total():>3}  ", CATEGORY_COLOURS[category])
    yield "followup", _followups(plan)
    if families := Counter(item.campaign_type for item in plan.items if item.campaign_type is not None):
        parts = [f"{family_label(family)} {families[family]}" for family in sorted(families)]
        yield "campaigns", Parts(parts, f"{families.total():>3}  ")
    if signs := _signs(plan):
        yield "signs", Parts(signs, " " * 5)


def _followups(plan: Plan) -> Parts:
    parts = []
    if plan.summary is not None:
        followups = plan.summary.followups
        parts.append(f"of {followups.eligible} possible")
        if followups.skipped_limit:
            parts.append(f"{followups.skipped_limit} over the daily limit")
        if followups.skipped_timing:
            parts.append(f"{followups.skipped_timing} without a good minute")
    count = sum(item.is_follow_up for item in plan.items)
    return Parts(parts, f"{count:>3}  ", FOLLOWUP_COLOUR)


def _signs(plan: Plan) -> list[str]:
    signs = []
    if any(item.is_follow_up for item in plan.items):
        signs.append("↳ followup, +minutes after its parent")
    if any(item.locked for item in plan.items):
        signs.append("* locked")
    if any(item.campaign_type for item in plan.items):
        signs.append(f"{CAMPAIGN} campaign")
    styles = {item.ppv_style for item in plan.items if shows_style(item.send_type_key)}
    return signs + [f"{STYLE_LETTERS[style]} {style.value}" for style in Style if style in styles]


def _outcome(plan: Plan) -> Iterator[tuple[str, RenderableType]]:
    yield "status", _status(plan)
    if plan.objective is not None:
        yield "value", Text(_value(plan))
    if plan.summary is not None:
        yield "mix", Parts(_mix(plan.summary))
    if plan.audit is not None:
        yield "audit", audit_text(plan.audit)
    yield from named_each("missing", (Text(line, style="red") for line in _shortfalls(plan)))
    yield from named_each("relaxed", (Text(line, style="yellow") for line in _relaxations(plan)))
    yield from named_each("warning", (Text(printable(warning.message), style="yellow") for warning in plan.warnings))
    if any(plan.score.values()):
        yield "score", score_parts(plan.score)


def _status(plan: Plan) -> Text:
    line = Text(plan.status, style=_STATUS_COLOURS[plan.status])
    if plan.items:
        line.append(_DOT + ("reproducible" if plan.reproducible else "not reproducible: the search was cut short"))
    return line.append(f"{_DOT}seed {plan.seed}{_DOT}{plan.effort} effort")


def _value(plan: Plan) -> str:
    assert plan.objective is not None
    if plan.bound is None or plan.gap is None:
        return f"{points(plan.objective)} points"
    if plan.status == "optimal":
        return f"{points(plan.objective)} points, proven: no plan is worth more"
    return f"{points(plan.objective)} points; no plan is worth more than {points(plan.bound)} (gap {plan.gap:.2%})"


def _mix(summary: Summary) -> list[str]:
    parts = [f"{summary.distinct_types} types", f"{len(summary.strategies)} strategies"]
    if summary.prime_share is not None:
        parts.append(f"{summary.prime_share:.0%} of paid sends in prime hours")
    if summary.rotation_adherence is not None:
        parts.append(f"{summary.rotation_adherence:.0%} follow the rotation")
    return [*parts, f"no HH:MM more than {summary.highest_repeat}×"]


def audit_text(audit: Audit) -> Text:
    """The verdict in a few words."""
    found = len(audit.violations)
    count = "no violation" if not found else f"{found} violation{'s' * (found > 1)}"
    text = f"{audit.verdict.replace('_', ' ')}: {len(audit.checked)} rules checked, {count}"
    if audit.skipped:
        text += f", {len(audit.skipped)} skipped"
    return Text(text, style=VERDICT_COLOURS[audit.verdict])


def score_parts(score: Mapping[str, float]) -> Parts:
    """What each preference earned or cost, in points, where it did either."""
    return Parts([f"{rule} {points(value)}" for rule, value in score.items() if round(value, 1)], style="dim")


def points(value: float) -> str:
    """A value with one decimal, thousands apart and a real minus."""
    return f"{value:,.1f}".replace("-", "−")


def _shortfalls(plan: Plan) -> Iterator[str]:
    """Equal shortfalls of several days on one line."""
    groups: dict[tuple[str, int, tuple[str, ...]], list[Shortfall]] = {}
    for short in plan.shortfalls:
        key = (shortfall_label(short), short.wanted - short.placed, short.binding)
        groups.setdefault(key, []).append(short)
    for (what, missing, binding), shorts in groups.items():
        dates = [day for short in shorts if (day := shortfall_day(short))]
        days = f" on {days_text(dates, len(plan.days))}" if dates else ""
        rules = f": held back by {', '.join(binding)}" if binding else ""
        yield f"{what} −{missing}{days}{rules}"


def _relaxations(plan: Plan) -> Iterator[str]:
    for relaxed in plan.relaxations:
        where = f" on {days_text(relaxed.days, len(plan.days))}" if relaxed.days else ""
        sends = f" for {', '.join(relaxed.sends[:_LISTED_DAYS])}" if relaxed.sends else ""
        more = f" and {len(relaxed.sends) - _LISTED_DAYS} more" if len(relaxed.sends) > _LISTED_DAYS else ""
        yield f"{relaxed.rule} loosened (step {relaxed.step}){where}{sends}{more}"

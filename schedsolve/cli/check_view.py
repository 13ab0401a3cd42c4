"""What `check` found, as a person reads it: the verdict, violations rule by rule, what was not checked, the score."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from ..model.plan import AuditViolation, CheckReport
from .figures import VERDICT_COLOURS, audit_text, points, score_parts
from .lines import named_each, named_lines
from .plain import printable

SHOWN_PER_RULE = 12
_SEVERITIES = ("high", "medium", "low")
_COLOURS = {"high": "bold red", "medium": "yellow", "low": "dim"}


class CheckView:
    """Draws a report; violations stand by severity, then in the order in which rules were checked."""

    def __init__(self, report: CheckReport, plan: str, scenario: str) -> None:
        self.report = report
        self.plan = plan
        self.scenario = scenario

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        audit = self.report.audit
        title = Text(f"{printable(self.plan)} against {printable(self.scenario)}: ")
        yield title.append(audit.verdict.replace("_", " "), style=VERDICT_COLOURS[audit.verdict])
        yield ""
        for lines in self._by_rule():
            yield from lines
            yield ""
        yield named_lines(list(self._figures()))

    def _by_rule(self) -> Iterator[list[RenderableType]]:
        groups: dict[tuple[str, str], list[AuditViolation]] = {}
        for violation in self.report.audit.violations:
            groups.setdefault((violation.severity, violation.rule), []).append(violation)
        for severity, rule in sorted(groups, key=lambda group: _SEVERITIES.index(group[0])):
            yield _violations(rule, severity, groups[severity, rule])

    def _figures(self) -> Iterator[tuple[str, RenderableType]]:
        report = self.report
        yield "audit", audit_text(report.audit)
        yield "items", Text(str(report.items))
        yield from named_each(
            "skipped", (Text(f"{skipped.rule}: {printable(skipped.reason)}") for skipped in report.audit.skipped)
        )
        yield from named_each("note", (Text(printable(note), style="yellow") for note in report.notes))
        yield "value", self._value()
        if any(report.score.values()):
            yield "score", score_parts(report.score)

    def _value(self) -> Text:
        report = self.report
        line = Text(f"{points(report.objective)} points, recomputed from the plan alone; ")
        if report.stated_objective is None:
            return line.append("the plan claims none", style="dim")
        if report.score_agrees:
            return line.append("the plan claims the same", style="green")
        return line.append(f"the plan claims {points(report.stated_objective)}, which is not so", style="bold red")


def _violations(rule: str, severity: str, found: list[AuditViolation]) -> list[RenderableType]:
    head = Text(rule, style="bold").append(f"  {severity}", style=f"not bold {_COLOURS[severity]}")
    if len(found) > 1:
        head.append(f"  {len(found)} violations", style="not bold dim")
    lines = [Text(_told(violation)) for violation in found[:SHOWN_PER_RULE]]
    if len(found) > SHOWN_PER_RULE:
        lines.append(Text(f"and {len(found) - SHOWN_PER_RULE} more; --json lists all", style="dim"))
    return [head, *(Padding(line, (0, 0, 0, 2)) for line in lines)]


def _told(violation: AuditViolation) -> str:
    """The message, after its subject where it does not begin with it."""
    message, subject = printable(violation.message), printable(violation.subject)
    return message if message.startswith(subject) else f"{subject}: {message}"

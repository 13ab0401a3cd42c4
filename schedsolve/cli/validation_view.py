"""A validation report as a person reads it: the verdict, findings check by check with their price, what to do."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from ..model.validation_report import CategoryShare, Finding, Gate, ValidationReport
from .lines import Parts, named_each, named_lines
from .plain import printable

SHOWN_PER_CHECK = 5
_STATUS_COLOURS = {"approved": "green", "needs_review": "yellow", "rejected": "bold red"}
_COLOURS = {"error": "bold red", "warning": "yellow", "info": "dim"}


class ValidationView:
    """Draws a report; findings stand by severity, then in the order of the checks."""

    def __init__(self, report: ValidationReport, plan: str, scenario: str) -> None:
        self.report = report
        self.plan = plan
        self.scenario = scenario

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        report = self.report
        title = Text(f"{printable(self.plan)} for {printable(self.scenario)}: ")
        title.append(report.status.replace("_", " "), style=_STATUS_COLOURS[report.status])
        yield title.append(f", {report.score} of 100")
        yield ""
        for lines in self._by_check():
            yield from lines
            yield ""
        yield named_lines(list(self._figures()))

    def _by_check(self) -> Iterator[list[RenderableType]]:
        prices = {loss.type: loss.points for loss in self.report.losses}
        groups: dict[str, list[Finding]] = {}
        for finding in (*self.report.errors, *self.report.warnings, *self.report.infos):
            groups.setdefault(finding.type, []).append(finding)
        for name, findings in groups.items():
            yield _findings(name, findings, prices.get(name, 0.0))

    def _figures(self) -> Iterator[tuple[str, RenderableType]]:
        report, counts = self.report, self.report.summary
        yield "items", Parts([str(counts.total_items), *(f"{c} {n}" for c, n in report.breakdown.by_category.items())])
        yield "found", Parts([f"errors {counts.errors}", f"warnings {counts.warnings}", f"infos {counts.infos}"])
        yield "balance", Parts([_share(share) for share in report.category_balance])
        yield "figures", Parts([_gate(gate) for gate in report.acceptance])
        if report.requires_caption_review:
            yield "captions", Text("a person must look at the captions", style="yellow")
        yield from named_each("unchecked", (Text(line, style="yellow") for line in self._unchecked()))
        if report.switched_off:
            yield "off", Parts([*report.switched_off], style="dim")
        yield from named_each("to do", (Text(printable(advice.message)) for advice in report.recommendations))

    def _unchecked(self) -> Iterator[str]:
        """Checks that one reason keeps from being applied, on one line."""
        reasons: dict[str, list[str]] = {}
        for entry in self.report.unchecked:
            reasons.setdefault(entry.reason, []).append(entry.type)
        return (f"{printable(reason)}: {', '.join(names)}" for reason, names in reasons.items())


def _findings(name: str, found: list[Finding], price: float) -> list[RenderableType]:
    severity, stage = found[0].severity, found[0].stage
    head = Text(name, style="bold").append(f"  {severity}", style=f"not bold {_COLOURS[severity]}")
    head.append(f"  stage {stage.number}, {stage.replace('_', ' ')}", style="not bold dim")
    if len(found) > 1:
        head.append(f"  {len(found)} findings", style="not bold dim")
    if price:
        head.append(f"  −{price:.4g}", style="not bold")
    lines = [Text(printable(finding.message)) for finding in found[:SHOWN_PER_CHECK]]
    if len(found) > SHOWN_PER_CHECK:
        lines.append(Text(f"and {len(found) - SHOWN_PER_CHECK} more; --json lists all", style="dim"))
    return [head, *(Padding(line, (0, 0, 0, 2)) for line in lines)]


def _share(share: CategoryShare) -> str:
    kept = "" if share.passed else ", missed"
    return f"{share.category} {share.percent:.3g} % ({share.bound} {share.limit:g} %{kept})"


def _gate(gate: Gate) -> str:
    if gate.value is None:
        return f"{gate.figure}: not told"
    return f"{gate.figure} {gate.value:g} ({gate.bound} {gate.limit:g}{'' if gate.passed else ', missed'})"

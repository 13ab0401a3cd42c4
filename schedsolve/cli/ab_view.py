"""The design of an A/B test, and the size of its groups, as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from ..analytics.ab.design import Design
from ..analytics.ab.sufficiency import Sufficiency
from .lines import named_lines
from .plain import printable
from .stated_ab import AskedTest


class DesignView:
    """Draws what a test asks for."""

    def __init__(self, asked: AskedTest, found: Design, assumed: bool) -> None:
        self.asked = asked
        self.found = found
        self.assumed = assumed

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self.asked.test is not None:
            yield Text(f"{self.asked.test.test_id}: {printable(self.asked.test.hypothesis)}", style="bold")
            yield ""
        yield named_lines([*self._test(), *self._sample()])

    def _test(self) -> Iterator[tuple[str, RenderableType]]:
        test = self.asked.test
        if test is None:
            return
        yield "control", Text(_config(test.control_config))
        yield "treatment", Text(_config(test.treatment_config))
        yield "metrics", Text(", ".join((test.primary_metric, *test.secondary_metrics)))

    def _sample(self) -> Iterator[tuple[str, RenderableType]]:
        asked, found = self.asked, self.found
        if not asked.stated:
            yield "effect", Text(_effect(asked))
            yield "certainty", Text(f"{asked.confidence:g} confidence, {asked.power:g} power")
        how = " (stated in the test)" if asked.stated else ""
        yield "sample", Text(f"{found.per_group:,} in each group, {found.total:,} in total{how}", style="bold")
        yield "time", Text(f"{days_text(found.days)} at {rate_text(found.rate, self.assumed)}")
        if not found.in_time:
            told = (
                f"the test lasts {days_text(found.duration_days)}; that asks for {found.needed_rate:,} a day and group"
            )
            yield "warning", Text(told, style="yellow")


class SufficiencyView:
    """Draws whether the analysis may go on."""

    def __init__(self, found: Sufficiency, assumed: bool) -> None:
        self.found = found
        self.assumed = assumed

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        found = self.found
        if found.sufficient:
            yield Text("sufficient: go on to the analysis", style="green")
        else:
            wait = f"wait {days_text(found.wait_days)} at {rate_text(found.rate, self.assumed)}"
            yield Text(f"not yet: {found.total_shortfall:,} observations short, {wait}", style="yellow")
        yield named_lines(
            [
                ("control", Text(_group(found.control, found.required, found.control_shortfall))),
                ("treatment", Text(_group(found.treatment, found.required, found.treatment_shortfall))),
            ]
        )


def days_text(days: int) -> str:
    """`1 day`, `158 days`."""
    return f"{days:,} day{'s' * (days != 1)}"


def rate_text(rate: float, assumed: bool) -> str:
    """`10 a day and group (assumed)`."""
    return f"{rate:,g} a day and group{' (assumed)' if assumed else ''}"


def _config(config: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {_setting(value)}" for key, value in config.items())


def _setting(value: Any) -> str:
    return printable(" ".join(map(str, value)) if isinstance(value, tuple) else str(value))


def _effect(asked: AskedTest) -> str:
    if asked.cv is None:
        return f"{asked.effect:g} standard deviations"
    return f"{asked.effect:.4g} relative lift, the metric's coefficient of variation being {asked.cv:g}"


def _group(count: int, required: int, shortfall: int) -> str:
    return f"{count:,} of {required:,}" + (f", {shortfall:,} short" if shortfall else "")

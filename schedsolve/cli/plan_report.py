"""A plan as a person reads it: title, calendar, figures."""

from __future__ import annotations

from datetime import date

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from ..model.plan import Plan
from .calendar import WeekCalendar
from .figures import Figures
from .plain import printable


class PlanReport:
    """Draws a plan; one without sends shows its status and why."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield _title(self.plan)
        yield ""
        if self.plan.items:
            yield WeekCalendar(self.plan)
            yield ""
        yield Figures(self.plan)


def _title(plan: Plan) -> Text:
    title = Text(printable(plan.scenario.name), style="bold")
    if plan.days:
        first, last = (date.fromisoformat(day.date) for day in (plan.days[0], plan.days[-1]))
        title.append(f" · {first:%d %b} to {last:%d %b %Y}", style="not bold")
    zones = sorted({item.timezone for item in plan.items})
    return title.append(
        f" · {plan.creator_id} · {', '.join(zones)}" if zones else f" · {plan.creator_id}", style="not bold dim"
    )

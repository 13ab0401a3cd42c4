"""`schedsolve analyze limits`: send types above their weekly limits."""

from __future__ import annotations

import click

from ...failures import ExitCode
from ...parameters import EXISTING
from ...terminal import drawn, emit


@click.command(
    epilog="""\b
Examples:
  schedsolve analyze limits week.csv
  schedsolve solve week.yaml --format csv > plan.csv && schedsolve analyze limits plan.csv
  schedsolve analyze limits week.csv --json | jq -r '.dropped[]'

\b
Columns: id, date, send_type_key, and where known priority (1 is the most important) and planned (yes: counts, but is
never dropped); slot_id and scheduled_date, as in plans, will do; others are ignored. A week is Monday to Sunday.
Exit codes: 0 every week is valid; 2 usage; 3 the table cannot be used; 7 a week holds too many."""
)
@click.argument("file", type=EXISTING)
@click.option("--json", "as_json", is_flag=True, help="The result as one JSON document.")
@click.pass_context
def command(ctx: click.Context, file: str, as_json: bool) -> None:
    """Check the weekly limits (VIP program, Snapchat bundle, tip goal) over the schedule in FILE (CSV or JSON)."""
    from ....analytics.tables import read_rows
    from ....analytics.weekly_limits import ScheduledSend, check_weekly_limits
    from ...analysis_json import as_document
    from ...limits_view import LimitsView

    checked = check_weekly_limits(read_rows(file, ScheduledSend))
    emit(as_document("weekly-limits", checked) if as_json else drawn(LimitsView(checked, file)))
    if not checked.is_valid:
        ctx.exit(ExitCode.VIOLATIONS)

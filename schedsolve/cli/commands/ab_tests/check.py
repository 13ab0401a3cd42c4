"""`schedsolve ab check`: whether both groups are large enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ...analysis_json import document
from ...failures import ExitCode
from ...stated_ab import AskedTest, asking_for_a_test, stated_ab
from ...terminal import drawn, emit

if TYPE_CHECKING:
    from ....analytics.ab.sufficiency import Sufficiency

COUNT = click.IntRange(0, 10**9)


@click.command(
    epilog="""\b
Examples:
  schedsolve ab check test.yaml --control 1610 --treatment 1580
  schedsolve ab check test.yaml --control 900 --treatment 870 --rate 42      with the rate that was observed
  schedsolve ab check --example bump_ratio_2x_vs_3x --control 900 --treatment 870 --json | jq .wait_days
  schedsolve ab check test.yaml --control 900 --treatment 870 --strict || echo "not yet"

\b
TEST and the figures are those of `schedsolve ab design`. Without --rate, 10 observations a day and group are assumed.
That a sample is still too small is an answer and no error: exit code 0, with the shortfalls and the days to wait.
Exit codes: 0 ok, 2 usage, 3 the file cannot be used, 6 too few observations under --strict."""
)
@asking_for_a_test
@click.option("--control", type=COUNT, required=True, help="Observations in the control group.")
@click.option("--treatment", type=COUNT, required=True, help="Observations in the treatment group.")
@click.option("--rate", type=float, help="Observations that come in a day and group.  [default: 10]")
@click.option("--strict", is_flag=True, help="Exit with 6 when a group is too small.")
@click.option("--json", "as_json", is_flag=True, help="Counts, shortfalls and wait as one JSON document.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    test: str | None,
    example: str | None,
    control: int,
    treatment: int,
    rate: float | None,
    strict: bool,
    as_json: bool,
    **figures: float | None,
) -> None:
    """Tell whether both groups of TEST are large enough for the analysis, and how long to wait if not."""
    from ....analytics.ab.collecting import ASSUMED_RATE
    from ....analytics.ab.sufficiency import check_sample

    asked = stated_ab(test, example, figures)
    try:
        found = check_sample(control, treatment, asked.per_group, ASSUMED_RATE if rate is None else rate)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        emit(document("ab-sample", _told(asked, found, rate is None)))
    else:
        from ...ab_view import SufficiencyView

        emit(drawn(SufficiencyView(found, rate is None)))
    if strict and not found.sufficient:
        ctx.exit(ExitCode.SHORTFALL)


def _told(asked: AskedTest, found: Sufficiency, assumed: bool) -> dict[str, Any]:
    return {
        "test_id": None if asked.test is None else asked.test.test_id,
        "sufficient": found.sufficient,
        "required": found.required,
        "control": found.control,
        "treatment": found.treatment,
        "control_shortfall": found.control_shortfall,
        "treatment_shortfall": found.treatment_shortfall,
        "total_shortfall": found.total_shortfall,
        "rate": found.rate,
        "rate_assumed": assumed,
        "wait_days": found.wait_days,
    }

"""`schedsolve price`: what each rule and cap costs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import click

from ...errors import InfeasibleError
from ..parameters import EXISTING
from ..terminal import drawn, emit
from ..watched import watched

if TYPE_CHECKING:
    from ...model.price import PriceList
    from ...solver.progress import Cancellation
    from ..watched import Watch

Effort = Literal["quick", "standard", "thorough"]


@dataclass(frozen=True)
class Request:
    """What is asked."""

    scenario: str
    effort: Effort
    rules: tuple[str, ...]
    everything: bool
    quiet: bool


@click.command(
    epilog="""\b
Examples:
  schedsolve price week.yaml                              the rules that this week comes up against
  schedsolve price week.yaml --rule block-limit --rule weekly-cap
  schedsolve price week.yaml --rule lock                  what each lock costs
  schedsolve price week.yaml --effort standard            narrower intervals, four times as long
  schedsolve price week.yaml --json | jq '.prices[] | [.notch.rule, .points.best]'

\b
The week is solved, and once more for every rule that is loosened by one notch; the plan and the bound of both
tell what the best week gains at least and at most. The same prices for the same scenario and effort.
Ctrl-C ends it with the prices so far (a second one quits at once).
Exit codes: 0 ok, 2 unknown rule, 3 invalid scenario, 4 infeasible, 5 no plan within the limits."""
)
@click.argument("scenario", type=EXISTING)
@click.option(
    "--effort",
    type=click.Choice(["quick", "standard", "thorough"]),
    default="quick",
    show_default=True,
    help="How long each solve searches, in machine-independent work.",
)
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Only this rule, with every step; may be repeated.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also further steps, single days, locks and blackouts, and rules kept with room to spare.",
)
@click.option("--json", "as_json", is_flag=True, help="The prices as one JSON document.")
@click.option("--quiet", "-q", is_flag=True, help="No progress on stderr, errors only.")
def command(
    scenario: str, effort: Effort, rules: tuple[str, ...], everything: bool, as_json: bool, quiet: bool
) -> None:
    """Tell what each rule and cap of SCENARIO (a YAML file) costs: what the week gains with it one notch looser."""
    _known(rules)
    found = _priced(Request(scenario, effort, rules, everything, quiet))
    if as_json:
        emit((json.dumps(found.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode())
    else:
        from ..price_view import PriceView

        emit(drawn(PriceView(found)))


def _known(rules: tuple[str, ...]) -> None:
    from ...model.rule_settings import Rules

    ids = [str(field.alias) for field in Rules.model_fields.values()]
    for rule in rules:
        if rule not in ids:
            raise click.BadParameter(f"{rule!r} is no rule; the rules are {', '.join(ids)}", param_hint="--rule")


def _priced(request: Request) -> PriceList:
    """The prices; reading and solving happen in a thread that signals can end."""

    def work(watch: Watch, cancellation: Cancellation) -> PriceList:
        from ... import load_scenario, price

        try:
            return price(
                load_scenario(request.scenario),
                effort=request.effort,
                rules=request.rules,
                everything=request.everything,
                progress=watch,
                cancellation=cancellation,
            )
        except InfeasibleError:
            why = f"`schedsolve explain {request.scenario}` tells why"
            told = f"{request.scenario}: no plan can hold all the rules, so that none has a price; {why}"
            raise InfeasibleError([told]) from None
        except Exception as error:
            error.add_note(f"scenario {request.scenario}, effort {request.effort}")
            raise

    return watched(work, request.quiet, "the prices so far")

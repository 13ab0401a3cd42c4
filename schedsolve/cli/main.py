"""`schedsolve`: the group of commands. Commands are imported when called, so that help answers at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from .failures import ExitCode, report, wants_json
from .lazy_group import LazyGroup
from .terminal import say

COMMANDS = {
    "solve": "Plan a creator's week.",
    "check": "Audit a plan against a scenario, whoever made the plan.",
    "report": "Validation report of a plan: checks, score, status, what to do.",
    "explain": "Why there is no plan, or not enough room, and what would help.",
    "price": "What each rule and cap costs.",
    "why-not": "What a send at another place would cost, or what forbids it.",
    "alternatives": "Different good plans of the same week.",
    "replan": "Bring a plan in line with what has changed, and move little.",
    "replay": "Make a plan again from its own file: identical, or what differs.",
    "volume": "How many sends a week should carry, and why.",
    "analyze": "What results teach: traits, games, campaigns, limits, KPIs.",
    "ab": "Design A/B tests, check their samples, assign creators to arms.",
    "demo": "Make a store to try things with.",
    "next": "Make the next week of a creator and keep it.",
    "show": "Show a kept week.",
    "history": "List the kept weeks of a creator.",
    "approve": "Let a kept week go out that needs review.",
    "export": "Write a kept week as JSON, CSV or iCalendar.",
    "results": "Tell the store what weeks brought.",
    "import": "Bring creators, captions, vaults or performance into the store.",
    "db": "Make the store, bring it up to date, check it.",
    "validate": "Read and check a scenario only.",
    "init": "Write a commented example scenario.",
    "schema": "Print the JSON Schema of scenarios, for editors.",
}
"""Every command with its short help, in the order of a first use; `commands/<name>.py` holds it, _ for -."""


class Application(LazyGroup):
    """The group of all commands, whose errors end in the documented exit codes."""

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run, and exit with a documented code; an exception never reaches the user as a traceback."""
        arguments = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        try:
            result = super().main(arguments, prog_name or "schedsolve", **extra)
            code = result if isinstance(result, int) else ExitCode.OK
        except (KeyboardInterrupt, click.Abort):
            say("Interrupted.")
            code = ExitCode.INTERRUPTED
        except Exception as error:
            code = report(error, wants_json(arguments))
        sys.exit(code)


def _show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("schedsolve")
    except PackageNotFoundError:  # run from the source tree
        number = "(not installed)"
    click.echo(f"schedsolve {number}")
    ctx.exit()


@click.group(
    cls=Application,
    table=COMMANDS,
    package=f"{__package__}.commands",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  schedsolve init --out week.yaml            start from a commented example
  schedsolve solve week.yaml                 plan it and see the week
  schedsolve solve week.yaml --out plan.json save the plan
  schedsolve check week.yaml plan.json       audit a plan

\b
Exit codes: 0 ok, 1 replay differs, 2 usage, 3 invalid file, 4 infeasible, 5 no plan within the limits,
6 shortfall under --strict, 7 violations found or plan rejected, 8 the store cannot be used, 70 internal error.
Data goes to stdout, messages and progress to stderr. NO_COLOR is respected.""",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
def cli() -> None:
    """Plan a creator's week of posts and messages to the minute, with a proven bound and an independent audit."""


def main() -> NoReturn:
    """Entry point of the console script."""
    cli.main()

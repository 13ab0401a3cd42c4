"""`python -m benchmarks`: every study as a command, and the short and the full run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .methods import EFFORTS, METHODS, SHORT_GUARD
from .report import FOLDER

if TYPE_CHECKING:
    from .studies.bench import Bench

SHORT_SECONDS = EFFORTS["standard"]
FULL_SECONDS = EFFORTS["thorough"]
SEEDS = 5


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """What every study takes."""
    for option in (
        click.option("--resume", is_flag=True, help="Keep the trials on file and run those that are missing."),
        click.option("--results", type=click.Path(path_type=Path), default=FOLDER, help="Where results are written."),
        click.option("--best-known", type=click.Path(path_type=Path), help="Another file of best known figures."),
    ):
        command = option(command)
    return command


def _bench(results: Path, best_known: Path | None, resume: bool) -> Bench:
    from .instances.best_known import FILE
    from .studies.bench import Bench

    return Bench(results, best_known or FILE, resume)


def _end(bench: Bench) -> None:
    """Exit code 1 when something was found that nobody may overlook."""
    if bench.alarms:
        raise click.ClickException("\n".join(("ALARMS", *dict.fromkeys(bench.alarms))))


def _instances(chosen: Sequence[str], default: Sequence[str]) -> list[str]:
    """The instances whose names begin as asked; all of `default` when nothing is asked."""
    from .instances import frozen

    names = [instance.name for instance in frozen()]
    unknown = [text for text in chosen if not any(name.startswith(text) for name in names)]
    if unknown:
        raise click.BadParameter(f"no frozen instance begins with {', '.join(unknown)}")
    return [name for name in names if any(name.startswith(text) for text in chosen)] if chosen else list(default)


@click.group()
def main() -> None:
    """Measure the engine; results go to benchmarks/results/. One trial at a time, each in a process of its own."""


@main.command()
@_options
@click.option("--effort", "efforts", multiple=True, type=click.Choice(list(EFFORTS)), help="All when not given.")
@click.option("--instance", "chosen", multiple=True, help="Beginning of a name, such as 07; all when not given.")
@click.option("--seeds", type=click.IntRange(1), default=1, show_default=True, help="Solver seeds 1, 2, ...")
def goals(efforts: Sequence[str], chosen: Sequence[str], seeds: int, **where: Any) -> None:
    """Our search over the hard set, against its goals."""
    from .studies import goals as study

    bench = _bench(**where)
    study.run(bench, efforts or tuple(EFFORTS), _instances(chosen, _instances(("",), ())), range(1, seeds + 1))
    _end(bench)


@main.command()
@_options
@click.option("--method", "methods", multiple=True, type=click.Choice(list(METHODS)), help="All when not given.")
@click.option("--instance", "chosen", multiple=True, help="Beginning of a name, such as 07; six when not given.")
@click.option("--seconds", type=click.FloatRange(0.1), default=FULL_SECONDS, show_default=True)
@click.option("--seeds", type=click.IntRange(1), default=SEEDS, show_default=True, help="Seeds 1, 2, ...")
def compare(methods: Sequence[str], chosen: Sequence[str], seconds: float, seeds: int, **where: Any) -> None:
    """All methods in the same wall time."""
    from .studies import comparison as study

    bench = _bench(**where)
    names = _instances(chosen, study.INSTANCES)
    study.run(bench, names, methods or study.methods_for(seconds), seconds, range(1, seeds + 1))
    _end(bench)


@main.command()
@_options
@click.option("--effort", "efforts", multiple=True, type=click.Choice(list(EFFORTS)), default=("standard",))
@click.option("--axis", "axes", multiple=True, help="sends, days, types or followups; all when not given.")
@click.option("--short", is_flag=True, help="Fewer and smaller sizes.")
def scaling(efforts: Sequence[str], axes: Sequence[str], short: bool, **where: Any) -> None:
    """Cost against the size of a week, with the fitted exponents."""
    from .studies import scaling as study

    bench, sizes = _bench(**where), study.SHORT if short else study.AXES
    unknown = [axis for axis in axes if axis not in sizes]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)} is none of {', '.join(sizes)}")
    study.run(bench, efforts, {axis: sizes[axis] for axis in axes or sizes})
    _end(bench)


@main.command()
@_options
@click.option("--creators", type=click.IntRange(1), default=50, show_default=True)
def fleet(creators: int, **where: Any) -> None:
    """Plans a minute on one process and on two."""
    from .studies import fleet as study

    study.run(_bench(**where), creators)


@main.command()
@_options
@click.option("--effort", type=click.Choice(list(EFFORTS)), default="standard", show_default=True)
def scenarios(effort: Any, results: Path, resume: bool, best_known: Path | None) -> None:  # noqa: ARG001
    """Every file in scenarios/."""
    from .scenarios import run

    run(effort, results, resume)


@main.command()
@click.option("--update", is_flag=True, help="Make what is measured now the baseline.")
@click.option("--baseline", type=click.Path(path_type=Path), help="Another baseline file.")
@click.option("--instance", "chosen", multiple=True, help="Beginning of a name; eight instances when not given.")
def check(update: bool, baseline: Path | None, chosen: Sequence[str]) -> None:
    """Compare deterministic work, model size, value and bound with the baseline; exit code 1 when worse."""
    from .studies import regression as study

    bench, path, names = _bench(FOLDER, None, False), baseline or study.BASELINE, _instances(chosen, study.INSTANCES)
    if update:
        study.save(study.measure(bench, names), path)
        click.echo(f"{path.name} rewritten")
        return
    changes = study.check(bench, path, names)
    click.echo(study.told_changes(changes))
    if any(change.fault for change in changes):
        sys.exit(1)


@main.command()
@click.option("--results", type=click.Path(path_type=Path), default=FOLDER, help="Where the results lie.")
@click.option("--best-known", type=click.Path(path_type=Path), help="Another file of best known figures.")
def plots(results: Path, best_known: Path | None) -> None:
    """Draw value against time and the gap profile from the results on file."""
    from .plots import draw

    for path in draw(_bench(results, best_known, False)):
        click.echo(f"{path.name} drawn")


@main.command()
@_options
@click.pass_context
def short(context: click.Context, /, results: Path, **where: Any) -> None:
    """Goals on twelve instances, two instances with all methods, a few sizes: ten minutes on two cores at most."""
    from .studies import comparison, goals, scaling

    bench = _bench(results=results / "short", **where)
    goals.run(bench, ("quick", "standard"), goals.SUBSET, (1,), SHORT_GUARD)
    comparison.run(bench, comparison.SHORT, comparison.methods_for(SHORT_SECONDS), SHORT_SECONDS, (1,))
    scaling.run(bench, ("quick",), scaling.SHORT, SHORT_GUARD)
    _draw(context, bench)
    _end(bench)


@main.command()
@_options
@click.pass_context
def full(context: click.Context, /, **where: Any) -> None:
    """Everything, for hours."""
    from .scenarios import run
    from .studies import comparison, goals, scaling
    from .studies import fleet as fleets

    bench = _bench(**where)
    seeds = range(1, SEEDS + 1)
    goals.run(bench, tuple(EFFORTS), _instances(("",), ()), (1,))
    comparison.run(bench, comparison.INSTANCES, comparison.methods_for(FULL_SECONDS), FULL_SECONDS, seeds)
    scaling.run(bench, ("standard", "thorough"))
    fleets.run(bench)
    run("standard", bench.results, bench.resume)
    _draw(context, bench)
    _end(bench)


def _draw(context: click.Context, bench: Bench) -> None:
    """Plots where they can be drawn; results do not depend on them."""
    try:
        context.invoke(plots, results=bench.results, best_known=bench.best_file)
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")

"""Deterministic quantities against a stored baseline: they do not depend on load, so noise cannot break the check."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from ..machine import versions
from ..methods import EFFORTS
from ..report import FOLDER, table
from ..trial import Task, Trial
from .bench import Bench, key_of, told

BASELINE = FOLDER / "baseline.json"
EFFORT = "quick"
SECONDS = 20 * EFFORTS[EFFORT]
"""A guard so wide that only the deterministic budget ends a run; a run that is cut says so and fails the check."""
SEED = 1
INSTANCES = (
    "01-short-days-low",
    "03-rolling-high",
    "08-locks-20-high",
    "12-late-followups-mid",
    "14-low-trust-ultra",
    "22-tight-blocks-high",
    "30-gaps-x2-free-mid",
    "38-twelve-days-tight-high",
)
MORE_WORK = 0.10
"""Share by which deterministic work and model size may grow."""
WORSE = 0.001
"""Share by which a value may fall, and a bound may rise."""
ROUNDING = 1e-9
SIZES = ("variables", "constraints")
GROWING = ("work", *SIZES)


@dataclass(frozen=True)
class Figures:
    """What a run comes to on every machine. Points for value and bound, `work` in deterministic time."""

    variables: int | None
    constraints: int | None
    work: float | None
    solves: int | None
    value: float | None
    bound: float | None

    @classmethod
    def of(cls, trial: Trial) -> Figures:
        """Those of a trial."""
        return cls(trial.variables, trial.constraints, trial.work, trial.solves, trial.value, trial.bound)


@dataclass(frozen=True)
class Change:
    """One quantity, before and now; `fault` says whether it is worse than allowed."""

    instance: str
    quantity: str
    before: float | None
    now: float | None
    fault: bool

    @property
    def row(self) -> dict[str, object]:
        """For the table."""
        known = self.before is not None and self.now is not None and self.before
        share = f"{100 * ((self.now or 0) - (self.before or 0)) / abs(self.before or 1):+.2f} %" if known else ""
        return {
            "instance": self.instance,
            "quantity": self.quantity,
            "baseline": self.before,
            "now": self.now,
            "change": share,
            "": "WORSE" if self.fault else "",
        }


def measure(bench: Bench, instances: Sequence[str] = INSTANCES) -> dict[str, Figures]:
    """Run the instances; raises click.ClickException when one did not come to its own end."""
    found = {}
    for instance in instances:
        task = Task(EFFORT, instance, SECONDS, SEED)
        trial = bench.run(task)
        click.echo(f"{key_of(task)}: {told(trial)}", err=True)
        if trial.state != "done" or trial.violations:
            raise click.ClickException(f"{instance}: {trial.note or 'the plan breaks a rule'}")
        if trial.reproducible is False:
            raise click.ClickException(f"{instance} was cut at {SECONDS:g} s: this machine is too busy for the check")
        found[instance] = Figures.of(trial)
    return found


def save(found: dict[str, Figures], path: Path = BASELINE) -> None:
    """Make the figures the baseline."""
    data = {
        "effort": EFFORT,
        "seed": SEED,
        "versions": versions(("schedsolve", "ortools")),
        "instances": {name: asdict(figures) for name, figures in found.items()},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=2) + "\n", "utf-8", newline="\n")


def check(bench: Bench, path: Path = BASELINE, instances: Sequence[str] = INSTANCES) -> list[Change]:
    """All changes against the baseline, each told; those that are faults say so."""
    if not path.exists():
        raise click.ClickException(f"there is no baseline at {path.name}: make one with --update")
    data = json.loads(path.read_text("utf-8"))
    before, now = data["versions"].get("ortools"), versions(("ortools",)).get("ortools")
    sizes_only = before != now
    if sizes_only:
        click.echo(f"the baseline is of ortools {before}, here is {now}: only model sizes are compared", err=True)
    baseline = {name: Figures(**figures) for name, figures in data["instances"].items()}
    found = measure(bench, instances)
    quantities = SIZES if sizes_only else tuple(Figures.__dataclass_fields__)
    changes = []
    for name, figures in found.items():
        if name not in baseline:
            raise click.ClickException(f"{name} is not in the baseline: rewrite it with --update")
        old = baseline[name]
        changes += [compared(name, q, getattr(old, q), getattr(figures, q)) for q in quantities]
    return [change for change in changes if change.before != change.now]


def compared(instance: str, quantity: str, before: float | None, now: float | None) -> Change:
    """Whether a quantity is worse than allowed; what was known and is not any more is worse."""
    if before is None or now is None:
        return Change(instance, quantity, before, now, before is not None)
    share = (now - before) / max(abs(before), ROUNDING)
    fault = (
        (quantity in GROWING and share > MORE_WORK + ROUNDING)
        or (quantity == "value" and -share > WORSE + ROUNDING)
        or (quantity == "bound" and share > WORSE + ROUNDING)
    )
    return Change(instance, quantity, before, now, fault)


def told_changes(changes: Sequence[Change]) -> str:
    """A table of what has changed, faults first."""
    if not changes:
        return "Nothing has changed against the baseline."
    return table([change.row for change in sorted(changes, key=lambda change: not change.fault)])

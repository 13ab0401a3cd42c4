"""All methods on the same instances, in the same wall time, judged by the same evaluator."""

from __future__ import annotations

from collections.abc import Sequence

from ..methods import EFFORTS, METHODS, PEERS
from ..report import Report, grouped, middle, percent, reached, section, spread, table
from ..trial import Task, Trial, gap
from .bench import Bench, Trials

INSTANCES = (
    "01-short-days-low",
    "08-locks-20-high",
    "14-low-trust-ultra",
    "22-tight-blocks-high",
    "32-evenings-only-mid",
    "38-twelve-days-tight-high",
)
"""One of each kind: gentle, locked, overfull, tight by construction, evenings only, longer than a week."""
SHORT = ("06-gaps-few-types-mid", "22-tight-blocks-high")
NEAR = {"3 %": 0.03, "1 %": 0.01}
"""Distances from the best known value whose time is told."""


def run(
    bench: Bench, instances: Sequence[str], methods: Sequence[str], seconds: float, seeds: Sequence[int]
) -> list[Trial]:
    """Run and report, instance by instance."""
    settings = {"seconds": seconds, "instances": list(instances), "seeds": list(seeds)}
    report = Report("comparison", "Methods in the same wall time", settings, bench.results, bench.resume)
    tasks = [Task(method, instance, seconds, seed) for instance in instances for method in methods for seed in seeds]
    return bench.trials(report, tasks, lambda trials: page(bench, trials))


def methods_for(seconds: float) -> tuple[str, ...]:
    """Every peer, and our efforts whose goal lies within the time: a longer one would only be cut."""
    return (*(effort for effort, goal in EFFORTS.items() if goal <= seconds), *PEERS)


def page(bench: Bench, trials: Trials) -> str:
    """All methods over all instances, then instance by instance."""
    parts = [section("Over all instances", table(summary(bench, trials)))]
    for instance, group in grouped(trials, lambda t: t.task.instance).items():
        value, bound = bench.best_of(instance)
        told = f"Best known value {value}, best known bound {bound}. Medians over seeds."
        rows = [method_row(method, runs, value) for method, runs in grouped(group, lambda t: t.task.method).items()]
        parts.append(section(instance, told, table(rows)))
    absent = {METHODS[t.task.method].label: t.note for t in trials if t.state == "unavailable"}
    if absent:
        parts.append(section("Not run", *(f"{label}: {note}." for label, note in absent.items())))
    return "".join(parts)


def method_row(method: str, runs: Trials, best: float | None) -> dict[str, object]:
    """One method on one instance; `times` count only plans without a violation."""
    values = [t.value for t in runs if t.valid]
    row: dict[str, object] = {
        "method": METHODS[method].label,
        "value": middle(values),
        "spread": spread(values),
        "to best known %": percent(middle((gap(value, best) for value in values), 9)),
        "violations": sum(sum(t.violations.values()) for t in runs),
        "missing": middle((t.missing for t in runs if t.valid), 1),
        "first plan s": middle(t.first for t in runs),
    }
    for name, share in NEAR.items():
        row[f"to {name} s"] = None if best is None else reached([t.time_to(best - share * abs(best)) for t in runs])
    return row | {
        "bound": middle(t.bound for t in runs),
        "own gap %": percent(middle((t.gap for t in runs), 9)),
        "wall s": middle((t.wall for t in runs), 1),
        "MB": middle((t.memory for t in runs), 0),
        "state": "" if all(t.state == "done" for t in runs) else ", ".join(sorted({t.state for t in runs})),
    }


def summary(bench: Bench, trials: Trials) -> list[dict[str, object]]:
    """One row a method: how far from the best known over all its runs, how often valid, how soon near."""
    best = {instance: bench.best_of(instance)[0] for instance in {t.task.instance for t in trials}}
    rows = []
    for method, group in grouped(trials, lambda t: t.task.method).items():
        runs = [t for t in group if t.state == "done"]
        far = [gap(t.value, best[t.task.instance]) for t in runs if t.valid]
        known = sorted(share for share in far if share is not None)
        row: dict[str, object] = {
            "method": METHODS[method].label,
            "runs": len(runs),
            "with a plan": sum(t.valid for t in runs),
            "violations": sum(sum(t.violations.values()) for t in runs),
            "median to best known %": percent(middle(known, 9)),
            "worst to best known %": percent(known[-1]) if known else None,
            "first plan s": middle(t.first for t in runs),
        }
        for name, share in NEAR.items():
            row[f"runs within {name}"] = sum(distance <= share for distance in known)
        row["proven gap %"] = percent(middle((t.gap for t in runs), 9))
        row["MB"] = middle((t.memory for t in runs), 0)
        rows.append(row)
    return rows

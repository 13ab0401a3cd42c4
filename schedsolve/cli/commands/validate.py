"""`schedsolve validate`: read and check a scenario only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from ..parameters import EXISTING
from ..plain import printable
from ..terminal import emit, say

if TYPE_CHECKING:
    from ...model.week import Week


@click.command(
    epilog="""\b
Examples:
  schedsolve validate week.yaml
  schedsolve validate week.yaml --json | jq .warnings

\b
Every fault is told at once, each as file:line:column: path: what is wrong (what to do).
Exit codes: 0 the scenario can be planned, 3 it cannot be used."""
)
@click.argument("scenario", type=EXISTING)
@click.option("--json", "as_json", is_flag=True, help="What was read as one JSON document; faults are JSON too.")
def command(scenario: str, as_json: bool) -> None:
    """Read and check SCENARIO without planning it."""
    from ... import load_scenario
    from ...pipeline.prepare import prepare

    week = prepare(load_scenario(scenario), scenario)
    read = _as_read(week)
    if as_json:
        emit((json.dumps(read, indent=2, ensure_ascii=False) + "\n").encode())
    else:
        emit(f"{printable(scenario)}: ok: {printable(_sentence(week, read))}\n")
    for notice in week.notices:
        say(f"Warning: {notice.message}")


def _as_read(week: Week) -> dict[str, Any]:
    """What the scenario comes to."""
    scenario = week.scenario
    return {
        "ok": True,
        "name": scenario.name,
        "kind": scenario.kind,
        "seed": scenario.seed,
        "creator": {
            "id": scenario.creator.id,
            "page_type": scenario.creator.page_type.value,
            "timezone": scenario.creator.timezone,
        },
        "first_day": week.date(0).isoformat(),
        "last_day": week.date(scenario.days - 1).isoformat(),
        "days": scenario.days,
        "sends_per_day": [quota.total for quota in week.quotas],
        "send_types": len(week.types),
        "locks": len(week.locks),
        "blackouts": len(week.blackouts),
        "warnings": [{"code": notice.code, "message": notice.message} for notice in week.notices],
    }


def _sentence(week: Week, read: dict[str, Any]) -> str:
    creator = read["creator"]
    wanted = read["sends_per_day"]
    parts = [
        f"{read['name']}: {creator['id']} ({creator['page_type']} page, {creator['timezone']})",
        f"{week.date(0):%a %d %b %Y} + {read['days']} day{'s' * (read['days'] > 1)}",
        f"{sum(wanted)} sends wanted ({' '.join(map(str, wanted))})",
    ]
    for name in ("locks", "blackouts"):
        if read[name]:
            parts.append(f"{read[name]} {name if read[name] > 1 else name[:-1]}")
    return ", ".join(parts)

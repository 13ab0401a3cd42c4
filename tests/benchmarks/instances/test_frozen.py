"""The frozen set: forty files, each what the generator makes, the planted ones with their hidden plan."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.evaluator import evaluate
from benchmarks.instances import frozen
from benchmarks.instances.document import text_of
from benchmarks.instances.frame import week_of
from benchmarks.instances.freeze import FOLDER, frozen_text
from benchmarks.instances.generator import scenario_of
from benchmarks.instances.planted import plant
from benchmarks.instances.specs import SPECS, Spec
from schedsolve.model.scenario import Scenario
from schedsolve.pipeline.fingerprint import fingerprint

PLANTED = [spec for spec in SPECS if spec.planted]
DRAWN = [spec for spec in SPECS if not spec.planted]


def test_forty_files_half_of_them_planted() -> None:
    instances = frozen()
    assert len(instances) == len({instance.name for instance in instances}) == 40
    assert sum(instance.planted for instance in instances) == 20
    assert [instance.path for instance in instances] == sorted(FOLDER.glob("*"))


def test_instances_come_in_name_order_and_number() -> None:
    names = [instance.name for instance in frozen()]
    assert names == sorted(names)
    assert [int(name[:2]) for name in names] == list(range(1, 41))


def test_the_set_covers_lengths_levels_pages_and_limits() -> None:
    days = Counter(spec.knobs.days for spec in SPECS)
    assert (days[7], days[21], days[28]) == (32, 1, 2)
    assert sum(count for length, count in days.items() if 7 < length <= 14) == 5
    assert {spec.knobs.level for spec in SPECS} == {"low", "mid", "high", "ultra"}
    assert {spec.knobs.page for spec in SPECS} == {"paid", "free"}
    assert sum(spec.knobs.rolling for spec in SPECS) == 3
    assert len({spec.seed for spec in SPECS}) == 40


@pytest.mark.parametrize("spec", DRAWN, ids=lambda spec: spec.name)
def test_a_drawn_file_is_what_the_generator_makes(spec: Spec) -> None:
    assert _file(spec).read_bytes() == frozen_text(spec).encode()


@pytest.mark.parametrize("spec", PLANTED, ids=lambda spec: spec.name)
def test_a_planted_file_holds_its_hidden_plan(spec: Spec) -> None:
    planted = plant(spec.knobs, spec.seed)
    text = _file(spec).read_text("utf-8")
    assert text.endswith(text_of(planted.scenario, []))
    week = week_of(planted.scenario)
    found = evaluate(week, planted.decision)
    assert (found.violations, found.missing) == ({}, 0)
    assert len(planted.decision.sends) == week.week_quota(week.days)


@pytest.mark.parametrize("number", [0, 15, 34])
def test_a_file_is_read_as_the_scenario_it_was_made_of(number: int) -> None:
    spec, instance = SPECS[number], frozen()[number]
    raw = plant(spec.knobs, spec.seed).scenario if spec.planted else scenario_of(spec.knobs, spec.seed)
    assert fingerprint(instance.load()) == fingerprint(Scenario.model_validate(raw))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_every_file_says_what_is_hard_and_how_it_was_made(spec: Spec) -> None:
    header = " ".join(line[2:] for line in _file(spec).read_text("utf-8").splitlines() if line.startswith("# "))
    assert header.startswith(f"Hard about it: {spec.hard}")
    assert header.endswith(f"with seed {spec.seed} and {spec.knobs.told()}.")


def _file(spec: Spec) -> Path:
    return FOLDER / f"{spec.name}.yaml"

"""Best known figures: what beats what, what contradicts, and what a changed instance loses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.instances import frozen
from benchmarks.instances.best_known import FILE, BestKnown, Entry, fingerprint_of
from schedsolve.pipeline.fingerprint import fingerprint

SHAS = {"01-a": "aa", "02-b": "bb"}


def known_sha(name: str) -> str:
    if name not in SHAS:
        raise ValueError(f"{name!r} is not a frozen instance")
    return SHAS[name]


@pytest.fixture
def best(tmp_path: Path) -> BestKnown:
    return BestKnown(path=tmp_path / "best.json", fingerprint_of=known_sha)


def entry(best: BestKnown, name: str = "01-a") -> Entry:
    found = best.get(name)
    assert found is not None
    return found


def test_the_first_figures_are_kept_with_their_finder(best: BestKnown) -> None:
    assert best.update("01-a", value=10.0, bound=12.0, method="ours", seed=7, versions={"x": "1"}, date="2025-01-20")
    held = entry(best)
    assert (held.sha256, held.value, held.bound) == ("aa", 10.0, 12.0)
    assert held.value_by == held.bound_by
    assert held.value_by is not None
    assert (held.value_by.method, held.value_by.seed, held.value_by.versions) == ("ours", 7, {"x": "1"})
    assert held.value_by.date == "2025-01-20"


def test_versions_and_date_are_filled_in(best: BestKnown) -> None:
    best.update("01-a", value=1.0, method="ours")
    finder = entry(best).value_by
    assert finder is not None
    assert set(finder.versions) == {"schedsolve", "ortools", "numpy"}
    assert len(finder.date) == 10


@pytest.mark.parametrize(
    ("value", "bound", "beats", "value_by", "bound_by"),
    [
        (11.0, None, True, "other", "ours"),
        (None, 11.5, True, "ours", "other"),
        (11.0, 11.0, True, "other", "other"),
        (10.0, 12.0, False, "ours", "ours"),
        (10.0004, 11.9996, False, "ours", "ours"),
        (9.0, 13.0, False, "ours", "ours"),
        (None, None, False, "ours", "ours"),
    ],
    ids=["higher value", "lower bound", "both", "tie", "tie in thousandths", "worse", "nothing"],
)
def test_higher_values_and_lower_bounds_beat(
    best: BestKnown, value: float | None, bound: float | None, beats: bool, value_by: str, bound_by: str
) -> None:
    best.update("01-a", value=10.0, bound=12.0, method="ours")
    assert best.update("01-a", value=value, bound=bound, method="other") is beats
    held = entry(best)
    assert held.value_by is not None
    assert held.bound_by is not None
    assert (held.value_by.method, held.bound_by.method) == (value_by, bound_by)
    assert held.value == (value if value_by == "other" else 10.0)
    assert held.bound == (bound if bound_by == "other" else 12.0)


@pytest.mark.parametrize(
    ("value", "bound"),
    [(12.001, None), (None, 9.999), (11.0, 10.5), (13.0, 14.0)],
    ids=["value above the known bound", "bound below the known value", "both cross", "a worse bound does not help"],
)
def test_a_value_above_a_bound_is_refused_and_changes_nothing(
    best: BestKnown, value: float | None, bound: float | None
) -> None:
    best.update("01-a", value=10.0, bound=12.0, method="ours")
    before = entry(best)
    with pytest.raises(ValueError, match=r"01-a: the value .* lies above the bound .* one of the two is wrong"):
        best.update("01-a", value=value, bound=bound, method="other")
    assert entry(best) == before


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_figures_must_be_finite(best: BestKnown, wrong: float) -> None:
    with pytest.raises(ValueError, match="expected a finite number of points"):
        best.update("01-a", value=wrong, method="ours")


def test_an_unknown_instance_is_refused(best: BestKnown) -> None:
    with pytest.raises(ValueError, match="'99-z' is not a frozen instance"):
        best.update("99-z", value=1.0, method="ours")


def test_the_file_is_sorted_and_read_back_the_same(best: BestKnown) -> None:
    best.update("02-b", value=2.5, method="ours", seed=1)
    best.update("01-a", bound=1.25, method="other")
    best.save()
    text = best.path.read_text("utf-8")
    assert list(json.loads(text)) == ["01-a", "02-b"]
    again = BestKnown.load(best.path, known_sha)
    assert (again.get("01-a"), again.get("02-b")) == (best.get("01-a"), best.get("02-b"))
    again.save()
    assert best.path.read_text("utf-8") == text


def test_an_absent_file_is_empty(tmp_path: Path) -> None:
    assert BestKnown.load(tmp_path / "none.json", known_sha).get("01-a") is None


def test_a_changed_instance_loses_its_figures_on_load(best: BestKnown) -> None:
    best.update("01-a", value=1.0, method="ours")
    best.update("02-b", value=2.0, method="ours")
    best.save()
    with pytest.warns(UserWarning, match="figures of 01-a are dropped: the instance has changed since"):
        again = BestKnown.load(best.path, lambda name: "new" if name == "01-a" else known_sha(name))
    assert again.get("01-a") is None
    assert again.get("02-b") is not None


def test_an_instance_that_is_gone_loses_its_figures_on_load(best: BestKnown) -> None:
    best.update("01-a", value=1.0, method="ours")
    best.save()

    def gone(name: str) -> str:
        raise ValueError(f"{name!r} is not a frozen instance")

    with pytest.warns(UserWarning, match="figures of 01-a are dropped: '01-a' is not a frozen instance"):
        assert BestKnown.load(best.path, gone).get("01-a") is None


def test_a_changed_instance_starts_anew_on_update(tmp_path: Path) -> None:
    shas = {"01-a": "aa"}
    best = BestKnown(path=tmp_path / "best.json", fingerprint_of=shas.__getitem__)
    best.update("01-a", value=10.0, bound=12.0, method="ours")
    shas["01-a"] = "changed"
    with pytest.warns(UserWarning, match="the instance has changed since"):
        best.update("01-a", value=3.0, method="ours")
    assert (entry(best).sha256, entry(best).value, entry(best).bound) == ("changed", 3.0, None)


def test_fingerprints_are_those_of_the_frozen_scenarios() -> None:
    first = frozen()[0]
    assert fingerprint_of(first.name) == fingerprint(first.load())
    with pytest.raises(ValueError, match="'nowhere' is not a frozen instance"):
        fingerprint_of("nowhere")


def test_the_file_on_record_holds_known_names_and_no_contradiction() -> None:
    data = json.loads(FILE.read_text("utf-8"))
    assert list(data) == sorted(data)
    assert data.keys() <= {instance.name for instance in frozen()}
    for held in map(Entry.read, data.values()):
        assert held.value is None or held.bound is None or held.value <= held.bound

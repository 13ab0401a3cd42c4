"""Modules 6 to 8: contents, caption pools, predictions and the file that keeps them."""

from __future__ import annotations

import csv
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.model.audience import Pool
from schedsolve.model.volume import Prediction
from schedsolve.pipeline.volume.caption_pool import caption_warnings
from schedsolve.pipeline.volume.content_weighting import content_allocations
from schedsolve.pipeline.volume.prediction_file import COLUMNS, PredictionFile

TIERS = st.sampled_from(["top", "mid", "low", "avoid"])


def test_six_sends_over_top_mid_and_low() -> None:
    assert content_allocations(6, {"a": "top", "b": "mid", "c": "low"}) == {"a": 3, "b": 2, "c": 1}


def test_the_worked_example_splits_seven() -> None:
    ranked = content_allocations(7, {"solo": "top", "lingerie": "mid", "outdoor": "low"})
    assert ranked == {"solo": 4, "lingerie": 2, "outdoor": 1}


def test_avoided_contents_and_those_not_in_the_vault_get_nothing() -> None:
    ranked = content_allocations(5, {"a": "top", "b": "avoid", "c": "mid"}, vault=["a", "b"])
    assert ranked == {"a": 5}


def test_without_rankings_the_vault_weighs_alike_and_ties_go_by_name() -> None:
    assert content_allocations(5, {}, vault=["solo", "outdoor", "lingerie"]) == {"lingerie": 2, "outdoor": 2, "solo": 1}


def test_without_rankings_and_vault_there_is_nothing_to_split() -> None:
    assert content_allocations(5, {}) == {}


def test_a_multiplier_raises_a_content_and_the_total_stays() -> None:
    plain = content_allocations(9, {"a": "mid", "b": "mid"})
    raised = content_allocations(9, {"a": "mid", "b": "mid"}, multipliers={"b": 1.3, "absent": 1.3})
    assert (plain, raised) == ({"a": 5, "b": 4}, {"a": 4, "b": 5})


@given(st.dictionaries(st.text(min_size=1, max_size=5), TIERS, max_size=12), st.integers(0, 13))
def test_allocations_sum_to_the_revenue_quota_in_any_order(rankings: dict[str, str], revenue: int) -> None:
    split = content_allocations(revenue, rankings)  # type: ignore[arg-type]
    assert split == content_allocations(revenue, dict(reversed(rankings.items())))  # type: ignore[arg-type]
    usable = [name for name, tier in rankings.items() if tier != "avoid"]
    assert sum(split.values()) == (revenue if usable else 0)
    assert set(split) == set(usable)


@pytest.mark.parametrize(
    ("captions", "usable", "level"),
    [(40, 2, "low"), (1, 1, "low"), (40, 0, "critical"), (0, 0, "exhausted"), (40, 3, None), (3, 3, None)],
)
def test_pools_have_the_listed_levels(captions: int, usable: int, level: str | None) -> None:
    found = caption_warnings({"ppv_unlock": Pool(captions=captions, usable=usable)})
    assert [warning.level for warning in found] == ([level] if level else [])


def test_only_pools_without_usable_captions_ask_for_review_and_five_new_ones() -> None:
    pools = {"bundle": Pool(captions=9, usable=1), "game_post": Pool(captions=9, usable=0)}
    low, critical = caption_warnings(pools)
    assert (low.needs_review, critical.needs_review) == (False, True)
    assert "5 or more" not in low.message
    assert "game_post" in critical.message
    assert "5 or more" in critical.message


def prediction(creator: str = "alexia") -> Prediction:
    return Prediction(
        creator_id=creator,
        week_start="2025-01-20",
        tier="high",
        revenue_per_day=7,
        engagement_per_day=5,
        retention_per_day=2,
        weekly_distribution=dict.fromkeys(range(7), 14),
        predicted_revenue_per_day=220.5,
    )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_predictions_are_numbered_from_1_and_kept_whole(tmp_path: Path) -> None:
    file = tmp_path / "predictions.csv"
    keeper = PredictionFile(str(file))
    assert [keeper.record(prediction()), keeper.record(prediction("mia, the second"))] == [1, 2]
    first, second = rows(file)
    assert tuple(first) == COLUMNS
    assert (second["creator_id"], second["predicted_revenue_per_day"]) == ("mia, the second", "220.5")
    assert json.loads(first["weekly_distribution"]) == {str(day): 14 for day in range(7)}


def test_many_at_once_lose_no_prediction(tmp_path: Path) -> None:
    file = tmp_path / "predictions.csv"
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda n: PredictionFile(str(file)).record(prediction(f"c{n}")), range(60)))
    assert sorted(numbers) == list(range(1, 61))
    assert sorted(int(row["prediction_id"]) for row in rows(file)) == list(range(1, 61))


@pytest.mark.parametrize("text", ["a,b\n1,2\n", ",".join(COLUMNS) + "\nx" + "," * (len(COLUMNS) - 1) + "\n"])
def test_a_file_that_holds_something_else_is_left_alone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "other.csv"
    file.write_text(text)
    with pytest.raises(OSError, match=r"other\.csv"):
        PredictionFile(str(file)).record(prediction())
    assert file.read_text() == text

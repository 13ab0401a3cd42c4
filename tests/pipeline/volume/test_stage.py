"""The eight modules together: the worked example, what each row of the module table says, and what failures come to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.errors import VolumeError
from schedsolve.model.audience import Horizon, Performance
from schedsolve.model.volume import Prediction, VolumeResult
from schedsolve.pipeline.volume.checkpoint import volume_faults
from schedsolve.pipeline.volume.fallback import fallback
from schedsolve.pipeline.volume.inputs import Stated, VolumeInputs
from schedsolve.pipeline.volume.stage import volume_of

from .figures_of import LOOKS, inputs

WORKED_WEEK = {"weekdays": {0: {"sends": 10, "revenue": 450.0}, 4: {"sends": 10, "revenue": 550.0}}}
DIMINISHING = [{"sends": n, "revenue": 400.0 + n} for n in (5, 9, 14)] * 5


def quotas(result: VolumeResult) -> tuple[int, int, int]:
    return result.revenue_per_day, result.engagement_per_day, result.retention_per_day


def test_the_worked_example() -> None:
    kept: list[Prediction] = []

    def record(prediction: Prediction) -> int:
        kept.append(prediction)
        return 41

    result = volume_of(
        inputs(
            performance={"horizons": LOOKS, "revenue_per_send": 31.5, **WORKED_WEEK},
            content={
                "rankings": {"solo": "top", "lingerie": "mid", "outdoor": "low"},
                "vault": ["solo", "lingerie", "outdoor"],
            },
            track_prediction=True,
        ),
        record,
    )
    assert quotas(result) == (7, 5, 2)
    assert result.base_config.revenue_per_day == 6
    assert (result.final_config.ppv_per_day, result.final_config.bump_per_day) == (6, 4)
    assert result.dow_multipliers_used[0] == pytest.approx(0.95)
    assert result.dow_multipliers_used[4] == pytest.approx(1.05)
    assert sum(result.weekly_distribution.values()) == 98
    assert round(result.confidence_score, 2) == 0.86
    assert result.content_allocations == {"solo": 4, "lingerie": 2, "outdoor": 1}
    assert result.adjustments_applied == (
        "base_tier_calculation",
        "multi_horizon_fusion",
        "saturation_adjustment",
        "dow_multipliers",
        "content_weighting",
        "prediction_tracked",
    )
    assert (result.prediction_id, [p.predicted_revenue_per_day for p in kept]) == (41, [220.5])
    assert (result.calculation_source, result.data_source) == ("optimized", "volume_performance_tracking")
    assert (result.message_count, result.priority_shift, result.warnings) == (156, "revenue", ())


def test_nothing_but_fans_gives_the_tiers_row_trusted_at_05() -> None:
    result = volume_of(inputs())
    assert quotas(result) == (6, 5, 2)
    assert (result.confidence_score, result.fused_saturation, result.fused_opportunity) == (0.5, 50, 50)
    assert result.adjustments_applied == ("base_tier_calculation",)
    assert set(result.weekly_distribution.values()) == {13}
    assert result.dow_multipliers_used == dict.fromkeys(range(7), 1.0)
    assert (result.data_source, result.prediction_id, result.caption_warnings) == ("fan_count", None, ())


def test_a_single_look_back_is_used_raw_without_its_audit_name() -> None:
    result = volume_of(inputs(performance={"horizons": {"30d": LOOKS["30d"]}}))
    assert quotas(result) == (7, 5, 2)
    assert result.adjustments_applied == ("base_tier_calculation", "saturation_adjustment")


def test_twelve_messages_bear_two_fifths_of_a_change_and_are_named() -> None:
    scores: dict[str, Any] = {"saturation": 20, "opportunity": 80, "message_count": 12}
    little, much = (volume_of(inputs(20_000, performance={**scores, "message_count": n})) for n in (12, 30))
    assert (quotas(little), quotas(much)) == ((9, 6, 3), (10, 5, 3))
    assert "confidence_dampening" in little.adjustments_applied
    assert "confidence_dampening" not in much.adjustments_applied
    assert round(little.confidence_score, 3) == 0.462


def test_scores_that_rest_on_no_count_of_messages_move_nothing() -> None:
    result = volume_of(inputs(performance={"saturation": 90, "opportunity": 10}))
    assert quotas(result) == (6, 5, 2)
    assert result.confidence_score == 0.7
    assert result.adjustments_applied == ("base_tier_calculation", "saturation_adjustment", "confidence_dampening")


def test_an_over_saturated_creator_sends_less_revenue_and_leans_to_engagement() -> None:
    result = volume_of(inputs(performance={"saturation": 90, "opportunity": 90, "message_count": 200}))
    assert (quotas(result), result.priority_shift) == ((4, 6, 2), "engagement")


def test_looks_back_that_disagree_are_told() -> None:
    looks = {**LOOKS, "7d": {"saturation": 80, "opportunity": 62, "messages": 36}}
    result = volume_of(inputs(performance={"horizons": looks}))
    assert result.divergence_detected
    assert "disagree" in result.warnings[0]


def test_a_style_gives_its_matrix_and_says_so() -> None:
    result = volume_of(inputs(500, content_style="porno", sub_type="commercial"))
    assert quotas(result) == (4, 8, 1)
    assert (result.final_config.ppv_range, result.final_config.bump_range) == ((2, 3), (5, 8))
    assert (result.final_config.ppv_per_day, result.final_config.bump_per_day) == (3, 7)
    assert result.adjustments_applied == ("base_tier_calculation", "style_matrix")


@pytest.mark.parametrize(("saturation", "wanted"), [(20, (10, 8, 2)), (90, (8, 10, 2))])
def test_scores_move_a_styles_targets_inside_its_ranges(saturation: float, wanted: tuple[int, int, int]) -> None:
    figures = {"saturation": saturation, "opportunity": 80, "message_count": 60}
    assert quotas(volume_of(inputs(content_style="nude", performance=figures))) == wanted


def test_an_unknown_style_is_told_and_read_as_nude_gfe() -> None:
    result = volume_of(inputs(500, content_style="abstract"))
    assert result.final_config.bump_range == (4, 6)
    assert "abstract" in result.warnings[0]


def test_diminishing_returns_keep_revenue_at_its_base() -> None:
    scores = {"saturation": 20, "opportunity": 80, "message_count": 200}
    free, capped = (volume_of(inputs(performance={**scores, "daily": daily})) for daily in ([], DIMINISHING))
    assert (quotas(free), quotas(capped)) == ((7, 5, 2), (6, 5, 2))
    assert (free.elasticity_capped, capped.elasticity_capped) == (False, True)
    assert capped.final_config.ppv_per_day == 5
    assert capped.adjustments_applied[-1] == "elasticity_cap"
    assert sum(capped.weekly_distribution.values()) == 91


def test_the_cap_leaves_lower_quotas_and_stated_ones_alone() -> None:
    scores = {"saturation": 90, "opportunity": 80, "message_count": 200, "daily": DIMINISHING}
    assert quotas(volume_of(inputs(performance=scores))) == (4, 6, 2)
    assert quotas(volume_of(inputs(performance=scores, stated=Stated(revenue=9)))) == (9, 6, 2)


def test_short_caption_pools_are_warned_of_and_asked_to_be_reviewed() -> None:
    result = volume_of(inputs(pools={"ppv_unlock": (40, 2), "bundle": (40, 30), "game_post": (7, 0)}))
    assert len(result.caption_warnings) == 2
    assert result.requires_caption_review
    assert result.adjustments_applied == ("base_tier_calculation", "caption_pool_check")


def test_a_vault_that_is_not_known_is_told_and_nothing_is_checked() -> None:
    result = volume_of(inputs(content={"rankings": {"solo": "top"}}))
    assert result.content_allocations == {"solo": 6}
    assert "video, picture, gif" in result.warnings[0]


def test_a_prediction_that_cannot_be_kept_is_no_reason_to_stop() -> None:
    def broken(_: Prediction) -> int:
        raise OSError("the disk is full")

    result = volume_of(inputs(track_prediction=True, performance={"revenue_per_send": 10}), broken)
    assert (result.prediction_id, quotas(result)) == (None, (6, 5, 2))
    assert result.prediction is not None
    assert "the disk is full" in result.warnings[0]
    assert "prediction_tracked" not in result.adjustments_applied


def test_stated_quotas_stay_and_the_rest_is_computed() -> None:
    scores = {"saturation": 20, "opportunity": 80, "message_count": 200}
    result = volume_of(inputs(performance=scores, stated=Stated(engagement=8)))
    assert quotas(result) == (7, 8, 2)
    assert sum(result.weekly_distribution.values()) == 7 * 17


# --- the degradation chain ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tier", "fans", "wanted", "confidence", "source"),
    [
        ("high", 200, (6, 5, 2), 0.6, "base_tier"),
        (None, 6000, (4, 4, 2), 0.5, "fan_estimate"),
        (None, 20_000, (6, 5, 2), 0.5, "fan_estimate"),
        (None, None, (3, 3, 1), 0.3, "minimum_safe"),
    ],
)
def test_each_level_of_the_chain(
    tier: str | None, fans: int | None, wanted: tuple[int, int, int], confidence: float, source: str
) -> None:
    found = fallback(tier, fans, inputs().page_type)
    quota = found.base.quota
    assert (quota.revenue, quota.engagement, quota.retention) == wanted
    assert (found.confidence, found.source) == (confidence, source)
    free = fallback(tier, fans, inputs(page="free").page_type)
    assert free.base.quota.retention == 0


def unmakeable(**more: Any) -> VolumeInputs:
    """Figures whose fusion divides by zero: what no scenario can state, but a caller can."""
    odd = Horizon.model_construct(saturation=40.0, opportunity=60.0, messages=-5)
    even = Horizon.model_construct(saturation=40.0, opportunity=60.0, messages=5)
    performance = Performance.model_construct(
        **{**Performance().__dict__, "horizons": {"7d": odd, "30d": even}, "message_count": 50}
    )
    return replace(inputs(**more), performance=performance)


def test_figures_that_divide_by_zero_fall_back_to_the_least_of_the_fans_tier() -> None:
    result = volume_of(unmakeable())
    assert (quotas(result), result.confidence_score) == ((4, 4, 2), 0.5)
    assert result.calculation_source == "fan_estimate"
    assert "the fallback is used" in result.warnings[0]
    assert set(result.weekly_distribution.values()) == {10}


def test_a_fallback_still_warns_of_captions() -> None:
    assert volume_of(replace(unmakeable(), pools=inputs(pools={"bundle": (3, 0)}).pools)).caption_warnings


@pytest.mark.parametrize("fans", [-1, 2.5, True])
def test_fans_that_are_no_count_are_an_error(fans: Any) -> None:
    with pytest.raises(VolumeError, match="fans: found"):
        volume_of(inputs(fans))


def test_a_page_that_is_none_is_an_error() -> None:
    with pytest.raises(VolumeError, match="page type: found 'vip', expected paid or free"):
        volume_of(replace(inputs(), page_type="vip"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"fused_saturation": 101.0}, "saturation is 101"),
        ({"fused_opportunity": -1.0}, "opportunity is -1"),
        ({"confidence_score": 1.5}, "confidence is 1.5"),
        ({"adjustments_applied": ()}, "base_tier_calculation is not among"),
        ({"weekly_distribution": dict.fromkeys(range(6), 13)}, "does not have the days 0 to 6"),
        ({"weekly_distribution": dict.fromkeys(range(7), 12)}, "sums to 84 sends"),
        ({"content_allocations": {"solo": 5}}, "contents do not sum to 6"),
    ],
)
def test_the_checkpoint_refuses_what_does_not_hold_together(change: dict[str, Any], fault: str) -> None:
    result = volume_of(inputs())
    assert volume_faults(result, inputs().page_type) == []
    (found, *_) = volume_faults(result.model_copy(update=change), inputs().page_type)
    assert fault in found


@pytest.mark.parametrize(("revenue", "fault"), [(0, "revenue is 0"), (11, "revenue is 11 a day, 1 to 10")])
def test_the_checkpoint_knows_the_ranges_of_quotas(revenue: int, fault: str) -> None:
    with pytest.raises(VolumeError, match=fault):
        volume_of(inputs(stated=Stated(revenue=revenue)))


# --- properties -----------------------------------------------------------------------------------

SCORES = st.one_of(st.none(), st.floats(0, 100))
CREATORS = st.fixed_dictionaries(
    {
        "fans": st.one_of(st.none(), st.integers(0, 10**9)),
        "page": st.sampled_from(["paid", "free"]),
        "content_style": st.sampled_from([None, "nude", "non_nude", "porno"]),
        "sub_type": st.sampled_from([None, "gfe", "commercial", "personalized"]),
        "confidence": st.one_of(st.none(), st.floats(0, 1)),
        "performance": st.fixed_dictionaries(
            {
                "saturation": SCORES,
                "opportunity": SCORES,
                "message_count": st.one_of(st.none(), st.integers(0, 10**6)),
                "weekdays": st.dictionaries(
                    st.integers(0, 6),
                    st.fixed_dictionaries({"sends": st.integers(0, 10**6), "revenue": st.floats(0, 1e9)}),
                ),
                "daily": st.lists(
                    st.fixed_dictionaries({"sends": st.integers(0, 30), "revenue": st.floats(0, 1e6)}), max_size=30
                ),
            }
        ),
    }
)


@given(CREATORS)
def test_every_creator_gets_a_volume_that_holds_together(figures: dict[str, Any]) -> None:
    given_inputs = inputs(**figures)
    result = volume_of(given_inputs)
    assert volume_faults(result, given_inputs.page_type) == []
    assert sum(result.weekly_distribution.values()) == 7 * sum(quotas(result))
    assert result.retention_per_day == 0 or figures["page"] == "paid"
    assert result.trail[0].module == "base tier"
    final = result.final_config
    if final.ppv_range and final.bump_range:
        assert final.ppv_range[0] <= final.ppv_per_day <= final.ppv_range[1]
        assert final.bump_range[0] <= final.bump_per_day <= final.bump_range[1]
    if result.elasticity_capped:
        assert result.revenue_per_day <= result.base_config.revenue_per_day


@given(st.permutations(list(LOOKS)), st.permutations(range(7)), st.permutations(range(15)))
def test_the_order_of_rows_is_irrelevant(looks: list[str], weekdays: list[int], days: list[int]) -> None:
    def made(looks: list[str], weekdays: list[int], days: list[int]) -> VolumeResult:
        return volume_of(
            inputs(
                performance={
                    "horizons": {period: LOOKS[period] for period in looks},
                    "weekdays": {day: {"sends": 3 + day, "revenue": 100.5 * day} for day in weekdays},
                    "daily": [DIMINISHING[day] for day in days],
                }
            )
        )

    assert made(looks, weekdays, days) == made(list(LOOKS), list(range(7)), list(range(15)))

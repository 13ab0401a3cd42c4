"""The mix of revenue and engagement, as a plan is warned of it."""

from __future__ import annotations

from dataclasses import replace

from schedsolve.pipeline.mixing import mix_warnings
from schedsolve.pipeline.volume.inputs import Stated, VolumeInputs
from schedsolve.pipeline.volume.stage import volume_of

from ..constraints.plans import plan_of
from ..constraints.weeks import week
from .volume.figures_of import inputs

REVENUE = ("Mon 19:07 ppv_unlock", "Mon 20:07 bundle", "Mon 21:07 ppv_unlock")
ENGAGEMENT = tuple(f"Mon {hour}:07 bump_normal" for hour in (10, 12, 14, 15, 17))


def warned(figures: VolumeInputs, *lines: str) -> list[str]:
    """Mix warnings of a day with these sends, whose volume was made of these figures."""
    made = replace(week(days=1), volume=volume_of(figures))
    return [warning.message for warning in mix_warnings(plan_of(made, *lines))]


def test_a_computed_mix_inside_its_bounds_is_not_told() -> None:
    assert warned(inputs(2000), *REVENUE, *ENGAGEMENT[:3]) == []
    assert warned(inputs(2000), *REVENUE[:2], *ENGAGEMENT[:3]) == []


def test_a_mix_out_of_its_bounds_is_told_with_its_week() -> None:
    (told,) = warned(inputs(2000), *REVENUE, *ENGAGEMENT)
    assert told.startswith("week of 2025-01-20: ")
    assert "saturation" not in told


def test_a_mix_that_saturation_moved_is_told_as_such() -> None:
    saturated = inputs(2000, performance={"saturation": 90, "opportunity": 20, "message_count": 90})
    (told,) = warned(saturated, *REVENUE, *ENGAGEMENT)
    assert told.endswith("saturation moved the quotas")


def test_stated_quotas_and_those_of_a_style_are_not_judged_by_their_mix() -> None:
    assert warned(inputs(2000, stated=Stated(3, 5, 0)), *REVENUE, *ENGAGEMENT) == []
    assert warned(inputs(2000, content_style="porno"), *REVENUE, *ENGAGEMENT) == []

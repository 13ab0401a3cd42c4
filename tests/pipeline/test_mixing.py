"""Counts, ratio and mix as they are read off a plan."""

from __future__ import annotations

from dataclasses import replace

from schedsolve.pipeline.mixing import counted_days, mix_warnings, mixes_of, ratio_of, ratio_warnings
from schedsolve.pipeline.volume.inputs import Stated, VolumeInputs
from schedsolve.pipeline.volume.stage import volume_of

from ..constraints.plans import good_week, plan_of
from ..constraints.weeks import week
from .volume.figures_of import inputs

MONDAY = (
    "Mon 09:07 ppv_unlock solo",
    "Mon 09:27 ppv_followup after Mon 09:07",
    "Mon 10:07 bump_normal",
    "Mon 11:07 tip_goal",
    "Mon 12:07 bump_flyer",
    "Mon 13:07 dm_farm",
    "Mon 14:07 bundle",
)
ASKED = {"ppv_range": (2, 3), "bump_range": (4, 6)}


def test_followups_and_other_types_are_no_part_of_the_counts() -> None:
    days = counted_days(plan_of(week(days=2), *MONDAY))
    assert [(day.date.isoformat(), day.ppv_count, day.bump_count) for day in days] == [
        ("2025-01-20", 2, 2),
        ("2025-01-21", 0, 0),
    ]


def test_only_a_week_with_both_ranges_has_a_ratio_to_check() -> None:
    assert ratio_of(plan_of(week(days=2), *MONDAY)) is None
    assert ratio_of(plan_of(week(days=2, ppv_range=(2, 3)), *MONDAY)) is None
    assert ratio_warnings(plan_of(week(days=2, bump_range=(4, 6)), *MONDAY)) == []
    check = ratio_of(plan_of(week(days=2, **ASKED), *MONDAY))
    assert check is not None
    assert (check.whole.ppv, check.whole.bumps, check.whole.to_add) == (2, 2, 1)


def test_the_schedule_and_each_day_off_the_ratio_are_warned_of() -> None:
    tuesday = [line.replace("Mon", "Tue") for line in MONDAY]
    more = ("Tue 08:08 bump_descriptive", "Tue 16:07 bump_text_only")
    warnings = ratio_warnings(plan_of(week(days=2, **ASKED), *MONDAY, *tuesday, *more))
    assert [(warning.code, warning.message.split(":")[0]) for warning in warnings] == [("bump-ratio", "2025-01-20")]
    both = ratio_warnings(plan_of(week(days=2, **ASKED), *MONDAY, *tuesday))
    assert [warning.message.split(":")[0] for warning in both] == ["schedule", "2025-01-20", "2025-01-21"]


def test_days_off_are_no_warning_but_an_empty_plan_is() -> None:
    enough = ("Mon 16:07 bump_descriptive", "Mon 18:07 bump_text_only")
    assert ratio_warnings(plan_of(week(days=2, **ASKED), *MONDAY, *enough)) == []
    (warning,) = ratio_warnings(plan_of(week(days=2, **ASKED)))
    assert warning.message == "schedule: neither pay-per-view sends nor bumps are planned"


def test_the_mix_is_told_week_by_week_of_the_plan() -> None:
    plan = good_week()
    (week_,) = mixes_of(plan, "low")
    assert (week_.revenue, week_.engagement, week_.is_kept) == (21, 21, True)
    found = mixes_of(plan_of(week(days=9), *MONDAY, "Mon+1 09:07 tip_goal"), "mid")
    assert [(finding.revenue, finding.engagement, finding.severity) for finding in found] == [
        (3, 3, "none"),
        (1, 0, "medium"),
    ]


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

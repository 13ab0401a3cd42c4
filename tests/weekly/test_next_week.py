"""A week is read, planned, filled, validated and kept, once for each request."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest

from schedsolve.model.scenario import Scenario
from schedsolve.pipeline.checker import check
from schedsolve.store.audit_trail import trail_of
from schedsolve.store.engine import Store
from schedsolve.store.idempotency import invalidate
from schedsolve.store.operations import execute_query, get_volume_config
from schedsolve.store.schedules import plan_text, schedule, schedules_of
from schedsolve.weekly.errors import RunFailedError
from schedsolve.weekly.next_week import next_week
from schedsolve.weekly.week_made import WeekMade

from .weeks import MONDAY, NOW, counts, wanted, with_steps


def test_the_week_is_approved_and_kept(kept: Store, made: WeekMade) -> None:
    assert (made.status, made.degraded, made.replayed, made.response) == ("approved", False, False, None)
    assert made.schedule_id is not None
    head = schedule(kept, made.schedule_id)
    assert (head.creator_id, head.week_start, head.version, head.status) == ("dana", MONDAY, 1, "approved")
    assert (head.score, head.generation_id) == (made.report.score, made.generation_id)
    assert plan_text(kept, made.schedule_id) == made.plan.to_json()


def test_its_plan_holds_every_rule_for_the_scenario_it_carries(made: WeekMade) -> None:
    assert made.plan.scenario.content is not None
    report = check(Scenario.model_validate(made.plan.scenario.content), made.plan)
    assert report.clean
    assert made.report.errors == ()
    assert made.report.unchecked == ()


def test_every_send_has_a_caption_of_its_own(made: WeekMade) -> None:
    used = [item.caption_id for item in made.plan.items]
    assert None not in used
    assert len(set(used)) == len(used)


def test_the_prediction_is_kept_with_the_week_and_so_is_its_volume(kept: Store, made: WeekMade) -> None:
    head = schedule(kept, str(made.schedule_id))
    (row,) = execute_query(kept, "SELECT schedule_id, predicted_revenue_per_day_cents AS cents FROM predictions", {})
    assert head.prediction_id == 1
    assert row["schedule_id"] == made.schedule_id
    assert made.plan.volume is not None
    assert row["cents"] == made.plan.volume.revenue_per_day * 1500
    config = get_volume_config(kept, "dana")
    assert config["prediction_id"] == 1
    assert config["revenue_per_day"] == made.plan.volume.revenue_per_day


def test_the_trail_tells_of_every_stage_operation_and_output(kept: Store, made: WeekMade) -> None:
    records = [kept_one.record for kept_one in trail_of(kept, made.generation_id)]
    stages = [(record.stage, record.payload["outcome"]) for record in records if record.kind == "stage"]
    assert stages == [
        ("initialization", "success"),
        ("allocation", "success"),
        ("content_matching", "success"),
        ("assembly", "success"),
    ]
    kinds = {record.kind for record in records}
    assert {"run", "operation", "validation", "output"} <= kinds
    assert "library_of" in {record.payload["name"] for record in records if record.kind == "operation"}


def test_the_same_request_gives_the_kept_week_and_writes_nothing(kept: Store, made: WeekMade) -> None:
    before = counts(kept)
    again = next_week(kept, wanted())
    assert again.replayed
    assert again.plan.to_json() == made.plan.to_json()
    assert (again.report, again.schedule_id, again.version) == (made.report, made.schedule_id, made.version)
    assert (again.status, again.degradations, again.warnings) == (made.status, made.degradations, made.warnings)
    assert counts(kept) == before


def test_a_late_resubmission_finds_its_schedule_without_solving_again(kept: Store, made: WeekMade) -> None:
    assert invalidate(kept, wanted().request().hash)
    before = counts(kept)
    again = next_week(kept, wanted())
    assert (again.replayed, again.schedule_id) == (True, made.schedule_id)
    assert counts(kept) == before


def test_another_moment_makes_a_new_version_that_may_use_the_same_captions(kept: Store, made: WeekMade) -> None:
    later = wanted(as_of=NOW + timedelta(minutes=1), week_start=MONDAY)
    again = next_week(kept, later, with_steps(made.plan))
    assert (again.version, again.replayed) == (2, False)
    assert [one.status for one in schedules_of(kept, "dana")] == ["superseded", "approved"]
    assert [item.caption_id for item in again.plan.items] == [item.caption_id for item in made.plan.items]


def test_requests_at_once_make_one_week(demo: Store, made: WeekMade) -> None:
    results: list[WeekMade] = []
    tools = with_steps(made.plan)
    threads = [threading.Thread(target=lambda: results.append(next_week(demo, wanted(), tools))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(result.replayed for result in results) == [False] + 7 * [True]
    assert len(schedules_of(demo, "dana")) == 1


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (NOW, MONDAY + timedelta(days=7)),
        (NOW + timedelta(days=5), MONDAY + timedelta(days=7)),
        (NOW + timedelta(days=30), date(2025, 2, 24)),
    ],
)
def test_the_next_week_follows_the_last_one_unless_its_day_has_passed(
    kept: Store, made: WeekMade, as_of: object, expected: date
) -> None:
    from schedsolve.weekly.first_day import first_day

    assert made.week_start == MONDAY
    assert first_day(kept, "dana", "Europe/Berlin", as_of) == expected  # type: ignore[arg-type]


def test_on_a_monday_the_week_has_begun_and_the_next_one_is_meant(demo: Store) -> None:
    from schedsolve.weekly.first_day import first_day

    assert first_day(demo, "dana", "Europe/Berlin", NOW + timedelta(days=2)) == MONDAY + timedelta(days=7)


def test_a_week_of_which_sends_went_out_is_not_made_again(kept: Store, made: WeekMade) -> None:
    from schedsolve.store.publishing import begin_publishing

    begin_publishing(kept, f"{made.schedule_id}/{made.plan.items[0].slot_id}")
    with pytest.raises(RunFailedError, match="gone out already"):
        next_week(kept, wanted(as_of=NOW + timedelta(minutes=1), week_start=MONDAY))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        wanted(as_of=NOW.replace(tzinfo=None))


def test_seeds_differ_by_creator_and_week() -> None:
    seeds = {wanted(one).seed_of(MONDAY + timedelta(days=shift)) for one in ("dana", "elif") for shift in (0, 7)}
    assert len(seeds) == 4
    assert wanted(seed=5).seed_of(MONDAY) == 5

"""Before the solver: a scenario becomes a `Week` in which everything is resolved that needs no decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from ..constraints.audit import contradictions
from ..constraints.valid_input import LEAST_CONFIDENCE
from ..errors import Problem, ScenarioError
from ..model.calendar import Horizon, LocalTimeError
from ..model.catalog import CATALOG, DEPRECATED, FOLLOWUP, TARGETS, SendType
from ..model.climb import loosest
from ..model.noise import Noise
from ..model.rotation import Rotation, first_rotation, rotations
from ..model.scenario import DayException, Scenario
from ..model.strategies import strategy_weights
from ..model.week import FixedSend, Notice, OldPin, Span, Week
from .profile import (
    best_days,
    followup_window,
    half_day,
    hourly_weights,
    jitter_amplitude,
    late_policy,
    peak_hours,
    prime_hours,
)
from .volume.daily_quotas import plan_volume, quota_faults
from .worth import worth_of_types


class _Faults:
    """Collects what is wrong, so that all of it can be told at once."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, path: str, message: str, hint: str = "") -> None:
        self.found.append(Problem(message, path, hint=hint))


def prepare(scenario: Scenario, source: str = "scenario", *, agreeing: bool = True) -> Week:
    """Resolve a scenario; with `agreeing` off, locks may contradict each other: they do where conflicts are explained.

    Raises
    ------
    ScenarioError
        With every fault found: skipped local times, empty blackouts, low confidence, locks off the horizon or page.
    """
    faults = _Faults()
    horizon = Horizon(scenario.week_start, scenario.days, scenario.creator.timezone)
    faults.found.extend(quota_faults(scenario))
    catalog = _catalog(scenario, faults)
    volume = plan_volume(scenario, horizon, catalog)
    if volume.confidence < LEAST_CONFIDENCE and not scenario.volume.accept_low_confidence:
        faults.add(
            "volume.confidence_score",
            f"confidence {volume.confidence:g} is below {LEAST_CONFIDENCE:g}: the week is refused",
            "set volume.accept_low_confidence: true to plan all the same",
        )
    types = {
        key: row
        for key, row in catalog.items()
        if key != FOLLOWUP and scenario.creator.page_type in row.pages and _on_offer(scenario, key)
    }
    notices = [*_deprecations(scenario), *volume.notices]
    locks = _locks(scenario, horizon, types, faults)
    past = _past(scenario, horizon, catalog, faults)
    blackouts = _blackouts(scenario, horizon, faults)
    exceptions = _exceptions(scenario, horizon, faults)
    pins = _pins(scenario, horizon, faults)
    if faults.found:
        raise ScenarioError(source, faults.found)
    noise = Noise(scenario.seed)
    timing, rules = scenario.timing, scenario.rules
    low, high = jitter_amplitude(timing)
    span = rules.rotation_span
    weights = strategy_weights(volume.audience.saturation, volume.audience.opportunity)
    on_offer = scenario.variation.strategies
    week = Week(
        scenario=scenario,
        horizon=horizon,
        catalog=catalog,
        types=types,
        worth=worth_of_types(types, volume.audience),
        quotas=volume.quotas,
        confidence=volume.confidence,
        prime_hours=prime_hours(timing, horizon),
        peak_hours=peak_hours(timing),
        hourly=hourly_weights(timing),
        best_days=best_days(timing),
        half_day=half_day(timing),
        jitter_low=low,
        jitter_high=high,
        followup_window=followup_window(timing, rules.followup_window),
        late_policy=late_policy(timing),
        strategies=on_offer,
        strategy_weights={key: weights[key] for key in on_offer},
        rotations=tuple(
            rotations(
                _rotation_start(scenario, noise),
                scenario.week_start,
                scenario.days,
                noise,
                span.shortest,
                span.longest,
            )
        ),
        rotation_position=scenario.history.rotation.position if scenario.history.rotation else 0,
        locks=locks,
        past=past,
        old_pins=pins,
        blackouts=blackouts,
        exceptions=exceptions,
        notices=tuple(notices),
        noise=noise,
        ppv_range=volume.ppv_range,
        bump_range=volume.bump_range,
        volume=volume.result,
    )
    for violation in contradictions(loosest(week)) if agreeing else ():
        index = violation.subject.removeprefix("lock_")
        path = f"locks[{index}]" if index.isdigit() else "locks"
        faults.add(path, f"{violation.message} ({violation.rule})", "change a lock, or the rule under `rules:`")
    if faults.found:
        raise ScenarioError(source, faults.found)
    return week


def _on_offer(scenario: Scenario, key: str) -> bool:
    """Whether the scenario leaves a type on, under its own name or a retired one."""
    return all(change.enabled for stated, change in scenario.send_types.items() if current_key(stated) == key)


def current_key(key: str) -> str:
    """The key under which a type is known today."""
    return DEPRECATED.get(key, key)


def _catalog(scenario: Scenario, faults: _Faults) -> Mapping[str, SendType]:
    """The catalog with the scenario's overrides."""
    rows = dict(CATALOG)
    for stated, change in scenario.send_types.items():
        key = current_key(stated)
        row = rows[key]
        target = change.target or row.default_target
        if target not in TARGETS:
            faults.add(f"send_types.{stated}.target", f"found {target!r}, expected one of {', '.join(TARGETS)}")
            target = row.default_target
        if row.required_targets and target not in row.required_targets:
            faults.add(
                f"send_types.{stated}.target",
                f"{key} may only go to {' or '.join(row.required_targets)}, found {target!r}",
            )
        rows[key] = replace(
            row,
            gap_minutes=row.gap_minutes if change.min_gap is None else change.min_gap,
            weekly_cap=row.weekly_cap if change.weekly_cap is None else change.weekly_cap,
            value=row.value if change.value is None else change.value,
            expiry_hours=row.expiry_hours if change.expiry_hours is None else change.expiry_hours,
            default_target=target,
            channel=row.channel if change.channel is None else change.channel,
        )
    return rows


def _deprecations(scenario: Scenario) -> list[Notice]:
    stated = [
        *scenario.send_types,
        *(lock.send_type_key for lock in scenario.locks),
        *(send.send_type_key for send in scenario.history.sends),
        *(pin.send_type_key for pin in scenario.history.pins),
    ]
    return [
        Notice("deprecated-type", f"{old} is read as {new}; write {new}")
        for old, new in DEPRECATED.items()
        if old in stated
    ]


def _minute(horizon: Horizon, local: datetime, path: str, faults: _Faults) -> int | None:
    try:
        return horizon.minute_of_local(local)
    except LocalTimeError as error:
        faults.add(path, str(error), "give a time that exists, or an offset such as -04:00")
        return None


def _locks(
    scenario: Scenario, horizon: Horizon, types: Mapping[str, SendType], faults: _Faults
) -> tuple[FixedSend, ...]:
    locks = []
    for index, lock in enumerate(scenario.locks):
        minute = _minute(horizon, lock.at, f"locks[{index}].at", faults)
        key = current_key(lock.send_type_key)
        if key not in types:
            page = scenario.creator.page_type
            why = f"does not exist on a {page} page" if page not in CATALOG[key].pages else "is switched off"
            faults.add(f"locks[{index}].send_type_key", f"{key} {why}")
            continue
        if minute is None:
            continue
        if not 0 <= minute < horizon.length:
            last = horizon.date(horizon.days - 1)
            faults.add(
                f"locks[{index}].at",
                f"{lock.at:%Y-%m-%dT%H:%M} is outside the plan ({horizon.first} to {last})",
            )
            continue
        locks.append(FixedSend(minute, types[key], lock.ppv_style or types[key].fixed_style, index))
    return tuple(sorted(locks, key=lambda lock: (lock.minute, lock.index)))


def _past(
    scenario: Scenario, horizon: Horizon, catalog: Mapping[str, SendType], faults: _Faults
) -> tuple[FixedSend, ...]:
    past = []
    for index, send in enumerate(scenario.history.sends):
        minute = _minute(horizon, send.at, f"history.sends[{index}].at", faults)
        row = catalog[current_key(send.send_type_key)]
        path = f"history.sends[{index}]"
        if send.ppv_style is not None and send.ppv_style not in row.styles:
            faults.add(f"{path}.ppv_style", f"{send.ppv_style} does not go with {row.key}")
        if send.awaits_followup and not row.followup:
            faults.add(f"{path}.awaits_followup", f"{row.key} takes no followup")
        if minute is None:
            continue
        if minute >= 0 and row.key != FOLLOWUP:
            faults.add(
                f"{path}.at",
                f"{send.at:%Y-%m-%dT%H:%M} is not before the first day {horizon.first}",
                "a send inside the plan is a lock",
            )
            continue
        style = send.ppv_style or row.fixed_style
        past.append(FixedSend(minute, row, style, index, send.awaits_followup))
    return tuple(sorted(past, key=lambda send: (send.minute, send.index)))


def _blackouts(scenario: Scenario, horizon: Horizon, faults: _Faults) -> tuple[Span, ...]:
    spans = []
    for index, blackout in enumerate(scenario.blackouts):
        start = _minute(horizon, blackout.start, f"blackouts[{index}].from", faults)
        end = _minute(horizon, blackout.end, f"blackouts[{index}].to", faults)
        if start is None or end is None:
            continue
        if end <= start:
            faults.add(f"blackouts[{index}]", f"ends at {blackout.end:%Y-%m-%dT%H:%M}, not after it starts")
            continue
        spans.append(Span(start, end, blackout.reason))
    return tuple(spans)


def _exceptions(scenario: Scenario, horizon: Horizon, faults: _Faults) -> Mapping[tuple[str, int], DayException]:
    found: dict[tuple[str, int], DayException] = {}
    for index, exception in enumerate(scenario.exceptions):
        day = (exception.date - horizon.first).days
        key = (exception.rule, day)
        if not 0 <= day < horizon.days:
            last = horizon.date(horizon.days - 1)
            faults.add(f"exceptions[{index}].date", f"{exception.date} is outside the plan ({horizon.first} to {last})")
        elif key in found:
            faults.add(f"exceptions[{index}]", f"{exception.rule} has another exception on {exception.date} already")
        elif exception.rule == "block-limit" and scenario.rules.block_limit.window == "rolling":
            message = "a rolling block-limit has no days"
            faults.add(f"exceptions[{index}].rule", message, "set rules.block-limit.window: fixed")
        found.setdefault(key, exception)
    return found


def _pins(scenario: Scenario, horizon: Horizon, faults: _Faults) -> tuple[OldPin, ...]:
    pins = []
    for index, pin in enumerate(scenario.history.pins):
        end = _minute(horizon, pin.ends, f"history.pins[{index}].ends", faults)
        key = current_key(pin.send_type_key)
        if not CATALOG[key].pinnable:
            faults.add(f"history.pins[{index}].send_type_key", f"{key} cannot be pinned")
        elif end is not None:
            pins.append(OldPin(key, end, pin.estimated_revenue))
    return tuple(pins)


def _rotation_start(scenario: Scenario, noise: Noise) -> Rotation:
    """The rotation that history hands over, or a new creator's."""
    past = scenario.history.rotation
    if past is None:
        return first_rotation(scenario.creator.id, scenario.week_start, noise)
    started = min(past.started, scenario.week_start)
    return Rotation(scenario.creator.id, past.state, past.pattern, started, past.recent)

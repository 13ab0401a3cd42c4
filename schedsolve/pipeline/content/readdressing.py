"""Items made elsewhere, sent to audiences and through channels that exist."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ...model.catalog import CATALOG, DEPRECATED, PageType, SendType
from ...model.filled import LogLevel, Severity, StageFinding
from ...model.plan import Item
from .targets import Address, Fallback, address

_WEIGHT: Mapping[Fallback, tuple[Severity, LogLevel]] = {
    "target_not_for_page_type": ("medium", "warning"),
    "channel_without_targeting": ("medium", "warning"),
    "target_unavailable": ("medium", "warning"),
    "category_target": ("low", "info"),
    "other_required_target": ("medium", "warning"),
    "other_channel": ("low", "info"),
    "no_compatible_target": ("high", "error"),
}


def readdressed(
    items: Sequence[Item],
    page: PageType,
    unavailable: Collection[str] = (),
    catalog: Mapping[str, SendType] = CATALOG,
) -> tuple[tuple[Item, ...], tuple[StageFinding, ...]]:
    """Items made elsewhere with audiences and channels that exist; those without any are left out, with followups."""
    kept: list[Item] = []
    findings: list[StageFinding] = []
    for item in items:
        row = catalog.get(DEPRECATED.get(item.send_type_key, item.send_type_key))
        if row is None:
            kept.append(item)
            continue
        found = address(row, page, item.target_key, item.channel_key, unavailable)
        if found.fallback is not None:
            findings.append(_finding(item, found))
        if not found.skipped:
            kept.append(_moved(item, found))
    gone = {item.slot_id for item in items} - {item.slot_id for item in kept}
    orphans = [item for item in kept if item.parent_item_id in gone]
    findings += [_orphan(item) for item in orphans]
    return tuple(item for item in kept if item.parent_item_id not in gone), tuple(findings)


def _moved(item: Item, found: Address) -> Item:
    warnings = (*item.warnings, "target_fallback") if found.widened else item.warnings
    if (found.channel, found.target) == (item.channel_key, item.target_key):
        return item
    moved = {"channel_key": found.channel, "target_key": found.target, "warnings": tuple(dict.fromkeys(warnings))}
    return item.model_copy(update=moved)


def _finding(item: Item, found: Address) -> StageFinding:
    severity, log = _WEIGHT[found.fallback or "no_compatible_target"]
    outcome = "skipped" if found.skipped else f"to {found.target} by {found.channel}"
    return StageFinding(
        type=found.fallback or "",
        stage="targeting",
        severity=severity,
        log=log,
        message=f"{item.slot_id} ({item.send_type_key}) {outcome}: {found.why}",
        items=(item.slot_id,),
    )


def _orphan(item: Item) -> StageFinding:
    message = f"{item.slot_id} is left out: its parent {item.parent_item_id} goes nowhere"
    return StageFinding(
        type="orphan_removed",
        stage="targeting",
        severity="medium",
        log="warning",
        message=message,
        items=(item.slot_id,),
    )

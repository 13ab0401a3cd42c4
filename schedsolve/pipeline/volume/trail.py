"""What the modules did, for whoever asks why."""

from __future__ import annotations

from ...model.volume import VolumeStep
from ...model.week import Quota


class Trail:
    """What was done, in order: the audit names of what worked on data or changed something, and a line for each
    module."""

    def __init__(self) -> None:
        self.applied: list[str] = []
        self.steps: list[VolumeStep] = []
        self.warnings: list[str] = []

    def step(self, module: str, quota: Quota, note: str, *names: str) -> None:
        """A module is through; `names` are its audit names, none where it changed nothing."""
        self.applied += names
        quotas = (quota.revenue, quota.engagement, quota.retention)
        self.steps.append(VolumeStep(module=module, applied=bool(names), quotas=quotas, note=note))

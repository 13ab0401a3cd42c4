"""The record of an A/B test: two configurations, what is measured, and how sure the answer shall be."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from ...errors import ScenarioError
from ...model.fields import Day, Identifier, Part, as_tuple
from ...model.text_file import MAX_BYTES, TextKind, read_text
from ...model.validation_errors import validate
from ...model.yaml_document import parse_yaml

Text = Annotated[str, Field(min_length=1, max_length=2000)]
Number = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]
Plain = bool | Annotated[int, Field(ge=-(10**12), le=10**12)] | Number | Annotated[str, Field(max_length=2000)] | None
Setting = Plain | Annotated[tuple[Plain, ...], BeforeValidator(as_tuple), Field(max_length=100)]
Config = Annotated[dict[Identifier, Setting], Field(min_length=1, max_length=100)]
Status = Literal["draft", "running", "completed", "paused"]

DURATION_DAYS = 14
CONFIDENCE = 0.95
POWER = 0.80
EFFECT = 0.10
EFFECTS = (0.0001, 100.0)
"""The least and the greatest effect that a test may look for."""
TEST_FILE = TextKind(
    MAX_BYTES, "name a YAML or JSON file", "`schedsolve ab design --example NAME --json` shows one", ScenarioError
)


class ABTest(Part):
    """Two ways of doing one thing, compared on one metric.

    `minimum_detectable_effect` is in standard deviations of the metric, or a relative lift where its coefficient of
    variation is known. `min_sample_size` is observations per group; 0 leaves it to the power calculation.
    """

    test_id: Identifier
    hypothesis: Text
    control_config: Config
    treatment_config: Config
    primary_metric: Identifier
    secondary_metrics: Annotated[tuple[Identifier, ...], BeforeValidator(as_tuple), Field(max_length=50)] = ()
    min_sample_size: Annotated[int, Field(ge=0, le=10**9)] = 0
    duration_days: Annotated[int, Field(ge=1, le=3660)] = DURATION_DAYS
    confidence_level: Annotated[float, Field(ge=0.5, lt=1, allow_inf_nan=False)] = CONFIDENCE
    statistical_power: Annotated[float, Field(ge=0.5, lt=1, allow_inf_nan=False)] = POWER
    minimum_detectable_effect: Annotated[float, Field(ge=EFFECTS[0], le=EFFECTS[1], allow_inf_nan=False)] = EFFECT
    start_date: Day | None = None
    end_date: Day | None = None
    status: Status = "draft"

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> ABTest:
        if self.start_date is not None and self.end_date is not None and self.end_date < self.start_date:
            raise ValueError(f"end_date {self.end_date} is before start_date {self.start_date}")
        return self

    @model_validator(mode="after")
    def _metrics_differ(self) -> ABTest:
        metrics = (self.primary_metric, *self.secondary_metrics)
        if len(set(metrics)) < len(metrics):
            raise ValueError("each metric may be named once, as the primary or as a secondary one")
        return self


def load_ab_test(path: str | Path) -> ABTest:
    """Read a test file (YAML 1.2 or JSON) whose keys are the fields of ABTest.

    Raises
    ------
    ScenarioError
        With all faults of the file, each with line, column, path and what is allowed.
    """
    return validate(ABTest, parse_yaml(read_text(Path(path), TEST_FILE), str(path)))

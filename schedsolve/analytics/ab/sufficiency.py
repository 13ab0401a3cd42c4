"""Whether both groups are large enough for the analysis, and how long to wait if not."""

from __future__ import annotations

from dataclasses import dataclass

from .collecting import ASSUMED_RATE, check_rate, days_to_collect


@dataclass(frozen=True)
class Sufficiency:
    """Observations of both groups against those needed in each; `rate` is observations a day and group."""

    control: int
    treatment: int
    required: int
    rate: float

    @property
    def sufficient(self) -> bool:
        """Whether the analysis may go on."""
        return self.total_shortfall == 0

    @property
    def control_shortfall(self) -> int:
        """Observations that the control group lacks."""
        return max(0, self.required - self.control)

    @property
    def treatment_shortfall(self) -> int:
        """Observations that the treatment group lacks."""
        return max(0, self.required - self.treatment)

    @property
    def total_shortfall(self) -> int:
        """Observations that both lack together."""
        return self.control_shortfall + self.treatment_shortfall

    @property
    def wait_days(self) -> int:
        """Days until the group that lacks more is complete; 0 when none lacks any."""
        return days_to_collect(max(self.control_shortfall, self.treatment_shortfall), self.rate)


def check_sample(control: int, treatment: int, required: int, rate: float = ASSUMED_RATE) -> Sufficiency:
    """Compare the counts of both groups with the number needed in each.

    Raises
    ------
    ValueError
        When a count is negative or no whole number, or the rate is out of range.
    """
    _check_count("control", control, 0)
    _check_count("treatment", treatment, 0)
    _check_count("required", required, 1)
    check_rate(rate)
    return Sufficiency(control, treatment, required, rate)


def _check_count(name: str, count: object, least: int) -> None:
    if not isinstance(count, int) or isinstance(count, bool) or count < least:
        raise ValueError(f"{name} must be a whole number of observations, at least {least}; found {count!r}")

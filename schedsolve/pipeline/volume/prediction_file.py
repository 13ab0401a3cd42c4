"""A CSV file that keeps predictions, one row each, numbered from 1."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from ...model.volume import Prediction

COLUMNS = ("prediction_id", *Prediction.model_fields, "recorded_at")


@dataclass(frozen=True)
class PredictionFile:
    """Appends predictions to a file, which is made when there is none; several processes may do so at once."""

    path: str

    def record(self, prediction: Prediction) -> int:
        """Keep a prediction and give its number. Raises OSError, also for a file that holds something else."""
        with open(self.path, "a+", encoding="utf-8", newline="") as file, _locked(file.fileno()):
            file.seek(0)
            number = _last_number(file, self.path) + 1
            row = prediction.model_dump(mode="json")
            row["weekly_distribution"] = json.dumps(row["weekly_distribution"], separators=(",", ":"))
            row |= {"prediction_id": number, "recorded_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
            if not os.fstat(file.fileno()).st_size:
                writer.writeheader()
            writer.writerow(row)
            file.write(text.getvalue())
            file.flush()
            os.fsync(file.fileno())
        return number


def _last_number(file: io.TextIOBase, path: str) -> int:
    reader = csv.DictReader(file)
    if reader.fieldnames is not None and tuple(reader.fieldnames) != COLUMNS:
        raise OSError(f"{path} is not a file of predictions: its columns are not {', '.join(COLUMNS)}")
    last = 0
    for row in reader:
        try:
            last = max(last, int(row["prediction_id"]))
        except ValueError:
            raise OSError(f"{path}: line {reader.line_num}: prediction_id is not a number") from None
    return last


@contextmanager
def _locked(descriptor: int) -> Iterator[None]:
    """Hold the file for oneself where the platform can."""
    try:
        import fcntl
    except ImportError:  # Windows: one writer at a time is left to the caller
        yield
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    yield  # closing the file lets go

"""Reading a plan whose figures are to be counted."""

from __future__ import annotations

from pathlib import Path

from ...errors import Problem, ScenarioError
from ...model.document import Document
from ...model.json_document import parse_json
from ...model.plan import Plan
from ...model.text_file import read_text
from ...model.validation_errors import validate


def read_finished_plan(path: str | Path) -> Plan:
    """The plan of a JSON file.

    Raises
    ------
    ScenarioError
        When the file is no plan of this program, or one that holds no sends because none was found.
    """
    source = str(path)
    plan = validate(Plan, Document(parse_json(read_text(Path(path)), source), source))
    if plan.status in ("infeasible", "unknown"):
        problem = Problem(f"found {plan.status!r}: there is no plan in it to be counted", "status")
        raise ScenarioError(source, [problem])
    return plan

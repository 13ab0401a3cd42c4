from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import schedsolve
from schedsolve.model.catalog import Style
from schedsolve.model.difference import difference
from schedsolve.model.placement import Conflict, Nearby, Otherwise, Placement, ScoreLine, WhyNot

from .conftest import Run
from .sample_plans import plan

PLACE = Placement(
    scheduled_date="2025-01-21",
    scheduled_time="18:00:00",
    scheduled_at_utc="2025-01-21T23:00:00Z",
    send_type_key="ppv_unlock",
    ppv_style=Style.WINNER,
)
ASKED = ("why-not", "week.yaml", "plan.json", "--at", "Tue 18:00", "--type", "ppv_unlock", "--style", "winner")


def otherwise(price: float = 12.34) -> Otherwise:
    made = plan()
    return Otherwise(
        value=90.0,
        bound=95.0,
        price=price,
        least=3.0,
        most=20.0,
        score=(
            ScoreLine(rule="send-timing", before=50.0, after=37.0, change=-13.0),
            ScoreLine(rule="half-day", before=0.0, after=0.7, change=0.7),
        ),
        difference=difference(made.items, made.items[1:]),
        plan=made,
    )


def answer(**changes: Any) -> WhyNot:
    fields: dict[str, Any] = {
        "placement": PLACE,
        "present": False,
        "effort": "quick",
        "seed": 7,
        "value": 102.3,
        "bound": 110.0,
        "otherwise": otherwise(),
    }
    return WhyNot(**(fields | changes))


FORBIDDEN = {
    "otherwise": None,
    "conflicts": (Conflict(rules=("round-minute",), message="ppv_unlock at Tue 18:00 is at a round minute"),),
}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, run: Run) -> Any:
    """Lets `why_not` answer what a test says, about a plan.json; gives the list of its calls."""

    def arrange(outcome: WhyNot) -> list[Any]:
        Path("plan.json").write_text(plan().to_json())
        calls: list[Any] = []

        def fake(*arguments: Any, **options: Any) -> WhyNot:
            calls.append((arguments[2:], options))
            return outcome

        monkeypatch.setitem(vars(schedsolve), "why_not", fake)
        return calls

    return arrange


def test_the_price_the_score_and_the_moves_are_told(run: Run, answers: Any) -> None:
    answers(answer())
    result = run(*ASKED)
    assert (result.exit_code, result.stderr) == (0, "")
    words = " ".join(result.stdout.split())
    assert "ppv winner on Tue 21 Jan at 18:00 can be: it costs 12.3 points" in words
    assert "between 3.0 and 20.0" in words
    assert "send-timing 50.0 37.0 −13.0" in words
    assert "1 goes" in words
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_a_conflict_is_an_answer_with_the_nearest_minute(run: Run, answers: Any) -> None:
    near = Nearby(
        placement=PLACE.model_copy(update={"scheduled_time": "18:01:00"}), minutes=1, otherwise=otherwise(12.3)
    )
    answers(answer(**FORBIDDEN, nearest=near))
    result = run(*ASKED)
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert "ppv winner on Tue 21 Jan at 18:00 cannot be:" in words
    assert "is at a round minute (round-minute)" in words
    assert "ppv winner on Tue 21 Jan at 18:01, 1 min later, can be: it would cost 12.3 points" in words


def test_where_no_minute_nearby_is_allowed_it_says_so(run: Run, answers: Any) -> None:
    answers(answer(**FORBIDDEN))
    assert "nor can it be at any minute within half an hour" in run(*ASKED).stdout


def test_of_a_send_that_is_there_it_tells_what_would_be_lost(run: Run, answers: Any) -> None:
    answers(answer(present=True))
    assert "is in the plan: without it the week loses 12.3 points" in " ".join(run(*ASKED).stdout.split())
    answers(answer(present=True, otherwise=otherwise(-2.0)))
    assert "without it the week even gains 2.0 points" in " ".join(run(*ASKED).stdout.split())


def test_json_is_one_document_without_wall_clock_figures(run: Run, answers: Any) -> None:
    answers(answer())
    told = json.loads(run(*ASKED, "--json").stdout)
    assert (told["kind"], told["otherwise"]["price"]) == ("why-not", 12.34)
    assert told["otherwise"]["plan"]["timings"]["wall_seconds"] is None
    assert told["otherwise"]["difference"]["counts"]["dropped"] == 1


def test_options_reach_the_question(run: Run, answers: Any) -> None:
    calls = answers(answer())
    run(*ASKED, "--effort", "thorough", "--seed", "5")
    arguments, options = calls[0]
    assert arguments == ("Tue 18:00", "ppv_unlock", "winner")
    assert (options["effort"], options["seed"]) == ("thorough", 5)


@pytest.mark.parametrize(
    ("option", "value"),
    [("--at", "someday"), ("--at", "2025-03-01 18:01"), ("--type", "bundel"), ("--style", "plain"), ("--seed", "-1")],
)
def test_bad_arguments_end_with_2(run: Run, answers: Any, option: str, value: str) -> None:
    calls = answers(answer())
    result = run(*ASKED, option, value)
    assert (result.exit_code, result.stdout, calls) == (2, "", [])
    assert "Error:" in result.stderr


def test_bad_files_end_with_3(run: Run, answers: Any) -> None:
    answers(answer())
    Path("plan.json").write_text("{}")
    assert run(*ASKED).exit_code == 3
    Path("week.yaml").write_text("{}")
    assert run(*ASKED).exit_code == 3

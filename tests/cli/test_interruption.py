from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from schedsolve.cli.interruption import Interruptible
from schedsolve.solver.progress import Cancellation
from schedsolve.solver.search import BUDGETS

from .conftest import TEMPLATE

SOLVE = [sys.executable, "-m", "schedsolve", "solve", str(TEMPLATE), "--effort", "thorough", "--json"]
STUBBORN = """
import sys, time, schedsolve
def solve(scenario, progress=None, **options):
    from schedsolve.solver.progress import Progress
    progress(Progress("first plan", 1.0, None, None, 0.1))
    time.sleep(60)
schedsolve.solve = solve
from schedsolve.cli.main import main
main()
"""
GENTLE = """
import sys, time, schedsolve
from tests.cli.sample_plans import without_a_plan
def solve(scenario, progress=None, cancellation=None, **options):
    from schedsolve.solver.progress import Progress
    progress(Progress("reading", None, None, None, 0.1))
    while not cancellation.cancelled:
        time.sleep(0.01)
    return without_a_plan("unknown", "no-plan", "the search was stopped before a first plan was found")
schedsolve.solve = solve
from schedsolve.cli.main import main
main()
"""


def started(command: list[str], sign: str) -> subprocess.Popen[str]:
    """The command, once it has said `sign` on stderr."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        if sign in line:
            return process
    pytest.fail(f"ended with {process.wait()} without a word of {sign!r}")


def in_python(script: str) -> list[str]:
    return [sys.executable, "-c", script, "solve", str(TEMPLATE)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_search_with_the_best_plan_so_far(number: int) -> None:
    process = started(SOLVE, "first plan")
    process.send_signal(number)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 0, stderr
    plan = json.loads(stdout)
    assert plan["items"]
    assert plan["timings"]["deterministic_time"] < BUDGETS["standard"].improve / 2
    assert plan["reproducible"] is False
    assert plan["audit"]["verdict"] == "passed"


def test_a_signal_before_the_first_plan_exits_with_5() -> None:
    process = started(in_python(GENTLE), "reading")
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=30)
    assert (process.returncode, stdout) == (5, "")
    assert "stopped before a first plan" in stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_second_signal_ends_the_process_at_once(number: int, code: int) -> None:
    process = started(in_python(STUBBORN), "first plan")
    process.send_signal(number)
    time.sleep(0.5)
    assert process.poll() is None
    process.send_signal(number)
    process.communicate(timeout=3)
    assert process.returncode == code


def test_an_echo_of_the_first_signal_is_not_a_second_one() -> None:
    process = started(in_python(GENTLE), "reading")
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 5


def test_the_main_thread_ticks_while_the_work_goes_on() -> None:
    ticks: list[str] = []
    done = threading.Event()

    def tick() -> None:
        ticks.append(threading.current_thread().name)
        done.set()

    result = Interruptible(lambda: done.wait(10), Cancellation(), tick).run()
    assert result is True
    assert set(ticks) == {threading.main_thread().name}


def test_what_the_work_raises_reaches_the_caller() -> None:
    def work() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        Interruptible(work, Cancellation()).run()


def test_signal_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    Interruptible(lambda: None, Cancellation()).run()
    assert signal.getsignal(signal.SIGINT) is before


def test_a_reader_that_stops_reading_is_no_error(tmp_path: Path) -> None:
    script = f"{sys.executable} -m schedsolve schema | head -c 10; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, '{\n  "$sche', "")

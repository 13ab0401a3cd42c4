from __future__ import annotations

import io

import pytest

from schedsolve.cli.progress import ProgressLine
from schedsolve.cli.terminal import decorated
from schedsolve.solver.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def event(phase: str, value: float | None = None, gap: float | None = None, seconds: float = 1.0) -> Progress:
    return Progress(phase, value, None, gap, seconds)


def test_off_a_terminal_every_phase_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine(rewrite=False)
    for told in (event("first plan", 10.0), event("improving", 11.0), event("proving", 11.0, 0.5), event("improving")):
        line.told(told)
        line.tick()
    line.close()
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "first plan: value 10.0, 1.0 s",
        "improving: value 11.0, 1.0 s",
        "proving: value 11.0, gap 50.00%, 1.0 s",
    ]


def test_on_a_terminal_one_line_rewrites_itself_and_is_gone_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    line = ProgressLine(rewrite=True, clock=clock)
    for second in range(5):
        clock.now = float(second)
        line.told(event("improving", 1000.0 + second, 0.25))
        line.tick()
        line.tick()  # too soon: nothing is drawn
    line.close()
    written = capsys.readouterr().err
    assert "\n" not in written
    assert written.count("\r") == 6
    assert "improving   value 1,004.0, gap 25.00%, 4.0 s" in written
    assert written.endswith("\r\x1b[K")


def test_two_phases_in_turn_do_not_flicker(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    line = ProgressLine(rewrite=True, clock=clock)
    for tenth in range(10):
        clock.now = tenth / 10 + 0.001 * tenth
        line.told(event("proving" if tenth % 2 else "improving"))
        line.tick()
    assert "\rproving" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("variables", "expected"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"NO_COLOR": ""}, True)],
)
def test_a_terminal_is_decorated_unless_the_environment_says_no(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert decorated(Terminal()) is expected


def test_a_file_is_never_decorated() -> None:
    assert not decorated(io.StringIO())

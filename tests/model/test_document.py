from __future__ import annotations

import json
import os
import tracemalloc
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from schedsolve.errors import Problem, ScenarioError
from schedsolve.model.document import Document
from schedsolve.model.json_document import parse_json
from schedsolve.model.text_file import MAX_BYTES, MAX_PROBLEMS, read_text
from schedsolve.model.validation_errors import problems_of, validate
from schedsolve.model.yaml_document import MAX_DEPTH, parse_yaml


def faults(text: str) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        parse_yaml(text, "week.yaml")
    assert caught.value.source == "week.yaml"
    return list(caught.value.problems)


def messages_of(error: ScenarioError) -> list[str]:
    return [problem.render(error.source) for problem in error.problems]


def only_fault(text: str) -> Problem:
    (problem,) = faults(text)
    return problem


def places(problems: list[Problem]) -> list[tuple[str, int | None, int | None]]:
    return [(problem.path, problem.line, problem.column) for problem in problems]


# --- reading a file -------------------------------------------------------------------------------


def refusal(path: Path) -> Problem:
    with pytest.raises(ScenarioError) as caught:
        read_text(path)
    assert caught.value.source == str(path)
    (problem,) = caught.value.problems
    assert "\n" not in problem.message
    return problem


def test_a_text_file_is_read_without_its_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    file.write_bytes(b"\xef\xbb\xbfname: caf\xc3\xa9\n")
    assert read_text(file) == "name: café\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"a: \0", "binary"),
        (b"\xff\xfea\x00", "not UTF-8"),
        (b"a" * (MAX_BYTES + 1), "larger than 1024 KiB"),
    ],
    ids=["empty", "blank", "binary", "UTF-16", "large"],
)
def test_a_file_without_usable_text_is_refused_with_a_hint(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "week.yaml"
    file.write_bytes(content)
    problem = refusal(file)
    assert said in problem.message
    assert problem.hint


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    file.write_bytes(b"a" * MAX_BYTES)
    assert len(read_text(file)) == MAX_BYTES


def test_a_byte_that_is_not_utf8_is_located(tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    file.write_bytes(b"a: 1\nb: \xc3\xa9\xff\n")
    problem = refusal(file)
    assert (problem.line, problem.column) == (2, 5)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "none.yaml").message
    assert "folder" in refusal(tmp_path).message


def test_a_path_that_cannot_be_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    file.write_text("a: 1")
    assert "cannot be read" in refusal(file / "deeper").message
    assert "cannot be read" in refusal(Path("a\0b")).message


def test_a_file_without_read_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "week.yaml"
    file.write_text("a: 1")
    monkeypatch.setattr(Path, "open", forbidden)  # tests may run as root, whom no mode stops
    assert "may not be read" in refusal(file).message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_a_device_or_fifo_that_never_ends_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert "not a regular file" in refusal(tmp_path / "fifo").message
    assert "not a regular file" in refusal(Path("/dev/zero")).message


# --- YAML -> data ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("20:30", "20:30"),
        ("2025-01-20", "2025-01-20"),
        ("2025-01-19T21:07", "2025-01-19T21:07"),
        ("yes", "yes"),
        ("1_000", "1_000"),
        ("nan", "nan"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("''", ""),
        ("|\n  a\n  b\n", "a\nb\n"),
        ("", None),
        ("~", None),
        ("Null", None),
        ("TRUE", True),
        ("false", False),
        ("-12", -12),
        ("+7", 7),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        (str(2**63 - 1), 2**63 - 1),
        ("1.", 1.0),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        (r'"\ud83d\ude00"', "😀"),
    ],
)
def test_plain_scalars_follow_the_yaml_1_2_core_schema(written: str, value: object) -> None:
    data = parse_yaml(f"a: {written}", "week.yaml").data
    assert data == {"a": value}
    assert type(data["a"]) is type(value)


def test_whole_number_keys_stay_numbers_and_quoted_ones_text() -> None:
    assert parse_yaml("{0: 12, '1': 13, 0x2: 14}", "w").data == {0: 12, "1": 13, 2: 14}


def test_flow_and_block_styles_give_plain_data() -> None:
    data = parse_yaml("%YAML 1.2\n---\na: [1, {b: c}]\nd:\n- e\n-\n  - f\n? g\n: h\n...\n", "w").data
    assert data == {"a": [1, {"b": "c"}], "d": ["e", ["f"]], "g": "h"}
    assert type(data) is dict
    assert type(data["a"]) is list


def test_json_text_is_read_as_yaml_too() -> None:
    assert parse_yaml('{"a": [1, 2.5, null, true, "x"]}', "w").data == {"a": [1, 2.5, None, True, "x"]}


def test_every_value_and_key_has_a_place() -> None:
    document = parse_yaml("a: 1\nb:\n  - x\n  - {c: 20:30}\nd:\ne: 2\n", "w")
    assert document.position(()) == (1, 1)
    assert document.position(("b",)) == (3, 3)
    assert document.key_position(("b",)) == (2, 1)
    assert document.position(("b", 1, "c")) == (4, 9)
    assert document.key_position(("b", 1, "c")) == (4, 6)
    assert document.key_position(("b", 0)) == (3, 5)
    assert document.position(("d",)) == (5, 1), "a value that is not written stands at its key"


def test_a_path_that_is_not_there_falls_back_to_what_is_around_it() -> None:
    document = parse_yaml("a:\n  b: 1\n", "w")
    assert document.position(("a", "c", 3)) == document.position(("a",)) == (2, 3)
    assert Document({}, "built in Python").position(("a",)) is None


# --- YAML that is refused -------------------------------------------------------------------------


def test_a_duplicate_key_names_both_places() -> None:
    problem = only_fault("a: 1\nb:\n  c: 1\n  'c': 2\n")
    assert (problem.path, problem.line, problem.column) == ("b.c", 4, 3)
    assert problem.message == "the key 'c' is there twice; the first one is at line 3, column 3"


def test_keys_that_mean_the_same_number_are_duplicates() -> None:
    assert "twice" in only_fault("{1: a, 0x1: b}").message


def test_faults_are_collected_and_sorted_by_place() -> None:
    problems = faults("a: [1, .nan, -.INF]\nb: &x 1\nc: *x\na: 2\nd: !!str 3\ne: 1e999\n")
    assert places(problems) == [
        ("a[1]", 1, 8),
        ("a[2]", 1, 14),
        ("b", 2, 4),
        ("c", 3, 4),
        ("a", 4, 1),
        ("d", 5, 4),
        ("e", 6, 4),
    ]
    assert problems[3].message == "YAML aliases are not allowed"


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ("a: b: c", "mapping values are not allowed here", (1, 5)),
        ("a:\n\tb: 1", "'\\t'", (2, 1)),
        ("a: 'x", "quoted scalar", (1, 6)),
        ("a: [1 2}\n", "expected ',' or ']'", (1, 8)),
        ("a: \x01", "U+0001", (1, 4)),
        ('a: "\\U99999999"', "not YAML", (1, 2)),
        ("[1, 2]", "found a list of 2 items at the top, must be a mapping", (1, 1)),
        ("hello", "found 'hello' at the top, must be a mapping", (1, 1)),
        ("", "nothing in it", (1, 1)),
        ("# only a comment\n", "nothing in it", (1, 1)),
        ("a: 1\n---\nb: 2\n", "second YAML document", (2, 1)),
        ("%YAML 1.1\n---\na: 1", "only YAML 1.2", (2, 1)),
        ("a: *b", "aliases", (1, 4)),
        ("*a", "aliases", (1, 1)),
        ("<<: *a", "aliases", (1, 5)),
        ("a: !foo {b: 1}", "tags", (1, 4)),
        ("? [1]\n: 2", "found a list of 1 item as a key", (1, 3)),
        ("? {a: 1}\n: 2", "found a mapping as a key", (1, 3)),
        ("null: 1", "found nothing as a key", (1, 1)),
        ("true: 1", "found true as a key", (1, 1)),
        ("1.5: 1", "found 1.5 as a key", (1, 1)),
        ("a: 12345678901234567890", "at most 19 digits", (1, 4)),
        ("a: 0xFFFFFFFFFFFFFFFFFFFF", "at most 19 digits", (1, 4)),
        ("a: .NaN", "must be a finite number", (1, 4)),
        ("a: +.iNf", "must be a finite number", (1, 4)),
        (r'a: "\ud800"', "half a character", (1, 4)),
    ],
)
def test_what_is_not_plain_yaml_is_refused_at_its_place(text: str, said: str, place: tuple[int, int]) -> None:
    problem = only_fault(text)
    assert said in problem.message
    assert (problem.line, problem.column) == place
    assert "\n" not in problem.message


def test_an_integer_of_a_million_digits_is_shown_short() -> None:
    assert len(only_fault("a: " + "9" * 1_000_000).message) < 120


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{" * 100_000,
        "a: " + "[" * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "{a: " * 100_000,
        "\n".join(" " * depth + "a:" for depth in range(1000)),
        "a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH,
    ],
    ids=lambda text: text[:6],
)
def test_deep_nesting_is_refused_early_and_cheaply(text: str) -> None:
    tracemalloc.start()
    try:
        problems = faults(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert f"nested more than {MAX_DEPTH} levels" in problems[-1].message
    assert problems[-1].line is not None
    assert peak < 20_000_000


def test_the_deepest_nesting_allowed_is_read() -> None:
    inner = MAX_DEPTH - 1
    data = parse_yaml("a: " + "[" * inner + "]" * inner, "w").data
    for _ in range(inner - 1):
        data = data["a"] if isinstance(data, dict) else data[0]
    assert data == [[]]


def test_a_billion_laughs_are_not_laughed() -> None:
    lines = ["a0: &a0 [lol, lol]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    problems = faults("\n".join(lines))
    assert {problem.message for problem in problems} == {
        "YAML aliases are not allowed",
        "YAML anchors are not allowed",
    }


def test_too_many_values_or_too_much_text_are_refused() -> None:
    assert "more than 50,000 values" in only_fault("a: [" + "1," * 60_000 + "]").message
    assert "larger than" in only_fault("#" * (MAX_BYTES + 1)).message


def test_a_flood_of_faults_is_cut_off() -> None:
    problems = faults("\n".join(f"a{i}: .nan" for i in range(1000)))
    assert len(problems) == MAX_PROBLEMS + 1
    assert "too many problems" in problems[-1].message


YAML_PIECES = [
    *["a", "b", ": ", ":", "- ", "\n", "\n  ", " ", "[", "]", "{", "}", ",", "'", '"', "&x ", "*x", "!t "],
    *["? ", "|", ">", "#", "%YAML 1.2\n", "---\n", "...\n", "\t", "1", ".nan", "0x", "~", "\\", "\\U", "\r"],
    *["<<", "\x85", "\u2028", "\ufeff"],
]  # fmt: skip
YAML_LIKE = st.lists(st.sampled_from(YAML_PIECES), max_size=60).map("".join)


def plain(value: object) -> bool:
    match value:
        case dict():
            return all(type(key) in (str, int) and plain(inner) for key, inner in value.items())
        case list():
            return all(map(plain, value))
    return value is None or type(value) in (str, int, float, bool)


@given(st.text() | YAML_LIKE | st.text(alphabet=st.characters(min_codepoint=0xD700, max_codepoint=0x10FFFF)))
def test_any_text_gives_a_document_or_a_scenario_error(text: str) -> None:
    try:
        data = parse_yaml(text, "w").data
    except ScenarioError as error:
        data = {}
        lines = messages_of(error)
    else:
        lines = ["fine"]
    assert isinstance(data, dict)
    assert plain(data)
    assert lines
    assert not any("\n" in line for line in lines)


# --- JSON -----------------------------------------------------------------------------------------

JSON_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
JSON_VALUES = st.recursive(
    JSON_SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


def json_faults(text: str) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        parse_json(text, "plan.json")
    return list(caught.value.problems)


@given(JSON_VALUES)
def test_json_written_by_python_is_read_back(value: object) -> None:
    assert parse_json(json.dumps(value), "plan.json") == value
    assert parse_json(json.dumps(value, ensure_ascii=False, indent=1), "plan.json") == value


@given(st.text() | st.text(alphabet='{}[],:"\\u0129deNaInfity.-+ \n'))
def test_any_text_gives_json_data_or_a_scenario_error(text: str) -> None:
    try:
        parse_json(text, "plan.json")
    except ScenarioError as error:
        lines = messages_of(error)
    else:
        lines = ["fine"]
    assert lines
    assert not any("\n" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        (
            '{"a": 1,\n "b": {"a": 2},\n "\\u0061": 3}',
            "'a' is there twice; the first one is at line 1, column 2",
            (3, 2),
        ),
        ('{"a": [1, NaN]}', "found NaN, must be a finite number", (1, 11)),
        ('{"a": -Infinity}', "found -Infinity", (1, 7)),
        ('{"a": 1e999}', "found 1e999", (1, 7)),
        ('{"a": ' + "9" * 5000 + "}", "at most 19 digits", (1, 7)),
        (r'["\ud800"]', "half a character", (1, 2)),
        ('{"a": }', "not JSON: Expecting value", (1, 7)),
        ("", "not JSON", (1, 1)),
        ("[" * 100_000, "nested more than 64 levels", (1, 65)),
        ('{"a":' * 100_000, "nested more than 64 levels", (1, 321)),
        ('"' + '\\"' * 400_000, "not JSON: Unterminated string", (1, 1)),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_not_strict_json_is_refused_at_its_place(text: str, said: str, place: tuple[int, int]) -> None:
    (problem,) = json_faults(text)
    assert said in problem.message
    assert (problem.line, problem.column) == place


def test_all_faults_of_a_json_text_are_told() -> None:
    assert len(json_faults('{"a": NaN, "a": Infinity, "b": 1e999}')) == 4


def test_brackets_inside_json_text_are_no_nesting() -> None:
    assert parse_json('{"a": "' + "[" * 100 + '", "b": "NaN \\" {"}', "p") == {"a": "[" * 100, "b": 'NaN " {'}


# --- pydantic's errors ----------------------------------------------------------------------------


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


def even(value: int) -> int:
    if value % 2:
        raise ValueError(f"found {value},\n expected an even number")
    return value


def as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class Walk(Part):
    kind: Literal["walk"]
    steps: Annotated[int, Field(ge=0)]


class Ride(Part):
    kind: Literal["ride"]
    ride: int
    colour: Colour = Field(default=Colour.RED, strict=False)


class Spacing(Part):
    minutes: Annotated[int, Field(ge=1, le=1440), AfterValidator(even)] = 2


class Rules(Part):
    min_spacing: Spacing = Field(default_factory=Spacing, alias="min-spacing")


class Lock(Part):
    at: str
    note: Annotated[str, Field(min_length=2, max_length=4)] = "none"

    @model_validator(mode="after")
    def not_now(self) -> Lock:
        if self.at == "now":
            raise ValueError("now is too late")
        return self


class Week(Part):
    name: str = ""
    days: Annotated[int, Field(le=28)] = 7
    share: Annotated[float, Field(gt=0, lt=1)] = 0.5
    level: Literal["low", "high", 3] = "low"
    on: bool = True
    rules: Rules | None = None
    locks: Annotated[tuple[Lock, ...], BeforeValidator(as_tuple), Field(max_length=2)] = ()
    totals: list[int] | dict[Annotated[int, Field(le=6)], int] = []
    width: Annotated[int, Field(ge=0)] | Literal["auto", "full"] = "auto"
    trips: dict[str, Annotated[Walk | Ride, Field(discriminator="kind")]] = {}
    either: Walk | Ride | None = None
    shade: Colour | None = None
    until: date | None = Field(default=None, alias="till")


def told(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        validate(Week, parse_yaml(text, "w"))
    return [problem.render("w") for problem in caught.value.problems]


def test_a_valid_document_becomes_the_model() -> None:
    week = validate(Week, parse_yaml("days: 3\nrules: {min-spacing: {minutes: 4}}\nlocks: [{at: x}]\n", "w"))
    assert week.days == 3
    assert week.rules is not None
    assert week.rules.min_spacing.minutes == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("days: 'yes'", "w:1:7: days: found 'yes', must be a whole number"),
        ("days: 29", "w:1:7: days: found 29, must be at most 28"),
        ("days: 1.5", "w:1:7: days: found 1.5, must be a whole number"),
        ("days:\non: true", "w:1:1: days: found nothing, must be a whole number"),
        ("share: 0", "w:1:8: share: found 0, must be more than 0.0"),
        ("share: 1.0", "w:1:8: share: found 1.0, must be less than 1.0"),
        ("on: yes", "w:1:5: on: found 'yes', must be true or false"),
        ("name: 5", "w:1:7: name: found 5, must be text"),
        ("rules: [1]", "w:1:8: rules: found a list of 1 item, must be a mapping of keys to values"),
        (
            "rules:\n  min-spacing: {minutes: -5}",
            "w:2:26: rules.min-spacing.minutes: found -5, must be at least 1",
        ),
        (
            "locks: [{at: x}, {at: x, note: a}]",
            "w:1:32: locks[1].note: found 'a', must be text of length 2 or more",
        ),
        ("locks: [{at: x}, {at: x}, {at: x}]", "w:1:8: locks: found 3 items, must be at most 2"),
        ("locks:\n- {at: x}\n- {note: abc}", "w:3:3: locks[1].at: this key is missing"),
        ("trips: {a: {steps: 1}}", "w:1:12: trips.a: the key 'kind' is missing"),
        ("totals: {7: 1}", "w:1:10: totals[7]: found 7 as a key, must be at most 6"),
        ("shade: red", "w:1:8: shade: found 'red', must be an instance of Colour"),
        ("until: 1", "w:1:1: until: unknown key (did you mean till?)"),
        ("till: 2025-01-20", "w:1:7: till: found '2025-01-20', must be a date such as 2025-01-20"),
        ("1: x", "w:1:1: [1]: found 1 as a key, must be text"),
    ],
)
def test_a_fault_is_told_with_its_place_its_value_and_what_is_allowed(text: str, expected: str) -> None:
    assert told(text) == [expected]


def test_a_value_error_is_told_in_its_own_words_on_one_line() -> None:
    assert told("rules: {min-spacing: {minutes: 3}}") == [
        "w:1:32: rules.min-spacing.minutes: found 3, expected an even number"
    ]
    assert told("locks:\n- at: now\n") == ["w:2:3: locks[0]: now is too late"]


def test_an_unknown_key_is_placed_at_the_key_and_gets_a_suggestion() -> None:
    assert told("rules:\n  min_spacing: {minutes: 3}\n") == [
        "w:2:3: rules.min_spacing: unknown key (did you mean min-spacing?)"
    ]
    assert told("locks: [{at: x, nite: abc}]") == ["w:1:17: locks[0].nite: unknown key (did you mean note?)"]


def test_an_unknown_key_like_no_other_lists_the_allowed_ones() -> None:
    assert told("locks: [{at: x, zzz: 1}]") == ["w:1:17: locks[0].zzz: unknown key (allowed here: at, note)"]


def test_the_keys_of_the_branch_that_was_taken_are_suggested() -> None:
    assert told("trips: {a: {kind: walk, steps: 1, zz: 2}}") == [
        "w:1:35: trips.a.zz: unknown key (allowed here: kind, steps)"
    ]


def test_a_misspelt_choice_lists_the_choices_and_gets_a_suggestion() -> None:
    assert told("level: hgih") == ["w:1:8: level: found 'hgih', must be one of 'low', 'high' or 3 (did you mean high?)"]
    assert told("trips: {a: {kind: ride, ride: 1, colour: Rod}}") == [
        "w:1:42: trips.a.colour: found 'Rod', must be one of 'red' or 'blue' (did you mean red?)"
    ]
    assert told("trips: {a: {kind: wlak}}") == [
        "w:1:12: trips.a: found 'wlak' as 'kind', must be one of 'walk', 'ride' (did you mean walk?)"
    ]


def test_a_union_tag_spelt_like_a_key_is_not_taken_for_one() -> None:
    assert told("trips: {a: {kind: ride}}") == ["w:1:12: trips.a.ride: this key is missing"]
    assert told("trips: {a: {kind: ride, ride: x}}") == ["w:1:31: trips.a.ride: found 'x', must be a whole number"]
    assert told("trips: {a: {kind: ride, ride: {}, colour: blue}}") == [
        "w:1:31: trips.a.ride: found an empty mapping, must be a whole number"
    ]


def test_branches_that_all_fail_are_merged_to_one_problem() -> None:
    assert told("totals: x") == ["w:1:9: totals: found 'x', must be a list or a mapping of keys to values"]
    assert told("width: atuo") == [
        "w:1:8: width: found 'atuo', must be a whole number or one of 'auto' or 'full' (did you mean auto?)"
    ]


def test_only_the_branch_that_the_value_resembles_is_told() -> None:
    assert told("totals: [1, x]") == ["w:1:13: totals[1]: found 'x', must be a whole number"]
    assert told("totals: {1: x}") == ["w:1:13: totals[1]: found 'x', must be a whole number"]
    assert told("width: -1") == ["w:1:8: width: found -1, must be at least 0"]
    assert told("either: {kind: ride, colour: red}") == ["w:1:9: either.ride: this key is missing"]


def test_problems_are_sorted_by_place() -> None:
    lines = told("zeta: 1\nlocks: [{}]\ndays: x\nname: 1\n")
    assert [line.split(": ")[0] for line in lines] == ["w:1:1", "w:2:9", "w:3:7", "w:4:7"]


def test_a_flood_of_wrong_values_is_cut_off() -> None:
    lines = told("totals: [" + "x, " * 500 + "]")
    assert len(lines) == MAX_PROBLEMS + 1
    assert lines[-1] == "w: 400 more problems are not shown"


def problems_without_a_document(**values: Any) -> list[Problem]:
    with pytest.raises(ValidationError) as caught:
        Week(**values)
    return problems_of(caught.value, None, Week)


def test_a_model_built_in_python_has_paths_without_lines() -> None:
    problems = problems_without_a_document(totals=[1, "x"], either={"kind": "ride", "ride": "x"}, dyas=1)
    assert [problem.render("Week") for problem in problems] == [
        "Week: dyas: unknown key (did you mean days?)",
        "Week: totals[1]: found 'x', must be a whole number",
        "Week: either.ride: found 'x', must be a whole number",
    ]


@pytest.mark.parametrize(
    "value",
    [10**30, 10**5000, "x" * 10_000, "\n" * 500, [[0] * 500], object()],
    ids=lambda value: type(value).__name__,
)
def test_a_value_of_any_size_is_shown_in_one_short_line(value: object) -> None:
    (problem,) = problems_without_a_document(days=value)
    assert len(problem.message) < 120
    assert "\n" not in problem.message


@given(JSON_VALUES)
def test_any_value_anywhere_is_accepted_or_told(value: Any) -> None:
    lines = []
    for name in Week.model_fields:
        try:
            validate(Week, Document({name: value}, "w"))
        except ScenarioError as error:
            lines += messages_of(error)
    assert not any("\n" in line for line in lines)

"""Reading tables: what CSV and JSON give, and how every fault is told."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AliasChoices, ConfigDict, Field

from schedsolve.analytics import tables
from schedsolve.analytics.tables import Row, parse_rows, read_rows
from schedsolve.errors import InputError, Problem, SchedsolveError, TableError
from schedsolve.model.fields import Day


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Sale(Row):
    id: str
    count: Annotated[int, Field(ge=0)]
    price: float | None
    note: str = ""


class Everything(Row):
    whole: int | None = None
    number: float | None = None
    truth: bool | None = None
    day: Day | None = None
    plain_day: date | None = None
    moment: datetime | None = None
    colour: Colour | None = None
    choice: Literal["a", "b"] | None = None
    text: str | None = None


class Named(Row):
    model_config = ConfigDict(populate_by_name=True)

    id: str = Field(validation_alias=AliasChoices("id", "slot_id"))


HEADER = "id,count,price,note\n"


def faults(text: str, source: str = "sales.csv", row_type: type[Row] = Sale) -> list[str]:
    with pytest.raises(TableError) as caught:
        parse_rows(text, source, row_type)
    assert caught.value.source == source
    return [problem.render(source) for problem in caught.value.problems]


def only(field: str, cell: str) -> object:
    (row,) = parse_rows(f"{field},other\n{cell},x\n", "all.csv", Everything)
    value: object = getattr(row, field)
    return value


def test_csv_cells_become_what_the_columns_ask_for() -> None:
    rows = parse_rows(HEADER + "a,3,2.50,\n" + 'b,0,,"so, so"\n', "sales.csv", Sale)
    assert rows == (Sale(id="a", count=3, price=2.5), Sale(id="b", count=0, price=None, note="so, so"))


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("whole", "10", 10),
        ("whole", " -3 ", -3),
        ("whole", "1000000000", 10**9),
        ("number", "1e3", 1000.0),
        ("number", ".5", 0.5),
        ("truth", "TRUE", True),
        ("truth", "0", False),
        ("day", "2025-01-20", date(2025, 1, 20)),
        ("plain_day", "2025-01-20", date(2025, 1, 20)),
        ("moment", "2025-01-20 21:07:30", datetime(2025, 1, 20, 21, 7, 30)),
        ("colour", "blue", Colour.BLUE),
        ("choice", "b", "b"),
        ("text", "007", "007"),
        ("text", " kept as it is ", " kept as it is "),
        ("text", "  ", None),
        ("whole", "", None),
    ],
)
def test_text_becomes_a_value(field: str, cell: str, value: object) -> None:
    assert only(field, cell) == value


@pytest.mark.parametrize(
    ("field", "cell", "said"),
    [
        ("whole", "3.0", "found '3.0', must be a whole number"),
        ("whole", "1_000", "must be a whole number"),
        ("whole", "9" * 20, "must be a whole number"),
        ("number", "ten", "found 'ten', must be a number"),
        ("number", "nan", "must be a number"),
        ("number", "-inf", "must be a number"),
        ("number", "1e999", "found inf, must be a finite number"),
        ("truth", "maybe", "must be true or false"),
        ("day", "20.01.2025", "expected a date in the form 2025-01-20"),
        ("plain_day", "2025-02-30", "must be a date such as 2025-01-20"),
        ("moment", "2025-02-30T10:00", "must be a date and time"),
        ("colour", "green", "found 'green', must be"),
        ("choice", "c", "must be one of 'a' or 'b'"),
    ],
)
def test_a_bad_cell_is_told_with_its_line_and_column(field: str, cell: str, said: str) -> None:
    (told,) = faults(f"{field},other\n{cell},x\n", "all.csv", Everything)
    assert told.startswith(f"all.csv:2: {field}: ")
    assert said in told


def test_all_faults_are_told_at_once_by_the_line_on_which_a_row_begins() -> None:
    text = HEADER + 'a,-1,x,\n\nb,2,3,"two\nlines"\n,1,1,\nd,1\n'
    assert faults(text) == [
        "sales.csv:2: count: found -1, must be at least 0",
        "sales.csv:2: price: found 'x', must be a number",
        "sales.csv:6: id: found nothing, must be text",
        "sales.csv:7: this row has 2 cells, the first line names 4 (text that holds a comma stands in double quotes)",
    ]


def test_after_a_hundred_faults_reading_ends() -> None:
    told = faults(HEADER + "a,-1,1,\n" * 200)
    assert len(told) == 101
    assert told[-1] == "sales.csv:102: rows from here on were not checked"


def test_a_missing_column_is_one_fault_that_names_those_found() -> None:
    assert faults("id,note,price\na,,1\nb,,1\n") == [
        "sales.csv:1: the column count is missing; found id, note, price",
    ]
    assert faults('[{"id": "a"}, {"x": 1}]', "sales.json") == [
        "sales.json:1: the columns count, price are missing; found id, x",
    ]


def test_a_json_row_may_leave_out_what_another_row_has() -> None:
    rows = parse_rows('[{"id": "a", "count": 1}, {"count": 2, "id": "b", "price": 3}]', "sales.json", Sale)
    assert [row.price for row in rows] == [None, 3]
    assert faults('[{"id": "a", "price": 1}, {"count": 2, "id": "b"}]', "sales.json") == [
        "sales.json:1: count: found nothing, must be a whole number",
    ]


def test_a_column_may_have_more_than_one_name() -> None:
    assert parse_rows("slot_id\na\n", "x.csv", Named) == (Named(id="a"),)
    assert parse_rows("id\nb\n", "x.csv", Named) == (Named(id="b"),)
    assert parse_rows("slot_id,id\na,b\n", "x.csv", Named) == (Named(id="b"),)
    assert faults("slot\n\n", "x.csv", Named) == ["x.csv:1: the column id is missing; found slot"]


def test_a_table_with_semicolons_is_told_to_use_commas() -> None:
    (told,) = faults("id;count;price\na;1;2\n")
    assert "separate columns with commas" in told


def test_further_columns_are_ignored_whatever_they_hold() -> None:
    (row,) = parse_rows("id,count,price,earned,\na,1,1,lots,?\n", "sales.csv", Sale)
    assert row.id == "a"


def test_a_column_named_twice_is_refused() -> None:
    assert faults("id,count,id,price\n") == ["sales.csv:1: 'id' names more than one column (rename one)"]


def test_a_column_that_may_be_left_out_has_its_default() -> None:
    (row,) = parse_rows("id,count,price\na,1,1\n", "sales.csv", Sale)
    assert row.note == ""


def test_a_table_without_rows_is_no_fault() -> None:
    assert parse_rows(HEADER, "sales.csv", Sale) == ()
    assert parse_rows(" [ ]\n", "sales.json", Sale) == ()


def test_lines_without_a_filled_cell_are_skipped() -> None:
    assert len(parse_rows(HEADER + ",,,\na,1,1,\n\n , ,,\n", "sales.csv", Sale)) == 1


@pytest.mark.parametrize("row", ['"a,1,1,\n', '"a"b,1,1,\n'], ids=["open quote", "text after a quote"])
def test_broken_quotes_are_told_with_the_line_on_which_the_row_begins(row: str) -> None:
    (told,) = faults(HEADER + "a,1,1,\n" + row + "c,1,1,\n")
    assert told.startswith("sales.csv:3: this row is not CSV: ")


def test_faults_before_the_place_where_reading_fails_are_told_too() -> None:
    assert len(faults(HEADER + "a,-1,1,\n" + '"b')) == 2


def test_json_rows_give_the_same_as_csv() -> None:
    text = '[{"id": "a", "count": 3, "price": 2},\n {"count": 0, "id": "b", "price": null, "note": null, "x": [1]}]'
    assert parse_rows(text, "sales.json", Sale) == (
        Sale(id="a", count=3, price=2.0),
        Sale(id="b", count=0, price=None),
    )
    (row,) = parse_rows('[{"day": "2025-01-20", "colour": "red"}]', "x.json", Everything)
    assert (row.day, row.colour) == (date(2025, 1, 20), Colour.RED)


def test_text_that_begins_like_a_list_is_json_whatever_it_is_called() -> None:
    assert parse_rows('\n[{"id": "a", "count": 3, "price": 2}]', "-", Sale)[0].count == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"id": "a"}', "x.json:1:1: must be [ here: the table is a list of objects"),
        ('[\n{"whole": 1},\n\n{"whole": true}]', "x.json:4: whole: found true, must be a whole number"),
        ('[{"number": NaN}]', "x.json:1: number: found nan, must be a finite number"),
        ('[{"whole": 1.5}]', "x.json:1: whole: found 1.5, must be a whole number"),
        ('[{"whole": 1},\n 7]', "x.json:2: found 7 as a row, must be an object of columns"),
        ("[7]", "x.json:1: found 7 as a row, must be an object of columns"),
        ('[{"whole": 1}\n {"whole": 2}]', "x.json:2:2: must be ] here: the list goes on with a comma or ends with ]"),
        ('[{"whole": 1},\n]', "x.json:2:1: this is not JSON: Expecting value"),
        ('[{"whole": 1}] []', "x.json:1:16: this is not JSON: there is more after the list"),
        ('[\n{"whole": 1, "whole": 2}]', "x.json:2: this row cannot be read: the key 'whole' is there twice"),
        ('[\n{"whole": [1, }]', "x.json:2:15: this is not JSON"),
        ('[{"text": "\\ud83d"}]', "x.json:1: text: holds half a character"),
        ('[{"x": ' + "[" * 100_000, "nested too deep"),
        ('[{"whole": ' + "9" * 5_000 + "}]", "this row cannot be read"),
    ],
)
def test_json_faults_are_told_with_their_places(text: str, said: str) -> None:
    (told,) = faults(text, "x.json", Everything)
    assert said in told


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "sales.csv"
    file.write_bytes(b"\xef\xbb\xbf" + HEADER.encode() + "é,1,1,\r\n".encode())
    assert read_rows(file, Sale)[0].id == "é"
    assert read_rows(str(file), Sale)[0].id == "é"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"id,\0", "binary"),
        (b"id,count,price\n\xe9,1,1\n", "sales.csv:2:1: the file is not UTF-8 text"),
    ],
)
def test_a_file_without_a_table_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "sales.csv"
    file.write_bytes(content)
    with pytest.raises(TableError, match=said):
        read_rows(file, Sale)


def test_a_missing_file_is_a_table_error_with_the_exit_code_of_bad_input(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="does not exist") as caught:
        read_rows(tmp_path / "none.csv", Sale)
    assert caught.value.exit_code == 3
    assert isinstance(caught.value, InputError)
    assert isinstance(caught.value, SchedsolveError)
    assert isinstance(caught.value.problems[0], Problem)


def test_rows_and_bytes_are_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    assert len(parse_rows(HEADER + "a,1,1,\n" * 2, "sales.csv", Sale)) == 2
    assert faults(HEADER + "a,1,1,\n" * 3) == ["sales.csv:4: the table has more than 2 rows (split it)"]
    large = tmp_path / "large.csv"
    large.write_bytes(b"a" * (tables.TABLE.max_bytes + 1))
    with pytest.raises(TableError, match="larger than"):
        read_rows(large, Sale)


sales = st.builds(
    Sale,
    id=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip),
    count=st.integers(0, 10**9),
    price=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    note=st.text(st.characters(codec="utf-8", exclude_characters="\0")).map(str.strip),
)


@given(st.lists(sales), st.permutations(["id", "count", "price", "note"]))
def test_what_is_written_is_read_again_from_both_formats(rows: list[Sale], order: list[str]) -> None:
    written = [{name: row.model_dump()[name] for name in order} for row in rows]
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, order)
    writer.writeheader()
    writer.writerows(written)
    assert parse_rows(buffer.getvalue(), "sales.csv", Sale) == tuple(rows)
    assert parse_rows(json.dumps(written), "sales.json", Sale) == tuple(rows)


@given(st.text())
def test_any_text_is_a_table_or_a_table_error(text: str) -> None:
    for source in ("x.csv", "x.json", "x"):
        with contextlib.suppress(TableError):
            assert isinstance(parse_rows(text, source, Everything), tuple)

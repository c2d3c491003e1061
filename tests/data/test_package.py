"""The contract is read as written, and a broken descriptor is refused with its mend."""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.load import Dataset, cell_value
from data.package import (
    DESCRIPTOR,
    FOLDER,
    PackageError,
    Problem,
    read_package,
)
from tests.data.package_fixture import CUT_OFF_DATE, VERSION, write_package

OWN = read_package()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_package(tmp_path / "package")


def edit(folder: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    path = folder / DESCRIPTOR
    raw = json.loads(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(json.dumps(raw), encoding="utf-8")


def refusal(folder: Path) -> Problem:
    with pytest.raises(PackageError) as caught:
        read_package(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.column) == (DESCRIPTOR, 0, "")
    assert "; " in problem.message
    assert str(problem) == str(caught.value)
    return problem


def test_own_contract_has_a_frame_for_every_table() -> None:
    names = {field.name for field in fields(Dataset)} - {"package", "vocabularies"}
    assert {table.name for table in OWN.tables if not table.is_vocabulary} == names
    assert OWN.folder == FOLDER
    assert set(OWN.by_name) == {table.name for table in OWN.tables}


def test_keys_point_to_keys() -> None:
    for table in OWN.tables:
        assert set(table.primary_key) <= set(table.field_names)
        for key in table.foreign_keys:
            assert key.field in table.field_names
            assert OWN.by_name[key.table].primary_key == (key.table_field,)


def test_fields_are_read_as_written() -> None:
    said = {field.name: field for field in OWN.by_name["statements"].fields}
    assert said["said_date"].is_date
    assert said["said_date"].is_required
    assert not said["stage_date"].is_required
    assert not said["summary"].is_date
    assert (said["is_official"].type, said["quantity_low"].type) == ("boolean", "number")
    assert said["summary"].constraints["maxLength"] > 0
    assert OWN.by_name["stages"].is_vocabulary
    assert not OWN.by_name["statements"].is_vocabulary


@pytest.mark.parametrize("table", OWN.tables, ids=lambda table: table.name)
def test_flags_have_no_gaps_and_dates_are_marked(table) -> None:
    """The loader makes bool and int64 columns, which can't hold an empty cell."""
    for field in table.fields:
        if field.type in ("boolean", "integer"):
            assert field.is_required, field.name
        assert field.is_date == field.name.endswith("_date"), field.name
        if field.example not in (None, ""):
            example = field.example
            cell_value(field, str(example).lower() if field.type == "boolean" else str(example))


def test_a_package_brings_its_own_version(folder: Path) -> None:
    package = read_package(folder)
    assert (package.title, package.version) == ("Fixture", VERSION)
    assert package.cut_off_date == date.fromisoformat(CUT_OFF_DATE)
    assert package.folder == folder
    edit(folder, lambda raw: raw.update(version="9.9", licenses=[{"name": "CC0-1.0"}]))
    assert (read_package(folder).version, read_package(folder).licence) == ("9.9", "CC0-1.0")


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[1,]", b"\xff\xfe{}", b'{"title": "\xe9"}', b"[" * 100_000, b"\xef\xbb\xbf{}"],
    ids=lambda text: repr(text[:20]),
)
def test_what_is_no_json(folder: Path, text: bytes) -> None:
    (folder / DESCRIPTOR).write_bytes(text)
    assert "not valid JSON in UTF-8" in refusal(folder).message


def test_a_missing_descriptor(tmp_path: Path) -> None:
    problem = refusal(tmp_path / "nowhere")
    assert problem.value == str(tmp_path / "nowhere")
    assert DESCRIPTOR in problem.message


@pytest.mark.parametrize("text", ["null", "[]", "{}", "3", '"x"', '{"resources": []}'])
def test_json_that_is_no_descriptor(folder: Path, text: str) -> None:
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8")
    assert "missing or malformed" in refusal(folder).message


def _without(*path: Any) -> Callable[[dict[str, Any]], None]:
    def change(raw: Any) -> None:
        for step in path[:-1]:
            raw = raw[step]
        del raw[path[-1]]

    return change


def _with(value: Any, *path: Any) -> Callable[[dict[str, Any]], None]:
    def change(raw: Any) -> None:
        for step in path[:-1]:
            raw = raw[step]
        raw[path[-1]] = value

    return change


FIRST = ("resources", 0)


@pytest.mark.parametrize(
    ("change", "value"),
    [
        (_without("title"), "title"),
        (_without("version"), "version"),
        (_without("cutOffDate"), "cutOffDate"),
        (_without("licenses"), "licenses"),
        (_without("resources"), "resources"),
        (_without(*FIRST, "name"), "name"),
        (_without(*FIRST, "path"), "path"),
        (_without(*FIRST, "schema"), "schema"),
        (_without(*FIRST, "schema", "primaryKey"), "primaryKey"),
        (_without(*FIRST, "schema", "fields", 0, "name"), "name"),
        (_with([], "licenses"), ""),
        (_with(None, "resources"), ""),
        (_with("x", "resources"), ""),
        (_with("31.12.2023", "cutOffDate"), "31.12.2023"),
        (_with("2023-02-30", "cutOffDate"), ""),
        (_with(20231231, "cutOffDate"), ""),
        (_with(None, *FIRST, "schema", "fields", 0, "constraints"), ""),
        (_with([{}], *FIRST, "schema", "foreignKeys"), "fields"),
        (_with(7, *FIRST, "schema", "primaryKey"), ""),
    ],
)
def test_a_defect_of_the_descriptor(
    folder: Path, change: Callable[[dict[str, Any]], None], value: str
) -> None:
    edit(folder, change)
    problem = refusal(folder)
    assert "missing or malformed" in problem.message
    assert value in problem.value


@pytest.mark.parametrize(
    "change",
    [
        _without("resources", 0),
        _without(*FIRST, "schema", "fields", 0),
        _with("../../secret.csv", *FIRST, "path"),
        _with("people", *FIRST, "name"),
        _with("whatever", *FIRST, "schema", "fields", 1, "name"),
        _with("number", *FIRST, "schema", "fields", 1, "type"),
        _with("edtf", *FIRST, "schema", "fields", 1, "dateFormat"),
        _with({}, *FIRST, "schema", "fields", 1, "constraints"),
        _with({"required": True}, *FIRST, "schema", "fields", 1, "constraints"),
        _with(["name"], *FIRST, "schema", "primaryKey"),
        _with([], *FIRST, "schema", "foreignKeys"),
        lambda raw: raw["resources"].reverse(),
        lambda raw: raw["resources"].append(raw["resources"][0]),
    ],
)
def test_another_contract_is_refused(
    folder: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    edit(folder, change)
    problem = refusal(folder)
    assert "other tables or fields than the contract" in problem.message
    assert problem.value == "Fixture"


def test_words_of_the_contract_may_differ(folder: Path) -> None:
    edit(folder, _with("Anything else.", *FIRST, "description"))
    edit(folder, _with("Anything else.", *FIRST, "schema", "fields", 0, "description"))
    assert read_package(folder).tables[0].description == "Anything else."


def test_a_problem_in_one_line() -> None:
    problem = Problem("tables/actors.csv", 3, "name", "x\ny", "is odd; mend it")
    assert str(problem) == "tables/actors.csv:3:name: 'x\\ny': is odd; mend it"
    long = str(Problem("a", 1, "", "x" * 500, "is long; cut it"))
    assert "…" in long
    assert len(long) < 120
    assert str(PackageError([problem, problem])).count("\n") == 1

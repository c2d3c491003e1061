"""Downloads: the package shows its view again, formulas stay texts, bytes stay the same."""

import csv
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from urllib.parse import parse_qsl

import frictionless
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from data.checks import check
from data.exports.cells import guarded, unguarded
from data.exports.excerpt import excerpt
from data.exports.flat import flat_table
from data.exports.formats import csv_file, json_file, parquet_file
from data.exports.package import data_package
from data.exports.tables import TABLES
from data.exports.workbook import workbook
from data.grades import OFFERED
from data.load import load_dataset
from data.package import FOLDER
from data.query_string import from_query
from data.receipt import RECORDS, main, receipt
from data.selection import Selection
from data.view_filter import ViewFilter
from tests.data.package_fixture import VERSION, edit_cell, row_of, write_package
from tests.data.strategies import datasets, selections

FORMULAS = ("=1+1", "+1", "-2", "@SUM(A1)", "\t=1", " =1", "＝1+1", "＋1", "－1", "＠x", "'=1")
TEXTS = ("Su-35", "'tis", "about -2", "“=”", "١+١", "")


@pytest.fixture(scope="module")
def ledger():
    return load_dataset(FOLDER)


@contextmanager
def opened(archive):
    """The folder that a package unpacks to."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            files.extractall(folder)
        yield Path(folder)


def again(view, folder):
    """The same link, opened in a package."""
    dataset = load_dataset(folder)
    selection, problems = from_query(parse_qsl(view.query), dataset)
    assert not problems, problems
    assert selection == view.selection
    return excerpt(dataset, selection)


def shown(view):
    """All that a view shows: rows of every table, and statuses."""
    rows = {
        name: sorted(map(str, frame.itertuples(index=False)))
        for name, frame in vars(view.rows).items()
        if isinstance(frame, pd.DataFrame) and name not in ("corrections", "publishers")
    }
    day = view.selected.assessments
    return rows, {key: day[key] for key in view.rows.transfers["transfer_id"]}


# ── The package ────────────────────────────────────────────────────────────────


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_package_shows_its_view_again(data):
    dataset = data.draw(datasets)
    selection = data.draw(selections(dataset))
    selection = replace(selection, grade=data.draw(st.sampled_from(["", *OFFERED])))
    view = excerpt(dataset, selection)
    if selection.record and view.rows.transfers.empty:
        return  # its page says that nothing was known, and offers no download
    with opened(data_package(view)) as folder:
        found = again(view, folder)
    assert shown(found) == shown(view)
    assert receipt(found) == receipt(view)


SELECTIONS = (
    Selection(),
    Selection(as_of=date(2022, 11, 4)),
    Selection(direction="russia-iran", grade="B2"),
    Selection(grade="B3"),  # keeps repeats of statements that are graded lower
    Selection(actors=("ukraine",), first=date(2024, 1, 1), last=date(2024, 6, 1)),
    Selection(q="shahed", standings=("contested", "denied"), as_of=date(2024, 9, 15)),
    Selection(record="su-35", as_of=date(2023, 3, 31)),
    Selection(categories=("naval", "uav"), views=ViewFilter(country=("china",))),
)


@pytest.mark.parametrize("selection", SELECTIONS)
def test_packages_of_the_ledger_are_sound_and_show_their_view(ledger, selection):
    view = excerpt(ledger, selection)
    with opened(data_package(view)) as folder:
        assert check(folder) == []
        assert shown(again(view, folder)) == shown(view)


def test_a_package_is_valid_for_frictionless_and_holds_nothing_from_later(ledger):
    day = date(2022, 11, 4)
    with opened(data_package(excerpt(ledger, Selection(as_of=day)))) as folder:
        report = frictionless.validate(str(folder / "datapackage.json"))
        assert report.valid, report.flatten(["title", "message"])[:3]
        dataset = load_dataset(folder)
        assert (dataset.statements["published_date_latest"] <= pd.Timestamp(day)).all()
        assert (dataset.views["published_date_latest"] <= pd.Timestamp(day)).all()
        assert dataset.cut_off_date == day
        told = json.loads((folder / "selection.json").read_text(encoding="utf-8"))
        assert told["query"] == "as_of=2022-11-04"
        cited = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
        whole = yaml.safe_load((FOLDER.parent / "CITATION.cff").read_text(encoding="utf-8"))
        for key in ("title", "type", "license", "authors", "cff-version"):
            assert cited[key] == whole[key]
        assert (str(cited["version"]), str(cited["date-released"])) == (
            str(whole["version"]),
            str(whole["date-released"]),
        )
        assert "as known on 2022-11-04" in (folder / "README.md").read_text(encoding="utf-8")


def test_equal_views_give_equal_bytes(ledger):
    selection = Selection(record="su-35")
    for build in (data_package, workbook, json_file):
        assert build(excerpt(ledger, selection)) == build(excerpt(ledger, selection))
    with zipfile.ZipFile(io.BytesIO(workbook(excerpt(ledger, selection)))) as files:
        assert {entry.date_time[0] for entry in files.infolist()} == {1980}


# ── Formulas ───────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A package with formulas in its texts."""
    folder = write_package(tmp_path_factory.mktemp("hostile") / "package")
    for number, text in enumerate(FORMULAS[:4]):
        edit_cell(folder, "statements", number + 2, "summary", text + " is said here.")
    edit_cell(folder, "actors", row_of("actors", "jane-doe"), "name", '=HYPERLINK("x","Jane")')
    edit_cell(folder, "sources", 2, "title", "＝cmd|' /C calc'!A0")
    return load_dataset(folder)


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_guarded(text):
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", TEXTS)
def test_other_texts_are_left_alone(text):
    assert guarded(text) == text


@given(st.text(alphabet="'=+-@＝\t\r\n a1", max_size=6))
def test_a_guard_can_be_taken_away(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip().startswith(("=", "+", "-", "@", "＝"))


def test_no_spreadsheet_runs_a_cell_and_programs_get_it_to_the_letter(hostile):
    view = excerpt(hostile, Selection())
    summaries = set(hostile.statements["summary"])
    statements = flat_table(view, "statements")
    place = [column.name for column in statements.columns].index("summary")
    rows = list(csv.reader(io.StringIO(csv_file(statements).decode("utf-8-sig"))))
    assert {row[place] for row in rows[1:]} == {guarded(text) for text in summaries}
    book = openpyxl.load_workbook(io.BytesIO(workbook(view)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    texts = [cell.value for cell in cells if cell.data_type == "s"]
    assert texts == [guarded(unguarded(text)) for text in texts]
    assert "'=1+1 is said here." in texts
    parquet = pq.read_table(io.BytesIO(parquet_file(view, statements)))
    assert set(parquet["summary"].to_pylist()) == summaries
    body = json.loads(json_file(view))
    assert {row["summary"] for row in body["tables"]["statements"]} == summaries
    archive = data_package(view)
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        assert b"'=1+1 is said here." in files.read("tables/statements.csv")
    with opened(archive) as folder:
        assert set(load_dataset(folder).statements["summary"]) == summaries


# ── Tables ─────────────────────────────────────────────────────────────────────


def test_a_workbook_has_a_method_and_typed_columns(ledger):
    view = excerpt(ledger, Selection(as_of=date(2023, 3, 31)), "https://ledger.example/?x")
    book = openpyxl.load_workbook(io.BytesIO(workbook(view)))
    assert book.sheetnames == ["Method", "Columns", *TABLES]
    method = {row[0]: row[1] for row in book["Method"].iter_rows(values_only=True)}
    assert method["As known on"] == "2023-03-31"
    assert method["Receipt"] == receipt(view)
    assert method["Permalink"] == "https://ledger.example/?x"
    head, *rows = book["statements"].iter_rows(values_only=True)
    assert len(rows) == len(view.rows.statements)
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    assert {type(row["is_official"]) for row in cells} == {bool}
    assert {type(row["quantity_low"]) for row in cells} <= {int, float, type(None)}
    for row in cells:
        assert isinstance(row["published_date"], str)  # EDTF text, kept
        assert isinstance(row["published_date_latest"], datetime)
        if len(row["published_date"]) == 10:
            assert row["published_date_latest"].date().isoformat() == row["published_date"]
    noted = {(row[0], row[1]): row[3] for row in book["Columns"].iter_rows(values_only=True)}
    assert all(noted[("statements", column)] for column in head)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_rows_keeps_its_columns(ledger, name):
    full = flat_table(excerpt(ledger, Selection()), name)
    none = flat_table(excerpt(ledger, Selection(q="nothing has this")), name)
    assert not none.rows
    assert none.columns == full.columns
    assert all(column.note for column in full.columns)
    parquet_file(excerpt(ledger, Selection()), none)


def test_pandas_reads_every_format_with_the_rows_of_the_view(ledger):
    view = excerpt(ledger, Selection(actors=("ukraine",)))
    table = flat_table(view, "statements")
    ids = set(view.rows.statements["statement_id"])
    read = pd.read_csv(io.BytesIO(csv_file(table)))
    assert set(read["statement_id"]) == ids
    typed = pd.read_parquet(io.BytesIO(parquet_file(view, table)))
    assert set(typed["statement_id"]) == ids
    assert typed["quantity_low"].dtype == "float64"
    body = json.loads(json_file(view))
    assert {row["statement_id"] for row in body["tables"]["statements"]} == ids
    assert set(body["tables"]) == set(TABLES)


def test_names_of_files_carry_version_and_day(ledger):
    assert excerpt(ledger, Selection()).stem == (
        f"arms-ledger-{ledger.version}-known-{ledger.cut_off_date}"
    )
    view = excerpt(ledger, Selection(as_of=date(2022, 11, 4), record="su-35"))
    assert view.stem == f"arms-ledger-{ledger.version}-known-2022-11-04-su-35"


# ── Receipts ───────────────────────────────────────────────────────────────────


def test_a_receipt_depends_on_version_selection_and_rows(ledger):
    whole, part = excerpt(ledger, Selection()), excerpt(ledger, Selection(q="shahed"))
    assert receipt(whole) == receipt(excerpt(ledger, Selection(q=" ")))
    assert receipt(whole) != receipt(part)
    fewer = replace(whole, rows=replace(whole.rows, views=whole.rows.views.iloc[1:]))
    assert receipt(fewer).split("-")[:3] == receipt(whole).split("-")[:3]
    assert receipt(fewer) != receipt(whole)
    newer = replace(ledger, package=replace(ledger.package, version="9.9.9"))
    assert receipt(excerpt(newer, Selection())).split("-")[2:] == receipt(whole).split("-")[2:]
    assert set(RECORDS) == {name for name in TABLES if name not in ("actors", "sources")}


def test_receipts_are_verified_from_the_command_line(ledger, tmp_path, capsys):
    def verify(*words):
        code = main(words)
        read = capsys.readouterr()
        return code, read.out + read.err

    view = excerpt(ledger, Selection(actors=("israel",), as_of=date(2024, 10, 21)))
    given = receipt(view)
    link = f"https://ledger.example/timeline?record=su-35&{view.query}&v=0.0.1"
    command = [sys.executable, "-m", "data.receipt", given, "--query", link]
    assert subprocess.run(command, cwd=FOLDER.parent, check=False).returncode == 0
    assert verify(given, "--query", link)[0] == 0
    code, words = verify(given, "--query", "actor=israel")
    assert code == 1
    assert words.splitlines()[0].startswith("selection:")
    assert words.splitlines()[1].startswith("rows:")
    write_package(tmp_path / "package")
    code, words = verify(given, "--query", "", "--data", str(tmp_path / "package"))
    assert code == 1
    assert f"another version than {VERSION}" in words
    assert verify("ral1-zz", "--query", "")[0] == 2
    assert verify(given, "--query", "actor=nobody-known")[0] == 2
    assert verify(given, "--data", str(tmp_path))[0] == 2


def test_a_record_has_a_receipt_of_its_own(ledger, capsys):
    view = excerpt(ledger, Selection(record="su-35"))
    for link in ("https://l.example/record?record=su-35", "?record=su-35", "record=Su-35"):
        assert main([receipt(view), "--query", link]) == 0, capsys.readouterr()
    assert main([receipt(view), "--query", "https://l.example/ledger?record=su-35"]) == 1


@pytest.mark.parametrize("name", TABLES)
def test_every_table_of_the_ledger_can_be_written(name):
    view = excerpt(load_dataset(FOLDER), Selection())
    table = flat_table(view, name)
    rows = list(csv.DictReader(io.StringIO(csv_file(table).decode("utf-8-sig"), newline="")))
    parquet = pq.read_table(io.BytesIO(parquet_file(view, table)))
    assert len(rows) == parquet.num_rows == len(getattr(view.rows, name))
    if name == "views":
        told = [cell for cell in parquet.column("outcomes").to_pylist() if cell]
        assert told
        outcomes = view.dataset.view_outcomes
        first = outcomes.sort_values(["view_id", "statement_id"]).iloc[0]
        joined = f"{first.statement_id} : {first.outcome_code} : {first.summary}"
        assert any(joined in cell for cell in told)

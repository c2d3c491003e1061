"""Loading is strict: every defect stops it, named with its place and mend."""

from pathlib import Path

import pandas as pd
import pytest

from data.load import Dataset, load_dataset, records
from data.package import FOLDER, PackageError, Problem, read_package
from tests.data.package_fixture import (
    ROWS,
    add_row,
    edit_cell,
    read_lines,
    row_of,
    write_lines,
    write_package,
)
from tests.data.strategies import empty_dataset, random_dataset, small_dataset

STATEMENT = "drones-unnamed-2022-10-10"
CONTRACT = read_package(FOLDER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_package(tmp_path / "package")


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(PackageError) as caught:
        load_dataset(folder)
    for problem in caught.value.problems:
        assert "; " in problem.message, problem
        assert str(problem) in str(caught.value)
    return caught.value.problems


def problem_of(folder: Path) -> Problem:
    (problem,) = problems_of(folder)
    return problem


# ── Defects of cells ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "says"),
    [
        ("statements", STATEMENT, "said_date", "2022-13", "not a date in EDTF"),
        ("statements", STATEMENT, "said_date", "autumn", "2022-08-19"),
        ("statements", STATEMENT, "stage_date", "2022-10/2022-08", "ends before it starts"),
        ("statements", STATEMENT, "published_date", "../..", "give at least one"),
        ("statements", STATEMENT, "published_date", "2022-10-10 ", "not a date in EDTF"),
        ("sources", "times-2023", "published_date", "10.10.2022", "not a date in EDTF"),
        ("statements", STATEMENT, "is_official", "yes", "true nor false"),
        ("statements", STATEMENT, "is_official", "True", "true nor false"),
        ("statements", STATEMENT, "is_prospective", "0", "true nor false"),
        ("statements", STATEMENT, "quantity_low", "many", "not a number"),
        ("statements", STATEMENT, "quantity_low", "1,000", "not a number"),
        ("statements", STATEMENT, "quantity_low", "1_000", "not a number"),
        ("statements", STATEMENT, "quantity_low", " 12", "not a number"),
        ("statements", STATEMENT, "quantity_low", "１２", "not a number"),
        ("statements", STATEMENT, "quantity_low", "۱۲", "not a number"),
        ("statements", STATEMENT, "quantity_low", "1e3", "not a number"),
        ("statements", STATEMENT, "quantity_low", "nan", "not a number"),
        ("statements", STATEMENT, "quantity_low", "inf", "not a number"),
        ("statements", STATEMENT, "quantity_low", "9" * 400, "no usable number"),
        ("statements", STATEMENT, "said_date", "", "is empty"),
        ("statements", STATEMENT, "is_official", "", "is empty"),
        ("statements", STATEMENT, "summary", "", "is empty"),
        ("statements", STATEMENT, "source_id", "", "is empty"),
        ("actors", "iran", "kind_code", "country", "is not in actor_kinds"),
        ("statements", STATEMENT, "stance_code", "Asserts", "is not in stances"),
        ("statements", STATEMENT, "stage_code", "arrived", "is not in stages"),
        ("statements", STATEMENT, "credibility_code", "7", "is not in credibilities"),
        ("statements", STATEMENT, "source_id", "times", "is not in sources"),
        ("statements", STATEMENT, "speaker_id", "iran ", "is not in actors"),
        ("statements", STATEMENT, "derived_from_id", "gone", "is not in statements"),
        ("deliveries", "drones-2022-08", "statement_id", "gone", "is not in statements"),
        ("view_actors", "doe-2023-05-02", "actor_id", "nobody", "is not in actors"),
        ("event_actors", "talks-2022-07-19", "event_id", "gone", "is not in events"),
        ("transfers", "jets", "system_id", "su-36", "is not in systems"),
        ("actors", "reza-example", "parent_id", "gone", "is not in actors"),
    ],
)
def test_a_defect_of_a_cell(
    folder: Path, table: str, key: str, column: str, value: str, says: str
) -> None:
    row = row_of(table, key)
    edit_cell(folder, table, row, column, value)
    problem = problem_of(folder)
    path = CONTRACT.by_name[table].path
    assert (problem.file, problem.row, problem.column) == (path, row, column)
    assert problem.value == value
    assert says in problem.message
    assert str(problem).startswith(f"{path}:{row}:{column}: ")


def test_a_fraction_is_no_whole_number(folder: Path) -> None:
    edit_cell(folder, "stages", 2, "order", "1.5")
    problem = problem_of(folder)
    assert (problem.file, problem.row, problem.column, problem.value) == (
        *("vocabularies/stages.csv", 2, "order", "1.5"),
    )
    assert "whole number" in problem.message


def test_a_repeated_key(folder: Path) -> None:
    row = row_of("actors", "russia")
    lines = read_lines(folder, "actors")
    again = len(lines) + 1
    write_lines(folder, "actors", [*lines, lines[row - 1]])
    problem = problem_of(folder)
    assert (problem.row, problem.column, problem.value) == (again, "actor_id", "russia")
    assert f"row {row}" in problem.message


def test_a_repeated_key_of_several_columns(folder: Path) -> None:
    again = add_row(
        folder, "event_actors", event_id="talks-2022-07-19", actor_id="iran", role_code="party"
    )
    problem = problem_of(folder)
    assert (problem.file, problem.row) == ("tables/event_actors.csv", again)
    assert problem.value == "talks-2022-07-19 iran party"


@pytest.mark.parametrize(
    ("parents", "rows"),
    [
        ({"iran": "iran"}, {"iran", "iran-ministry", "reza-example"}),
        ({"iran": "reza-example"}, {"iran", "iran-ministry", "reza-example"}),
        ({"jane-doe": "example-institute", "example-institute": "jane-doe"}, None),
    ],
)
def test_a_loop_of_parents(folder: Path, parents: dict[str, str], rows: set[str] | None) -> None:
    for actor, parent in parents.items():
        edit_cell(folder, "actors", row_of("actors", actor), "parent_id", parent)
    found = problems_of(folder)
    assert {p.row for p in found} == {row_of("actors", actor) for actor in rows or parents}
    assert {(p.file, p.column) for p in found} == {("tables/actors.csv", "parent_id")}
    assert all("leads back to itself" in p.message for p in found)


def test_every_defect_is_named_at_once(folder: Path) -> None:
    edit_cell(folder, "statements", 2, "said_date", "soon")
    edit_cell(folder, "statements", 3, "is_official", "maybe")
    edit_cell(folder, "actors", 2, "name", "")
    edit_cell(folder, "deliveries", 3, "quantity_low", "lots")
    assert {(p.file, p.row, p.column) for p in problems_of(folder)} == {
        ("tables/statements.csv", 2, "said_date"),
        ("tables/statements.csv", 3, "is_official"),
        ("tables/actors.csv", 2, "name"),
        ("tables/deliveries.csv", 3, "quantity_low"),
    }


def test_every_dangling_id_is_named_at_once(folder: Path) -> None:
    edit_cell(folder, "statements", 2, "source_id", "gone")
    edit_cell(folder, "views", 2, "person_id", "gone")
    assert {(p.file, p.row, p.column) for p in problems_of(folder)} == {
        ("tables/statements.csv", 2, "source_id"),
        ("tables/views.csv", 2, "person_id"),
    }


# ── Defects of files ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", [table.name for table in CONTRACT.tables])
def test_a_missing_file_is_the_only_problem(folder: Path, table: str) -> None:
    path = CONTRACT.by_name[table].path
    (folder / path).unlink()
    problem = problem_of(folder)
    assert (problem.file, problem.row, problem.column) == (path, 0, "")
    assert "add it" in problem.message


def test_a_folder_in_place_of_a_file(folder: Path) -> None:
    (folder / "tables/views.csv").unlink()
    (folder / "tables/views.csv").mkdir()
    assert problem_of(folder).file == "tables/views.csv"


ACTORS = Path("tables/actors.csv")


def rewrite(folder: Path, change) -> None:
    path = folder / ACTORS
    path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize(
    ("change", "row", "says"),
    [
        (lambda raw: raw.replace(b"Russia", b"Rus\xffia", 1), 0, "not UTF-8"),
        (lambda raw: raw.decode().encode("utf-16"), 0, "not UTF-8"),
        (lambda raw: raw.replace(b"Russia", b"Rus\0sia", 1), 3, "NUL"),
        (lambda raw: raw.replace(b"State in", b'"State in', 1), 0, "mend quotes"),
        (lambda raw: b"", 1, "header"),
        (lambda raw: b"\n", 1, "header"),
        (lambda raw: raw.replace(b"actor_id,", b"id,", 1), 1, "header"),
        (lambda raw: raw.replace(b"actor_id,name", b"name,actor_id", 1), 1, "header"),
        (lambda raw: raw.split(b"\n", 1)[1], 1, "header"),
        (lambda raw: raw.replace(b",", b";"), 1, "header"),
        (lambda raw: raw + b"x,y\n", len(ROWS["actors"]) + 2, "2 cells"),
        (lambda raw: raw + b"\n", len(ROWS["actors"]) + 2, "0 cells"),
        (lambda raw: raw.replace(b"russia,", b"russia,,", 1), 3, "8 cells"),
    ],
)
def test_a_defect_of_a_file(folder: Path, change, row: int, says: str) -> None:
    rewrite(folder, change)
    found = [p for p in problems_of(folder) if p.column == ""]
    assert [(p.file, p.row) for p in found] == [(str(ACTORS), row)]
    assert says in found[0].message


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.rstrip(b"\n"),
        lambda raw: raw.replace(b"Iran,state", b'"Iran","state"', 1),
    ],
    ids=["byte order mark", "CRLF", "no last line break", "quotes"],
)
def test_harmless_differences_of_form(folder: Path, change) -> None:
    before = load_dataset(folder).actors
    rewrite(folder, change)
    pd.testing.assert_frame_equal(load_dataset(folder).actors, before)


# ── What is loaded ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize("dataset", [small_dataset(), empty_dataset(), random_dataset(1)])
def test_columns_are_typed_however_full(dataset: Dataset) -> None:
    frames = {table: getattr(dataset, table) for table in ROWS} | dict(dataset.vocabularies)
    assert set(frames) == {table.name for table in CONTRACT.tables}
    for name, frame in frames.items():
        for field in CONTRACT.by_name[name].fields:
            kind = {"boolean": "bool", "number": "float64", "integer": "int64"}
            assert frame[field.name].dtype == kind.get(field.type, "object"), field.name
            if field.is_date:
                for end in ("earliest", "latest"):
                    assert frame[f"{field.name}_{end}"].dtype == "datetime64[s]"
        assert list(frame.index) == list(range(len(frame)))


def test_empty_cells_are_none_and_nan() -> None:
    rows = small_dataset().statements.set_index("statement_id")
    said = rows.loc["plant-institute-2023-03"]
    assert said["event_id"] is None
    assert said["quotation"] is None
    assert pd.isna(said["quantity_low"])
    assert (rows.loc[STATEMENT, "quantity_low"], rows.loc[STATEMENT, "quantity_high"]) == (70, 100)
    assert rows["is_official"].tolist().count(True) == 4


def test_dates_have_their_bounds() -> None:
    relation = next(records(small_dataset().relations))
    assert relation.relation_date_earliest == pd.Timestamp("1982-01-01")
    assert pd.isna(relation.relation_date_latest)
    assert relation.relation_date == "1982~/.."
    rows = small_dataset().statements.set_index("statement_id")
    plant = rows.loc["plant-institute-2023-03"]
    assert plant["published_date_earliest"] == pd.Timestamp("2023-03-01")
    assert plant["published_date_latest"] == pd.Timestamp("2023-03-31")
    assert pd.isna(rows.loc["talks-ministry-2022-07-20", "stage_date_latest"])


def test_sides_and_lineages() -> None:
    actors = small_dataset().actors.set_index("actor_id")
    assert actors.loc["reza-example", "lineage"] == ("reza-example", "iran-ministry", "iran")
    assert actors.loc["reza-example", "side_id"] == "iran"
    assert actors.loc["iran", "lineage"] == ("iran",)
    assert actors.loc["example-institute", "side_id"] == "example-institute"


def test_directions_and_categories(folder: Path) -> None:
    transfers = small_dataset().transfers.set_index("transfer_id")
    assert transfers["direction_code"].to_dict() == {
        "drones": "iran-russia",
        "plant": "iran-russia",
        "jets": "russia-iran",
    }
    assert transfers.loc["jets", "category_code"] == "combat_aircraft"
    # A side stands behind its company; other pairs have no direction of their own.
    edit_cell(folder, "transfers", row_of("transfers", "jets"), "supplier_id", "example-works")
    edit_cell(folder, "transfers", row_of("transfers", "plant"), "recipient_id", "example-militia")
    transfers = load_dataset(folder).transfers.set_index("transfer_id")
    assert transfers.loc["jets", "direction_code"] == "russia-iran"
    assert transfers.loc["plant", "direction_code"] == "other"


def test_version_and_cut_off(folder: Path) -> None:
    dataset = load_dataset(folder)
    assert (dataset.version, str(dataset.cut_off_date)) == ("0.0.1", "2023-12-31")


def test_the_own_package_loads() -> None:
    dataset = load_dataset()
    assert dataset.package.folder == FOLDER
    assert set(dataset.vocabularies["stages"]["code"]) >= {"discussed", "delivered", "cancelled"}


def test_rows_keep_the_order_of_the_file() -> None:
    for table, rows in ROWS.items():
        key = CONTRACT.by_name[table].primary_key[0]
        assert getattr(small_dataset(), table)[key].tolist() == [row[key] for row in rows]

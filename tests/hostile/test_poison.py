"""Every poisoned package is refused with all its places named, or loads and stays harmless."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from data.assessment import assess
from data.checks import check
from data.exports.excerpt import excerpt
from data.exports.package import data_package
from data.load import load_dataset
from data.package import PackageError, Problem
from data.queries.ledger import transfer_table
from data.selection import Selection
from tests.data.package_fixture import write_package
from tests.hostile.poison import HARMLESS, REFUSED, REPORTED, Poison, fill_texts, poisons

POISONS = poisons()
_REPORT_LINE = 2000


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(PackageError) as caught:
        load_dataset(folder)
    return caught.value.problems


@pytest.mark.parametrize("poison", POISONS, ids=lambda poison: poison.name)
def test_a_poisoned_package(poison: Poison, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package", has_whole_vocabularies=True)
    poison.apply(folder)
    if poison.outcome == REFUSED:
        problems = problems_of(folder)
        # A row of the wrong width is told as a whole; what its cells lack too is no other place.
        whole = {(file, row) for file, row, column in poison.places if not column}
        named = {(p.file, p.row, "" if (p.file, p.row) in whole else p.column) for p in problems}
        assert named == poison.places
    else:
        dataset = load_dataset(folder)
        selected = Selection().apply(dataset)
        table = transfer_table(selected)
        assert set(table["transfer_id"]) <= set(dataset.transfers["transfer_id"])
        assert assess(selected.known, date(2023, 12, 31)) is not None
        if poison.outcome == HARMLESS:
            again = tmp_path / "again"
            with zipfile.ZipFile(io.BytesIO(data_package(excerpt(dataset, Selection())))) as files:
                files.extractall(again)
            assert len(load_dataset(again).statements) == len(dataset.statements)
            return
        problems = tuple(check(folder))
        assert poison.places <= {(p.file, p.row, p.column) for p in problems}
    for problem in problems:
        assert "; " in problem.message, problem
        assert len(str(problem)) < _REPORT_LINE, "a report repeats what it was given at length"


def test_the_payloads_reach_every_text_column(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package")
    assert fill_texts(folder, "x") > 100
    assert {poison.outcome for poison in POISONS} == {REFUSED, REPORTED, HARMLESS}

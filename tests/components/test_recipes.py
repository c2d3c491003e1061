"""The recipes of the README: what they name is there, and the pandas one runs as it stands."""

import csv
import io
import re
from datetime import date

import networkx as nx
import openpyxl
import pytest

from components.network.exports import to_gexf
from components.network.graph import build_graph
from components.network.layout import positions
from data.citations.forms import FORMS
from data.exports.excerpt import excerpt
from data.exports.flat import flat_table
from data.exports.formats import csv_file, parquet_file
from data.exports.workbook import workbook
from data.load import load_dataset
from data.package import FOLDER
from data.selection import Selection

README = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
RECIPES = README.partition("### Recipes")[2].partition("\n## ")[0]


@pytest.fixture(scope="module")
def view():
    return excerpt(load_dataset(FOLDER), Selection(as_of=date(2023, 6, 30)))


def recipe(name):
    """One recipe: from its bold name to the next."""
    return RECIPES.partition(f"**{name}**:")[2].partition("\n**")[0]


def code(name):
    return re.search(r"```\w+\n(.*?)```", recipe(name), re.DOTALL)[1]


def named(name):
    """What a recipe names in backticks, outside its code."""
    return set(re.findall(r"`([A-Za-z_]+)`", recipe(name)))


def test_the_pandas_recipe_runs(view, tmp_path, monkeypatch, capsys):
    file = tmp_path / f"{view.stem}-statements.parquet"
    file.write_bytes(parquet_file(view, flat_table(view, "statements")))
    monkeypatch.chdir(tmp_path)
    exec(compile(code("pandas"), "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "Drones before the invasion" in printed
    assert re.search(r"^\d{4}-\d\d-\d\d ", printed, re.MULTILINE)


def test_the_r_recipe_names_columns_that_are_there(view):
    text = csv_file(flat_table(view, "statements")).decode("utf-8-sig")
    columns = set(next(csv.reader(io.StringIO(text))))
    used = set(re.findall(r"counted\$(\w+)", code("R")))
    used |= {"counts", "said_date", "speaker", "transfer"}
    assert len(used) == 6
    assert used <= columns
    assert all(name in code("R") for name in used)
    assert '"arms-ledger-*-statements.csv"' in code("R")
    assert view.stem.startswith("arms-ledger-")


def test_the_excel_recipe_names_sheets_and_columns_that_are_there(view):
    book = openpyxl.load_workbook(io.BytesIO(workbook(view)))
    head = {cell.value for cell in book["statements"][1]}
    assert named("Excel") <= head | set(book.sheetnames)
    assert len(named("Excel")) > 6
    assert book["statements"].auto_filter.ref


def test_the_gephi_recipe_opens_what_the_network_gives(view):
    graph = build_graph(view.selected)
    read = nx.read_gexf(io.BytesIO(to_gexf(graph, positions(graph))), version="1.2draft")
    assert read.is_directed()
    assert set(read.nodes) == set(graph.nodes)
    for *_, edge in read.edges(data=True):
        assert named("Gephi") <= set(edge)


def test_the_zotero_recipe_names_the_forms():
    for form in ("bibtex", "ris", "csl"):
        assert FORMS[form].label in recipe("Zotero")

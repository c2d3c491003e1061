"""Downloads on the pages: they follow the selection, and nothing is built before a click."""

import pytest

from components.panels import downloads

pytestmark = pytest.mark.usefixtures("own_data")


def test_data_and_method_offers_the_rows_of_the_selection(open_page, monkeypatch):
    built = []
    monkeypatch.setattr(downloads, "csv_file", built.append)
    page = open_page("method", {"as_of": ["2022-11-04"], "actor": ["iran"]})
    (words,) = [
        e.value for e in page.app.main.markdown if "The rows that this view shows" in e.value
    ]
    assert "as known on 4 November 2022" in words
    labels = [e.proto.label for e in page.app.main.get("download_button")]
    for label in ("Data package (ZIP)", "Workbook (XLSX)", "JSON", "CSV", "Parquet"):
        assert label in labels
    assert not built


def test_the_sidebar_opens_the_downloads_of_a_record(open_page):
    page = open_page("record", {"record": ["su-35"]})
    assert not page.app.get("download_button")
    page.app.sidebar.button(key="downloads").click()
    page.run()
    words = [e.value for e in page.app.markdown if "The rows that this view shows" in e.value]
    assert words
    assert "1 transfer," in words[0]


def test_a_record_is_cited_with_its_sources_first(open_page):
    page = open_page("record", {"record": ["su-35"], "as_of": ["2023-03-31"]})
    page.app.button(key="cite_transfer_su-35").click()
    page.run()
    forms = [code.value for code in page.app.code]
    chicago = next(text for text in forms if "As known on 2023-03-31" in text)
    first, *_, last = chicago.splitlines()
    assert "Rivista Italiana Difesa" in first
    assert "Russia–Iran Arms Ledger, version" in last
    assert any(text.startswith("@") for text in forms)
    assert any(text.startswith("TY  - ") for text in forms)

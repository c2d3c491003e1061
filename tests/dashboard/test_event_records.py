"""Events on the record page, and corrections on both kinds of record."""

from components.corrections_channel import VARIABLE
from dashboard.dataset import VARIABLE as DATA
from tests.data.package_fixture import add_row, write_package

SNAPBACK = "un-sanctions-snapback-2025-09-27"


def test_an_event_has_a_record_page(open_page):
    page = open_page("record", {"record": [SNAPBACK]})
    assert [title.value for title in page.app.main.title] == ["UN sanctions on Iran declared back"]
    assert "Contested, because" in page.words
    assert "Vasily Nebenzya" in page.words
    assert page.query["record"] == [SNAPBACK]
    graded = [m.proto for m in page.app.main.markdown if " · grade " in str(m.value)]
    assert graded
    assert all("reliable" in proto.help or "judged" in proto.help for proto in graded)
    (table,) = [t.value for t in page.app.main.table if "Grade" in t.value]
    assert table["Why this grade"].str.len().min() > 40
    after = page.press("Next")
    assert after.query["record"] != [SNAPBACK]
    assert after.press("Previous").query["record"] == [SNAPBACK]


def test_an_event_that_was_not_known_yet_says_so(open_page):
    page = open_page("record", {"record": [SNAPBACK], "as_of": ["2020-01-01"]})
    assert "Nothing that counts was known of this event on 1 January 2020." in page.words
    assert "Nebenzya" not in page.words


def test_a_correction_stands_on_its_record_and_under_data_and_method(
    open_page, tmp_path, monkeypatch
):
    folder = write_package(tmp_path / "package", has_whole_vocabularies=True)
    add_row(
        folder,
        "corrections",
        correction_id="c1",
        corrected_date="2023-07-01",
        table_name="events",
        record_id="talks-2022-07-19",
        was="20 July",
        now="19 July",
        reason="The ministry *dated* it so.",
    )
    monkeypatch.setenv(DATA, str(folder))
    monkeypatch.setenv(VARIABLE, "https://forms.example/?r={record}")

    def tables(name, **query):
        page = open_page(name, {key: [value] for key, value in query.items()})
        found = [table.value.to_string() for table in page.app.main.table]
        return page, [text for text in found if "19 July" in text]

    page, (shown,) = tables("record", record="talks-2022-07-19")
    assert "Corrected" in page.words
    assert "20 July" in shown
    _, (listed,) = tables("method")
    assert "talks-2022-07-19" in listed
    _, other = tables("record", record="drones")
    assert not other
    _, early = tables("record", record="talks-2022-07-19", as_of="2023-06-01")
    assert not early

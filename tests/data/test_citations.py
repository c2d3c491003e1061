"""Citations: every record in four forms, original source first, whatever titles hold."""

import json
import re
from dataclasses import replace
from datetime import date

import bibtexparser
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from data.citations.forms import FORMS, bibtex_form, chicago_note, csl_form, plain_form, ris_form
from data.citations.items import citation_items, issued, source_items
from data.load import load_dataset
from data.package import FOLDER
from data.plain_text import plain
from data.selection import Selection

LINK = "https://ledger.example/record?record=su-35&v=0.1.0"
HOSTILE = (
    "Braces } and { and \\} end",
    "ER  - \nTY  - BOOK\nTI  - another",
    "}\n@book{evil, title={x}}",
    "100% of $5 & #1_a ~x^2 \\input{/etc/passwd}",
    "\u202eright to left\u202c شاهد ۱۳۶",
    '“Quoted”, "plain" <b>bold</b>',
    "ends in a backslash \\",
)
# Variables of CSL 1.0.2 that items here may have.
CSL = {
    *("id", "type", "title", "author", "container-title", "publisher", "issued", "URL"),
    *("language", "note", "version"),
}
CSL_TYPES = {"article-newspaper", "dataset", "report", "webpage", "entry"}
_TEX = {
    "\\textbackslash{}": "\\",
    "\\textbraceleft{}": "{",
    "\\textbraceright{}": "}",
    "\\textasciitilde{}": "~",
    "\\textasciicircum{}": "^",
    **{f"\\{char}": char for char in "#$%&_"},
}
_TEX_MARK = re.compile("|".join(map(re.escape, _TEX)))


def read_tex(text):
    return _TEX_MARK.sub(lambda found: _TEX[found[0]], text)


@pytest.fixture(scope="module")
def ledger():
    return load_dataset(FOLDER)


@pytest.fixture(scope="module")
def selected(ledger):
    return Selection().apply(ledger)


def parsed(items):
    """Items as BibTeX and RIS say them, read back by other eyes."""
    library = bibtexparser.parse_string(bibtex_form(items))
    assert not library.failed_blocks
    assert not library.comments
    entries = [
        {"key": e.key, **{f.key: read_tex(f.value) for f in e.fields if f.key != "url"}}
        | {f.key: f.value for f in e.fields if f.key == "url"}
        for e in library.entries
    ]
    return entries, rispy.loads(ris_form(items))


def agree(items):
    entries, references = parsed(items)
    assert [entry["key"] for entry in entries] == [item["id"] for item in items]
    for item, entry, reference in zip(items, entries, references, strict=True):
        assert entry["title"] == reference["title"] == item["title"]
        assert reference["id"] == item["id"]
        if "URL" in item:
            assert entry["url"] == reference["urls"][0] == item["URL"]
        if "issued" in item:
            assert entry["year"] == reference["year"] == str(item["issued"]["date-parts"][0][0])


def test_every_document_of_the_ledger_is_read_back(selected):
    agree(source_items(selected, selected.known.sources["source_id"]))


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_break_no_form(selected, title):
    (item,) = source_items(selected, [selected.known.sources["source_id"].iloc[0]])
    item["title"] = plain(title)
    items = [item, {**item, "id": "next", "title": "The next one"}]
    agree(items)
    lines = plain_form(items).splitlines()
    assert len(lines) == 2
    assert "The next one" in lines[1]
    assert json.loads(csl_form(items)) == items


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="{}\\@%\n\r\"'-, aE R\u202eش", max_size=30))
def test_no_text_escapes_from_its_field(text):
    item = {"id": "x", "type": "article-newspaper", "title": plain(text) or "none"}
    item["container-title"] = plain(text) or "none"
    item["author"] = [{"literal": plain(text) or "none"}]
    agree([item, {"id": "y", "type": "webpage", "title": "The next"}])


def test_hostile_addresses_stay_addresses(selected, ledger):
    sources = ledger.sources.copy()
    sources.loc[sources.index[0], "url"] = 'https://x.example/a}b{c\\d e\n"<f>'
    known = replace(selected.known, sources=sources)
    items = source_items(replace(selected, known=known), [sources["source_id"].iloc[0]])
    assert items[0]["URL"] == "https://x.example/a%7Db%7Bc%5Cd%20e%20%22%3Cf%3E"
    agree(items)


KINDS = ("transfer", "event", "statement", "view", "source")


@pytest.mark.parametrize("kind", KINDS)
def test_the_original_source_comes_first_and_the_ledger_last(ledger, selected, kind):
    table = getattr(selected.known, f"{kind}s")
    for key in table[f"{kind}_id"].iloc[:: max(1, len(table) // 12)]:
        *documents, ledger_item = citation_items(ledger, selected, kind, key, LINK)
        assert documents
        assert {item["id"] for item in documents} <= set(ledger.sources["source_id"])
        assert ledger_item["version"] == ledger.version
        assert ledger_item["URL"] == LINK
        for item in (*documents, ledger_item):
            assert set(item) <= CSL
            assert item["type"] in CSL_TYPES
    lines = plain_form([*documents, ledger_item]).splitlines()
    assert f"version {ledger.version}" in lines[-1]
    assert len(lines) == len(documents) + 1


def test_the_main_source_of_a_statement_is_the_first(ledger, selected):
    link = ledger.statement_sources.iloc[0]
    row = ledger.statements.set_index("statement_id").loc[link["statement_id"]]
    items = citation_items(ledger, selected, "statement", link["statement_id"])
    assert items[0]["id"] == row["source_id"]
    assert link["source_id"] in [item["id"] for item in items]


def test_citations_keep_to_the_as_known_date(ledger):
    day = date(2022, 11, 4)
    known = Selection(as_of=day).apply(ledger)
    *documents, cited = citation_items(ledger, known, "transfer", "shahed-before-war", LINK)
    assert cited["note"] == "As known on 2022-11-04"
    assert {item["id"] for item in documents} <= set(known.known.sources["source_id"])
    later = ledger.statements[
        ~ledger.statements["statement_id"].isin(known.known.statements["statement_id"])
    ]
    with pytest.raises(KeyError):
        citation_items(ledger, known, "statement", later["statement_id"].iloc[0])


def test_the_ledger_itself(ledger, selected):
    (item,) = citation_items(ledger, selected, "ledger", link="https://ledger.example/")
    assert chicago_note(item) == (
        "Russia–Iran Arms Ledger curators, “Russia–Iran Arms Ledger, version "
        f"{ledger.version},” November 23, 2026, https://ledger.example/. As known on "
        f"{ledger.cut_off_date}."
    )
    assert set(FORMS) == {"plain", "bibtex", "ris", "csl"}


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("2024-09-10", {"date-parts": [[2024, 9, 10]]}),
        ("2024-09~", {"date-parts": [[2024, 9]], "circa": True}),
        ("2024", {"date-parts": [[2024]]}),
        ("2024-09-04/2024-09-06", {"date-parts": [[2024, 9, 4], [2024, 9, 6]]}),
        ("2022-36", {"date-parts": [[2022]]}),
        ("../2020", {"date-parts": [[2020]]}),
        (None, None),
    ],
)
def test_days_are_cited_as_precisely_as_they_are_known(text, item):
    assert issued(text) == item

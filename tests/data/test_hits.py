"""Hits are the selected rows, best first; suggestions only ever lead to rows."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.load import Dataset, load_dataset
from data.queries.hits import Hit, describe_hits
from data.queries.search import HIT_KINDS, count_hits, find_hits
from data.queries.suggestions import suggest
from data.search import ranking
from data.search.documents import Document
from data.search.folding import lines
from data.search.ranking import LEAST, ranked, score
from data.search.terms import matches, read_terms
from data.selection import Selected, Selection
from tests.data.strategies import datasets, fixture_rows, load_rows, selections, small_dataset
from tests.data.strategies import words as usual_words

TABLES = ("transfers", "statements", "events", "views")


def hits(dataset: Dataset, selection: Selection) -> list[Hit]:
    selected = selection.apply(dataset)
    return list(describe_hits(selected, find_hits(dataset, selected)))


def told(found: list[Hit]) -> list[tuple[str, str]]:
    return [(hit.found.kind, hit.found.key) for hit in found]


# ── Score ──────────────────────────────────────────────────────────────────────


def document(names: str = "", own: str = "", context: str = "", kind: str = "events") -> Document:
    return Document(kind, "key", *(lines(text.split("|")) for text in (names, own, context)))


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("su-35", document("Su-35"), document("Su-35 fighters")),
        ("su-35", document("Flanker|Su-35"), document("Su-35 fighters")),
        ("su 35", document("Su-35 fighters"), document("Su-30 and 35 others")),
        ("drone", document("Drone plant"), document("Drones")),
        ("drone", document("Drones"), document("Aerodrones")),
        ("drone", document("Drones"), document("Plant", "Makes a drone")),
        ("drone", document("Plant", "Makes a drone"), document("Plant", "Makes drones")),
        ("drone", document("Plant", "Makes drones"), document("Plant", "Works", "drone")),
        ("iran", document("Iran", kind="actors"), document("Iran", kind="statements")),
        ("air defence", document("", "Air defence"), document("", "Defence in the air")),
    ],
)
def test_the_nearer_a_word_stands_to_a_row_the_better(
    query: str, better: Document, worse: Document
) -> None:
    terms = read_terms(query)
    assert matches(terms, better.text) and matches(terms, worse.text)
    assert LEAST < score(worse, terms) < score(better, terms) <= 1


def test_of_equals_the_latest_comes_first_and_of_very_many_all_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [
        Document("views", f"v{day:02}", lines(("Drone",)) if day == 3 else "", " a drone ", "", day)
        for day in range(10)
    ]
    expected = ["v03", *(f"v{day:02}" for day in (9, 8, 7, 6, 5, 4, 2, 1, 0))]
    scored, rest = ranked(rows, read_terms("drone"))
    assert ([d.key for _, d in scored], rest) == (expected, [])
    monkeypatch.setattr(ranking, "MOST_SCORED", 4)
    cut, left = ranked(rows, read_terms("drone"))
    assert cut[0][1].key == "v03"
    assert len(cut) == 4
    assert sorted(d.key for d in [*(d for _, d in cut), *left]) == sorted(expected)
    assert all(value > LEAST for value, _ in cut)


# ── Hits ───────────────────────────────────────────────────────────────────────


@settings(max_examples=40, deadline=None)
@given(st.data(), datasets)
def test_hits_are_the_selected_rows_and_no_others(data: st.DataObject, dataset: Dataset) -> None:
    selection = data.draw(selections(dataset, q=usual_words.filter(bool)))
    selected = selection.apply(dataset)
    found = find_hits(dataset, selected)
    if not read_terms(selection.q):
        assert found == ()
        return
    assert len(set(found)) == len(found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(0 < one.score <= 1 for one in found)
    keys = {kind: {one.key for one in found if one.kind == kind} for kind in HIT_KINDS}
    for table in TABLES:
        assert keys[table] == set(getattr(selected.rows, table)[HIT_KINDS[table]]), table
    # Nothing that the other filters, the day or the grade leave out.
    beside = replace(selection, q="").apply(dataset).rows
    for table, column in HIT_KINDS.items():
        assert keys[table] <= set(getattr(beside, table)[column]), table
    assert sum(count_hits(found).values()) == len(found)


@settings(max_examples=25, deadline=None)
@given(st.data(), datasets)
def test_a_hit_shows_the_words_that_were_found(data: st.DataObject, dataset: Dataset) -> None:
    selection = data.draw(selections(dataset, q=usual_words.filter(bool)))
    for hit in hits(dataset, selection):
        for text, marks in ((hit.snippet, hit.marked), (hit.title, hit.title_marked)):
            assert all(0 <= mark.start < mark.stop <= len(text) for mark in marks)
        assert hit.title
        assert bool(hit.url) == (hit.found.kind == "sources") == (not hit.page)
        there = hit.selection.apply(dataset)
        assert hit.selection.as_of == selection.as_of
        assert hit.selection.grade == selection.grade
        if hit.page == "record":
            assert hit.selection.record in set(there.known.transfers["transfer_id"])
        if hit.page == "views":
            assert not there.known.views.empty


def test_hits_of_every_kind_in_words() -> None:
    found = hits(small_dataset(), Selection(q="drones"))
    by_key = {hit.found.key: hit for hit in found}
    assert told(found)[0] == ("transfers", "drones")
    minister = by_key["drones-reza-2022-11-05"]
    assert minister.title == "Reza Example on Shahed drones"
    assert (minister.note, minister.date) == ("confirms", "2022-11-05")
    assert minister.snippet == "The minister says that Iran sent a few before the war."
    assert (minister.page, minister.selection.record) == ("record", "drones")
    assert by_key["example-works"].title == "Example Works"
    assert by_key["times-2022-10-10"].url == "https://example.org/drones-seen"
    assert by_key["plant"].snippet == "Right and help to make the drones in Russia."


@pytest.mark.parametrize(
    ("query", "key", "shown"),
    [
        ("شاهد ١٣٦", "shahed-136", "شاهد ۱۳۶"),
        ("geran", "shahed-136", "Geran"),
        ("TEHRAN", "iran", "Tehran"),
        ("پهپاد", "drones-reza-2022-11-05", "پهپاد"),
    ],
)
def test_an_alias_or_quotation_that_was_found_is_shown(query: str, key: str, shown: str) -> None:
    (hit,) = [h for h in hits(small_dataset(), Selection(q=query)) if h.found.key == key]
    assert shown in [hit.snippet[mark.start : mark.stop] for mark in hit.marked]


def test_a_transfer_found_by_what_is_said_of_it_comes_last() -> None:
    found = hits(small_dataset(), Selection(q="few before"))
    assert told(found) == [("statements", "drones-reza-2022-11-05"), ("transfers", "drones")]
    assert found[-1].found.score == LEAST


def test_what_was_not_known_is_no_hit_and_no_suggestion() -> None:
    dataset, day = small_dataset(), date(2022, 7, 20)
    assert told(hits(dataset, Selection(q="su 35", as_of=day))) == []
    assert told(hits(dataset, Selection(q="jane doe", as_of=day))) == []
    assert suggestions(dataset, Selection(q="su 36", as_of=day)) == ()
    assert suggestions(dataset, Selection(q="su 36")) == ("Su-35",)


# ── Suggestions ────────────────────────────────────────────────────────────────


def suggestions(
    dataset: Dataset, selection: Selection, tables: tuple[str, ...] = TABLES
) -> tuple[str, ...]:
    return suggest(dataset, selection.apply(dataset), tables)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Shahde 136", "Shahed-136"),
        ("shahed136 plnt", "shahed136 plant"),
        ("Geran 22", "Geran-2"),
        ("Reza Exmaple", "Reza Example"),
        ("Jaine Doe", "Jane Doe"),
        ("شاهت ۱۳۶", "شاهد ۱۳۶"),
        ('"drones shahed"', "drones shahed"),
        ("Shahed", None),
        ("zzzzzz", None),
        ("", None),
        ("…", None),
        ('" OR * NEAR(', None),
    ],
)
def test_what_may_have_been_meant(query: str, expected: str | None) -> None:
    found = suggestions(small_dataset(), Selection(q=query))
    assert found[:1] == ((expected,) if expected else ())


def test_the_example_of_the_fath() -> None:
    rows = fixture_rows()
    rows["systems"][1] |= {"designation": "Fath-360", "aliases": "فتح ۳۶۰"}
    assert suggestions(load_rows(rows), Selection(q="Fateh 36"))[0] == "Fath-360"


@settings(max_examples=30, deadline=None)
@given(
    st.data(),
    datasets,
    st.sampled_from(["shahde 136", "su 36", "minster", "transfr 3", "спутник", "ann analist"]),
    st.sampled_from(TABLES),
)
def test_a_suggestion_always_finds_rows(
    data: st.DataObject, dataset: Dataset, query: str, table: str
) -> None:
    selected: Selected = replace(data.draw(selections(dataset)), q=query).apply(dataset)
    found = suggest(dataset, selected, (table,))
    assert not found or getattr(selected.rows, table).empty
    for words in found:
        rows = replace(selected.selection, q=words).apply(dataset).rows
        assert not getattr(rows, table).empty


@pytest.mark.parametrize(("written", "name"), [("Araqchee", "Araghchi"), ("Smagn", "Smagin")])
def test_names_of_the_ledger_by_their_sound(written: str, name: str) -> None:
    ledger = load_dataset()
    assert any(name in words for words in suggestions(ledger, Selection(q=written), ("views",)))

"""Search folds spellings of one word to one form, and its index keeps to the rule."""

import sqlite3
import threading
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.load import Dataset
from data.search import index as indexes
from data.search.documents import Document, read_documents
from data.search.folding import closed, fold, lines, spans, window
from data.search.index import KINDS, TextIndex, search_index
from data.search.terms import Term, matches, read_terms
from tests.data.strategies import datasets, small_dataset

LAW = settings(max_examples=60, deadline=None)
FOLDED = st.text(max_size=40).map(fold)


@pytest.mark.parametrize(
    ("spellings", "folded"),
    [
        (
            ("Su-35", "su 35", "SU–35", "su‑35", " Su\t35 ", "(Su/35)", "Su_35", "ＳＵ－３５"),
            "su 35",
        ),
        (("Çelik", "celik", "ÇELİK", "c\u0327elik"), "celik"),
        (("Āmīn", "amin", "AMIN"), "amin"),
        (("Straße", "STRASSE", "strasse"), "strasse"),
        (("شاهد ۱۳۶", "شاهد 136", "شاهد ١٣٦", "شاهد‌۱۳۶"[:4] + " ۱۳۶"), "شاهد 136"),
        (("علي", "علی", "على", "ﻋﻠﻲ", "ﻋﻠﯽ"), "علی"),
        (("كتاب", "کتاب", "ﻛﺘﺎﺏ"), "کتاب"),
        (("رئیس", "رییس", "رئيس"), "رییس"),
        (("آزاد", "ازاد", "أزاد"), "ازاد"),
        (("می‌شود", "میشود", "می\u200dشود"), "میشود"),
        (("مدرسة", "مدرسه"), "مدرسه"),
        (("مُحَمَّد", "محمد"), "محمد"),
        (("Ещё", "еще", "ЕЩЁ", "ЕЩЕ", "еще\u0308"), "еще"),
        (("Калашников", "КАЛАШНИКОВ"), "калашников"),
        (("ﬁle", "FILE"), "file"),
        (("m²", "M2"), "m2"),
        (("محـمد", "محمد"), "محمد"),
        (("خانۀ", "خانه", "خانهٔ", "خانہ"), "خانه"),
        (("ʿAlī", "Ali", "ʾAli"), "ali"),
        (("п\u02bcять", "пять"), "пять"),
        (("Łukasz Øst", "lukasz ost"), "lukasz ost"),
        (("Yıldırım", "YILDIRIM"), "yildirim"),
        (("", " ", "…", "—!?", "\u200c", "\u0301", "🛩", "ـ", "\ud800"), ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_spellings_of_one_word(spellings: tuple[str, ...], folded: str) -> None:
    assert {spelling: fold(spelling) for spelling in spellings} == dict.fromkeys(spellings, folded)


@pytest.mark.parametrize(
    ("one", "other"), [("su35", "su-35"), ("Shahed", "Shahid"), ("136", "131"), ("شاهد", "شهید")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@LAW
@given(st.text(max_size=60))
def test_folded_text_is_words_of_letters_and_digits(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    for char in folded.replace(" ", ""):
        assert unicodedata.category(char)[0] in "LN"
        assert unicodedata.category(char) != "Nd" or char in "0123456789"


@LAW
@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@LAW
@given(st.text(alphabet="aeiouçéñüsd Éß-", max_size=30))
def test_case_and_composition_do_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("su 35", "su 35 fighters", True),
        ("35 su", "su 35 fighters", True),
        ("fight", "su 35 fighters", True),
        ("su35", "su 35 fighters", True),
        ("su 35", "su35", True),
        ("su 36", "su 35 fighters", False),
        ("fighters drones", "su 35 fighters", False),
        ("su", "", False),
        ("", "su 35 fighters", False),
        ("", "", False),
        ('"su 35"', "su 35 fighters", True),
        ("«Su-35» “fighters”", "su 35 fighters", True),
        ('"35 su"', "su 35 fighters", False),
        ('"su 3"', "su 35 fighters", False),
        ('"su35"', "su 35 fighters", False),
        ('su "fighters', "su 35 fighters", True),
        ('fighters" drones', "su 35 fighters", False),
        ('""', "su 35 fighters", False),
        ('"…" su', "su 35 fighters", True),
        ('" OR * NEAR(', "su 35 fighters", False),
        ('" OR * NEAR(', "order nearby", True),
    ],
)
def test_every_word_and_phrase_must_stand_in_the_text(
    query: str, text: str, expected: bool
) -> None:
    assert matches(read_terms(query), lines((text,))) is expected


def test_neither_words_nor_phrases_run_from_one_part_of_a_row_into_the_next() -> None:
    text = lines(("Emir", "and others"))
    assert not matches(read_terms("mirand"), text)
    assert not matches(read_terms('"emir and"'), text)
    assert matches(read_terms("and emir"), text)


def test_a_query_is_read_once_and_in_order() -> None:
    assert read_terms('Su-35 "Su-35" su “Mohammad Bagheri” x') == (
        Term("su"),
        Term("35"),
        Term("su 35", is_phrase=True),
        Term("mohammad bagheri", is_phrase=True),
        Term("x"),
    )


@LAW
@given(FOLDED, FOLDED)
def test_more_words_never_match_more(query: str, text: str) -> None:
    whole = lines((text,))
    for word in query.split():
        if matches(read_terms(query), whole):
            assert matches(read_terms(word), whole)
    if matches(read_terms(query), whole):
        assert matches(read_terms(query), lines((text, "more")))


@LAW
@given(FOLDED.filter(bool), st.data())
def test_a_text_is_found_by_any_of_its_parts(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    part = text[start:end].strip()
    assert matches(read_terms(part), lines((text,))) or not part


# ── The index ──────────────────────────────────────────────────────────────────

# Few letters of several scripts, so that texts and queries meet.
_LETTERS = "abAé 35-ёиشاي٣"
_QUERIES = st.text(alphabet=_LETTERS + "\"“” *()^:'", max_size=9) | st.sampled_from(
    ['" OR * NEAR(', "a OR b", "NOT a", "a*", "^a", "kind:a", "NEAR(a b)", "a AND", '"', "'; --"]
)
_TEXTS = st.text(alphabet=_LETTERS, max_size=14)


def found(index: TextIndex, query: str) -> set[str]:
    return {key for rows in index.find(read_terms(query)).values() for key in rows}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(_TEXTS, _TEXTS, _TEXTS), max_size=6),
    st.lists(_QUERIES, max_size=4),
    st.sampled_from([0, 1, 1000]),
)
def test_the_index_answers_as_the_rule_does(
    rows: list[tuple[str, str, str]], queries: list[str], most_fetched: int
) -> None:
    documents = [
        Document("views", str(number), *(lines((part,)) for part in parts))
        for number, parts in enumerate(rows)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexes, "_MOST_FETCHED", most_fetched)
        fast, plain = TextIndex(documents), TextIndex(documents, has_trigrams=False)
        assert (fast.is_fast, plain.is_fast) == (True, False)
        for query in [*queries, *(part for parts in rows for part in parts)]:
            expected = {d.key for d in documents if matches(read_terms(query), d.text)}
            assert found(fast, query) == expected == found(plain, query), query


@pytest.mark.parametrize("has_trigrams", [True, False])
def test_the_index_tells_a_phrase_from_its_words(has_trigrams: bool) -> None:
    texts = ("air defence", "airdefence", "defence air", "an air defences", "fair defence")
    documents = [Document("views", text, lines((text,)), "", "") for text in texts]
    index = TextIndex(documents, has_trigrams=has_trigrams)
    assert found(index, '"air defence"') == {"air defence"}
    assert found(index, "air defence") == set(texts)
    assert found(index, '"air defence" fair') == set()


@LAW
@given(datasets, _QUERIES)
def test_every_row_of_a_dataset_is_in_its_index(dataset: Dataset, query: str) -> None:
    index = search_index(dataset)
    tables = {name: getattr(dataset, name) for name in KINDS}
    keys = {name: {d.key for d in index.documents if d.kind == name} for name in KINDS}
    assert keys == {name: set(t[f"{name[:-1]}_id"]) for name, t in tables.items()}
    expected = {d.key for d in read_documents(dataset) if matches(read_terms(query), d.text)}
    assert found(index, query) == expected


def test_without_trigrams_the_texts_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr(indexes._Trigrams, "__init__", refuse)
    index = TextIndex(read_documents(small_dataset()))
    assert not index.is_fast and index.size == 0
    assert found(index, "Su 35") == found(search_index(small_dataset()), "su-35") != set()
    # A Python built without SQLite has no such module at all.
    monkeypatch.setitem(__import__("sys").modules, "sqlite3", None)
    assert not TextIndex(()).is_fast


def test_all_threads_share_one_index(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[TextIndex] = []
    answers: list[set[str]] = []
    failed: list[BaseException] = []
    monkeypatch.setattr(indexes, "_REMEMBERED", 1)
    dataset = small_dataset()
    indexes._search_index.cache_clear()

    def ask(number: int) -> None:
        try:
            built.append(search_index(dataset))
            for turn in range(20):
                query = ("drone", "su-35", "iran", "jane trade")[(number + turn) % 4]
                expected = {
                    d.key for d in built[-1].documents if matches(read_terms(query), d.text)
                }
                assert found(built[-1], query) == expected
            answers.append(found(built[-1], "drone"))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len({id(index) for index in built}) == 1
    assert len(answers) == 8 and all(answer == answers[0] for answer in answers)


# ── Where words stand ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("su 35", "Iran’s Su-35, a Suchoi", ["Su-35", "Su"]),
        ("su35", "no Su–35s yet", ["Su–35"]),
        ('"su 35"', "Su-35, Su-35s, su 35", ["Su-35", "su 35"]),
        ("amin", "Minister A\u0304mīn said", ["A\u0304mīn"]),
        ("ali", "ʿAlī\u0301", ["Alī\u0301"]),
        ("شاهد ۱۳۶", "پهپاد شاهد‌ 136 است", ["شاهد", "136"]),
        ("می‌شود", "گفته می‌شود", ["می‌شود"]),
        ("еще", "Ещё раз", ["Ещё"]),
        ("uk", "Luka of the UK", ["UK"]),
        ("uk", "Luka", ["uk"]),
        ("strasse", "Straße", ["Straße"]),
        ("x", "nothing", []),
        ("…", "nothing…", []),
        ("fath fat", "Fath-360", ["Fath"]),
    ],
)
def test_spans(query: str, text: str, marked: list[str]) -> None:
    wanted = [(term.words, term.is_phrase) for term in read_terms(query)]
    assert [text[span.start : span.stop] for span in spans(text, wanted)] == marked


@LAW
@given(_TEXTS, _QUERIES)
def test_spans_are_found_where_and_only_where_a_text_matches(text: str, query: str) -> None:
    terms = read_terms(query)
    marked = spans(text, [(term.words, term.is_phrase) for term in terms])
    assert all(0 <= span.start < span.stop <= len(text) for span in marked)
    assert all(one.stop < other.start for one, other in pairwise(marked))
    fitting = [t for t in terms if t.fits(lines((text,)), closed(lines((text,))))]
    assert bool(marked) == bool(fitting)


def test_a_window_shows_what_was_found() -> None:
    text = "word " * 60 + "Su-35 delivery " + "word " * 60
    marked = spans(text, [("su", False), ("35", False)])
    shown = window(text, marked, 120)
    cut = text[shown.start : shown.stop]
    assert "Su-35 delivery" in cut
    assert len(cut) <= 120
    assert cut.strip().split()[0] == "word"
    assert window("short", [], 120) == range(5)
    assert len(window("x" * 500, [], 120)) <= 120

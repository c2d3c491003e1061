"""Links: what was asked for comes back, and what isn't understood is said, never dropped."""

from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.load import Dataset
from data.query_string import MAX_QUERY_LENGTH, QueryProblem, choices, from_query
from data.selection import KEYS, UNSET, Selection
from data.view_filter import FACETS, SAID_ACCEPTS, ViewFilter, period
from tests.data.strategies import datasets, random_dataset, selections, small_dataset

LAW = settings(max_examples=60, deadline=None)
CODE_KEYS = (
    *("actor", "direction", "category", "standing", "record"),
    *(facet for facet in FACETS if facet != "said"),
)
# Words as a reader may type them: printable, or joined as Persian is.
typed = st.one_of(
    st.text(max_size=60).filter(str.isprintable),
    st.sampled_from(["می‌شود", "Ещё Ж", "a&b=c", "100 %+1", "#?;/", "‘quoted’", '"<b>"', "\\"]),
)


def read(*pairs: tuple[str, str], dataset: Dataset | None = None):
    return from_query(pairs, dataset or small_dataset())


# ── What comes back ────────────────────────────────────────────────────────────


@LAW
@given(st.data(), datasets)
def test_a_selection_comes_back_from_its_link(data: st.DataObject, dataset: Dataset) -> None:
    selection = data.draw(selections(dataset, q=typed))
    pairs = selection.to_query()
    assert from_query(pairs, dataset) == (selection, ())
    link = urlencode(pairs)
    assert from_query(parse_qsl(link, keep_blank_values=True), dataset) == (selection, ())
    assert {key for key, _ in pairs} <= set(KEYS)
    assert all(value for _, value in pairs)


@LAW
@given(st.data(), datasets)
def test_a_selection_comes_back_from_its_full_link(data: st.DataObject, dataset: Dataset) -> None:
    selection = data.draw(selections(dataset, q=typed))
    pairs = selection.to_query(in_full=True)
    assert {key for key, _ in pairs} >= set(UNSET)
    link = urlencode(pairs)
    assert from_query(parse_qsl(link, keep_blank_values=True), dataset) == (selection, ())


@LAW
@given(st.data(), datasets, st.randoms(use_true_random=False))
def test_the_order_of_a_link_does_not_matter(data: st.DataObject, dataset: Dataset, rng) -> None:
    selection = data.draw(selections(dataset))
    pairs = [pair for pair in selection.to_query() if pair[0] != "dates"]
    spans = [pair for pair in selection.to_query() if pair[0] == "dates"]
    rng.shuffle(pairs)
    assert from_query([*pairs, ("unknown", "1"), *spans], dataset) == (selection, ())


def test_the_whole_selection_as_pairs() -> None:
    selection = Selection(
        q="su 35",
        actors=("russia", "iran"),
        direction="russia-iran",
        categories=("uav",),
        standings=("denied",),
        first=date(2022, 1, 1),
        last=date(2022, 2, 1),
        as_of=date(2023, 1, 1),
        record="jets",
        views=ViewFilter(said=("../2022-10", "2023"), person=("jane-doe",), wording=("verbatim",)),
    )
    assert selection.to_query() == [
        ("q", "su 35"),
        ("actor", "iran"),
        ("actor", "russia"),
        ("direction", "russia-iran"),
        ("category", "uav"),
        ("standing", "denied"),
        ("dates", "2022-01-01"),
        ("dates", "2022-02-01"),
        ("as_of", "2023-01-01"),
        ("record", "jets"),
        ("person", "jane-doe"),
        ("said", "../2022-10"),
        ("said", "2023"),
        ("wording", "verbatim"),
    ]
    assert Selection().to_query() == []


FIELD_OF = {"actor": "actors", "category": "categories", "standing": "standings"}


def held_by(selection: Selection, key: str) -> object:
    """What a selection asks for under a key."""
    if key in FACETS:
        return selection.views.values(key)
    return getattr(selection, FIELD_OF.get(key, key))


@LAW
@given(st.data(), st.sampled_from(CODE_KEYS))
def test_ids_and_names_in_any_case(data: st.DataObject, key: str) -> None:
    dataset = data.draw(datasets)
    labels = choices(dataset).labels[key]
    if not labels:
        return
    code, label = data.draw(st.sampled_from(sorted(labels.items())))
    spelling = data.draw(
        st.sampled_from(
            [
                *(code, code.upper(), code.title(), code.replace("-", "_"), code.replace("_", " ")),
                *(label, label.upper(), label.lower(), f"  {label} ", label.replace(" ", "_")),
            ]
        )
    )
    selection, problems = from_query([(key, spelling)], dataset)
    assert problems == ()
    found = held_by(selection, key)
    assert found in (code, (code,))


def test_an_id_wins_over_the_same_name() -> None:
    found = choices(small_dataset())
    assert found.find("actor", "IRAN") == "iran"
    assert found.find("actor", "Iranian Ministry") == "iran-ministry"
    assert found.find("actor", "") is None


def test_empty_values_are_no_filters() -> None:
    assert read(*[(key, "") for key in KEYS]) == (Selection(), ())


def test_repeating_one_value_is_no_conflict() -> None:
    selection, problems = read(
        ("direction", "iran-russia"),
        ("direction", "Iran_Russia"),
        ("record", "jets"),
        ("record", "Su-35 fighters"),
        ("as_of", "2023-01-01"),
        ("as_of", "2023-01-01"),
        ("actor", "iran"),
        ("actor", "Iran"),
    )
    assert problems == ()
    assert selection == Selection(
        direction="iran-russia", record="jets", as_of=date(2023, 1, 1), actors=("iran",)
    )


def test_several_words_are_joined() -> None:
    assert read(("q", "su"), ("q", "35"))[0] == Selection(q="su 35")


# ── What isn't understood ──────────────────────────────────────────────────────

BAD: list[tuple[str, list[str], str]] = [
    ("actor", ["atlantis"], "/api/v1/actors"),
    ("actor", ["iran,russia"], "/api/v1/actors"),
    ("actor", ["iran", "atlantis"], "/api/v1/actors"),
    ("actor", ["'; drop table"], "/api/v1/actors"),
    ("direction", ["north"], "iran-russia"),
    ("direction", ["iran-russia", "russia-iran"], "once"),
    ("category", ["submarines"], "uav"),
    ("standing", ["true"], "single_source"),
    ("standing", ["denied", "*"], "denied"),
    ("record", ["tanks"], "/api/v1/transfers"),
    ("record", ["jets", "drones"], "one transfer"),
    ("dates", ["2022-01-01"], "two days"),
    ("dates", ["2022-01-01", "2022-02-01", "2022-03-01"], "two days"),
    ("dates", ["2022-02-01", "2022-01-01"], "first and the last"),
    ("dates", ["2022-01-01", "2022-02-30"], "YYYY-MM-DD"),
    ("dates", ["2022-01", "2022-02"], "YYYY-MM-DD"),
    ("dates", ["2022-01-01/2022-02-01"], "YYYY-MM-DD"),
    ("dates", ["1899-12-31", "2022-01-01"], "1900-01-01"),
    ("as_of", ["2101-01-01"], "2100-12-31"),
    ("as_of", ["yesterday"], "YYYY-MM-DD"),
    ("as_of", ["2022-01-01", "2022-01-02"], "one day"),
    ("as_of", ["2022-01-01", "soon"], "YYYY-MM-DD"),
    ("as_of", ["２０２２-０１-０１"], "YYYY-MM-DD"),
    ("person", ["nobody"], "/api/v1/actors"),
    ("country", ["atlantis"], "not-recorded"),
    ("source_grade", ["A", "Z"], "A, B"),
    ("wording", ["quoted"], "own-words"),
    *(
        ("said", [text], SAID_ACCEPTS)
        for text in (
            *("soon", "2022-05", "2024s", "1899", "../..", "..", "2023/2022", "2022/2023/2024"),
            *("2022~", "2022-02-30/..", "٢٠٢٢", "2022-05-01", "2095/2105"),
        )
    ),
    ("q", ["x" * (MAX_QUERY_LENGTH + 1)], "200"),
    ("q", ["x" * 150, "y" * 150], "200"),
    ("q", ["su\0 35"], "printable"),
    ("q", ["su\n35"], "printable"),
    ("q", ["\u202esu"], "printable"),
]


@pytest.mark.parametrize(("key", "values", "accepts"), BAD, ids=lambda v: repr(v)[:40])
def test_what_is_not_understood_is_said(key: str, values: list[str], accepts: str) -> None:
    pairs = [(key, value) for value in values]
    _, problems = read(*pairs, ("category", "uav"))
    assert problems
    assert {problem.parameter for problem in problems} == {key}
    assert any(accepts in problem.accepts for problem in problems)
    for problem in problems:
        told = str(problem)
        assert told.startswith(f"{key}=")
        assert problem.accepts in told
        assert problem.value in (*values, " ".join(values))
        assert repr(problem.value)[1:30] in told


@pytest.mark.parametrize("key", CODE_KEYS)
@pytest.mark.parametrize(
    "value",
    [*("\0", "%00", "🛩", "../..", "<script>", "x" * 10_000, "ا" * 10_000, "-", "_ _", "null")],
    ids=lambda value: repr(value)[:20],
)
def test_hostile_values_are_refused_in_short_words(key: str, value: str) -> None:
    selection, problems = read((key, value))
    assert [problem.parameter for problem in problems] == [key]
    assert problems[0].value == value
    assert selection == Selection()
    assert len(str(problems[0])) < 700


@pytest.mark.parametrize("key", ["dates", "as_of"])
@pytest.mark.parametrize("value", ["\0", "9" * 10_000, "2022-01-01\0", "🛩", "0000-00-00", "-1"])
def test_hostile_days_are_refused(key: str, value: str) -> None:
    selection, problems = read((key, value), (key, value))
    assert {problem.parameter for problem in problems} == {key}
    assert selection == Selection()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("1990s", date(1990, 1, 1), date(1999, 12, 31)),
        ("../2025-05", date(1900, 1, 1), date(2025, 5, 31)),
        ("2022-02-24/..", date(2022, 2, 24), date(2100, 12, 31)),
        ("2022/2023-03", date(2022, 1, 1), date(2023, 3, 31)),
    ],
)
def test_the_days_of_a_period(text: str, first: date, last: date) -> None:
    assert period(text) == (first, last)


@pytest.mark.parametrize(
    ("key", "value", "meant"),
    [
        ("actor", "irann", "iran"),
        ("actor", "Example Milita", "example-militia"),
        ("category", "combat aircrafts", "combat_aircraft"),
        ("standing", "acknowleged", "acknowledged"),
        ("record", "drone", "drones"),
        ("direction", "iran-rusia", "iran-russia"),
        ("direction", "zzz", ""),
    ],
)
def test_near_misses_are_suggested(key: str, value: str, meant: str) -> None:
    _, (problem,) = read((key, value))
    assert problem.suggestion == meant
    assert (f"Did you mean {meant}?" in str(problem)) == bool(meant)


def test_long_values_are_shortened_in_words_only() -> None:
    problem = QueryProblem("q", "x" * 500, "less")
    assert len(str(problem)) < 200
    assert "…" in str(problem)


def test_what_was_understood_is_kept_beside_the_problems() -> None:
    selection, problems = read(("actor", "iran"), ("actor", "atlantis"), ("q", "su 35"))
    assert selection == Selection(actors=("iran",), q="su 35")
    assert [problem.value for problem in problems] == ["atlantis"]


def test_joiners_of_persian_words_are_accepted() -> None:
    selection, problems = read(("q", "نمی‌دهیم"))
    assert problems == ()
    assert selection.q == "نمی‌دهیم"


def test_the_longest_query_is_accepted() -> None:
    assert read(("q", "x" * MAX_QUERY_LENGTH)) == (Selection(q="x" * MAX_QUERY_LENGTH), ())


def is_heeded(key: str, value: str, selection: Selection, dataset: Dataset) -> bool:
    """True if a selection holds what a pair of a link asks for."""
    if key == "q":
        return set(value.split()) <= set(selection.q.split())
    if key == "dates":
        return value in (str(selection.first), str(selection.last))
    if key == "as_of":
        return value == str(selection.as_of)
    if key == "said":
        return value.strip().casefold() in selection.views.said
    held = held_by(selection, key)
    code = choices(dataset).find(key, value)
    return code is not None and (code == held or (isinstance(held, tuple) and code in held))


VALUES = st.one_of(
    st.sampled_from(
        [
            *("iran", "Iran", "russia", "uav", "missile", "iran-russia", "denied", "contested"),
            *("other", "2022-01-01", "2023-01-01", "2022-1-1", "transfer-1", "Transfer 2 Ёж", " "),
        ]
    ),
    st.text(max_size=12),
    st.text(min_size=1, max_size=4).map(lambda text: text * 3000),
)


@LAW
@given(st.lists(st.tuples(st.sampled_from([*KEYS, "other"]), VALUES), max_size=6))
def test_nothing_asked_for_is_silently_dropped(pairs: list[tuple[str, str]]) -> None:
    dataset = random_dataset(1)
    selection, problems = from_query(pairs, dataset)
    complained = {problem.parameter for problem in problems}
    assert complained <= {key for key, _ in pairs} & set(KEYS)
    for key, value in pairs:
        if key in KEYS and value != "":
            assert key in complained or is_heeded(key, value, selection, dataset), (key, value)
    again, none = from_query(selection.to_query(), dataset)
    assert (again, none) == (selection, ())

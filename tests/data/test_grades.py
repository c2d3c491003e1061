"""The lowest grade that counts: what it keeps, and that statuses follow from what is kept."""

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.assessment import Assessment, assess, assess_transfer
from data.claims import NEVER, Claim, claims_of
from data.grades import GRADE, OFFERED, graded
from data.history import publication_days
from data.load import Dataset, load_dataset, records
from data.query_string import from_query
from data.selection import Selection
from tests.data.strategies import SEEDS, random_dataset, selections, small_dataset

LAW = settings(max_examples=40, deadline=None)
LETTERS, DIGITS = "ABCDE", "12345"
GRADES = [letter + digit for letter, digit in product(LETTERS, DIGITS)]
ID_OF = {"statements": "statement_id", "views": "view_id", "relations": "relation_id"}
LINKS = {
    "statements": "statement_sources",
    "views": "view_sources",
    "relations": "relation_sources",
}


@cache
def ledger() -> Dataset:
    return load_dataset()


@cache
def dataset_named(name: str) -> Dataset:
    return {"ledger": ledger, "fixture": small_dataset}.get(
        name, lambda: random_dataset(int(name))
    )()


NAMES = ["ledger", "fixture", *map(str, SEEDS)]
names = st.sampled_from(NAMES)
grades = st.sampled_from(GRADES)


def letters_of(dataset: Dataset, table: str, day: date | None = None) -> dict[str, set[str]]:
    """Letters of all publishers that carry each row by a day, by the words of the rule."""
    reliability = {row.publisher_id: row.reliability_code for row in records(dataset.publishers)}
    publisher = {row.source_id: row.publisher_id for row in records(dataset.sources)}
    out = {row.source_id: row.published_date_earliest for row in records(dataset.sources)}
    key = ID_OF[table]
    found: dict[str, set[str]] = {}
    for row in records(getattr(dataset, table)):
        found[getattr(row, key)] = {reliability[publisher[row.source_id]]}
    for row in records(getattr(dataset, LINKS[table])):
        if day is None or not out[row.source_id] > pd.Timestamp(day):
            found[getattr(row, key)].add(reliability[publisher[row.source_id]])
    return found


@cache
def fitting(name: str, grade: str, day: date | None = None) -> dict[str, set[str]]:
    """Ids of the rows that a minimum lets through on a day."""
    dataset, (letter, digit) = dataset_named(name), grade
    better = LETTERS[: LETTERS.index(letter) + 1]
    digits = DIGITS[: DIGITS.index(digit) + 1]
    own = {row.statement_id: row.credibility_code for row in records(dataset.statements)}
    return {
        table: {
            key
            for key, letters in letters_of(dataset, table, day).items()
            if letters & set(better) and (table != "statements" or own[key] in digits)
        }
        for table in ID_OF
    }


def kept(dataset: Dataset) -> dict[str, set[str]]:
    return {table: set(getattr(dataset, table)[key]) for table, key in ID_OF.items()}


# ── What is kept ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("name", NAMES)
def test_best_letter_and_own_digit_decide(name: str, grade: str) -> None:
    dataset = dataset_named(name)
    left = graded(dataset, grade)
    assert kept(left) == fitting(name, grade)
    for table in ID_OF:
        whole = getattr(dataset, table)
        assert getattr(left, table).equals(whole.loc[getattr(left, table).index])
    assert left.transfers is dataset.transfers
    assert left.sources is dataset.sources


def test_what_cannot_be_judged_passes_no_minimum() -> None:
    dataset = ledger()
    unjudged = dataset.statements["credibility_code"] == "6"
    of_letter_f = {
        key for key, letters in letters_of(dataset, "statements").items() if letters == {"F"}
    }
    gone = {*dataset.statements.loc[unjudged, "statement_id"], *of_letter_f}
    assert not gone & kept(graded(dataset, "E5"))["statements"]
    assert kept(graded(dataset, ""))["statements"] >= gone


def test_no_minimum_is_the_dataset_itself() -> None:
    assert graded(ledger(), "") is ledger()
    assert Selection().apply(ledger()).base is ledger()


@LAW
@given(names, grades, grades)
def test_a_lower_minimum_keeps_all_that_a_higher_one_keeps(name: str, one: str, two: str) -> None:
    higher = min(one[0], two[0]) + min(one[1], two[1])
    lower = max(one[0], two[0]) + max(one[1], two[1])
    dataset = dataset_named(name)
    few, more = kept(graded(dataset, higher)), kept(graded(dataset, lower))
    for table in ID_OF:
        assert few[table] <= more[table] <= kept(dataset)[table]


@LAW
@given(st.data(), names, grades)
def test_a_source_that_came_out_later_lifts_no_row(
    data: st.DataObject, name: str, grade: str
) -> None:
    dataset = dataset_named(name)
    one, other = sorted(data.draw(st.sampled_from(publication_days(dataset))) for _ in range(2))
    early, late = kept(graded(dataset, grade, one)), kept(graded(dataset, grade, other))
    assert early == fitting(name, grade, one)
    for table in ID_OF:
        assert early[table] <= late[table] <= kept(graded(dataset, grade))[table]


def test_a_grade_on_a_day_is_that_of_the_sources_of_the_day() -> None:
    """Some words wait for a better source than the first that carried them."""
    whole = kept(graded(ledger(), "C3"))["statements"]
    by_then = [
        kept(graded(ledger(), "C3", day))["statements"] for day in publication_days(ledger())[::20]
    ]
    assert any(ids < whole for ids in by_then)
    assert by_then[-1] <= whole


def test_the_offered_minimums_each_leave_something_and_take_something() -> None:
    assert all(GRADE.fullmatch(grade) for grade in OFFERED)
    left = [len(graded(ledger(), grade).statements) for grade in OFFERED]
    assert left == sorted(set(left))
    assert left[0] > 0
    assert left[-1] < len(ledger().statements)


# ── What follows ───────────────────────────────────────────────────────────────


def assessed_over(dataset: Dataset, ids: set[str], day: date) -> dict[str, Assessment]:
    """Statuses from the claims of the whole dataset, those of other statements struck out."""
    known_from = {
        claim.statement_id: claim.known_from
        for claims in claims_of(dataset).values()
        for claim in claims
    }
    retracted: dict[str, date] = {}
    for row in records(dataset.statements):
        if row.retracts_id is not None and row.statement_id in ids:
            when = known_from.get(row.statement_id, row.published_date_latest.date())
            retracted[row.retracts_id] = min(when, retracted.get(row.retracts_id, NEVER))

    def as_left(claim: Claim) -> Claim:
        return replace(claim, retracted_from=retracted.get(claim.statement_id, NEVER))

    found = {}
    for key, claims in claims_of(dataset).items():
        left = [as_left(claim) for claim in claims if claim.statement_id in ids]
        if (status := assess_transfer(left, day)) is not None:
            found[key] = status
    return found


@LAW
@given(st.data(), names, grades)
def test_statuses_are_those_of_the_kept_statements(
    data: st.DataObject, name: str, grade: str
) -> None:
    dataset = dataset_named(name)
    day = data.draw(st.sampled_from(publication_days(dataset)))
    expected = assessed_over(dataset, fitting(name, grade, day)["statements"], day)
    assert assess(graded(dataset, grade, day), day) == expected
    selected = Selection(grade=grade, as_of=day).apply(dataset)
    assert selected.assessments == expected
    assert set(selected.known.transfers["transfer_id"]) == set(expected)


@LAW
@given(st.data(), names, grades)
def test_nothing_graded_lower_is_known(data: st.DataObject, name: str, grade: str) -> None:
    dataset = dataset_named(name)
    day = data.draw(st.sampled_from([None, *publication_days(dataset)]))
    known = Selection(grade=grade, as_of=day).apply(dataset).known
    fit = fitting(name, grade, day)
    for table, key in ID_OF.items():
        assert set(getattr(known, table)[key]) <= fit[table]
    for status in assess(graded(dataset, grade, day), day).values():
        assert {*status.reasons, *status.also_claimed} <= fit["statements"]
    assert set(known.deliveries["statement_id"]) <= fit["statements"]


def test_leaving_weak_sources_out_changes_some_statuses() -> None:
    before, after = assess(ledger()), assess(graded(ledger(), OFFERED[0]))
    assert set(after) < set(before)
    stays = [key for key in after if after[key].reasons != before[key].reasons]
    assert any(after[key].standing_code != before[key].standing_code for key in stays)


# ── Links ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("grade", GRADES)
def test_a_grade_in_any_case_comes_back(grade: str) -> None:
    for spelling in (grade, grade.lower(), f" {grade} ", f"{grade}\n"):
        assert from_query([("grade", spelling)], small_dataset()) == (Selection(grade=grade), ())
    assert Selection(grade=grade).to_query() == [("grade", grade)]


@LAW
@given(st.data(), names, grades)
def test_a_selection_with_a_grade_comes_back(data: st.DataObject, name: str, grade: str) -> None:
    selection = replace(data.draw(selections(dataset_named(name))), grade=grade)
    assert from_query(selection.to_query(), dataset_named(name)) == (selection, ())


def test_repeating_one_grade_is_no_conflict_and_an_empty_one_no_filter() -> None:
    pairs = [("grade", "C3"), ("grade", "c3"), ("grade", "")]
    assert from_query(pairs, small_dataset()) == (Selection(grade="C3"), ())
    assert from_query([("grade", "")], small_dataset()) == (Selection(), ())


@pytest.mark.parametrize(
    "values",
    [
        *(["F1"], ["A6"], ["A0"], ["F6"], ["C"], ["3"], ["3C"], ["C33"], ["CC3"], ["C 3"]),
        *(["C-3"], ["C3,B2"], ["C3 or better"], [" "], ["Ｃ3"], ["C３"], ["С3"], ["C3\0"]),
        *(["<b>C3"], ["C" * 10_000], ["C3", "B2"], ["C3", "nothing"], ["B2", " "]),
    ],
    ids=lambda values: repr(values)[:30],
)
def test_what_is_no_grade_is_said_and_nothing_taken_for_it(values: list[str]) -> None:
    pairs = [("grade", value) for value in values]
    selection, problems = from_query([*pairs, ("category", "uav")], small_dataset())
    assert selection == Selection(categories=("uav",))
    (problem,) = problems
    assert problem.parameter == "grade"
    assert problem.value == " ".join(values)
    assert "one grade, a letter A to E and a digit 1 to 5" in problem.accepts
    assert len(str(problem)) < 300


@pytest.mark.parametrize("grade", ["F1", "A6", "c3", "C", "C33", "3C", " C3"])
def test_a_selection_takes_no_other_text_for_a_grade(grade: str) -> None:
    with pytest.raises(ValueError, match="a letter A to E"):
        Selection(grade=grade)

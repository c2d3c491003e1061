"""Changes between two days: exactly the differences of the two assessments, each with its cause."""

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.assessment import Assessment, assess
from data.claims import LATEST
from data.grades import OFFERED, graded
from data.history import publication_days
from data.load import Dataset, load_dataset
from data.queries.changes import KINDS, change_kinds, changes_between, selected_changes
from data.queries.ledger import transfer_table
from tests.data.strategies import (
    SEEDS,
    empty_dataset,
    fixture_rows,
    load_rows,
    random_dataset,
    seeds,
    selections,
    small_dataset,
    telling_days,
)


@cache
def ledger() -> Dataset:
    return load_dataset()


def status_of(assessment: Assessment | None) -> tuple[str, str] | None:
    return assessment and (assessment.stage_code, assessment.standing_code)


def differences(dataset: Dataset, earlier: date, later: date | None, grade: str = "") -> dict:
    """Statuses on both days of what differs, by asking on each day alone."""
    then = assess(graded(dataset, grade, earlier), earlier)
    now = assess(graded(dataset, grade, later), later)
    pairs = {key: (status_of(then.get(key)), status_of(now.get(key))) for key in {*then, *now}}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def assert_holds(dataset: Dataset, earlier: date, later: date | None) -> int:
    found = changes_between(dataset, earlier, later)
    told = {c.transfer_id: (status_of(c.before), status_of(c.after)) for c in found}
    assert told == differences(dataset, earlier, later)
    rows = dataset.statements.set_index("statement_id")
    for change in found:
        assert change.because
        for key in change.because:
            assert rows.loc[key, "transfer_id"] == change.transfer_id
            assert earlier < rows.loc[key, "published_date_latest"].date() <= (later or LATEST)
        assert set(change.kinds) <= set(KINDS)
        assert change.kinds
        chain = [status_of(change.steps[0].before), *(status_of(s.after) for s in change.steps)]
        assert (chain[0], chain[-1]) == told[change.transfer_id]
        for step in change.steps:
            assert step.because
            assert {rows.loc[k, "published_date_latest"].date() for k in step.because} == {step.day}
        assert all(a.day < b.day for a, b in zip(change.steps, change.steps[1:], strict=False))
    assert [c.day for c in found] == sorted((c.day for c in found), reverse=True)
    return len(found)


@settings(deadline=None)
@given(seeds, telling_days, telling_days)
def test_changes_are_the_differences_of_two_days(seed: int, one: date, two: date) -> None:
    assert_holds(random_dataset(seed), min(one, two), max(one, two))


def test_changes_of_the_ledger_between_random_days() -> None:
    pick, days = random.Random(20240910), publication_days(ledger())
    told = 0
    for _ in range(25):
        earlier, later = sorted(pick.choice(days) + timedelta(pick.randint(-1, 1)) for _ in "12")
        told += assert_holds(ledger(), earlier, pick.choice([later, later, None]))
    assert told > 150


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_grade_is_asked_for_on_both_days(data: st.DataObject) -> None:
    dataset = random_dataset(data.draw(seeds))
    earlier, later = sorted([data.draw(telling_days), data.draw(telling_days)])
    grade = data.draw(st.sampled_from(OFFERED))
    found = changes_between(dataset, earlier, later, grade)
    told = {c.transfer_id: (status_of(c.before), status_of(c.after)) for c in found}
    assert told == differences(dataset, earlier, later, grade)
    assert all(change.because for change in found)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_selection_keeps_what_it_shows_on_either_day(data: st.DataObject) -> None:
    dataset = random_dataset(data.draw(seeds))
    selection = data.draw(selections(dataset))
    earlier = data.draw(telling_days)
    if selection.as_of is not None and selection.as_of < earlier:
        with pytest.raises(ValueError, match="before the earlier one"):
            selected_changes(dataset, selection, earlier)
        return
    found = selected_changes(dataset, selection, earlier)
    before = replace(selection, as_of=earlier).apply(dataset)
    shown = {
        *transfer_table(before)["transfer_id"],
        *transfer_table(selection.apply(dataset))["transfer_id"],
    }
    every = changes_between(dataset, earlier, selection.as_of, selection.grade)
    assert found == tuple(change for change in every if change.transfer_id in shown)


def test_one_day_changes_nothing() -> None:
    for seed in SEEDS:
        assert changes_between(random_dataset(seed), date(2022, 11, 5), date(2022, 11, 5)) == ()
    assert changes_between(empty_dataset(), date(2022, 1, 1)) == ()


def test_the_fixture_changes() -> None:
    by_id = {c.transfer_id: c for c in changes_between(small_dataset(), date(2022, 10, 9))}
    drones = by_id["drones"]
    assert by_id["jets"].because == ("jets-reza-2023-06-01",)
    assert drones.kinds == ("appeared",)
    assert [step.day for step in drones.steps] == [date(2022, 10, 10), date(2022, 11, 5)]
    (admitted,) = changes_between(small_dataset(), date(2022, 10, 10), date(2022, 11, 5))
    assert admitted.kinds == ("acknowledged",)
    assert admitted.because == ("drones-reza-2022-11-05",)


def test_words_taken_back_name_who_took_them_back() -> None:
    rows = fixture_rows()
    promise = next(r for r in rows["statements"] if r["statement_id"] == "jets-reza-2023-06-01")
    later = {"said_date": "2023-07-01", "published_date": "2023-07-01", "stance_code": "declines"}
    taken = {"statement_id": "jets-reza-2023-07-01", "retracts_id": "jets-reza-2023-06-01"}
    rows["statements"].append(promise | later | taken)
    (gone,) = changes_between(load_rows(rows), date(2023, 6, 1), date(2023, 7, 1))
    assert (gone.kinds, gone.because) == (("withdrawn",), ("jets-reza-2023-07-01",))


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        (("agreed", "single_source"), ("delivered", "contested"), ("advanced", "contested")),
        (("agreed", "acknowledged"), ("cancelled", "acknowledged"), ("set_back",)),
        (("cancelled", "acknowledged"), ("agreed", "acknowledged"), ("advanced",)),
        (("delivered", "denied"), ("delivered", "acknowledged"), ("acknowledged",)),
        (
            ("delivered", "acknowledged"),
            ("delivered", "acknowledged_after_denial"),
            ("restated",),
        ),
        (("delivered", "contested"), ("agreed", "contested"), ("set_back",)),
        (None, ("agreed", "contested"), ("appeared",)),
        (("agreed", "denied"), None, ("withdrawn",)),
        (None, None, ()),
        (("agreed", "denied"), ("agreed", "denied"), ()),
    ],
)
def test_kinds(before: object, after: object, kinds: tuple[str, ...]) -> None:
    made = [s and Assessment("t", *s, (), (), ()) for s in (before, after)]
    assert change_kinds(*made) == kinds

"""Turns of a status: on exactly the days on which it differs from the day before."""

from datetime import date, timedelta

import pytest

from data.assessment import Assessment, assess_transfer
from data.claims import claims_of
from data.history import change_days, status_history
from data.load import Dataset
from tests.data.strategies import (
    SEEDS,
    empty_dataset,
    fixture_rows,
    load_rows,
    random_dataset,
    small_dataset,
)

ONE_DAY = timedelta(days=1)
FIRST, LAST = date(2022, 5, 1), date(2023, 12, 31)


def status_of(assessment: Assessment | None) -> tuple[str, str] | None:
    return assessment and (assessment.stage_code, assessment.standing_code)


def every_day(dataset: Dataset, transfer: str) -> list[tuple[date, object, object]]:
    """Day, status before and status from then on, by asking on each single day."""
    claims = claims_of(dataset)[transfer]
    found, before, when = [], None, FIRST
    while when <= LAST:
        after = status_of(assess_transfer(claims, when))
        if after != before:
            found.append((when, before, after))
        before, when = after, when + ONE_DAY
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_turns_are_the_days_on_which_the_status_differs(seed: int) -> None:
    dataset = random_dataset(seed)
    turns = 0
    for transfer in dataset.transfers["transfer_id"]:
        history = status_history(dataset, transfer)
        told = [(c.day, status_of(c.before), status_of(c.after)) for c in history]
        assert told == every_day(dataset, transfer)
        assert {change.day for change in history} <= set(change_days(dataset, transfer))
        turns += len(told)
    assert turns > 10


@pytest.mark.parametrize("seed", SEEDS)
def test_a_turn_tells_both_statuses_and_what_was_new(seed: int) -> None:
    dataset = random_dataset(seed)
    for transfer in dataset.transfers["transfer_id"]:
        claims = claims_of(dataset)[transfer]
        for change in status_history(dataset, transfer):
            assert change.after == assess_transfer(claims, change.day)
            assert change.before == assess_transfer(claims, change.day - ONE_DAY)
            new = {c.statement_id for c in claims if change.day in (c.known_from, c.retracted_from)}
            assert set(change.because) == new
            assert new


def test_change_days_in_order_with_retractions() -> None:
    assert change_days(small_dataset(), "drones") == (
        date(2022, 10, 10),
        date(2022, 11, 5),
        date(2022, 11, 6),
    )


def test_fixture_history() -> None:
    contested, admitted = status_history(small_dataset(), "drones")
    assert (contested.day, contested.before) == (date(2022, 10, 10), None)
    assert status_of(contested.after) == ("delivered", "contested")
    assert contested.because == ("drones-ministry-2022-10-10", "drones-unnamed-2022-10-10")
    assert admitted.day == date(2022, 11, 5)
    assert admitted.before == contested.after
    assert status_of(admitted.after) == ("delivered", "acknowledged")
    assert "drones-reza-2022-11-05" in admitted.because


def test_a_retraction_may_leave_nothing() -> None:
    rows = fixture_rows()
    promise = next(r for r in rows["statements"] if r["statement_id"] == "jets-reza-2023-06-01")
    rows["statements"].append(
        promise
        | {
            "statement_id": "jets-reza-2023-07-01",
            "said_date": "2023-07-01",
            "published_date": "2023-07-01",
            "stance_code": "declines",
            "retracts_id": "jets-reza-2023-06-01",
        }
    )
    promised, gone = status_history(load_rows(rows), "jets")
    assert status_of(promised.after) == ("agreed", "acknowledged")
    assert (gone.day, gone.after) == (date(2023, 7, 1), None)
    assert gone.before == promised.after


def test_what_nobody_counts_has_no_turns() -> None:
    assert status_history(random_dataset(SEEDS[0]), "transfer-7") == ()
    assert change_days(random_dataset(SEEDS[0]), "transfer-7") != ()


def test_an_unknown_transfer_is_an_error() -> None:
    with pytest.raises(KeyError):
        status_history(empty_dataset(), "drones")

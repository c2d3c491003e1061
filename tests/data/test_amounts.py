"""Amounts: ranges in one unit, what is outstanding, what a chart leaves out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.queries.amounts import QuantityRange, outstanding, undrawn
from data.queries.ledger import transfer_table
from data.selection import Selection
from tests.components.transfer_fixture import frames, numbers, transfer
from tests.data.strategies import fixture_rows, load_rows


@pytest.mark.parametrize(
    ("promised", "arrived", "is_arriving", "gap"),
    [
        ((24, 60), (None, None), False, (24, 60)),
        ((None, 72), (None, None), False, (None, 72)),
        ((500, None), (None, None), False, (500, None)),
        ((24, 24), (2, 6), True, (18, 22)),
        ((24, 24), (None, 6), True, (18, 24)),
        ((24, 24), (2, None), True, (0, 22)),
        ((24, None), (2, 6), True, (18, None)),
        ((None, 72), (2, 6), True, (0, 70)),
        ((5, 5), (9, 9), True, (0, 0)),
        ((160, 2400), (12, 1700), True, (0, 2388)),
        ((24, 24), (None, None), True, None),
        ((None, None), (2, 6), True, None),
        ((None, None), (None, None), False, None),
    ],
)
def test_outstanding(promised, arrived, is_arriving, gap):
    assert outstanding(numbers(*promised), numbers(*arrived), is_arriving=is_arriving) == gap


ends = st.one_of(st.none(), st.integers(0, 100))


@given(ends, ends, ends, ends, st.booleans())
def test_a_gap_holds_every_difference_that_the_words_allow(a, b, c, d, is_arriving):
    promised, arrived = QuantityRange(a, b, "", (), ()), QuantityRange(c, d, "", (), ())
    if (None not in (a, b) and a > b) or (None not in (c, d) and c > d):
        return
    gap = outstanding(promised, arrived, is_arriving=is_arriving)
    if gap is None:
        return
    least, most = gap
    assert least is None or most is None or least <= most
    assert all(end is None or end >= 0 for end in gap)
    top = 100 if b is None else b
    for came in (c or 0, (c or 0) if d is None else d) if is_arriving else (0,):
        for said in (a or 0, max(top, a or 0)):
            left = max(said - came, 0)
            assert least is None or least <= left
            assert most is None or left <= most


def test_numbers_in_another_unit_are_left_out():
    rows = fixture_rows()
    promise = next(r for r in rows["statements"] if r["statement_id"] == "jets-reza-2023-06-01")
    given_numbers = {"quantity_low": "24", "quantity_high": "24", "quantity_as_stated": "24 jets"}
    promise.update(given_numbers, unit_code="pieces")
    squadrons = {"quantity_low": "2", "quantity_high": "2", "quantity_as_stated": "2 squadrons"}
    again = {"statement_id": "jets-reza-2023-06-02", "unit_code": "systems"}
    rows["statements"].append(promise | squadrons | again)
    table = transfer_table(Selection().apply(load_rows(rows))).set_index("transfer_id")
    promised = table.loc["jets", "promised"]
    assert (promised.low, promised.high, promised.words) == (24, 24, "24 jets")
    assert table.loc["jets", "gap"] == (24, 24)


def test_what_a_chart_leaves_out_is_counted_once():
    table, _ = frames(
        transfer("a", arrived=numbers(1, 2)),
        transfer("b", promised=numbers(None, 2), unit_code="rounds"),
        transfer("c"),
        transfer("d", unit_code="rounds"),
        transfer("e", direction_code="other", arrived=numbers(1, 2)),
        transfer("f", direction_code="other", unit_code="rounds"),
    )
    left = undrawn(table, "pieces")
    assert (left.elsewhere, left.other_unit, left.no_number) == (2, 1, 2)
    left = undrawn(table, "rounds")
    assert (left.elsewhere, left.other_unit, left.no_number) == (2, 1, 2)
    assert undrawn(table[:0], "pieces").elsewhere == 0

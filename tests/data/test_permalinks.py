"""Permalinks of the whole ledger: what one reader copies, another sees row by row."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.load import Dataset, load_dataset
from data.package import FOLDER
from data.page_settings import SETTINGS, read_settings, settings_query
from data.query_string import from_query
from data.selection import Selected
from tests.data.strategies import selections

TABLES = {
    "transfers": "transfer_id",
    "deliveries": "delivery_id",
    "events": "event_id",
    "statements": "statement_id",
    "views": "view_id",
    "relations": "relation_id",
    "sources": "source_id",
    "actors": "actor_id",
}
PAGES = sorted({setting.page for setting in SETTINGS})


@pytest.fixture(scope="module")
def ledger() -> Dataset:
    return load_dataset(FOLDER)


def row_sets(selected: Selected) -> dict[str, list[str]]:
    return {name: list(getattr(selected.rows, name)[key]) for name, key in TABLES.items()}


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_a_permalink_shows_identical_rows(ledger: Dataset, data: st.DataObject) -> None:
    selection = data.draw(selections(ledger))
    link = urlencode([*selection.to_query(in_full=True), ("v", ledger.version)])
    pairs = [pair for pair in parse_qsl(link, keep_blank_values=True) if pair[0] != "v"]
    again, problems = from_query(pairs, ledger)
    assert not problems
    assert again == selection
    shown, seen = again.apply(ledger), selection.apply(ledger)
    assert row_sets(shown) == row_sets(seen)
    assert shown.assessments == seen.assessments


@pytest.mark.parametrize("page", PAGES)
def test_a_full_link_of_a_page_writes_settings_that_it_reads_back(
    ledger: Dataset, page: str
) -> None:
    pairs = settings_query(page, {}, in_full=True)
    values, problems = read_settings(page, pairs, ledger)
    assert not problems
    assert values == {each.key: each.default for each in SETTINGS if each.page == page}

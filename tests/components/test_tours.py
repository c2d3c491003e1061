"""Tours: every step is a link that the ledger understands, and shows something."""

import pytest

from components.tours import TOURS
from dashboard.navigation import PAGES
from data.load import load_dataset
from data.package import FOLDER
from data.page_settings import SETTING_KEYS, read_settings
from data.query_string import from_query
from data.selection import KEYS

STEPS = [(tour.code, i, step) for tour in TOURS for i, step in enumerate(tour.steps)]


@pytest.fixture(scope="module")
def dataset():
    return load_dataset(FOLDER)


def test_each_tour_has_five_to_seven_steps():
    assert all(5 <= len(tour.steps) <= 7 for tour in TOURS)
    assert len({tour.code for tour in TOURS}) == len(TOURS) == 3


@pytest.mark.parametrize(("code", "number", "step"), STEPS, ids=lambda v: str(v)[:12])
def test_a_step_is_understood_and_shows_rows(dataset, code, number, step):
    assert step.page in {entry.name for entry in PAGES}
    assert {key for key, _ in step.query} <= {*KEYS, *SETTING_KEYS}
    selection, problems = from_query(step.query, dataset)
    _, misread = read_settings(step.page, step.query, dataset)
    assert not problems
    assert not misread
    selected = selection.apply(dataset)
    assert len(selected.rows.views if step.page == "views" else selected.rows.statements) > 0
    if step.page == "record":
        assert selection.record
        known = selected.known
        ids = {*known.transfers["transfer_id"], *known.events["event_id"]}
        assert selection.record in ids
    assert step.words.endswith(".")
    assert len(step.words) < 240

"""Guided tours, walked through on the pages."""

import pytest

from components.tours import TOURS

pytestmark = pytest.mark.usefixtures("own_data")


def _walk(open_page, tour, number):
    step = tour.steps[number]
    query: dict[str, list[str]] = {}
    for key, value in step.query:
        query.setdefault(key, []).append(value)
    return open_page(step.page, {**query, "tour": [f"{tour.code}-{number + 1}"]})


@pytest.mark.parametrize("tour", TOURS, ids=lambda tour: tour.code)
def test_each_step_says_where_the_reader_is(open_page, tour):
    for number, step in enumerate(tour.steps):
        page = _walk(open_page, tour, number)
        assert f"step {number + 1} of {len(tour.steps)}" in page.words
        assert step.words in page.words
        assert "not understood" not in page.words
        assert page.query["tour"] == [f"{tour.code}-{number + 1}"]


def test_the_overview_leads_to_every_tour(open_page):
    words = open_page("overview").words
    assert all(tour.title in words for tour in TOURS)


def test_leaving_a_tour_keeps_the_view(open_page):
    page = _walk(open_page, TOURS[1], 1)
    left = page.press("Leave the tour")
    assert "tour" not in left.query
    assert left.query["record"] == ["su-35"]
    assert "step 2 of" not in left.words


@pytest.mark.parametrize("word", ["drones-0", "drones-99", "nothing-1", "<b>", "drones-٢", "-1"])
def test_a_step_that_is_none_is_passed_over(open_page, word):
    page = open_page("ledger", {"tour": [word], "category": ["uav"]})
    assert "Leave the tour" not in page.buttons
    assert page.drawn

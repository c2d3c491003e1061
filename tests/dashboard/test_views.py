"""The views page and the pages of speakers: panels, chips, cards, and what they leave out."""

import pytest

pytestmark = pytest.mark.usefixtures("own_data")

WILL_NOT = {"position": ["russia_will_not_support"], "said": ["../2025-06-12"]}


def test_chips_name_every_filter_and_take_it_away(open_page):
    page = open_page("views", {**WILL_NOT, "q": ["Israel"], "actor": ["iran"]})
    chips = [button for button in page.buttons if ": " in button]
    assert [chip.split(":")[0] for chip in chips] == ["Search", "Actors", "Position", "Said"]
    page = page.press("Position:")
    assert page.query == {"q": ["Israel"], "actor": ["iran"], "said": ["../2025-06-12"]}
    page = page.press("Clear all")
    assert page.query == {}


def test_a_facet_is_kept_in_the_link_and_by_the_way_back(open_page):
    page = open_page("views", WILL_NOT)
    (role,) = [pills for pills in page.app.main.button_group if pills.key == "facet_role"]
    role.set_value(["researcher"])
    page = page.run()
    assert page.query == {**WILL_NOT, "role": ["researcher"]}
    assert "Nikita Smagin" in {link.proto.label.strip("*") for link in page.app.get("page_link")}


@pytest.mark.parametrize(
    ("panel", "said"),
    [
        ("time", "Who moved, and when?"),
        ("camps", "Side by side, at their last word"),
        ("forecasts", "Russia will not use force against Israel for Iran."),
        ("denials", "denials** by"),
        ("balance", "Who is missing?"),
    ],
)
def test_each_panel_stands_in_the_link(open_page, panel, said):
    page = open_page("views", {"panel": [panel]})
    assert said in page.words
    assert page.query == {"panel": [panel]}


def test_one_view_by_its_address(open_page):
    page = open_page("views", {"view": ["saab-2024-10-17-reputation"]})
    assert "The view that this link names" in page.words
    early = open_page("views", {"view": ["saab-2024-10-17-reputation"], "as_of": ["2024-10-01"]})
    assert "isn’t known here" in early.words
    assert "cannot let Iran down" not in early.words


def test_a_speaker_is_shown_whatever_the_facets_of_views(open_page):
    page = open_page("person", {"who": ["nikita-smagin"], **WILL_NOT, "topic": ["drones"]})
    assert "What has Nikita Smagin said?" in page.words
    assert "16 views" in page.words
    assert "Changed 1 time in 5 answers" in page.words
    back = next(link for link in page.app.get("page_link") if link.proto.label == "Views")
    assert "topic=drones" in back.proto.query_string


def test_a_speaker_before_they_changed_their_mind(open_page):
    page = open_page("person", {"who": ["nikita-smagin"], "as_of": ["2025-12-31"]})
    assert "always the same" in page.words
    assert "2026" not in page.words


def test_a_speaker_nobody_knows(open_page):
    page = open_page("person", {"who": ["nobody"]})
    assert "not understood" in page.words
    assert page.drawn == []

"""The search of the pages: ranked hits, near spellings, and nothing of later days."""

import pytest

pytestmark = pytest.mark.usefixtures("own_data")


def labels(page):
    return [link.proto.label.replace("\\", "") for link in page.app.get("page_link")]


def test_hits_of_all_kinds_stand_on_the_overview(open_page, api):
    page = open_page("overview", {"q": ["su-35"]})
    found = api.get("/api/v1/search", params={"q": "su-35"}).json()
    assert "Found for “\u2068su-35\u2069”" in page.words
    (kinds,) = [pills for pills in page.app.get("button_group") if pills.key == "setting_hits"]
    shown = [option.content for option in kinds.proto.options]
    assert shown[0] == f"All {found['total']}"
    assert f"Views {found['kinds']['views']}" in shown
    assert f"{found['total']} search results of all kinds" in labels(page)
    assert any("Su-35" in label and "background" in label for label in labels(page))
    # One kind, kept in the link.
    page.app.button("hits_all_statements").click()
    page = page.run()
    assert page.query == {"q": ["su-35"], "hits": ["statements"]}
    statements = open_page("overview", page.query)
    for there in (page, statements):
        assert there.words.count("Asserts ·") + there.words.count("Denies ·") > 3
        assert not any(label.startswith("All ") for label in there.buttons)


@pytest.mark.parametrize("name", ["ledger", "views", "statements"])
def test_a_near_spelling_is_offered_where_nothing_fits(open_page, name):
    page = open_page(name, {"q": ["Shahde 136" if name == "ledger" else "Araqchee"]})
    meant = "\u2068Shahed-136\u2069" if name == "ledger" else "\u2068Araghchi\u2069"
    assert "Did you mean" in page.words
    assert meant in page.buttons
    page = page.press(meant)
    assert page.query["q"] == [meant.strip("\u2068\u2069")]
    assert page.drawn
    assert "Did you mean" not in page.words


def test_no_spelling_of_later_days_is_offered(open_page):
    query = {"q": ["Fath 36o"]}
    assert "\u2068Fath-360\u2069" in open_page("ledger", query).buttons
    before = open_page("ledger", {**query, "as_of": ["2022-06-01"]})
    assert not any("Fath-360" in label for label in before.buttons)


def test_an_empty_page_says_where_else_the_words_are(open_page):
    page = open_page("ledger", {"q": ["scientists learn a great deal"]})
    assert "is found in 1 view." in page.words
    assert "See them" in labels(page)
    assert "See them" not in labels(open_page("overview", page.query))


@pytest.mark.parametrize("words", ['" OR * NEAR(', "**x** :red[y] <b>", "…"])
def test_hostile_words_are_words(open_page, words):
    page = open_page("overview", {"q": [words]})
    assert f"“\u2068{words}\u2069”" in page.words

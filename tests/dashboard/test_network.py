"""The network page and the API's rows of a tie: one evidence, whichever way it is asked for."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

from components.network.graph import build_graph
from data.selection import Selection
from tests.dashboard.conftest import Shown

pytestmark = pytest.mark.usefixtures("own_data")

Open = Callable[..., Shown]
ARMS = "iran~russia~arms"


def ids(api: TestClient, query: str, table: str = "statements") -> list[str]:
    answer = api.get(f"/api/v1/{table}?{query}&limit=10000")
    assert answer.status_code == 200, answer.text
    return [row[f"{table[:-1]}_id"] for row in answer.json()["data"]]


def test_a_tie_asked_of_the_api_gives_its_own_rows(api, ledger) -> None:
    tie = build_graph(Selection().apply(ledger)).edges["iran", "russia", ARMS]
    assert sorted(ids(api, f"tie={ARMS}")) == list(tie["statement_ids"])
    assert sorted(ids(api, f"tie={ARMS}", "transfers")) == list(tie["transfer_ids"])
    assert sorted(ids(api, f"tie={ARMS}", "actors")) == ["iran", "russia"]
    assert set(ids(api, f"tie={ARMS}.uav")) < set(tie["statement_ids"])
    sanctions = ids(api, "tie=united-states~iran~sanctions", "events")
    assert sanctions
    unfolded = ids(api, "tie=us-treasury~iran~sanctions&unfold=united-states", "events")
    assert set(unfolded) < set(sanctions)


def test_filters_narrow_a_tie_and_never_widen_it(api) -> None:
    every = ids(api, f"tie={ARMS}")
    early = ids(api, f"tie={ARMS}&as_of=2022-10-01")
    assert 0 < len(early) < len(every)
    assert set(early) <= set(ids(api, "as_of=2022-10-01"))
    assert ids(api, f"tie={ARMS}&direction=russia-iran") == []
    assert ids(api, f"tie={ARMS}&direction=russia-iran", "sources") == []
    assert ids(api, f"tie={ARMS}&direction=russia-iran", "views") == []


@pytest.mark.parametrize(
    "query",
    [
        "tie=iran~nobody~arms",
        "tie=iran",
        "tie=iran~russia~love",
        f"tie={ARMS}&tie=russia~iran~arms",
        f"tie={ARMS}&unfold=%3Cb%3E",
        f"q=su&tie={ARMS}.",
    ],
)
def test_a_tie_that_means_nothing_is_refused(api, query: str) -> None:
    answer = api.get(f"/api/v1/statements?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]["parameter"] in ("tie", "unfold")


def test_pages_of_a_tie_follow_each_other(api) -> None:
    first = api.get(f"/api/v1/statements?tie={ARMS}&limit=5").json()
    assert dict(parse_qsl(urlsplit(first["next"]).query))["tie"] == ARMS


@pytest.mark.parametrize(
    "query",
    [
        {"tie": [ARMS], "as_of": ["2022-09-10"]},
        # One of these repeats another, and stands for itself here.
        {"tie": ["russia~iran~arms.trainer_aircraft"], "arms": ["category"]},
    ],
)
def test_the_panel_links_to_the_statements_that_it_lists(open_page: Open, api, query) -> None:
    shown = open_page("network", query)
    (link,) = re.findall(r"\[The same statements as data\]\((.*?)\)", shown.words)
    expected = api.get(f"/api/v1/statements?{urlsplit(link).query}").json()["data"]
    assert len(expected) > 3
    panel = next(e for e in shown.app.expander if "with sources" in e.label)
    assert panel.label == f"All {len(expected)} statements with sources"
    listed = [re.sub(r"\\([^A-Za-z0-9\s])", r"\1", str(e.value)) for e in panel.markdown]
    listed = [text for text in listed if " · grade " in text]
    assert len(listed) == len(expected)
    for text, row in zip(listed, expected, strict=True):
        assert " ".join(row["summary"].split()) in text


def test_the_link_keeps_and_sets_what_the_page_shows(open_page: Open) -> None:
    query = {
        "focus": ["belarus"],
        "depth": ["1"],
        "unfold": ["iran"],
        "arms": ["category"],
        "hide_tie": ["sanctions"],
        "hide_actor": ["person"],
        "quarter": ["2023-Q4"],
        "path_from": ["belarus"],
        "path_to": ["syria"],
    }
    shown = open_page("network", query)
    assert {key: shown.query[key] for key in query} == query
    assert "Belarus" in [str(e.value) for e in shown.app.subheader]
    back = next(b for b in shown.app.button if b.label == "Back to the path")
    shown = Shown(back.click().run())
    assert "focus" not in shown.query
    assert "Belarus to Syria" in [str(e.value) for e in shown.app.subheader]
    assert "Chain 1, " in shown.words


def test_what_a_link_asks_of_the_page_and_is_not_there_is_said(open_page: Open) -> None:
    shown = open_page(
        "network",
        {"unfold": ["nowhere"], "hide_tie": ["love"], "quarter": ["2022"], "tie": ["a~b~c"]},
    )
    for text in ("unfold=nowhere", "hide_tie=love", "quarter=2022", "has no tie here"):
        assert text in shown.words, text


def test_filtering_by_a_tie_filters_everything(open_page: Open) -> None:
    shown = open_page("network", {"tie": [ARMS]})
    button = next(b for b in shown.app.button if b.label == "Filter everything by this")
    shown = Shown(button.click().run())
    assert shown.query["direction"] == ["iran-russia"]
    assert shown.query["tie"] == [ARMS]


def test_quarters_play_one_by_one_and_stop_at_the_last(open_page: Open) -> None:
    shown = open_page("network", {"actor": ["belarus"]})
    shown = Shown(next(b for b in shown.app.button if b.label == "Play").click().run())
    (first,) = shown.query["quarter"]
    assert re.fullmatch(r"\d{4}-Q[1-4]", first)
    shown = Shown(next(b for b in shown.app.button if b.label == "Pause").click().run())
    assert shown.query["quarter"] == [first]
    assert [b.label for b in shown.app.button].count("Play") == 1


def test_a_folded_actor_is_found_by_unfolding_its_side(open_page: Open) -> None:
    shown = open_page("network", {})
    box = next(b for b in shown.app.selectbox if b.label == "Find an actor")
    shown = Shown(box.set_value("qods-aviation-industries").run())
    assert shown.query["unfold"] == ["iran"]
    assert shown.query["focus"] == ["qods-aviation-industries"]
    assert "Qods Aviation Industries" in [str(e.value) for e in shown.app.subheader]

"""The timeline: its marks are in the API, and its link holds what it shows."""

import pytest

from components.figures.timeline import draw_timeline, window_of
from components.figures.timeline_plan import timeline_plan
from components.theme import Look
from data.queries import timeline as queries
from data.queries.ledger import as_of_day, transfer_table
from data.query_string import from_query

pytestmark = pytest.mark.usefixtures("own_data")

STAGES = {
    "talk": {"discussed"},
    "promise": {"agreed", "licensed_production"},
    "arrival": {"licensed_production", "in_delivery", "delivered"},
    "cancel": {"cancelled"},
}


def marks(ledger, pairs):
    """Turn, statement and day of each dated mark, and id of each event, as drawn."""
    selection, problems = from_query(pairs, ledger)
    assert not problems
    selected = selection.apply(ledger)
    last = min(selection.last, as_of_day(selected))
    plan = timeline_plan(
        transfer_table(selected),
        queries.transfer_spans(selected),
        queries.denials(selected),
        queries.event_marks(selected),
        window=window_of(selection.first, last, selection.as_of, Look()),
        lanes=queries.transfer_lanes(selected, "category"),
        look=Look(),
    )
    figure = draw_timeline(plan, selection.as_of)
    dated = [
        (*mark.partition("#")[0].split(":"), str(day)[:10])
        for trace in figure.data
        for mark, day in zip(trace.ids or (), trace.x, strict=False)
    ]
    events = [
        (key, str(day)[:10])
        for trace in figure.data
        if trace.type == "scatter" and trace.customdata is not None
        for key, day in zip(trace.customdata, trace.x, strict=True)
        if key in set(ledger.events["event_id"])
    ]
    return dated, events


@pytest.mark.parametrize(
    "query",
    [
        "dates=2021-01-01&dates=2026-08-19",
        "dates=2022-01-01&dates=2024-12-31&actor=iran&as_of=2024-10-01&grade=C3",
    ],
)
def test_ten_marks_stand_in_the_api_under_the_same_query(api, ledger, query):
    pairs = [tuple(pair.split("=")) for pair in query.split("&")]
    dated, events = marks(ledger, pairs)
    rows = {
        name: {
            row[key]: row for row in api.get(f"/api/v1/{name}?{query}&limit=1000").json()["data"]
        }
        for name, key in (
            ("statements", "statement_id"),
            ("transfers", "transfer_id"),
            ("events", "event_id"),
        )
    }
    assert len(dated) >= 10
    by_delivery = {
        row["statement_id"]: row
        for row in api.get(f"/api/v1/deliveries?{query}&limit=1000").json()["data"]
    }
    checked = 0
    for turn, statement_id, day in dated:
        transfer = ledger.statements.set_index("statement_id").loc[statement_id, "transfer_id"]
        assert transfer in rows["transfers"]
        statement = rows["statements"].get(statement_id)
        if statement is None:  # said outside the days asked for, of a turn within them
            continue
        assert statement["transfer_id"] == transfer
        assert statement["stage_code"] in STAGES[turn]
        texts = [statement["stage_date"], statement["said_date"]]
        if statement_id in by_delivery:
            texts.append(by_delivery[statement_id]["delivered_date"])
        texts = [text for text in texts if text]
        # An arrival stands half-way between the first and the last that came.
        is_later = turn == "arrival" and any(day >= text[: len(day)] for text in texts)
        assert is_later or any(_holds(text, day) for text in texts)
        checked += 1
    assert checked >= 10
    assert events
    for event_id, day in events:
        assert _holds(rows["events"][event_id]["event_date"], day)


def _holds(text, day):
    """Whether a day lies within EDTF text, as coarse as that is."""
    low, _, high = text.replace("~", "").replace("?", "").replace("%", "").partition("/")
    if "-" in low and low.split("-")[1] > "12":  # a quarter
        return day[:4] == low[:4]
    low, high = low.strip("."), (high or low).strip(".")
    return (not low or day[: len(low)] >= low) and (not high or day[: len(high)] <= high)


def test_a_link_opens_lanes_rows_and_evidence(open_page):
    query = {
        "lanes": ["category"],
        "rows": ["each"],
        "show": ["none"],
        "folded": ["uav"],
        "mark": ["su-35"],
    }
    page = open_page("timeline", query)
    assert page.query == query
    spec = page.app.get("plotly_chart")[0].proto.spec
    assert "lane:combat_aircraft" in spec
    assert "lane:iran-russia" not in spec
    assert "counted in folded lanes" in page.words
    assert "denial" not in page.words.partition("Nothing is left out")[0].rpartition("fall in")[2]
    assert "Su-35 fighters" in page.words
    assert "What its status rests on" in page.words
    closed = page.press("Close")
    assert "mark" not in closed.query
    assert "What its status rests on" not in closed.words


def test_what_a_link_marks_and_is_not_known_yet_is_said(open_page):
    page = open_page("timeline", {"mark": ["su-35"], "as_of": ["2015-01-01"]})
    assert "is not known under the filters and the day in force" in page.words


def test_the_table_is_sent_when_opened_and_holds_every_mark_of_the_day(open_page):
    page = open_page("timeline", {"as_of": ["2022-10-01"], "since": ["all"]})
    assert not page.app.dataframe
    page.app.session_state["timeline_rows_open"] = True
    (table,) = page.run().app.dataframe
    rows = table.value
    assert set(rows["Kind"]) >= {"Transfer", "Denial", "View"}
    assert rows["First day"].max() <= "2022-10-01"
    assert f"{len(rows):,} rows" in next(e.label for e in page.app.expander if "Every" in e.label)

"""The ledger's page: its numbers against the API, its settings in the link, what changed.

Numbers are computed anew from the rows of `/api/v1` by the published counting rule; nothing
of the app's own queries is used.
"""

import json
import re
from datetime import date

import pytest

AS_OF = "2025-03-01"
COUNTING = ("asserts", "confirms", "estimates")
ARRIVING = ("licensed_production", "in_delivery", "delivered")


def rows_of(api, table, query):
    """All rows of a table for the query of a page, as it stands in its address."""
    answer = api.get(f"/api/v1/{table}", params={**query, "limit": 10_000})
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def said_of(api, query):
    """Statements by transfer, public by the day asked for and of the lowest grade."""
    depends_on = {key: query[key] for key in ("as_of", "grade") if key in query}
    found = {}
    for row in rows_of(api, "statements", depends_on):
        found.setdefault(row["transfer_id"], []).append(row)
    return found


def counted(rows):
    """What counts: no repeat, not taken back, not improbable, and it asserts something."""
    taken_back = {row["retracts_id"] for row in rows}
    return [
        row
        for row in rows
        if row["stance_code"] in COUNTING
        and row["derived_from_id"] is None
        and row["credibility_code"] != "5"
        and row["statement_id"] not in taken_back
    ]


def amount(rows, unit, stages):
    """Lowest and highest number that counted statements of some stages give, in one unit."""

    def stage(row):
        return (
            "agreed"
            if row["is_prospective"] and row["stage_code"] in ARRIVING
            else row["stage_code"]
        )

    mine = [row for row in counted(rows) if stage(row) in stages and row["unit_code"] == unit]
    lows = [row["quantity_low"] for row in mine if row["quantity_low"] is not None]
    highs = [row["quantity_high"] for row in mine if row["quantity_high"] is not None]
    return (
        min([*lows, *highs]) if lows else None,
        max([*lows, *highs]) if highs else None,
        any(stage(row) in stages for row in counted(rows)),
    )


def words(low, high):
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def gap(promised, arrived):
    (low, high, _), (least, most, is_arriving) = promised, arrived
    if (low, high) == (None, None) or (is_arriving and (least, most) == (None, None)):
        return ""
    if not is_arriving:
        return words(low, high)
    bottom = max(low - most, 0) if low is not None and most is not None else 0
    if low is None and high is None:
        bottom = None
    return words(bottom, None if high is None else max(high - (least or 0), 0))


def bars(page):
    """Numbers of the bars of the page's first chart, by transfer."""
    figure = json.loads(page.app.get("plotly_chart")[0].proto.spec)
    return {key: tuple(given) for key, *given in figure["data"][-1]["customdata"]}


@pytest.mark.parametrize(
    ("query", "least"),
    [
        ({"as_of": [AS_OF]}, 15),
        ({"as_of": ["2026-08-19"], "grade": ["C3"], "direction": ["russia-iran"]}, 10),
        ({"unit": ["systems"], "by": ["system"], "category": ["air_defence"]}, 3),
    ],
)
def test_the_bars_can_be_computed_from_the_api(own_data, open_page, api, query, least):
    page = open_page("ledger", query)
    assert page.query == query, "the query of the address is the one that the API is asked"
    unit = query.get("unit", ["pieces"])[0]
    said, expected = said_of(api, page.query), {}
    for row in rows_of(api, "transfers", page.query):
        rows = said[row["transfer_id"]]
        promised = amount(rows, row["unit_code"], ("agreed",))[:2]
        arrived = amount(rows, row["unit_code"], ARRIVING)[:2]
        numbers = (*promised, *arrived)
        is_between = row["direction_code"] != "other"
        if is_between and row["unit_code"] == unit and numbers != (None,) * 4:
            expected[row["transfer_id"]] = numbers
    assert bars(page) == expected
    assert len(expected) >= least


def test_the_cells_can_be_computed_from_the_api(own_data, open_page, api):
    page = open_page("ledger", {"as_of": [AS_OF], "actor": ["iran"]})
    said = said_of(api, page.query)
    table = page.app.dataframe[0].value.set_index("Record")
    transfers = rows_of(api, "transfers", page.query)
    assert set(table.index) == {row["transfer_id"] for row in transfers}
    told = 0
    for row in transfers:
        key, rows = row["transfer_id"], said[row["transfer_id"]]
        shown = table.loc[key]
        promised = amount(rows, row["unit_code"], ("agreed",))
        arrived = amount(rows, row["unit_code"], ARRIVING)
        if words(*promised[:2]):
            assert shown["Promised"] == words(*promised[:2])
            told += 1
        if words(*arrived[:2]):
            assert shown["Delivered"].removeprefix("≠ ") == words(*arrived[:2])
            told += 1
        assert shown["Delivered"].startswith("≠ ") <= (row["standing"] == "contested")
        assert shown["Gap"] == gap(promised, arrived), key
        assert shown["Statements"] == len(rows)
        assert shown["Sources"] == len({source for r in rows for source in r["source_ids"]})
        last = max(min(r["said_date_latest"] or "9999", r["published_date_latest"]) for r in rows)
        assert shown["Latest word"].isoformat() == last
        owning = [r for r in counted(rows) if r["statement_id"] in row["reasons"]]
        if row["stage"] == "agreed" and owning:
            first = min(r["published_date_latest"] for r in owning)
            age = date.fromisoformat(AS_OF) - date.fromisoformat(first)
            assert shown["Open for"] == age.days
            told += 1
    assert told >= 10


def test_what_the_chart_leaves_out_is_said_and_adds_up(own_data, open_page):
    page = open_page("ledger", {"as_of": [AS_OF]})
    line = next(m.value for m in page.app.main.markdown if "Not drawn here" in m.value)
    left_out = sum(int(n) for n in re.findall(r"(\d+) transfers?", line))
    assert left_out + len(bars(page)) == len(page.app.dataframe[0].value)
    link = next(e.proto for e in page.app.main.get("page_link") if "other parties" in e.proto.label)
    assert "direction=other" in link.query_string
    assert f"as_of={AS_OF}" in link.query_string


def test_settings_stand_in_the_link_and_change_the_table(own_data, open_page):
    query = {
        "category": ["combat_aircraft"],
        "unit": ["transfers"],
        "by": ["system"],
        "order": ["open"],
        "columns": ["promised", "open"],
        "changed_since": ["2024-01-01"],
    }
    page = open_page("ledger", query)
    assert page.query == query
    ages = page.app.dataframe[0].value["Open for"].dropna().tolist()
    assert ages == sorted(ages, reverse=True)
    assert len(ages) > 1
    assert list(page.app.dataframe[0].proto.column_order) == [
        *("Mark", "Transfer", "Promised", "Open for", "Record")
    ]
    page = open_page("ledger", {"unit": ["dozens"], "changed_since": ["soon"]})
    assert page.drawn == []
    assert "pieces, rounds, systems" in page.words


def test_what_changed_agrees_with_the_api_on_both_days(own_data, open_page, api):
    since, until = "2024-09-01", "2024-09-30"
    page = open_page("ledger", {"changed_since": [since], "as_of": [until]})
    then, now = (
        {
            row["transfer_id"]: (row["stage"], row["standing"])
            for row in rows_of(api, "transfers", {"as_of": day})
        }
        for day in (since, until)
    )
    changed = {key for key in now if now[key] != then.get(key)}
    assert f"{len(changed)} records changed" in page.words
    fath = "10 September 2024: agreed · single source becomes **delivered · contested**"
    assert fath.partition(": ")[2] in page.words
    assert "denies" in page.words
    page = open_page("ledger", {"changed_since": [until], "as_of": [since]})
    assert any("is not before" in info.value for info in page.app.main.info)

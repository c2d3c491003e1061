"""As known on a day, by a lowest grade: one control each, and every page and route follows."""

import random
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from functools import cache
from typing import Any

import pandas as pd
import pytest
from starlette.testclient import TestClient

from components.text import day_words
from dashboard.api.query import MAX_LIMIT
from dashboard.navigation import PAGES
from data.assessment import assess
from data.exports.tables import TABLES
from data.grades import OFFERED, graded
from data.history import publication_days
from data.load import Dataset, load_dataset, records
from data.package import FOLDER

pytestmark = pytest.mark.usefixtures("own_data")

NAMES = [entry.name for entry in PAGES]
DAYS_TRIED = 40
KEY = {name: f"{name[:-1]}_id" for name in TABLES} | {"deliveries": "delivery_id"}
BACK, COUNT_ALL = "Back to the latest", "Count every grade"
ONE_DAY = timedelta(days=1)

Row = dict[str, Any]


@cache
def whole() -> Dataset:
    return load_dataset(FOLDER)


@cache
def days() -> tuple[date, ...]:
    return publication_days(whole())


def random_days() -> list[date]:
    pick = random.Random(20240910)
    span = (days()[-1] - days()[0]).days
    return sorted(days()[0] + ONE_DAY * pick.randrange(span) for _ in range(DAYS_TRIED))


def rows_of(api: TestClient, table: str, **query: str) -> list[Row]:
    """All rows of a table, once its counts have been found to agree."""
    answer = api.get(f"/api/v1/{table}", params={"limit": str(MAX_LIMIT), **query})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["as_of"] == query.get("as_of")
    assert body["count"] == body["total"] == len(body["data"]) <= MAX_LIMIT
    assert body["next"] is None
    ids = [row[KEY[table]] for row in body["data"]]
    assert len(ids) == len(set(ids))
    return body["data"]


def ids_of(rows: list[Row], table: str) -> set[str]:
    return {row[KEY[table]] for row in rows}


def public_by(table: str, day: date) -> set[str]:
    """Ids of a table's rows that were published by a day."""
    frame = getattr(whole(), table)
    by_then = frame["published_date_latest"] <= pd.Timestamp(day)
    return set(frame.loc[by_then, f"{table[:-1]}_id"])


# ── The API ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("day", random_days(), ids=str)
def test_every_row_of_every_route_was_public_by_the_day(api: TestClient, day: date) -> None:
    found = {table: rows_of(api, table, as_of=day.isoformat()) for table in TABLES}
    ids = {table: ids_of(rows, table) for table, rows in found.items()}
    statements, views = public_by("statements", day), public_by("views", day)

    for table in ("statements", "views"):
        for row in found[table]:
            assert row["published_date_latest"] <= day.isoformat()
    assert ids["views"] == views
    # Words about a transfer of which nothing counts have no status to stand under.
    assert ids["statements"] == {
        row.statement_id
        for row in records(whole().statements)
        if row.statement_id in statements
        and (row.event_id is not None or row.transfer_id in ids["transfers"])
    }
    for row in found["statements"]:
        for other in (row["derived_from_id"], row["retracts_id"]):
            assert other is None or other in statements
        assert row["transfer_id"] is None or row["transfer_id"] in ids["transfers"]
        assert row["event_id"] is None or row["event_id"] in ids["events"]
        assert {row["source_id"], *row["source_ids"]} <= ids["sources"]
        assert row["speaker_id"] in ids["actors"]

    for row in found["transfers"]:
        assert row["reasons"]
        assert {*row["reasons"], *row["also_claimed"]} <= ids["statements"]
    for row in found["deliveries"]:
        assert row["statement_id"] in ids["statements"]
        assert row["transfer_id"] in ids["transfers"]
    for row in found["events"]:
        assert row["statement_ids"]
        assert set(row["statement_ids"]) <= ids["statements"]
        assert set(row["transfer_ids"]) <= ids["transfers"]
        assert {part["actor_id"] for part in row["actors"]} <= ids["actors"]
    for row in found["views"]:
        assert set(row["transfer_ids"]) <= ids["transfers"]
        assert set(row["source_ids"]) <= ids["sources"]
        assert {row["person_id"], *row["actor_ids"]} <= ids["actors"]

    assert ids["sources"] == cited_by_public_rows(found, day)
    assert ids["actors"] == named_by_public_rows(found, day)


def relations_known(day: date) -> list[Any]:
    known = public_by("relations", day)
    return [row for row in records(whole().relations) if row.relation_id in known]


def cited_by_public_rows(found: dict[str, list[Row]], day: date) -> set[str]:
    """The sources of the rows; a further source only once it had come out."""
    cited = {row["source_id"] for table in ("statements", "views") for row in found[table]}
    published = dict(
        zip(whole().sources["source_id"], whole().sources["published_date_earliest"], strict=True)
    )
    relations = relations_known(day)
    cited |= {row.source_id for row in relations}
    for links, key, ids in (
        ("statement_sources", "statement_id", ids_of(found["statements"], "statements")),
        ("view_sources", "view_id", ids_of(found["views"], "views")),
        ("relation_sources", "relation_id", {row.relation_id for row in relations}),
    ):
        for row in records(getattr(whole(), links)):
            if getattr(row, key) in ids and not published[row.source_id] > pd.Timestamp(day):
                cited.add(row.source_id)
    return cited


@pytest.mark.parametrize("day", random_days()[::8], ids=str)
@pytest.mark.parametrize("grade", [{}, {"grade": "C3"}], ids=["all", "C3"])
def test_changes_feed_and_citations_know_nothing_later(api: TestClient, day: date, grade) -> None:
    query = {"as_of": day.isoformat(), **grade}
    statements = ids_of(rows_of(api, "statements", **query), "statements")
    sources = ids_of(rows_of(api, "sources", **query), "sources")
    since = {"since": (day - 365 * ONE_DAY).isoformat()}
    changes = api.get("/api/v1/changes", params={**query, **since}).json()["data"]
    for row in changes:
        assert row["day"] <= query["as_of"]
        assert all(step["day"] <= query["as_of"] for step in row["steps"])
        assert row["stage"] is None or statements & {*row["because"]}
        assert {*row["because"]} <= public_by("statements", day)
    feed = ET.fromstring(api.get("/api/v1/changes.atom", params={**query, "limit": "500"}).content)
    moments = [node.text for node in feed.iter("{http://www.w3.org/2005/Atom}updated")]
    assert moments and all(str(moment)[:10] <= query["as_of"] for moment in moments)
    for row in rows_of(api, "transfers", **query)[:3]:
        items = api.get(f"/api/v1/transfers/{row['transfer_id']}.json", params=query).json()
        assert {item["id"] for item in items[:-1]} <= sources
    hidden = set(whole().transfers["transfer_id"])
    hidden -= ids_of(rows_of(api, "transfers", **query), "transfers")
    for key in sorted(hidden)[:2]:
        for ending in ("", ".ris", ".bib", ".json"):
            answer = api.get(f"/api/v1/transfers/{key}{ending}", params=query)
            assert answer.status_code == 404


def named_by_public_rows(found: dict[str, list[Row]], day: date) -> set[str]:
    """Everybody who is party to the rows, speaks, acts or is tied in them, and all above."""
    named = {row["speaker_id"] for row in found["statements"]}
    for row in found["transfers"]:
        named |= {row["supplier_id"], row["recipient_id"]}
    for row in found["views"]:
        named |= {row["person_id"], row["organisation_id"], *row["actor_ids"]} - {None}
    for row in found["events"]:
        named |= {part["actor_id"] for part in row["actors"]}
    for row in relations_known(day):
        named |= {row.from_id, row.to_id}
    lineage = dict(zip(whole().actors["actor_id"], whole().actors["lineage"], strict=True))
    return {above for actor in named for above in lineage[actor]}


@pytest.mark.parametrize("table", TABLES)
def test_the_day_of_the_last_publication_shows_what_no_day_shows(
    api: TestClient, table: str
) -> None:
    latest = rows_of(api, table)
    if table == "sources":  # a further source may be dated later than all words
        assert ids_of(rows_of(api, table, as_of=days()[-1].isoformat()), table) <= ids_of(
            latest, table
        )
    else:
        assert rows_of(api, table, as_of="2100-12-31") == latest
    assert rows_of(api, table, as_of=(days()[0] - ONE_DAY).isoformat()) == []


@pytest.mark.parametrize("table", ["views", "events"])
def test_what_was_public_stays_public(api: TestClient, table: str) -> None:
    before: set[str] = set()
    for day in random_days()[::4]:
        now = ids_of(rows_of(api, table, as_of=day.isoformat()), table)
        assert before <= now
        before = now
    assert before


@pytest.mark.parametrize("grade", OFFERED)
@pytest.mark.parametrize("day", [None, "2024-09-15"])
def test_routes_follow_grade_and_day_together(api: TestClient, grade: str, day: str | None) -> None:
    query = {"grade": grade} | ({"as_of": day} if day else {})
    every = {"as_of": day} if day else {}
    sources = {row["source_id"]: row for row in rows_of(api, "sources", **query)}
    statements = rows_of(api, "statements", **query)
    known = ids_of(statements, "statements")
    assert known < ids_of(rows_of(api, "statements", **every), "statements")
    for row in statements:
        letters = {sources[key]["reliability_code"] for key in row["source_ids"]}
        assert min(letters) <= grade[0]
        assert row["credibility_code"] <= grade[1]
    for row in rows_of(api, "transfers", **query):
        assert {*row["reasons"], *row["also_claimed"]} <= known
    for row in rows_of(api, "deliveries", **query):
        assert row["statement_id"] in known
    for row in rows_of(api, "events", **query):
        assert set(row["statement_ids"]) <= known


# ── The band and the steps ───────────────────────────────────────────────────────────────────────


def band_words(page, name: str) -> str:
    """Words of a band; "" where it isn't shown."""
    start = {"as_of": "As known on", "grade": "Only grades"}[name]
    shown = [line for line in page.words.splitlines() if f"**{start}" in line]
    assert len(shown) <= 1
    return "".join(shown)


def step(page, which: str):
    button = page.app.sidebar.button(key=f"step_{which}")
    assert not button.disabled
    button.click()
    return page.run()


@pytest.mark.parametrize("name", NAMES)
def test_every_page_says_the_day_and_steps_to_its_neighbours(open_page, api, name) -> None:
    place = days().index(next(day for day in days() if day >= date(2024, 9, 5)))
    earlier, later = days()[place - 1 : place + 1]
    record = {"record": ["fath-360"]} if name == "record" else {}
    page = open_page(name, {"as_of": [later.isoformat()], **record})
    for moved, day in ((None, later), ("earlier", earlier), ("later", later)):
        page = step(page, moved) if moved else page
        assert page.query == {"as_of": [day.isoformat()], **record}
        assert page.app.sidebar.date_input(key="filter_as_of").value == day
        words = band_words(page, "as_of")
        assert f"As known on {day_words(day)}" in words
        known = len(rows_of(api, "statements", as_of=day.isoformat()))
        assert f"{known:,} statements had been published by then" in words
    page = page.press(BACK)
    assert page.query == record
    assert band_words(page, "as_of") == ""
    assert BACK not in page.buttons
    assert page.app.sidebar.date_input(key="filter_as_of").value is None
    assert page.drawn


def test_a_step_from_the_latest_leads_to_the_last_day_of_publication(open_page) -> None:
    page = open_page("ledger")
    assert page.app.sidebar.button(key="step_later").disabled
    page = step(page, "earlier")
    assert page.query == {"as_of": [days()[-1].isoformat()]}
    assert page.app.sidebar.button(key="step_later").disabled
    page = step(page, "earlier")
    assert page.query == {"as_of": [days()[-2].isoformat()]}
    assert step(page, "later").query == {"as_of": [days()[-1].isoformat()]}


def test_a_step_from_a_quiet_day_leads_to_the_days_around_it(open_page) -> None:
    before, after = next(
        pair for pair in zip(days(), days()[1:], strict=False) if pair[1] - pair[0] > ONE_DAY
    )
    query = {"as_of": [(before + ONE_DAY).isoformat()]}
    assert step(open_page("statements", query), "earlier").query == {"as_of": [str(before)]}
    assert step(open_page("statements", query), "later").query == {"as_of": [str(after)]}


@pytest.mark.parametrize("day", [days()[0], days()[0] - ONE_DAY, date(1900, 1, 1)], ids=str)
def test_no_step_leads_before_the_first_day(open_page, day) -> None:
    page = open_page("overview", {"as_of": [str(day)]})
    assert page.app.sidebar.button(key="step_earlier").disabled
    after = days()[1] if day == days()[0] else days()[0]
    assert step(page, "later").query == {"as_of": [str(after)]}


def test_steps_keep_filters_and_record(open_page) -> None:
    rest = {"category": ["missile"], "grade": ["C3"], "record": ["fath-360"]}
    page = open_page("record", {**rest, "as_of": [str(days()[-3])]})
    page = step(page, "earlier")
    assert page.query == {**rest, "as_of": [str(days()[-4])]}
    assert page.press(BACK).query == rest


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("query", [{"as_of": ["1900-01-01"]}, {"as_of": [str(days()[0])]}], ids=str)
def test_pages_stand_on_days_of_which_next_to_nothing_is_known(open_page, name, query) -> None:
    page = open_page(name, query)
    assert "As known on" in band_words(page, "as_of")
    assert page.query == query


def test_the_date_field_moves_band_link_and_rows(open_page, api) -> None:
    page = open_page("statements")
    page.app.sidebar.date_input(key="filter_as_of").set_value(date(2022, 11, 5))
    page = page.run()
    assert page.query == {"as_of": ["2022-11-05"]}
    assert "As known on 5 November 2022" in band_words(page, "as_of")
    known = len(rows_of(api, "statements", as_of="2022-11-05"))
    assert f"**{known} of {known}** statements" in page.words


# ── The lowest grade ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_every_page_says_the_lowest_grade(open_page, api, name) -> None:
    page = open_page(name)
    assert band_words(page, "grade") == ""
    page.app.sidebar.selectbox(key="filter_grade").select("C3")
    page = page.run()
    assert page.query == {"grade": ["C3"]}
    known = len(rows_of(api, "statements", grade="C3"))
    words = band_words(page, "grade")
    assert "Only grades C3 or better count" in words
    assert f"{known:,} statements left" in words
    assert page.count == (len(rows_of(api, "transfers", grade="C3")),) * 2
    page = page.press(COUNT_ALL)
    assert page.query == {}
    assert band_words(page, "grade") == ""


def test_a_grade_of_a_link_is_on_offer_though_the_filter_has_others(open_page) -> None:
    page = open_page("ledger", {"grade": ["a2"]})
    assert page.query == {"grade": ["A2"]}
    choice = page.app.sidebar.selectbox(key="filter_grade")
    assert choice.value == "A2"
    assert len(choice.options) == len(OFFERED) + 2
    assert "Only grades A2 or better count" in band_words(page, "grade")


@pytest.mark.parametrize("value", ["F1", "C", "C33", "<b>"])
def test_what_is_no_grade_is_said_and_nothing_is_shown(open_page, api, value) -> None:
    page = open_page("ledger", {"grade": [value], "category": ["uav"]})
    assert "grade=" in page.words
    assert "one grade, a letter A to E and a digit 1 to 5" in page.words
    assert page.drawn == []
    assert api.get("/api/v1/transfers", params={"grade": value}).status_code == 400
    assert page.press("Go on with the rest").query == {"category": ["uav"]}


def moved_by_grades() -> list[str]:
    """Transfers that have another status, or none, where weak sources are left out."""
    day = date(2024, 9, 15)
    found = {
        grade: {
            key: (status.stage_code, status.standing_code)
            for key, status in assess(graded(whole(), grade, day), day).items()
        }
        for grade in ("", *OFFERED)
    }
    moved = [
        key
        for key, status in found[""].items()
        if any(found[grade].get(key, status) != status for grade in OFFERED)
    ]
    gone = [key for key in found[""] if any(key not in found[grade] for grade in OFFERED)]
    return sorted({*moved[:4], *gone[:2]})


def status_in_words(api: TestClient, labels: dict[str, dict[str, str]], **query: str) -> str:
    rows = rows_of(api, "transfers", **query)
    if not rows:
        return "not known"
    (row,) = rows
    if row["standing"] == "denied":
        return "only denied"
    return f"{labels['stages'][row['stage']]} · {labels['standings'][row['standing']].lower()}"


@pytest.mark.parametrize("day", [None, "2024-09-15"])
@pytest.mark.parametrize("record", moved_by_grades())
def test_the_table_without_weak_sources_agrees_with_the_api(open_page, api, record, day) -> None:
    labels = {
        name: dict(zip(frame["code"], frame["label"], strict=True))
        for name, frame in whole().vocabularies.items()
        if name in ("stages", "standings")
    }
    query = {"record": record} | ({"as_of": day} if day else {})
    page = open_page("record", {key: [value] for key, value in query.items()})
    (table,) = [t.value for t in page.app.main.table if "Counting grades" in t.value.columns]
    shown = dict(zip(table["Counting grades"], table["Status"], strict=True))
    expected = {"Every grade": status_in_words(api, labels, **query)}
    for grade in OFFERED:
        expected[f"{grade} or better"] = status_in_words(api, labels, grade=grade, **query)
    assert shown == expected
    assert next(iter(shown)) == "Every grade"


@pytest.mark.parametrize("grade", OFFERED)
def test_the_record_page_shows_the_status_under_the_grade(open_page, api, grade) -> None:
    (row,) = rows_of(api, "transfers", record="fath-360", grade=grade)
    page = open_page("record", {"record": ["fath-360"], "grade": [grade]})
    stages = whole().vocabularies["stages"].set_index("code")["label"]
    standings = whole().vocabularies["standings"].set_index("code")["label"]
    badges = [m.value for m in page.app.main.markdown if "-badge[" in m.value]
    assert f"{stages[row['stage']].lower()}]" in badges[0]
    assert f"{standings[row['standing']].lower()}]" in badges[1]

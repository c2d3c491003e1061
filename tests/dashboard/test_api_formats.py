"""The API's forms: CSV beside JSON, headers, changes, and the feed; none tells of the future."""

import csv
import io
import uuid
import xml.etree.ElementTree as ET
from datetime import date

import bibtexparser
import feedparser
import pytest
import rispy
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import dataset as shared
from dashboard.api import api_routes
from data.exports.cells import unguarded
from data.exports.tables import ALL_TABLES, TABLES
from tests.data.package_fixture import add_row, edit_cell, row_of, write_package

ROOT = "/api/v1"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
DAY = "2024-09-08"
FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def fixture_api(tmp_path, monkeypatch):
    """The API over a small package with hostile texts in it."""
    folder = write_package(tmp_path / "package", has_whole_vocabularies=True)
    edit_cell(folder, "transfers", row_of("transfers", "jets"), "note", FORMULA)
    hostile = "<script>alert(1)</script> ]]> & \u202e right"
    row = row_of("statements", "drones-reza-2022-11-05")
    edit_cell(folder, "statements", row, "summary", hostile)
    for key, day in (("early", "2022-10-11"), ("late", "2030-01-01")):
        add_row(
            folder,
            "corrections",
            correction_id=key,
            corrected_date=day,
            table_name="statements",
            record_id="drones-unnamed-2022-10-10",
            was="It said one thing.",
            now="It says another.",
            reason="Read again.",
        )
    monkeypatch.setenv(shared.VARIABLE, str(folder))
    return TestClient(Starlette(routes=api_routes()))


def csv_rows(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def as_cell(value):
    """A value of JSON as the CSV's cell reads."""
    if isinstance(value, list):
        parts = (
            " : ".join("" if v is None else str(v) for v in part.values())
            if isinstance(part, dict)
            else part
            for part in value
        )
        return " | ".join(parts)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


@pytest.mark.parametrize("name", [*ALL_TABLES, "vocabularies", "changes", "search"])
def test_csv_has_the_rows_and_columns_of_json(own_data, api, name):
    asks = {"limit": "40", "offset": "3"}
    asks |= {"vocabularies": {}, "search": {"q": "drones"}}.get(name, {"as_of": "2025-01-31"})
    asks |= {"since": "2022-10-01"} if name == "changes" else {}
    body = api.get(f"{ROOT}/{name}", params=asks).json()
    answer = api.get(f"{ROOT}/{name}.csv", params=asks)
    rows = csv_rows(answer)
    assert [{column: unguarded(cell) for column, cell in row.items()} for row in rows] == [
        {column: as_cell(value) for column, value in row.items()} for row in body["data"]
    ]
    assert answer.headers["x-total-count"] == str(body["total"])
    assert ('rel="next"' in answer.headers["link"]) == (body["next"] is not None)
    assert rows or name == "corrections"


def test_csv_is_guarded_and_json_is_to_the_letter(fixture_api):
    (row,) = csv_rows(fixture_api.get(f"{ROOT}/transfers.csv?record=jets"))
    assert row["note"] == f"'{FORMULA}"
    assert fixture_api.get(f"{ROOT}/transfers/jets").json()["data"]["note"] == FORMULA


def test_pages_lead_to_one_another_by_header(own_data, api):
    walked, url = [], f"{ROOT}/events.csv?direction=iran-russia&limit=30"
    backwards = 0
    while url:
        answer = api.get(url)
        walked += csv_rows(answer)
        links = {link["rel"]: link["url"] for link in answer.links.values()}
        backwards += "prev" in links
        url = f"{ROOT}/events.csv{links['next']}" if "next" in links else None
    assert len(walked) == int(answer.headers["x-total-count"]) > 30
    assert len({row["event_id"] for row in walked}) == len(walked)
    assert backwards == len(walked) // 30


@pytest.mark.parametrize(
    "path",
    [
        "transfers.csv",
        "changes.atom",
        "openapi.json",
        "docs",
        "transfers/fath-360",
        "search?q=su35",
    ],
)
def test_every_form_has_a_validator_and_may_be_read_by_other_sites(own_data, api, path):
    url = f"{ROOT}/{path}"
    answer = api.get(url)
    tag = answer.headers["etag"]
    for given in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        for method in ("GET", "HEAD"):
            again = api.request(method, url, headers={"If-None-Match": given})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
    assert api.get(url, headers={"If-None-Match": '"other"'}).status_code == 200
    head = api.head(url)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    assert head.headers["content-type"] == answer.headers["content-type"]
    packed = api.get(url, headers={"Accept-Encoding": "gzip"})
    assert packed.headers.get("content-encoding") == "gzip" or len(answer.content) < 1000
    options = api.options(url, headers={"Origin": "https://example.org"})
    assert options.status_code == 204
    for one in (answer, head, options, api.get(f"{url}/nothing"), api.post(url)):
        assert one.headers["access-control-allow-origin"] == "*"
        assert "Link" in one.headers["access-control-expose-headers"]
    assert "GET" in options.headers["access-control-allow-methods"]
    assert api.post(url).headers["allow"] == "GET, HEAD, OPTIONS"


def test_a_browser_gets_a_page_and_a_program_json(own_data, api):
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    for url in (ROOT, f"{ROOT}/", "/api", "/api/"):
        page = api.get(url, headers=browser)
        assert page.headers["content-type"].startswith("text/html")
        assert page.headers["vary"].startswith("Accept")
        assert "<script" not in page.text and "src=" not in page.text
        assert "prefers-color-scheme:dark" in page.text
        for name in ALL_TABLES:
            assert f"{ROOT}/{name}.csv" in page.text
        assert "tables" in api.get(url).json()
        assert "tables" in api.get(url, headers={"Accept": "application/json, text/html"}).json()


# ── One row, supporting tables ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", TABLES)
def test_a_single_row_is_the_row_of_its_table(own_data, api, name):
    rows = api.get(f"{ROOT}/{name}", params={"as_of": DAY, "limit": "3"}).json()["data"]
    for row in rows:
        key = row[f"{name[:-1]}_id" if name != "deliveries" else "delivery_id"]
        body = api.get(f"{ROOT}/{name}/{key}", params={"as_of": DAY}).json()
        assert (body["as_of"], body["data"]) == (DAY, row)


def test_supporting_tables_hold_what_the_rows_refer_to(own_data, api):
    for query in ("", f"as_of={DAY}", "as_of=1900-01-01", "record=su-35", "direction=russia-iran"):
        found = {
            name: api.get(f"{ROOT}/{name}?limit=10000&{query}").json()["data"]
            for name in ALL_TABLES
        }
        made = {row["system_id"] for row in (*found["transfers"], *found["events"])} - {None}
        assert {row["system_id"] for row in found["systems"]} == made
        issuers = {row["publisher_id"] for row in found["sources"]}
        issuers |= {row["original_publisher_id"] for row in found["sources"]} - {None}
        assert {row["publisher_id"] for row in found["publishers"]} == issuers


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", ["early", "drones-2024-01-02", "late"]),
        ("as_of=2029-12-31", ["early", "drones-2024-01-02"]),
        ("as_of=2023-12-31", ["early"]),
        ("as_of=2022-10-10", []),
        ("record=drones", ["early", "drones-2024-01-02", "late"]),
        ("record=jets", []),
        ("actor=reza-example", ["drones-2024-01-02"]),
    ],
)
def test_corrections_are_of_rows_that_are_there_by_the_day(fixture_api, query, ids):
    rows = fixture_api.get(f"{ROOT}/corrections?{query}").json()["data"]
    assert [row["correction_id"] for row in rows] == ids


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("vocabularies?as_of=2024-01-01", "as_of"),
        ("transfers?since=2024-01-01", "since"),
        ("transfers/fath-360?q=x", "q"),
        ("changes", "since"),
        ("changes?since=x", "since"),
        ("changes?since=1800-01-01", "since"),
        ("changes?since=2024-01-02&since=2024-01-01", "since"),
        ("changes?since=2024-01-02&as_of=2024-01-01", "since"),
        ("changes?since=2024-01-02&tie=iran~russia~arms", "tie"),
        ("changes.atom?limit=501", "limit"),
        ("changes.atom?since=x", "since"),
    ],
)
def test_a_route_refuses_what_it_cannot_follow(own_data, api, path, parameter):
    answer = api.get(f"{ROOT}/{path}")
    assert answer.status_code == 400
    assert answer.json()["error"]["parameter"] == parameter


def test_filters_that_are_not_set_are_no_question(own_data, api):
    query = "actor=any&as_of=latest&record=&v=0.1.0"
    assert api.get(f"{ROOT}/vocabularies?{query}").status_code == 200
    assert api.get(f"{ROOT}/search?q=drones&{query}").status_code == 200


# ── Citations ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["transfers", "events", "statements", "views", "sources"])
def test_a_record_is_cited_by_what_was_known_on_the_day(own_data, api, name):
    row = api.get(f"{ROOT}/{name}?limit=1&as_of={DAY}").json()["data"][0]
    key = next(iter(row.values()))
    url = f"{ROOT}/{name}/{key}"
    known = {r["source_id"] for r in api.get(f"{ROOT}/sources?as_of={DAY}").json()["data"]}
    items = api.get(f"{url}.json?as_of={DAY}").json()
    assert items[-1]["id"].startswith("ledger") and f"known on {DAY}" in items[-1]["note"]
    assert len(items) > 1 and {item["id"] for item in items[:-1]} <= known
    assert not set(row.get("source_ids", [])) - {item["id"] for item in items}
    ris = rispy.loads(api.get(f"{url}.ris?as_of={DAY}").text)
    bib = bibtexparser.parse_string(api.get(f"{url}.bib?as_of={DAY}").text)
    assert [one["id"] for one in ris] == [item["id"] for item in items]
    assert [one.key for one in bib.entries] == [item["id"] for item in items]
    for ending in (".bib", ".ris", ".json"):
        assert api.get(f"{url}{ending}?as_of=1900-01-01").status_code == 404
        assert api.get(f"{ROOT}/{name}/nothing{ending}").status_code == 404


# ── Changes ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("since", "until"), [("2022-10-01", "2022-12-31"), ("2024-09-01", None)])
@pytest.mark.parametrize("query", [{}, {"grade": "C3"}, {"direction": "iran-russia"}])
def test_changes_lead_from_one_day_to_the_other(own_data, api, since, until, query):
    def status(day):
        asked = {**query, "limit": "10000"} | ({"as_of": day} if day else {})
        rows = api.get(f"{ROOT}/transfers", params=asked).json()["data"]
        return {row["transfer_id"]: (row["stage"], row["standing"]) for row in rows}

    asked = {**query, "since": since} | ({"as_of": until} if until else {})
    rows = api.get(f"{ROOT}/changes", params=asked).json()["data"]
    before, after = status(since), status(until)
    nothing = (None, None)
    expected = {
        key: (before.get(key, nothing), after.get(key, nothing))
        for key in {*before, *after}
        if before.get(key) != after.get(key)
    }
    assert {
        row["transfer_id"]: (
            (row["stage_before"], row["standing_before"]),
            (row["stage"], row["standing"]),
        )
        for row in rows
    } == expected
    assert rows
    for row in rows:
        assert since < row["day"] <= (until or "2100") and row["because"]
        assert row["steps"][-1] == {
            "day": row["day"],
            "stage": row["stage"],
            "standing": row["standing"],
        }
    one = api.get(f"{ROOT}/changes", params={**asked, "record": rows[0]["transfer_id"]}).json()
    assert one["data"] == rows[:1]


# ── The feed ─────────────────────────────────────────────────────────────────────────────────────


def feed_of(api, **query):
    answer = api.get(f"{ROOT}/changes.atom", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = ET.fromstring(answer.content)
    return feed, feed.findall("a:entry", ATOM), answer


def text(node, name):
    (child,) = node.findall(f"a:{name}", ATOM)
    assert child.text
    return child.text


def entry_days(entries):
    return {text(entry, "id"): text(entry, "updated")[:10] for entry in entries}


def test_the_feed_has_what_atom_requires(own_data, api):
    feed, entries, answer = feed_of(api, direction="russia-iran", limit="30", offset="30")
    for node in (feed, *entries):
        uuid.UUID(text(node, "id").removeprefix("urn:uuid:"))
        date.fromisoformat(text(node, "updated").removesuffix("T00:00:00Z"))
        text(node, "title")
    assert feed.findall("a:author/a:name", ATOM)
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links["self"] == str(answer.url)
    assert {"self", "alternate", "next", "previous"} == set(links)
    assert len(entries) == 30
    ids = [text(entry, "id") for entry in entries]
    assert len(set(ids)) == len(ids)
    total = int(answer.headers["x-total-count"])
    assert f"30 entries of {total:,}; {total - 60:,} earlier" in text(feed, "subtitle")
    for entry in entries:
        assert text(entry, "summary")
        (link,) = entry.findall("a:link[@rel='alternate']", ATOM)
        assert link.get("href").startswith(
            ("http://testserver/record?", "http://testserver/views?")
        )
    read = feedparser.parse(answer.content)
    assert not read.bozo and read.version == "atom10" and len(read.entries) == 30


@pytest.mark.parametrize("query", [{}, {"grade": "C3"}, {"actor": "iran"}, {"record": "su-35"}])
def test_the_feed_of_a_day_is_the_later_feed_without_what_came_after(own_data, api, query):
    every = {"limit": "500", "offset": "0", **query}

    def whole(**more):
        found, offset = [], 0
        while True:
            _, entries, answer = feed_of(api, **{**every, **more, "offset": str(offset)})
            found += entries
            offset += 500
            if offset >= int(answer.headers["x-total-count"]):
                return found

    then, now = whole(as_of=DAY), whole()
    assert all(day <= DAY for day in entry_days(then).values())
    days = list(entry_days(now).values())
    assert days == sorted(days, reverse=True)
    if "grade" not in query:  # a later source may lift a statement to the grade
        # What was said of a transfer of which nothing counted yet stands under no status.
        assert set(entry_days(then)) <= {k for k, day in entry_days(now).items() if day <= DAY}
    newer = entry_days(whole(since=DAY))
    assert newer == {key: day for key, day in entry_days(now).items() if day > DAY}
    kinds = {entry.find("a:category", ATOM).get("term") for entry in then}
    assert kinds == {"status", "statement", "view"}
    for entry in then:
        (link,) = entry.findall("a:link[@rel='alternate']", ATOM)
        assert f"as_of={DAY}" in link.get("href")


def test_an_entry_keeps_its_id_whatever_finds_it(own_data, api):
    found = [
        entry_days(feed_of(api, since=DAY, as_of="2024-09-30", **query)[1])
        for query in ({}, {"record": "fath-360"}, {"category": "missile"})
    ]
    assert set(found[1]) & set(found[0]) & set(found[2])


def test_the_feed_takes_texts_as_texts(fixture_api):
    _, entries, answer = feed_of(fixture_api)
    assert b"<script>" not in answer.content and "\u202e" not in answer.text
    assert any("<script>alert(1)</script> ]]> &" in text(entry, "summary") for entry in entries)
    _, entries, _ = feed_of(fixture_api, as_of="1900-01-01")
    assert entries == []

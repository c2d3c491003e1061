"""The API: shapes, every parameter, refusals, paging, and a broken package."""

import asyncio
import json
import math
from datetime import date
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import dataset as shared
from dashboard.api import api_routes
from dashboard.api.query import ALL_KEYS, MAX_LENGTH, MAX_LIMIT
from data.exports.tables import ALL_TABLES, TABLES
from data.load import load_dataset
from tests.data.package_fixture import (
    ROWS,
    VERSION,
    add_row,
    edit_cell,
    read_lines,
    row_of,
    write_package,
)

KEY = {name: f"{name[:-1]}_id" for name in TABLES} | {"deliveries": "delivery_id"}


def _write(folder):
    """The fixture package, with a second event and view that touch no transfer."""
    write_package(folder, has_whole_vocabularies=True)
    add_row(
        folder,
        "events",
        event_id="vote",
        name="Vote",
        kind_code="vote",
        event_date="2023-05",
        summary="A vote.",
    )
    add_row(
        folder,
        "statements",
        statement_id="a-vote-reported",
        event_id="vote",
        speaker_id="jane-doe",
        is_official="false",
        said_date="2023-05-01",
        published_date="2023-05-01",
        stance_code="asserts",
        is_prospective="false",
        summary="Reports the vote.",
        source_id="times-2023",
        credibility_code="2",
        credibility_reason="Seen.",
    )
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return _write(tmp_path_factory.mktemp("api") / "package")


@pytest.fixture(scope="module")
def dataset(folder):
    return load_dataset(folder)


@pytest.fixture(scope="module")
def client(folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(shared.VARIABLE, str(folder))
        yield TestClient(Starlette(routes=api_routes()))


def _get(client, table, query="", status=200):
    response = client.get(f"/api/v1/{table}?{query}")
    assert response.status_code == status, response.text
    return response.json()


def _ids(client, table, query=""):
    return [row[KEY[table]] for row in _get(client, table, query)["data"]]


def _forbid(name):
    raise AssertionError(f"{name} is not JSON")


def _assert_holds(value, cell, field):
    if cell == "":
        assert value is None
    elif field.type == "boolean":
        assert value is (cell == "true")
    elif field.type == "number":
        assert value == float(cell)
        assert isinstance(value, int) == float(cell).is_integer()
    else:
        assert value == cell


# ── Shape ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", TABLES)
def test_every_table_answers_with_its_own_fields_and_strict_json(client, folder, dataset, table):
    response = client.get(f"/api/v1/{table}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-cache"
    body = json.loads(response.content.decode("utf-8"), parse_constant=_forbid)
    assert list(body) == ["data_version", "as_of", "count", "total", "data", "next"]
    assert body["data_version"] == VERSION
    assert body["as_of"] is None
    assert body["next"] is None
    assert body["count"] == body["total"] == len(body["data"]) > 0
    fields = dataset.package.by_name[table].fields
    written = {cells[0]: cells for cells in read_lines(folder, table)[1:]}
    for row in body["data"]:
        assert "lineage" not in row
        for cell, field in zip(written[row[KEY[table]]], fields, strict=True):
            _assert_holds(row[field.name], cell, field)


def test_a_transfer_carries_stage_standing_and_reasons(client):
    rows = {row["transfer_id"]: row for row in _get(client, "transfers")["data"]}
    drones = rows["drones"]
    assert (drones["direction_code"], drones["category_code"]) == ("iran-russia", "uav")
    assert (drones["stage"], drones["standing"]) == ("delivered", "acknowledged")
    assert drones["reasons"] == ["drones-reza-2022-11-05"]
    assert drones["also_claimed"] == []
    assert (rows["jets"]["stage"], rows["jets"]["direction_code"]) == ("agreed", "russia-iran")
    assert not {"stage_code", "standing_code"} & set(drones)


def _linked(table, key, value, column):
    return sorted({row[column] for row in ROWS[table] if row[key] == value})


def test_statements_and_views_name_all_their_sources_the_main_one_first(client):
    for table, links in (("statements", "statement_sources"), ("views", "view_sources")):
        rows = _get(client, table)["data"]
        assert any(len(row["source_ids"]) > 1 for row in rows)
        for row in rows:
            others = _linked(links, KEY[table], row[KEY[table]], "source_id")
            assert row["source_ids"][0] == row["source_id"]
            assert row["source_ids"][1:] == [key for key in others if key != row["source_id"]]


def test_views_and_events_name_actors_transfers_and_statements(client):
    for row in _get(client, "views")["data"]:
        key = row["view_id"]
        assert row["actor_ids"] == _linked("view_actors", "view_id", key, "actor_id")
        assert row["transfer_ids"] == _linked("view_transfers", "view_id", key, "transfer_id")
    events = {row["event_id"]: row for row in _get(client, "events")["data"]}
    assert events["talks-2022-07-19"]["actors"] == [
        {"actor_id": "example-works", "role_code": "party"},
        {"actor_id": "iran", "role_code": "party"},
    ]
    assert events["talks-2022-07-19"]["transfer_ids"] == ["drones"]
    assert events["talks-2022-07-19"]["statement_ids"] == ["talks-ministry-2022-07-20"]
    assert events["vote"]["actors"] == events["vote"]["transfer_ids"] == []


def test_sources_name_publisher_and_grade_and_actors_their_side(client):
    publishers = {row["publisher_id"]: row for row in ROWS["publishers"]}
    sources = _get(client, "sources")["data"]
    assert any(row["original_publisher"] for row in sources)
    for row in sources:
        publisher = publishers[row["publisher_id"]]
        original = publishers.get(row["original_publisher_id"], {})
        assert row["publisher"] == publisher["name"]
        assert row["reliability_code"] == publisher["reliability_code"]
        assert row["original_publisher"] == original.get("name")
    sides = {row["actor_id"]: row["side_id"] for row in _get(client, "actors")["data"]}
    assert sides["reza-example"] == "iran"


def test_dates_give_their_bounds_as_days(client):
    deliveries = {row["delivery_id"]: row for row in _get(client, "deliveries")["data"]}
    row = deliveries["drones-2022-08"]
    assert row["delivered_date"] == "2022-08~"
    assert row["delivered_date_earliest"] == "2022-08-01"
    assert row["delivered_date_latest"] == "2022-08-31"
    assert row["quantity_low"] == 40
    statements = _get(client, "statements")["data"]
    assert any(row["stage_date_earliest"] is None for row in statements)


def test_rows_stand_in_one_order(client):
    for table in set(TABLES) - {"statements"}:
        assert _ids(client, table) == sorted(_ids(client, table))
    order = [
        (row["said_date_earliest"], row["statement_id"])
        for row in _get(client, "statements")["data"]
    ]
    assert order == sorted(order)


def test_words_of_any_script_stay_as_they_are(client):
    text = client.get("/api/v1/statements").content.decode("utf-8")
    assert "چند پهپاد دادیم" in text


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v1/"])
def test_the_index_names_every_table_and_parameter(client, path):
    body = client.get(path).json()
    assert list(body["tables"]) == list(ALL_TABLES)
    assert body["parameters"] == list(ALL_KEYS)
    for table in body["tables"].values():
        assert client.get(table["url"]).status_code == 200
    assert client.get(body["search"]["url"], params={"q": "drones"}).status_code == 200
    for other in body["others"].values():
        answer = client.get(
            other["url"], params={"since": "2022-01-01"} if "changes" in other["url"] else {}
        )
        assert answer.status_code == 200, other


# ── Parameters ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "transfers"),
    [
        ("", ["drones", "jets", "plant"]),
        ("q=", ["drones", "jets", "plant"]),
        ("q=su35", ["jets"]),
        ("q=%D8%B4%D8%A7%D9%87%D8%AF", ["drones", "plant"]),
        ("q=nothing+like+it", []),
        ("actor=jane-doe", []),
        ("actor=unnamed-officials", ["drones"]),
        ("actor=reza-example&actor=unnamed-officials", ["drones", "jets"]),
        ("direction=russia-iran", ["jets"]),
        ("category=uav", ["drones", "plant"]),
        ("category=uav&category=combat_aircraft", ["drones", "jets", "plant"]),
        ("standing=single_source", ["plant"]),
        ("standing=single_source&standing=acknowledged", ["drones", "jets", "plant"]),
        ("dates=2023-06-01&dates=2023-06-30", ["jets"]),
        ("record=jets", ["jets"]),
        ("record=jets&direction=iran-russia", []),
    ],
)
def test_filters_narrow_transfers(client, query, transfers):
    assert _ids(client, "transfers", query) == transfers


@pytest.mark.parametrize(
    "query",
    [
        "actor=unnamed-officials",
        "actor=UNNAMED_OFFICIALS",
        "actor=Unnamed+officials+%28Example+Times%29",
        "actor=unnamed-officials&actor=unnamed-officials&actor=",
        "record=drones",
        "record=Shahed%20Drones",
        "record=SHAHED+DRONES&record=drones",
        "direction=Iran+%E2%86%92+Russia&category=UAV&dates=2022-10-01&dates=2022-11-30",
    ],
)
def test_ids_and_names_are_accepted_in_any_case(client, query):
    assert _ids(client, "transfers", query) == ["drones"]


def test_as_of_sets_every_table_back(client):
    assert _ids(client, "transfers", "as_of=2022-01-01") == []
    assert _ids(client, "statements", "as_of=2022-07-20") == ["talks-ministry-2022-07-20"]
    for table in TABLES:
        body = _get(client, table, "as_of=1900-01-01")
        assert (body["as_of"], body["total"], body["data"]) == ("1900-01-01", 0, [])
    (drones,) = _get(client, "transfers", "as_of=2022-10-31")["data"]
    assert drones["standing"] == "contested"


def test_a_row_holds_the_same_whatever_filter_finds_it(client):
    (event,) = [
        row for row in _get(client, "events")["data"] if row["event_id"] == "talks-2022-07-19"
    ]
    assert _get(client, "events", "q=Talks&actor=example-works")["data"] == [event]
    assert _get(client, "events", "dates=2022-07-01&dates=2022-07-19")["data"] == [event]


TALKS_EVENT = "talks-2022-07-19"


def _of_record(record):
    """Ids of all rows that belong to a transfer, read from the fixture's own rows."""

    def linked(table, column):
        return {row[column] for row in ROWS[table] if row["transfer_id"] == record}

    parents = {row["actor_id"]: row.get("parent_id") for row in ROWS["actors"]}
    ids = {
        "transfers": {record},
        "deliveries": linked("deliveries", "delivery_id"),
        "events": linked("event_transfers", "event_id"),
        "statements": {
            row["statement_id"] for row in ROWS["statements"] if row.get("transfer_id") == record
        },
        "views": linked("view_transfers", "view_id"),
        "actors": set(),
        "sources": set(),
    }
    for table, links in (("statements", "statement_sources"), ("views", "view_sources")):
        for row in (*ROWS[table], *ROWS[links]):
            if row[KEY[table]] in ids[table]:
                ids["sources"].add(row["source_id"])
    for table, columns in (
        ("transfers", ("supplier_id", "recipient_id")),
        ("statements", ("speaker_id",)),
        ("views", ("person_id", "organisation_id")),
    ):
        for row in ROWS[table]:
            if row[KEY[table]] in ids[table]:
                ids["actors"] |= {row[column] for column in columns if row.get(column)}
    ids["actors"] |= {
        row["actor_id"] for row in ROWS["event_actors"] if row["event_id"] in ids["events"]
    }
    for actor in list(ids["actors"]):
        while actor := parents[actor]:
            ids["actors"].add(actor)
    return ids


@pytest.mark.parametrize("record", [row["transfer_id"] for row in ROWS["transfers"]])
def test_record_narrows_every_table_to_what_belongs_to_it(client, record):
    for table, ids in _of_record(record).items():
        assert set(_ids(client, table, f"record={record}")) == ids, table


def test_an_event_as_the_record_narrows_every_table_to_what_belongs_to_it(client):
    about = {r["statement_id"] for r in ROWS["statements"] if r.get("event_id") == TALKS_EVENT}
    sources = {r["source_id"] for r in ROWS["statements"] if r["statement_id"] in about}
    for query in ("record=talks-2022-07-19", "record=TALKS+in+Tehran"):
        assert _ids(client, "events", query) == [TALKS_EVENT]
        assert set(_ids(client, "statements", query)) == about
        assert set(_ids(client, "sources", query)) == sources
        assert _ids(client, "transfers", query) == ["drones"]
        assert _ids(client, "deliveries", query) == _ids(client, "views", query) == []
        assert {"iran", "russia"} <= set(_ids(client, "actors", query))
    (row,) = _get(client, "events", "record=talks-2022-07-19")["data"]
    assert row["standing"] == "acknowledged"
    assert set(row["reasons"]) <= about


def test_record_narrows_what_the_filters_leave(client):
    ids = _ids(client, "statements", "record=drones&actor=unnamed-officials")
    assert ids == ["drones-unnamed-2022-10-10"]
    assert _ids(client, "events", "record=drones&dates=2022-07-19&dates=2022-07-19") == [
        "talks-2022-07-19"
    ]
    assert _ids(client, "events", "record=drones&dates=2022-08-19&dates=2022-08-20") == []


def test_paging_walks_through_all_rows_once(client):
    everything = _get(client, "statements", "direction=iran-russia&as_of=2023-12-31")
    walked, url, pages = [], "/api/v1/statements?direction=Iran-Russia&as_of=2023-12-31&limit=2", 0
    while url:
        body = client.get(url).json()
        assert body["total"] == everything["total"]
        assert body["count"] == len(body["data"]) <= 2
        walked, url, pages = walked + body["data"], body["next"], pages + 1
        assert url is None or "limit=2" in url
    assert walked == everything["data"]
    assert pages == math.ceil(everything["total"] / 2)
    beyond = _get(client, "statements", "offset=999999999")
    assert (beyond["count"], beyond["data"], beyond["next"]) == (0, [], None)
    assert beyond["total"] == _get(client, "statements")["total"]


# ── Refusals ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "parameter", "accepted"),
    [
        ("actor=nobody", "actor", "/api/v1/actors"),
        ("direction=west", "direction", "iran-russia"),
        ("direction=iran-russia&direction=russia-iran", "direction", "once"),
        ("category=spoons", "category", "uav"),
        ("standing=true", "standing", "acknowledged_after_denial"),
        ("dates=2022-01-01", "dates", "two days"),
        ("dates=2022-01-01&dates=2022-02-01&dates=2022-03-01", "dates", "two days"),
        ("dates=2022-02-01&dates=2022-01-01", "dates", "two days"),
        ("dates=2022-02-30&dates=2022-03-01", "dates", "YYYY-MM-DD"),
        ("as_of=yesterday", "as_of", "YYYY-MM-DD"),
        ("as_of=2022-13-01", "as_of", "YYYY-MM-DD"),
        ("as_of=0001-01-01", "as_of", "1900-01-01"),
        ("as_of=2022-01-01&as_of=2022-01-02", "as_of", "one day"),
        ("record=nothing", "record", "/api/v1/transfers and /api/v1/events"),
        ("record=drones&record=jets", "record", "one transfer or event"),
        ("limit=0", "limit", f"from 1 to {MAX_LIMIT}"),
        (f"limit={MAX_LIMIT + 1}", "limit", f"from 1 to {MAX_LIMIT}"),
        ("limit=-1", "limit", "whole number"),
        ("limit=1.5", "limit", "whole number"),
        ("limit=%D9%A1", "limit", "whole number"),
        ("limit=1&limit=2", "limit", "one whole number"),
        ("offset=-1", "offset", "whole number from 0"),
        ("offset=9999999999999999999999", "offset", "whole number from 0"),
        ("actors=iran", "actors", "actor"),
        ("Actor=iran", "Actor", "actor"),
        ("=iran", "", "actor"),
        ("q=" + "x" * 201, "q", "200"),
        ("q=%00", "q", "printable"),
        ("q=%FF", "q", "UTF-8"),
        ("%FF=1", "\ufffd", "UTF-8"),
        ("q=%ED%A0%80", "q", "UTF-8"),
        ("actor=%C3%28", "actor", "UTF-8"),
        ("q=" + "x" * MAX_LENGTH, "query", str(MAX_LENGTH)),
        ("&".join(["actor=iran"] * 101), "query", "100"),
    ],
)
@pytest.mark.parametrize("table", ["transfers", "sources"])
def test_what_is_not_understood_is_refused(client, table, query, parameter, accepted):
    body = _get(client, table, query, status=400)
    assert list(body) == ["error", "problems"]
    assert body["error"] == body["problems"][0]
    assert list(body["error"]) == ["parameter", "value", "message", "accepts"]
    assert body["error"]["parameter"] == parameter
    assert accepted in body["error"]["accepts"]
    assert parameter in body["error"]["message"]
    assert body["error"]["accepts"] in body["error"]["message"]


def test_every_problem_is_listed(client):
    body = _get(client, "events", "actor=nobody&category=spoons&limit=x&what=1", status=400)
    named = [problem["parameter"] for problem in body["problems"]]
    assert sorted(named) == ["actor", "category", "limit", "what"]


def test_a_near_miss_is_suggested(client):
    assert "reza-example" in _get(client, "events", "actor=reza-exampel", 400)["error"]["message"]
    assert "standing" in _get(client, "events", "standng=denied", 400)["error"]["message"]


@pytest.mark.parametrize(
    "path",
    [
        *("/api/v1/wombats", "/api/v2", "/api/v1x", "/api/%FF", "/api/v1/a%00", "/api/v1/%0A"),
        *(
            "/api/v1//transfers",
            "/api//v1/transfers",
            "/api/v1/transfers//",
        ),
        *("/api/v1/transfers.xlsx", "/api/v1/transfers.csv.csv", "/api/v1/transfers%2Ecsv%00"),
        *("/api/v1/transfers/drones/x", "/api/v1/transfers/a%2Fb", "/api/v1/TRANSFERS"),
        *("/api/v1/" + "x" * 20_000, "/api/v1/" + "/" * 500, "/api/v1/%E2%80%AE%3Cscript%3E"),
    ],
    ids=lambda path: path[:30],
)
def test_an_unknown_path_is_not_found(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert {*ALL_TABLES, "search"} <= {*response.json()["error"]["accepts"]}
    assert len(response.content) < 2000


def test_only_reading_is_allowed(client):
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE"):
        response = client.request(method, "/api/v1/transfers")
        assert response.status_code == 405
        assert response.json()["error"]["message"]
        assert "GET" in response.headers["allow"]
    head = client.head("/api/v1/transfers")
    assert (head.status_code, head.content) == (200, b"")


# ── Transport ────────────────────────────────────────────────────────────────────────────────────


def test_long_answers_are_compressed(client):
    packed = client.get("/api/v1/statements", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/api/v1/statements", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()


def test_a_reader_who_has_the_answer_is_not_sent_it_again(client):
    first = client.get("/api/v1/actors")
    again = client.get("/api/v1/actors", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/api/v1/actors?limit=1", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_a_strange_host_does_not_harm(client):
    for host in ("[", "a b", "x;y", "evil\u00e9"):
        headers = {"Host": host.encode("utf-8")}
        assert client.get("/api/v1/statements?limit=1", headers=headers).status_code == 200


# ── Any input ────────────────────────────────────────────────────────────────────────────────────

_VALUES = st.one_of(
    st.sampled_from(
        [
            "",
            "iran",
            "drones",
            "Su-35 fighters",
            "uav",
            "other",
            "denied",
            "2022-10-10",
            "2023-12-31",
            "9999-12-31",
            "0",
            "2",
            "-1",
            "1e3",
            "+",
            "%",
            "[(*",
            "\x00",
            "ش",
        ]
    ).map(str.encode),
    st.dates(date(1890, 1, 1), date(2110, 1, 1)).map(lambda day: day.isoformat().encode()),
    st.text(st.characters(codec="utf-8"), max_size=20).map(str.encode),
    st.binary(max_size=8),
)
_PAIRS = st.tuples(st.sampled_from([*ALL_KEYS, "other", ""]), _VALUES)


@settings(max_examples=200, deadline=None)
@given(table=st.sampled_from(list(TABLES)), pairs=st.lists(_PAIRS, max_size=6))
def test_no_pairs_bring_it_down(client, table, pairs):
    query = "&".join(f"{key}={quote_from_bytes(value)}" for key, value in pairs)
    response = client.get(f"/api/v1/{table}?{query}")
    assert response.status_code in (200, 400)
    body = json.loads(response.content.decode("utf-8"), parse_constant=_forbid)
    if response.status_code == 200:
        assert len(body["data"]) == body["count"] <= body["total"]
    else:
        assert all(problem["message"] for problem in body["problems"])


@settings(max_examples=200, deadline=None)
@given(raw=st.binary(max_size=80))
def test_no_raw_query_string_brings_it_down(client, raw):
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/api/v1/statements",
        "raw_path": b"/api/v1/statements",
        "root_path": "",
        "query_string": raw,
        "headers": [(b"host", b"testserver")],
        "server": ("testserver", 80),
        "client": ("testclient", 1),
    }
    asyncio.run(client.app(scope, receive, send))
    assert sent[0]["status"] in (200, 400)
    json.loads(b"".join(message.get("body", b"") for message in sent).decode("utf-8"))


# ── A broken package ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def broken(tmp_path, monkeypatch):
    folder = _write(tmp_path / "package")
    edit_cell(folder, "transfers", row_of("transfers", "jets"), "supplier_id", "nowhere")
    edit_cell(folder, "events", 2, "event_date", "2022-13")
    monkeypatch.setenv(shared.VARIABLE, str(folder))
    monkeypatch.setattr(shared, "SECONDS_BETWEEN_LOOKS", 0.0)
    return folder


def test_a_broken_package_is_reported_and_recovers(broken):
    client = TestClient(Starlette(routes=api_routes()))
    for _ in range(2):
        response = client.get("/api/v1/transfers")
        assert response.status_code == 503
        lines = response.json()["problems"]
        assert any(line.startswith("tables/transfers.csv:") and "nowhere" in line for line in lines)
        assert any(line.startswith("tables/events.csv:2:event_date:") for line in lines)
        health = client.get("/healthz")
        assert health.status_code == 503
        assert health.json() == {"status": "broken data", "problems": len(lines)}
    assert client.get("/api").status_code == 200
    assert client.get("/api/v1/wombats").status_code == 404
    edit_cell(broken, "transfers", row_of("transfers", "jets"), "supplier_id", "russia")
    assert client.get("/api/v1/transfers").status_code == 503
    edit_cell(broken, "events", 2, "event_date", "2022-07-19")
    assert client.get("/api/v1/transfers").status_code == 200


def test_a_broken_package_is_read_once_until_its_files_change(broken, monkeypatch):
    client = TestClient(Starlette(routes=api_routes()))
    reads = []
    load = shared.load_dataset
    monkeypatch.setattr(shared, "load_dataset", lambda path: reads.append(path) or load(path))
    for _ in range(3):
        assert client.get("/healthz").status_code == 503
    assert len(reads) == 1


def test_a_folder_without_package_is_reported(tmp_path, monkeypatch):
    monkeypatch.setenv(shared.VARIABLE, str(tmp_path))
    client = TestClient(Starlette(routes=api_routes()))
    assert client.get("/api/v1/events").status_code == 503
    assert client.get("/healthz").json() == {"status": "broken data", "problems": 1}


def test_health_names_version_and_statements(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    total = _get(client, "statements")["total"]
    assert response.json() == {"status": "ok", "data_version": VERSION, "statements": total}


def test_the_dataset_is_read_once(client):
    assert shared.current_dataset() is shared.current_dataset()


# ── Search ───────────────────────────────────────────────────────────────────────────────────────


def test_a_search_finds_all_kinds_best_first(client):
    body = _get(client, "search", "q=drones")
    rows = body["data"]
    assert body["count"] == body["total"] == len(rows) == sum(body["kinds"].values())
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    fields = ("kind", "id", "title", "note", "date", "snippet", "is_verbatim", "score", "url")
    assert tuple(rows[0]) == fields
    assert (rows[0]["kind"], rows[0]["id"]) == ("transfers", "drones")
    assert rows[0]["url"] == "/record?q=drones&record=drones"
    assert {row["url"] for row in rows if row["kind"] == "sources"} == {
        "https://example.org/drones-seen",
        "https://example.net/minister",
    }
    for table in ("transfers", "statements", "events", "views"):
        found = [row["id"] for row in rows if row["kind"] == table]
        assert sorted(found) == sorted(_ids(client, table, "q=drones")), table


def test_a_search_keeps_to_the_other_filters_and_the_day(client):
    body = _get(client, "search", "q=example&actor=iran&as_of=2022-10-10&grade=C4")
    assert body["as_of"] == "2022-10-10"
    found = {(row["kind"], row["id"]) for row in body["data"]}
    assert ("actors", "reza-example") not in found
    assert ("statements", "drones-reza-2022-11-05") not in found
    assert all("as_of=2022-10-10" in row["url"] for row in body["data"] if "//" not in row["url"])


def test_a_search_is_read_page_by_page(client):
    whole = _get(client, "search", "q=drones")["data"]
    first = _get(client, "search", "q=drones&limit=2")
    assert first["data"] == whole[:2]
    assert first["total"] == len(whole)
    second = client.get(first["next"]).json()
    assert second["data"] == whole[2:4]
    assert _get(client, "search", f"q=drones&offset={len(whole)}")["data"] == []


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("q=%E2%80%A6", "q"),
        ("q=%22%22", "q"),
        ("q=drones&record=drones", "record"),
        ("q=drones&limit=501", "limit"),
        ("q=drones&what=1", "what"),
        ("q=drones&as_of=x", "as_of"),
    ],
)
def test_a_search_refuses_what_it_cannot_answer(client, query, parameter):
    body = _get(client, "search", query, status=400)
    assert body["error"]["parameter"] == parameter
    assert body["error"] == body["problems"][0]


@pytest.mark.parametrize(
    "words", ['" OR * NEAR(', "drones*", "NOT drones", "'; DROP TABLE texts; --", "a" * 200, "ي"]
)
def test_a_search_takes_words_as_words(client, words):
    assert client.get("/api/v1/search", params={"q": words}).status_code == 200

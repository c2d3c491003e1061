"""The OpenAPI document: valid, complete, and true of what is answered."""

from functools import cache

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.api import api_routes
from dashboard.api.query import ALL_KEYS, SINCE
from dashboard.api.routes import ENDPOINTS
from data.exports.tables import ALL_TABLES
from tests.data.package_fixture import VERSION, write_package

APP = Starlette(routes=api_routes())
ROOT = "/api/v1"


@pytest.fixture(autouse=True)
def _own(own_data):
    """The ledger's own data."""


@cache
def document():
    answer = TestClient(APP).get(f"{ROOT}/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def validator(name):
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": document()["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def test_the_document_is_valid_openapi_and_names_every_route():
    validate(document())
    assert document()["openapi"].startswith("3.1")
    paths = {f"{ROOT}{endpoint.path}" for endpoint in ENDPOINTS}
    assert set(document()["paths"]) == paths | {"/healthz"}
    for name in ALL_TABLES:
        assert {f"{ROOT}/{name}", f"{ROOT}/{name}.csv", f"{ROOT}/{name}/{{id}}"} <= paths


def test_every_query_key_is_described_once():
    described = document()["components"]["parameters"]
    assert list(described) == [*ALL_KEYS, SINCE]
    texts = [one["description"] for one in described.values()]
    assert all(texts) and len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", [*ALL_TABLES, "vocabularies", "changes", "search"])
@pytest.mark.parametrize("package", ["ledger", "fixture"])
def test_rows_are_what_the_document_says_in_its_order(name, package, tmp_path, monkeypatch):
    if package == "fixture":
        folder = write_package(tmp_path / "package", has_whole_vocabularies=True)
        monkeypatch.setenv("ARMS_LEDGER_DATA", str(folder))
    asks = {"search": {"q": "drones"}, "changes": {"since": "2022-10-20"}}.get(name, {})
    body = TestClient(APP).get(f"{ROOT}/{name}", params=asks).json()
    assert (body["data_version"] == VERSION) == (package == "fixture")
    assert list(validator(f"{name.capitalize()}Answer").iter_errors(body)) == []
    columns = list(document()["components"]["schemas"][f"{name.capitalize()}Row"]["properties"])
    assert body["data"] or (name, package) == ("corrections", "ledger")
    assert all(list(row) == columns for row in body["data"])


def test_every_column_says_what_it_holds():
    for name, schema in document()["components"]["schemas"].items():
        if name.endswith("Row"):
            for column, told in schema["properties"].items():
                assert told["description"], (name, column)
    rows = document()["components"]["schemas"]
    assert "contested" in rows["TransfersRow"]["properties"]["standing"]["enum"]
    assert rows["StatementsRow"]["properties"]["stage_code"]["enum"][-1] is None

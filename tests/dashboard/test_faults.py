"""Faults while the app is served: of the data's files, of one panel, of a full disk."""

import asyncio
import errno
import logging
import shutil
import tempfile
from types import SimpleNamespace

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_storage import MediaFileStorageError

from components.briefs.docx import brief_docx
from components.panels import boundary as boundaries
from components.panels import overview
from components.panels.boundary import boundary
from components.panels.brief import view_brief
from components.panels.downloads import FORMATS
from components.panels.visit import PageEndError
from dashboard import dataset as shared
from dashboard.api import api_routes
from data.exports.excerpt import excerpt
from data.selection import Selection
from tests.data.package_fixture import edit_cell, row_of, write_package

NEW = "0.0.2"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    folder = write_package(tmp_path / "package", has_whole_vocabularies=True)
    monkeypatch.setenv(shared.VARIABLE, str(folder))
    monkeypatch.setattr(shared, "SECONDS_BETWEEN_LOOKS", 0.0)
    return folder


def _renew(folder):
    path = folder / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"0.0.1"', f'"{NEW}"'))


def _unreadable(folder):
    (folder / "tables/views.csv").unlink()
    (folder / "tables/views.csv").mkdir()


def _half_written(folder):
    path = folder / "tables/statements.csv"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _looks(count=2):
    for _ in range(count):
        dataset = shared.current_dataset()
    return dataset


# ── Files of the data ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "spoil",
    [
        shutil.rmtree,
        _unreadable,
        _half_written,
        lambda folder: edit_cell(folder, "events", 2, "event_date", "2022-13"),
        lambda folder: (folder / "datapackage.json").write_text("{"),
    ],
    ids=["deleted", "unreadable", "half-written", "a bad cell", "no descriptor"],
)
def test_the_last_good_version_is_served_and_a_mended_one_is_picked_up(folder, tmp_path, spoil):
    client = TestClient(Starlette(routes=api_routes()))
    before = shared.current_dataset()
    assert "newer_data" not in client.get("/healthz").json()
    spoil(folder)
    assert _looks() is before
    health = client.get("/healthz")
    assert (health.status_code, health.json()["status"]) == (200, "ok")
    assert health.json()["newer_data"]["problems"] == len(shared.current_fault().problems) > 0
    assert client.get("/api/v1/transfers").json()["total"] == 3
    shutil.rmtree(folder, ignore_errors=True)
    _renew(write_package(folder, has_whole_vocabularies=True))
    assert _looks(3).version == NEW
    assert shared.current_fault() is None
    assert "newer_data" not in client.get("/healthz").json()


def test_a_replaced_folder_is_picked_up(folder, tmp_path):
    shared.current_dataset()
    other = write_package(tmp_path / "other", has_whole_vocabularies=True)
    _renew(other)
    folder.rename(tmp_path / "old")
    other.rename(folder)
    assert _looks().version == NEW


def test_files_that_are_still_being_written_are_left_alone(folder):
    before = shared.current_dataset()
    for day in ("2022-07-20", "2022-07-21", "2022-07-22"):
        # Each version is whole, but another follows before the next look.
        edit_cell(folder, "events", row_of("events", "talks-2022-07-19"), "event_date", day)
        assert shared.current_dataset() is before
    assert _looks(1).events["event_date"].tolist() == ["2022-07-22"]


def test_files_that_lie_still_are_read_once(folder, monkeypatch):
    shared.current_dataset()
    monkeypatch.setattr(shared, "load_dataset", lambda path: pytest.fail("read again"))
    _looks(3)


def test_the_page_says_that_it_shows_an_older_version(folder, open_page):
    assert not open_page("guide").app.warning
    edit_cell(folder, "events", 2, "event_date", "2022-13")
    _looks()
    page = open_page("guide")
    assert "cannot be read: " in page.app.warning[0].value
    assert any("tables/events.csv:2:event_date" in code.value for code in page.app.code)


# ── One panel ────────────────────────────────────────────────────────────────────────────────────


def test_a_failing_panel_leaves_the_page_standing(own_data, open_page, monkeypatch, caplog):
    monkeypatch.delenv(boundaries.VARIABLE)

    def fail(*_args, **_more):
        raise KeyError("/secret/path <b>cell</b>")

    monkeypatch.setattr(overview, "totals", fail)
    monkeypatch.setattr(overview, "most_contested", fail)
    with caplog.at_level(logging.ERROR):
        page = open_page("overview")
    errors = [error.value for error in page.app.error]
    assert [error.split(" could")[0] for error in errors] == [
        *("The boxes of totals", "The list of contested transfers"),
    ]
    assert all("could not be shown" in error for error in errors)
    assert "secret" not in "".join(errors)
    assert "plotly_chart" in page.drawn
    assert page.count is not None
    number = errors[0].split("**")[1]
    logged = next(r.getMessage() for r in caplog.records if f"Fault {number}" in r.getMessage())
    assert "Traceback" in logged
    assert "/secret/path" in logged


@pytest.mark.parametrize("leave", [st.stop, st.rerun])
def test_ways_to_leave_a_script_pass_a_boundary(leave, monkeypatch):
    monkeypatch.delenv(boundaries.VARIABLE)
    kinds = {st.stop: "StopException", st.rerun: "RerunException"}
    from streamlit.runtime.scriptrunner_utils import exceptions

    kind = getattr(exceptions, kinds[leave])
    with pytest.raises(kind), boundary("This"):
        raise kind() if leave is st.stop else kind(None)


def test_the_end_of_a_page_passes_a_boundary(monkeypatch):
    monkeypatch.delenv(boundaries.VARIABLE)
    with pytest.raises(PageEndError), boundary("This"):
        raise PageEndError


# ── Files to take along ──────────────────────────────────────────────────────────────────────────


def test_a_full_disk_keeps_no_download_from_being_made(own_data, ledger, monkeypatch):
    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, full)
    view = excerpt(ledger, Selection(record="su-35"))
    for kind in FORMATS:
        assert len(kind.build(view)) > 1000
    assert len(brief_docx(view_brief(view, "record", "Record"))) > 1000


def test_a_download_that_fails_says_so_without_a_trace(caplog):
    def full(_file_id):
        raise MediaFileStorageError("Callable execution failed: /secret/path")

    handler = DeferredFileHandler(lambda: SimpleNamespace(execute_deferred=full))
    request = BackendOperationRequest(request_id="1", deferred_file={"file_id": "x"})
    answer = asyncio.run(handler.handle(request, "session"))
    assert answer.error_msg == "Failed to generate file for download"
    assert "secret" not in str(answer)

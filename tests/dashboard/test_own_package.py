"""A reader's own package on the pages: said on each, gone in one click, nobody else's."""

import pytest
from streamlit.testing.v1 import AppTest

from components.panels import own_package
from dashboard.dataset import current_dataset
from data.load import load_dataset
from tests.dashboard.conftest import FILES, MAIN, SECONDS, Shown
from tests.data.package_fixture import write_package
from tests.data.strategies import small_dataset


def _opened(page: str) -> Shown:
    app = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
    app.session_state["own_dataset"] = small_dataset()
    if page != "overview":
        app.switch_page(FILES[page])
    return Shown(app.run())


def test_a_page_shows_the_readers_rows_and_says_so(own_data, open_page):
    page = _opened("ledger")
    assert page.count == (3, 3)
    assert "Your own data" in page.app.warning[0].value
    assert "not the ledger" in page.app.warning[0].value
    back = page.press("Back to the ledger")
    assert not back.app.warning
    assert back.count[1] == len(current_dataset().transfers)
    other = open_page("ledger")
    assert not other.app.warning
    assert other.count == back.count


def test_a_link_to_the_ledgers_rows_does_not_widen_there(own_data):
    app = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
    app.session_state["own_dataset"] = small_dataset()
    app.query_params["actor"] = ["israel"]
    page = Shown(app.run())
    assert page.drawn == []
    assert "is not understood" in page.words
    assert "Back to the ledger’s data" in page.buttons


@pytest.mark.parametrize(("setting", "shown"), [("off", False), ("", True)])
def test_a_host_may_keep_the_field_away(own_data, open_page, monkeypatch, setting, shown):
    monkeypatch.setenv(own_package.VARIABLE, setting)
    headers = [header.value for header in open_page("method").app.main.header]
    assert ("Open your own package" in headers) is shown


def test_a_sound_package_with_few_codes_is_shown(own_data, tmp_path):
    app = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
    app.session_state["own_dataset"] = load_dataset(write_package(tmp_path / "package"))
    app.switch_page(FILES["ledger"])
    assert "plotly_chart" in Shown(app.run()).drawn

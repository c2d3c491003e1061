"""Fixtures of the AppTest tier: a page opened by a link, and what it then shows."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from dashboard import dataset as shared
from dashboard.api import api_routes
from dashboard.navigation import EVERY_PAGE, PAGES
from data.load import Dataset, load_dataset
from data.package import FOLDER

MAIN = Path(__file__).resolve().parents[2] / "dashboard" / "main.py"
FILES = {entry.name: entry.file for entry in EVERY_PAGE}
SECONDS = 60
# Components that show nothing: they watch the page or put aids around it.
_FACELESS = ("viewport", "reader_aids")
_ESCAPED = re.compile(r"\\([^A-Za-z0-9\s])")
_COUNT = re.compile(r"\*\*(\d+) of (\d+)\*\* transfers shown")

Query = dict[str, list[str]]


class Shown:
    """One reader's page, as a link or a click left it."""

    def __init__(self, app: AppTest) -> None:
        self.app = app
        assert not app.exception, [error.message for error in app.exception]

    def run(self) -> "Shown":
        """Runs the page again, after a widget of it was set."""
        return Shown(self.app.run())

    @property
    def words(self) -> str:
        """All prose of the main column, as a reader sees it."""
        main = self.app.main
        kinds = (main.title, main.header, main.subheader, main.markdown, main.info)
        return _ESCAPED.sub(r"\1", "\n".join(str(e.value) for kind in kinds for e in kind))

    @property
    def query(self) -> Query:
        """The page's link, as lists."""
        pairs = self.app.query_params.items()
        return {key: [value] if isinstance(value, str) else value for key, value in pairs}

    @property
    def drawn(self) -> list[str]:
        """Kinds of all charts, tables, numbers and cards: what holds anything of the data."""
        main = self.app.main
        kinds = ("plotly_chart", "arrow_data_frame", "arrow_table", "metric", "grid_container")
        found = [kind for kind in kinds for _ in main.get(kind)]
        found += ["dataframe" for _ in main.dataframe] + ["table" for _ in main.table]
        graphs = [g for g in main.get("bidi_component") if g.proto.component_name not in _FACELESS]
        return found + ["graph" for _ in graphs]

    @property
    def count(self) -> tuple[int, int] | None:
        """The n of “n of N transfers shown”, and its N; None where that isn't said."""
        for element in self.app.sidebar.markdown:
            if match := _COUNT.fullmatch(element.value):
                return int(match[1]), int(match[2])
        return None

    @property
    def buttons(self) -> list[str]:
        """Labels of the buttons of the main column."""
        return [_ESCAPED.sub(r"\1", button.label) for button in self.app.main.button]

    def press(self, start: str) -> "Shown":
        """Presses the button of the main column whose label starts so."""
        place = next(i for i, label in enumerate(self.buttons) if label.startswith(start))
        self.app.main.button[place].click()
        return self.run()


OpenPage = Callable[..., Shown]


@pytest.fixture(scope="session")
def ledger() -> Dataset:
    """The ledger's own dataset."""
    return load_dataset(FOLDER)


@pytest.fixture
def own_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app shows the ledger's own dataset, whatever the environment says."""
    monkeypatch.delenv(shared.VARIABLE, raising=False)


@pytest.fixture
def open_page() -> OpenPage:
    """Opens a page by name and query, as a new reader."""

    def open_(name: str, query: Query | None = None) -> Shown:
        app = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
        app.query_params.update(query or {})
        if name != PAGES[0].name:
            app.switch_page(FILES[name])
        return Shown(app.run())

    return open_


@pytest.fixture
def api() -> Iterator[TestClient]:
    """The API beside the pages."""
    with TestClient(Starlette(routes=api_routes())) as client:
        yield client

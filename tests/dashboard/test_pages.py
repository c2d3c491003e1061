"""Every page under every kind of selection, without a browser."""

import re
from datetime import date

import pytest

from dashboard import dataset as shared
from dashboard.navigation import PAGES
from data.history import change_days, status_history
from data.selection import Selection
from tests.data.package_fixture import (
    edit_cell,
    read_lines,
    row_of,
    write_lines,
    write_package,
)

pytestmark = pytest.mark.usefixtures("own_data")

NAMES = [entry.name for entry in PAGES]
# The method page shows the whole dataset under any filter, the guide nothing of it.
FILTERED = [name for name in NAMES if name not in ("method", "guide")]
# What each page says there is none of.
NONE_OF = {"timeline": "transfer or event", "network": "tie", "statements": "statement"} | {
    "views": "view"
}

SELECTIONS = {
    "none": {},
    "q": {"q": ["su 35"]},
    "actor": {"actor": ["ukraine"]},
    "actors": {"actor": ["ukraine", "united-kingdom"]},
    "direction": {"direction": ["russia-iran"]},
    "category": {"category": ["missile", "uav"]},
    "standing": {"standing": ["contested"]},
    "dates": {"dates": ["2024-04-01", "2024-10-31"]},
    "as_of": {"as_of": ["2022-10-01"]},
    "record": {"record": ["su-35"]},
    "all": {
        "q": ["missiles"],
        "actor": ["iran"],
        "direction": ["iran-russia"],
        "category": ["missile"],
        "standing": ["contested"],
        "dates": ["2024-09-01", "2024-09-30"],
        "as_of": ["2025-01-01"],
        "record": ["fath-360"],
    },
}
# Each asks for something that the dataset has, but not together with the rest.
EMPTY = {
    "words": ({"q": ["zzzz"]}, ["Search: zzzz"]),
    "script": ({"q": ["<script>alert(1)</script> zzzz"]}, ["Search: <script>alert(1)</script>"]),
    "markup": ({"q": ["**bold** [x](http://x.example) :red[y]"]}, ["Search: **bold** [x](http"]),
    "persian": ({"q": ["می\u200cخواهم zzzz"]}, ["Search: می\u200cخواهم"]),
    "every filter": (
        {
            "q": ["jets"],
            "actor": ["china"],
            "direction": ["other"],
            "category": ["helicopter"],
            "standing": ["denied"],
            "dates": ["1999-01-01", "1999-12-31"],
            "as_of": ["2022-01-01"],
        },
        [
            "Search: jets",
            "Actors: China",
            "Category: Helicopters",
            "Standing: Denied",
            "Direction: Other directions",
            "Days: 1 January 1999 to 31 December 1999",
            "As known on 1 January 2022",
        ],
    ),
}


# ── Pages × selections ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize("name", NAMES)
def test_page_shows_the_selection(open_page, api, name, selection):
    query = SELECTIONS[selection]
    page = open_page(name, query)
    assert len(page.app.title) == 1
    assert page.app.title[0].value.strip()
    assert page.drawn
    links = [link.proto.label for link in page.app.get("page_link")][: len(PAGES)]
    assert links == [entry.title for entry in PAGES]
    filters = {key: values for key, values in query.items() if key != "record"}
    assert page.query == (query if name == "record" else filters)
    fitting = api.get("/api/v1/transfers", params=filters).json()["total"]
    as_of = {key: values for key, values in filters.items() if key == "as_of"}
    known = api.get("/api/v1/transfers", params=as_of).json()["total"]
    assert page.count == (fitting, known)
    assert ("As known on" in page.words) == ("as_of" in query)
    if name == "statements":
        total = api.get("/api/v1/statements", params=filters).json()["total"]
        every = api.get("/api/v1/statements", params=as_of).json()["total"]
        assert f"**{total} of {every}** statements" in page.words
    if name == "views":
        total = api.get("/api/v1/views", params=filters).json()["total"]
        every = api.get("/api/v1/views", params=as_of).json()["total"]
        assert f"**{total} of {every}** views" in page.words
    if name == "ledger":
        rows = api.get("/api/v1/transfers", params=filters).json()["data"]
        shown = page.app.dataframe[0].value["Record"]
        assert sorted(shown) == sorted(row["transfer_id"] for row in rows)


@pytest.mark.parametrize("selection", ["none", "actors", "dates", "all"])
def test_links_to_other_pages_keep_the_selection_and_the_record(open_page, selection):
    page = open_page("record", SELECTIONS[selection])
    shown = page.app.get("page_link")[: len(PAGES)]
    links = {link.proto.label: link.proto.query_string for link in shown}
    filters = {key: values for key, values in SELECTIONS[selection].items() if key != "record"}
    for entry in PAGES:
        expected = SELECTIONS[selection] if entry.name == "record" else filters
        there = open_page(entry.name, _parse(links[entry.title]))
        assert there.query == expected


def _parse(query_string):
    found = {}
    for part in filter(None, query_string.split("&")):
        key, _, value = part.partition("=")
        found.setdefault(key, []).append(value.replace("+", " "))
    return found


@pytest.mark.parametrize("case", EMPTY)
@pytest.mark.parametrize("name", FILTERED)
def test_an_empty_result_names_every_filter_and_shows_nothing(open_page, name, case):
    query, labels = EMPTY[case]
    page = open_page(name, query)
    assert page.count is not None
    assert page.count[0] == 0
    if name == "record":
        # Records outside the filters stay within reach, and are called so.
        (choice,) = page.app.main.selectbox
        assert all(option.endswith("(outside the filters)") for option in choice.options)
        return
    assert page.drawn == []
    assert f"No {NONE_OF.get(name, 'transfer')} fits all the filters." in page.words
    offered = [button for button in page.buttons if button != "Back to the latest"]
    assert len(offered) == len(labels)
    for button, label in zip(offered, labels, strict=True):
        assert button.startswith(label), (button, label)


def test_an_actor_without_arms_has_events_and_views_but_no_transfer(open_page, ledger):
    actor = next(
        row.actor_id
        for row in ledger.actors.itertuples()
        if not (rows := Selection(actors=(row.actor_id,)).apply(ledger).rows).events.empty
        and rows.transfers.empty
        and not rows.views.empty
    )
    for name in ("timeline", "network", "views", "statements"):
        assert open_page(name, {"actor": [actor]}).drawn, name
    for name in ("overview", "ledger"):
        page = open_page(name, {"actor": [actor]})
        assert page.drawn == []
        assert any(button.startswith("Actors: ") for button in page.buttons)


def test_taking_a_filter_away_widens_the_result_and_the_link(open_page):
    page = open_page("ledger", {"q": ["zzzz"], "category": ["uav"], "as_of": ["2024-01-01"]})
    page = page.press("Search: zzzz")
    assert page.query == {"category": ["uav"], "as_of": ["2024-01-01"]}
    assert page.drawn
    few = page.count
    page = page.press("Back to the latest")
    assert page.query == {"category": ["uav"]}
    assert "As known on" not in page.words
    assert page.count[1] > few[1]


def test_a_choice_in_the_sidebar_changes_link_and_rows(open_page, api):
    page = open_page("ledger", {"as_of": ["2024-12-31"]})
    page.app.sidebar.multiselect(key="filter_categories").set_value(["missile"])
    page = page.run()
    assert page.query == {"category": ["missile"], "as_of": ["2024-12-31"]}
    rows = api.get("/api/v1/transfers", params=page.query).json()["data"]
    assert sorted(page.app.dataframe[0].value["Record"]) == sorted(r["transfer_id"] for r in rows)
    clear = next(button for button in page.app.sidebar.button if button.label == "Clear")
    clear.click()
    page = page.run()
    assert page.query == {}
    assert page.count[0] == page.count[1]


def test_half_a_date_range_sets_no_range_and_says_so(open_page):
    page = open_page("ledger")
    page.app.sidebar.date_input(key="filter_dates").set_value((date(2024, 1, 1),))
    page = page.run()
    assert page.query == {}
    assert any("Choose the last day too" in m.value for m in page.app.sidebar.markdown)


# ── The three cases ──────────────────────────────────────────────────────────────────────────────

_DELIVERED = re.compile(r"\b(Delivered|Arriving), ?|: delivered|\*\*Furthest stage: delivered")
STATUSES = [
    ("shahed-before-war", "2022-10-31", "delivered", "denied"),
    ("shahed-before-war", "2022-11-06", "delivered", "acknowledged_after_denial"),
    ("fath-360", "2024-09-01", "agreed", "single_source"),
    ("fath-360", "2024-09-15", "delivered", "contested"),
    ("su-35", None, "agreed", "acknowledged"),
]


@pytest.mark.parametrize(("record", "day", "stage", "standing"), STATUSES)
def test_status_on_the_record_page_and_through_the_api(
    open_page, api, ledger, record, day, stage, standing
):
    query = {"record": [record]} | ({"as_of": [day]} if day else {})
    (row,) = api.get("/api/v1/transfers", params=query).json()["data"]
    assert (row["stage"], row["standing"]) == (stage, standing)
    labels = {
        name: dict(zip(frame["code"], frame["label"].str.lower(), strict=True))
        for name, frame in ledger.vocabularies.items()
        if name in ("stages", "standings")
    }
    words = open_page("record", query).words
    badges = re.findall(r"^:\w+-badge\[(.*)\]$", words, re.MULTILINE)
    spoken = "Only denied" if standing == "denied" else "Furthest stage"
    assert badges[0] == f"{spoken}: {labels['stages'][stage]}"
    assert badges[1].removeprefix("≠ ") == labels["standings"][standing]
    assert badges[1].startswith("≠ ") == (standing == "contested")


def test_the_sentence_says_denial_before_and_admission_after(open_page):
    def sentence(day):
        query = {"record": ["shahed-before-war"], "as_of": [day]}
        return open_page("record", query).app.main.subheader[0].value

    assert sentence("2022-10-31").startswith("Only denied, by Iran")
    assert "acknowledge" not in sentence("2022-10-31")
    assert "Iran acknowledges it, after first denying it" in sentence("2022-11-06")


def test_fath_360_is_not_delivered_before_it_was_said_to_be(open_page, api):
    words = open_page("record", {"record": ["fath-360"], "as_of": ["2024-09-01"]}).words
    assert not _DELIVERED.search(words)
    assert "contested" not in words.split("Who said what")[0]
    for table in ("statements", "deliveries"):
        body = api.get(f"/api/v1/{table}?record=fath-360&as_of=2024-09-01").json()
        assert not [
            row
            for row in body["data"]
            if row.get("stage_code", "delivered") == "delivered"
            and row.get("stance_code", "asserts") in ("asserts", "confirms")
        ]


def test_the_su_35_never_reads_as_delivered(ledger, open_page):
    days = change_days(ledger, "su-35")
    assert len(days) > 10
    for day in days:
        status = Selection(as_of=day).apply(ledger).assessments["su-35"]
        assert status.stage_code in ("discussed", "agreed"), day
    for turn in status_history(ledger, "su-35"):
        for status in (turn.before, turn.after):
            assert status is None or status.stage_code in ("discussed", "agreed")
    for day in (*days[:: max(1, len(days) // 4)], days[-1]):
        words = open_page("record", {"record": ["su-35"], "as_of": [day.isoformat()]}).words
        head = words.split("Who said what")[0]
        assert not re.search(r"Furthest stage: (?!agreed|discussed)", head), day
        assert not re.search(r"^(Delivered|Arriving)", head, re.MULTILINE), day


def test_a_record_of_which_nothing_was_known_says_so(open_page):
    page = open_page("record", {"record": ["shahed-before-war"], "as_of": ["2022-07-01"]})
    assert page.drawn == []
    assert "Nothing that counts was known of this transfer on 1 July 2022." in page.words
    assert page.query == {"record": ["shahed-before-war"], "as_of": ["2022-07-01"]}


def test_next_and_previous_walk_through_the_records(open_page):
    page = open_page("record", {"record": ["su-35"]})
    order = list(page.app.main.selectbox[0].options)
    seen = [page.app.title[0].value]
    there = page.press("Next")
    assert there.query["record"] != ["su-35"]
    assert there.app.title[0].value not in seen
    back = there.press("Previous")
    assert back.query == {"record": ["su-35"]}
    assert back.app.title[0].value == seen[0]
    assert list(back.app.main.selectbox[0].options) == order


@pytest.mark.parametrize("day", ["2022-07-15", "2022-10-01", "2023-06-30", "2024-09-05"])
@pytest.mark.parametrize("name", ["timeline", "ledger", "statements", "views", "record"])
def test_nothing_of_later_days_is_in_a_table(open_page, ledger, name, day):
    """No page tells on an as-known day what was published after it."""
    page = open_page(name, {"as_of": [day]})
    later = ledger.statements[ledger.statements["published_date_latest"] > day]
    later_views = ledger.views[ledger.views["published_date_latest"] > day]
    earlier = {
        *ledger.statements.drop(later.index)["summary"],
        *ledger.views.drop(later_views.index)["summary"],
        *ledger.events["summary"],
    }
    told = page.words + "\n".join(
        str(cell)
        for frame in (*page.app.main.dataframe, *page.app.main.table)
        for cell in frame.value.to_numpy().ravel()
    )
    for summary in {*later["summary"], *later_views["summary"]} - earlier:
        assert summary not in told


# ── Other packages ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def broken(tmp_path, monkeypatch):
    folder = write_package(tmp_path / "package", has_whole_vocabularies=True)
    edit_cell(folder, "transfers", row_of("transfers", "jets"), "supplier_id", "nowhere")
    edit_cell(folder, "events", 2, "event_date", "2022-13")
    monkeypatch.setenv(shared.VARIABLE, str(folder))
    monkeypatch.setattr(shared, "SECONDS_BETWEEN_LOOKS", 0.0)
    return folder


@pytest.mark.parametrize("query", [{}, {"actor": ["iran"], "record": ["jets"]}, {"as_of": ["x"]}])
def test_a_broken_package_shows_the_report_on_the_page(open_page, broken, query):
    page = open_page("overview", query)
    assert page.app.title[0].value == "This dataset cannot be shown"
    lines = page.app.code[0].value.splitlines()
    row = row_of("transfers", "jets")
    assert any(
        line.startswith(f"tables/transfers.csv:{row}:supplier_id:") and "nowhere" in line
        for line in lines
    )
    assert any(line.startswith("tables/events.csv:2:event_date:") for line in lines)
    assert f"{len(lines)} problems" in page.words
    assert page.drawn == []


def test_a_mended_package_is_shown_without_a_restart(open_page, broken):
    page = open_page("overview")
    edit_cell(broken, "transfers", row_of("transfers", "jets"), "supplier_id", "russia")
    edit_cell(broken, "events", 2, "event_date", "2022-07-19")
    page = page.run()
    assert page.count == (3, 3)


def test_a_folder_without_a_package_is_reported(open_page, tmp_path, monkeypatch):
    monkeypatch.setenv(shared.VARIABLE, str(tmp_path))
    page = open_page("overview")
    assert page.app.title[0].value == "This dataset cannot be shown"


@pytest.mark.parametrize("name", NAMES)
def test_another_package_fills_every_page(open_page, tmp_path, monkeypatch, name):
    folder = write_package(tmp_path / "package", has_whole_vocabularies=True)
    monkeypatch.setenv(shared.VARIABLE, str(folder))
    page = open_page(name)
    assert page.count == (3, 3)
    assert page.drawn
    assert "Shahed during the war" not in page.words


@pytest.mark.parametrize("name", NAMES)
def test_a_package_of_one_statement_fills_every_page(open_page, tmp_path, monkeypatch, name):
    """Pages stand on nearly nothing: no events, views, relations or numbers."""
    folder = write_package(tmp_path / "package", has_whole_vocabularies=True)
    keep = {"statements": ["jets-reza-2023-06-01"], "transfers": ["jets"]}
    emptied = ("deliveries", "events", "views", "relations", "statement_sources", "view_sources")
    emptied += ("relation_sources", "event_actors", "event_transfers", "view_actors")
    _keep_only(
        folder, keep | {table: [] for table in (*emptied, "view_transfers", "view_outcomes")}
    )
    monkeypatch.setenv(shared.VARIABLE, str(folder))
    page = open_page(name)
    assert page.count == (1, 1)
    if name == "views":
        assert "No view is recorded." in page.words
    else:
        assert page.drawn


def _keep_only(folder, kept):
    for table, ids in kept.items():
        header, *lines = read_lines(folder, table)
        write_lines(folder, table, [header, *(line for line in lines if line[0] in ids)])


HOSTILE = '<img src=x onerror=alert(1)> **b** [l](javascript:alert(1)) $x$ :red[r] `c` "q" {{7*7}}'


@pytest.mark.parametrize("name", NAMES)
def test_markup_in_the_data_is_escaped_wherever_it_is_prose(open_page, tmp_path, monkeypatch, name):
    folder = write_package(tmp_path / "package", has_whole_vocabularies=True)
    for table, key, column in (
        ("transfers", "drones", "name"),
        ("transfers", "drones", "summary"),
        ("actors", "iran", "name"),
        ("actors", "iran", "description"),
        ("publishers", "example-times", "name"),
        ("statements", "drones-reza-2022-11-05", "summary"),
        ("views", "doe-2023-05-02", "summary"),
        ("events", "talks-2022-07-19", "name"),
        ("relations", "iran-militia", "summary"),
        ("systems", "shahed-136", "designation"),
    ):
        edit_cell(folder, table, row_of(table, key), column, f"{HOSTILE} {table}")
    monkeypatch.setenv(shared.VARIABLE, str(folder))
    page = open_page(name, {"record": ["drones"]})
    app = page.app
    prose = [*app.title, *app.header, *app.subheader, *app.markdown, *app.info]
    labels = [link.proto.label for link in app.get("page_link")]
    texts = [str(element.value) for element in prose] + labels
    texts += [str(cell) for table in app.table for cell in table.value.to_numpy().ravel()]
    for text in texts:
        # Each of these would be read as markup if it stood without its backslash.
        assert not re.search(r"(?<!\\)<img|(?<!\\)\*\*b|(?<!\\)\[l|(?<!\\):red\[|(?<!\\)\$x", text)

"""Links to pages: every key by id and name in any case, and what can't be understood."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from components.panels.address import as_query
from dashboard.navigation import PAGES
from data.package import FOLDER, read_package

pytestmark = pytest.mark.usefixtures("own_data")

VERSION = read_package(FOLDER).version
NAMES = [entry.name for entry in PAGES]
IDS = {
    "q": ["drones"],
    "actor": ["iran", "russia"],
    "direction": ["iran-russia"],
    "category": ["missile", "uav"],
    "standing": ["acknowledged_after_denial", "contested"],
    "dates": ["2022-01-01", "2024-12-31"],
    "as_of": ["2025-06-30"],
    "record": ["shahed-before-war"],
    "role": ["official", "researcher"],
    "country": ["russia", "united-states"],
    "about": ["iran"],
    "said": ["2020s"],
}
SPELLINGS = {
    "names": IDS
    | {
        "actor": ["Russia", "Iran"],
        "direction": ["Iran → Russia"],
        "category": ["Drones", "Missiles"],
        "standing": ["Contested", "Acknowledged after denial"],
        "record": ["Drones before the invasion"],
        "role": ["Official", "Researcher"],
        "country": ["United States", "Russia"],
        "about": ["Iran"],
    },
    "odd case": IDS
    | {
        "actor": ["RUSSIA", "iRaN", "iran"],
        "direction": ["IRAN_Russia"],
        "category": ["DRONES", "missile"],
        "standing": ["Acknowledged-After-Denial", "CONTESTED"],
        "record": ["SHAHED_BEFORE  war"],
        "country": ["UNITED_states", "rUSSIA"],
        "said": [" 2020S "],
    },
    "blanks and empty values": IDS
    | {"q": ["  drones  ", ""], "actor": ["", " Iran ", "russia"], "direction": ["", "iran-russia"]}
    | {"as_of": ["2025-06-30", "2025-06-30"], "record": ["shahed-before-war", ""]},
}


def content(page):
    """Everything that a page tells of the data."""
    frames = [frame.value.to_csv() for frame in (*page.app.dataframe, *page.app.table)]
    charts = [(chart.proto.spec, chart.proto.alt) for chart in page.app.get("plotly_chart")]
    graphs = [graph.proto.mixed.SerializeToString() for graph in page.app.get("bidi_component")]
    return page.words, page.count, frames, charts, graphs


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("name", NAMES)
def test_ids_and_names_in_any_case_show_the_same(open_page, name, spelling):
    by_ids = open_page(name, IDS)
    assert "not understood" not in by_ids.words
    assert by_ids.count is not None
    assert 0 < by_ids.count[0] < by_ids.count[1]
    spelt = open_page(name, SPELLINGS[spelling])
    assert content(spelt) == content(by_ids)
    assert spelt.query == by_ids.query
    assert by_ids.query == {k: v for k, v in IDS.items() if k != "record" or name == "record"}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_api_reads_the_same_spellings(api, spelling):
    by_ids = api.get("/api/v1/statements", params=IDS).json()
    assert by_ids["total"] > 0
    assert api.get("/api/v1/statements", params=SPELLINGS[spelling]).json() == by_ids


# Key, values, what of it is named, and what is left of the link.
HOSTILE = {
    "script as actor": ("actor", ["<script>alert(1)</script>"], "<script>alert(1)</script>"),
    "unknown actor": ("actor", ["nobody"], "nobody"),
    "one of two actors": ("actor", ["iran", "nobody"], "nobody"),
    "image as category": ("category", ["<img src=x onerror=alert(1)>"], "<img src=x"),
    "unknown category": ("category", ["spoons"], "spoons"),
    "unknown standing": ("standing", ["true"], "true"),
    "unknown direction": ("direction", ["west"], "west"),
    "two directions": ("direction", ["iran-russia", "russia-iran"], "russia-iran"),
    "unknown record": ("record", ["no-such-transfer"], "no-such-transfer"),
    "two records": ("record", ["su-35", "fath-360"], "fath-360"),
    "path as record": ("record", ["../../etc/passwd"], "../../etc/passwd"),
    "bidi override": ("q", ["\u202egnp.exe"], "q="),
    "bidi in actor": ("actor", ["ir\u202ean"], "actor="),
    "nul": ("q", ["\x00"], "q="),
    "nul in actor": ("actor", ["iran\x00"], "actor="),
    "line break": ("q", ["a\nb"], "q="),
    "10 kB of words": ("q", ["x" * 10_000], "xxx…"),
    "10 kB of actor": ("actor", ["y" * 10_000], "yyy…"),
    "10 kB of markup": ("category", ["[" * 10_000], "[[[…"),
    "one date": ("dates", ["2024-01-01"], "2024-01-01"),
    "three dates": ("dates", ["2024-01-01", "2024-01-02", "2024-01-03"], "2024-01-03"),
    "reversed dates": ("dates", ["2024-02-01", "2024-01-01"], "2024-02-01 2024-01-01"),
    "30 February": ("dates", ["2024-02-30", "2024-03-01"], "2024-02-30"),
    "other script's digits": ("dates", ["٢٠٢٤-٠١-٠١", "2024-03-01"], "dates="),
    "word as day": ("as_of", ["yesterday"], "yesterday"),
    "day of another form": ("as_of", ["31/10/2022"], "31/10/2022"),
    "month as day": ("as_of", ["2022-10"], "2022-10"),
    "day and time": ("as_of", ["2022-10-31T00:00"], "2022-10-31T00:00"),
    "year 0": ("as_of", ["0000-00-00"], "0000-00-00"),
    "far future": ("as_of", ["9999-12-31"], "9999-12-31"),
    "two days": ("as_of", ["2022-01-01", "2022-01-02"], "2022-01-01 2022-01-02"),
}


def _left(key, values):
    """What “the rest of the link” is: all that was understood of the faulty key."""
    return {
        ("actor", "nobody"): {"actor": ["iran"]} if "iran" in values else {},
        ("direction", "russia-iran"): {"direction": ["iran-russia"]},
        ("record", "fath-360"): {"record": ["su-35"]},
    }.get((key, values[-1]), {})


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_understood_is_said_and_nothing_is_shown(open_page, name, case):
    key, values, named = HOSTILE[case]
    rest = {"q": ["drones"]} if key != "q" else {"category": ["uav"]}
    page = open_page(name, {**rest, key: values})
    assert f"{key}=" in page.words
    assert named in page.words
    assert "is not understood; it accepts" in page.words
    assert "Nothing is shown in its place" in page.words
    assert len(page.words) < 2000
    assert page.drawn == []
    # The page's own heading would promise what is not shown.
    assert [title.value for title in page.app.title] == [
        "This link asks for something that is not understood"
    ]
    assert page.count is None
    # The link stays as it came, so that it can be mended by hand.
    assert page.query == {**rest, key: values}


@pytest.mark.parametrize(
    ("name", "case"),
    [
        *(("ledger", case) for case in HOSTILE),
        *(("record", case) for case in ("unknown record", "two records", "unknown actor")),
    ],
)
def test_going_on_shows_the_rest_of_the_link(open_page, name, case):
    key, values, _ = HOSTILE[case]
    rest = {"q": ["drones"]} if key != "q" else {"category": ["uav"]}
    left = rest | {k: v for k, v in _left(key, values).items() if k != "record" or name == "record"}
    onward = open_page(name, {**rest, key: values}).press("Go on with the rest")
    assert "not understood" not in onward.words
    assert onward.drawn
    assert onward.query == left
    assert content(onward) == content(open_page(name, left))


@pytest.mark.parametrize("case", HOSTILE)
def test_api_refuses_what_the_pages_do_not_understand(api, case):
    key, values, _ = HOSTILE[case]
    answer = api.get("/api/v1/transfers", params={key: values})
    assert answer.status_code == 400
    assert "data" not in answer.json()


def test_all_faults_of_a_link_are_named_at_once(open_page):
    query = {"actor": ["nobody"], "standing": ["x"], "dates": ["2024"], "as_of": ["then"]}
    words = open_page("ledger", query | {"record": ["none"], "category": ["spoons"]}).words
    for key in (*query, "record", "category"):
        assert f"- {key}=" in words


def test_a_near_miss_is_suggested(open_page):
    words = open_page("ledger", {"record": ["su-36"], "standing": ["contestd"]}).words
    assert "Did you mean su-35?" in words
    assert "Did you mean contested?" in words


@pytest.mark.parametrize("key", ["actors", "Actor", "standng", "<b>", "\u202eq"])
def test_an_unknown_key_is_named(open_page, key):
    page = open_page("ledger", {key: ["iran"], "category": ["uav"]})
    (info,) = page.app.main.info
    assert "means nothing here" in info.value
    assert "<b>" not in info.value
    assert "\u202e" not in info.value
    assert page.query == {"category": ["uav"]}


def test_keys_of_those_who_pass_links_on_are_not_a_fault(open_page):
    query = {"utm_source": ["x"], "fbclid": ["y"], "category": ["uav"]}
    page = open_page("ledger", query)
    assert not page.app.main.info
    assert page.query == {"category": ["uav"]}


def test_a_choice_in_the_sidebar_goes_on_from_a_faulty_link(open_page):
    page = open_page("ledger", {"actor": ["nobody"], "category": ["uav"]})
    page.app.sidebar.text_input(key="filter_q").set_value("Mohajer")
    page = page.run()
    assert page.query == {"q": ["Mohajer"], "category": ["uav"]}
    assert page.drawn


def test_the_copied_link_is_the_shown_state(open_page):
    for name in NAMES:
        page = open_page(name, IDS)
        link = page.app.sidebar.code[0].value
        pairs = parse_qsl(urlsplit(link).query)
        assert ("record", "shahed-before-war") in pairs or name != "record"
        assert ("v", VERSION) in pairs
        for key, values in page.query.items():
            assert [value for each, value in pairs if each == key] == values
        again = open_page(name, as_query(pairs))
        assert content(again) == content(page)
        assert again.query == page.query


def test_a_full_link_writes_out_what_is_not_set(open_page):
    page = open_page("timeline", {"category": ["uav"]})
    pairs = dict(parse_qsl(urlsplit(page.app.sidebar.code[0].value).query))
    assert pairs["category"] == "uav"
    assert {key: pairs[key] for key in ("actor", "standing", "dates", "as_of")} == {
        "actor": "any",
        "standing": "any",
        "dates": "any",
        "as_of": "latest",
    }


@pytest.mark.parametrize("link", [{"actor": ["any", "iran"]}, {"as_of": ["latest", "2024-01-01"]}])
def test_set_and_not_set_at_once_is_a_fault(open_page, link):
    assert "is not understood" in open_page("ledger", link).words


def test_a_link_of_another_version_says_so(open_page):
    page = open_page("ledger", {"v": ["0.0.9"], "category": ["uav"]})
    assert "made with data version 0.0.9" in page.words
    assert page.drawn
    same = open_page("ledger", {"v": [VERSION], "category": ["uav"]})
    assert not same.app.main.info


def test_a_link_of_another_version_says_what_was_not_found(open_page):
    words = open_page("record", {"v": ["0.0.9"], "record": ["su-99"]}).words
    assert "made with data version 0.0.9" in words
    assert "could not be found" in words
    assert "su-99" in words


@pytest.mark.parametrize("word", ["<script>", "a" * 100, "\u202e1", "../.."])
def test_a_hostile_version_is_passed_over(open_page, word):
    page = open_page("ledger", {"v": [word], "chart": [word], "category": ["uav"]})
    assert not page.app.main.info
    assert page.drawn

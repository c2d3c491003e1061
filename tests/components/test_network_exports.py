"""The graph as files: read back by networkx, and harmless whatever the names hold."""

import csv
import io
import re
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree

import networkx as nx
import pytest

from components.network.exports import CSV_COLUMNS, to_csv, to_gexf, to_graphml
from components.network.layout import positions
from components.network.pyvis_graph import standalone_page
from components.theme import DARK, LIGHT, Look
from tests.components.network_fixture import actor, joined, tie

HOSTILE = (
    '<img src=x onerror="alert(1)">',
    "</script><script>alert(2)</script>",
    "\u202eevil\u2066\x00\x1b[0m\n]]>&lt;",
    '=HYPERLINK("http://outside.example","x")',
    "x" * 10_000,
    "{{ 7 * 7 }}{% raw %}",
)


class Tags(HTMLParser):
    """The tags that a page opens."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.append(tag)


@pytest.fixture
def graph() -> nx.MultiDiGraph:
    made = nx.MultiDiGraph()
    for party in ("iran", "russia"):
        made.add_node(party, **actor(party))
    made.add_node("militia", **actor("militia", kind="armed_group"))
    arms = tie(
        "arms",
        told={"s1": 1, "s2": 1, "s3": 1},
        direction_code="iran-russia",
        transfer_ids=("t1", "t2"),
        statement_ids=("s1", "s2", "s3", "s4"),
        spans=((date(2022, 8, 1), date(2022, 8, 31)), (date(2023, 1, 2), date(2024, 5, 6))),
    )
    joined(made, "iran", "russia", arms)
    open_end = tie("alliance", told={"relation:r1": 1}, spans=((date(2001, 3, 12), None),))
    joined(made, "iran", "russia", open_end)
    joined(made, "iran", "militia", tie("proxy_support"))
    return made


def hostile(graph: nx.MultiDiGraph, text: str) -> nx.MultiDiGraph:
    for _, node in graph.nodes(data=True):
        node["label"] = node["kind_label"] = text
    for *_, edge in graph.edges(data=True):
        edge["label"] = text
    return graph


def page(graph: nx.MultiDiGraph, text: str = "Words", look: Look | None = None) -> str:
    words = dict.fromkeys(("title", "caption", "alt"), text)
    return standalone_page(graph, positions(graph), look or Look(), words, [{"Tie": text}])


def test_gexf_keeps_type_weight_dates_and_colours(graph: nx.MultiDiGraph) -> None:
    written = to_gexf(graph, positions(graph))
    read = nx.read_gexf(io.BytesIO(written))
    assert set(read) == set(graph)
    edges = {data["id"]: data for *_, data in read.edges(data=True)}
    arms = edges["iran~russia~arms"]
    assert (arms["kind"], arms["weight"], arms["label"]) == ("arms", 3.0, "Arms")
    assert (arms["start"], arms["end"]) == ("2022-08-01", "2024-05-06")
    assert (arms["first_day"], arms["last_day"]) == ("2022-08-01", "2024-05-06")
    assert edges["iran~russia~alliance"]["start"] == "2001-03-12"
    assert "end" not in edges["iran~russia~alliance"]
    assert edges["iran~russia~alliance"]["directed"] is False
    assert read.nodes["militia"]["kind"] == "armed_group"
    root = ElementTree.fromstring(written)
    viz = "{http://www.gexf.net/1.2draft/viz}"
    colours = [
        "#" + "".join(f"{int(found.get(part)):02X}" for part in "rgb")
        for found in root.iter(f"{viz}color")
    ]
    assert LIGHT.iran_russia in colours
    assert len(colours) == len(graph) + graph.number_of_edges()
    assert len(list(root.iter(f"{viz}position"))) == len(graph)
    assert len(list(root.iter(f"{viz}thickness"))) == graph.number_of_edges()


def test_graphml_keeps_type_weight_dates_and_colours(graph: nx.MultiDiGraph) -> None:
    read = nx.read_graphml(io.BytesIO(to_graphml(graph, positions(graph))), force_multigraph=True)
    assert set(read.edges(keys=True)) == set(graph.edges(keys=True))
    arms = read.edges["iran", "russia", "iran~russia~arms"]
    assert (arms["kind"], arms["weight"]) == ("arms", 3.0)
    assert (arms["first_day"], arms["last_day"]) == ("2022-08-01", "2024-05-06")
    assert (arms["color"], arms["r"]) == (LIGHT.iran_russia, int(LIGHT.iran_russia[1:3], 16))
    assert read.nodes["iran"]["label"] == "Iran"
    assert {"x", "y", "size"} <= set(read.nodes["iran"])


def test_csv_has_a_row_for_each_edge(graph: nx.MultiDiGraph) -> None:
    written = to_csv(graph)
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert len(rows) == graph.number_of_edges()
    arms = next(row for row in rows if row["kind"] == "arms")
    assert (arms["from_id"], arms["to"], arms["weight"]) == ("iran", "Russia", "3")
    assert (arms["transfer_ids"], arms["statement_ids"]) == ("t1 t2", "s1 s2 s3 s4")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_every_file(graph: nx.MultiDiGraph, text: str) -> None:
    graph = hostile(graph, text)
    at = positions(graph)
    for read in (
        nx.read_gexf(io.BytesIO(to_gexf(graph, at))),
        nx.read_graphml(io.BytesIO(to_graphml(graph, at)), force_multigraph=True),
    ):
        assert len(read) == len(graph)
        for _, label in read.nodes(data="label"):
            assert len(label) <= 500
            assert not re.search("[\x00-\x1f\u202a-\u202e\u2066-\u2069]", label)
    rows = list(csv.reader(io.StringIO(to_csv(graph).decode("utf-8-sig"))))
    assert {len(row) for row in rows} == {len(CSV_COLUMNS)}
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row if cell)
    html = page(graph, text)
    tags = Tags(html).found
    assert tags.count("script") == 2
    assert {"img", "svg", "a", "iframe"}.isdisjoint(tags)
    assert "49" not in html.split("<script>")[0].split("</style>")[1]


@pytest.mark.parametrize("look", [Look(), Look(DARK), Look(is_narrow=True)])
def test_the_page_that_works_alone_loads_nothing(graph: nx.MultiDiGraph, look: Look) -> None:
    at = positions(graph, look.is_narrow)
    html = standalone_page(graph, at, look, {"title": "T", "caption": "C", "alt": "A"}, [])
    assert not re.search(r"""(?:src|href|action|data)\s*=\s*["']?\s*(?:https?:)?//""", html)
    assert not re.search(r"""(?:url\(|@import|import\(|fetch\()\s*["']?\s*(?:https?:)?//""", html)
    assert not re.search("bootstrap|cdnjs|jsdelivr|unpkg|googleapis|cloudflare", html, re.I)
    assert "default-src 'none'" in html
    assert "iran~russia~arms" in html
    assert look.palette.paper in html

"""The drawing that is sent to the browser, and its panel."""

import ast
import json
import re
import unicodedata
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from streamlit.testing.v1 import AppTest

from components import network
from components.network.graph import build_graph
from components.network.layout import positions, stable_positions
from components.network.narrowing import at_quarter
from components.network.pyvis_graph import to_pyvis, vis_folder
from components.network.style import SHAPES, tie_style
from components.network.wire import packed
from components.panels.network import read_click
from components.theme import DARK, LIGHT, Look
from data.load import Dataset, load_dataset
from data.selection import Selection
from tests.components.network_fixture import actor, joined, tie
from tests.data.package_fixture import write_package

ROOT = Path(__file__).parent.parent.parent
OUTSIDE = re.compile(r"bootstrap|cdnjs|jsdelivr|unpkg|cloudflare|googleapis", re.IGNORECASE)
HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return load_dataset(write_package(tmp_path / "package", has_whole_vocabularies=True))


@pytest.fixture
def graph(dataset: Dataset) -> nx.MultiDiGraph:
    return build_graph(Selection().apply(dataset))


def tied(*kinds: str, name: str = "Other", count: int = 1) -> nx.MultiDiGraph:
    """Russia and one other node, joined by an edge of each kind."""
    graph = nx.MultiDiGraph()
    for node, label in (("other", name), ("russia", "Russia")):
        graph.add_node(node, **actor(node, label=label))
    for number, kind in enumerate(kinds):
        ends = ("other", "russia") if number % 2 else ("russia", "other")
        joined(graph, *ends, tie(kind, directed=True, told={f"s{n}": 1 for n in range(count)}))
    return graph


def draw(graph: nx.MultiDiGraph, look: Look | None = None) -> dict:
    look = look or Look()
    return to_pyvis(graph, positions(graph, look.is_narrow), look)


def test_drawing_has_every_node_and_edge_once(graph: nx.MultiDiGraph) -> None:
    drawn = draw(graph)
    assert [node["id"] for node in drawn["nodes"] if "edge" not in node] == list(graph)
    assert sorted(edge["id"] for edge in drawn["edges"]) == sorted(k for *_, k in graph.edges)
    assert json.loads(json.dumps(drawn, allow_nan=False)) == drawn


def test_number_beside_arms_stands_for_its_edge(graph: nx.MultiDiGraph) -> None:
    counts = [node for node in draw(graph)["nodes"] if "edge" in node]
    assert {node["edge"] for node in counts} == {"iran~russia~arms", "russia~iran~arms"}
    for node in counts:
        number = graph.edges[*node["edge"].split("~")[:2], node["edge"]]["count"]
        assert node["label"].split() == [str(number), "transfer" if number == 1 else "transfers"]


def test_layout_is_fixed(graph: nx.MultiDiGraph) -> None:
    options = draw(graph)["options"]
    assert options["physics"] is False
    assert options["interaction"]["zoomView"] is False
    assert options["nodes"]["font"]["face"] == "Source Sans"


def test_filtered_drawing_keeps_the_sheet_and_the_places(dataset: Dataset) -> None:
    places = stable_positions(dataset)
    whole = to_pyvis(build_graph(Selection().apply(dataset)), places, Look())
    part = to_pyvis(build_graph(Selection(direction="iran-russia").apply(dataset)), places, Look())
    at = {node["id"]: (node["x"], node["y"]) for node in whole["nodes"]}
    assert part["nodes"]
    assert all(at[node["id"]] == (node["x"], node["y"]) for node in part["nodes"])
    assert part["sheet"] == whole["sheet"]


def test_every_kind_of_tie_is_known_without_colour(dataset: Dataset) -> None:
    kinds = ["arms", "belongs_to", *dataset.vocabularies["relation_kinds"]["code"]]
    styles = {kind: tie_style(kind, LIGHT) for kind in kinds}
    styles["arms only promised"] = tie_style("arms", LIGHT, is_promise=True)
    unlike = {(style.dashes, style.end, style.is_weighted) for style in styles.values()}
    assert len(unlike) == len(styles)


def test_kind_that_a_vocabulary_adds_is_drawn() -> None:
    drawn = draw(tied("kinship"))
    assert (
        drawn["edges"][0]["title"] == "Russia → Other: kinship, 1 independent statement, since 2020"
    )


def test_edges_of_a_pair_lie_apart() -> None:
    kinds = ["arms", "alliance", "hostility", "sanctions", "trade", "mediation", "membership"]
    bends = set()
    for edge in draw(tied(*kinds))["edges"]:
        smooth = edge["smooth"] or {"roundness": 0, "type": "curvedCW"}
        turn = 1 if smooth["type"] == "curvedCW" else -1
        away = 1 if edge["from"] == "russia" else -1
        bends.add(smooth["roundness"] * turn * away)
    assert len(bends) == len(kinds)


def test_arms_of_many_categories_lie_apart_on_their_own_side() -> None:
    graph = nx.MultiDiGraph()
    for number in range(12):
        joined(graph, "iran", "russia", tie("arms", category=f"c{number:02}"))
        joined(graph, "russia", "iran", tie("arms", category=f"c{number:02}"))
        joined(graph, "iran", "syria", tie("arms", category=f"c{number:02}"))
    drawn = draw(graph)
    assert not any("edge" in node for node in drawn["nodes"])  # no number speaks for one alone
    for ends in (("iran", "russia"), ("russia", "iran"), ("iran", "syria")):
        bends = {
            (edge["smooth"]["type"], edge["smooth"]["roundness"])
            for edge in drawn["edges"]
            if (edge["from"], edge["to"]) == ends
        }
        assert len(bends) == 12


def test_a_quarter_is_drawn_without_the_numbers_of_all_time() -> None:
    graph = nx.MultiDiGraph()
    spans = [(date(2022, 8, 1), date(2022, 9, 1))]
    joined(graph, "iran", "russia", tie("arms", spans=spans, told={"s1": 1, "s2": 10**6}))
    assert any("edge" in node for node in draw(graph)["nodes"])
    (edge,) = draw(at_quarter(graph, 2023 * 4))["edges"]
    assert not any("edge" in node for node in draw(at_quarter(graph, 2023 * 4))["nodes"])
    assert edge["title"] == "Iran → Russia: arms, 1 piece of evidence by then, since 2020"
    assert edge["color"]["opacity"] < 1


def test_arms_lie_on_top_and_more_statements_are_thicker() -> None:
    drawn = draw(tied("arms", "alliance"))
    assert drawn["edges"][-1]["id"].endswith("~arms")
    thin, thick = (draw(tied("arms", count=n))["edges"][0]["width"] for n in (1, 20))
    assert thin < thick <= draw(tied("arms", count=10**6))["edges"][0]["width"] < 12


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_colours_are_those_of_the_mode(graph: nx.MultiDiGraph, palette) -> None:
    drawn = draw(graph, Look(palette))
    colours = {edge["id"]: edge["color"]["color"] for edge in drawn["edges"]}
    assert colours["iran~russia~arms"] == palette.iran_russia
    assert colours["russia~iran~arms"] == palette.russia_iran
    assert drawn["options"]["nodes"]["font"]["color"] == palette.ink


def test_narrow_drawing_is_narrow(graph: nx.MultiDiGraph) -> None:
    assert draw(graph, Look(is_narrow=True))["sheet"]["width"] <= 360


@pytest.mark.parametrize("name", [HOSTILE, HOSTILE + "x" * 10_000, "\u202eevil\u2066\x00\x1b[0m\n"])
def test_hostile_names_are_short_plain_text(name: str) -> None:
    graph = tied("arms", name=name)
    graph.edges["russia", "other", "russia~other~arms"]["label"] = name
    drawn = draw(graph)
    texts = [item[field] for item in drawn["nodes"] for field in ("label", "title")]
    texts += [edge["title"] for edge in drawn["edges"]]
    for text in texts:
        assert len(text) < 240
        assert all(unicodedata.category(c)[0] != "C" for c in text.replace("\n", ""))
    for node in drawn["nodes"]:
        assert all(len(line) <= 17 for line in node["label"].split("\n"))
        # vis-network reads marks of its own only where a font is `multi`.
        assert "multi" not in node.get("font", {}) | drawn["options"]["nodes"]["font"]


def test_nothing_names_another_host(graph: nx.MultiDiGraph) -> None:
    script = (Path(network.__file__).parent / "network.js").read_text(encoding="utf-8")
    for text in (json.dumps(draw(graph)), script):
        assert "//" not in re.sub(r"^\s*//.*|; //.*", "", text, flags=re.MULTILINE)
        assert not OUTSIDE.search(text)
    for name in ("vis-network.min.js", "vis-network.css"):
        assert not OUTSIDE.search((vis_folder() / name).read_text(encoding="utf-8"))


def test_one_module_imports_pyvis() -> None:
    importers = set()
    for path in (
        p for top in ("data", "components", "dashboard") for p in (ROOT / top).rglob("*.py")
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == "pyvis" for name in names):
                importers.add(path.relative_to(ROOT).as_posix())
    assert importers == {"components/network/pyvis_graph.py"}


# ── Panel ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sent", "clicked"),
    [
        ({"kind": "node", "id": "other"}, ("node", "other")),
        ({"kind": "edge", "id": "russia~other~arms"}, ("edge", "russia~other~arms")),
        ({"kind": "edge", "id": "other"}, None),
        ({"kind": "node", "id": "gone"}, None),
        ({"kind": "node", "id": ["other"]}, None),
        ({"kind": "page", "id": "other"}, None),
        ({}, None),
        ("other", None),
        (None, None),
    ],
)
def test_only_what_is_shown_can_beread_click(sent: object, clicked: object) -> None:
    assert read_click(sent, draw(tied("arms"))) == clicked


def test_number_beside_an_edge_is_no_node(graph: nx.MultiDiGraph) -> None:
    assert read_click({"kind": "node", "id": "count~iran~russia~arms"}, draw(graph)) is None


def _page() -> None:
    import streamlit as st

    from components.panels.network import Shown, network_graph

    data = {"nodes": [{"id": "iran"}], "edges": [], "options": {}, "sheet": {}}
    shown = Shown(300, "One actor.", chosen=("node", "iran"))
    network_graph(data, "net", shown, on_click=st.write, on_tick=lambda: None)


def test_the_panel_marks_what_is_chosen() -> None:
    app = AppTest.from_function(_page).run()
    assert not app.exception
    (graph,) = app.get("bidi_component")
    assert '"selection": {"kind": "node", "id": "iran"}' in graph.proto.json.replace(
        '":', '": '
    ).replace(":  ", ": ")


def test_what_is_sent_holds_each_style_once_and_loses_nothing(graph: nx.MultiDiGraph) -> None:
    drawn = draw(graph)
    sent = packed(drawn)
    assert len(sent["styles"]) < len(drawn["nodes"]) + len(drawn["edges"])
    for part in ("nodes", "edges"):
        unpacked = [
            {**sent["styles"][item["style"]], **{k: v for k, v in item.items() if k != "style"}}
            for item in sent[part]
        ]
        assert unpacked == drawn[part]


def test_each_kind_of_actor_has_a_shape_of_its_own(dataset: Dataset) -> None:
    kinds = set(dataset.vocabularies["actor_kinds"]["code"])
    assert kinds <= set(SHAPES)
    assert len({shape for shape, _ in SHAPES.values()}) == len(SHAPES)
    assert len({mark for _, mark in SHAPES.values()}) == len(SHAPES)


def test_more_evidence_is_a_larger_mark() -> None:
    small, large = (
        next(node["size"] for node in draw(tied("arms", count=n))["nodes"] if node["id"] == "other")
        for n in (1, 50)
    )
    assert small < large < 20


def test_in_a_crowd_only_those_with_most_evidence_have_a_label() -> None:
    graph = nx.MultiDiGraph()
    for number in range(200):
        joined(graph, f"n{number:03}", "russia", tie("trade", told={f"s{number}": 1}))
    drawn = draw(graph)
    assert sum(bool(node["label"].strip()) for node in drawn["nodes"]) == 60
    assert next(node for node in drawn["nodes"] if node["id"] == "russia")["label"] == "Russia"

"""Where the nodes of a graph stand: the same each time, and no label over another."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from types import MappingProxyType

import networkx as nx
import numpy as np

from components.network.graph import PARTIES, build_graph
from components.network.kinds import AGAINST
from components.network.style import largest_size
from components.text import plain
from data.load import Dataset
from data.selection import Selection

Positions = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Measures in pixels of one of the two drawings, wide and narrow.

    Attributes:
        width: Room for nodes and their labels.
        height: The same, downwards.
        party_x: Distance of each party from the centre.
        party_size: Radius of a party's disc.
        size: Radius of another node's mark.
        font: Height of the letters of a label; parties' are a third larger.
        band: Half the width of the band of the two parties, in which no other stands.
    """

    width: int
    height: int
    party_x: int
    party_size: int
    size: int
    font: int
    band: int


WIDE = Sheet(width=650, height=505, party_x=145, party_size=24, size=10, font=13, band=185)
NARROW = Sheet(width=350, height=600, party_x=92, party_size=19, size=9, font=12, band=350)

_LETTER, _LINE = 0.52, 1.25  # width of a letter and height of a line, per pixel of font
_ROUNDS = 240
_PAIRS = 20_000_000  # pairs of nodes that are looked at in all, so that a crowd isn't slow
_LONGEST = 1.6  # how much longer a crowded sheet gets before it gets wider
_LINE_LETTERS = 17


def sheet(is_narrow: bool) -> Sheet:
    """Measures of the wide or the narrow drawing."""
    return NARROW if is_narrow else WIDE


def label_lines(label: str) -> tuple[str, ...]:
    """A node's label: plain text in one or two short lines, empty if nothing can be seen."""
    lines = wrap(plain(label, 90), _LINE_LETTERS, max_lines=2, placeholder="…")
    if lines and lines[-1] == "…":  # all that is left of a word longer than a line
        lines = [lines[0][: _LINE_LETTERS - 1] + "…"]
    return tuple(lines) or ("",)


@lru_cache(maxsize=32)
def stable_positions(
    dataset: Dataset, unfold: frozenset[str] = frozenset(), is_narrow: bool = False
) -> Positions:
    """Positions of every node that any selection of a dataset can show.

    A filtered graph drawn with these keeps its nodes where they were; sides that are
    unfolded stay near where they stood folded, with their own around them.

    Args:
        dataset: A loaded package.
        unfold: As for `build_graph`.
        is_narrow: True for the narrow drawing.

    Returns:
        Read-only positions in pixels.
    """
    graph = build_graph(Selection().apply(dataset), unfold)
    near = stable_positions(dataset, frozenset(), is_narrow) if unfold else {}
    return MappingProxyType(positions(graph, is_narrow, near))


def positions(
    graph: nx.MultiDiGraph, is_narrow: bool = False, near: Positions = MappingProxyType({})
) -> dict[str, tuple[float, float]]:
    """Places the nodes of a graph, the same each time.

    Russia stands left and Iran right of the centre. The half of the others whose ties
    are most by sanctions and hostility stand above, the other half below; those tied
    more to Russia to the left, those tied more to Iran to the right. Then nodes move
    apart until no label covers another.

    Args:
        graph: Any graph of `build_graph`.
        is_narrow: True for the narrow drawing.
        near: Where some of the nodes stood before, from which they move no further than
            they must; a node of a side that stood somewhere starts around it.

    Returns:
        Centre of each node's mark in pixels, (0, 0) being the middle of the sheet.
    """
    of = sheet(is_narrow)
    lean = _lean(graph)
    against = _share_against(graph)
    others = sorted(set(graph) - set(PARTIES), key=lambda node: (-against[node], node))
    half = (len(others) + 1) // 2
    start: dict[str, tuple[float, float]] = {}
    for side, group in ((-1, others[:half]), (1, others[half:])):
        for place, node in enumerate(sorted(group, key=lambda node: (lean[node], node))):
            angle = np.pi * (1 - (place + 0.5) / len(group))
            reach = (0.95, 0.55)[place % 2] if len(group) > 6 else 0.8
            x, y = np.cos(angle) * of.width / 2 * reach, np.sin(angle) * of.height / 2 * reach
            start[node] = (x, side * y)
    start |= _around(graph, near)
    placed = _apart(graph, start, of)
    for party, x in zip(PARTIES, (-of.party_x, of.party_x), strict=True):
        if party in graph:
            placed[party] = (float(x), 0.0)
    return {node: placed[node] for node in graph}


def _around(graph: nx.MultiDiGraph, near: Positions) -> dict[str, tuple[float, float]]:
    """Starts nodes where they stood, and those of a side in a spiral around it."""
    start: dict[str, tuple[float, float]] = {}
    seen: dict[str, int] = {}
    for node, side in graph.nodes(data="side"):
        if node in PARTIES:
            continue
        if node in near:
            start[node] = near[node]
        elif side in near:
            # The golden angle: no two nodes of a side in one direction.
            turn = seen[side] = seen.get(side, 0) + 1
            angle, reach = turn * 2.39996, 60 + 14 * turn**0.5
            x, y = near[side]
            start[node] = (x + reach * float(np.cos(angle)), y + reach * float(np.sin(angle)))
    return start


def _share_against(graph: nx.MultiDiGraph) -> dict[str, float]:
    """Share of sanctions and hostility in each node's ties to the parties, or to anyone."""
    kinds: dict[str, list[str]] = {node: [] for node in graph}
    with_parties: dict[str, list[str]] = {node: [] for node in graph}
    for a, b, kind in graph.edges(data="kind"):
        for node, other in ((a, b), (b, a)):
            (with_parties if other in PARTIES else kinds)[node].append(kind)
    counted = {node: with_parties[node] or kinds[node] for node in graph}
    return {
        node: sum(kind in AGAINST for kind in found) / max(len(found), 1)
        for node, found in counted.items()
    }


def _lean(graph: nx.MultiDiGraph) -> dict[str, float]:
    """How far each node is tied to Iran (1) rather than to Russia (-1).

    A node tied to neither leans as those that it is tied to.
    """
    russia, iran = PARTIES
    ties: dict[str, list[int]] = {node: [0, 0] for node in graph}
    for a, b, count in graph.edges(data="count"):
        for node, other in ((a, b), (b, a)):
            if other in PARTIES:
                ties[node][other == iran] += count + 1
    lean = {
        node: (to_iran - to_russia) / (to_iran + to_russia)
        for node, (to_russia, to_iran) in ties.items()
        if to_iran + to_russia
    }
    lean |= {russia: -1.0, iran: 1.0}
    near = graph.to_undirected(as_view=True)
    for node in [node for node in graph if node not in lean]:
        known = [lean[other] for other in sorted(near[node]) if other in lean]
        lean[node] = sum(known) / len(known) if known else 0.0
    return lean


def _apart(
    graph: nx.MultiDiGraph, start: Mapping[str, tuple[float, float]], of: Sheet
) -> dict[str, tuple[float, float]]:
    """Moves nodes until their boxes (mark and label) touch neither each other nor the parties."""
    nodes = list(start)
    if not nodes:
        return {}
    lines = [label_lines(graph.nodes[node]["label"]) for node in nodes]
    letters = np.array([max(map(len, of_node)) for of_node in lines])
    mark = largest_size(of.size)
    wide = np.maximum(letters * of.font * _LETTER, mark * 2) / 2 + 5
    below = np.array([len(of_node) for of_node in lines]) * of.font * _LINE + 4
    tall = (mark * 2 + below) / 2 + 4
    drop = below / 2  # the box's middle is this far under the mark's
    # A crowd gets a longer sheet, and only then a wider one, which is drawn smaller.
    crowd = max(1.0, float(np.sum(4 * wide * tall)) / (0.42 * of.width * of.height))
    longer = min(crowd, _LONGEST)
    grow = np.array([1, longer]) * (crowd / longer) ** 0.5
    edge = np.array([of.width, of.height]) / 2 * grow
    # The last box is the band of the two parties and what runs between them; it stays.
    at = np.array(
        [(x * grow[0], y * grow[1] + d) for (x, y), d in zip(start.values(), drop, strict=True)]
        + [(0, 8)]
    )
    size = np.column_stack([wide, tall])
    size = np.vstack([size, [of.band, of.party_size + 34]])
    moves = np.ones((len(at), 1))
    moves[-1] = 0
    for _ in range(max(12, min(_ROUNDS, _PAIRS // len(at) ** 2))):
        away = at[:, None] - at[None]
        # Boxes on one spot part in the order of the nodes.
        ties = np.sign(np.arange(len(at))[:, None] - np.arange(len(at)))[..., None]
        sign = np.where(away == 0, ties, np.sign(away))
        overlap = size[:, None] + size[None] - np.abs(away)
        meets = (overlap > 0).all(axis=2) & ~np.eye(len(at), dtype=bool)
        if not meets.any():
            break
        across = overlap[..., 0] < overlap[..., 1]
        push = np.where(np.stack([across, ~across], axis=2), overlap, 0) * meets[..., None]
        at = at + moves * (sign * push).sum(axis=1) * 0.3
        at[:-1] = np.clip(at[:-1], size[:-1] - edge, edge - size[:-1])
    return {
        node: (round(float(x), 1), round(float(y - d), 1))
        for node, (x, y), d in zip(nodes, at[:-1], drop, strict=True)
    }

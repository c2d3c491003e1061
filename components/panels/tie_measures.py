"""What the shape of the network says, each measure with its method."""

from dataclasses import dataclass
from functools import lru_cache

import networkx as nx
import streamlit as st

from components.network.graph import PARTIES
from components.network.measures import (
    Between,
    Communities,
    Dense,
    Sanctioned,
    between_sides,
    communities,
    densest,
    most_sanctioned,
)
from components.panels.boundary import boundary
from components.panels.figure import small
from components.text import count_words, list_words, markdown

_WEAK = 0.3  # below it, parts of a network are hardly denser than chance would have them


@dataclass(frozen=True, slots=True)
class _Measures:
    between: list[Between]
    sanctioned: list[Sanctioned]
    dense: list[Dense]
    parts: Communities


@lru_cache(maxsize=16)
def _measured(graph: nx.MultiDiGraph, everyone: nx.MultiDiGraph) -> _Measures:
    """The measures of two graphs that nobody changes, computed once."""
    return _Measures(
        between_sides(everyone, PARTIES, most=12),
        most_sanctioned(everyone),
        densest(graph),
        communities(graph),
    )


@boundary("The measures of the network")
def measures(graph: nx.MultiDiGraph, everyone: nx.MultiDiGraph) -> None:
    """Shows what the shape of the network says, each measure with its method.

    Args:
        graph: The graph that the filters leave, folded as it is shown.
        everyone: The same with every side unfolded.
    """
    names = {
        node: markdown(label, 60)
        for of in (everyone, graph)
        for node, label in of.nodes(data="label")
    }
    st.header("What does the shape say?", anchor=False)
    small(
        "Computed from the ties that the filters leave, whatever is hidden in the drawing. A tie "
        "that no source declares is missing, so a low figure is no proof of distance."
    )
    found = _measured(graph, everyone)
    first, second = st.columns(2, gap="large")
    with first:
        _between(found.between, names)
        _dense(found.dense, names)
    with second:
        _sanctioned(found.sanctioned, names)
        _communities(found.parts, names)


def _between(found: list[Between], names: dict[str, str]) -> None:
    st.subheader("Who stands between the two sides?", anchor=False)
    if not found:
        st.markdown("Nobody: no chain of the ties shown joins the two through a third.")
    lines = []
    for share in dict.fromkeys(round(each.share, 4) for each in found):
        alike = [each for each in found if round(each.share, 4) == share]
        who = list_words([f"{names[each.node]} ({each.weight})" for each in alike], 8)
        each_of = " each" if len(alike) > 1 else ""
        lines.append(f"- {who}: {share:.0%} of the chains{each_of}")
    st.markdown("\n".join(lines))
    small(
        "Betweenness: of the shortest chains from the Russian to the Iranian side, the share that "
        "leads through the actor, every side unfolded. Ties straight between the two sides, "
        "sanctions, strikes and hostility are left out. In brackets: evidence on the actor’s ties."
    )


def _sanctioned(found: list[Sanctioned], names: dict[str, str]) -> None:
    st.subheader("Who is sanctioned most?", anchor=False)
    if not found:
        st.markdown("No sanctions are among the ties shown.")
    lines = []
    for each in found:
        by = list_words([names[node] for node in each.by], 4)
        lines.append(f"- {names[each.node]}: {count_words(each.count, 'record')}, by {by}")
    st.markdown("\n".join(lines))
    small(
        "Different sanction events and relations that name the actor as target, every side "
        "unfolded; an event that lists many counts once for each."
    )


def _dense(found: list[Dense], names: dict[str, str]) -> None:
    st.subheader("Where are ties densest?", anchor=False)
    lines = []
    for each in found:
        pair = " and ".join(names[node] for node in each.pair)
        kinds = list_words([markdown(kind.lower(), 40) for kind in each.kinds], 4)
        lines.append(f"- {pair}: {count_words(each.weight, 'piece')} of evidence ({kinds})")
    st.markdown("\n".join(lines))
    small("Independent statements and relations between two actors, of all kinds, each once.")


def _communities(found: Communities, names: dict[str, str]) -> None:
    st.subheader("Which groups hang together?", anchor=False)
    lines = [f"- {list_words([names[node] for node in group], 7)}" for group in found.groups]
    st.markdown("\n".join(lines))
    if not found.groups:
        st.markdown("None: no ties of support, trade or contact are shown.")
        return
    firm = "so the parts are hardly firmer than chance would have them"
    clear = "so the parts are well told apart"
    small(
        f"Greedy modularity on all ties but sanctions, strikes and hostility, by evidence; "
        f"modularity {found.modularity:.2f}, {firm if found.modularity < _WEAK else clear}. "
        f"{count_words(found.alone, 'actor')} without such a tie left out."
    )

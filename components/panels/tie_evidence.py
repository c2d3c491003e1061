"""The evidence behind a node, an edge or a path of the network."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

import networkx as nx
import pandas as pd
import streamlit as st

from components.glyphs import image, tile
from components.network.graph import PARTIES
from components.network.kinds import ARMS
from components.network.paths import Chain, step_words
from components.panels.evidence import source_link, statement_list
from components.panels.figure import small
from components.panels.filters import choose_filters
from components.panels.ledger import quantity_words
from components.panels.network import Clicked
from components.panels.tie_choice import Choice, choose
from components.panels.visit import Visit
from components.text import count_words, date_words, list_words, markdown, plain
from data.load import records
from data.queries.names import names_of
from data.queries.network import actor_views, evidence_sources, tie_views

_PER_PAGE = 25
_EVENTS = 12


def evidence(
    visit: Visit, graph: nx.MultiDiGraph, choice: Choice, chains: Sequence[Chain] | None
) -> None:
    """Shows what stands behind what is chosen, or how to choose.

    Args:
        visit: The visit.
        graph: The graph of all time, from which the choice is made.
        choice: What is chosen.
        chains: Chains between the two actors of the path; None where none is asked for.
    """
    clicked = choice.clicked
    if clicked and chains is not None:
        st.button(
            "Back to the path",
            icon=":material/route:",
            type="tertiary",
            on_click=choose,
            args=(None,),
        )
    if clicked and clicked[0] == "node" and clicked[1] in graph:
        _node_evidence(visit, graph, clicked[1])
    elif clicked and clicked[0] == "edge" and (tie := _edge(graph, clicked[1])):
        _edge_evidence(visit, graph, choice, *tie)
    elif chains is not None:
        _path(graph, choice, chains)
    elif clicked:
        st.markdown("**What the link chose has no tie here.**")
        small("It is filtered out, hidden or folded into its side; or it isn’t in the data.")
        st.button("Choose nothing", type="tertiary", on_click=choose, args=(None,))
    else:
        st.markdown("**Select an actor or a tie.**")
        small(
            "Its transfers, events, relations, statements and views appear here, each with its "
            "source. The tables below the graph do the same by keyboard."
        )


def _edge(graph: nx.MultiDiGraph, key: str) -> tuple[str, str, str, dict[str, Any]] | None:
    ends = key.split("~")
    found = graph.get_edge_data(*ends[:2], key) if len(ends) == 3 else None
    if found is None:
        return None
    return ends[0], ends[1], key, found


def _edge_evidence(
    visit: Visit,
    graph: nx.MultiDiGraph,
    choice: Choice,
    source: str,
    target: str,
    key: str,
    tie: dict[str, Any],
) -> None:
    labels = [markdown(graph.nodes[node]["label"], 90) for node in (source, target)]
    small(markdown(tie["label"]))
    st.subheader(f" {'→' if tie['directed'] else '–'} ".join(labels), anchor=False)
    with st.container(horizontal=True, gap="small"):
        if tie["kind"] == ARMS and {source, target} == set(PARTIES):
            direction = {"direction": tie["direction_code"]}
            if tie["category"]:
                direction |= {"categories": (tie["category"],)}
            _filter_button("Filter everything by this", direction)
        else:
            for node, label in zip((source, target), labels, strict=True):
                _filter_button(f"Filter everything by {label}", {"actors": (node,)})
    rows = visit.selected.rows
    views = tie_views(rows, tie["transfer_ids"], (source, target))
    _behind(visit, [tie], views, key, _api_link(visit, choice, key))


def _node_evidence(visit: Visit, graph: nx.MultiDiGraph, node: str) -> None:
    small(markdown(graph.nodes[node]["kind_label"]))
    st.subheader(markdown(graph.nodes[node]["label"], 120), anchor=False)
    known = visit.selected.known.actors
    for row in records(known[known["actor_id"] == node]):
        st.markdown(markdown(row.description, 600))
    _filter_button("Filter everything by this", {"actors": (node,)})
    ties = [
        data for _, _, data in [*graph.in_edges(node, data=True), *graph.out_edges(node, data=True)]
    ]
    _behind(visit, ties, actor_views(visit.selected.rows, node), node, "")


def _filter_button(label: str, changes: dict[str, Any]) -> None:
    st.button(
        label,
        icon=":material/filter_alt:",
        type="tertiary",
        key=f"network_filter_{label}",
        on_click=choose_filters,
        kwargs=changes,
        help="Sets the filters of every page, in place of what they now hold of the same kind.",
    )


def _api_link(visit: Visit, choice: Choice, key: str) -> str:
    """Address of the API that gives the statements behind a tie."""
    parts = urlsplit(st.context.url or "")
    folding = [("unfold", side) for side in sorted(choice.unfold)]
    query = urlencode([*visit.selection.to_query(), ("tie", key), *folding])
    return f"{parts.scheme}://{parts.netloc}/api/v1/statements?{query}"


def _path(graph: nx.MultiDiGraph, choice: Choice, chains: Sequence[Chain]) -> None:
    ends = [
        markdown(graph.nodes[node]["label"] if node in graph else node, 90) for node in choice.path
    ]
    small("Path")
    st.subheader(f"{ends[0]} to {ends[1]}", anchor=False)
    if not chains:
        st.markdown("No chain of the ties shown joins the two.")
        return
    shortest = len(chains[0])
    st.markdown(
        f"The shortest chain has {count_words(shortest, 'tie')}. A chain shows that ties exist one "
        "after the other, not that anything passed along them."
    )
    for number, chain in enumerate(chains, 1):
        st.markdown(f"**Chain {number}, {count_words(len(chain), 'tie')}**")
        for place, step in enumerate(chain, 1):
            st.markdown(f"{place}\\. {markdown(step_words(graph, step), 400)}")
            st.button(
                "Evidence of this tie",
                type="tertiary",
                key=f"network_step_{number}_{place}",
                on_click=choose,
                args=(("edge", step.key),),
            )


def _behind(
    visit: Visit, ties: list[dict[str, Any]], views: pd.DataFrame, key: str, api: str
) -> None:
    """Transfers, relations, events, statements, views and sources of some edges."""
    known = visit.selected.known

    def gathered(column: str) -> list[str]:
        return list(dict.fromkeys(key for tie in ties for key in tie[column]))

    transfers, relations = gathered("transfer_ids"), gathered("relation_ids")
    events, statements = gathered("event_ids"), gathered("statement_ids")
    independent = {told for tie in ties for told in tie["told"] if not told.startswith("relation:")}
    counts = [
        count_words(len(found), noun)
        for found, noun in ((transfers, "transfer"), (relations, "relation"), (events, "event"))
        if found
    ]
    if statements:
        alone = "" if len(independent) == len(statements) else f" ({len(independent)} independent)"
        counts.append(count_words(len(statements), "statement") + alone)
    st.markdown(" · ".join(counts) or "No record of its own: it belongs to what it is joined to.")
    _transfers(visit, transfers)
    _relations(visit, relations)
    happened = known.events[known.events["event_id"].isin(events)]
    happened = happened.sort_values("event_date_earliest", ascending=False)
    for row in records(happened.head(_EVENTS)):
        st.markdown(f"**{markdown(row.name)}**  \n:small[{date_words(row.event_date)}]")
    if len(happened) > _EVENTS:
        with st.expander(f"{len(happened) - _EVENTS} earlier events", type="compact"):
            for row in records(happened.iloc[_EVENTS:]):
                st.markdown(f"{markdown(row.name)}  \n:small[{date_words(row.event_date)}]")
    if statements:
        with st.expander(f"All {count_words(len(statements), 'statement')} with sources"):
            _paged(
                f"network_statements_{key}",
                _in_api_order(visit, statements),
                lambda ids: statement_list(visit, ids, most=_PER_PAGE, is_folding=False),
            )
            if api:
                st.markdown(f":small[[The same statements as data]({_escaped(api)})]")
    if not views.empty:
        with st.expander(count_words(len(views), "view")):
            _paged(f"network_views_{key}", list(views["view_id"]), lambda ids: _views(visit, ids))
    sources = evidence_sources(known, statements, relations)
    if not sources.empty:
        with st.expander(count_words(len(sources), "source")):
            _paged(
                f"network_sources_{key}",
                list(sources["source_id"]),
                lambda ids: _sources(visit, ids),
            )


def _escaped(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29")


def _in_api_order(visit: Visit, ids: Sequence[str]) -> list[str]:
    said = visit.selected.known.statements
    rows = said[said["statement_id"].isin(ids)]
    rows = rows.sort_values(
        ["said_date_earliest", "statement_id"], kind="stable", na_position="first"
    )
    return rows["statement_id"].tolist()


def _paged(key: str, ids: Sequence[str], show: Callable[[Sequence[str]], None]) -> None:
    """Shows a part of a long list, and the way to the rest."""
    pages = max(1, -(-len(ids) // _PER_PAGE))
    page = st.session_state.get(key, 1)
    if page > pages:
        page = st.session_state[key] = 1
    show(ids[(page - 1) * _PER_PAGE : page * _PER_PAGE])
    if pages > 1:
        st.pagination(pages, key=key, max_visible_pages=5)


def _transfers(visit: Visit, transfers: Sequence[str]) -> None:
    rows = visit.table[visit.table["transfer_id"].isin(transfers)]
    labels = names_of(visit.selected.known).labels["categories"]
    if len(rows) > 1:
        by_category = rows["category_code"].map(labels).value_counts()
        words = [f"{markdown(str(label))} {count}" for label, count in by_category.items()]
        small("By category: " + ", ".join(words) + ".")
    for row in records(rows):
        glyph = tile(
            visit.look.palette,
            row.direction_code,
            row.reach_code,
            is_contested=row.standing_code == "contested",
        )
        arrived = quantity_words(row.arrived) or quantity_words(row.promised)
        visit.record_link(row.transfer_id, f"{image(glyph)} {markdown(row.name, 120)}")
        if arrived:
            small(markdown(arrived, 160))


def _relations(visit: Visit, relations: Sequence[str]) -> None:
    known = visit.selected.known
    names = names_of(known)
    sources = known.sources.set_index("source_id")
    for row in records(known.relations[known.relations["relation_id"].isin(relations)]):
        source = sources.loc[row.source_id]
        link = source_link(names.publishers[source["publisher_id"]], source["url"])
        kind = markdown(names.label("relation_kinds", row.kind_code))
        st.markdown(
            f"{markdown(row.summary)}  \n:small[{kind} · {date_words(row.relation_date)} · {link}]"
        )


def _views(visit: Visit, ids: Sequence[str]) -> None:
    known, names = visit.selected.known, names_of(visit.selected.known)
    sources = known.sources.set_index("source_id")
    by_id = {row.view_id: row for row in records(known.views[known.views["view_id"].isin(ids)])}
    for row in (by_id[key] for key in ids):
        source = sources.loc[row.source_id]
        link = source_link(names.publishers[source["publisher_id"]], source["url"])
        position = markdown(names.label("positions", row.position_code))
        st.markdown(
            f"**{markdown(names.actors[row.person_id], 90)}** · {position}  \n"
            f"{markdown(row.summary)}  \n:small[{date_words(row.said_date)} · {link}]"
        )


def _sources(visit: Visit, ids: Sequence[str]) -> None:
    known, names = visit.selected.known, names_of(visit.selected.known)
    by_id = {
        row.source_id: row for row in records(known.sources[known.sources["source_id"].isin(ids)])
    }
    for row in (by_id[key] for key in ids):
        publisher = names.publishers[row.publisher_id]
        letter = names.reliability[row.publisher_id]
        st.markdown(
            f"{source_link(row.title, row.url)}  \n:small[{markdown(publisher, 90)} · "
            f"{date_words(row.published_date)} · publisher {letter}]"
        )


def chosen_words(graph: nx.MultiDiGraph, clicked: Clicked | None) -> str:
    """What is chosen, as plain words: `Iran`, `Iran → Russia, arms`, or ""."""
    if clicked is None:
        return ""
    if clicked[0] == "node":
        return plain(graph.nodes[clicked[1]]["label"], 60) if clicked[1] in graph else ""
    tie = _edge(graph, clicked[1])
    if tie is None:
        return ""
    ends = [plain(graph.nodes[node]["label"], 60) for node in tie[:2]]
    return f"{list_words(ends)}, {plain(tie[3]['label'], 60).lower()}"

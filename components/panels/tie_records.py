"""The records behind some ties: transfers, relations, events, statements, views, sources."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from components.glyphs import image, tile
from components.panels.evidence import source_link, statement_list
from components.panels.figure import small
from components.panels.ledger import quantity_words
from components.panels.visit import Visit
from components.text import count_words, date_words, markdown
from data.load import records
from data.queries.names import names_of
from data.queries.network import evidence_sources

_PER_PAGE = 25
_EVENTS = 12
_LINE = 34  # letters of a link in the panel


def records_behind(
    visit: Visit, ties: list[dict[str, Any]], views: pd.DataFrame, key: str, api: str
) -> None:
    """Shows transfers, relations, events, statements, views and sources of some edges.

    Args:
        visit: The visit.
        ties: Attributes of the edges.
        views: The views that bear on them.
        key: What tells the lists of one choice from those of another.
        api: Address that gives the same statements as data, or "".
    """
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
        # A link doesn't wrap: what is too long for its line stands under it.
        is_short = len(arrived) + len(row.name) <= _LINE
        amount = f" — {markdown(arrived)}" if arrived and is_short else ""
        visit.record_link(row.transfer_id, f"{image(glyph)} {markdown(row.name, 120)}{amount}")
        if arrived and not is_short:
            small(f"Amount: {markdown(arrived, 160)}")


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

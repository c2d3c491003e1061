"""What the words of the search find, of all kinds, with links to where it stands."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from components.panels.address import query_for
from components.panels.boundary import boundary
from components.panels.evidence import source_link
from components.panels.figure import small
from components.panels.filters import choose_filters
from components.panels.settings import kept, set_setting, setting
from components.panels.visit import Visit
from components.text import (
    count_words,
    date_words,
    highlighted,
    is_right_to_left,
    isolated,
    list_words,
    markdown,
)
from data.queries.hits import Hit, describe_hits
from data.queries.search import HIT_KINDS, Found, count_hits, find_hits
from data.queries.suggestions import suggest

# Noun for one and heading for many, by kind of hit.
KIND_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "transfers": ("transfer", "Transfers"),
        "systems": ("system", "Systems"),
        "actors": ("actor", "Actors"),
        "views": ("view", "Views"),
        "statements": ("statement", "Statements"),
        "events": ("event", "Events"),
        "sources": ("source", "Sources"),
    }
)
_NAMES = ("transfers", "systems", "actors")
_BEST, _PER_PAGE = 3, 12


def kinds_in_words(counts: Mapping[str, int]) -> str:
    """Counts by kind as one phrase: `2 transfers, 16 views and 1 event`."""
    return list_words([count_words(n, KIND_WORDS[kind][0]) for kind, n in counts.items()], 7)


@boundary("What the words find")
def search_results(visit: Visit) -> None:
    """Shows what the words of the search find; nothing where none are asked for.

    Args:
        visit: The visit.
    """
    q = visit.selection.q
    if not q:
        return
    found = find_hits(visit.dataset, visit.selected)
    counts = count_hits(found)
    with st.container(border=True, gap="small", key="search_results"):
        if not found:
            st.markdown(f"**Nothing is found for {_quoted(q)}** under the other filters.")
            did_you_mean(visit, tuple(HIT_KINDS))
            return
        st.header(f"Found for {_quoted(q)}", anchor=False)
        kind = setting("hits")
        # A kind that the link names stays on offer, even where none of it is found.
        options = dict.fromkeys(("all", *counts, kind))
        st.pills(
            "Kind of result",
            options,
            format_func=lambda kind: (
                f"All {len(found)}"
                if kind == "all"
                else f"{KIND_WORDS[kind][1]} {counts.get(kind, 0)}"
            ),
            label_visibility="collapsed",
            **kept("hits", after=_first_page),
        )
        if kind == "all":
            _best_of_each(visit, found, counts)
        elif kind in counts:
            _one_kind(visit, [one for one in found if one.kind == kind])
        else:
            small(f"No {KIND_WORDS[kind][0]} is among them.")


@boundary("The count of what the words find")
def search_summary(visit: Visit) -> None:
    """Says in the sidebar how much the search finds, with the way to it.

    Args:
        visit: The visit.
    """
    if not visit.selection.q:
        return
    count = len(find_hits(visit.dataset, visit.selected))
    if count:
        label = count_words(count, "search result") + " of all kinds"
        visit.page_link("overview", label, icon=":material/search:")


def did_you_mean(visit: Visit, tables: Sequence[str]) -> None:
    """Offers near spellings, each of which finds something; nothing where there is none.

    Args:
        visit: The visit.
        tables: Tables whose rows the page shows.
    """
    q = visit.selection.q
    offered = suggest(visit.dataset, visit.selected, tuple(tables))
    if not offered:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(f"No match for {_quoted(q)}. Did you mean", width="content")
        for number, words in enumerate(offered):
            st.button(
                isolated(markdown(words, 80)),
                key=f"mean_{tables[0]}_{number}",
                icon=":material/search:",
                on_click=choose_filters,
                kwargs={"q": words},
                help="Search for this instead",
            )


def found_elsewhere(visit: Visit, tables: Sequence[str]) -> None:
    """Says what the search finds besides what a page shows, with the way to it.

    Args:
        visit: The visit.
        tables: Tables whose rows the page shows.
    """
    counts = count_hits(find_hits(visit.dataset, visit.selected))
    others = {kind: count for kind, count in counts.items() if kind not in tables}
    if others:
        st.markdown(f"{_quoted(visit.selection.q)} is found in {kinds_in_words(others)}.")
        visit.page_link("overview", "See them", icon=":material/search:")


def _quoted(q: str) -> str:
    return f"“{isolated(markdown(q, 60))}”"


def _first_page() -> None:
    set_setting("hits_page", "1")


def _best_of_each(visit: Visit, found: Sequence[Found], counts: Mapping[str, int]) -> None:
    kinds, most = list(counts), 2 if visit.look.is_narrow else _BEST
    # Names to the left, words to the right; each kind whole in one column.
    sides = (
        [[k for k in kinds if k in _NAMES], [k for k in kinds if k not in _NAMES]]
        if not visit.look.is_narrow
        else [kinds]
    )
    sides = [side for side in sides if side]
    for column, side in zip(st.columns(len(sides), gap="large"), sides, strict=True):
        with column:
            for kind in side:
                of_kind = [one for one in found if one.kind == kind]
                st.markdown(f"**{KIND_WORDS[kind][1]}**")
                _list(visit, of_kind[:most])
                if len(of_kind) > most:
                    st.button(
                        f"All {count_words(len(of_kind), KIND_WORDS[kind][0])}",
                        key=f"hits_all_{kind}",
                        type="tertiary",
                        icon=":material/expand_more:",
                        on_click=_choose_kind,
                        args=(kind,),
                    )


def _choose_kind(kind: str) -> None:
    set_setting("hits", kind)
    _first_page()


def _one_kind(visit: Visit, found: Sequence[Found]) -> None:
    pages = -(-len(found) // _PER_PAGE)
    page = min(max(int(setting("hits_page")), 1), pages)
    _list(visit, found[(page - 1) * _PER_PAGE : page * _PER_PAGE])
    if pages > 1:
        turning = kept("hits_page")
        st.session_state[turning["key"]] = page  # a link may name a page beyond the last
        st.pagination(pages, **turning)


def _list(visit: Visit, found: Sequence[Found]) -> None:
    for hit in describe_hits(visit.selected, found):
        with st.container(gap=None):
            _hit(visit, hit)


def _hit(visit: Visit, hit: Hit) -> None:
    title = f"**{highlighted(hit.title, hit.title_marked)}**"
    if hit.page:
        record = hit.selection.record if hit.page == "record" else ""
        mark = {"mark": [hit.mark]} if hit.mark else {}
        st.page_link(
            visit.pages[hit.page],
            label=title,
            query_params=query_for(hit.selection, record, page=hit.page) | mark,
        )
    else:
        st.markdown(source_link(hit.title, hit.url))
    words = highlighted(hit.snippet, hit.marked)
    if hit.is_verbatim:
        words = f"“{isolated(words)}”"
    if words:
        is_rtl = is_right_to_left(hit.snippet)
        st.markdown(words, text_alignment="right" if is_rtl else "left")
    day = date_words(hit.date) if hit.date else ""
    note = hit.note[:1].upper() + hit.note[1:]
    small(" · ".join(part for part in (markdown(note), day) if part))

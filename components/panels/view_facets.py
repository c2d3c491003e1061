"""The facets of the views page: what there is of each value, and what was chosen."""

from collections.abc import Mapping

import streamlit as st

from components.panels.chips import FACET_TITLES
from components.panels.filters import choose_facet
from components.panels.visit import Visit
from components.text import said_words
from data.queries.stands import turning_periods
from data.queries.views import facet_counts
from data.query_string import choices

_PILLS = ("position", "role")
_LISTS = ("person", "organisation", "country", "topic", "about", "said", "wording", "source_grade")
_HELP = {
    "country": "The country of the state spoken for; else the speaker’s own, where recorded; else "
    "that of the organisation.",
    "about": "Whom the view speaks of. A state stands for what belongs to it.",
    "said": "When it may have been said. For any other span, set the days in the sidebar.",
    "wording": "Verbatim words stand in quotation marks, with their place in the source.",
    "source_grade": "How reliable the publisher is that was read, A to F.",
}


def _options(visit: Visit, facet: str) -> tuple[list[str], dict[str, int]]:
    """Values on offer and what each would give; what is chosen stays on offer."""
    counts = facet_counts(visit.selected, facet)
    if facet in ("position", "role", "source_grade", "wording"):
        order = {code: place for place, code in enumerate(choices(visit.dataset).labels[facet])}
        counts = dict(sorted(counts.items(), key=lambda item: order[item[0]]))
    chosen = visit.selection.views.values(facet)
    return [*counts, *(value for value in chosen if value not in counts)], counts


def _choose(facet: str) -> None:
    choose_facet(facet, st.session_state[f"facet_{facet}"] or ())


def _facet(visit: Visit, facet: str) -> None:
    options, counts = _options(visit, facet)
    labels: Mapping[str, str] = choices(visit.dataset).labels.get(facet, {})
    key = f"facet_{facet}"

    periods = dict(turning_periods(visit.selected.known)) if facet == "said" else {}

    def words(value: str) -> str:
        label = said_words(value) if facet == "said" else labels[value]
        label += f", {periods[value]}" if value in periods else ""
        grade = f"{value}: " if facet == "source_grade" else ""
        return f"{grade}{label} ({counts.get(value, 0)})"

    chosen = list(visit.selection.views.values(facet))
    if sorted(st.session_state.get(key) or []) != chosen:
        st.session_state[key] = chosen
    if facet in _PILLS:
        st.pills(
            FACET_TITLES[facet],
            options,
            key=key,
            format_func=words,
            selection_mode="multi",
            on_change=_choose,
            args=(facet,),
        )
        return
    st.multiselect(
        FACET_TITLES[facet],
        options,
        key=key,
        format_func=words,
        placeholder=f"Any of {len(options)}",
        help=_HELP.get(facet),
        on_change=_choose,
        args=(facet,),
    )


def view_facets_panel(visit: Visit) -> None:
    """Shows every facet with counts of what choosing each value gives.

    Args:
        visit: The visit.
    """
    for facet in _PILLS:
        _facet(visit, facet)
    if visit.look.is_narrow:
        chosen = sum(len(visit.selection.views.values(facet)) for facet in _LISTS)
        label = "More filters" + (f" ({chosen} chosen)" if chosen else "")
        with st.expander(label, icon=":material/tune:"):
            for facet in _LISTS:
                _facet(visit, facet)
        return
    for row in (_LISTS[:4], _LISTS[4:]):
        for column, facet in zip(st.columns(4), row, strict=True):
            with column:
                _facet(visit, facet)

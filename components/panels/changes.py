"""What changed between two as-known days: which records, how, and because of which words."""

from datetime import date, timedelta
from functools import lru_cache

import streamlit as st

from components.panels.boundary import boundary
from components.panels.evidence import source_link
from components.panels.figure import small
from components.panels.settings import kept, set_setting, setting
from components.panels.visit import Visit
from components.sentences import status_words
from components.text import count_words, date_words, day_words, markdown
from data.load import Dataset, records
from data.queries.changes import KINDS, Change, selected_changes
from data.queries.names import names_of

_PER_PAGE = 8
_MOST_CAUSES = 4
_SPANS = ((30, "30 days"), (182, "half a year"), (365, "a year"), (1461, "four years"))
_LABELS = {
    "appeared": "first known",
    "advanced": "further stage",
    "set_back": "earlier stage or called off",
    "acknowledged": "acknowledged",
    "contested": "contested",
    "restated": "other standing",
    "withdrawn": "withdrawn",
}


def since_day(visit: Visit) -> date:
    """The earlier day: the link's, else a year before the later one."""
    given = setting("changed_since")
    return date.fromisoformat(given) if given else visit.day - timedelta(days=365)


@boundary("The list of changes")
def changes_section(visit: Visit) -> None:
    """Shows the changes between the earlier day and the as-known day.

    Args:
        visit: The visit.
    """
    st.header("What changed between two days?", anchor=False)
    earlier, later = since_day(visit), visit.day
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="since_row"):
        st.date_input(
            "Compare with what was known on",
            help="A year before the later day, unless chosen.",
            value=None,
            min_value=date(1900, 1, 1),
            max_value=date(2100, 12, 31),
            format="YYYY-MM-DD",
            width=230,
            **kept("changed_since"),
        )
        for days, words in _SPANS:
            st.button(
                f"{words} before".capitalize(),
                key=f"since_{days}",
                on_click=set_setting,
                args=("changed_since", (later - timedelta(days=days)).isoformat()),
            )
    if earlier >= later:
        st.info(
            f"{day_words(earlier)} is not before {day_words(later)}, the day as known on which the "
            "page stands. Choose an earlier day to compare with."
        )
        return
    found = selected_changes(visit.dataset, visit.selection, earlier)
    small(
        f"From {day_words(earlier)} to {day_words(later)}, the day as known on which the page "
        f"stands. {_tally(found)} Each says which words brought it about."
    )
    pages = max(1, -(-len(found) // _PER_PAGE))
    if st.session_state.get("changes_page", 1) > pages:
        st.session_state["changes_page"] = 1
    page = st.session_state.get("changes_page", 1)
    with st.container(key="changes"):
        for change in found[(page - 1) * _PER_PAGE : page * _PER_PAGE]:
            _card(visit, change)
    if pages > 1:
        st.pagination(pages, key="changes_page")


def _tally(found: tuple[Change, ...]) -> str:
    if not found:
        return "No record changed its status."
    counts = {kind: sum(kind in change.kinds for change in found) for kind in KINDS}
    parts = ", ".join(f"{_LABELS[kind]} {count}" for kind, count in counts.items() if count)
    return f"{count_words(len(found), 'record')} changed: {parts}."


def _card(visit: Visit, change: Change) -> None:
    names = names_of(visit.dataset)
    with st.container(border=True, gap="xsmall", key=f"change_{change.transfer_id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            name = markdown(names.transfers[change.transfer_id])
            if change.after is None:
                st.markdown(f"**{name}**")
            else:
                visit.record_link(change.transfer_id, f"**{name}**")
            for kind in change.kinds:
                st.badge(_LABELS[kind], color="gray")
        for step in change.steps:
            before = status_words(step.before, visit.selected).lower()
            after = status_words(step.after, visit.selected).lower()
            was = f"{markdown(before)} becomes" if step.before else "first known as"
            st.markdown(f"{day_words(step.day)}: {was} **{markdown(after)}**, because")
            st.markdown(_causes(visit.dataset, step.because))


@lru_cache(maxsize=1024)
def _causes(dataset: Dataset, statement_ids: tuple[str, ...]) -> str:
    """The statements behind a step, as a list of Markdown; each was public by the later day."""
    names = names_of(dataset)
    rows = dataset.statements[dataset.statements["statement_id"].isin(statement_ids)]
    cited = dataset.sources[dataset.sources["source_id"].isin(rows["source_id"])]
    sources = cited.set_index("source_id")
    lines = []
    for row in records(rows.head(_MOST_CAUSES)):
        source = sources.loc[row.source_id]
        link = source_link(names.publishers[source["publisher_id"]], source["url"])
        takes_back = " · takes back earlier words" if row.retracts_id else ""
        lines.append(
            f"- **{markdown(names.actors[row.speaker_id])}** "
            f"{names.label('stances', row.stance_code)} · "
            f"{names.label('stages', row.stage_code).lower()} · said {date_words(row.said_date)}"
            f"{takes_back} · {link}  \n  :small[:gray[{markdown(row.summary, 240)}]]"
        )
    if len(rows) > _MOST_CAUSES:
        lines.append(f"- and {count_words(len(rows) - _MOST_CAUSES, 'more statement')}")
    return "\n".join(lines)

"""The record page of an event: what happened, who says so, who denies it."""

from typing import Any

import pandas as pd
import streamlit as st

from components.glossary import meaning
from components.panels.boundary import boundary
from components.panels.breadcrumbs import Crumb, breadcrumbs
from components.panels.corrections import record_corrections
from components.panels.evidence import statement_list
from components.panels.figure import small
from components.panels.record_charts import lanes_section
from components.panels.record_sources import sources_section
from components.panels.record_tools import record_tools
from components.panels.visit import Visit
from components.sentences import event_sentence, standing_rule, status_words
from components.text import count_words, date_words, list_words, markdown
from data.load import records
from data.queries.names import names_of
from data.queries.record import event_dossier, statements_about

_LANES = {
    "party": "Those who take part",
    "government": "Other governments and bodies",
    "other": "Media, researchers and others",
}
_MOST_NAMED = 30


def event_page(visit: Visit, event_id: str) -> None:
    """Shows all that is known of one event.

    Args:
        visit: The visit.
        event_id: Which event; known on the as-known date.
    """
    known = visit.selected.known
    event = next(records(known.events[known.events["event_id"] == event_id]))
    rows = statements_about(visit.selected, event_id)
    _head(visit, event, rows)
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        _why(visit, event_id)
    with right:
        _beside(visit, event_id)
    lanes_section(visit, event_id, rows, _LANES)
    record_corrections(visit, {event_id, *rows["statement_id"]})
    sources_section(visit, event_id)


@boundary("The head of the record")
def _head(visit: Visit, event: Any, rows: pd.DataFrame) -> None:
    names = names_of(visit.selected.known)
    status = visit.selected.event_assessments.get(event.event_id)
    way = (Crumb("timeline", "Timeline", visit.selection, {"mark": [event.event_id]}),)
    breadcrumbs(visit, way, event.name)
    st.title(markdown(event.name), anchor=False)
    about = f" · {markdown(names.systems[event.system_id])}" if event.system_id else ""
    st.markdown(
        f"**{date_words(event.event_date)}** · {names.label('event_kinds', event.kind_code)}"
        f"{about} · record `{event.event_id}`"
    )
    st.subheader(markdown(event_sentence(status, visit.selected)), anchor=False)
    st.markdown(markdown(event.summary), width=780)
    if event.note:
        small(f"Note: {markdown(event.note)}")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if status:
            is_contested = status.standing_code == "contested"
            standing = names.label("standings", status.standing_code).lower()
            st.badge(
                ("≠ " if is_contested else "") + standing,
                color="red" if is_contested else "gray",
                help=meaning("Standing"),
            )
            denying = rows[rows["statement_id"].isin(status.denying)]["speaker_id"].nunique()
            if denying and not is_contested and status.standing_code != "denied":
                said = count_words(denying, "speaker denies", "speakers deny")
                st.badge(f"≠ disputed: {said} some of it", color="red")
        speakers = count_words(rows["speaker_id"].nunique(), "speaker")
        st.badge(
            f"{count_words(len(rows), 'statement')}, {speakers}",
            color="gray",
            help=meaning("Statement"),
        )
        st.space("stretch")
        record_tools(visit, event.event_id)


@boundary("Why the status is what it is")
def _why(visit: Visit, event_id: str) -> None:
    status = visit.selected.event_assessments.get(event_id)
    st.header("Why this standing", anchor=False)
    if status is None:
        st.markdown("No statement that counts speaks of it; what was said stands below.")
        return
    st.markdown(standing_rule(status.standing_code, is_event=True))
    statement_list(visit, status.reasons, most=6, rest=", all of them below")
    if status.also_claimed:
        count = count_words(len(status.also_claimed), "claim")
        with st.expander(f"Also claimed: {count} graded improbable, which move nothing"):
            statement_list(visit, status.also_claimed)


@boundary("What belongs to the record")
def _beside(visit: Visit, event_id: str) -> None:
    """Who takes part (of sanctions: who is listed), and which transfers it bears on."""
    names = names_of(visit.selected.known)
    found = event_dossier(visit.selected, event_id)
    if not found["actors"].empty:
        st.header("Who takes part", anchor=False)
        for role, group in found["actors"].groupby("role_code", sort=True):
            who = list_words([markdown(name) for name in group["actor"]], _MOST_NAMED)
            st.markdown(f"**{names.label('event_roles', str(role))}:** {who}")
    if not found["transfers"].empty:
        st.header("Transfers that it bears on", anchor=False)
        for transfer in records(found["transfers"]):
            status = visit.selected.assessments[transfer.transfer_id]
            words = status_words(status, visit.selected).lower()
            visit.record_link(transfer.transfer_id, f"{markdown(transfer.name)}: {words}")

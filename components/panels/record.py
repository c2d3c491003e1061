"""The record page: the dossier of one transfer."""

from typing import Any, Literal

import pandas as pd
import streamlit as st

from components.glossary import meaning
from components.panels.boundary import boundary
from components.panels.breadcrumbs import Crumb, breadcrumbs, in_category
from components.panels.corrections import record_corrections
from components.panels.evidence import event_links
from components.panels.figure import small
from components.panels.quote import view_cards
from components.panels.record_charts import lanes_section, quantities_section
from components.panels.record_disputes import disputes_section
from components.panels.record_sanctions import sanctions_section
from components.panels.record_sources import sources_section
from components.panels.record_status import status_section
from components.panels.record_tools import record_tools
from components.panels.visit import Visit
from components.sentences import arrival_sentence, status_sentence
from components.text import (
    count_words,
    date_words,
    markdown,
    range_words,
)
from data.load import records
from data.queries.names import names_of
from data.queries.record import related, statements_about
from data.queries.views import view_table


def record_page(visit: Visit, transfer_id: str) -> None:
    """Shows all that is known of one transfer.

    Args:
        visit: The visit.
        transfer_id: Which transfer; known on the as-known date.
    """
    known = visit.selected.known
    transfer = next(records(known.transfers[known.transfers["transfer_id"] == transfer_id]))
    rows = statements_about(visit.selected, transfer_id)
    _head(visit, transfer, rows)
    disputes_section(visit, transfer_id)
    status_section(visit, transfer, rows)
    names = names_of(visit.selected.known).actors
    groups = {
        "supplier": f"Supplier: {names[transfer.supplier_id]}",
        "recipient": f"Recipient: {names[transfer.recipient_id]}",
        "government": "Other governments and bodies",
        "other": "Media, researchers and others",
    }
    lanes_section(visit, transfer_id, rows, groups)
    quantities_section(visit, transfer, transfer_id)
    _related(visit, transfer_id)
    deliveries = related(visit.selected, transfer_id)["deliveries"]["delivery_id"]
    record_corrections(visit, {transfer_id, *rows["statement_id"], *deliveries})
    sources_section(visit, transfer_id)


@boundary("The head of the record")
def _head(visit: Visit, row: Any, rows: pd.DataFrame) -> None:
    known, names = visit.selected.known, names_of(visit.selected.known)
    assessment = visit.selected.assessments[row.transfer_id]
    category = names.label("categories", row.category_code)
    way = (
        Crumb("ledger", "Ledger", visit.selection),
        Crumb("ledger", category, in_category(visit.selection, row.category_code)),
    )
    breadcrumbs(visit, way, row.name)
    st.title(markdown(row.name), anchor=False)
    colour: Literal["orange", "blue", "gray"] = "gray"
    if row.direction_code != "other":
        colour = "orange" if row.direction_code == "iran-russia" else "blue"
    giver, taker = names.actors[row.supplier_id], names.actors[row.recipient_id]
    system = known.systems.set_index("system_id").loc[row.system_id]
    st.markdown(
        f":{colour}[**{markdown(giver)} → {markdown(taker)}**] · "
        f"{category} · {names.label('modes', row.mode_code)} · "
        f"{markdown(system['designation'])} · record `{row.transfer_id}`"
    )
    st.subheader(markdown(status_sentence(assessment, visit.selected)), anchor=False)
    if arrival := arrival_sentence(assessment, visit.selected):
        st.markdown(f"**{markdown(arrival)}**", width=780)
    st.markdown(markdown(row.summary), width=780)
    standing = names.label("standings", assessment.standing_code).lower()
    is_contested = assessment.standing_code == "contested"
    speakers = count_words(rows["speaker_id"].nunique(), "speaker")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        stage = names.label("stages", assessment.stage_code).lower()
        spoken = "Only denied" if assessment.standing_code == "denied" else "Furthest stage"
        st.badge(f"{spoken}: {stage}", color=colour, help=meaning("Stage"))
        st.badge(
            ("≠ " if is_contested else "") + standing,
            color="red" if is_contested else "gray",
            help=meaning("Standing"),
        )
        denying = rows[(rows["stance_code"] == "denies") & rows["counts"]]["speaker_id"].nunique()
        if denying and not is_contested:
            # Acknowledged or corroborated at the stage shown, yet some of the story is denied.
            said = count_words(denying, "speaker denies", "speakers deny")
            st.badge(f"≠ disputed: {said} it or a further stage", color="red")
        st.badge(
            f"{count_words(len(rows), 'statement')}, {speakers}",
            color="gray",
            help=meaning("Statement"),
        )
        st.space("stretch")
        record_tools(visit, row.transfer_id)


@boundary("What belongs to the record")
def _related(visit: Visit, transfer_id: str) -> None:
    found = related(visit.selected, transfer_id)
    known = visit.selected.known
    if not found["deliveries"].empty:
        st.header("Deliveries on record", anchor=False, help=meaning("Order and delivery"))
        small(
            "A dated quantity as one statement has it. Rival counts stand side by side and are not "
            "added."
        )
        said = known.statements.set_index("statement_id")
        names = names_of(known)
        shown = [
            {
                "Day": date_words(row.delivered_date),
                "How many": markdown(
                    row.quantity_as_stated or range_words(row.quantity_low, row.quantity_high)
                ),
                "Says": markdown(names.actors[said.loc[row.statement_id, "speaker_id"]]),
                "Note": markdown(row.note or ""),
            }
            for row in records(found["deliveries"])
        ]
        st.table(pd.DataFrame(shown), border="horizontal", hide_index=True)
    sanctions_section(visit, transfer_id)
    if not found["events"].empty:
        st.header("What happened around it", anchor=False)
        event_links(visit, found["events"])
    if not found["views"].empty:
        st.header("What people conclude about it", anchor=False, help=meaning("View"))
        view_cards(visit, view_table(visit.selected, found["views"]).head(6))

"""The record page: the dossier of one transfer."""

from typing import Any, Literal

import pandas as pd
import streamlit as st

from components.figures.ladder import stage_ladder, stage_ladder_alt
from components.panels.address import choose_record
from components.panels.corrections import record_corrections
from components.panels.evidence import (
    event_rows,
    statement_list,
)
from components.panels.figure import show_figure, small, table_below
from components.panels.quote import view_cards
from components.panels.record_charts import lanes_section, quantities_section
from components.panels.visit import Visit, permalink
from components.sentences import standing_rule, status_sentence, status_words, turn_words
from components.text import (
    count_words,
    date_words,
    day_words,
    markdown,
    plain,
    range_words,
)
from data.assessment import assess
from data.grades import OFFERED, graded
from data.history import status_history
from data.load import records
from data.queries.names import names_of
from data.queries.record import related, sources_about, statements_about
from data.queries.views import view_table
from data.selection import Selection


def record_choice(visit: Visit) -> str | None:
    """Shows the choice of record, with the one before and the one after it.

    Args:
        visit: The visit; its record may be "" or not known on the as-known date.

    Returns:
        The chosen transfer's id, or None if nothing is known of it on that date.
    """
    known = visit.selected.known.transfers
    names = names_of(visit.dataset).transfers
    fitting = visit.table["transfer_id"].tolist()
    rest = [key for key in known["transfer_id"] if key not in set(fitting)]
    order = [*fitting, *sorted(rest)]
    current = visit.record or (order[0] if order else "")
    if current not in order:
        order = [current, *order] if current else order
    if not order:
        return None
    place = order.index(current)
    choice = st.container() if visit.look.is_narrow else None
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with row:
        st.button(
            "Previous",
            icon=":material/chevron_left:",
            icon_position="left",
            key="record_previous",
            on_click=choose_record,
            args=(order[place - 1],),
        )
    with choice or row:
        st.session_state["record_choice"] = current
        st.selectbox(
            "Record",
            order,
            key="record_choice",
            format_func=lambda key: (
                names[key] + ("" if key in set(fitting) else " (outside the filters)")
            ),
            on_change=lambda: choose_record(st.session_state["record_choice"]),
            width="stretch",
        )
    with row:
        st.button(
            "Next",
            icon=":material/chevron_right:",
            icon_position="right",
            key="record_next",
            on_click=choose_record,
            args=(order[(place + 1) % len(order)],),
        )
    return current if current in set(known["transfer_id"]) else None


def unknown_record(visit: Visit) -> None:
    """Says that nothing was known of the record on the as-known date."""
    names = names_of(visit.dataset).transfers
    st.title(markdown(names[visit.record]), anchor=False)
    day = visit.selection.as_of
    when = f" on {day_words(day)}" if day else ""
    st.markdown(
        f"**Nothing that counts was known of this transfer{when}.** No statement about it had been "
        "published by then. Choose a later as-known date, or take it away."
    )


def record_page(visit: Visit, transfer_id: str) -> None:
    """Shows all that is known of one transfer.

    Args:
        visit: The visit.
        transfer_id: Which transfer; known on the as-known date.
    """
    known, names = visit.selected.known, names_of(visit.selected.known)
    transfer = next(records(known.transfers[known.transfers["transfer_id"] == transfer_id]))
    assessment = visit.selected.assessments[transfer_id]
    rows = statements_about(visit.selected, transfer_id)
    speakers = dict(zip(rows["statement_id"], rows["speaker"], strict=True))
    has_licence = transfer.mode_code in ("licence", "technology")
    _head(visit, transfer, rows)
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        st.header("Why this status", anchor=False)
        st.markdown(
            f"**Furthest stage: {names.label('stages', assessment.stage_code).lower()}.** "
            f"{standing_rule(assessment.standing_code)}"
        )
        statement_list(visit, assessment.reasons, most=6, rest=", all of them below")
        if assessment.also_claimed:
            count = count_words(len(assessment.also_claimed), "claim")
            with st.expander(f"Also claimed: {count} graded improbable, which move nothing"):
                statement_list(visit, assessment.also_claimed)
    with right:
        show_figure(
            stage_ladder(
                assessment,
                known.vocabularies["stages"],
                transfer.direction_code,
                has_licence,
                visit.look,
                speakers,
            ),
            key="ladder",
            alt=stage_ladder_alt(
                assessment,
                known.vocabularies["stages"],
                transfer.direction_code,
                has_licence,
                speakers,
            ),
            question="How far did it get?",
            reading="Asserting a step asserts those before it; denying one denies those after it.",
        )
        _history(visit, transfer_id)
        _by_grade(visit, transfer_id)
    lanes_section(visit, transfer, rows)
    quantities_section(visit, transfer, transfer_id)
    _related(visit, transfer_id)
    record_corrections(visit, transfer_id, rows)
    _sources(visit, transfer_id)


def _head(visit: Visit, row: Any, rows: pd.DataFrame) -> None:
    known, names = visit.selected.known, names_of(visit.selected.known)
    assessment = visit.selected.assessments[row.transfer_id]
    st.title(markdown(row.name), anchor=False)
    colour: Literal["orange", "blue", "gray"] = "gray"
    if row.direction_code != "other":
        colour = "orange" if row.direction_code == "iran-russia" else "blue"
    giver, taker = names.actors[row.supplier_id], names.actors[row.recipient_id]
    system = known.systems.set_index("system_id").loc[row.system_id]
    st.markdown(
        f":{colour}[**{markdown(giver)} → {markdown(taker)}**] · "
        f"{names.label('categories', row.category_code)} · {names.label('modes', row.mode_code)} · "
        f"{markdown(system['designation'])} · record `{row.transfer_id}`"
    )
    st.subheader(markdown(status_sentence(assessment, visit.selected)), anchor=False)
    st.markdown(markdown(row.summary), width=780)
    standing = names.label("standings", assessment.standing_code).lower()
    is_contested = assessment.standing_code == "contested"
    speakers = count_words(rows["speaker_id"].nunique(), "speaker")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        stage = names.label("stages", assessment.stage_code).lower()
        spoken = "Only denied" if assessment.standing_code == "denied" else "Furthest stage"
        st.badge(f"{spoken}: {stage}", color=colour)
        st.badge(("≠ " if is_contested else "") + standing, color="red" if is_contested else "gray")
        denying = rows[(rows["stance_code"] == "denies") & rows["counts"]]["speaker_id"].nunique()
        if denying and not is_contested:
            # Acknowledged or corroborated at the stage shown, yet some of the story is denied.
            said = count_words(denying, "speaker denies", "speakers deny")
            st.badge(f"≠ disputed: {said} it or a further stage", color="red")
        st.badge(f"{count_words(len(rows), 'statement')}, {speakers}", color="gray")
        st.space("stretch")
        with st.popover("Report an error", icon=":material/flag:", type="tertiary"):
            st.markdown(
                "Copy this, say what is wrong and name a source, and send it to the curators as "
                "CONTRIBUTING.md says:"
            )
            st.code(
                f"Correction for record {row.transfer_id} (data version {visit.dataset.version})\n"
                f"{permalink(visit.selection_with(row.transfer_id), 'record')}\n"
                "What is wrong:\nWhat it should say:\nSource:",
                language=None,
                wrap_lines=True,
            )
        with st.popover("Cite", icon=":material/format_quote:", type="tertiary"):
            selection = Selection(as_of=visit.selection.as_of, record=row.transfer_id)
            day = visit.selection.as_of or visit.dataset.cut_off_date
            st.code(
                f"“{plain(row.name)}.” Russia–Iran Arms Ledger, data version "
                f"{visit.dataset.version}, as known on {day_words(day)}. "
                f"{permalink(selection, 'record')}",
                language=None,
                wrap_lines=True,
            )


def _history(visit: Visit, transfer_id: str) -> None:
    day = visit.selection.as_of
    turns = [
        turn
        for turn in status_history(visit.selected.base, transfer_id)
        if day is None or turn.day <= day
    ]
    with st.expander(f"How the status turned, {count_words(len(turns), 'time')}"):
        for turn in turns:
            st.markdown(
                f"**{day_words(turn.day)}**  \n"
                f"{markdown(turn_words(turn, visit.selected))}, because:"
            )
            statement_list(visit, turn.because, most=3, rest=" that day")


def _by_grade(visit: Visit, transfer_id: str) -> None:
    """What the status would be if weaker sources were left out."""
    day = visit.selection.as_of
    found = []
    for minimum in ("", *reversed(OFFERED)):
        status = assess(graded(visit.dataset, minimum, day), day).get(transfer_id)
        words = status_words(status, visit.selected)
        found.append((f"{minimum} or better" if minimum else "Every grade", words))
    with st.expander("What it would be without weak sources"):
        st.table(
            pd.DataFrame(found, columns=["Counting grades", "Status"]),
            border="horizontal",
            hide_index=True,
        )
        small("The filter “Lowest grade that counts” does the same for every page.")


def _related(visit: Visit, transfer_id: str) -> None:
    found = related(visit.selected, transfer_id)
    known = visit.selected.known
    if not found["deliveries"].empty:
        st.header("Deliveries on record", anchor=False)
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
    if not found["events"].empty:
        st.header("What happened around it", anchor=False)
        table_below(event_rows(visit.selected, found["events"]), "Events that bear on it")
    if not found["views"].empty:
        st.header("What people conclude about it", anchor=False)
        view_cards(visit, view_table(visit.selected, found["views"]).head(6))


def _sources(visit: Visit, transfer_id: str) -> None:
    rows = sources_about(visit.selected, transfer_id)
    first_hand = int(rows["is_first_hand"].sum())
    st.header("Sources, with grades", anchor=False)
    small(
        f"{count_words(len(rows), 'document')}, {first_hand} of them first-hand. Letter: how "
        "reliable the publisher is on this subject, A to F. The digit of each statement, 1 to 6, "
        "is judged apart and stands with it."
    )
    shown = pd.DataFrame(
        {
            "Grade": rows["reliability_code"],
            "Publisher": [
                publisher
                if not original or pd.isna(original)
                else f"{publisher} (copy of {original})"
                for publisher, original in zip(
                    rows["publisher"], rows["original_publisher"], strict=True
                )
            ],
            "Title": rows["title"],
            "Published": [date_words(text) for text in rows["published_date"]],
            "Statements": rows["statement_count"],
            "Address": rows["url"],
            "Why this letter": rows["reliability_reason"],
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        row_height=32,
        height=min(480, 38 + 32 * len(shown)),
        placeholder="",
        column_config={
            "Grade": st.column_config.TextColumn(width=60),
            "Address": st.column_config.LinkColumn(width=240),
            "Statements": st.column_config.NumberColumn(width=90),
        },
    )

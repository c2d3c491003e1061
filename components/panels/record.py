"""The record page: the dossier of one transfer."""

from typing import Any, Literal

import pandas as pd
import streamlit as st

from components.figures.ladder import stage_ladder, stage_ladder_alt
from components.figures.lanes import default_spacing, statement_lanes, statement_lanes_alt
from components.figures.quantities import quantities_alt, quantities_chart
from components.panels.address import choose_record
from components.panels.evidence import (
    event_rows,
    source_link,
    statement_list,
)
from components.panels.figure import footing, show_figure, small, table_below
from components.panels.keys import stance_key
from components.panels.quote import view_cards
from components.panels.visit import Visit, permalink
from components.sentences import standing_rule, status_sentence, turn_words
from components.text import (
    count_words,
    date_words,
    day_words,
    markdown,
    plain,
    range_words,
)
from data.history import status_history
from data.load import records
from data.queries.names import names_of
from data.queries.record import quantities, related, sources_about, statements_about
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
    _lanes(visit, transfer, rows)
    _quantities(visit, transfer, transfer_id)
    _related(visit, transfer_id)
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
        st.badge(f"{count_words(len(rows), 'statement')}, {speakers}", color="gray")
        st.space("stretch")
        with st.popover("Cite", icon=":material/format_quote:", type="tertiary"):
            selection = Selection(as_of=visit.selection.as_of, record=row.transfer_id)
            day = visit.selection.as_of or visit.dataset.cut_off_date
            st.code(
                f"“{plain(row.name)}.” Russia–Iran Arms Ledger, data version "
                f"{visit.dataset.version}, as known on {day_words(day)}. "
                f"{permalink(selection, is_record=True)}",
                language=None,
                wrap_lines=True,
            )


def _history(visit: Visit, transfer_id: str) -> None:
    day = visit.selection.as_of
    turns = [
        turn
        for turn in status_history(visit.dataset, transfer_id)
        if day is None or turn.day <= day
    ]
    with st.expander(f"How the status turned, {count_words(len(turns), 'time')}"):
        for turn in turns:
            st.markdown(
                f":small[{day_words(turn.day)}]  \n{markdown(turn_words(turn, visit.selected))}"
            )


def _lanes(visit: Visit, transfer: Any, rows: pd.DataFrame) -> None:
    names = names_of(visit.selected.known)
    st.header("Who said what, and when?", anchor=False)
    small(stance_key(visit.look.palette))
    spacings = {"In order": "order", "To scale": "scale"}
    default = "In order" if default_spacing(rows) == "order" else "To scale"
    spacing = st.segmented_control(
        "Spacing",
        list(spacings),
        default=default,
        key=f"spacing_{transfer.transfer_id}",
        label_visibility="collapsed",
    )
    groups = {
        "supplier": f"Supplier: {names.actors[transfer.supplier_id]}",
        "recipient": f"Recipient: {names.actors[transfer.recipient_id]}",
        "government": "Other governments and bodies",
        "other": "Media, researchers and others",
    }
    chosen = show_figure(
        statement_lanes(rows, groups, spacings[spacing or default], visit.look),
        key="lanes",
        alt=statement_lanes_alt(rows, groups, spacings[spacing or default]),
        foot=footing(
            visit.dataset,
            "one mark is one statement; small marks tied to another repeat it and count once.",
        ),
        is_clickable=True,
    )
    if chosen:
        with st.container(border=True):
            statement_list(visit, [chosen])
    repeats = int(rows["derived_from_id"].notna().sum())
    title = f"All {count_words(len(rows), 'statement')} with sources"
    with st.expander(title, type="compact", icon=":material/table_rows:"):
        if repeats:
            small(f"{count_words(repeats, 'statement repeats', 'statements repeat')} another.")
        shown = [
            {
                "Day": date_words(row.said_date).replace(" ", "\u00a0"),
                "Speaker": markdown(row.speaker),
                "Says": f"{names.label('stances', row.stance_code)} "
                f"{names.label('stages', row.stage_code).lower()}",
                "In our words": markdown(row.summary),
                "Number": markdown(row.quantity_as_stated or ""),
                "Source": source_link(row.publisher, row.url),
                "Grade": row.grade,
            }
            for row in records(rows)
        ]
        st.table(pd.DataFrame(shown), border="horizontal", hide_index=True)


def _quantities(visit: Visit, transfer: Any, transfer_id: str) -> None:
    numbers = quantities(visit.selected, transfer_id)
    labels = names_of(visit.dataset).labels["units"]
    for turn, question in (("promised", "How many were promised?"), ("arrived", "How many came?")):
        rows = numbers[numbers["turn"] == turn]
        numbered = rows[(rows["low"].notna() | rows["high"].notna())]
        if numbered[numbered["stance_code"] != "denies"].empty:
            continue
        unit = transfer.unit_code
        shown = pd.DataFrame(
            {
                "Speaker": rows["speaker"],
                "Number": [
                    range_words(low, high)
                    for low, high in zip(rows["low"], rows["high"], strict=True)
                ],
                "As stated": rows["words"],
                "Day": [date_words(text) for text in rows["said_date"]],
            }
        )
        show_figure(
            quantities_chart(rows, turn, unit, transfer.direction_code, visit.look),
            key=f"quantities_{turn}",
            alt=quantities_alt(rows, turn, unit),
            question=question,
            reading=f"In {labels[unit]}. A dot is one number, a bar a range, a fading bar “at "
            "least”. × means that the speaker says none came.",
            foot=footing(
                visit.dataset, "numbers stay with their speaker; nothing is added or averaged."
            ),
            table=shown,
        )


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

"""The record page's charts: who said what when, and how many."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from components.figures.lane_plan import default_spacing
from components.figures.lanes import statement_lanes, statement_lanes_alt
from components.figures.quantities import quantities_alt, quantities_chart
from components.panels.boundary import boundary
from components.panels.evidence import grade_words, source_link, statement_list
from components.panels.figure import footing, show_figure, small
from components.panels.keys import stance_key
from components.panels.visit import Visit
from components.text import count_words, date_words, markdown, range_words
from data.load import records
from data.queries.names import names_of
from data.queries.record import quantities


@boundary("The lanes of statements")
def lanes_section(
    visit: Visit, record_id: str, rows: pd.DataFrame, groups: Mapping[str, str]
) -> None:
    """Shows a lane per speaker, and all statements as a table.

    Args:
        visit: The visit.
        record_id: Id of the transfer or event.
        rows: As `statements_about` gives them.
        groups: Labels of the speaker groups, in the order of drawing.
    """
    names = names_of(visit.selected.known)
    st.header("Who said what, and when?", anchor=False)
    small(stance_key(visit.look.palette, has_stages=bool(rows["stage_code"].notna().any())))
    spacings = {"In order": "order", "To scale": "scale"}
    default = "In order" if default_spacing(rows) == "order" else "To scale"
    spacing = st.segmented_control(
        "Spacing",
        list(spacings),
        default=default,
        key=f"spacing_{record_id}",
        label_visibility="collapsed",
    )
    chosen = show_figure(
        statement_lanes(rows, groups, spacings[spacing or default], visit.look),
        key="lanes",
        alt=statement_lanes_alt(rows, groups, spacings[spacing or default]),
        foot=footing(
            visit.selected,
            "one mark is one statement; small marks tied to another repeat it and count once.",
        ),
        is_clickable=True,
    )
    if chosen:
        with st.container(border=True):
            statement_list(visit, [chosen])
    repeats = int(rows["derived_from_id"].notna().sum())
    every = "The statement with its source"
    title = every if len(rows) == 1 else f"All {len(rows)} statements with sources"
    with st.expander(title, type="compact", icon=":material/table_rows:"):
        if repeats:
            small(f"{count_words(repeats, 'statement repeats', 'statements repeat')} another.")
        shown = [
            {
                "Day": date_words(row.said_date).replace(" ", "\u00a0"),
                "Speaker": markdown(row.speaker),
                "Says": names.label("stances", row.stance_code)
                + (f" {names.label('stages', row.stage_code).lower()}" if row.stage_code else ""),
                "In our words": markdown(row.summary),
                "Number": markdown(row.quantity_as_stated or ""),
                "Source": source_link(row.publisher, row.url),
                "Grade": row.grade,
                "Why this grade": markdown(
                    grade_words(
                        names, row.publisher_id, row.credibility_code, row.credibility_reason
                    )
                ),
            }
            for row in records(rows)
        ]
        st.table(pd.DataFrame(shown), border="horizontal", hide_index=True)


@boundary("The chart of numbers")
def quantities_section(visit: Visit, transfer: Any, transfer_id: str) -> None:
    """Shows the numbers of each speaker, promised and arrived apart.

    Args:
        visit: The visit.
        transfer: The transfer's row.
        transfer_id: Its id.
    """
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
        chosen = show_figure(
            quantities_chart(rows, turn, unit, transfer.direction_code, visit.look),
            key=f"quantities_{turn}",
            alt=quantities_alt(rows, turn, unit),
            question=question,
            reading=f"In {labels[unit]}. A dot is one number, a bar a range, a fading bar “at "
            "least”. × means that the speaker says none came.",
            foot=footing(
                visit.selected,
                "numbers stay with their speaker; nothing is added or averaged.",
            ),
            table=shown,
            is_clickable=True,
        )
        if chosen:
            with st.container(border=True):
                statement_list(visit, [chosen])

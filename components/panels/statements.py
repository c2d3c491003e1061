"""The statements page: the matrix of who says what, and the table of all."""

from functools import lru_cache

import pandas as pd
import streamlit as st

from components.figures.matrix import matrix_alt, matrix_chart
from components.panels.boundary import boundary
from components.panels.citation import cite_button
from components.panels.evidence import grade_words, statement_list
from components.panels.figure import footing, show_figure, small
from components.panels.keys import stance_key
from components.panels.settings import kept, set_setting, setting
from components.panels.visit import Visit
from components.text import count_words, date_words, markdown
from data.load import records
from data.queries.names import names_of
from data.queries.statements import matrix, statement_table
from data.selection import Selected

_COLUMNS = 10
_PER_PAGE = 150


@lru_cache(maxsize=32)
def _matrix(selected: Selected) -> pd.DataFrame:
    return matrix(selected, _COLUMNS)


@lru_cache(maxsize=32)
def _table(selected: Selected) -> pd.DataFrame:
    return statement_table(selected)


@boundary("The matrix of statements")
def statements_page(visit: Visit) -> None:
    """Shows the matrix and the table of the selected statements.

    Args:
        visit: The visit.
    """
    cells = _matrix(visit.selected)
    if not cells.empty:
        labels = names_of(visit.dataset).labels
        rows = visit.table[visit.table["transfer_id"].isin(cells["transfer_id"])]
        directions = {
            code: rows.loc[rows["direction_code"] == code, "transfer_id"].tolist()
            for code in labels["directions"]
        }
        chosen = show_figure(
            matrix_chart(cells, directions, visit.look),
            key="matrix",
            alt=matrix_alt(cells, directions),
            question="Who asserts, who denies, who is silent?",
            reading=f"{stance_key(visit.look.palette)}. Two marks: both were said, at different "
            "times or by different officials. Empty: silent, and silence is not denial.",
            foot=footing(
                visit.selected,
                "all who speak for one government share a column; media, researchers and unnamed "
                "speakers are under Others.",
            ),
            table=pd.DataFrame(
                {
                    "Transfer": cells["transfer"],
                    "Speaker": cells["side"],
                    "Says": [", ".join(stances) for stances in cells["stances"]],
                    "Statements": [len(ids) for ids in cells["statement_ids"]],
                }
            ),
            is_clickable=True,
        )
        if chosen and "|" in chosen:
            transfer, _, side = chosen.partition("|")
            cell = cells[(cells["transfer_id"] == transfer) & (cells["side_id"] == side)]
            if not cell.empty:
                subject = names_of(visit.dataset).transfers[transfer]
                with st.container(border=True):
                    st.subheader(
                        f"{markdown(cell['side'].iloc[0])} on {markdown(subject)}",
                        anchor=False,
                    )
                    statement_list(visit, cell["statement_ids"].iloc[0])
    _statement_rows(visit)


@boundary("The table of statements")
def _statement_rows(visit: Visit) -> None:
    rows = every = _table(visit.selected)
    pages = max(1, -(-len(every) // _PER_PAGE))
    page = min(max(int(setting("rows_page") or 1), 1), pages)
    if pages > 1:
        # Every change of a filter sends the table: all rows at once would be most of it.
        rows = every.iloc[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    labels = names_of(visit.dataset).labels
    st.header("All statements", anchor=False)
    repeats = int(every["is_repeat"].sum())
    first = (page - 1) * _PER_PAGE + 1
    part = f" Here are {first} to {first + len(rows) - 1}." if pages > 1 else ""
    small(
        f"**{len(every)} of {len(visit.selected.known.statements)}** statements, latest first; "
        f"{count_words(repeats, 'repeats', 'repeat')} another and count once.{part} Select a "
        "row to see it with its source."
    )
    shown = pd.DataFrame(
        {
            "Day": [date_words(text) for text in rows["said_date"]],
            "Speaker": rows["speaker"],
            "Stance": rows["stance_code"].map(dict(labels["stances"])),
            "Stage": rows["stage_code"].map(dict(labels["stages"])),
            "About": rows["subject"],
            "In our words": rows["summary"],
            "Number": rows["quantity_as_stated"],
            "Source": rows["url"],
            "Publisher": rows["publisher"],
            "Grade": rows["grade"],
            "Why this grade": _reasons(visit, rows),
            "Statement": rows["statement_id"],
        }
    )
    if visit.look.is_narrow:
        spoken = zip(shown["Speaker"], shown["Stance"], strict=True)
        shown["Who says what"] = [f"{speaker} {stance}" for speaker, stance in spoken]
    event = st.dataframe(
        shown,
        key="statement_table",
        # A phone has room for who and about what; the rest opens with the row.
        column_order=["Who says what", "About"] if visit.look.is_narrow else None,
        hide_index=True,
        row_height=32,
        height=min(640, 38 + 32 * len(shown)),
        placeholder="",
        column_config={
            "Who says what": st.column_config.TextColumn(width=196),
            "Day": st.column_config.TextColumn(width=150),
            "Speaker": st.column_config.TextColumn(width=180),
            "Stance": st.column_config.TextColumn(width=90),
            "Stage": st.column_config.TextColumn(width=100),
            "About": st.column_config.TextColumn(width=122 if visit.look.is_narrow else 160),
            "In our words": st.column_config.TextColumn(width=420),
            "Number": st.column_config.TextColumn(width=130),
            "Source": st.column_config.LinkColumn(width=110, display_text="open source"),
            "Publisher": st.column_config.TextColumn(width=150),
            "Grade": st.column_config.TextColumn(
                width=60,
                help="How reliable the publisher is, A to F, and how credible the statement, 1 to "
                "6: judged apart. The next column says what each means and why.",
            ),
            "Why this grade": st.column_config.TextColumn(width=300),
            "Statement": st.column_config.TextColumn(width=200),
        },
        on_select="rerun",
        selection_mode="single-row",
    )
    if pages > 1:
        if str(page) != setting("rows_page"):
            set_setting("rows_page", str(page))
        st.pagination(pages, **kept("rows_page"))
    picked = event.get("selection", {}).get("rows", [])
    if picked and picked[0] < len(rows):
        row = rows.iloc[picked[0]]
        with st.container(border=True):
            statement_list(visit, [row["statement_id"]])
            cite_button(visit, "statement", row["statement_id"])
            visit.record_link(
                row["transfer_id"] or row["event_id"],
                f"Open the record: {markdown(row['subject'])}",
                icon=":material/arrow_forward:",
            )


def _reasons(visit: Visit, rows: pd.DataFrame) -> list[str]:
    """What each statement's grade means, and why it has it."""
    names = names_of(visit.selected.known)
    return [
        grade_words(names, row.publisher_id, row.credibility_code, row.credibility_reason)
        for row in records(rows)
    ]

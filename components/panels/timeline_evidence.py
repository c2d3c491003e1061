"""What stands behind a mark of the timeline: a record, an event, a view, a denial."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components.figures.timeline_clusters import JOINT
from components.panels.evidence import event_evidence, statement_list
from components.panels.figure import small
from components.panels.ledger import quantity_words
from components.panels.quote import view_cards
from components.panels.settings import set_setting, setting
from components.panels.visit import Visit
from components.text import count_words, date_words, markdown
from data.load import records
from data.queries.names import names_of
from data.queries.views import view_table

_UNLINKED, _MOST_LINKED = "timeline_unlinked_mark", 200
_MOST_LISTED = 40
_MOST_STATEMENTS = 8


def show_mark(code: str) -> None:
    """Makes a mark the one whose evidence is shown; for use in a callback.

    Args:
        code: As `customdata` of the figure has it; "" for none. A link holds up to
            `_MOST_LINKED` characters of it, so a mark of many is remembered without.
    """
    st.session_state[_UNLINKED] = code if len(code) > _MOST_LINKED else ""
    set_setting("mark", *((code,) if 0 < len(code) <= _MOST_LINKED else ()))


def shown_mark() -> str:
    """The mark whose evidence is shown, or ""."""
    unlinked: str = st.session_state.get(_UNLINKED, "")
    return setting("mark") or unlinked


def mark_evidence(visit: Visit, code: str) -> bool:
    """Shows what stands behind a mark.

    Args:
        visit: The visit.
        code: Id of a transfer, event, view or statement, or several joined.

    Returns:
        False if nothing by that id is known here.
    """
    known = visit.selected.known
    ids = code.split(JOINT)
    if len(ids) > 1:
        _several(visit, ids)
    elif code in names_of(known).transfers:
        _transfer(visit, code)
    elif code in names_of(known).events:
        event_evidence(visit, code)
    elif (known.views["view_id"] == code).any():
        view_cards(visit, _views(visit, ids))
    elif (known.statements["statement_id"] == code).any():
        _statements(visit, ids)
    else:
        return False
    return True


def _transfer(visit: Visit, transfer_id: str) -> None:
    known, names = visit.selected.known, names_of(visit.selected.known)
    assessed = visit.selected.assessments[transfer_id]
    st.subheader(markdown(names.transfers[transfer_id]), anchor=False)
    rows = visit.table[visit.table["transfer_id"] == transfer_id]
    for row in records(rows):
        small(f"{markdown(row.supplier)} → {markdown(row.recipient)}")
        stage, standing = names.label("stages", row.stage_code), row.standing_code
        st.markdown(f"**{stage} · {names.label('standings', standing).lower()}**")
        numbers = [
            f"{label} {words}"
            for label, words in (
                ("promised:", quantity_words(row.promised)),
                ("arrived:", quantity_words(row.arrived)),
            )
            if words
        ]
        if numbers:
            small(markdown(", ".join(numbers)).capitalize())
    visit.record_link(transfer_id, "Open the record", icon=":material/arrow_forward:")
    st.markdown(":small[**What its status rests on**]")
    statement_list(visit, assessed.reasons, _MOST_STATEMENTS, rest=" on its record")
    said = known.statements[known.statements["transfer_id"] == transfer_id]
    small(f"{count_words(len(said), 'statement')} in all, each with its source, on its record.")


def _views(visit: Visit, ids: Sequence[str]) -> pd.DataFrame:
    views = visit.selected.known.views
    return view_table(visit.selected, views[views["view_id"].isin(ids)])


def _statements(visit: Visit, ids: Sequence[str]) -> None:
    said = visit.selected.known.statements
    names = names_of(visit.selected.known)
    for transfer in said.loc[said["statement_id"].isin(ids), "transfer_id"].dropna().unique():
        visit.record_link(transfer, markdown(names.transfers[transfer]))
    statement_list(visit, ids, _MOST_LISTED)


def _several(visit: Visit, ids: Sequence[str]) -> None:
    """Events and views as a list of buttons; statements at once."""
    known = visit.selected.known
    events = known.events[known.events["event_id"].isin(ids)]
    views = _views(visit, ids)
    if events.empty and views.empty:
        _statements(visit, ids)
        return
    listed = [(e.event_id, e.event_date, e.name, e.event_date_earliest) for e in records(events)]
    listed += [(v.view_id, v.said_date, v.person, v.said_date_earliest) for v in records(views)]
    st.subheader(count_words(len(listed), "mark"), anchor=False)
    small("Close together in time. Choose one:")
    for key, day, name, _ in sorted(listed, key=lambda each: (each[3], each[0]))[:_MOST_LISTED]:
        st.button(
            f"{date_words(day)}: {markdown(name, 90)}",
            key=f"timeline_of_{key}",
            type="tertiary",
            on_click=show_mark,
            args=(key,),
        )
    if len(listed) > _MOST_LISTED:
        small(f"… and {len(listed) - _MOST_LISTED} more; zoom in, or see the table.")

"""Who owes whom?"""

import streamlit as st

from components.panels.amounts import drawn_amounts
from components.panels.boundary import boundary
from components.panels.empty import empty_result
from components.panels.figure import footing, show_figure
from components.panels.keys import tile_key
from components.panels.ledger import LEDGER_COLUMNS, ledger_rows
from components.panels.overview import (
    contested_list,
    first_hint,
    newest_views,
    totals_boxes,
    turns_list,
)
from components.panels.search import search_results
from components.panels.timeline_short import short_timeline
from components.panels.tours import tour_cards
from components.panels.visit import current_visit, end_page
from components.sentences import headline, headline_rest
from components.text import count_words, markdown
from data.query_string import choices

visit = current_visit()
table = visit.table
st.title(markdown(headline(table)), anchor=False)
if rest := headline_rest(table):
    st.markdown(f"**{markdown(rest)}**", width=780)
first_hint(visit)
search_results(visit)
if table.empty:
    empty_result("transfer", visit.selection, choices(visit.dataset).labels)
    end_page()
others = int((table["direction_code"] == "other").sum())
also = (
    f" {count_words(others, 'transfer')} between other parties are not drawn here."
    if others
    else ""
)
st.markdown(
    f"{count_words(len(visit.selected.rows.statements), 'statement')} by governments, officials, "
    f"media and researchers stand behind this.{also} A transfer that is not listed may still have "
    "happened.",
    width=780,
)
totals_boxes(visit)
chosen: str | None = None
with boundary("The chart of promises and arrivals"):
    boxes, alt, _ = drawn_amounts(visit.selected, "transfers", "category", visit.look)
    chosen = show_figure(
        boxes,
        key="mirrored",
        alt=alt,
        question="What was promised, what arrived?",
        reading="One box is one transfer, whatever its size. "
        f"{tile_key(visit.look.palette)}. Select a box to open its record.",
        foot=footing(
            visit.selected,
            "a transfer counts once, at the furthest stage that a counted statement asserts; "
            "arrived needs a party’s own word or two independent speakers.",
        ),
        table=ledger_rows(visit),
        config=LEDGER_COLUMNS,
        is_clickable=True,
    )
if chosen:
    visit.open_record(chosen)
left, right = st.columns([1.8, 1], gap="large")
with left:
    short_timeline(visit)
with right:
    st.header("What changed lately", anchor=False)
    turns_list(visit, most=5)
    st.header("Most contested", anchor=False)
    contested_list(visit, most=5)
newest_views(visit, most=3)
tour_cards(visit)

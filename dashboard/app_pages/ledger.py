"""What was promised, what arrived?"""

import streamlit as st

from components.figures.promise import promise_and_arrival, promise_and_arrival_alt
from components.panels.empty import empty_result
from components.panels.figure import footing, show_figure
from components.panels.keys import tile_key
from components.panels.ledger import ledger_table
from components.panels.visit import current_visit, end_page
from components.text import count_words
from data.queries.ledger import with_promise
from data.query_string import choices

visit = current_visit()
st.title("What was promised, what arrived?", anchor=False)
if visit.table.empty:
    empty_result("transfer", visit.selection, choices(visit.dataset).labels)
    end_page()
promised = with_promise(visit.table)
left_out = len(visit.table) - len(promised)
rest = f" {count_words(left_out, 'transfer')} without a known promise stand in the table only."
chosen = show_figure(
    promise_and_arrival(promised, visit.look),
    key="promise",
    alt=promise_and_arrival_alt(promised),
    reading="Each box is a whole promise, whatever its size. Solid: the lowest number said to have "
    f"arrived; hatched: up to the highest. {tile_key(visit.look.palette)}."
    + (rest if left_out else ""),
    foot=footing(
        visit.selected.known,
        "numbers stay with their speakers; a range runs from the lowest to the highest that "
        "counted statements give, and is never a sum or a mean.",
    ),
    is_clickable=True,
)
if chosen:
    visit.open_record(chosen)
st.header("One row per transfer", anchor=False)
ledger_table(visit)

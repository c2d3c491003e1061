"""The ledger's table: one row per transfer."""

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from components.figures.transfer_marks import value_words
from components.glyphs import tile
from components.panels.boundary import boundary
from components.panels.figure import small
from components.panels.settings import chosen, kept, setting
from components.panels.visit import Visit, permalink
from components.text import count_words, list_words, plain, range_words
from components.theme import Palette
from data.load import Dataset, records
from data.page_settings import LEDGER_COLUMNS as COLUMN_CODES
from data.queries.amounts import QuantityRange
from data.queries.ledger import transfer_table
from data.queries.names import names_of
from data.selection import Selected

LEDGER_COLUMNS: dict[str, Any] = {
    "Mark": st.column_config.ImageColumn("", width=44, help="Fill: how far. Dashed: contested."),
    "Transfer": st.column_config.TextColumn(width=176),
    "System": st.column_config.TextColumn(width=130),
    "Parties": st.column_config.TextColumn(width=104, help="Supplier → recipient."),
    "Category": st.column_config.TextColumn(width=112),
    "Stage": st.column_config.TextColumn(
        width=92, help="The furthest that a counted statement asserts."
    ),
    "Standing": st.column_config.TextColumn(width=116, help="How well the stage is supported."),
    "Promised": st.column_config.TextColumn(
        width=92, help="Lowest and highest number that counted statements give for the promise."
    ),
    "Delivered": st.column_config.TextColumn(
        width=104,
        help="Lowest and highest number that counted statements give for what arrived; ≠ before "
        "what is contested.",
    ),
    "Gap": st.column_config.TextColumn(
        width=84,
        help="Promised less delivered: from the lowest promise less the highest delivery to the "
        "highest promise less the lowest delivery, never below 0. Empty where a number is missing.",
    ),
    "Unit": st.column_config.TextColumn(width=66, help="What the numbers count."),
    "Open for": st.column_config.NumberColumn(
        width=82,
        format="%d days",
        help="Age of a promise of which nothing is said to have arrived, from the day on which "
        "the words that give it its standing were first public to the day shown.",
    ),
    "Latest word": st.column_config.DateColumn(width=96, format="D MMM YYYY"),
    "Sources": st.column_config.NumberColumn(
        width=66, help="Documents that stand behind the row; select it to see them."
    ),
    "Promised, by whom": st.column_config.TextColumn(
        width=170, help="Who gives the numbers of the promise, first known first."
    ),
    "Delivered, by whom": st.column_config.TextColumn(
        width=170, help="Who gives the numbers of what arrived, first known first."
    ),
    "Say so / deny": st.column_config.TextColumn(
        width=90, help="Independent speakers at the stage shown."
    ),
    "Statements": st.column_config.NumberColumn(width=80),
    "Record": st.column_config.TextColumn(width=130),
}
# Columns that the reader can leave out, by code of the setting.
_PICKED = {
    "system": "System",
    "parties": "Parties",
    "category": "Category",
    "stage": "Stage",
    "standing": "Standing",
    "promised": "Promised",
    "promised_by": "Promised, by whom",
    "delivered": "Delivered",
    "delivered_by": "Delivered, by whom",
    "unit": "Unit",
    "gap": "Gap",
    "open": "Open for",
    "speakers": "Say so / deny",
    "statements": "Statements",
    "sources": "Sources",
    "latest": "Latest word",
}
_ORDERS = {
    "direction": "Direction and category",
    "name": "Name",
    "promised": "Most promised",
    "delivered": "Most delivered",
    "gap": "Greatest gap",
    "open": "Longest open",
    "latest": "Latest word",
    "sources": "Most sources",
}
COUNTING_RULE = """
- **Counted**: a statement that was public by the day shown, repeats no other, isn’t taken back,
  isn’t graded improbable, and asserts, confirms or estimates.
- **Promised**: numbers of statements that speak of an agreement, or of what is still to come.
- **Delivered**: numbers of statements that speak of delivery, of deliveries under way or of
  production under licence. Denials, launches, losses and rates give no number.
- A range runs from the lowest to the highest number said, in the unit of the transfer only.
  “Up to 72” gives no lowest number, “200 or more” no highest. Nothing is added or averaged.
- **Gap**: lowest promise less highest delivery, up to highest promise less lowest delivery.
- **Open for**: days since the promise became public, where nothing is said to have arrived.
"""


def quantity_words(quantity: QuantityRange) -> str:
    """The range of a quantity, or its wording where no number is known."""
    return range_words(quantity.low, quantity.high) or plain(quantity.words, 60)


def ledger_rows(visit: Visit) -> pd.DataFrame:
    """The rows of the ledger with words in place of codes, in the table's order.

    Args:
        visit: The visit.

    Returns:
        Columns as in `LEDGER_COLUMNS`; treat as read-only.
    """
    return _rows(visit.selected, visit.dataset, visit.look.palette)


def _delivered(row: Any) -> str:
    words = quantity_words(row.arrived)
    if not words and row.reach_code == "promised" and row.stage_code in ("agreed", "cancelled"):
        return "none reported"
    return f"≠ {words}" if words and row.standing_code == "contested" else words


@lru_cache(maxsize=32)
def _rows(selected: Selected, dataset: Dataset, palette: Palette) -> pd.DataFrame:
    names = names_of(dataset)
    found = [
        {
            "Mark": tile(
                palette,
                row.direction_code,
                row.reach_code,
                is_contested=row.standing_code == "contested",
                is_cancelled=row.stage_code == "cancelled",
            ),
            "Transfer": row.name,
            "System": row.system,
            "Parties": f"{row.supplier} → {row.recipient}",
            "Category": names.label("categories", row.category_code),
            "Stage": names.label("stages", row.stage_code),
            "Standing": names.label("standings", row.standing_code),
            "Promised": quantity_words(row.promised),
            "Promised, by whom": list_words(list(row.promised.speakers), 3),
            "Delivered": _delivered(row),
            "Delivered, by whom": list_words(list(row.arrived.speakers), 3),
            "Unit": names.label("units", row.unit_code),
            "Gap": range_words(*row.gap) if row.gap else "",
            "Open for": row.open_days,
            "Say so / deny": f"{row.asserting_count} / {row.denying_count}",
            "Statements": row.statement_count,
            "Sources": row.source_count,
            "Latest word": row.last_said.date(),
            "Record": row.transfer_id,
        }
        for row in records(transfer_table(selected))
    ]
    return pd.DataFrame(found, columns=list(LEDGER_COLUMNS))


def _top(amount: QuantityRange) -> float:
    return max((n for n in (amount.low, amount.high) if n is not None), default=-1)


def _order(table: pd.DataFrame, code: str) -> list[int]:
    """Positions of the table's rows in an order; ties stay in the table's own."""
    rows = list(records(table))
    keys: dict[str, Any] = {
        "name": lambda i: rows[i].name.casefold(),
        "promised": lambda i: -_top(rows[i].promised),
        "delivered": lambda i: -_top(rows[i].arrived),
        "gap": lambda i: -max([n for n in rows[i].gap or () if n is not None], default=-1),
        "open": lambda i: -(-1 if pd.isna(rows[i].open_days) else rows[i].open_days),
        "latest": lambda i: -rows[i].last_said.toordinal(),
        "sources": lambda i: -rows[i].source_count,
    }
    return sorted(range(len(rows)), key=keys[code]) if code in keys else list(range(len(rows)))


@boundary("The table of transfers")
def ledger_table(visit: Visit) -> None:
    """Shows the table with its settings; a selected row opens its record.

    Args:
        visit: The visit.
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="table_row"):
        st.selectbox(
            "Order", list(_ORDERS), format_func=_ORDERS.__getitem__, width=220, **kept("order")
        )
        if not visit.look.is_narrow:
            _column_picker()
        with st.popover("Counting rule", icon=":material/rule:"):
            st.markdown(COUNTING_RULE)
            visit.page_link("method", "The rules of stages and standings")
            query = permalink(visit.selection).partition("?")[2]
            st.markdown("The same rows as data:")
            st.code(f"/api/v1/transfers{'?' + query if query else ''}", language=None)
    rows = ledger_rows(visit).iloc[_order(visit.table, setting("order"))]
    if visit.look.is_narrow:
        shown, columns = _narrow(visit, rows), ["Mark", "Name", "Came of it"]
    else:
        picked = set(chosen("columns"))
        left_out = {title for code, title in _PICKED.items() if code not in picked}
        shown, columns = rows, [title for title in LEDGER_COLUMNS if title not in left_out]
    event = st.dataframe(
        shown,
        key="ledger_table",
        hide_index=True,
        row_height=32,
        height=min(620, 38 + 32 * len(rows)),
        placeholder="",
        column_config=LEDGER_COLUMNS,
        column_order=columns,
        on_select="rerun",
        selection_mode="single-row",
    )
    marked = event.get("selection", {}).get("rows", [])
    if marked and marked[0] < len(rows):
        visit.open_record(str(rows["Record"].iloc[marked[0]]))
    small(
        f"{count_words(len(rows), 'transfer')}. Select a row to open its record with all sources; "
        "select a column head to sort by what it says."
    )


def _column_picker() -> None:
    with st.popover("Columns", icon=":material/view_column:"):
        st.pills(
            "Columns",
            list(COLUMN_CODES),
            format_func=_PICKED.__getitem__,
            selection_mode="multi",
            **kept("columns"),
        )


def _narrow(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    """What a phone has room for: mark, short name, and what came of what was promised."""
    by_id = {row.transfer_id: row for row in records(visit.table)}
    found = [by_id[key] for key in rows["Record"]]
    return pd.DataFrame(
        {
            "Mark": rows["Mark"].tolist(),
            "Name": [row.short_name for row in found],
            "Came of it": [value_words(row) for row in found],
            "Record": rows["Record"].tolist(),
        }
    )

"""The ledger's table: one row per transfer."""

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from components.glyphs import tile
from components.panels.visit import Visit
from components.text import count_words, day_words, list_words, plain, range_words
from components.theme import Palette
from data.load import Dataset, records
from data.queries.ledger import QuantityRange, transfer_table
from data.queries.names import names_of
from data.selection import Selected

LEDGER_COLUMNS: dict[str, Any] = {
    "Mark": st.column_config.ImageColumn("", width=44, help="Fill: how far. Dashed: contested."),
    "Transfer": st.column_config.TextColumn(width=190),
    "Direction": st.column_config.TextColumn(width=112),
    "Category": st.column_config.TextColumn(width=112),
    "Promised": st.column_config.TextColumn(
        width=100, help="Lowest and highest number that counted statements give for the promise."
    ),
    "Arrived": st.column_config.TextColumn(
        width=120, help="Lowest and highest number that counted statements give for what arrived."
    ),
    "Open for": st.column_config.NumberColumn(
        width=84,
        format="%d days",
        help="Age of a promise of which nothing is said to have arrived.",
    ),
    "Stage": st.column_config.TextColumn(width=120),
    "Standing": st.column_config.TextColumn(width=170),
    "Who gives numbers": st.column_config.TextColumn(width=220),
    "Say so / deny": st.column_config.TextColumn(
        width=90, help="Independent speakers at the stage shown."
    ),
    "Statements": st.column_config.NumberColumn(width=80),
    "Sources": st.column_config.NumberColumn(width=70),
    "Latest word": st.column_config.TextColumn(width=130),
    "Record": st.column_config.TextColumn(width=130),
}


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


def _arrived(row: Any) -> str:
    words = quantity_words(row.arrived)
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
            "Direction": names.label("directions", row.direction_code)
            if row.direction_code != "other"
            else f"{row.supplier} → {row.recipient}",
            "Category": names.label("categories", row.category_code),
            "Promised": quantity_words(row.promised),
            "Arrived": _arrived(row),
            "Open for": row.open_days,
            "Stage": names.label("stages", row.stage_code),
            "Standing": names.label("standings", row.standing_code),
            "Who gives numbers": list_words(
                list(dict.fromkeys([*row.arrived.speakers, *row.promised.speakers])), 3
            ),
            "Say so / deny": f"{row.asserting_count} / {row.denying_count}",
            "Statements": row.statement_count,
            "Sources": row.source_count,
            "Latest word": day_words(row.last_said.date()),
            "Record": row.transfer_id,
        }
        for row in records(transfer_table(selected))
    ]
    return pd.DataFrame(found, columns=list(LEDGER_COLUMNS))


def ledger_table(visit: Visit) -> None:
    """Shows the table; a selected row opens its record.

    Args:
        visit: The visit.
    """
    rows = ledger_rows(visit)
    event = st.dataframe(
        rows,
        key="ledger_table",
        hide_index=True,
        row_height=32,
        height=min(620, 38 + 32 * len(rows)),
        placeholder="",
        column_config=LEDGER_COLUMNS,
        on_select="rerun",
        selection_mode="single-row",
    )
    chosen = event.get("selection", {}).get("rows", [])
    if chosen and chosen[0] < len(rows):
        visit.open_record(str(rows["Record"].iloc[chosen[0]]))
    st.markdown(
        f":small[:gray[{count_words(len(rows), 'transfer')}. Select a row to open its record; "
        "select a column head to sort.]]"
    )

"""The corrections that belong to some rows."""

from datetime import date

import pandas as pd

from data.load import Dataset, records


def corrections_of(rows: Dataset, as_of: date | None) -> pd.DataFrame:
    """Corrections of rows that are there, up to the as-known date.

    Args:
        rows: The rows, with every correction of the dataset.
        as_of: Day as known on which the rows are shown; None for the latest.

    Returns:
        The rows of `corrections` made by that day whose record is among the rows.
    """
    corrections = rows.corrections
    if as_of is not None:
        corrections = corrections[corrections["corrected_date_latest"] <= pd.Timestamp(as_of)]
    held = []
    for row in records(corrections):
        table = rows.package.by_name.get(row.table_name)
        frame = getattr(rows, row.table_name, None) if table else None
        key = table.primary_key[0] if table else ""
        held.append(frame is not None and row.record_id in set(frame[key]))
    return corrections[pd.Series(held, index=corrections.index, dtype="bool")]

"""Grades as one text, and the dataset without what is graded lower.

A grade joins the two halves of the Admiralty scale: the letter of the publisher, A to
F, and the digit of the statement, 1 to 6. The halves are judged apart; a minimum asks
for both. F and 6 mean “cannot be judged”, so no minimum lets them through.
"""

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pandas as pd

from data.load import Dataset

GRADE = re.compile(r"[A-E][1-5]")
# What the filter offers; links may ask for any grade.
OFFERED = ("B2", "C3", "D4")


def best_letters(dataset: Dataset, table: str, key: str, as_of: date | None = None) -> pd.Series:
    """Letter of the most reliable publisher that carries each row.

    Args:
        dataset: A loaded package.
        table: `statements`, `views` or `relations`.
        key: Its id column.
        as_of: Day on which it is asked; a further source that came out later lifts no
            row. None for the latest.

    Returns:
        Letters, on the index of the table.
    """
    rows: pd.DataFrame = getattr(dataset, table)
    letter_of = dict(
        zip(dataset.publishers["publisher_id"], dataset.publishers["reliability_code"], strict=True)
    )
    publisher = dict(
        zip(dataset.sources["source_id"], dataset.sources["publisher_id"], strict=True)
    )
    best = {
        row: letter_of[publisher[source]]
        for row, source in zip(rows[key], rows["source_id"], strict=True)
    }
    links: pd.DataFrame = getattr(dataset, f"{table[:-1]}_sources")
    if as_of is not None:
        later = dataset.sources["published_date_earliest"] > pd.Timestamp(as_of)
        links = links[~links["source_id"].isin(dataset.sources.loc[later, "source_id"])]
    for row, source in zip(links[key], links["source_id"], strict=True):
        if row in best:
            best[row] = min(best[row], letter_of[publisher[source]])
    return pd.Series([best[row] for row in rows[key]], index=rows.index, dtype="object")


def graded(dataset: Dataset, minimum: str, as_of: date | None = None) -> Dataset:
    """The dataset without statements, views and relations graded below a minimum.

    Args:
        dataset: A loaded package.
        minimum: A grade such as `C3`, or "" for everything. Views and relations have
            no digit; for them the letter decides.
        as_of: The as-known date, for the letters of further sources; None for the
            latest.

    Returns:
        The same tables with fewer rows; statuses follow from what is left.
    """
    return _graded(dataset, minimum, as_of) if minimum else dataset


@lru_cache(maxsize=16)
def _graded(dataset: Dataset, minimum: str, as_of: date | None) -> Dataset:
    letter, digit = minimum[0], minimum[1]

    def reliable(table: str, key: str) -> pd.Series:
        return best_letters(dataset, table, key, as_of) <= letter

    statements = dataset.statements
    kept = reliable("statements", "statement_id") & (statements["credibility_code"] <= digit)
    return replace(
        dataset,
        statements=statements[kept],
        views=dataset.views[reliable("views", "view_id")],
        relations=dataset.relations[reliable("relations", "relation_id")],
    )

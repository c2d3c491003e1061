"""A dataset of any size, made of the ledger's own rows told over and over."""

from dataclasses import replace

import pandas as pd

from data.load import Dataset

# Columns that point to statements or transfers, by table.
_OWN = {
    "transfers": ("transfer_id",),
    "statements": ("statement_id", "transfer_id", "derived_from_id", "retracts_id"),
    "statement_sources": ("statement_id",),
    "deliveries": ("delivery_id", "transfer_id", "statement_id"),
    "event_transfers": ("transfer_id",),
    "view_transfers": ("transfer_id",),
    "view_outcomes": ("statement_id",),
}
_ONLY_STATEMENTS = ("statement_id", "derived_from_id", "retracts_id", "delivery_id")


def _told_again(frame: pd.DataFrame, columns: tuple[str, ...], times: int) -> pd.DataFrame:
    """Rows that often, their ids told apart by a number."""
    copies = []
    for number in range(times):
        copy = frame.copy()
        for column in columns:
            told_apart = [key and f"{key}-{number}" for key in copy[column]]
            copy[column] = pd.Series(told_apart, index=copy.index, dtype="object")
        copies.append(copy)
    return pd.concat(copies, ignore_index=True)


def enlarged(dataset: Dataset, statements: int, *, has_more_transfers: bool = True) -> Dataset:
    """A dataset with at least so many statements.

    Args:
        dataset: A loaded package.
        statements: How many statements it shall have.
        has_more_transfers: True to tell of as many more transfers, each as often as in
            the ledger; False to tell more often of the same ones.

    Returns:
        A dataset whose statuses are those of the first, many times over.
    """
    times = -(-statements // len(dataset.statements))
    if has_more_transfers:
        columns = _OWN
    else:
        columns = {
            name: tuple(column for column in own if column in _ONLY_STATEMENTS)
            for name, own in _OWN.items()
        }
    grown = {
        name: _told_again(getattr(dataset, name), own, times)
        for name, own in columns.items()
        if own
    }
    return replace(dataset, **grown)


_OF_VIEWS = ("views", "view_actors", "view_transfers", "view_sources")


def with_views(dataset: Dataset, views: int) -> Dataset:
    """A dataset with at least so many views, each with a number of its own in its words.

    Args:
        dataset: A loaded package.
        views: How many views it shall have.

    Returns:
        The dataset with its views told over and over; all else as it was.
    """
    times = -(-views // len(dataset.views))
    grown = {name: _told_again(getattr(dataset, name), ("view_id",), times) for name in _OF_VIEWS}
    told = grown["views"]
    numbered = [f"{text} (view {n})" for n, text in enumerate(told["summary"])]
    grown["views"] = told.assign(summary=pd.Series(numbered, index=told.index, dtype="object"))
    return replace(dataset, **grown)

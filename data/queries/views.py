"""What people conclude: views with their people, and facets to narrow them by."""

from collections.abc import Mapping, Sequence

import pandas as pd

from data.queries.names import named, names_of
from data.selection import Selected

# Facet → column of `view_table`.
FACETS = {
    "person": "person_id",
    "organisation": "organisation_id",
    "topic": "topic_code",
    "position": "position_code",
}


def view_table(selected: Selected, views: pd.DataFrame | None = None) -> pd.DataFrame:
    """Views with names in place of ids.

    Args:
        selected: What the reader asked to see.
        views: Rows of the known views; by default those that fit the selection.

    Returns:
        The views' own columns, and `person`, `organisation`, `is_official` (the
        person's side is a state), `publisher`, `reliability_code`, `url`,
        `source_title`, `source_published`, `actor_ids` and `transfer_ids` (tuples);
        latest first.
    """
    known, names = selected.known, names_of(selected.known)
    rows = (selected.rows.views if views is None else views).copy()
    sources = known.sources.set_index("source_id")
    cited = sources.loc[rows["source_id"]]
    publishers = cited["publisher_id"].tolist()
    rows["person"] = named(rows["person_id"], names.actors)
    rows["organisation"] = named(rows["organisation_id"], names.actors)
    kinds = [names.kinds[names.sides[person]] for person in rows["person_id"]]
    rows["is_official"] = [kind == "state" for kind in kinds]
    rows["publisher"] = [names.publishers[p] for p in publishers]
    rows["reliability_code"] = [names.reliability[p] for p in publishers]
    rows["url"] = cited["url"].tolist()
    rows["source_title"] = cited["title"].tolist()
    rows["source_published"] = cited["published_date"].tolist()
    for column, links, key in (
        ("actor_ids", known.view_actors, "actor_id"),
        ("transfer_ids", known.view_transfers, "transfer_id"),
    ):
        linked = links.groupby("view_id")[key].agg(tuple).to_dict()
        rows[column] = pd.Series(
            [linked.get(view, ()) for view in rows["view_id"]], index=rows.index, dtype="object"
        )
    return rows.sort_values(
        ["said_date_latest", "view_id"], ascending=[False, True], ignore_index=True
    )


def narrow(table: pd.DataFrame, chosen: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Keeps the views that fit every facet.

    Args:
        table: As `view_table` gives it.
        chosen: Values by facet; any value of a facet fits, every facet must.

    Returns:
        The fitting rows.
    """
    for facet, values in chosen.items():
        if values:
            table = table[table[FACETS[facet]].isin(list(values))]
    return table.reset_index(drop=True)


def facet_counts(
    table: pd.DataFrame, chosen: Mapping[str, Sequence[str]], facet: str
) -> dict[str, int]:
    """How many views each value of a facet would give, the other facets standing.

    Args:
        table: As `view_table` gives it.
        chosen: Values by facet.
        facet: The facet to count.

    Returns:
        Counts by value, the most frequent first.
    """
    others = {name: values for name, values in chosen.items() if name != facet}
    counts = narrow(table, others)[FACETS[facet]].value_counts()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return {str(value): int(count) for value, count in ordered}


def positions_over_time(table: pd.DataFrame) -> pd.DataFrame:
    """Where people stood when, for the questions that positions answer.

    Args:
        table: As `view_table` gives it.

    Returns:
        `view_id`, `person`, `is_official`, `position_code`, `said_date` and bounds,
        `summary`; views without a position left out; first said first.
    """
    taken = table[table["position_code"] != "none"]
    columns = [
        *("view_id", "person", "is_official", "position_code", "said_date"),
        *("said_date_earliest", "said_date_latest", "summary"),
    ]
    return taken[columns].sort_values(["said_date_earliest", "view_id"], ignore_index=True)

"""What people conclude: views with their people, and facets to narrow them by."""

from collections import Counter

import pandas as pd

from data.queries.names import named, names_of
from data.queries.stands import turning_periods
from data.selection import Selected
from data.view_filter import view_facets


def view_table(selected: Selected, views: pd.DataFrame | None = None) -> pd.DataFrame:
    """Views with names in place of ids.

    Args:
        selected: What the reader asked to see.
        views: Rows of the known views; by default those that fit the selection.

    Returns:
        The views' own columns, and `person`, `organisation`, `is_official` (speaks
        for a state), `publisher`, `reliability_code`, `url`,
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
    rows["is_official"] = rows["role_kind_code"] == "official"
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


def facet_counts(selected: Selected, facet: str) -> dict[str, int]:
    """How many views each value of a facet gives when it alone is chosen of that facet.

    Args:
        selected: What the reader asked to see; its other filters and facets stand.
        facet: One of `FACETS`.

    Returns:
        Counts by value, the most frequent first; for `said` the spans before and since
        the turning points, and the decades and years that
        any of those views may have been said in, the latest first, after the periods
        that were asked for. Values that would give nothing are left out.
    """
    facets = view_facets(selected.base)
    rows = facets.narrow(selected.open_views, selected.selection.views, besides=facet)
    if facet == "said":
        periods = [period for period, _ in turning_periods(selected.known)]
        values = dict.fromkeys([*selected.selection.views.said, *periods, *_years(rows)])
        counts = {value: int(facets.fits(rows, "said", [value]).sum()) for value in values}
        return {value: count for value, count in counts.items() if count}
    counted = Counter(v for view in rows["view_id"] for v in facets.values[facet][view])
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _years(views: pd.DataFrame) -> list[str]:
    """Decades and years between the first and the last known day, the latest first."""
    days = pd.concat([views["said_date_earliest"], views["said_date_latest"]]).dropna()
    if days.empty:
        return []
    low, high = max(days.min().year, 1900), min(days.max().year, 2099)
    decades = [f"{year}s" for year in range(high // 10 * 10, low - low % 10 - 1, -10)]
    return [*decades, *(str(year) for year in range(high, low - 1, -1))]


ORDERS = ("date", "person", "topic")


def ordered(table: pd.DataFrame, order: str, topics: pd.DataFrame) -> pd.DataFrame:
    """Puts views in an order: the latest first, or by person or topic and then so.

    Args:
        table: As `view_table` gives it.
        order: One of `ORDERS`.
        topics: The topic vocabulary.
    """
    if order == "person":
        keys = [name.casefold() for name in table["person"]]
    elif order == "topic":
        rank = dict(zip(topics["code"], topics["order"], strict=True))
        keys = [rank[code] for code in table["topic_code"]]
    else:
        return table
    return (
        table.assign(_key=keys)
        .sort_values("_key", kind="stable", ignore_index=True)
        .drop(columns="_key")
    )


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
        *("view_id", "person_id", "person", "is_official", "position_code", "said_date"),
        *("said_date_earliest", "said_date_latest", "summary"),
    ]
    return taken[columns].sort_values(["said_date_earliest", "view_id"], ignore_index=True)
